//! The notes on what is around a reply.

use crate::{Note, NoteKind, Notes, Text};

/// Collects notes, as many as are kept of a body.
#[derive(Debug, Clone)]
pub(crate) struct Oddities {
    pub notes: Notes,
    budget: usize,
}

impl Oddities {
    /// Notes may take `budget` bytes.
    pub fn new(budget: usize) -> Self {
        Self { notes: Notes::default(), budget }
    }

    /// Adds a note.
    pub fn note(&mut self, kind: NoteKind, offset: usize, text: &str) {
        self.notes.push(self.budget, || Note { kind, path: Text::empty(), offset, text: Text::new(text) });
    }
}
