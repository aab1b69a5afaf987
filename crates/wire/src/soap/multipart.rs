//! MIME messages of several parts, as servers send that attach something: the part that the envelope stands in.

use super::oddities::Oddities;
use super::places::Places;
use crate::NoteKind;
use crate::decode::Options;
use crate::decode::error::DecodeErrorKind;
use crate::scan::{Fail, encoding};
use memchr::memmem;
use std::ops::Range;

/// Bytes that a delimiter may have, and lines that the headers of a part may have.
const DELIMITER: usize = 128;
const HEADERS: usize = 64;

/// The part that the envelope stands in.
pub(super) struct Root {
    /// Its text, where it was encoded.
    pub decoded: Option<(String, Places)>,
    /// Where it stands in that, or else in the body.
    pub range: Range<usize>,
}

/// A part: how it is encoded, and where its content stands.
struct Part<'t> {
    encoding: &'t str,
    content: Range<usize>,
}

/// The part of `text` that the envelope stands in; `None` when it is no MIME message of several parts.
pub(super) fn root(text: &str, options: &Options, odd: &mut Oddities) -> Result<Option<Root>, Fail> {
    let begin = text.len() - text.trim_start().len();
    let (boundary, start_id, first) = match top(text, begin) {
        Some(top) => top,
        None => return Ok(None),
    };
    let delimiter = format!("--{boundary}");
    let Some(part) = choose(text, first, &delimiter, start_id) else { return Ok(None) };
    odd.note(NoteKind::Multipart, begin, boundary);
    let content = part.content.clone();
    let plain = ["", "7bit", "8bit", "binary"].iter().any(|name| name.eq_ignore_ascii_case(part.encoding));
    if plain {
        return Ok(Some(Root { decoded: None, range: content }));
    }
    let mut places = Places::default();
    let bytes = if part.encoding.eq_ignore_ascii_case("base64") {
        base64(text, content, &mut places)?
    } else if part.encoding.eq_ignore_ascii_case("quoted-printable") {
        quoted_printable(text, content, &mut places)
    } else {
        let what = format!("the part with the envelope is encoded in a way that is not known: `{}`", part.encoding);
        return Err(Fail::new(DecodeErrorKind::NotAReply, what, content.start));
    };
    if bytes.len() > options.max_body {
        let what = format!("the part with the envelope has more than {} bytes", options.max_body);
        return Err(Fail::new(DecodeErrorKind::Limit, what, part.content.start));
    }
    let decoded = encoding::decode(&bytes).text.into_owned();
    Ok(Some(Root { range: 0..decoded.len(), decoded: Some((decoded, places)) }))
}

/// The boundary, the id of the part to start with, and where the first delimiter begins.
fn top(text: &str, begin: usize) -> Option<(&str, &str, usize)> {
    let rest = &text[begin..];
    if let Some(line) = rest.strip_prefix("--") {
        let line = line.lines().next().unwrap_or_default().trim_end();
        // The next line must be a header: prose can begin with dashes, too.
        let headers = rest.lines().nth(1).unwrap_or_default();
        let is_header = headers.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("content-"));
        let fits = !line.is_empty() && line.len() <= DELIMITER && is_header;
        return fits.then_some((line, "", begin));
    }
    // The headers of the whole message may stand before.
    let is_top = ["mime-version:", "content-type:"]
        .iter()
        .any(|name| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    if !is_top {
        return None;
    }
    let (headers, content) = headers(text, begin..text.len());
    let kind = header(text, headers, "content-type")?;
    if !kind.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/")) {
        return None;
    }
    let boundary = param(kind, "boundary").filter(|boundary| !boundary.is_empty() && boundary.len() <= DELIMITER)?;
    let first = memmem::find(&text.as_bytes()[content..], format!("--{boundary}").as_bytes())?;
    Some((boundary, param(kind, "start").unwrap_or_default(), content + first))
}

/// The part called `start_id`, or else the first one.
fn choose<'t>(text: &'t str, first: usize, delimiter: &str, start_id: &str) -> Option<Part<'t>> {
    let mut chosen = None;
    let mut at = first;
    loop {
        let line = at + delimiter.len();
        if text[line..].starts_with("--") {
            break;
        }
        let start = memchr::memchr(b'\n', &text.as_bytes()[line..]).map(|len| line + len + 1)?;
        let (lines, content) = headers(text, start..text.len());
        let next = memmem::find(&text.as_bytes()[content..], format!("\n{delimiter}").as_bytes());
        let end = next.map_or(text.len(), |len| content + len);
        let id = header(text, lines.clone(), "content-id").unwrap_or_default();
        let encoding = header(text, lines, "content-transfer-encoding").unwrap_or_default();
        let is_start = start_id.is_empty() || id.trim_matches(['<', '>']) == start_id.trim_matches(['<', '>']);
        let part = Part { encoding, content: content..end };
        if is_start && !start_id.is_empty() || chosen.is_none() {
            chosen = Some(part);
        }
        if is_start || next.is_none() {
            break;
        }
        at = end + 1;
    }
    chosen
}

/// Where the header lines of a part stand, and where its content begins.
fn headers(text: &str, part: Range<usize>) -> (Range<usize>, usize) {
    let mut at = part.start;
    for line in text[part.clone()].split_inclusive('\n').take(HEADERS) {
        let folded = line.starts_with([' ', '\t']);
        if line.trim().is_empty() {
            return (part.start..at, at + line.len());
        }
        if !folded && !line.contains(':') {
            break;
        }
        at += line.len();
    }
    (part.start..at, at)
}

/// The value of a header; one that goes on in further lines has them in it.
fn header<'t>(text: &'t str, lines: Range<usize>, name: &str) -> Option<&'t str> {
    let text = &text[lines];
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let mut len = line.len();
        while lines.peek().is_some_and(|next| next.starts_with([' ', '\t'])) {
            len += lines.next().map_or(0, str::len);
        }
        let whole = &text[at..at + len];
        at += len;
        if let Some((own, value)) = whole.split_once(':')
            && own.trim().eq_ignore_ascii_case(name)
        {
            return Some(value.trim());
        }
    }
    None
}

/// The value of a param in a header.
fn param<'t>(header: &'t str, name: &str) -> Option<&'t str> {
    header.split(';').skip(1).find_map(|param| {
        let (own, value) = param.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

/// Bytes out of base64.
fn base64(text: &str, content: Range<usize>, places: &mut Places) -> Result<Vec<u8>, Fail> {
    let mut out = Vec::with_capacity(content.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u8);
    let mut at = content.start;
    for line in text[content].split_inclusive('\n') {
        places.add(out.len(), at..at + line.len());
        for (offset, byte) in line.bytes().enumerate() {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                b'=' => {
                    (bits, count) = (0, 0);
                    continue;
                }
                _ if byte.is_ascii_whitespace() => continue,
                _ => {
                    let what = "the part with the envelope is no base64";
                    return Err(Fail::new(DecodeErrorKind::NotAReply, what, at + offset));
                }
            };
            bits = bits << 6 | u32::from(value);
            count += 1;
            match count {
                1 => {}
                2 => out.push((bits >> 4) as u8),
                3 => out.push((bits >> 2) as u8),
                _ => {
                    out.push(bits as u8);
                    (bits, count) = (0, 0);
                }
            }
        }
        at += line.len();
    }
    Ok(out)
}

/// Bytes out of quoted-printable; what is no escape stays as it is.
fn quoted_printable(text: &str, content: Range<usize>, places: &mut Places) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(content.len());
    let (mut at, end) = (content.start, content.end);
    places.add(0, content);
    while let Some(len) = bytes.get(at..end).and_then(|rest| memchr::memchr(b'=', rest)) {
        let escape = at + len;
        out.extend_from_slice(&bytes[at..escape]);
        let digit = |at: usize| bytes[..end].get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let after = match (digit(escape + 1), digit(escape + 2)) {
            (Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                escape + 3
            }
            // A line goes on.
            _ if bytes[escape + 1..end].starts_with(b"\r\n") => escape + 3,
            _ if bytes[escape + 1..end].starts_with(b"\n") => escape + 2,
            _ => {
                out.push(b'=');
                escape + 1
            }
        };
        at = after;
        places.add(out.len(), at..end);
    }
    out.extend_from_slice(&bytes[at.min(end)..end]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_undone() {
        let whole = |text: &str| 0..text.len();
        let places = &mut Places::default();
        for (encoded, plain) in [("PGE+", "<a>"), ("PGEv\r\nPg==", "<a/>"), ("PGE+YjwvYT4=", "<a>b</a>"), ("", "")] {
            assert_eq!(base64(encoded, whole(encoded), places).unwrap(), plain.as_bytes(), "{encoded}");
        }
        assert_eq!(base64("PGE\u{1}", 0..4, places).unwrap_err().offset, 3);
        for (encoded, plain) in [("<a b=3D\"1\">=C3=A9=\r\n</a>", "<a b=\"1\">é</a>"), ("x=", "x="), ("=4", "=4")] {
            let bytes = quoted_printable(encoded, whole(encoded), places);
            assert_eq!(String::from_utf8(bytes).unwrap(), plain, "{encoded}");
        }
    }
}
