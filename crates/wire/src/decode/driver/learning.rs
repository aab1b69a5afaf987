//! Items by learnt shapes: taking them in, going back to names at a repair, and taking the learnt shape up again behind it.

use super::{Driver, Scanner, WholeItem};
use crate::command::OpenReply;
use crate::decode::learn::{Example, Learnt, LearntNote, Taken, Template};
use crate::decode::names::same_name;
use crate::decode::tape::{self, Cell, Mark};
use crate::shape::{NodeKind as Kind, ReplyShape, Shape};
use crate::{Format, Note, NoteKind};
use std::ops::Range;

/// Bytes of a record that is learnt at most: a form of a larger one would hold much of the body once more.
const LEARNABLE: usize = 64 << 10;

/// Where the last item of a list ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LastItem {
    pub(super) node: u16,
    pub(super) end: usize,
}

/// A record whose beginning a learnt shape took in, and whose end it may.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rejoining {
    pub(super) list: u16,
    /// Its index in the list.
    pub(super) index: u32,
    /// Open levels around the record.
    pub(super) depth: usize,
    /// How often to try yet: what a hostile record can cost is bounded by it.
    pub(super) tries: u8,
    /// Cells at the last try.
    pub(super) cells: usize,
}

impl Driver<'_> {
    /// Takes in the next item by a learnt shape.
    pub(super) fn advance_learnt(&mut self) -> Option<u16> {
        let LastItem { node, end } = self.last_item?;
        if self.list != Some(node) || !self.learnt.is_ready() || end != self.scanner.pos() || !self.tape.is_empty() {
            return None;
        }
        match self.learnt.take(self.body, end, &mut self.tape) {
            Taken::Whole(end) => {
                let index = self.walker.count_item(node);
                if self.learnt.has_notes() {
                    self.repeat_notes(node, index, 0..usize::MAX, 0);
                }
                self.whole = WholeItem::Learnt;
                Some(self.end_item(node, end))
            }
            Taken::Part => {
                self.resume_by_name(node);
                None
            }
            Taken::No => {
                self.tape.clear();
                None
            }
        }
    }

    /// An item is complete that the scanner did not read to its end.
    pub(super) fn end_item(&mut self, node: u16, end: usize) -> u16 {
        self.scanner.after_item(end);
        self.walker.known_fields += 1;
        self.last_item = Some(LastItem { node, end });
        node
    }

    /// The learnt form fits only so far: reading by name goes on inside the last value that it cut out.
    pub(super) fn resume_by_name(&mut self, list: u16) {
        if !matches!(self.scanner, Scanner::Xml(_)) {
            self.tape.clear();
            self.learnt.forget(0);
            return;
        }
        while self.tape.last().is_some_and(|cell| cell.mark != Mark::Text || cell.text.is_empty()) {
            self.tape.pop();
        }
        let Some(value) = self.tape.pop() else { return };
        let depth = self.walker.depth();
        // Up to the value itself: what stands before it in its literal is not read again, and the value is.
        self.repeat_notes(list, self.walker.next_index(list), 0..self.tape.len() + 1, 0);
        self.learnt.forget(self.tape.len());
        let index = self.walker.reopen(list, &self.tape, &value);
        if let Scanner::Xml(scanner) = &mut self.scanner {
            scanner.restart(value.offset as usize);
            scanner.single = true;
        }
        self.rejoining = Some(Rejoining { list, index, depth, tries: 3, cells: self.tape.len() + 1 });
    }

    /// After a repair: takes the learnt form up again where the record goes on as it should.
    pub(super) fn take_up(&mut self) -> Option<u16> {
        let Rejoining { list, index, depth, tries, cells } = self.rejoining.as_mut()?;
        if self.tape.len() <= *cells || self.walker.depth() <= *depth {
            return None;
        }
        *cells = self.tape.len();
        let (list, index, depth, cells) = (*list, *index, *depth, *cells);
        // What was read by name was noted by it, the end tag behind the last value too.
        let noted = self.scanner.pos();
        let is_as_learnt = self.walker.is_documented(depth, &self.tape);
        let end = if is_as_learnt { self.learnt.rejoin(self.body, cells, &mut self.tape) } else { None };
        *tries -= 1;
        if end.is_some() || *tries == 0 {
            self.stop_rejoining();
        }
        let end = end?;
        self.walker.abandon(depth);
        self.repeat_notes(list, index, cells..usize::MAX, noted);
        let node = self.end_item(list, end);
        // It is another form of the record.
        self.learn(node);
        Some(node)
    }

    /// Gives the notes of the learnt form again that stand between these cells of the item `index` of `list`, from the byte
    /// `noted` on, and those of the values before the last of them.
    pub(super) fn repeat_notes(&mut self, list: u16, index: u32, cells: Range<usize>, noted: usize) {
        // What is in a value comes before what is said of it.
        let format = self.walker.format;
        let odd = self.learnt.take_value_notes();
        for note in odd.iter().filter(|note| cells.contains(&note.cell) && note.cell < self.tape.len()) {
            let path = self.learnt.path_to(note.cell, format == Format::Xml, format);
            self.walker.note_in_item(note.kind, list, index, path, note.offset, &note.text);
        }
        self.learnt.put_value_notes(odd);
        for note in self.learnt.notes(cells.start).filter(|note| note.cells < cells.end) {
            let base = note.base.unwrap_or(0);
            let Some(before) = self.tape.get(base) else { continue };
            let (text, place) = match &note.text {
                None => (&*before.text, before.offset as usize),
                Some(text) => (&**text, self.learnt.end_of(base, before) + note.distance),
            };
            if place >= noted && (note.text.is_some() || !text.is_empty()) {
                self.walker.note_in_item(note.kind, list, index, &note.path, place, text);
            }
        }
    }

    /// The notes since the last item, as a learnt form gives them again; `None` when one of them is about a value and does not
    /// stand for every value in its place.
    fn learnt_notes(&mut self, first: usize, list: u16, form: &Template) -> Option<Vec<LearntNote>> {
        let path = if self.walker.notes.len() > first { self.walker.item_path(list) } else { String::new() };
        let notes = self.walker.notes.get(first..)?;
        let mut noted = 0;
        let mut learn = |note: &Note| {
            let offset = note.offset.checked_sub(self.walker.base)?;
            let cells = self.tape.partition_point(|cell| cell.offset as usize <= offset);
            let base = (0..cells).rev().find(|cell| form.is_value(*cell));
            let before = base.map_or(self.tape.first(), |base| self.tape.get(base))?;
            let path = note.path.strip_prefix(&*path)?.into();
            let kind = note.kind;
            if kind == NoteKind::MismatchedBracket {
                // That depends on brackets far away.
                return None;
            }
            let own = matches!(kind, NoteKind::ScalarType | NoteKind::UnquotedValue);
            if own
                && base.is_some_and(|base| form.is_other_scalar(base))
                && offset == before.offset as usize
                && note.text == *before.text
            {
                noted += 1;
                return Some(LearntNote { kind, path, base, distance: 0, cells: cells - 1, text: None });
            }
            let end = form.end_of(base.unwrap_or(0), before);
            let distance = offset.checked_sub(end)?;
            Some(LearntNote { kind, path, base, distance, cells, text: Some(note.text.clone()) })
        };
        let base = self.walker.base;
        let of_values = |note: &&Note| note.offset >= base && form.is_of_value(note.kind, note.offset - base);
        let notes: Option<Vec<_>> = notes.iter().filter(|note| !of_values(note)).map(&mut learn).collect();
        let all = (0..self.tape.len()).filter(|cell| form.is_other_scalar(*cell)).count() == noted;
        notes.filter(|_| all)
    }

    pub(super) fn stop_rejoining(&mut self) {
        self.rejoining = None;
        if let Scanner::Xml(scanner) = &mut self.scanner {
            scanner.single = false;
        }
    }

    /// Learns from an item that was read by name.
    pub(super) fn learn(&mut self, node: u16) {
        let notes = std::mem::replace(&mut self.notes_before, self.walker.notes.len());
        let documented = std::mem::take(&mut self.walker.other_names) == 0;
        let shape = self.walker.reply.shape;
        if !self.learnable || !shape.nodes.get(usize::from(node)).is_some_and(crate::Node::is_list) {
            return;
        }
        let Some(first) = self.tape.first().filter(|cell| cell.mark == Mark::Enter && cell.node == node) else {
            return;
        };
        let (start, end) = (first.offset as usize, self.scanner.pos());
        if !self.walker.in_envelope() {
            return;
        }
        let previous = self.last_item.replace(LastItem { node, end });
        if self.list != Some(node) {
            self.list = Some(node);
            self.learnt = Learnt::default();
        } else if let Some(previous) = previous.filter(|previous| previous.node == node && previous.end <= start) {
            self.learnt.separate(&self.body[previous.end..start]);
        }
        let whole = tape::leave(&self.tape[1..]) + 2 == self.tape.len();
        let looked_ahead = match &mut self.scanner {
            Scanner::Xml(scanner) => scanner.looked_ahead(self.body, end),
            Scanner::Json(_) | Scanner::Csv(_) => None,
        };
        let kept = self.walker.notes.omitted() == 0 && end - start <= LEARNABLE && looked_ahead != Some(false);
        if whole && kept && learnable(self.walker.reply, shape, &self.tape) {
            let (body, format) = (self.body, self.walker.format);
            let example = Example {
                body,
                range: start..end,
                cells: &self.tape,
                format,
                shape,
                documented,
                whole: false,
                looked_ahead: looked_ahead.is_some(),
            };
            if let Some(form) = self.learnt.form(example)
                && let Some(notes) = self.learnt_notes(notes, node, &form)
            {
                self.learnt.learn(form, notes);
            }
        }
    }
}

/// Whether an item, or a whole reply, with these cells can be learnt: nothing in it is decided by what a text says.
pub(crate) fn learnable(reply: &ReplyShape, shape: &'static Shape, cells: &[Cell<'_>]) -> bool {
    let headless = reply.xml.code.is_empty() || reply.json.code.is_empty();
    let mut shapes = vec![shape];
    cells.iter().all(|cell| {
        if cell.mark == Mark::Leave {
            shapes.pop();
            return true;
        }
        let Some(node) = shapes.last().and_then(|shape| shape.nodes.get(usize::from(cell.node))) else { return false };
        if let Kind::Child { shape, .. } = node.kind {
            if OpenReply::is_shape(shape) {
                return false;
            }
            shapes.push(shape);
        }
        let is_code = || reply.api.codes.iter().any(|code| node.names.iter().any(|name| same_name(code, name)));
        let by_text = !node.ignore.is_empty() || node.skip_empty || node.in_string;
        !(by_text || headless && is_code())
    })
}
