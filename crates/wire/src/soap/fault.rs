//! Faults: how a SOAP server says that it did not do what it was asked for.

use crate::Text;
use crate::command::Tree;

/// A fault, as it stands in the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// `faultcode`, with its prefix: `SOAP-ENV:Server`, or a code of the API's own.
    pub code: Text,
    /// `faultstring`: the server's words.
    pub string: Text,
    /// `faultactor`: who says it; empty for the server itself.
    pub actor: Text,
    /// What stands in `detail`, by its names.
    pub detail: Vec<(Text, Tree)>,
}

impl Fault {
    /// A fault without more than its code and its words.
    pub fn new(code: impl Into<Text>, string: impl Into<Text>) -> Self {
        Self { code: code.into(), string: string.into(), ..Self::default() }
    }

    /// Hands every text, for its taking out what must not be shown.
    pub fn for_each_text(&mut self, edit: &mut dyn FnMut(&mut Text)) {
        [&mut self.code, &mut self.string, &mut self.actor].into_iter().for_each(&mut *edit);
        each_text(&mut self.detail, edit);
    }
}

/// Hands the texts of a tree; names are no secrets. No tree is deeper than a body may be.
fn each_text(fields: &mut [(Text, Tree)], edit: &mut dyn FnMut(&mut Text)) {
    for (_, tree) in fields {
        match tree {
            Tree::Text(text) => edit(text),
            Tree::Level(below) => each_text(below, edit),
        }
    }
}
