//! Closing brackets of JSON: the right one, a wrong one, one too many or too few.

use super::{Comma, JsonScanner, Open, ahead};
use crate::NoteKind;
use crate::decode::known::Wanted;
use crate::decode::tape::Tape;
use crate::decode::walker::{FrameKind, Meaning, Walker};
use crate::scan::Step;

impl JsonScanner {
    /// A closing bracket or brace. `None` when it closed nothing that the walker knows of.
    pub(super) fn closing<'a>(
        &mut self,
        body: &str,
        at: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Option<Step> {
        let byte = body.as_bytes()[at];
        if let Some(comma) = self.comma_at.take() {
            walker.note(NoteKind::ExtraComma, comma, ",");
        }
        let fits = |open: &Open| match open {
            Open::Object { .. } | Open::Numbered { .. } => byte == b'}',
            Open::Array { .. } => byte == b']',
        };
        let matching = self.open.iter().rev().position(fits);
        if matching != Some(0) && self.unclosed.is_none() {
            self.unclosed = Some(ahead::unclosed(body.as_bytes()));
        }
        let surplus = matching.is_some_and(|inner| inner > 0) && self.unclosed.is_some_and(|unclosed| unclosed < 0);
        if matching != Some(0) && self.open.len() > 1 && self.unclosed == Some(0) {
            // The brackets pair up but for their kind: one stands for the other.
            walker.note(NoteKind::MismatchedBracket, at, if byte == b'}' { "]" } else { "}" });
            let step = self.pop(at, walker, tape);
            self.pos = at + 1;
            return step;
        }
        match matching.filter(|_| !surplus) {
            None => {
                // As many as stand there, since the next one is as this one.
                let more = body.as_bytes()[at + 1..].iter().take_while(|next| **next == byte).count();
                let run = if self.open.is_empty() { 1 } else { more + 1 };
                for at in at..at + run {
                    walker.note(NoteKind::MismatchedBracket, at, if byte == b'}' { "}" } else { "]" });
                }
                self.pos = at + run;
                self.open.is_empty().then_some(Step::End)
            }
            Some(inner) => {
                let mut step = None;
                for index in 0..=inner {
                    if index < inner {
                        walker.note(NoteKind::MismatchedBracket, at, if byte == b'}' { "]" } else { "}" });
                    }
                    step = self.pop(at, walker, tape).or(step.map(|_| Step::More));
                }
                self.pos = at + 1;
                step
            }
        }
    }

    /// Closes the innermost bracket, and the walker's level with it if it has one.
    pub(super) fn pop<'a>(&mut self, at: usize, walker: &mut Walker, tape: &mut Tape<'a>) -> Option<Step> {
        self.comma = Comma::Expected;
        self.unknown_items = false;
        let framed = matches!(self.open.pop(), Some(Open::Object { framed: true }));
        let done = if framed { walker.close(at, tape) } else { None };
        if self.open.is_empty() {
            return Some(Step::End);
        }
        framed.then_some(done.map_or(Step::More, Step::Done))
    }

    /// Closes the objects whose brace is missing, when a name is known further out and not here. Returns what it means there.
    pub(super) fn close_for<'a>(
        &mut self,
        body: &str,
        wanted: Wanted<'_>,
        at: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Option<Meaning> {
        if !matches!(walker.top().kind, FrameKind::Record | FrameKind::Level | FrameKind::Unknown) {
            return None;
        }
        let (levels, there) = walker.wanted_further_out(wanted)?;
        // A field that is new here may have the name of one further out: only a missing brace tells.
        if *self.unclosed.get_or_insert_with(|| ahead::unclosed(body.as_bytes())) <= 0 {
            return None;
        }
        for _ in 0..levels {
            while let Some(Open::Array { .. } | Open::Numbered { .. } | Open::Object { framed: false }) =
                self.open.last()
            {
                self.open.pop();
            }
            walker.note(NoteKind::MismatchedBracket, at, "}");
            self.pop(at, walker, tape);
        }
        while let Some(Open::Array { .. }) = self.open.last() {
            self.open.pop();
        }
        self.comma = Comma::Unexpected;
        self.unknown_items = false;
        Some(walker.meaning_there(there, wanted))
    }
}
