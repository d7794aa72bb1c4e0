//! Tags of EC2 resources.

use super::call::Element;

/// The tags of a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ec2Tags(Vec<(String, String)>);

impl Ec2Tags {
    /// The tags of a described resource.
    pub(crate) fn of(item: &Element) -> Self {
        let tags = item.all("tagSet/item").into_iter();
        let text = |tag: &Element, name| tag.text(name).unwrap_or_default().to_owned();
        Self(
            tags.map(|tag| (text(tag, "key"), text(tag, "value")))
                .collect(),
        )
    }

    /// The value of a tag.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let mut tags = self.0.iter();
        tags.find_map(|(name, value)| (name == key).then_some(value.as_str()))
    }
}

/// The parameters that tag what a call creates: `TagSpecification` in the Amazon EC2 API Reference.
pub(crate) fn specification(
    resource_type: &str,
    tags: &[(&str, &str)],
) -> impl Iterator<Item = (String, String)> {
    let prefix = "TagSpecification.1";
    let first = (format!("{prefix}.ResourceType"), resource_type.to_owned());
    let tags = (1..).zip(tags).flat_map(move |(number, (key, value))| {
        [
            (format!("{prefix}.Tag.{number}.Key"), (*key).to_owned()),
            (format!("{prefix}.Tag.{number}.Value"), (*value).to_owned()),
        ]
    });
    let tags: Vec<_> = tags.collect();
    std::iter::once(first).chain(tags)
}

/// The parameters of a filter: `Filter` in the Amazon EC2 API Reference.
pub(crate) fn filter(number: usize, name: &str, values: &[&str]) -> Vec<(String, String)> {
    let mut parameters = vec![(format!("Filter.{number}.Name"), name.to_owned())];
    parameters.extend(
        (1..)
            .zip(values)
            .map(|(value, text)| (format!("Filter.{number}.Value.{value}"), (*text).to_owned())),
    );
    parameters
}

#[cfg(test)]
impl Ec2Tags {
    pub(crate) fn of_test(tags: &[(&str, String)]) -> Self {
        let tags = tags.iter();
        Self(
            tags.map(|(key, value)| ((*key).to_owned(), value.clone()))
                .collect(),
        )
    }
}
