//! Where a value ends in a record that has a learnt form, and the repairs inside a value that leave the form as it is.

use crate::decode::tape::Cell;
use crate::note::NoteTaker;
use crate::scan::body::{is_blank, trim};
use crate::scan::json_text;
use crate::scan::swar;
use crate::scan::xml::unescape;
use crate::{NoteKind, Text};
use memchr::memchr;
use std::borrow::Cow;

/// How a value ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// XML text: at `<`.
    Tag,
    /// A JSON string: at the quote.
    Quote,
    /// A JSON string in single quotes.
    SingleQuote,
    /// A JSON number.
    Number,
    /// `true` or `false` in JSON.
    Bool,
    /// A JSON value without quotes that is none of the others.
    Word,
}

/// Something odd in a value.
#[derive(Debug)]
pub(crate) struct ValueNote {
    pub kind: NoteKind,
    pub offset: usize,
    pub text: Text,
    /// The value's cell in its record.
    pub cell: usize,
}

/// The values of a record that needed a repair, or have blanks around them.
#[derive(Debug, Default)]
pub(crate) struct OddValues {
    pub notes: Vec<ValueNote>,
    /// Where they end in the body, each with its cell.
    ends: Vec<(usize, usize)>,
}

impl OddValues {
    /// Forgets all but the first `cells` cells.
    pub fn truncate(&mut self, cells: usize) {
        while self.ends.pop_if(|(cell, _)| *cell >= cells).is_some() {}
        while self.notes.pop_if(|note| note.cell >= cells).is_some() {}
    }

    /// Where the value in this cell ends in the body.
    pub fn end_of(&self, cell: usize, value: &Cell<'_>) -> usize {
        let own = self.ends.iter().find(|(at, _)| *at == cell);
        own.map_or(value.offset as usize + value.text.len(), |(_, end)| *end)
    }
}

/// Takes the notes that arise in one value.
struct Taker<'n> {
    notes: &'n mut Vec<ValueNote>,
    cell: usize,
}

impl NoteTaker for Taker<'_> {
    fn note(&mut self, kind: NoteKind, offset: usize, text: &str) {
        self.notes.push(ValueNote { kind, offset, text: Text::new(text), cell: self.cell });
    }
}

/// A value that was cut out.
pub(super) struct Value<'a> {
    pub text: Cow<'a, str>,
    pub offset: usize,
    /// Where the literal behind it begins.
    pub end: usize,
}

/// The value that begins at `start` and needs a repair or has blanks around it; `None` when reading by name must decide.
/// `blank` tells that the literal behind it begins with white space.
pub(super) fn repaired<'a>(
    body: &'a str,
    start: usize,
    stop: Stop,
    blank: bool,
    cell: usize,
    odd: &mut OddValues,
) -> Option<Value<'a>> {
    let before = odd.notes.len();
    let mut taker = Taker { notes: &mut odd.notes, cell };
    let value = match stop {
        Stop::Tag => xml_text(body, start, blank, &mut taker),
        Stop::Quote => json_string(body, start, &mut taker),
        Stop::SingleQuote | Stop::Number | Stop::Bool | Stop::Word => None,
    };
    match &value {
        Some(value) => odd.ends.push((cell, value.end)),
        None => odd.notes.truncate(before),
    }
    value
}

/// Text up to the next tag: entities, ampersands and angle brackets that begin no tag are as reading by name has them.
fn xml_text<'a>(body: &'a str, start: usize, blank: bool, taker: &mut Taker<'_>) -> Option<Value<'a>> {
    let bytes = body.as_bytes();
    let mut whole: Option<String> = None;
    let mut from = start;
    let end = loop {
        let tag = from + memchr(b'<', bytes.get(from..)?)?;
        match bytes.get(tag + 1)? {
            b'/' | b'!' | b'?' | b'_' | b':' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => break tag,
            // It may be an end tag with a blank in it.
            byte if is_blank(*byte) && bytes[tag..].iter().skip(1).find(|byte| !is_blank(**byte)) == Some(&b'/') => {
                return None;
            }
            _ => {
                taker.note(NoteKind::MalformedTag, tag, "<");
                let whole = whole.get_or_insert_default();
                whole.push_str(&unescape(&body[from..tag], from, taker));
                whole.push('<');
                from = tag + 1;
            }
        }
    };
    if bytes[end + 1] != b'/' && !blank {
        return None;
    }
    let raw = &body[from..end];
    let (skipped, text) = trim(raw);
    let behind = if blank { from + skipped + text.len() } else { end };
    match whole {
        None => {
            let offset = from + skipped;
            Some(Value { text: unescape(text, offset, taker), offset, end: behind })
        }
        Some(mut whole) => {
            whole.push_str(&unescape(raw, from, taker));
            Some(Value { text: Cow::Owned(trim(&whole).1.to_owned()), offset: start, end: behind })
        }
    }
}

/// A string with escapes, control characters or quotes in it, that has its closing quote.
fn json_string<'a>(body: &'a str, start: usize, taker: &mut Taker<'_>) -> Option<Value<'a>> {
    let before = taker.notes.len();
    let token = json_text::string(body, start - 1, taker)?;
    let closed = taker.notes[before..].iter().all(|note| note.kind != NoteKind::UnclosedString);
    closed.then(|| Value { text: token.text, offset: start, end: token.end - 1 })
}

/// Whether a byte ends a JSON value without quotes, or cannot stand in one.
const BARE: [bool; 256] = {
    let mut stops = [false; 256];
    let mut index = 0;
    let bytes = b",}] \n\r\t\"'{[:";
    while index < bytes.len() {
        stops[bytes[index] as usize] = true;
        index += 1;
    }
    stops
};

/// The first `<` or `&`.
#[inline(always)]
fn find_markup(rest: &[u8]) -> Option<usize> {
    let mask = |word| swar::first(word, b'<') | swar::first(word, b'&');
    swar::find(rest, 0, mask, |byte| matches!(byte, b'<' | b'&'))
}

/// The first quote, backslash or control character.
#[inline(always)]
fn find_quote(rest: &[u8]) -> Option<usize> {
    let mask = |word| swar::first(word, b'"') | swar::first(word, b'\\') | swar::first_below(word, 0x20);
    swar::find(rest, 0, mask, |byte| matches!(byte, b'"' | b'\\' | 0..0x20))
}

/// How long the value is; `None` when something in it needs a repair.
#[inline(always)]
pub(super) fn plain_end(rest: &[u8], stop: Stop) -> Option<usize> {
    match stop {
        Stop::Tag => {
            let end = find_markup(rest)?;
            let blank = |byte: u8| byte <= b' ';
            let plain = rest[end] == b'<' && (end == 0 || !blank(rest[0]) && !blank(rest[end - 1]));
            plain.then_some(end)
        }
        Stop::Quote => find_quote(rest).filter(|end| rest[*end] == b'"'),
        _ => other_end(rest, stop),
    }
}

fn other_end(rest: &[u8], stop: Stop) -> Option<usize> {
    if stop == Stop::SingleQuote {
        let end = rest.iter().position(|byte| matches!(byte, b'\'' | b'\\') || *byte < 0x20)?;
        return (rest[end] == b'\'').then_some(end);
    }
    let end = rest.iter().position(|byte| BARE[usize::from(*byte)])?;
    let text = &rest[..end];
    let plain = matches!(rest[end], b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
    let literal = |text: &[u8]| text == b"true" || text == b"false";
    let fits = match stop {
        Stop::Bool => literal(text),
        Stop::Number => json_text::is_number(text),
        // Only words of letters: what else stands without quotes may be something else.
        _ => {
            end > 0
                && !matches!(rest[end], b' ' | b'\t')
                && text.iter().all(u8::is_ascii_alphabetic)
                && !literal(text)
                && ![&b"null"[..], b"None", b"undefined", b"NULL", b"Null"].contains(&text)
        }
    };
    (plain && fits).then_some(end)
}
