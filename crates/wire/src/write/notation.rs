//! What a format of levels must be able to write down, and the text that it writes into.

use crate::JsonAs;

/// Whether a value has a name of its own or is an item of an array.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Member,
    Item,
}

/// How levels, lists and texts are written down.
pub(super) trait Notation {
    /// What stands before the reply.
    fn begin(&self, out: &mut Output);
    /// What stands after the reply.
    fn end(&self, out: &mut Output);
    /// Begins a level or a record.
    fn open(&self, out: &mut Output, name: &str, place: Place);
    /// Ends the level or record that was begun last.
    fn close(&self, out: &mut Output, name: &str);
    /// A text in a field or as an item. A name that begins with `@` is an attribute's, where there are any.
    fn scalar(&self, out: &mut Output, name: &str, place: Place, text: &str, json_as: JsonAs);
    /// A text that stands directly in the level or record that was begun last.
    fn text(&self, out: &mut Output, text: &str);
    /// Begins a list whose items follow as [`Place::Item`].
    fn open_list(&self, out: &mut Output, name: &str, place: Place);
    /// Ends the list that was begun last.
    fn close_list(&self, out: &mut Output);
}

/// What is written so far.
pub(super) struct Output {
    pub text: String,
    /// How many levels are open.
    pub depth: usize,
    pub compact: bool,
    /// Where the start tag ends that was written last; an attribute can be put in while nothing stands behind it.
    pub start_tag: usize,
}

/// A place in the output, to come back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    len: usize,
    depth: usize,
    start_tag: usize,
}

impl Output {
    /// Appends `parts`.
    pub fn push<const N: usize>(&mut self, parts: [&str; N]) {
        for part in parts {
            self.text.push_str(part);
        }
    }

    /// Begins a new line at the depth that is reached, unless nothing stands before it or the output is compact.
    pub fn line(&mut self) {
        if self.compact || self.text.is_empty() {
            return;
        }
        self.text.push('\n');
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
    }

    /// An output without anything in it.
    pub fn new(compact: bool) -> Self {
        Self { text: String::new(), depth: 0, compact, start_tag: 0 }
    }

    /// Where the output stands, to come back to.
    pub fn mark(&self) -> Mark {
        Mark { len: self.text.len(), depth: self.depth, start_tag: self.start_tag }
    }

    /// Takes back what was written since `mark`.
    pub fn take_back(&mut self, mark: Mark) {
        let Mark { len, depth, start_tag } = mark;
        self.text.truncate(len);
        (self.depth, self.start_tag) = (depth, start_tag);
    }
}
