//! Cells of CSV: plain, padded, in quotes; and the lines that they stand on.

use crate::NoteKind;
use crate::decode::walker::Walker;
use crate::scan::swar;
use memchr::{memchr, memchr2};
use std::borrow::Cow;

/// What follows a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Comma,
    Line,
    End,
}

/// Position after white space and line ends.
pub(super) fn skip_lines(body: &str, pos: usize) -> usize {
    if body.as_bytes().get(pos).is_some_and(|byte| *byte > b' ') {
        // As it is before nearly every row.
        return pos;
    }
    let rest = &body.as_bytes()[pos..];
    let blank = rest.iter().position(|byte| !matches!(byte, b'\n' | b'\r' | b' ' | b'\t')).unwrap_or(rest.len());
    // Blanks before a cell are the cell's.
    let line = rest[..blank].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
    pos + if blank == rest.len() { blank } else { line }
}

/// Reads the cell at `pos` and moves behind it and its comma or line end. `None` for an open quote.
pub(super) fn cell<'a>(body: &'a str, pos: &mut usize, walker: &mut Walker) -> Option<(Cow<'a, str>, usize, After)> {
    let bytes = body.as_bytes();
    let start = *pos;
    let line_end = walker.line_end;
    let mask = |word| swar::first(word, b',') | swar::first(word, line_end);
    let end = swar::find(bytes, start, mask, |byte| byte == b',' || byte == line_end).unwrap_or(bytes.len());
    let raw = &body[start..end];
    *pos = end + usize::from(end < bytes.len());
    let (Some(first), Some(last)) = (raw.as_bytes().first(), raw.as_bytes().last()) else {
        return Some((Cow::Borrowed(""), start, after(bytes, end)));
    };
    if *first > b' ' && *first != b'"' && *last > b' ' {
        return Some((Cow::Borrowed(raw), start, after(bytes, end)));
    }
    if *first == b'"' || first.is_ascii_whitespace() && raw.trim_start().starts_with('"') {
        *pos = start;
        return quoted(body, pos, walker);
    }
    let line = raw.strip_suffix('\r').unwrap_or(raw);
    let text = line.trim_matches([' ', '\t']);
    if text.len() != line.len() {
        walker.note(NoteKind::PaddedCell, start, line);
    }
    let offset = start + (line.len() - line.trim_start_matches([' ', '\t']).len());
    Some((Cow::Borrowed(text), offset, after(bytes, end)))
}

pub(super) fn after(bytes: &[u8], end: usize) -> After {
    match bytes.get(end) {
        Some(b',') => After::Comma,
        Some(_) => After::Line,
        None => After::End,
    }
}

pub(super) fn quoted<'a>(body: &'a str, pos: &mut usize, walker: &mut Walker) -> Option<(Cow<'a, str>, usize, After)> {
    let bytes = body.as_bytes();
    let open = *pos + memchr(b'"', &bytes[*pos..])?;
    walker.note(NoteKind::QuotedCell, open, "");
    let start = open + 1;
    let mut owned: Option<String> = None;
    let mut kept = start;
    let mut at = start;
    loop {
        at += memchr(b'"', bytes.get(at..)?)?;
        // A run of quotes is as many doubled ones as there are pairs.
        let run = bytes[at..].iter().take_while(|byte| **byte == b'"').count();
        if run > 1 {
            let text = owned.get_or_insert_default();
            text.push_str(&body[kept..at]);
            text.extend(std::iter::repeat_n('"', run / 2));
            at += run / 2 * 2;
            kept = at;
            if run.is_multiple_of(2) {
                continue;
            }
        }
        // The quote closes the cell when nothing but blanks stands before the next comma or line end.
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t') || **byte == b'\r' && walker.line_end != b'\r';
        let tail = at + 1 + bytes[at + 1..].iter().take_while(blank).count();
        if bytes.get(tail).is_none_or(|byte| *byte == b',' || *byte == walker.line_end) {
            let text = match owned {
                None => Cow::Borrowed(&body[start..at]),
                Some(mut text) => {
                    text.push_str(&body[kept..at]);
                    Cow::Owned(text)
                }
            };
            *pos = tail + usize::from(tail < bytes.len());
            return Some((text, start, after(bytes, tail)));
        }
        // A quote inside the cell that is not doubled: when none closes the cell on its line, the quotes are text.
        if !closes_on_line(bytes, at + 1, walker.line_end) {
            let end = memchr2(b',', walker.line_end, &bytes[open..]).map_or(bytes.len(), |end| open + end);
            *pos = end + usize::from(end < bytes.len());
            return Some((Cow::Borrowed(body[open..end].trim_end()), open, after(bytes, end)));
        }
        at += 1;
    }
}

/// Bytes of a line that are looked through for a closing quote.
pub(super) const LINE: usize = 1024;

/// Whether a quote before a comma or the line's end follows on the line.
pub(super) fn closes_on_line(bytes: &[u8], from: usize, line_end: u8) -> bool {
    let rest = &bytes[from.min(bytes.len())..bytes.len().min(from + LINE)];
    let line = &rest[..rest.iter().position(|byte| *byte == line_end).map_or(rest.len(), |end| end + 1)];
    line.windows(2).any(|pair| pair[0] == b'"' && (pair[1] == b',' || pair[1] == line_end))
}
