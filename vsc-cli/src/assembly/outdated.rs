//! Default images that may be outdated.

use vsc_spec::Diagnostic;
use vsc_spec::team::Date;

use super::Team;
use super::team::{Image, Pin};

impl Team {
    /// Diagnostics of outdated images that the declaration does not name.
    pub(crate) fn outdated_images(&self, today: &Date) -> Vec<Diagnostic> {
        let images = self.images.iter();
        images.filter_map(|image| outdated(image, today)).collect()
    }
}

fn outdated(image: &Image, today: &Date) -> Option<Diagnostic> {
    let pin = image.pin.as_ref()?;
    let days = Date::new(pin.newest_on.clone()).ok()?.days_until(today);
    let is_outdated = days > i64::from(pin.outdated_after_days);
    is_outdated.then(|| diagnostic(pin, &image.key, days))
}

fn diagnostic(pin: &Pin, key: &str, days: i64) -> Diagnostic {
    let Pin {
        tagged, newest_on, ..
    } = pin;
    Diagnostic::new(format!("{tagged} was the newest {days} days ago"))
        .note(format!(
            "it was last checked on {newest_on}, and may lack security fixes"
        ))
        .help(format!("update vsc, or pin a newer image: `{key} = \"…\"`"))
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::{Pin, TeamIdeBuilder};

    use super::*;
    use crate::assembly::written::team;

    fn reported(
        change: impl FnOnce(TeamIdeBuilder) -> TeamIdeBuilder,
        today: &'static str,
    ) -> Vec<String> {
        let today = Date::new(today).expect("a day");
        let team = team(change).team.expect("it is a team");
        let diagnostics = team.outdated_images(&today).into_iter();
        diagnostics
            .map(|diagnostic| diagnostic.to_string())
            .collect()
    }

    #[test]
    fn only_outdated_default_images_are_reported() {
        assert!(reported(|team| team, Pin::PROXY.looked_at()).is_empty());
        let own = reported(
            |team| team.image("x.com/ide:1").proxy_image("x.com/proxy:1"),
            "2999-01-01",
        );
        assert!(own.is_empty());
        let proxy = reported(|team| team.image("x.com/ide:1"), "2999-01-01");
        let [proxy] = proxy.as_slice() else {
            panic!("the proxy alone: {proxy:?}");
        };
        assert!(
            proxy.starts_with("traefik:v") && proxy.contains(" was the newest "),
            "{proxy}"
        );
        assert!(
            proxy.contains("= help: update vsc, or pin a newer image: `proxy_image = "),
            "{proxy}"
        );
        assert_eq!(reported(|team| team, "2999-01-01").len(), 2);
    }
}
