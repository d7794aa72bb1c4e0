//! Pages of the documentation that are made from the code stay true to it.

use std::{env, fs};

use vsc_tests::{capacity, refusals, workspace};

fn assert_page(name: &str, made: impl FnOnce(&str) -> String) {
    let path = workspace().join("docs").join(name);
    let page = fs::read_to_string(&path).unwrap_or_default();
    let made = made(&page);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, made).expect("the page can be written");
    } else {
        assert!(
            page == made,
            "docs/{name} is old: run `UPDATE_DOCS=1 cargo test -p vsc-tests --test docs`"
        );
    }
}

#[test]
fn the_refusals_are_those_of_the_cases() {
    assert_page("refusals.md", |_| refusals::page());
}

#[test]
fn the_capacities_are_those_of_the_rules() {
    assert_page("capacity.md", |page| {
        let (start, end) = ("<!-- tables -->\n", "<!-- end of tables -->");
        let (before, rest) = page.split_once(start).expect("the page marks the tables");
        let (_, after) = rest.split_once(end).expect("the page marks their end");
        format!("{before}{start}{}{end}{after}", capacity::tables())
    });
}
