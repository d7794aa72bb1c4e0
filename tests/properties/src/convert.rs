//! Any template is converted to valid Rust.

use crate::template;

pub(crate) fn holds(data: &[u8]) {
    let (template, text) = template::of(data);
    let Some(object) = template.as_object() else {
        return;
    };
    let (program, _) = vsc_convert_as_library::convert("a file.yaml", object);
    if let Err(error) = syn::parse_file(&program) {
        panic!("{error}: {program}\n{text}");
    }
    assert_eq!(
        program,
        vsc_convert_as_library::convert("a file.yaml", object).0
    );
}
