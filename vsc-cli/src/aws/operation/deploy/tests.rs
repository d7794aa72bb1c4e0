use super::*;

#[test]
fn a_value_may_hold_an_equals_sign() {
    let (name, value) = pair("Password=a=b").expect("it is a pair");
    assert_eq!((name.as_str(), value.as_str()), ("Password", "a=b"));
    assert!(pair("Password").is_err());
    assert!(pair("=x").is_err());
}
