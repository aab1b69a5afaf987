//! What comes before scanning: encodings, byte order marks, which format a body is in, and what is no reply at all.

use super::Fail;
use crate::decode::error::DecodeErrorKind;
use crate::shape::ReplyShape;
use crate::{Format, NoteKind};
use std::borrow::Cow;

/// A body as text, with what was odd about its bytes.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub notes: Vec<(NoteKind, usize, &'static str)>,
}

/// Turns bytes into text: UTF-8, UTF-16 by its byte order mark, else Windows-1252.
pub(crate) fn decode(body: &[u8]) -> Decoded<'_> {
    let mut notes = Vec::new();
    if let Some(rest) = body.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        notes.push((NoteKind::ByteOrderMark, 0, "UTF-8"));
        let mut inner = decode_bytes(rest);
        inner.notes.splice(0..0, notes);
        return inner;
    }
    for (mark, name, big) in [([0xFF, 0xFE], "UTF-16LE", false), ([0xFE, 0xFF], "UTF-16BE", true)] {
        if let Some(rest) = body.strip_prefix(&mark) {
            let units = rest.chunks(2).map(|pair| match *pair {
                [a, b] if big => u16::from_be_bytes([a, b]),
                [a, b] => u16::from_le_bytes([a, b]),
                _ => 0xFFFD,
            });
            let text: String =
                char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            notes.push((NoteKind::ByteOrderMark, 0, name));
            notes.push((NoteKind::Encoding, 0, name));
            return Decoded { text: text.into(), notes };
        }
    }
    if let Some(big) = looks_like_utf_16(body) {
        let units = body.chunks_exact(2).map(|pair| match *pair {
            [a, b] if big => u16::from_be_bytes([a, b]),
            [a, b] => u16::from_le_bytes([a, b]),
            _ => 0xFFFD,
        });
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        notes.push((NoteKind::Encoding, 0, if big { "UTF-16BE" } else { "UTF-16LE" }));
        return Decoded { text: text.into(), notes };
    }
    decode_bytes(body)
}

/// Whether the bytes are UTF-16 without a mark: every other one of the first is zero. `true` for big endian.
fn looks_like_utf_16(body: &[u8]) -> Option<bool> {
    match *body.first_chunk()? {
        [0, a, 0, b] if a != 0 && b != 0 => Some(true),
        [a, 0, b, 0] if a != 0 && b != 0 => Some(false),
        _ => None,
    }
}

fn decode_bytes(body: &[u8]) -> Decoded<'_> {
    match std::str::from_utf8(body) {
        Ok(text) => Decoded { text: text.into(), notes: Vec::new() },
        Err(error) => {
            let text: String = body.iter().map(|byte| windows_1252(*byte)).collect();
            Decoded { text: text.into(), notes: vec![(NoteKind::Encoding, error.valid_up_to(), "Windows-1252")] }
        }
    }
}

/// The characters that Windows-1252 has where ISO-8859-1 has control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The format of `text` and where the reply begins in it.
pub(crate) fn detect(text: &str, reply: &ReplyShape, expected: Option<Format>) -> Result<(Format, usize), Fail> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    if rest.is_empty() {
        return Err(Fail::new(DecodeErrorKind::Empty, "the body is empty", 0));
    }
    if let Some(offset) = html(rest) {
        return Err(Fail::new(DecodeErrorKind::NotAReply, "the body is an HTML page", start + offset));
    }
    let scrap = html_scrap(rest);
    match rest.as_bytes()[0] {
        b'<' if !scrap => return Ok((Format::Xml, start)),
        b'{' => return Ok((Format::Json, start)),
        b'[' if rest[1..].trim_start().starts_with(['{', '[', '"', '\'']) => return Ok((Format::Json, start)),
        _ => {}
    }
    if looks_like_csv(rest) {
        return Ok((Format::Csv, start));
    }
    // Something stands before the reply.
    let json = rest.match_indices('{').map(|(at, _)| at).take(16);
    let json = json.into_iter().find(|at| rest[at + 1..].trim_start().starts_with(['"', '\'']));
    let candidates = [
        envelope_start(rest, reply).map(|at| (Format::Xml, at)),
        json.map(|at| (Format::Json, at)),
        csv_line(rest).filter(|_| reply.csv.is_some() || expected == Some(Format::Csv)).map(|at| (Format::Csv, at)),
        element_start(rest).filter(|_| !scrap).map(|at| (Format::Xml, at)),
    ];
    let Some((format, at)) = candidates.into_iter().flatten().min_by_key(|(_, at)| *at) else {
        let what = match expected {
            Some(format) => format!("the body is no {} and no answer in another format", format.name().to_uppercase()),
            None => "the body is neither XML nor JSON nor CSV".to_owned(),
        };
        return Err(Fail::new(DecodeErrorKind::NotAReply, what, start));
    };
    if let Some(offset) = html(&rest[at..]) {
        return Err(Fail::new(DecodeErrorKind::NotAReply, "the body is an HTML page", start + at + offset));
    }
    Ok((format, start + at))
}

/// Where the envelope or an XML declaration begins.
fn envelope_start(text: &str, reply: &ReplyShape) -> Option<usize> {
    let roots = [reply.xml.root, reply.default_root, reply.api.generic_root];
    let roots = roots.into_iter().filter(|root| !root.is_empty()).filter_map(|root| text.find(&format!("<{root}>")));
    roots.chain(text.find("<?xml")).min()
}

/// Where an element begins that has an end tag.
fn element_start(text: &str) -> Option<usize> {
    let at = text.find('<')?;
    let begins = |letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '?';
    (text[at + 1..].starts_with(begins) && text[at..].contains("</")).then_some(at)
}

/// Where a line begins that is the first cell of CSV.
fn csv_line(text: &str) -> Option<usize> {
    let lines = text.match_indices('\n').map(|(at, _)| at + 1).take(64);
    lines.into_iter().find(|at| text[*at..].starts_with("ok,") || text[*at..].starts_with("error,"))
}

/// Whether the text begins with a scrap of HTML, as a warning of the server's own program does.
fn html_scrap(text: &str) -> bool {
    const SCRAPS: [&str; 12] = ["br", "b", "p", "pre", "div", "span", "font", "hr", "table", "center", "i", "h1"];
    let Some(tag) = text.strip_prefix('<') else { return false };
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    SCRAPS.contains(&name.to_ascii_lowercase().as_str())
}

/// Where an HTML page begins.
fn html(text: &str) -> Option<usize> {
    let head = &text.as_bytes()[..text.len().min(1024)];
    let lower = head.to_ascii_lowercase();
    let begins = |mark: &[u8]| lower.starts_with(mark);
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<body") {
        return Some(0);
    }
    // A comment or a declaration may stand before.
    if begins(b"<!--") || begins(b"<?xml") {
        return memchr::memmem::find(&lower, b"<html");
    }
    None
}

/// A CSV reply begins with the cell `ok` or `error`.
fn looks_like_csv(text: &str) -> bool {
    let first = text.split([',', '\n', '\r']).next().unwrap_or_default();
    let first = first.trim().trim_matches('"').trim();
    first.eq_ignore_ascii_case("ok") || first.eq_ignore_ascii_case("error")
}

/// Where a text runs on to the next byte of `stops` from `from`.
pub(crate) fn position(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| stop(*byte)).map(|at| from + at)
}

/// The text without white space around it, and how much stood before.
pub(crate) fn trim(text: &str) -> (usize, &str) {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if !is_blank(*first) && !is_blank(*last) => return (0, text),
        (None, _) => return (0, text),
        _ => {}
    }
    let start = bytes.iter().position(|byte| !is_blank(*byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_blank(*byte)).map_or(start, |last| last + 1);
    (start, &text[start..end])
}

/// White space of XML and JSON.
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// Position of the first byte from `pos` on that is no white space.
#[inline]
pub(crate) fn skip_blank(bytes: &[u8], mut pos: usize) -> usize {
    while let Some(block) = bytes.get(pos..pos + 8) {
        if block != b"        " {
            break;
        }
        pos += 8;
    }
    while bytes.get(pos).is_some_and(|byte| is_blank(*byte)) {
        pos += 1;
    }
    pos
}

/// Where `needle` is: near in nearly every case, so a short look comes before the vectorised search.
#[inline]
pub(crate) fn find_near(bytes: &[u8], from: usize, needle: u8) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let near = rest.len().min(24);
    if let Some(at) = rest[..near].iter().position(|byte| *byte == needle) {
        return Some(from + at);
    }
    memchr::memchr(needle, &rest[near..]).map(|at| from + near + at)
}
