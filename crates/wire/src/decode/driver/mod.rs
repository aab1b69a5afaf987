//! The driver: runs a scanner over a body, puts each finished part into the value, and judges the reply at its end.

mod judging;
mod learning;
mod parts;
mod scanner;
mod values;

pub(crate) use judging::check_strict;
pub(crate) use learning::learnable;
use learning::{LastItem, Rejoining};
pub(crate) use parts::Parts;
use scanner::Scanner;
use values::WholeItem;

use super::Options;
use super::error::{DecodeError, DecodeErrorKind};
use super::learn::Learnt;
use super::tape::Tape;
use super::verdict::Refusal;
use super::walker::Walker;
use crate::scan::{Fail, Step, body, encoding};
use crate::shape::ReplyShape;
use crate::{Format, Head, NoteKind, Notes, Record, Text};

/// Bytes of notes that are always kept; a list from a reader keeps no more.
pub(crate) const NOTES_FLOOR: usize = 768 << 10;

/// No part of a reply has a text for so few bytes, unless it is small.
const BYTES_PER_CELL: usize = 128;

/// Value bytes that are always allowed: a page of small rows fills records that are larger than they are.
const VALUE_FLOOR: usize = 32 << 20;

/// Value bytes that a body of `len` bytes may fill when nothing else was asked for. With the notes, a quarter of the body, and
/// what a list takes while it grows, all of it stays within twice the body.
fn default_max_value(len: usize) -> usize {
    (len + len / 2).max(VALUE_FLOOR)
}

/// What a reply is beside its value.
pub(crate) struct Outcome {
    pub head: Head,
    pub refusal: Option<Refusal>,
    pub pending: bool,
    pub notes: Notes,
    pub format: Format,
}

/// Runs a scanner over a body.
pub(crate) struct Driver<'a> {
    pub body: &'a str,
    pub walker: Walker,
    pub scanner: Scanner,
    pub tape: Tape<'a>,
    /// Whether no more text comes after `body`.
    pub last: bool,
    learnt: Learnt,
    learnable: bool,
    /// The list that `learnt` is of.
    list: Option<u16>,
    last_item: Option<LastItem>,
    rejoining: Option<Rejoining>,
    notes_before: usize,
    seen: u128,
    max_cells: usize,
    /// How many cells the tape has when it is to be looked at again.
    check_cells: usize,
    max_value: usize,
    value_size: usize,
    /// Where the second item of the list begins.
    list_start: usize,
    /// How many items of the list there is room for.
    list_room: usize,
    root_checked: bool,
    ended: bool,
    /// Whether no spec describes the reply.
    open: bool,
    /// Who took in the item that is all that stands on the tape, and can tell where its cells belong.
    whole: WholeItem,
    /// Every cell so far, when the whole reply is to be learnt.
    pub kept: Option<Tape<'a>>,
}

/// The body as text, checked against the limits.
pub(crate) fn text_of<'a>(
    shape: &'static ReplyShape,
    body: &'a [u8],
    options: &Options,
) -> Result<encoding::Decoded<'a>, DecodeError> {
    if body.len() > options.max_body.min(u32::MAX as usize) {
        let what = format!("the body has {} bytes, more than {}", body.len(), options.max_body);
        return Err(error(shape, body, "", Fail::new(DecodeErrorKind::Limit, what, 0)));
    }
    Ok(encoding::decode(body))
}

/// Bytes in which the first line end is looked for.
const FIRST_LINE: usize = 4096;

/// Notes line ends that are not a line feed alone, going by the first one.
fn note_line_ends(text: &str, walker: &mut Walker) {
    let head = &text.as_bytes()[..text.len().min(FIRST_LINE)];
    let Some(at) = memchr::memchr2(b'\n', b'\r', head).filter(|at| head[*at] == b'\r') else { return };
    if head.get(at + 1) == Some(&b'\n') {
        walker.note(NoteKind::CarriageReturn, at, "");
    } else if memchr::memchr(b'\n', text.as_bytes()).is_none() && text[..at].matches('"').count().is_multiple_of(2) {
        walker.line_end = b'\r';
        walker.note(NoteKind::CarriageReturn, at, "CR");
    }
}

/// A failure with its surroundings.
pub(crate) fn error(shape: &ReplyShape, body: &[u8], path: impl Into<Text>, fail: Fail) -> DecodeError {
    DecodeError::new(fail.kind, shape.command, fail.what, path, fail.offset, body)
}

impl<'a> Driver<'a> {
    pub fn new(shape: &'static ReplyShape, text: &'a str, options: &Options) -> Result<Self, Fail> {
        let (format, start) = body::detect(text, shape, options.format)?;
        let mut walker = Walker::new(shape, format, (text.len() / 4).max(NOTES_FLOOR));
        if options.format.is_some_and(|asked| asked != format) {
            walker.note(NoteKind::OtherFormat, start, format.name());
        }
        let preamble = text[..start].trim();
        if !preamble.is_empty() {
            walker.note(NoteKind::Preamble, 0, preamble);
        }
        note_line_ends(text, &mut walker);
        Ok(Self::resume(text, walker, Scanner::new(format, start), options))
    }

    /// A driver over a text that is known to be XML from its beginning on.
    pub fn of_xml(shape: &'static ReplyShape, text: &'a str, options: &Options) -> Self {
        let mut walker = Walker::new(shape, Format::Xml, (text.len() / 4).max(NOTES_FLOOR));
        note_line_ends(text, &mut walker);
        Self::resume(text, walker, Scanner::new(Format::Xml, 0), options)
    }

    /// A driver in the midst of a body.
    pub fn resume(text: &'a str, walker: Walker, scanner: Scanner, options: &Options) -> Self {
        let max_value = options.max_value.unwrap_or_else(|| default_max_value(text.len()));
        let max_cells = (text.len() / BYTES_PER_CELL).max(1 << 16);
        let notes_before = walker.notes.len();
        let learnable = walker.format != Format::Csv;
        let open = walker.open_tree.is_some();
        Self {
            body: text,
            walker,
            scanner,
            tape: Vec::new(),
            last: true,
            learnt: Learnt::default(),
            learnable,
            list: None,
            last_item: None,
            rejoining: None,
            notes_before,
            seen: 0,
            max_cells,
            check_cells: max_cells / 4,
            max_value,
            value_size: 0,
            list_start: 0,
            list_room: 1,
            root_checked: false,
            ended: false,
            open,
            whole: WholeItem::No,
            kept: None,
        }
    }

    /// Notes of the bytes themselves.
    pub fn note_bytes(&mut self, notes: &[(NoteKind, usize, &'static str)]) {
        for (kind, offset, text) in notes {
            self.walker.note(*kind, *offset, text);
        }
        self.notes_before = self.walker.notes.len();
    }

    /// Decodes the whole body into `value`.
    pub fn run(&mut self, value: &mut dyn Record) -> Result<(), Fail> {
        while let Some(node) = self.advance()? {
            self.flush(value, node)?;
        }
        // What stands directly in the reply and was not completed by an item.
        self.flush(value, u16::MAX)?;
        if let Some(tree) = self.walker.open_tree.take()
            && let Some(fields) = value.open_fields()
        {
            *fields = tree.finish();
        }
        Ok(())
    }

    /// Reads on until a field or item of the reply is complete; `None` at the reply's end.
    pub fn advance(&mut self) -> Result<Option<u16>, Fail> {
        self.whole = WholeItem::No;
        loop {
            if self.ended {
                return Ok(None);
            }
            if let Some(node) = self.advance_learnt() {
                return Ok(Some(node));
            }
            let step = match &mut self.scanner {
                Scanner::Xml(scanner) => scanner.step(self.body, &mut self.walker, &mut self.tape)?,
                Scanner::Json(scanner) => scanner.step(self.body, &mut self.walker, &mut self.tape)?,
                Scanner::Csv(scanner) => scanner.step(self.body, self.last, &mut self.walker, &mut self.tape)?,
            };
            if !self.root_checked {
                self.check_root()?;
            }
            if self.tape.len() > self.check_cells {
                self.check_tape()?;
            }
            match step {
                Step::More => {
                    if self.rejoining.is_some()
                        && let Some(node) = self.take_up()
                    {
                        return Ok(Some(node));
                    }
                    if let Some(node) = self.walker.completed.take() {
                        // A repair ended an item in the midst of a step.
                        return Ok(Some(node));
                    }
                }
                Step::Done(node) => {
                    self.walker.completed = None;
                    self.stop_rejoining();
                    match &self.scanner {
                        Scanner::Csv(csv) if csv.is_plain() && self.tape.len() == csv.places().len() => {
                            self.whole = WholeItem::Row;
                        }
                        _ => self.learn(node),
                    }
                    return Ok(Some(node));
                }
                Step::End => self.ended = true,
                Step::Short => self.short()?,
            }
        }
    }

    /// Holds the tape to its limit, and gives it that room once it is no longer small: to double it would take half as much more.
    #[cold]
    fn check_tape(&mut self) -> Result<(), Fail> {
        if self.tape.len() > self.max_cells {
            let what = "one part of the reply has more texts than its size allows".to_owned();
            return Err(Fail::new(DecodeErrorKind::Limit, what, self.scanner.pos()));
        }
        self.check_cells = self.max_cells;
        // A step may add some more before the next look.
        self.tape.reserve_exact((self.max_cells + self.max_cells / 64).saturating_sub(self.tape.len()));
        Ok(())
    }

    fn short(&mut self) -> Result<(), Fail> {
        let offset = self.body.len();
        let rest = self.body[self.scanner.pos().min(offset)..].trim();
        let closed = self.walker.depth() == 1 && self.scanner.is_closed();
        if self.last && closed && self.walker.known_or_head() && rest.is_empty() {
            self.ended = true;
            return Ok(());
        }
        let what = if self.walker.depth() == 1 && !self.walker.known_or_head() {
            "the body holds no reply".to_owned()
        } else {
            "the body ends before the reply does".to_owned()
        };
        let kind = if self.walker.depth() == 1 && !self.walker.known_or_head() && rest.is_empty() && self.last {
            DecodeErrorKind::NotAReply
        } else {
            DecodeErrorKind::CutOff
        };
        Err(Fail::new(kind, what, offset))
    }
}
