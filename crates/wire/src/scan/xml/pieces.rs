//! A text that comes in several pieces, put together: without a copy while the pieces follow one another in the body.

use crate::scan::body::trim;
use std::borrow::Cow;

/// Bytes from which a text gets room for all that can still come: to move it again and again takes twice its size.
const LARGE: usize = 1 << 20;

/// The pieces so far.
#[derive(Debug, Clone)]
pub(super) struct Pieces {
    /// Where the first piece begins in the body.
    pub start: usize,
    text: Kept,
}

#[derive(Debug, Clone)]
enum Kept {
    /// It is the body's own text up to here.
    UpTo(usize),
    Copied(String),
}

impl Pieces {
    pub fn new(start: usize) -> Self {
        Self { start, text: Kept::UpTo(start) }
    }

    /// Adds a piece that stands at `at`, or is made of what stands there when it is not borrowed.
    pub fn add(&mut self, body: &str, piece: Cow<'_, str>, at: usize) {
        if let (Kept::UpTo(end), Cow::Borrowed(piece)) = (&mut self.text, &piece)
            && *end == at
        {
            *end += piece.len();
            return;
        }
        if piece.is_empty() {
            return;
        }
        self.copy(body);
        let Kept::Copied(text) = &mut self.text else { return };
        if text.len() + piece.len() > text.capacity().max(LARGE) {
            // No piece is longer than what it is made of.
            text.reserve_exact(body.len().saturating_sub(at).max(piece.len()));
        }
        text.push_str(&piece);
    }

    /// Lets go of the body.
    pub fn copy(&mut self, body: &str) {
        if let Kept::UpTo(end) = self.text {
            self.text = Kept::Copied(body[self.start..end].to_owned());
        }
    }

    /// The whole text without white space around it, and where it begins.
    pub fn finish(self, body: &str) -> (Cow<'_, str>, usize) {
        let text = match self.text {
            Kept::UpTo(end) => Cow::Borrowed(trim(&body[self.start..end]).1),
            Kept::Copied(mut whole) => {
                let (skipped, inner) = trim(&whole);
                let end = skipped + inner.len();
                whole.truncate(end);
                whole.drain(..skipped);
                whole.shrink_to_fit();
                Cow::Owned(whole)
            }
        };
        (text, self.start)
    }
}
