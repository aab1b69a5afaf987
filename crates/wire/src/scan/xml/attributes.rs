//! Attributes of XML: where fields should have been elements.

use super::tags::local_name;
use super::texts::unescape;
use crate::decode::names::same_name;
use crate::decode::tape::Tape;
use crate::decode::walker::Walker;
use crate::scan::body::{find_near, skip_blank};

/// Fields in attributes.
pub(super) fn read_attributes<'a>(body: &'a str, range: (usize, usize), walker: &mut Walker, tape: &mut Tape<'a>) {
    let (mut pos, end) = range;
    let bytes = body.as_bytes();
    while pos < end {
        if walker.only_counts() {
            pos = skim(body, (pos, end), walker);
        }
        let Some(start) = bytes[pos..end].iter().position(|byte| !byte.is_ascii_whitespace()).map(|at| pos + at) else {
            return;
        };
        let stop = bytes[start..end]
            .iter()
            .position(|byte| *byte == b'=' || byte.is_ascii_whitespace())
            .map_or(end, |at| start + at);
        let name = &body[start..stop];
        let equals = bytes[stop..end].iter().position(|byte| !byte.is_ascii_whitespace()).map(|at| stop + at);
        let Some(equals) = equals.filter(|at| bytes[*at] == b'=') else {
            walker.unknown_attribute(name, "", start);
            pos = stop.max(start + 1);
            continue;
        };
        let Some(value) = bytes[equals + 1..end].iter().position(|byte| !byte.is_ascii_whitespace()) else { return };
        let value = equals + 1 + value;
        let (from, to, next) = match bytes[value] {
            quote @ (b'"' | b'\'') => {
                let to = find_near(&bytes[..end], value + 1, quote).unwrap_or(end);
                (value + 1, to, to + 1)
            }
            _ => {
                let to = bytes[value..end].iter().position(u8::is_ascii_whitespace).map_or(end, |at| value + at);
                (value, to, to)
            }
        };
        pos = next;
        if walker.soap.is_some() && walker.encoding_attribute(name, &body[from..to]) {
            continue;
        }
        if name.starts_with('x') && is_of_markup(name) {
            continue;
        }
        let text = unescape(&body[from..to], from, walker);
        walker.attribute(local_name(name), text, start, from, tape);
    }
}

/// Goes on behind attributes whose names mean nothing and whose values are in quotes: nothing comes of them but counts.
fn skim(body: &str, (mut pos, end): (usize, usize), walker: &mut Walker) -> usize {
    let bytes = &body.as_bytes()[..end];
    let mut notes = 0;
    while let Some((name, next)) = plain_attribute(body, bytes, pos)
        && walker.is_strange(name)
    {
        notes += 1;
        pos = next;
    }
    walker.notes.omit_many(notes);
    pos
}

/// The name of the attribute at `pos`, and where its value ends: letters, and a text in quotes without an entity. `value` and
/// what is about the document may be of use.
fn plain_attribute<'a>(body: &'a str, bytes: &[u8], pos: usize) -> Option<(&'a str, usize)> {
    let start = skip_blank(bytes, pos);
    let rest = bytes.get(start..)?;
    let len = rest.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
    let [b'=', quote @ (b'"' | b'\''), value @ ..] = &rest[len..] else { return None };
    let name = &body[start..start + len];
    if len == 0 || rest[0] == b'x' || len == "value".len() && same_name("value", name) {
        return None;
    }
    let stop = value.iter().position(|byte| byte == quote || *byte == b'&').filter(|stop| value[*stop] == *quote)?;
    Some((name, start + len + 2 + stop + 1))
}

/// Whether an attribute is about the document, not of it.
fn is_of_markup(name: &str) -> bool {
    name == "xmlns" || ["xmlns:", "xml:", "xsi:"].iter().any(|prefix| name.starts_with(prefix))
}
