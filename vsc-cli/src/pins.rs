//! Default images that may be outdated.

use vsc_spec::Diagnostic;
use vsc_spec::team::{Date, Pin, TeamIde};

/// Diagnostics of outdated images that the team does not declare itself.
pub(crate) fn outdated(team: &TeamIde, today: &Date) -> Vec<Diagnostic> {
    let images = [
        (team.image(), Pin::WORKSPACE, "image"),
        (team.proxy_image(), Pin::PROXY, "proxy_image"),
    ];
    let ours = images
        .into_iter()
        .filter(|(image, pin, _)| image.as_str() == pin.image());
    ours.filter_map(|(_, pin, key)| Some(diagnostic(&pin, key, pin.outdated_by(today)?)))
        .collect()
}

fn diagnostic(pin: &Pin, key: &str, days: i64) -> Diagnostic {
    let image = pin.tagged();
    let looked_at = pin.looked_at();
    Diagnostic::new(format!("{image} was the newest {days} days ago"))
        .note(format!(
            "it was last checked on {looked_at}, and may lack security fixes"
        ))
        .help(format!("update vsc, or pin a newer image: `{key} = \"…\"`"))
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::TeamIdeBuilder;

    use super::*;

    fn reported(team: TeamIdeBuilder, today: &'static str) -> Vec<String> {
        let team = team.users(2).domain("code.x.com").build().expect("a team");
        let today = Date::new(today).expect("a day");
        let diagnostics = outdated(&team, &today).into_iter();
        diagnostics
            .map(|diagnostic| diagnostic.to_string())
            .collect()
    }

    #[test]
    fn only_outdated_default_images_are_reported() {
        let ours = TeamIde::builder;
        assert!(reported(ours(), Pin::PROXY.looked_at()).is_empty());
        let own = ours().image("x.com/ide:1").proxy_image("x.com/proxy:1");
        assert!(reported(own, "2999-01-01").is_empty());
        let proxy = reported(ours().image("x.com/ide:1"), "2999-01-01");
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
        assert_eq!(reported(ours(), "2999-01-01").len(), 2);
    }
}
