//! The comments of a resource, found while its parts are written.

use vsc_spec::Text;

use crate::template::resource::Step;

/// The comments of a resource, and how far the paths of each are those of the current part.
#[derive(Default)]
pub(super) struct Comments<'a> {
    all: &'a [(Vec<Step>, Text)],
    /// For each comment, the number of steps that its path shares with the current one.
    shared: Vec<usize>,
    depth: usize,
}

impl<'a> Comments<'a> {
    /// Those of a resource, at its beginning.
    pub(super) fn new(comments: &'a [(Vec<Step>, Text)]) -> Self {
        Self {
            all: comments,
            shared: vec![0; comments.len()],
            depth: 0,
        }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Enters the part behind a step, and returns its comment: the first one if there are several.
    pub(super) fn enter(&mut self, is_step: impl Fn(&Step) -> bool) -> Option<&'a str> {
        let depth = self.depth;
        self.depth += 1;
        let mut comment = None;
        for ((path, text), shared) in self.all.iter().zip(&mut self.shared) {
            let is_here = *shared == depth && path.get(depth).is_some_and(&is_step);
            if is_here {
                *shared += 1;
                if path.len() == *shared {
                    comment = comment.or(Some(text.as_ref()));
                }
            }
        }
        comment
    }

    /// Leaves the part that was entered last.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        for shared in &mut self.shared {
            *shared = self.depth.min(*shared);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_at_its_path_alone() {
        let key = |name: &'static str| Step::Key(name.into());
        let comments = [
            (vec![key("A"), Step::Index(1)], Text::Borrowed("item")),
            (vec![key("A")], "first".into()),
            (vec![key("A")], "second".into()),
            (vec![], "the resource itself".into()),
        ];
        let mut found = Comments::new(&comments);
        assert_eq!(found.enter(|step| *step == key("B")), None);
        // The path `B[1]` is not `A[1]`.
        assert_eq!(found.enter(|step| *step == Step::Index(1)), None);
        found.leave();
        found.leave();
        assert_eq!(found.enter(|step| *step == key("A")), Some("first"));
        assert_eq!(found.enter(|step| *step == Step::Index(0)), None);
        found.leave();
        assert_eq!(found.enter(|step| *step == Step::Index(1)), Some("item"));
        found.leave();
        found.leave();
        assert_eq!(found.enter(|step| *step == key("A")), Some("first"));
    }
}
