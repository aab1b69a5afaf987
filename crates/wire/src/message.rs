//! Messages: what a server says of a request beside its status, one by one.

use crate::{Leaf, Node, Record, Shape, Text};

/// What a server says of a request.
///
/// The names on the wire are the API's; the shape of its messages numbers the leaves as [`Message::SHAPE`] does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The part of the server that says it: `BLL`.
    pub source: Text,
    /// How grave it is: `INFO`, `WARN`, `ERROR`, `FATAL`.
    pub level: Text,
    /// The code, a word: `NOT_FOUND`.
    pub code: Text,
    /// What it says.
    pub text: Text,
}

static SHAPE: Shape = Shape {
    name: "Message",
    nodes: &[
        Node::leaf(0, "source", "source"),
        Node::leaf(1, "level", "level"),
        Node::leaf(2, "code", "code").optional(),
        Node::leaf(3, "text", "text").optional(),
    ],
};

impl Message {
    /// The leaves in their order, under their Rust names.
    pub const SHAPE: &'static Shape = &SHAPE;

    /// A message.
    pub fn new(source: impl Into<Text>, level: impl Into<Text>, code: impl Into<Text>, text: impl Into<Text>) -> Self {
        Self { source: source.into(), level: level.into(), code: code.into(), text: text.into() }
    }

    /// Whether it tells why the request was not carried out.
    pub fn is_error(&self) -> bool {
        ["ERROR", "FATAL"].iter().any(|level| level.eq_ignore_ascii_case(self.level.trim()))
    }

    /// Hands every text, for its taking out what must not be shown.
    pub fn for_each_text(&mut self, edit: &mut dyn FnMut(&mut Text)) {
        [&mut self.source, &mut self.level, &mut self.code, &mut self.text].into_iter().for_each(edit);
    }
}

impl Record for Message {
    fn shape(&self) -> &'static Shape {
        Self::SHAPE
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        match id {
            0 => Some(&self.source),
            1 => Some(&self.level),
            2 => Some(&self.code),
            3 => Some(&self.text),
            _ => None,
        }
    }

    fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf> {
        match id {
            0 => Some(&mut self.source),
            1 => Some(&mut self.level),
            2 => Some(&mut self.code),
            3 => Some(&mut self.text),
            _ => None,
        }
    }
}
