//! Values that are never printed: transfer codes, passwords, keys.

use super::Scalar;
use crate::{FlagStyle, Format, Leaf, LeafKind, LeafSpec, Plain, Text, Unparsed};
use std::fmt;

/// A text that is never printed; [`expose`](Secret::expose) is the only way to it.
///
/// `Debug` and `Display` print `Secret(..)`, and the plain form is `<redacted>`. On the wire it is any text; the empty one
/// is absent.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Text);

/// What the plain form shows.
const REDACTED: &str = "<redacted>";

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Text> for Secret {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

/// Reading and writing carry the text; the plain form does not.
impl Leaf for Secret {
    fn read(&mut self, text: &str, _spec: &LeafSpec) -> Result<(), Unparsed> {
        *self = text.into();
        Ok(())
    }

    fn write(&self, _index: usize, _spec: &LeafSpec, _format: Format, out: &mut String) -> bool {
        out.push_str(self.expose());
        !self.is_empty()
    }

    fn plain(&self) -> Plain {
        Plain::text_or_null(if self.is_empty() { "" } else { REDACTED })
    }

    fn kind(&self) -> LeafKind {
        LeafKind::Secret
    }
}

impl Scalar for Secret {
    const KIND: LeafKind = LeafKind::Secret;

    fn trim(text: &str) -> &str {
        text
    }

    fn parse(text: &str) -> Option<Self> {
        Some(text.into())
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        out.push_str(self.expose());
    }

    fn plain(&self) -> Plain {
        Leaf::plain(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, read};
    use super::*;

    #[test]
    fn is_printed_nowhere_and_written_to_the_wire() {
        let code = read::<Secret>("hunter2").unwrap();
        let printed = format!("{code} {code:?} {:?} {}", Some(&code), Leaf::plain(&code));
        assert!(!printed.contains("hunter2"), "{printed}");
        assert_eq!(Some(code.clone()).plain(), Plain::Text("<redacted>".to_owned()));
        assert_eq!(Leaf::plain(&Secret::default()), Plain::Null);
        assert_eq!(code.expose(), "hunter2");
        assert_round_trip(&code);
        assert_same_text::<Option<Secret>>(&["", "hunter2", " a b "]);
    }
}
