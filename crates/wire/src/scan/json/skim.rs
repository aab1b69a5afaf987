//! Passing over what only adds to counts: once no more notes are kept, that is all that comes of members whose names mean
//! nothing. A body can hold millions of them.

use super::documented::plain_string;
use super::{Comma, JsonScanner, Open};
use crate::decode::walker::{FrameKind, MAX_DEPTH, Meaning, Walker};
use crate::scan::body::skip_blank;
use crate::scan::json_text::is_number;

/// A member that leaves no doubt what it is.
struct Member<'a> {
    name: &'a str,
    /// Where its value ends.
    end: usize,
    /// How many notes the general way would take of how it is written.
    notes: usize,
}

impl JsonScanner {
    /// Goes on behind members from the key at `at` on whose names mean nothing and whose values are plain. Counts what the
    /// general way would note, and leaves to it all else; `false` when that is the first one already.
    pub(super) fn skim(&mut self, body: &str, at: usize, walker: &mut Walker) -> bool {
        let kind = walker.top().kind;
        if !walker.only_counts()
            || self.comma != Comma::Unexpected
            || !matches!(self.open.last(), Some(Open::Object { .. }))
            || !matches!(kind, FrameKind::Record | FrameKind::Level | FrameKind::Unknown)
            || walker.strange() != Meaning::Unknown
            || walker.depth().max(self.open.len()) >= MAX_DEPTH
        {
            return false;
        }
        let bytes = body.as_bytes();
        let (mut key, mut members, mut notes) = (at, 0, 0);
        while let Some(member) = member_at(body, key) {
            if !walker.is_strange(member.name) {
                break;
            }
            members += 1;
            notes += member.notes + 1;
            (self.pos, self.comma, self.comma_at) = (member.end, Comma::Expected, None);
            let comma = skip_blank(bytes, member.end);
            if bytes.get(comma) != Some(&b',') {
                break;
            }
            (self.pos, self.comma, self.comma_at) = (comma + 1, Comma::Unexpected, Some(comma));
            key = skip_blank(bytes, comma + 1);
        }
        if members == 0 {
            return false;
        }
        self.unknown_items = false;
        walker.count_unknown(members, notes);
        true
    }
}

/// The member whose key is at `at`, when that is a word in quotes, with a comma behind it or not, and its value is a plain
/// string, a word, or an object or array without anything in it.
fn member_at(body: &str, at: usize) -> Option<Member<'_>> {
    let bytes = body.as_bytes();
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let stop = word_end(bytes, at + 1);
    let quote = stop + usize::from(bytes.get(stop) == Some(&b','));
    if stop == at + 1 || bytes.get(quote) != Some(&b'"') {
        return None;
    }
    let mut notes = quote - stop;
    let mut value = skip_blank(bytes, quote + 1);
    if bytes.get(value) == Some(&b':') {
        value = skip_blank(bytes, value + 1);
    } else {
        notes += 1;
    }
    let end = match bytes.get(value)? {
        b'"' => plain_string(bytes, value)?.0 + 1,
        open @ (b'{' | b'[') => {
            let close = skip_blank(bytes, value + 1);
            // The closing brackets stand two behind the opening ones.
            if *bytes.get(close)? != open + 2 {
                return None;
            }
            close + 1
        }
        _ => {
            let end = word_end(bytes, value);
            if end == value || !matches!(bytes.get(end), Some(b',' | b'}' | b']')) {
                return None;
            }
            match &bytes[value..end] {
                b"null" | b"None" | b"undefined" | b"NULL" | b"Null" => return None,
                b"true" | b"false" => {}
                word if is_number(word) => {}
                _ => notes += 1,
            }
            end
        }
    };
    Some(Member { name: &body[at + 1..stop], end, notes })
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let len = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'));
    from + len.unwrap_or(rest.len())
}
