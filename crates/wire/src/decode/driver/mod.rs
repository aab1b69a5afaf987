//! The driver: runs a scanner over a body, puts each finished part into the value, and judges the reply at its end.

mod judging;
mod learning;
mod parts;
mod scanner;

pub(crate) use judging::check_strict;
pub(crate) use learning::learnable;
use learning::{LastItem, Rejoining};
pub(crate) use parts::Parts;
use scanner::Scanner;

use super::Options;
use super::error::{DecodeError, DecodeErrorKind};
use super::fill::{Place, fill};
use super::learn::Learnt;
use super::recall::Whole;
use super::tape::{self, ApplyNotes, Cell, Mark, Tape};
use super::verdict::Refusal;
use super::walker::{REDACTED, Walker};
use crate::scan::{Fail, Step, body, encoding};
use crate::shape::{NodeKind, ReplyShape, Shape};
use crate::{Format, Head, Note, NoteKind, Notes, Record, Text};

/// Bytes of notes that are always kept; a list from a reader keeps no more.
const NOTES_FLOOR: usize = 768 << 10;

/// No part of a reply has a text for so few bytes, unless it is small.
const BYTES_PER_CELL: usize = 128;

/// Value bytes that are always allowed: a page of small rows fills records that are larger than they are.
const VALUE_FLOOR: usize = 32 << 20;

/// Items of a list that there is room for after the first.
const FIRST_ROOM: usize = 64;

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

/// How the item on the tape was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WholeItem {
    /// By name, or not at all.
    No,
    /// By a learnt shape.
    Learnt,
    /// As a row of CSV that is as its header row says.
    Row,
}

impl WholeItem {
    /// Where the cells of the item belong, if that is known.
    fn places<'p>(self, learnt: &'p Learnt, scanner: &'p Scanner) -> Option<&'p [Place]> {
        match (self, scanner) {
            (Self::Learnt, _) => learnt.places(),
            (Self::Row, Scanner::Csv(csv)) => Some(csv.places()),
            _ => None,
        }
    }
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

    /// Puts the tape into the value.
    fn flush(&mut self, value: &mut dyn Record, node: u16) -> Result<(), Fail> {
        let end = if self.walker.in_envelope() { self.tape.len() } else { self.complete() };
        if end == 0 {
            return Ok(());
        }
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(&self.tape[..end]);
        }
        let shape = self.walker.reply.shape;
        // What texts take beside their records is bounded by the body.
        self.value_size += end * 8;
        if let Some(NodeKind::Child { id, many: true, .. }) = shape.nodes.get(usize::from(node)).map(|node| node.kind)
            && let Some(child) = value.child_mut(id)
        {
            let size = child.item_size();
            self.value_size += size;
            if self.value_size > self.max_value {
                let what = format!("the value would take more than {} bytes", self.max_value);
                return Err(Fail::new(DecodeErrorKind::Limit, what, self.scanner.pos()));
            }
            if child.len() == self.list_room {
                self.reserve(child, size);
            }
            if let Some(places) = self.whole.places(&self.learnt, &self.scanner) {
                let outer = tape::Step { shape, at: node, index: Some(child.len()) };
                let unfit = fill(places, child.enter(), &self.tape, 1);
                self.note_unfit(&unfit, outer);
                self.tape.clear();
                self.notes_before = self.walker.notes.len();
                return Ok(());
            }
        }
        let mut seen = self.seen;
        let (tape, mut sink) = self.sink();
        tape::apply(value, shape, &tape[..end], &mut seen, None, &mut sink);
        self.seen = seen;
        self.drop_cells(end);
        self.notes_before = self.walker.notes.len();
        Ok(())
    }

    /// What was read of the whole reply, when it was kept and its learnt form can be.
    pub fn whole(&mut self) -> Option<Whole<'a>> {
        self.kept.take().map(|cells| Whole { cells, root_name: self.walker.root_name.clone() })
    }

    /// What is read, and where notes on it go.
    fn sink(&mut self) -> (&Tape<'a>, NoteSink<'_>) {
        let walker = &mut self.walker;
        let (budget, base, format) = (walker.budget, walker.base, walker.format);
        let sink = NoteSink { notes: &mut walker.notes, budget, base, format, root: &walker.root_name };
        (&self.tape, sink)
    }

    /// Takes the first `end` cells off the tape; nearly always all of them.
    pub fn drop_cells(&mut self, end: usize) {
        if end == self.tape.len() {
            self.tape.clear();
        } else {
            self.tape.drain(..end);
        }
    }

    /// The node and the length of the first whole field or item on the tape.
    pub fn first(&self) -> Option<(u16, usize)> {
        let cell = self.tape.first()?;
        if self.whole != WholeItem::No {
            return Some((cell.node, self.tape.len()));
        }
        let end = match cell.mark {
            Mark::Enter => tape::leave(&self.tape[1..]) + 2,
            _ => 1,
        };
        (end <= self.tape.len()).then_some((cell.node, end))
    }

    /// The cells of the first item on the tape, whose marks are the first of `len` cells and the last.
    pub fn item(&self, len: usize) -> &[Cell<'a>] {
        if self.whole == WholeItem::No { super::items::inner(&self.tape[..len]) } else { &self.tape[1..len - 1] }
    }

    /// How many cells belong to whole fields and items.
    fn complete(&self) -> usize {
        let mut end = 0;
        while let Some(cell) = self.tape.get(end) {
            let next = match cell.mark {
                Mark::Enter => end + tape::leave(&self.tape[end + 1..]) + 2,
                _ => end + 1,
            };
            if next > self.tape.len() {
                break;
            }
            end = next;
        }
        end
    }

    /// Makes room for as many more records as the rest of the body can hold, going by those so far. After the first one, which
    /// says little, there is room for a few.
    fn reserve(&mut self, child: &mut dyn crate::Child, size: usize) {
        let Some(first) = self.tape.first() else { return };
        let count = child.len();
        if count == 1 {
            self.list_start = first.offset as usize;
        }
        let len = (self.scanner.pos().saturating_sub(self.list_start) / count).max(1);
        let rest = self.body.len().saturating_sub(self.scanner.pos());
        // A sixty-fourth more, since records differ in length. The record on the tape needs room too.
        let likely = rest / len + rest / len / 64 + 1;
        let more = if count == 1 { likely.min(FIRST_ROOM) } else { likely.max(count / 8) };
        let fit = self.max_value.saturating_sub(self.value_size) / size.max(1) + 1;
        let more = more.min(fit);
        child.reserve(more);
        self.list_room = count + more;
    }

    /// Puts the first item on the tape, of the list `node`, into `record`.
    pub fn apply_item(&mut self, record: &mut dyn Record, node: u16, shape: &'static Shape) {
        let outer = tape::Step { shape: self.walker.reply.shape, at: node, index: Some(self.walker.last_index(node)) };
        if let Some(places) = self.whole.places(&self.learnt, &self.scanner) {
            let unfit = fill(places, record, &self.tape, 1);
            self.note_unfit(&unfit, outer);
        } else {
            let (tape, mut sink) = self.sink();
            tape::apply(record, shape, super::items::inner(tape), &mut 0, Some(outer), &mut sink);
        }
        self.notes_before = self.walker.notes.len();
    }
}

/// Takes the notes of values.
struct NoteSink<'n> {
    notes: &'n mut Notes,
    budget: usize,
    base: usize,
    format: Format,
    /// The envelope's name.
    root: &'n str,
}

impl ApplyNotes for NoteSink<'_> {
    fn note(&mut self, kind: NoteKind, path: &[tape::Step], cell: &Cell<'_>) {
        let (format, base) = (self.format, self.base);
        self.notes.push(self.budget, || {
            let mut text = String::from(self.root);
            tape::push_path(&mut text, path, format);
            let secret = path.last().is_some_and(|step| step.node().is_secret());
            let shown = if secret { REDACTED } else { &cell.text };
            Note { kind, path: text.into(), offset: base + cell.offset as usize, text: Text::new(shown) }
        });
    }
}
