//! Arguments of commands on the host.

use std::borrow::Cow;

use aws_smithy_types::base64;

/// An argument of a shell command on the host, which stands for exactly this text.
///
/// Text with other characters than those of names is encoded: quotes would protect it from the shell,
/// but not from Systems Manager, which replaces `{{ssm:NAME}}` in the parameters of a command (AWS
/// Systems Manager User Guide, "Referencing Parameter Store parameters").
pub(crate) fn argument(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._/:@-".contains(&byte);
    if !text.is_empty() && !text.starts_with('-') && text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let encoded = base64::encode(text);
    Cow::Owned(format!("\"$(printf %s '{encoded}' | base64 --decode)\""))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn names_stay_readable() {
        for text in ["alice", "alice@2026-11-01T09:00:00Z", "/dev/sdg"] {
            assert_eq!(argument(text), text);
        }
    }

    #[test]
    fn a_shell_receives_the_text_as_it_is() {
        for text in [
            "",
            "a b",
            "it's \"quoted\"",
            "$(reboot) `reboot` ; reboot & | > <",
            "{{ssm:password}}",
            "--option",
            "\\ü*?[]~!#",
        ] {
            let argument = argument(text);
            assert!(!argument.contains("{{"), "{argument}");
            let script = format!("printf '<%s>' {argument}");
            let output = Command::new("bash").args(["-c", &script]).output();
            let output = output.expect("there is a shell");
            assert_eq!(String::from_utf8_lossy(&output.stdout), format!("<{text}>"));
        }
    }
}
