//! What comes before scanning: which format a body is in, where the reply begins in it, and what is no reply at all.

use super::Fail;
use crate::Format;
use crate::decode::error::DecodeErrorKind;
use crate::shape::ReplyShape;

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
    let Some(tag) = text.strip_prefix('<') else { return false };
    let len = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    // A short prefix is none.
    is_html(&tag[..len]) && tag.as_bytes().get(len) != Some(&b':')
}

/// Whether an element is HTML's and marks up text.
pub(crate) fn is_html(name: &str) -> bool {
    const NAMES: [&str; 18] = [
        "a", "b", "br", "center", "div", "em", "font", "h1", "hr", "i", "p", "pre", "span", "strong", "sub", "sup",
        "table", "u",
    ];
    name.len() <= "strong".len() && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Where an HTML page begins.
fn html(text: &str) -> Option<usize> {
    let head = &text.as_bytes()[..text.len().min(1024)];
    let stands = |at: usize, mark: &str| {
        head.get(at..at + mark.len()).is_some_and(|found| found.eq_ignore_ascii_case(mark.as_bytes()))
    };
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| stands(0, mark)) {
        return Some(0);
    }
    // Comments and declarations may stand before.
    if stands(0, "<!--") || stands(0, "<?xml") {
        let first = memchr::memchr_iter(b'<', head).find(|at| !matches!(head.get(at + 1), Some(b'!' | b'?')));
        return first.filter(|at| stands(*at, "<html"));
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
    const SPACES: u64 = 0x2020_2020_2020_2020;
    loop {
        // A line end comes with the blanks of the next line behind it.
        match bytes.get(pos) {
            Some(b'\n' | b'\r' | b'\t') => pos += 1,
            Some(b' ') => {}
            _ => return pos,
        }
        while let Some(chunk) = bytes.get(pos..).and_then(<[u8]>::first_chunk::<8>) {
            let others = u64::from_le_bytes(*chunk) ^ SPACES;
            if others != 0 {
                pos += (others.trailing_zeros() / 8) as usize;
                break;
            }
            pos += 8;
        }
        while bytes.get(pos) == Some(&b' ') {
            pos += 1;
        }
    }
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
