//! JSON: keys and values in, events out; tolerant of what servers and pages get wrong.

mod brackets;
mod items;
mod members;

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
    /// How many more brackets the body opens than it closes; looked at when a repair depends on it.
    unclosed: Option<i64>,
}

impl JsonScanner {
    pub fn at(pos: usize) -> Self {
        Self { pos, open: Vec::new(), comma: Comma::Unexpected, comma_at: None, unclosed: None }
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

    /// Reads up to the end of one token, or of a key and its scalar.
    pub fn step<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        let Some(at) = super::body::position(bytes, self.pos, |byte| !matches!(byte, b' ' | b'\n' | b'\t' | b'\r'))
        else {
            self.pos = bytes.len();
            return Ok(Step::Short);
        };
        self.pos = at;
        match bytes[at] {
            b',' => {
                if self.comma == Comma::Unexpected {
                    walker.note(NoteKind::ExtraComma, at, ",");
                }
                self.comma = Comma::Unexpected;
                self.comma_at = Some(at);
                self.pos = at + 1;
                Ok(Step::More)
            }
            b'}' | b']' => self.closing(body, at, walker, tape),
            b'/' if matches!(bytes.get(at + 1), Some(b'/' | b'*')) => {
                let Some(end) = json_text::comment_end(bytes, at) else { return Ok(Step::Short) };
                walker.note(NoteKind::Comment, at, "");
                self.pos = end;
                Ok(Step::More)
            }
            b'.' if bytes[at..].starts_with(b"...") => {
                match self.open.last() {
                    Some(Open::Array { name } | Open::Numbered { name }) if !name.is_empty() => {
                        walker.note_field(NoteKind::Ellipsis, name, None, at, "...");
                    }
                    _ => walker.note(NoteKind::Ellipsis, at, "..."),
                }
                self.pos = at + 3;
                Ok(Step::More)
            }
            _ => match self.open.last() {
                None => self.outermost(body, at, walker),
                Some(Open::Object { .. } | Open::Numbered { .. }) => self.member(body, at, walker, tape),
                Some(Open::Array { name }) => {
                    let name = name.clone();
                    self.item(body, at, &name, walker, tape)
                }
            },
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
