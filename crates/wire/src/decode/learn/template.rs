//! One form of a record: the literals between its values, what each value is, and how both are taken in.

use super::LearntNote;
use super::value::{OddValues, Stop, Value, plain_end, repaired};
use crate::decode::tape::{Cell, Mark, Tape};
use crate::shape::{LeafSpec, NodeKind, Shape};
use crate::{Format, JsonAs};
use std::borrow::Cow;
use std::ops::Range;

/// One cell of a template.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// The literal before the value, in the template's arena.
    literal: Range<u32>,
    pub node: u16,
    kind: SlotKind,
    pub place: SlotPlace,
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

/// Where a slot's cell belongs in the record.
#[derive(Debug, Clone, Copy)]
pub(super) enum SlotPlace {
    /// To this leaf. `usual` tells that no text stands for absent and that there is one value.
    Leaf { id: u16, spec: &'static LeafSpec, usual: bool },
    /// A child begins.
    Enter { id: u16, shape: &'static Shape, many: bool },
    /// A child ends.
    Leave,
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
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    arena: Vec<u8>,
    pub slots: Vec<Slot>,
    /// What follows the value of each slot.
    behind: Vec<Behind>,
    tail: Range<u32>,
    pub notes: Vec<LearntNote>,
    /// Whether no single value and no single record stands twice.
    pub once: bool,
    /// Whether every name in it is the documented one.
    pub documented: bool,
    /// Its row and column in [`super::Learnt`]'s table of what is shared.
    pub id: usize,
}

impl Behind {
    fn of(literal: &[u8], format: Format) -> Self {
        match literal {
            [b'<', b'/', ..] => Self::End,
            [b'<', ..] => Self::Other,
            _ if format == Format::Xml => Self::Blank,
            _ => Self::End,
        }
    }
}

/// How the value at `range` ends; `None` when it has no place of its own.
fn stop_of(bytes: &[u8], range: Range<usize>, format: Format) -> Option<Option<Stop>> {
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
    /// The form of the record at `range`, with these cells; `shape` is that of the record around it.
    pub fn new(
        body: &str,
        range: Range<usize>,
        cells: &[Cell<'_>],
        format: Format,
        shape: &'static Shape,
    ) -> Option<Self> {
        let bytes = body.as_bytes();
        let mut template = Self { once: true, ..Self::default() };
        let mut at = range.start;
        // The open records, each with the nodes that were seen in it.
        let mut open: Vec<(&'static Shape, Vec<u16>)> = vec![(shape, Vec::new())];
        for cell in cells {
            let offset = cell.offset as usize;
            let (literal, kind) = match (cell.mark, &cell.text) {
                (Mark::Text, Cow::Borrowed(text)) => {
                    let end = offset + text.len();
                    if offset < at || end > range.end {
                        return None;
                    }
                    match stop_of(bytes, offset..end, format)? {
                        None => (at..at, SlotKind::Empty),
                        Some(stop) => {
                            let literal = at..offset;
                            at = end;
                            (literal, SlotKind::Value(stop))
                        }
                    }
                }
                (Mark::Text, Cow::Owned(_)) => return None,
                (mark, _) => (at..at, SlotKind::Mark(mark)),
            };
            let literal = template.keep(&bytes[literal]);
            let place = template.place(cell, &mut open)?;
            template.slots.push(Slot { literal, node: cell.node, kind, place });
        }
        template.tail = template.keep(&bytes[at..range.end]);
        template.behind = (1..=template.slots.len()).map(|next| template.behind(next, format)).collect();
        Some(template)
    }

    /// Where a cell belongs.
    fn place(&mut self, cell: &Cell<'_>, open: &mut Vec<(&'static Shape, Vec<u16>)>) -> Option<SlotPlace> {
        if cell.mark == Mark::Leave {
            open.pop();
            return Some(SlotPlace::Leave);
        }
        let (shape, seen) = open.last_mut()?;
        let again = seen.contains(&cell.node);
        seen.push(cell.node);
        match &shape.nodes.get(usize::from(cell.node))?.kind {
            NodeKind::Leaf { id, spec } => {
                self.once &= !again || spec.many;
                let usual = spec.none.is_empty() && !spec.many;
                Some(SlotPlace::Leaf { id: *id, spec, usual })
            }
            NodeKind::Child { id, shape, many } => {
                self.once &= !again || *many;
                open.push((shape, Vec::new()));
                Some(SlotPlace::Enter { id: *id, shape, many: *many })
            }
            NodeKind::Group { .. } => None,
        }
    }

    /// What the first literal says that stands from slot number `next` on.
    fn behind(&self, next: usize, format: Format) -> Behind {
        let mut literals = self.slots[next..].iter().map(|slot| &slot.literal).chain([&self.tail]);
        let literal = literals.find(|literal| !literal.is_empty()).map_or(&[][..], |literal| self.literal(literal));
        Behind::of(literal, format)
    }

    fn keep(&mut self, literal: &[u8]) -> Range<u32> {
        let start = self.arena.len() as u32;
        self.arena.extend_from_slice(literal);
        start..self.arena.len() as u32
    }

    /// How many slots it has in common with another one from the beginning.
    pub fn shares(&self, other: &Self) -> u16 {
        let alike = |at: &usize| {
            let (own, its) = (&self.slots[*at], &other.slots[*at]);
            own.node == its.node
                && own.kind == its.kind
                && self.behind[*at] == other.behind[*at]
                && self.literal(&own.literal) == other.literal(&its.literal)
        };
        (0..self.slots.len().min(other.slots.len())).take_while(alike).count() as u16
    }

    fn literal(&self, range: &Range<u32>) -> &[u8] {
        &self.arena[range.start as usize..range.end as usize]
    }

    /// Whether the cell of this number is a value's.
    pub fn is_value(&self, cell: usize) -> bool {
        matches!(self.slots.get(cell), Some(Slot { kind: SlotKind::Value(_), .. }))
    }

    /// Whether a value with this text can be what stands in this cell.
    pub fn takes(&self, cell: usize, text: &str) -> bool {
        !text.is_empty() || self.behind.get(cell) == Some(&Behind::End)
    }

    /// Whether JSON writes the value of this cell as something else than it is meant to be; then it is noted.
    pub fn is_other_scalar(&self, cell: usize) -> bool {
        let Some(Slot { kind: SlotKind::Value(stop), place: SlotPlace::Leaf { spec, .. }, .. }) = self.slots.get(cell)
        else {
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
        for (at, slot) in self.slots.iter().enumerate().skip(first) {
            match slot.kind {
                SlotKind::Value(stop) => {
                    let literal = self.literal(&slot.literal);
                    let rest = bytes.get(pos..)?.strip_prefix(literal)?;
                    pos += literal.len();
                    let behind = self.behind[at];
                    match plain_end(rest, stop).filter(|len| *len > 0 || behind == Behind::End) {
                        Some(len) => {
                            let text = &body[pos..pos + len];
                            tape.push(Cell::text(slot.node, Cow::Borrowed(text), pos));
                            pos += len;
                        }
                        None => {
                            let blank = behind == Behind::Blank;
                            let noted = odd.notes.len();
                            let Value { text, offset, end } = repaired(body, pos, stop, blank, at, odd)?;
                            if text.is_empty() && behind != Behind::End || odd.notes.len() > noted && !self.documented {
                                odd.truncate(at);
                                return None;
                            }
                            tape.push(Cell::text(slot.node, text, offset));
                            pos = end;
                        }
                    }
                }
                SlotKind::Empty => tape.push(Cell::text(slot.node, Cow::Borrowed(""), pos)),
                SlotKind::Mark(mark) => tape.push(Cell::mark(mark, slot.node, pos)),
            }
        }
        let tail = self.literal(&self.tail);
        bytes.get(pos..)?.starts_with(tail).then_some(pos + tail.len())
    }
}
