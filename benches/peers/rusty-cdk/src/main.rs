//! rusty-cdk has no EC2 instances and no Route 53 records: this stack is empty, and only its build
//! is compared.

use rusty_cdk::stack::StackBuilder;

fn main() {
    let stack = StackBuilder::new().build().expect("an empty stack");
    println!("{}", stack.synth().expect("its template"));
}
