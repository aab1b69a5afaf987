//! Open replies: what a body holds, by its names, where no spec says what it should hold.

use crate::Text;
use crate::command::Tree;

/// Collects names and texts while a body is walked.
#[derive(Debug, Clone)]
pub(crate) struct OpenTree {
    /// The open levels, the outermost first.
    levels: Vec<Level>,
}

/// An open level: its name, the names and the text found in it.
type Level = (Text, Vec<(Text, Tree)>, Option<Text>);

impl OpenTree {
    pub fn new() -> Self {
        Self { levels: vec![(Text::empty(), Vec::new(), None)] }
    }

    /// A level begins.
    pub fn open(&mut self, name: &str) {
        self.levels.push((Text::new(name), Vec::new(), None));
    }

    /// The innermost level holds a text.
    pub fn text(&mut self, text: &str) {
        if let Some((_, _, held)) = self.levels.last_mut() {
            *held = Some(Text::new(text));
        }
    }

    /// The innermost level ends.
    pub fn close(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some((name, mut inner, text)) = self.levels.pop() else { return };
        let tree = if inner.is_empty() {
            Tree::Text(text.unwrap_or_default())
        } else {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                // A text beside names: under the level's own name once more.
                inner.push((name.clone(), Tree::Text(text)));
            }
            Tree::Level(inner)
        };
        if let Some((_, around, _)) = self.levels.last_mut() {
            around.push((name, tree));
        }
    }

    /// The innermost level ends, and is as good as absent.
    pub fn leave_out(&mut self) {
        if self.levels.len() > 1 {
            self.levels.pop();
        }
    }

    /// Everything that was found.
    pub fn finish(mut self) -> Vec<(Text, Tree)> {
        while self.levels.len() > 1 {
            self.close();
        }
        let Some((_, mut fields, text)) = self.levels.pop() else { return Vec::new() };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            fields.push((Text::empty(), Tree::Text(text)));
        }
        fields
    }
}
