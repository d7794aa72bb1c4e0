use vsc::prelude::*;

fn main() {
    let table = object! { Zone: "a", Size };
    drop(table);
}
