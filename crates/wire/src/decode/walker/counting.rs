//! What comes of names that mean nothing, once no more notes are kept: counts, for which no level is opened.

use super::{FrameKind, Meaning, Walker};
use crate::NoteKind;
use crate::decode::tape::Tape;

impl Walker {
    /// Whether nothing but counts can come of a name that means nothing.
    pub fn only_counts(&self) -> bool {
        !self.is_noting() && self.open_tree.is_none()
    }

    /// Counts values in the innermost level whose names mean nothing there, and the notes that are taken of them in all.
    pub fn count_unknown(&mut self, values: usize, notes: usize) {
        self.top_mut().has_names = true;
        self.unknown_fields += values;
        self.notes.omit_many(notes);
    }

    /// A level without anything in it whose name means nothing: as `open` and `close` would take it. `false`: it must go there.
    pub fn pass_strange(&mut self, name: &str, offset: usize) -> bool {
        let outer = self.top().kind;
        if self.open_tree.is_some() || outer == FrameKind::Outer {
            return false;
        }
        let meaning = self.strange();
        if !matches!(meaning, Meaning::Unknown | Meaning::Through) {
            return false;
        }
        self.top_mut().has_names = true;
        // An empty content level says nothing.
        if meaning == Meaning::Unknown || !name.ends_with("Content") {
            self.unknown_fields += 1;
            self.note_field(NoteKind::UnknownField, name, None, offset, "");
        }
        true
    }

    /// A text in a level whose name means nothing, or such a level without anything in it, that is only counted.
    pub fn count_strange(&mut self) {
        self.unknown_fields += 1;
        self.notes.omit();
    }

    /// Opens a level whose name means nothing, in which a name or a text stood already.
    pub fn open_strange<'a>(&mut self, name: &str, offset: usize, has: (bool, bool), tape: &mut Tape<'a>) {
        self.open_as(Meaning::Unknown, name, offset, tape);
        let top = self.top_mut();
        (top.has_names, top.has_text) = has;
    }
}
