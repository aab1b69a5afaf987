//! Texts as leaves: any text is taken as it stands.

use super::Scalar;
use crate::{FlagStyle, Format, Leaf, LeafKind, LeafSpec, Plain, Text, Unparsed};

/// These two are `str`'s own; where [`Leaf`] is in scope its methods of the same name would hide them.
impl Text {
    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.as_str().len()
    }

    /// Whether it has no characters.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

/// The empty text is absent.
impl Leaf for Text {
    fn read(&mut self, text: &str, _spec: &LeafSpec) -> Result<(), Unparsed> {
        *self = Text::new(text);
        Ok(())
    }

    fn write(&self, _index: usize, _spec: &LeafSpec, _format: Format, out: &mut String) -> bool {
        out.push_str(self);
        !self.is_empty()
    }

    fn plain(&self) -> Plain {
        Plain::text_or_null(self)
    }

    fn kind(&self) -> LeafKind {
        LeafKind::Text
    }
}

impl Scalar for Text {
    const KIND: LeafKind = LeafKind::Text;

    fn trim(text: &str) -> &str {
        text
    }

    fn parse(text: &str) -> Option<Self> {
        Some(Text::new(text))
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        out.push_str(self);
    }

    fn plain(&self) -> Plain {
        Plain::text_or_null(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_same_text, read};
    use super::*;

    #[test]
    fn any_text_is_kept() {
        assert_same_text::<Text>(&["", "null", " padded ", "ü\n"]);
        assert_same_text::<Option<Text>>(&["", "null", " padded ", "ü\n"]);
        assert_eq!(read::<Option<Text>>(""), Ok(None));
    }

    #[test]
    fn length_is_that_of_the_text_beside_leaf_too() {
        let text = Text::new("four");
        assert_eq!((text.len(), Leaf::len(&text)), (4, 1));
        assert!(Text::empty().is_empty());
    }
}
