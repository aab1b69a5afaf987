//! Where tags and their names begin and end.

use crate::scan::body::{find_near, skip_blank};

/// Whether blanks and a slash follow: an end tag written `< /Name>`.
pub(crate) fn is_blank_end_tag(bytes: &[u8], from: usize) -> bool {
    let slash = skip_blank(bytes, from);
    slash < from + 8 && bytes.get(slash) == Some(&b'/') && bytes.get(slash + 1).is_some_and(u8::is_ascii_alphabetic)
}

/// A name without its namespace prefix.
pub(crate) fn local_name(name: &str) -> &str {
    match name.bytes().rposition(|byte| byte == b':') {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

/// Whether a tag, or other markup, begins at the bracket `tag`; `None` when the text ends there.
pub(crate) fn begins_tag(bytes: &[u8], tag: usize) -> Option<bool> {
    Some(match bytes.get(tag + 1)? {
        b'/' | b'!' | b'?' | b'_' | b':' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => true,
        b' ' | b'\t' | b'\n' | b'\r' => is_blank_end_tag(bytes, tag + 1),
        _ => false,
    })
}

pub(crate) fn name_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let len = rest.iter().position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'<' | b'='));
    from.min(bytes.len()) + len.unwrap_or(rest.len())
}

/// Where a tag ends: at `>` outside quotes, or before a `<` that begins the next tag.
#[inline]
pub(crate) fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    // At the end of the name in nearly every case.
    if bytes.get(from) == Some(&b'>') { Some(from) } else { far_tag_end(bytes, from) }
}

fn far_tag_end(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let len = bytes.get(from..)?.iter().position(|byte| matches!(byte, b'>' | b'<' | b'"' | b'\''))?;
        let at = from + len;
        match bytes[at] {
            b'>' | b'<' => return Some(at),
            quote => from = find_near(bytes, at + 1, quote)? + 1,
        }
    }
}
