//! The images that a host runs where nothing is declared: finds the newest, and pins them.

mod registry;
#[cfg(test)]
mod stand_in;

use vsc_spec::team::{Date, Pin};

use registry::Repository;

/// Docker Hub: <https://docs.docker.com/reference/api/registry/latest/>.
pub(crate) const DOCKER_HUB: &str = "https://registry-1.docker.io";

/// An image that is pinned, and what its versions look like.
struct Image {
    /// How its line in the file begins.
    role: &'static str,
    pin: Pin,
    /// Where it is in a registry.
    repository: &'static str,
    /// What stands before the version in a tag.
    prefix: &'static str,
}

const IMAGES: [Image; 3] = [
    Image {
        role: "workspace",
        pin: Pin::WORKSPACE,
        repository: "codercom/code-server",
        prefix: "",
    },
    Image {
        role: "proxy",
        pin: Pin::PROXY,
        repository: "library/traefik",
        prefix: "v",
    },
    Image {
        role: "login",
        pin: Pin::LOGIN,
        repository: "library/httpd",
        prefix: "",
    },
];

/// The text of `images.txt` with the newest images of a registry, all of them or none.
pub(crate) fn refresh(text: &str, registry: &str, today: &Date) -> Result<String, String> {
    let mut text = text.to_owned();
    for image in IMAGES {
        let name = image.pin.tagged().split(':').next().unwrap_or_default();
        let repository = Repository::open(registry, image.repository)?;
        let tags = repository.tags()?;
        let newest = newest(&tags, image.prefix).ok_or_else(|| {
            format!(
                "{name}: none of its {} tags is a version such as {}1.2.3",
                tags.len(),
                image.prefix
            )
        })?;
        let known = image.pin.tagged().rsplit(':').next().unwrap_or_default();
        if version(newest, image.prefix) < version(known, image.prefix) {
            return Err(format!(
                "{name}: the newest tag of the registry is {newest}, which is older than {known}"
            ));
        }
        let digest = repository.digest(newest)?;
        let pinned = format!("{name}:{newest}@{digest}");
        vsc_spec::team::ImageReference::new(pinned.clone()).map_err(|error| error.to_string())?;
        text = with_pin(&text, image.role, &pinned, today);
    }
    Ok(text)
}

/// The newest of the tags that are versions and nothing else: no draft, no kind of image.
fn newest<'a>(tags: &'a [String], prefix: &str) -> Option<&'a str> {
    let versions = tags
        .iter()
        .filter_map(|tag| Some((version(tag, prefix)?, tag.as_str())));
    versions.max().map(|(_, tag)| tag)
}

/// The three numbers of a version.
fn version(tag: &str, prefix: &str) -> Option<[u64; 3]> {
    let mut numbers = tag.strip_prefix(prefix)?.split('.').map(|number| {
        let is_number = number.bytes().all(|digit| digit.is_ascii_digit());
        is_number.then(|| number.parse().ok()).flatten()
    });
    let version = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(version)
}

/// The file with another pin of a role.
fn with_pin(text: &str, role: &str, image: &str, day: &Date) -> String {
    let is_of_role = |line: &str| line.split(' ').next() == Some(role);
    let lines = text.lines().map(|line| {
        if is_of_role(line) {
            format!("{role} {image} {}\n", day.as_str())
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::stand_in::{DIGEST, OF_ONE_ARCHITECTURE, StandIn};
    use super::*;

    fn day() -> Date {
        Date::new("2027-02-01").expect("it is a day")
    }

    fn file() -> String {
        format!(
            "# Three images.\nworkspace {} 2026-11-29\nproxy {} 2026-11-29\nlogin {} 2026-11-29\n",
            Pin::WORKSPACE.image(),
            Pin::PROXY.image(),
            Pin::LOGIN.image()
        )
    }

    #[test]
    fn the_newest_version_is_neither_a_draft_nor_a_kind_of_image() {
        let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        let all = tags(&[
            "latest",
            "v3",
            "v3.7",
            "v3.7.9",
            "v3.7.15",
            "3.8.0",
            "v3.8.0-rc.1",
            "v3.7.16-alpine",
            "v2.11.53",
            "v3.7.x",
            "v3.7.15.1",
            "v3..1",
        ]);
        assert_eq!(newest(&all, "v"), Some("v3.7.15"));
        assert_eq!(newest(&all, ""), Some("3.8.0"));
        assert_eq!(
            newest(&tags(&["4.99.4", "4.100.0", "4.9.1"]), ""),
            Some("4.100.0")
        );
        assert_eq!(newest(&tags(&["latest", "nightly"]), ""), None);
    }

    #[test]
    fn pins_are_those_of_the_registry() {
        let registry = StandIn::new(&[
            (
                "codercom/code-server",
                &["4.139.1", "latest"],
                &["4.200.0", "4.200.0-rc.2"],
            ),
            (
                "library/traefik",
                &["v3.7.15", "v3.7"],
                &["v3.99.2", "v3.98.1"],
            ),
            ("library/httpd", &["2.4", "2.4.99-alpine"], &["2.4.99"]),
        ]);
        let text = refresh(&file(), &registry.url(), &day()).expect("the registry answers");
        assert_eq!(
            text,
            format!(
                "# Three images.\nworkspace codercom/code-server:4.200.0@{DIGEST} 2027-02-01\n\
                 proxy traefik:v3.99.2@{DIGEST} 2027-02-01\nlogin httpd:2.4.99@{DIGEST} 2027-02-01\n"
            )
        );
    }

    #[test]
    fn what_the_registry_does_not_have_is_reported() {
        let error_of = |repositories: &[stand_in::Repository<'_>]| {
            let registry = StandIn::new(repositories);
            refresh(&file(), &registry.url(), &day()).expect_err("it is an error")
        };
        assert!(error_of(&[]).ends_with("tags/list?n=1000: the registry answers 404"));
        assert_eq!(
            error_of(&[("codercom/code-server", &["latest", "nightly"], &[])]),
            "codercom/code-server: none of its 2 tags is a version such as 1.2.3"
        );
        let old = error_of(&[("codercom/code-server", &["4.1.0"], &[])]);
        assert!(
            old.contains("the newest tag of the registry is 4.1.0, which is older than 4."),
            "{old}"
        );
        let single = error_of(&[("codercom/code-server", &[OF_ONE_ARCHITECTURE], &[])]);
        assert!(
            single.contains("this is no index of architectures"),
            "{single}"
        );
    }

    #[test]
    fn a_registry_that_is_not_reached_is_named() {
        let registry = StandIn::silent();
        let url = registry.url();
        let error = refresh(&file(), &url, &day()).expect_err("it hangs up");
        assert!(
            error.starts_with(&format!(
                "{url}/v2/codercom/code-server/tags/list is not reached: "
            )),
            "{error}"
        );
    }
}
