//! From the tape into values: whole fields and items, records that are known to be whole, and the notes that arise.

use super::Driver;
use super::scanner::Scanner;
use crate::decode::error::DecodeErrorKind;
use crate::decode::fill::{Place, UnfitValue, fill};
use crate::decode::learn::Learnt;
use crate::decode::recall::Whole;
use crate::decode::tape::{self, ApplyNotes, Cell, Mark, Tape};
use crate::decode::walker::REDACTED;
use crate::scan::Fail;
use crate::shape::{NodeKind, Shape};
use crate::{Format, Note, NoteKind, Notes, Record, Text};

/// Items of a list that there is room for after the first.
const FIRST_ROOM: usize = 64;

/// How the item on the tape was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WholeItem {
    /// By name, or not at all.
    No,
    /// By a learnt shape.
    Learnt,
    /// As a row of CSV that is as its header row says.
    Row,
}

impl WholeItem {
    /// Where the cells of the item belong, if that is known.
    pub fn places<'p>(self, learnt: &'p Learnt, scanner: &'p Scanner) -> Option<&'p [Place]> {
        match (self, scanner) {
            (Self::Learnt, _) => learnt.places(),
            (Self::Row, Scanner::Csv(csv)) => Some(csv.places()),
            _ => None,
        }
    }
}

impl<'a> Driver<'a> {
    /// Puts the tape into the value.
    pub(super) fn flush(&mut self, value: &mut dyn Record, node: u16) -> Result<(), Fail> {
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
        if self.whole == WholeItem::No {
            crate::decode::items::inner(&self.tape[..len])
        } else {
            &self.tape[1..len - 1]
        }
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
            tape::apply(record, shape, crate::decode::items::inner(tape), &mut 0, Some(outer), &mut sink);
        }
        self.notes_before = self.walker.notes.len();
    }

    /// Notes the values of the item `outer` that do not fit, among the notes since the last item.
    pub(super) fn note_unfit(&mut self, values: &[UnfitValue], outer: tape::Step) {
        for unfit in values {
            let walker = &mut self.walker;
            if walker.notes.is_full(walker.budget) {
                walker.notes.omit();
                continue;
            }
            let mut path = std::mem::take(&mut walker.path_buffer);
            path.clear();
            path.push_str(&walker.root_name);
            tape::push_path(&mut path, &[outer], walker.format);
            let cell = &self.tape[unfit.cell];
            match outer.node().kind {
                NodeKind::Child { shape, .. } if self.whole == WholeItem::Row => {
                    tape::push_path(&mut path, &[tape::Step { shape, at: cell.node, index: None }], walker.format);
                }
                _ => path.push_str(self.learnt.path_to(unfit.cell, true, walker.format)),
            }
            walker.notes.insert(self.notes_before, unfit.note(&path, cell, walker.base));
            walker.path_buffer = path;
        }
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
