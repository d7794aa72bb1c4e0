//! The default images: `data/images.txt`.

use super::image;
use super::tls::Date;
use crate::text;

const IMAGES: &str = include_str!("../../data/images.txt");

/// A default image, pinned, and the day on which it was last checked.
///
/// The pin has a digest if `cargo xtask images` could ask a registry for it, and only a tag otherwise.
///
/// ```
/// use vsc_spec::team::Pin;
///
/// assert!(Pin::PROXY.image().starts_with("traefik:v"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    image: &'static str,
    looked_at: &'static str,
}

impl Pin {
    /// The code-server of every workspace.
    pub const WORKSPACE: Self = Self::of("workspace");

    /// The proxy.
    pub const PROXY: Self = Self::of("proxy");

    /// Apache of a preview, which checks logins. A host has it from its packages.
    pub const LOGIN: Self = Self::of("login");

    /// The number of days after its check for which an image counts as current.
    pub const CURRENT_FOR_DAYS: u16 = 90;

    /// The image: `traefik:v3.7.15`, with `@sha256:…` where its digest is known.
    pub const fn image(&self) -> &'static str {
        self.image
    }

    /// The image without its digest.
    pub const fn tagged(&self) -> &'static str {
        text::before(self.image, b'@')
    }

    /// The last day on which it was the newest, as `2026-11-29`.
    pub const fn looked_at(&self) -> &'static str {
        self.looked_at
    }

    /// The days since its check, if they are more than [`Pin::CURRENT_FOR_DAYS`].
    pub fn outdated_by(&self, today: &Date) -> Option<i64> {
        let looked_at = Date::new(self.looked_at).ok()?;
        let days = looked_at.days_until(today);
        (days > i64::from(Self::CURRENT_FOR_DAYS)).then_some(days)
    }

    const fn of(role: &str) -> Self {
        let mut rest = Some(IMAGES);
        while let Some(lines) = rest {
            let (line, more) = text::next_part(lines, b'\n');
            rest = more;
            let (first, pin) = text::next_part(line, b' ');
            if let Some(pin) = pin
                && text::equal(first, role)
            {
                let Some((image, looked_at)) = text::split_once(pin, b' ') else {
                    break;
                };
                assert!(
                    image::check(image).is_ok(),
                    "an image of images.txt is not pinned"
                );
                return Self { image, looked_at };
            }
        }
        panic!("images.txt has a line `ROLE IMAGE DAY` for each role")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_images_are_pinned_and_dated() {
        for (pin, name) in [
            (Pin::WORKSPACE, "codercom/code-server:"),
            (Pin::PROXY, "traefik:v"),
            (Pin::LOGIN, "httpd:2.4."),
        ] {
            assert!(pin.image().starts_with(name), "{pin:?}");
            assert!(pin.image().starts_with(pin.tagged()), "{pin:?}");
            assert!(!pin.tagged().contains('@'), "{pin:?}");
            assert!(Date::new(pin.looked_at()).is_ok(), "{pin:?}");
        }
    }

    #[test]
    fn an_image_is_current_for_ninety_days() {
        let pin = Pin {
            image: "traefik:v3.7.15",
            looked_at: "2026-11-29",
        };
        let overdue = |today: &'static str| pin.outdated_by(&Date::new(today).expect("a day"));
        assert_eq!(overdue("2026-11-01"), None);
        assert_eq!(overdue("2027-02-27"), None);
        assert_eq!(overdue("2027-02-28"), Some(91));
    }
}
