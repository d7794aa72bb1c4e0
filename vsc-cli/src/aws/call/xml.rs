//! Responses in XML.

/// An element with its content, without attributes and namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// Parses a document; none if it is not XML.
    pub(super) fn read(text: &str) -> Option<Self> {
        let document = roxmltree::Document::parse(text).ok()?;
        Some(of(document.root_element()))
    }

    /// The first element of this name, at any depth.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        let mut children = self.children.iter();
        children.find_map(|child| {
            if child.name == name {
                Some(child)
            } else {
                child.find(name)
            }
        })
    }

    /// The elements at the end of a path of names, such as `reservationSet/item`.
    pub(crate) fn all(&self, path: &str) -> Vec<&Self> {
        path.split('/').fold(vec![self], |elements, name| {
            let children = elements.into_iter().flat_map(|element| &element.children);
            children.filter(|child| child.name == name).collect()
        })
    }

    /// The text at the end of a path of names; none if it is empty.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        let text = self
            .all(path)
            .first()
            .map(|element| element.text.as_str())?;
        (!text.is_empty()).then_some(text)
    }
}

fn of(node: roxmltree::Node<'_, '_>) -> Element {
    Element {
        name: node.tag_name().name().to_owned(),
        text: node.text().unwrap_or_default().trim().to_owned(),
        children: node
            .children()
            .filter(roxmltree::Node::is_element)
            .map(of)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_names() {
        let xml = "<a xmlns=\"x\"><b><item><c>1</c></item><item><c> 2 </c></item></b><d/></a>";
        let element = Element::read(xml).unwrap_or_default();
        let texts: Vec<&str> = element
            .all("b/item")
            .iter()
            .filter_map(|item| item.text("c"))
            .collect();
        assert_eq!(texts, ["1", "2"]);
        assert_eq!(element.text("d"), None);
        assert_eq!(element.find("c").map(|c| c.text.as_str()), Some("1"));
    }
}
