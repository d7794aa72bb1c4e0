use super::{STRING, boxed, each, held, members, one_of, schema, texts};
use vsc_spec::resource::Keyword;

#[test]
fn lengths_count_certain_items() {
    each(
        &[Keyword::MinItems(2)],
        &[
            ("[]", &["X: `X` has no items / at least 2 items"]),
            ("[a]", &["X: `X` has 1 item / at least 2 items"]),
            ("[a, b]", &[]),
            ("[a, !Rust b]", &[]),
            ("[a, {Ref: B}]", &[]),
            (
                "[a, {Ref: AWS::NoValue}]",
                &["X: `X` has 2 items / at least 2 items"],
            ),
            ("[a, {Fn::If: [C, b, {Ref: AWS::NoValue}]}]", &[]),
        ],
    );
    let two = "X: `X` has 2 items / at most 1 item";
    each(
        &[Keyword::MaxItems(1)],
        &[
            ("[]", &[]),
            ("[a]", &[]),
            ("[a, b]", &[two]),
            ("[a, {Ref: B}]", &[two]),
            ("[a, {Fn::Sub: b}]", &[two]),
            ("[a, {Ref: AWS::NoValue}]", &[]),
            ("[a, {Fn::If: [C, b, {Ref: AWS::NoValue}]}]", &[]),
            ("[a, {Fn::Transform: {Name: B}}]", &[]),
            ("[a, {b: c}]", &[two]),
            ("[a, !Rust b]", &[]),
        ],
    );
    each(
        &[Keyword::MaxItems(0)],
        &[("[a]", &["X: `X` has 1 item / at most no items"])],
    );
}

#[test]
fn every_item_has_its_rules() {
    let wrong = |at: usize| {
        format!(
            "X/{at}: item {} of `X` cannot be `right` / allowed: `left`",
            at + 1
        )
    };
    each(
        &[Keyword::Items(boxed(&[one_of(&["left"])]))],
        &[
            ("[left, left]", &[]),
            ("[left, right, left, right]", &[&wrong(1), &wrong(3)]),
            ("[left, {Ref: C}, !Rust c]", &[]),
        ],
    );
    // Without rules, functions are still checked.
    each(
        &[],
        &[
            ("[a, {b: c}]", &[]),
            (
                "[a, {Fn::Sbu: b}]",
                &[
                    "X/1/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
                ],
            ),
        ],
    );
}

#[test]
fn the_first_items_have_rules_of_their_own() {
    let first = || {
        Keyword::PrefixItems(vec![
            schema(&[one_of(&["left"])]),
            schema(&[one_of(&["right"])]),
        ])
    };
    each(
        &[first()],
        &[
            ("[]", &[]),
            ("[left]", &[]),
            ("[left, right, up]", &[]),
            (
                "[right, left]",
                &[
                    "X/0: item 1 of `X` cannot be `right` / allowed: `left`",
                    "X/1: item 2 of `X` cannot be `left` / allowed: `right`",
                ],
            ),
            (
                "[left, right, {Fn::Sbu: c}]",
                &[
                    "X/2/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
                ],
            ),
        ],
    );
    // The rules of all items apply to them as well, and one error is enough.
    each(
        &[first(), Keyword::Items(boxed(&[Keyword::MaxLength(5)]))],
        &[
            ("[left, right, up]", &[]),
            (
                "[left, left]",
                &["X/1: item 2 of `X` cannot be `left` / allowed: `right`"],
            ),
            (
                "[leftmost]",
                &["X/0: item 1 of `X` is too long: 8 characters / at most 5 characters"],
            ),
            (
                "[left, right, downwards]",
                &["X/2: item 3 of `X` is too long: 9 characters / at most 5 characters"],
            ),
        ],
    );
}

#[test]
fn equal_items_are_found() {
    let same = |at: usize, first: usize| {
        format!(
            "X/{at}: item {} of `X` is the same as item {} / the items must be unique / = help: remove one of them",
            at + 1,
            first + 1
        )
    };
    let (second, third) = (same(1, 0), same(2, 0));
    each(
        &[Keyword::UniqueItems],
        &[
            ("[a, b, c]", &[]),
            ("[a, a]", &[&second]),
            ("[b, a, b]", &[&third]),
            ("[b, a, a, a]", &[&same(2, 1), &same(3, 1)]),
            // CloudFormation converts scalars.
            ("[1, '1']", &[&second]),
            ("[true, 'true']", &[&second]),
            ("[true, 'True', 1, 1.5]", &[]),
            ("[[a, b], [a, b]]", &[&second]),
            ("[[a, b], [a], [b, a], [a, c], []]", &[]),
            ("[{a: 1, b: 2}, {b: 2, a: 1}]", &[&second]),
            (
                "[{a: 1, b: 2}, {a: 1}, {a: 1, b: 3}, {a: 1, c: 2}, {}]",
                &[],
            ),
            ("[[], {}, '']", &[]),
            ("[{Ref: A}, {Ref: A}]", &[&second]),
            ("[{Ref: A}, {Ref: B}]", &[]),
            ("[!Rust a, !Rust a, [!Rust a], [!Rust a]]", &[]),
        ],
    );
}

#[test]
fn keys_are_unique() {
    let same = |at: usize| {
        format!(
            "X/{at}: item {} of `X` has the same `a` as item 1 / the items must be unique / = help: remove one of them",
            at + 1
        )
    };
    let keys = [Keyword::UniqueKeys(texts(&["a", "b"]))];
    each(
        &keys,
        &[
            ("[{a: 1, b: 2, c: 3}, {a: 1, b: 2, c: 4}]", &[&same(1)]),
            ("[{a: 1, b: 2}, {a: 2, b: 2}, {a: 1, b: 2}]", &[&same(2)]),
            ("[{a: 1, b: 2}, {a: 1, b: 3}, {a: 2, b: 2}]", &[]),
            ("[{a: 1}, {a: 1}, {}, {}]", &[]),
            ("[{a: 1, b: !Rust x}, {a: 1, b: !Rust x}]", &[]),
        ],
    );
}

#[test]
fn distinct_items_are_limited() {
    let two = "X: `X` has 2 different items / at most 1";
    each(
        &[Keyword::MaxUniqueItems(1)],
        &[
            ("[]", &[]),
            ("[a, a, a]", &[]),
            ("[a, b, a]", &[two]),
            ("[[a], [b]]", &[two]),
            ("[{a: 1}, {a: 2}]", &[two]),
            ("[a, !Rust b]", &[]),
            ("[a, [!Rust b], {c: !Rust b}]", &[]),
        ],
    );
}

#[test]
fn a_list_is_required() {
    let list = [Keyword::Types(vsc_spec::resource::Types::ARRAY)];
    each(
        &list,
        &[
            ("[]", &[]),
            (
                "a",
                &["X: `X` takes a list, not the string \"a\" / = help: put it in brackets: `[…]`"],
            ),
            (
                "{a: 1}",
                &["X: `X` takes a list, not an object / = help: put it in brackets: `[{ … }]`"],
            ),
            ("!Rust a", &[]),
        ],
    );
    each(
        &[STRING],
        &[
            (
                "[a]",
                &["X: `X` takes a string, not a list / = help: write the value without brackets"],
            ),
            ("[a, b]", &["X: `X` takes a string, not a list"]),
            ("[]", &["X: `X` takes a string, not a list"]),
        ],
    );
    each(
        &[Keyword::Types(vsc_spec::resource::Types::OBJECT)],
        &[("[a]", &["X: `X` takes an object, not a list"])],
    );
}

#[test]
fn unknown_values_decide_nothing() {
    let item = members(&[("a", &[one_of(&["b"])])]);
    held(
        &[Keyword::Items(Box::new(schema(&[item])))],
        &[
            ("[{a: b}]", Some(true)),
            ("[{a: c}]", Some(false)),
            ("[{a: !Rust c}]", None),
            ("[{a: {Ref: C}}]", None),
        ],
    );
    held(
        &[Keyword::PrefixItems(vec![schema(&[one_of(&["left"])])])],
        &[
            ("[left]", Some(true)),
            ("[right]", Some(false)),
            ("[!Rust x]", None),
        ],
    );
}
