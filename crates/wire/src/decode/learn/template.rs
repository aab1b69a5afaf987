//! One form of a record: the literals between its values, what each value is, and how both are taken in.

use super::value::{OddValues, Stop, Value, plain_end, repaired};
use super::{Example, LearntNote};
use crate::decode::fill::Place;
use crate::decode::tape::{Cell, Mark, Tape};
use crate::scan::body::is_blank;
use crate::shape::Shape;
use crate::{Format, JsonAs, NoteKind};
use std::borrow::Cow;
use std::ops::Range;

/// One cell of a template.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// The literal before the value.
    literal: Box<[u8]>,
    pub node: u16,
    kind: SlotKind,
    behind: Behind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SlotKind {
    /// A value up to the byte that begins the next literal.
    Value(Stop),
    /// A value that is empty in the literal itself, as `<Note/>`.
    Empty,
    /// A mark.
    Mark(Mark),
}

/// What follows a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// Its own end: an end tag, a quote, a comma.
    End,
    /// Something else, which must not follow an empty value: there it would mean something else.
    Other,
    /// As `Other`, after white space.
    Blank,
}

/// The literals of one form of a record.
#[derive(Debug, Default)]
pub(crate) struct Template {
    pub(super) slots: Vec<Slot>,
    /// Where the cell of each slot belongs.
    pub places: Vec<Place>,
    /// What is odd in the values of the record that it was learnt from.
    odd: OddValues,
    /// What follows the last value.
    tail: Box<[u8]>,
    pub(super) notes: Vec<LearntNote>,
    /// The path to each cell, as far as it was needed.
    pub(super) paths: Vec<String>,
    /// Whether no single value and no single record stands twice.
    pub once: bool,
    /// The shape around the first cell, when that does not begin an item of a list.
    pub(super) whole: Option<&'static Shape>,
    /// Whether every name in it is the documented one.
    pub(super) documented: bool,
    /// Whether a record that begins so can be read on by name: its levels have their documented names, and nothing in it was
    /// decided by what came later.
    pub(super) can_be_left: bool,
}

impl Behind {
    /// Whether it is what follows the first `len` bytes of `rest`, which are XML text, or none when it is `empty`.
    #[inline(always)]
    fn follows(self, rest: &[u8], len: usize, empty: bool) -> bool {
        match self {
            Self::End => rest.get(len + 1) == Some(&b'/'),
            Self::Other => !empty && rest.get(len + 1) != Some(&b'/') && rest.get(len) == Some(&b'<'),
            Self::Blank => !empty && rest.get(len).is_some_and(|byte| is_blank(*byte)),
        }
    }

    fn of(literal: &[u8], format: Format) -> Self {
        match literal {
            [b'<', b'/', ..] => Self::End,
            [b'<', ..] => Self::Other,
            _ if format == Format::Xml => Self::Blank,
            _ => Self::End,
        }
    }
}

/// How a value that is nothing but its text ends; `None` within when it has no place of its own.
fn plain_stop(bytes: &[u8], range: Range<usize>, format: Format) -> Option<Option<Stop>> {
    let text = &bytes[range.start..range.end];
    let before = bytes[..range.start].last();
    let stop = match (format, bytes.get(range.end)?) {
        (Format::Xml, b'<')
            if before == Some(&b'>') && (!text.is_empty() || bytes.get(range.end + 1) == Some(&b'/')) =>
        {
            Stop::Tag
        }
        (Format::Xml, b' ' | b'\n' | b'\r' | b'\t') if before == Some(&b'>') && !text.is_empty() => Stop::Tag,
        // An empty element has no place for a value.
        (Format::Xml, _) if text.is_empty() => return Some(None),
        (Format::Json, b'"') if before == Some(&b'"') => Stop::Quote,
        (Format::Json, b'\'') if before == Some(&b'\'') => Stop::SingleQuote,
        (Format::Json, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') if !text.is_empty() => {
            [Stop::Bool, Stop::Number, Stop::Word]
                .into_iter()
                .find(|stop| plain_end(&bytes[range.start..], *stop) == Some(text.len()))?
        }
        _ => return None,
    };
    Some(Some(stop))
}

impl Template {
    /// The form of a record.
    pub fn new(example: Example<'_, '_>) -> Option<Self> {
        let Example { body, range, cells, format, shape, documented, whole, looked_ahead } = example;
        let bytes = body.as_bytes();
        // An end tag that has no bracket would be found again at the beginning of a longer name.
        if !whole && !matches!(bytes.get(range.end.checked_sub(1)?)?, b'>' | b'}' | b']') {
            return None;
        }
        let whole = whole.then_some(shape);
        let can_be_left = documented && !looked_ahead;
        let mut template = Self { once: true, documented, whole, can_be_left, ..Self::default() };
        let mut at = range.start;
        // The open records, each with the nodes that were seen in it.
        let mut open: Vec<(&'static Shape, Vec<u16>)> = vec![(shape, Vec::new())];
        for (number, cell) in cells.iter().enumerate() {
            let offset = cell.offset as usize;
            let (literal, kind) = if cell.mark == Mark::Text {
                if offset < at {
                    return None;
                }
                match template.stop_of(body, cell, number, format)? {
                    None => (at..at, SlotKind::Empty),
                    Some((stop, end)) if end <= range.end => {
                        let literal = at..offset;
                        at = end;
                        (literal, SlotKind::Value(stop))
                    }
                    Some(_) => return None,
                }
            } else {
                (at..at, SlotKind::Mark(cell.mark))
            };
            let literal = Box::from(&bytes[literal]);
            let place = template.place(cell, &mut open)?;
            template.slots.push(Slot { literal, node: cell.node, kind, behind: Behind::End });
            template.places.push(place);
        }
        template.tail = Box::from(&bytes[at..range.end]);
        let mut behind = Behind::of(&template.tail, format);
        for slot in template.slots.iter_mut().rev() {
            slot.behind = behind;
            if !slot.literal.is_empty() {
                behind = Behind::of(&slot.literal, format);
            }
        }
        Some(template)
    }

    /// How the value of cell number `number` ends, and where; `None` within when it has no place of its own.
    fn stop_of(&mut self, body: &str, cell: &Cell<'_>, number: usize, format: Format) -> Option<Option<(Stop, usize)>> {
        let (start, bytes) = (cell.offset as usize, body.as_bytes());
        let end = start + cell.text.len();
        if matches!(cell.text, Cow::Borrowed(_)) {
            let Some(stop) = plain_stop(bytes, start..end, format)? else { return Some(None) };
            if !matches!(stop, Stop::Tag | Stop::Quote) || plain_end(&bytes[start..], stop) == Some(cell.text.len()) {
                return Some(Some((stop, end)));
            }
        }
        let (stop, before) = if format == Format::Xml { (Stop::Tag, b'>') } else { (Stop::Quote, b'"') };
        if bytes[..start].last() != Some(&before) {
            return None;
        }
        // Blanks behind the text belong to the literal when that does not begin with an end tag.
        let blank = bytes.get(end).is_some_and(|byte| is_blank(*byte));
        let blank = blank && bytes[end..].trim_ascii_start().get(1) != Some(&b'/');
        let value = repaired(body, start, stop, blank, number, &mut self.odd)?;
        (value.text == cell.text && value.offset == start).then_some(Some((stop, value.end)))
    }

    /// Where the value in this cell of the record that it was learnt from ends in the body.
    pub fn end_of(&self, cell: usize, value: &Cell<'_>) -> usize {
        self.odd.end_of(cell, value)
    }

    /// Whether a note is about a value, and arises again with every one that is like it.
    pub fn is_of_value(&self, kind: NoteKind, offset: usize) -> bool {
        self.odd.notes.iter().any(|note| note.kind == kind && note.offset == offset)
    }

    /// Where a cell belongs.
    fn place(&mut self, cell: &Cell<'_>, open: &mut Vec<(&'static Shape, Vec<u16>)>) -> Option<Place> {
        if cell.mark == Mark::Leave {
            open.pop();
            return Some(Place::Leave);
        }
        let (shape, seen) = open.last_mut()?;
        let again = seen.contains(&cell.node);
        seen.push(cell.node);
        let place = Place::of(shape, cell.node)?;
        let many = match place {
            Place::Leaf { spec, .. } => spec.many,
            Place::Enter { shape, many, .. } => {
                open.push((shape, Vec::new()));
                many
            }
            Place::Leave => true,
        };
        self.once &= !again || many;
        Some(place)
    }

    /// How many of the first `slots` slots there are up to the last value.
    pub(super) fn values_in(&self, slots: usize) -> usize {
        (0..slots.min(self.slots.len())).rev().find(|at| self.is_value(*at)).map_or(0, |at| at + 1)
    }

    /// How many slots it has in common with another one from the beginning, up to a value.
    pub(super) fn shares(&self, other: &Self) -> u16 {
        let alike = |at: &usize| {
            let (own, its) = (&self.slots[*at], &other.slots[*at]);
            own.node == its.node && own.kind == its.kind && own.behind == its.behind && own.literal == its.literal
        };
        let alike = (0..self.slots.len().min(other.slots.len())).take_while(alike).count();
        self.values_in(alike) as u16
    }

    /// Whether the cell of this number is a value's.
    pub fn is_value(&self, cell: usize) -> bool {
        matches!(self.slots.get(cell), Some(Slot { kind: SlotKind::Value(_), .. }))
    }

    /// Whether a value with this text can be what stands in this cell.
    pub(super) fn takes(&self, cell: usize, text: &str) -> bool {
        !text.is_empty() || self.slots.get(cell).is_some_and(|slot| slot.behind == Behind::End)
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether JSON writes any value as something else than it is meant to be.
    pub fn has_other_scalars(&self) -> bool {
        (0..self.slots.len()).any(|cell| self.is_other_scalar(cell))
    }

    /// Whether JSON writes the value of this cell as something else than it is meant to be; then it is noted.
    pub fn is_other_scalar(&self, cell: usize) -> bool {
        let kind = self.slots.get(cell).map(|slot| slot.kind);
        let (Some(SlotKind::Value(stop)), Some(Place::Leaf { spec, .. })) = (kind, self.places.get(cell)) else {
            return false;
        };
        match stop {
            Stop::Quote | Stop::SingleQuote => matches!(spec.json_as, JsonAs::Number | JsonAs::Bool),
            Stop::Number => matches!(spec.json_as, JsonAs::String | JsonAs::Bool),
            Stop::Bool => matches!(spec.json_as, JsonAs::String | JsonAs::Number),
            Stop::Word => true,
            Stop::Tag => false,
        }
    }

    /// Takes in the cells from number `first` on; `start` is where its literal begins. Returns where the record ends, and
    /// leaves the cells that it has on the tape, and in `odd` what was odd about their texts.
    pub fn take<'a>(
        &self,
        body: &'a str,
        start: usize,
        first: usize,
        tape: &mut Tape<'a>,
        odd: &mut OddValues,
    ) -> Option<usize> {
        let bytes = body.as_bytes();
        let mut pos = start;
        for (index, slot) in self.slots.get(first..)?.iter().enumerate() {
            let stop = match slot.kind {
                SlotKind::Value(stop) => stop,
                SlotKind::Empty => {
                    tape.push(Cell::text(slot.node, Cow::Borrowed(""), pos));
                    continue;
                }
                SlotKind::Mark(mark) => {
                    tape.push(Cell::mark(mark, slot.node, pos));
                    continue;
                }
            };
            let rest = bytes.get(pos..)?.strip_prefix(&*slot.literal)?;
            pos += slot.literal.len();
            let end = plain_end(rest, stop);
            match end.filter(|len| stop != Stop::Tag || slot.behind.follows(rest, *len, *len == 0)) {
                Some(len) => {
                    let text = &body[pos..pos + len];
                    tape.push(Cell::text(slot.node, Cow::Borrowed(text), pos));
                    pos += len;
                }
                None => {
                    let Value { text, offset, end } = self.odd_value(body, pos, first + index, stop, odd)?;
                    tape.push(Cell::text(slot.node, text, offset));
                    pos = end;
                }
            }
        }
        bytes.get(pos..)?.starts_with(&self.tail).then_some(pos + self.tail.len())
    }

    /// The value of slot number `at` that begins at `pos` and needs a repair.
    #[cold]
    fn odd_value<'a>(
        &self,
        body: &'a str,
        pos: usize,
        at: usize,
        stop: Stop,
        odd: &mut OddValues,
    ) -> Option<Value<'a>> {
        let behind = self.slots[at].behind;
        let noted = odd.notes.len();
        let value = repaired(body, pos, stop, behind == Behind::Blank, at, odd)?;
        let follows = stop != Stop::Tag || behind.follows(body.as_bytes(), value.end, value.text.is_empty());
        if !follows || odd.notes.len() > noted && !self.documented {
            odd.truncate(at);
            return None;
        }
        Some(value)
    }
}
