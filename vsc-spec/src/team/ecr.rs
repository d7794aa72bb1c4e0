//! Images in a private registry of Amazon ECR, which the host pulls with its role.
//!
//! Amazon ECR User Guide, "Amazon ECR private registries": a registry is called
//! `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, in China followed by `.cn`. Names of repositories:
//! Amazon ECR API Reference, `CreateRepository`.

use super::region::Region;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// A repository of Amazon ECR.
///
/// ```
/// use vsc_spec::team::ImageReference;
///
/// let image = ImageReference::new("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide:1.2")?;
/// let repository = image.ecr_repository().expect("it is in ECR");
/// assert_eq!(repository.name(), "team/ide");
/// # Ok::<(), vsc_spec::Diagnostic>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EcrRepository<'a> {
    account: &'a str,
    region: Region,
    name: &'a str,
}

impl<'a> EcrRepository<'a> {
    /// The account whose registry it is: twelve digits.
    pub const fn account(&self) -> &'a str {
        self.account
    }

    /// The region of the registry.
    pub const fn region(&self) -> Region {
        self.region
    }

    /// Its name in the registry: `team/ide`.
    pub const fn name(&self) -> &'a str {
        self.name
    }
}

const EXAMPLE: &str = "for example \"123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide:1.2\"";

/// The repository of an image name, if its registry is one of AWS. The name has neither tag nor digest.
pub(super) const fn repository(name: &str) -> Result<Option<EcrRepository<'_>>, ConstDiagnostic> {
    let Some((host, name)) = text::split_once(name, b'/') else {
        return Ok(None);
    };
    let (china, registry) = match before_end(host, ".amazonaws.com") {
        Some(registry) => (false, registry),
        None => match before_end(host, ".amazonaws.com.cn") {
            Some(registry) => (true, registry),
            None => return Ok(None),
        },
    };
    let Some((account, rest)) = text::split_once(registry, b'.') else {
        return Err(no_registry(host));
    };
    let Some(region) = text::strip_prefix(rest, "dkr.ecr.") else {
        return Err(no_registry(host));
    };
    if account.len() != 12 || !text::is_number(account) {
        return Err(ConstDiagnostic::new("")
            .quoted(account)
            .text(" is not an AWS account ID")
            .note("an ECR registry is named after its account ID of twelve digits")
            .help(EXAMPLE));
    }
    let region = match Region::new(region) {
        Ok(region) => region,
        Err(diagnostic) => return Err(diagnostic),
    };
    if text::starts_with(region.name(), "cn-") != china {
        let end = if china {
            "amazonaws.com"
        } else {
            "amazonaws.com.cn"
        };
        return Err(ConstDiagnostic::new("there is no registry ")
            .quoted(host)
            .note("registries in China end in `.amazonaws.com.cn`, all others in `.amazonaws.com`")
            .help("write \"")
            .text(account)
            .text(".dkr.ecr.")
            .text(region.name())
            .text(".")
            .text(end)
            .text("\""));
    }
    if name.len() < 2 {
        return Err(ConstDiagnostic::new("")
            .quoted(name)
            .text(" is not an ECR repository")
            .note("its name has at least two characters")
            .help(EXAMPLE));
    }
    Ok(Some(EcrRepository {
        account,
        region,
        name,
    }))
}

const fn no_registry(host: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(host)
        .text(" is not an ECR registry")
        .note("the form is ACCOUNT.dkr.ecr.REGION.amazonaws.com")
        .help(EXAMPLE)
}

/// The string without this suffix, if it has it.
const fn before_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let Some(length) = text.len().checked_sub(end.len()) else {
        return None;
    };
    if !text.is_char_boundary(length) {
        return None;
    }
    let (before, rest) = text.split_at(length);
    if text::equal(rest, end) {
        Some(before)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_are_found_by_their_names() {
        let name = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide";
        let found = repository(name).expect("it is right").expect("it is ECR");
        assert_eq!(
            (found.account(), found.region().name(), found.name()),
            ("123456789012", "eu-west-1", "team/ide")
        );
        let china = "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/ide";
        let found = repository(china).expect("it is right").expect("it is ECR");
        assert_eq!(found.region().name(), "cn-north-1");
        for other in [
            "codercom/code-server",
            "traefik",
            "public.ecr.aws/docker/library/traefik",
            "x.com/123456789012.dkr.ecr.eu-west-1.amazonaws.com/ide",
            "notamazonaws.com/ide",
        ] {
            assert_eq!(repository(other).expect("it is right"), None, "{other}");
        }
    }

    #[test]
    fn invalid_ecr_registries_are_errors() {
        let rejected = |name: &str| repository(name).expect_err(name).to_string();
        assert_eq!(
            rejected("12345.dkr.ecr.eu-west-1.amazonaws.com/ide"),
            "\"12345\" is not an AWS account ID\n\
             an ECR registry is named after its account ID of twelve digits\n\
             = help: for example \"123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide:1.2\""
        );
        assert!(
            rejected("123456789012.dkr.ecr.eu-wset-1.amazonaws.com/ide")
                .starts_with("there is no region \"eu-wset-1\"\n= help: did you mean `eu-west-1`?")
        );
        assert!(
            rejected("123456789012.ecr.eu-west-1.amazonaws.com/ide")
                .contains(" is not an ECR registry\nthe form is ACCOUNT.dkr.ecr.REGION.")
        );
        assert!(rejected("dkr.amazonaws.com/ide").contains(" is not an ECR registry"));
        assert!(
            rejected("123456789012.dkr.ecr.cn-north-1.amazonaws.com/ide")
                .ends_with("= help: write \"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn\"")
        );
        assert!(
            rejected("123456789012.dkr.ecr.eu-west-1.amazonaws.com.cn/ide")
                .ends_with("= help: write \"123456789012.dkr.ecr.eu-west-1.amazonaws.com\"")
        );
        assert!(
            rejected("123456789012.dkr.ecr.eu-west-1.amazonaws.com/i")
                .starts_with("\"i\" is not an ECR repository")
        );
    }
}
