//! `object!` and `json!` have a fixed type, wherever they are used.

use vsc::prelude::*;

fn main() {
    let _ = object! { Name: "a", Parts: { All: [true, 1.5] } };
    let nothing = object! {};
    let all = json!([1, { Ref: "AWS::Region" }, "b"]);
    let one = json!("c");
    assert!(nothing.is_empty());
    assert!(all.as_array().is_some_and(|items| items.len() == 3));
    assert_eq!(one.as_str(), Some("c"));
}
