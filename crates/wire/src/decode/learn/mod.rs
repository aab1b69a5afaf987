//! Learnt shapes: the literal bytes between the values of a record, so that the next one like it needs only its values cut out.
//!
//! A template is made from a record that was read by name. The next record is taken in by it only when every literal is
//! identical byte for byte; then what was odd about the first one is odd about it too, and its notes are given again.
//! A value may need a repair of its own: that leaves the form as it is. Anything else goes back to reading by name, where the
//! other repairs live.

mod paths;
mod template;
mod value;

pub(crate) use template::Template;
pub(crate) use value::{OddValues, ValueNote};

use super::fill::Place;
use super::tape::{Cell, Mark, Tape};
use crate::shape::Shape;
use crate::{Format, NoteKind, Text};
use std::borrow::Cow;
use std::ops::Range;

/// Templates kept at once: what a hostile body can cost is bounded by it.
const MOST: usize = 16;

/// Something odd in the literals of a record.
#[derive(Debug, Clone)]
pub(crate) struct LearntNote {
    pub kind: NoteKind,
    /// The path below the record's own.
    pub path: Text,
    /// The cell of the last value before it, which stands in every record of the form; none: the record's beginning.
    pub base: Option<usize>,
    /// Bytes from there.
    pub distance: usize,
    /// How many cells stand before it.
    pub cells: usize,
    /// What it says; `None` for the text of the value `base`, at whose beginning it stands.
    pub text: Option<Text>,
}

/// The templates learnt for one list.
#[derive(Debug)]
pub(crate) struct Learnt {
    templates: Vec<Template>,
    /// Their numbers; the one that fitted last comes first.
    order: Vec<usize>,
    /// What stands between two records.
    separator: Vec<u8>,
    /// Whether the separator is known.
    separated: bool,
    /// How many records may yet be learnt without one being recognised.
    credit: u8,
    /// How many slots two templates have in common from their beginning, by their numbers.
    shared: [[u16; MOST]; MOST],
    /// What was odd in the values of the record that was just taken in.
    odd: OddValues,
}

impl Default for Learnt {
    fn default() -> Self {
        Self {
            templates: Vec::new(),
            order: Vec::new(),
            separator: Vec::new(),
            separated: false,
            credit: CREDIT,
            shared: [[0; MOST]; MOST],
            odd: OddValues::default(),
        }
    }
}

/// Records that may be learnt without one being recognised.
const CREDIT: u8 = 32;

/// A record to learn from.
pub(crate) struct Example<'e, 'a> {
    pub body: &'a str,
    /// Where it stands.
    pub range: Range<usize>,
    pub cells: &'e [Cell<'a>],
    pub format: Format,
    /// The shape of the record around it.
    pub shape: &'static Shape,
    /// Whether every name in it is the documented one, so that the shape tells the path of a note.
    pub documented: bool,
    /// Whether it is a whole reply, not an item of a list in it.
    pub whole: bool,
    /// Whether something in it was decided by what comes behind, in it.
    pub looked_ahead: bool,
}

impl Learnt {
    /// The form of a record that was read by name, when it is to be learnt.
    pub fn form(&self, example: Example<'_, '_>) -> Option<Template> {
        if self.credit == 0 { None } else { Template::new(example) }
    }

    /// Learns a form, with what is odd about every record of it.
    pub fn learn(&mut self, mut template: Template, notes: Vec<LearntNote>) {
        template.notes = notes;
        self.credit = self.credit.saturating_sub(1);
        let id = match self.order.len() {
            // The one that fitted longest ago makes room.
            MOST => self.order.pop().unwrap_or(0),
            count => count,
        };
        for (other, own) in self.templates.iter().enumerate() {
            let shared = template.shares(own);
            self.shared[id][other] = shared;
            self.shared[other][id] = shared;
        }
        match self.templates.get_mut(id) {
            Some(place) => *place = template,
            None => self.templates.push(template),
        }
        self.order.insert(0, id);
    }

    /// Learns what stands between two records; only white space and one comma qualify.
    pub fn separate(&mut self, between: &str) {
        let commas = between.bytes().filter(|byte| *byte == b',').count();
        if commas < 2 && between.bytes().all(|byte| matches!(byte, b',' | b' ' | b'\n' | b'\r' | b'\t')) {
            self.separator = between.as_bytes().to_vec();
            self.separated = true;
        }
    }

    /// Whether there is something to try.
    pub fn is_ready(&self) -> bool {
        self.separated && !self.templates.is_empty()
    }

    /// Takes in the record after `pos` as far as it has a learnt form.
    pub fn take<'a>(&mut self, body: &'a str, pos: usize, tape: &mut Tape<'a>) -> Taken {
        let start = pos + self.separator.len();
        self.odd.truncate(0);
        if body.as_bytes().get(pos..start) != Some(&self.separator) {
            return Taken::No;
        }
        let odd = &mut self.odd;
        // The template that took in the most so far: its place in the order, and its number.
        let mut best: Option<(usize, usize)> = None;
        for (place, id) in self.order.iter().copied().enumerate() {
            let template = &self.templates[id];
            let (mut from, mut first) = (start, 0);
            if let Some((_, best)) = best {
                // One that parts from the best before the place where that failed has another literal than the body there; one
                // that parts from it later fails at the same place.
                first = usize::from(self.shared[best][id]);
                if first != tape.len() {
                    continue;
                }
                from = tape.last().map_or(start, |last| odd.end_of(first - 1, last));
            }
            if let Some(end) = template.take(body, from, first, tape, odd) {
                self.order[..=place].rotate_right(1);
                self.credit = CREDIT;
                return Taken::Whole(end);
            }
            // Marks and empty values before the literal that was not found are not proven by anything.
            tape.truncate(template.values_in(tape.len()));
            if best.is_none() || tape.len() > first {
                best = Some((place, id));
            }
        }
        match best.filter(|(_, id)| tape.len() > 2 && self.templates[*id].can_be_left) {
            Some((place, _)) => {
                // What was cut out so far is right: reading by name can go on from there.
                self.order[..=place].rotate_right(1);
                Taken::Part
            }
            None => {
                tape.clear();
                odd.truncate(0);
                Taken::No
            }
        }
    }

    /// The form that fitted last.
    fn last(&self) -> Option<&Template> {
        self.order.first().and_then(|id| self.templates.get(*id))
    }

    /// Where the cells of the record that was just taken in belong; `None` when something stands twice in it that must not.
    pub fn places(&self) -> Option<&[Place]> {
        self.last().filter(|template| template.once).map(|template| &*template.places)
    }

    /// What was odd about the record that was just taken in, from cell number `from` on.
    pub fn notes(&self, from: usize) -> impl Iterator<Item = &LearntNote> {
        self.last().into_iter().flat_map(|template| &template.notes).filter(move |note| note.cells >= from)
    }

    /// Whether anything was odd about the record that was just taken in.
    pub fn has_notes(&self) -> bool {
        !self.odd.notes.is_empty() || self.last().is_some_and(|template| !template.notes.is_empty())
    }

    /// Takes out what was odd in the values that were taken in; [`Self::put_value_notes`] puts it back.
    pub fn take_value_notes(&mut self) -> Vec<ValueNote> {
        std::mem::take(&mut self.odd.notes)
    }

    /// Puts back what [`Self::take_value_notes`] took out.
    pub fn put_value_notes(&mut self, notes: Vec<ValueNote>) {
        self.odd.notes = notes;
    }

    /// Forgets what was odd in values behind the first `cells` cells.
    pub fn forget(&mut self, cells: usize) {
        self.odd.truncate(cells);
    }

    /// Where the value in this cell ends in the body, blanks behind it and all.
    pub fn end_of(&self, cell: usize, value: &Cell<'_>) -> usize {
        self.odd.end_of(cell, value)
    }

    /// Takes in the rest of a record of which `cells` were read; returns where it ends.
    pub fn rejoin<'a>(&mut self, body: &'a str, cells: usize, tape: &mut Tape<'a>) -> Option<usize> {
        let template = self.templates.get(*self.order.first()?)?;
        let last = tape.last()?;
        let Cow::Borrowed(text) = last.text else { return None };
        let at = cells.checked_sub(1)?;
        let slot = template.slots.get(at)?;
        if last.mark != Mark::Text || slot.node != last.node || !template.is_value(at) || !template.takes(at, text) {
            return None;
        }
        let from = last.offset as usize + text.len();
        let end = template.take(body, from, cells, tape, &mut self.odd);
        if end.is_none() {
            tape.truncate(cells);
            self.odd.truncate(cells);
        }
        end
    }
}

/// How far a learnt form fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The record ends here.
    Whole(usize),
    /// The cells on the tape fit; what follows does not.
    Part,
    /// Not at all.
    No,
}
