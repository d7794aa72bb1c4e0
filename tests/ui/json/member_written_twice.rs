use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("site");
    stack.metadata("Owner", json!({ Team: "web", Mail: "web@x.com", Team: "ops" }));
}
