//! JSON: keys and values in, events out; tolerant of what servers and pages get wrong.

pub(crate) mod ahead;
mod brackets;
mod documented;
mod items;
mod members;
mod skim;

use super::body::skip_blank;
use super::xml::too_deep;
use super::{Fail, Step, json_text};
use crate::NoteKind;
use crate::decode::tape::Tape;
use crate::decode::walker::{MAX_DEPTH, Walker};
use crate::text::Text;

/// An open bracket or brace.
#[derive(Debug, Clone)]
enum Open {
    /// An object; `framed` when the walker has a level for it.
    Object { framed: bool },
    /// An array of the values of `name`.
    Array { name: Text },
    /// An object that numbers the values of `name`, where an array was meant.
    Numbered { name: Text },
}

/// Where a comma may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comma {
    /// After an opening bracket, or after a comma.
    Unexpected,
    /// After a value.
    Expected,
}

/// Reads JSON one value at a time.
#[derive(Debug, Clone)]
pub(crate) struct JsonScanner {
    /// Where the next step begins.
    pub pos: usize,
    open: Vec<Open>,
    comma: Comma,
    /// Where the comma stands that came last, when nothing came after it.
    comma_at: Option<usize>,
    /// Whether nothing is known for the values in the innermost array, going by the last one.
    unknown_items: bool,
    /// How many more brackets the body opens than it closes; looked at when a repair depends on it.
    unclosed: Option<i64>,
}

impl JsonScanner {
    pub fn at(pos: usize) -> Self {
        Self { pos, open: Vec::new(), comma: Comma::Unexpected, comma_at: None, unknown_items: false, unclosed: None }
    }

    /// Whether no bracket is open.
    pub fn is_closed(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether the next thing is an item of an array of records.
    pub fn in_array(&self) -> bool {
        matches!(self.open.last(), Some(Open::Array { .. }))
    }

    /// After an item that was taken in by a learnt shape.
    pub fn after_item(&mut self, pos: usize) {
        self.pos = pos;
        self.comma = Comma::Expected;
    }

    /// Moves `by` bytes back: the text before was dropped.
    pub fn rebase(&mut self, by: usize) {
        self.pos -= by;
        self.comma_at = self.comma_at.map(|at| at.saturating_sub(by));
    }

    /// Reads up to the end of one value, or of a key and its scalar. What changes nothing but the scanner itself, commas and
    /// comments and stray brackets, is passed over on the way.
    pub fn step<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        loop {
            let at = skip_blank(bytes, self.pos);
            self.pos = at;
            match bytes.get(at) {
                None => return Ok(Step::Short),
                Some(b',') => {
                    let run = bytes[at..].iter().take_while(|byte| **byte == b',').count();
                    for comma in at + usize::from(self.comma == Comma::Expected)..at + run {
                        walker.note(NoteKind::ExtraComma, comma, ",");
                    }
                    self.comma = Comma::Unexpected;
                    self.comma_at = Some(at + run - 1);
                    self.pos = at + run;
                }
                Some(b'}' | b']') => {
                    if let Some(step) = self.closing(body, at, walker, tape) {
                        return Ok(step);
                    }
                }
                Some(b'/') if matches!(bytes.get(at + 1), Some(b'/' | b'*')) => {
                    let Some(end) = ahead::comment_end(bytes, at) else { return Ok(Step::Short) };
                    walker.note(NoteKind::Comment, at, "");
                    self.pos = end;
                }
                Some(b'.') if bytes[at..].starts_with(b"...") => {
                    match self.open.last() {
                        Some(Open::Array { name } | Open::Numbered { name }) if !name.is_empty() => {
                            walker.note_field(NoteKind::Ellipsis, name, None, at, "...");
                        }
                        _ => walker.note(NoteKind::Ellipsis, at, "..."),
                    }
                    self.pos = at + 3;
                }
                Some(_) => match self.open.last_mut() {
                    None => return self.outermost(body, at, walker),
                    Some(Open::Object { .. } | Open::Numbered { .. }) => return self.member(body, at, walker, tape),
                    Some(Open::Array { name }) => {
                        // The name is lent while the item is read.
                        let name = std::mem::replace(name, Text::empty());
                        let level = self.open.len() - 1;
                        let step = self.item(body, at, &name, walker, tape);
                        if let Some(Open::Array { name: place }) = self.open.get_mut(level) {
                            *place = name;
                        }
                        if let Some(step) = step? {
                            return Ok(step);
                        }
                    }
                },
            }
        }
    }

    fn outermost(&mut self, body: &str, at: usize, walker: &mut Walker) -> Result<Step, Fail> {
        match body.as_bytes()[at] {
            b'{' => self.push(Open::Object { framed: false }, at)?,
            b'[' => self.push(Open::Array { name: Text::empty() }, at)?,
            _ => {
                let token = match json_text::scalar(body, at, walker) {
                    Some(token) => token,
                    None => return Ok(Step::Short),
                };
                walker.note(NoteKind::StrayToken, at, &token.text);
                self.pos = token.end;
            }
        }
        Ok(Step::More)
    }

    fn push(&mut self, open: Open, at: usize) -> Result<(), Fail> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(at));
        }
        self.open.push(open);
        self.unknown_items = false;
        self.comma = Comma::Unexpected;
        self.comma_at = None;
        self.pos = at + 1;
        Ok(())
    }

    /// A comma should have stood before `at`.
    fn want_comma(&mut self, at: usize, walker: &mut Walker) {
        if self.comma == Comma::Expected {
            walker.note(NoteKind::MissingComma, at, "");
        }
        self.comma = Comma::Unexpected;
        self.comma_at = None;
    }
}
