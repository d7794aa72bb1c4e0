//! What users are told when a declaration is wrong: one file for each mistake.

#[test]
fn every_mistake_is_refused_at_its_place() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/team_ide/*.rs");
    cases.compile_fail("ui/resource/*.rs");
    cases.compile_fail("ui/json/*.rs");
}
