//! Learnt shapes: the literal bytes between the values of a record, so that the next one like it needs only its values cut out.
//!
//! A template is made from a record that was read by name. The next record is taken in by it only when every literal is
//! identical byte for byte; then what was odd about the first one is odd about it too, and its notes are given again.
//! Anything else goes back to reading by name, where the repairs live.

use super::tape::{Cell, Mark, Tape};
use crate::{Format, NoteKind, Text};
use std::borrow::Cow;
use std::ops::Range;

/// Templates kept at once: what a hostile body can cost is bounded by it.
const MOST: usize = 6;

/// One cell of a template.
#[derive(Debug, Clone)]
struct Slot {
    /// The literal before the value, in the template's arena.
    literal: Range<u32>,
    node: u16,
    kind: SlotKind,
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

/// Where a value ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// XML text: at `<`; an entity needs the by-name path.
    Tag,
    /// A JSON string: at the quote; an escape or a control character needs the by-name path.
    Quote,
    /// A JSON number.
    Number,
    /// `true` or `false` in JSON.
    Bool,
}

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
    pub text: Text,
}

/// The literals of one form of a record.
#[derive(Debug, Clone, Default)]
struct Template {
    arena: Vec<u8>,
    slots: Vec<Slot>,
    tail: Range<u32>,
    notes: Vec<LearntNote>,
    /// Its row and column in [`Learnt::shared`].
    id: usize,
}

/// The templates learnt for one list.
#[derive(Debug, Clone)]
pub(crate) struct Learnt {
    templates: Vec<Template>,
    /// What stands between two records.
    separator: Vec<u8>,
    /// Whether the separator is known.
    separated: bool,
    /// How many records may yet be learnt without one being recognised.
    credit: u8,
    /// How many slots two templates have in common from their beginning, by their numbers.
    shared: [[u16; MOST]; MOST],
}

impl Default for Learnt {
    fn default() -> Self {
        Self {
            templates: Vec::new(),
            separator: Vec::new(),
            separated: false,
            credit: CREDIT,
            shared: [[0; MOST]; MOST],
        }
    }
}

/// Records that may be learnt without one being recognised.
const CREDIT: u8 = 32;

impl Learnt {
    /// Learns from the record at `range`, whose cells and notes these are.
    pub fn learn(
        &mut self,
        body: &str,
        range: Range<usize>,
        cells: &[Cell<'_>],
        notes: impl FnOnce(&dyn Fn(usize) -> bool) -> Option<Vec<LearntNote>>,
        format: Format,
    ) {
        if self.credit == 0 {
            return;
        }
        let Some(mut template) = Template::new(body, range, cells, format) else { return };
        let is_value = |cell: usize| matches!(template.slots.get(cell), Some(Slot { kind: SlotKind::Value(_), .. }));
        let Some(notes) = notes(&is_value) else { return };
        template.notes = notes;
        self.credit -= 1;
        template.id = self.templates.len();
        if self.templates.len() == MOST
            && let Some(last) = self.templates.pop()
        {
            template.id = last.id;
        }
        for other in &self.templates {
            let shared = template.shares(other);
            self.shared[template.id][other.id] = shared;
            self.shared[other.id][template.id] = shared;
        }
        self.templates.insert(0, template);
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
        if body.as_bytes().get(pos..start) != Some(&self.separator) {
            return Taken::No;
        }
        let mark = tape.len();
        // The template that was tried last, with the cells that it took in; and the best so far.
        let mut tried: Option<(usize, usize)> = None;
        let mut best = (2, None);
        for index in 0..self.templates.len() {
            let template = &self.templates[index];
            let (mut from, mut first) = (start, 0);
            if let Some((other, cells)) = tried {
                let shared = usize::from(self.shared[other][template.id]);
                if shared > cells {
                    // It begins as the other one does beyond the place where that failed.
                    continue;
                }
                tape.truncate(mark + shared);
                first = shared;
                from = tape[mark..].last().map_or(start, |last| last.offset as usize + last.text.len());
            }
            if let Some(end) = template.take(body, from, first, tape) {
                self.templates[..=index].rotate_right(1);
                self.credit = CREDIT;
                return Taken::Whole(end);
            }
            let cells = tape.len() - mark;
            tried = Some((template.id, cells));
            if cells > best.0 {
                best = (cells, Some(index));
            }
        }
        let (cells, Some(index)) = best else {
            tape.truncate(mark);
            return Taken::No;
        };
        // What was cut out so far is right: reading by name can go on from there.
        if tape.len() - mark != cells {
            tape.truncate(mark);
            self.templates[index].take(body, start, 0, tape);
        }
        self.templates[..=index].rotate_right(1);
        Taken::Part
    }

    /// What was odd about the record that was just taken in, from cell number `from` on.
    pub fn notes(&self, from: usize) -> impl Iterator<Item = &LearntNote> {
        self.templates.first().into_iter().flat_map(|template| &template.notes).filter(move |note| note.cells >= from)
    }

    /// Takes in the rest of a record of which `cells` were read; returns where it ends.
    pub fn rejoin<'a>(&self, body: &'a str, cells: usize, tape: &mut Tape<'a>) -> Option<usize> {
        let template = self.templates.first()?;
        let last = tape.last()?;
        let Cow::Borrowed(text) = last.text else { return None };
        let slot = template.slots.get(cells.checked_sub(1)?)?;
        if last.mark != Mark::Text || slot.node != last.node || !matches!(slot.kind, SlotKind::Value(_)) {
            return None;
        }
        let mark = tape.len();
        let end = template.take(body, last.offset as usize + text.len(), cells, tape);
        if end.is_none() {
            tape.truncate(mark);
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

impl Template {
    fn new(body: &str, range: Range<usize>, cells: &[Cell<'_>], format: Format) -> Option<Self> {
        let bytes = body.as_bytes();
        let mut template = Self::default();
        let mut at = range.start;
        for cell in cells {
            let offset = cell.offset as usize;
            let (literal, kind) = match (cell.mark, &cell.text) {
                (Mark::Text, Cow::Borrowed(text)) => {
                    let end = offset + text.len();
                    if offset < at || end > range.end {
                        return None;
                    }
                    let stop = match (format, bytes.get(end)?) {
                        (Format::Xml, b'<') if bytes.get(end + 1) == Some(&b'/') && bytes[offset - 1] == b'>' => {
                            Some(Stop::Tag)
                        }
                        // An empty element has no place for a value.
                        (Format::Xml, _) if text.is_empty() => None,
                        (Format::Json, b'"') if bytes[offset - 1] == b'"' => Some(Stop::Quote),
                        (Format::Json, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') if !text.is_empty() => {
                            Some(if matches!(&**text, "true" | "false") { Stop::Bool } else { Stop::Number })
                        }
                        _ => return None,
                    };
                    match stop {
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
            template.slots.push(Slot { literal, node: cell.node, kind });
        }
        template.tail = template.keep(&bytes[at..range.end]);
        Some(template)
    }

    fn keep(&mut self, literal: &[u8]) -> Range<u32> {
        let start = self.arena.len() as u32;
        self.arena.extend_from_slice(literal);
        start..self.arena.len() as u32
    }

    /// How many slots it has in common with another one from the beginning.
    fn shares(&self, other: &Self) -> u16 {
        let alike = |(own, its): &(&Slot, &Slot)| {
            own.node == its.node && own.kind == its.kind && self.literal(&own.literal) == other.literal(&its.literal)
        };
        self.slots.iter().zip(&other.slots).take_while(alike).count() as u16
    }

    fn literal(&self, range: &Range<u32>) -> &[u8] {
        &self.arena[range.start as usize..range.end as usize]
    }

    /// Takes in the cells from number `first` on; `start` is where its literal begins.
    fn take<'a>(&self, body: &'a str, start: usize, first: usize, tape: &mut Tape<'a>) -> Option<usize> {
        let bytes = body.as_bytes();
        let mut pos = start;
        for slot in self.slots.get(first..)? {
            match slot.kind {
                SlotKind::Value(stop) => {
                    let rest = bytes.get(pos..)?;
                    let literal = self.literal(&slot.literal);
                    if !rest.starts_with(literal) {
                        return None;
                    }
                    pos += literal.len();
                    let end = pos + value_end(&rest[literal.len()..], stop)?;
                    let text = &body[pos..end];
                    tape.push(Cell::text(slot.node, Cow::Borrowed(text), pos));
                    pos = end;
                }
                SlotKind::Empty => tape.push(Cell::text(slot.node, Cow::Borrowed(""), pos)),
                SlotKind::Mark(mark) => tape.push(Cell::mark(mark, slot.node, pos)),
            }
        }
        let tail = self.literal(&self.tail);
        bytes.get(pos..)?.starts_with(tail).then_some(pos + tail.len())
    }
}

/// Classes of bytes, a bit a stop.
const CLASSES: [u8; 256] = {
    let mut classes = [0u8; 256];
    classes[b'<' as usize] |= 1;
    classes[b'&' as usize] |= 1;
    classes[b'"' as usize] |= 2;
    classes[b'\\' as usize] |= 2;
    let mut control = 0;
    while control < 0x20 {
        classes[control] |= 2;
        control += 1;
    }
    let mut index = 0;
    let bare = b",}] \n\r\t\"'{[:";
    while index < bare.len() {
        classes[bare[index] as usize] |= 4;
        index += 1;
    }
    classes
};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Where the first byte of a class is, eight bytes at a time. The lowest bit that is set is always a true hit: a borrow only
/// runs upwards from one.
#[inline(always)]
fn find<const CLASS: u8>(rest: &[u8]) -> Option<usize> {
    let has = |word: u64, byte: u8| {
        let difference = word ^ (ONES * u64::from(byte));
        difference.wrapping_sub(ONES) & !difference
    };
    let (chunks, tail) = rest.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let word = u64::from_le_bytes(*chunk);
        let hits = if CLASS == 1 {
            has(word, b'<') | has(word, b'&')
        } else {
            has(word, b'"') | has(word, b'\\') | (word.wrapping_sub(ONES * 0x20) & !word)
        } & HIGH;
        if hits != 0 {
            return Some(index * 8 + (hits.trailing_zeros() / 8) as usize);
        }
    }
    let from = chunks.len() * 8;
    tail.iter().position(|byte| CLASSES[usize::from(*byte)] & CLASS != 0).map(|end| from + end)
}

/// How long the value is; `None` when something in it needs the by-name path.
#[inline]
fn value_end(rest: &[u8], stop: Stop) -> Option<usize> {
    let end = match stop {
        Stop::Tag => find::<1>(rest)?,
        Stop::Quote => find::<2>(rest)?,
        Stop::Number | Stop::Bool => rest.iter().position(|byte| CLASSES[usize::from(*byte)] & 4 != 0)?,
    };
    match stop {
        Stop::Tag => {
            if rest[end] != b'<' {
                return None;
            }
            let blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
            if end > 0 && (blank(rest.first()) || blank(rest.get(end - 1))) {
                return None;
            }
            Some(end)
        }
        Stop::Quote => (rest[end] == b'"').then_some(end),
        Stop::Number | Stop::Bool => {
            let text = &rest[..end];
            let plain = matches!(rest[end], b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
            let fits = match stop {
                Stop::Bool => text == b"true" || text == b"false",
                _ => crate::scan::json_text::is_number(text),
            };
            (plain && fits).then_some(end)
        }
    }
}
