//! Images of hosts, and how old they are.

use aws_smithy_types::date_time::{DateTime, Format};
use vsc_spec::{Json, Object};

use super::call::{self, EC2, SSM};
use super::parameters;
use super::session::{Session, Stopped};

/// The type of a parameter whose value is the name of the public parameter with the newest image.
const NEWEST: &str = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>";

/// The age in days from which on an image is marked if there is a newer one.
const OLD: i64 = 90;

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) id: String,
    /// Its name, such as `al2023-ami-2023.9.20251117.1-kernel-6.12-x86_64`.
    pub(crate) name: Option<String>,
    /// When it was made.
    pub(crate) made: Option<String>,
}

/// The image of a host, and the newest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostImage {
    pub(crate) used: Image,
    /// None if it is unknown.
    pub(crate) newest: Option<Image>,
}

impl Image {
    /// Its age in days, at a time in seconds since 1970.
    pub(crate) fn days(&self, now: i64) -> Option<i64> {
        let made = self.made.as_deref()?;
        let made = DateTime::from_str(made, Format::DateTimeWithOffset).ok()?;
        Some((now - made.secs()).max(0) / 86_400)
    }

    /// The day on which it was made.
    pub(crate) fn day(&self) -> Option<&str> {
        self.made.as_deref()?.get(..10)
    }

    pub(crate) fn to_json(&self) -> Json {
        Json::Object(
            Object::new()
                .with("id", self.id.clone())
                .with_some("name", self.name.clone())
                .with_some("made", self.made.clone()),
        )
    }
}

impl HostImage {
    /// Whether there is a newer image.
    pub(crate) fn is_outdated(&self) -> bool {
        let newest = self.newest.as_ref();
        newest.is_some_and(|newest| newest.id != self.used.id)
    }

    /// Whether it is so old that the host should be replaced, and there is a newer one.
    pub(crate) fn is_old(&self, now: i64) -> bool {
        self.is_outdated() && self.used.days(now).is_some_and(|days| days > OLD)
    }

    /// The sentence about it: its age, and whether there is a newer one.
    pub(crate) fn describe(&self, now: i64) -> String {
        let Image { id, .. } = &self.used;
        let age = match (self.used.day(), self.used.days(now)) {
            (Some(day), Some(1)) => format!("{id} of {day}, 1 day old"),
            (Some(day), Some(days)) => format!("{id} of {day}, {days} days old"),
            _ => format!("{id}, of an unknown age"),
        };
        match &self.newest {
            None => age,
            Some(_) if !self.is_outdated() => format!("{age}; the newest"),
            Some(newest) => {
                let of = newest.day().map(|day| format!(" of {day}"));
                let of = of.unwrap_or_default();
                format!(
                    "{age}; `deploy --new-host` brings one from {}{of}",
                    newest.id
                )
            }
        }
    }

    pub(crate) fn to_json(&self) -> Json {
        let Json::Object(used) = self.used.to_json() else {
            return Json::Null;
        };
        Json::Object(used.with_some("newest", self.newest.as_ref().map(Image::to_json)))
    }
}

/// The name of the public parameter with the newest image: the value of the parameter of a template, as
/// it is deployed or by default.
pub(crate) fn name_of_newest(template: &Json, deployed: &[(String, String)]) -> Option<String> {
    let declared = parameters::declared(template);
    let parameter = declared.into_iter().find(|it| it.kind == NEWEST)?;
    let deployed = deployed.iter().find(|(name, _)| *name == parameter.name);
    // Emulators return the value of the public parameter instead.
    let deployed = deployed.filter(|(_, value)| value.starts_with('/'));
    let deployed = deployed.map(|(_, value)| value.clone());
    deployed.or(parameter.default)
}

/// The image of a host, and the newest one of a public parameter.
pub(crate) async fn of_host(
    session: &Session,
    used: &str,
    newest: Option<&str>,
) -> Result<HostImage, Stopped> {
    let newest = match newest {
        Some(name) => newest_id(session, name).await?,
        None => None,
    };
    let mut ids = vec![used];
    ids.extend(newest.as_deref().filter(|newest| *newest != used));
    let found = describe(session, &ids).await?;
    let image = |id: &str| {
        let known = found.iter().find(|image| image.id == id).cloned();
        // An image that was withdrawn is unknown.
        known.unwrap_or_else(|| Image {
            id: id.to_owned(),
            name: None,
            made: None,
        })
    };
    Ok(HostImage {
        used: image(used),
        newest: newest.as_deref().map(image),
    })
}

/// The ID in a public parameter.
async fn newest_id(session: &Session, name: &str) -> Result<Option<String>, Stopped> {
    let body = Json::Object(Object::new().with("Names", Json::array([name.to_owned()])));
    let call = call::json(session.config(), &SSM, "GetParameters", &body);
    let found = session.call("GetParameters", call).await?;
    let parameters = found.get("Parameters").and_then(Json::as_array);
    let value = parameters.and_then(|all| all.first()?.get("Value")?.as_str());
    Ok(value.map(str::to_owned))
}

async fn describe(session: &Session, ids: &[&str]) -> Result<Vec<Image>, Stopped> {
    // A filter finds no withdrawn image, where the IDs themselves would be an error.
    let mut parameters = vec![("Filter.1.Name".to_owned(), "image-id".to_owned())];
    for (index, id) in ids.iter().enumerate() {
        parameters.push((format!("Filter.1.Value.{}", index + 1), (*id).to_owned()));
    }
    let call = call::query(session.config(), &EC2, "DescribeImages", &parameters);
    let found = session.call("DescribeImages", call).await?;
    let images = found.all("imagesSet/item").into_iter().map(|item| Image {
        id: item.text("imageId").unwrap_or_default().to_owned(),
        name: item.text("name").map(str::to_owned),
        made: item.text("creationDate").map(str::to_owned),
    });
    Ok(images.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::Template;

    #[test]
    fn the_age_is_in_days() {
        let image = |made: &str| Image {
            id: "ami-1".to_owned(),
            name: None,
            made: Some(made.to_owned()),
        };
        let then = image("2026-11-01T12:00:00.000Z");
        assert_eq!(then.days(1_795_910_400), Some(27));
        assert_eq!(then.day(), Some("2026-11-01"));
        // The clock of this machine may be behind.
        assert_eq!(then.days(0), Some(0));
        assert_eq!(image("long ago").days(0), None);
    }

    #[test]
    fn an_old_image_is_marked_if_there_is_a_newer_one() {
        let image = |id: &str, day: &str| Image {
            id: id.to_owned(),
            name: None,
            made: Some(format!("{day}T00:00:00.000Z")),
        };
        // 2026-11-29.
        let now = 1_795_910_400;
        let with = |newest: Option<Image>, day: &str| HostImage {
            used: image("ami-1", day),
            newest,
        };
        let newer = || Some(image("ami-2", "2026-11-25"));
        for (image, is_old, text) in [
            (
                with(None, "2026-11-28"),
                false,
                "ami-1 of 2026-11-28, 1 day old",
            ),
            (
                with(None, "2026-01-01"),
                false,
                "ami-1 of 2026-01-01, 332 days old",
            ),
            (
                with(Some(image("ami-1", "2026-11-01")), "2026-11-01"),
                false,
                "ami-1 of 2026-11-01, 28 days old; the newest",
            ),
            (
                with(newer(), "2026-11-01"),
                false,
                "ami-1 of 2026-11-01, 28 days old; `deploy --new-host` brings one from ami-2 of 2026-11-25",
            ),
            (
                with(newer(), "2026-08-01"),
                true,
                "ami-1 of 2026-08-01, 120 days old; `deploy --new-host` brings one from ami-2 of 2026-11-25",
            ),
        ] {
            assert_eq!(image.describe(now), text);
            assert_eq!(image.is_old(now), is_old, "{text}");
        }
    }

    #[test]
    fn the_template_names_the_newest_image() {
        let template = Template::read(
            "Parameters: {A: {Type: String, Default: x}, Image: {Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, Default: /aws/a}}\nResources: {}"
                .to_owned(),
        );
        let json = template.expect("it is a template").json;
        let name = |value: Option<&str>| {
            let deployed = value.map(|value| ("Image".to_owned(), value.to_owned()));
            name_of_newest(&json, deployed.as_slice())
        };
        assert_eq!(name(None).as_deref(), Some("/aws/a"));
        assert_eq!(name(Some("/aws/b")).as_deref(), Some("/aws/b"));
        assert_eq!(name(Some("ami-1")).as_deref(), Some("/aws/a"));
    }
}
