//! A template that the emulator can create: moto 5.2.5 knows no instance whose image is that of a launch
//! template, and would answer with an internal error. The proxy adds the image on the way to the emulator,
//! and removes it on the way back.

/// The property of the host, and the one before it, in YAML and in JSON.
const FORMS: [(&str, &str); 3] = [
    (
        "\n      LaunchTemplate:\n",
        "\n      ImageId: !Ref ImageId\n      LaunchTemplate:\n",
    ),
    (
        "\"LaunchTemplate\":{",
        "\"ImageId\":{\"Ref\":\"ImageId\"},\"LaunchTemplate\":{",
    ),
    (
        "&quot;LaunchTemplate&quot;:{",
        "&quot;ImageId&quot;:{&quot;Ref&quot;:&quot;ImageId&quot;},&quot;LaunchTemplate&quot;:{",
    ),
];

/// The form of a call with a template.
pub(crate) fn with_image(form: &str) -> String {
    replaced(form, |(from, to)| (encoded(from), encoded(to)))
}

/// An uploaded template.
pub(crate) fn uploaded_with_image(template: &str) -> String {
    replaced(template, |(from, to)| (from.to_owned(), to.to_owned()))
}

/// A response with a template.
pub(crate) fn without_image(text: &str) -> String {
    replaced(text, |(from, to)| (to.to_owned(), from.to_owned()))
}

fn replaced(text: &str, of: impl Fn((&'static str, &'static str)) -> (String, String)) -> String {
    FORMS
        .into_iter()
        .map(of)
        .fold(text.to_owned(), |text, (from, to)| text.replace(&from, &to))
}

/// A text as it is in a form.
fn encoded(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_is_there_only_for_the_emulator() {
        let template = "    Properties:\n      LaunchTemplate:\n        Version: \"1\"\n";
        let form = format!("TemplateBody={}", encoded(template));
        let sent = with_image(&form);
        assert!(sent.contains("ImageId%3A%20%21Ref%20ImageId%0A"), "{sent}");
        for back in [
            "      ImageId: !Ref ImageId\n      LaunchTemplate:\n",
            "{\"ImageId\":{\"Ref\":\"ImageId\"},\"LaunchTemplate\":{}}",
        ] {
            let text = format!("\n{back}");
            assert!(!without_image(&text).contains("ImageId"), "{text}");
        }
    }
}
