//! Attributes of XML: where fields should have been elements.

use super::local_name;
use super::texts::unescape;
use crate::decode::tape::Tape;
use crate::decode::walker::Walker;
use memchr::memchr;

/// Fields in attributes.
pub(super) fn read_attributes<'a>(body: &'a str, range: (usize, usize), walker: &mut Walker, tape: &mut Tape<'a>) {
    let (mut pos, end) = range;
    let bytes = body.as_bytes();
    while pos < end {
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
                let to = memchr(quote, &bytes[value + 1..end]).map_or(end, |at| value + 1 + at);
                (value + 1, to, to + 1)
            }
            _ => {
                let to = bytes[value..end].iter().position(u8::is_ascii_whitespace).map_or(end, |at| value + at);
                (value, to, to)
            }
        };
        pos = next;
        if name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xml:") || name.starts_with("xsi:") {
            continue;
        }
        let text = unescape(&body[from..to], from, walker);
        walker.attribute(local_name(name), text, start, from, tape);
    }
}
