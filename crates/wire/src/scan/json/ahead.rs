//! Looks ahead in JSON, where a repair must be decided by what follows.

use crate::scan::swar;
use memchr::memmem;

/// Bytes looked at ahead when a repair must be decided.
const AHEAD: usize = 256;

/// Whether the quote at `at` closes its string: what follows could not stand inside.
pub(crate) fn closes(bytes: &[u8], at: usize, quote: u8) -> bool {
    let rest = &bytes[at + 1..bytes.len().min(at + 1 + AHEAD)];
    let Some(next) = rest.iter().position(|byte| !byte.is_ascii_whitespace()) else { return true };
    match rest[next] {
        b'}' | b']' | b':' | b'=' | b'{' | b'[' => true,
        b'/' => matches!(rest.get(next + 1), Some(b'/' | b'*')),
        b'.' => rest[next..].starts_with(b"..."),
        b',' => {
            // A comma ends the value when a key, a value or a bracket follows.
            let after = &rest[next + 1..];
            after.iter().find(|byte| !byte.is_ascii_whitespace()).is_none_or(|byte| {
                matches!(byte, b'"' | b'\'' | b'{' | b'}' | b'[' | b']' | b'-' | b'.' | b',' | b'/' | b'0'..=b'9')
                    || matches!(byte, b'_' | b'a'..=b'z' | b'A'..=b'Z') && word_follows(after)
            })
        }
        byte if byte == quote => {
            // A second string without a comma between: a key when a colon follows it, or on a line of its own.
            rest[..next].contains(&b'\n') || key_follows(&rest[next..], quote)
        }
        _ => rest[..next].contains(&b'\n'),
    }
}

/// Whether a word that can stand without quotes follows: a literal, or a key with its colon.
fn word_follows(rest: &[u8]) -> bool {
    let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let rest = &rest[blank..];
    let word = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    if matches!(&rest[..word], b"true" | b"false" | b"null") {
        return true;
    }
    let rest = &rest[word..];
    // The closing quote of a key without an opening one may stand between.
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

fn key_follows(rest: &[u8], quote: u8) -> bool {
    let Some(end) = rest[1..].iter().position(|byte| *byte == quote) else { return false };
    rest[end + 2..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

/// Whether the quote at `at`, behind a comma, opens a key: a word, a quote and a colon follow.
pub(crate) fn begins_key(bytes: &[u8], at: usize, quote: u8) -> bool {
    if bytes[..at].iter().rev().find(|byte| !byte.is_ascii_whitespace()) != Some(&b',') {
        return false;
    }
    let rest = &bytes[at + 1..bytes.len().min(at + AHEAD)];
    let word = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    word > 0
        && rest.get(word) == Some(&quote)
        && rest[word + 1..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

/// Whether the line after `at` begins with a key, or closes a bracket.
pub(crate) fn begins_structure(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at..bytes.len().min(at + AHEAD)];
    let Some(next) = rest.iter().position(|byte| !byte.is_ascii_whitespace()) else { return false };
    match rest[next] {
        b'}' | b']' => true,
        quote @ (b'"' | b'\'') => key_follows(&rest[next..], quote),
        _ => false,
    }
}

/// The end of the comment that begins at `at`.
pub(crate) fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    if rest[1] == b'/' {
        return memchr::memchr(b'\n', rest).map(|end| at + end + 1);
    }
    // It is near in nearly every case, where a search would cost more than the comment.
    let rest = &rest[2..];
    let near = rest.windows(2).take(16).position(|pair| pair == b"*/");
    near.or_else(|| memmem::find(rest, b"*/")).map(|end| at + 2 + end + 2)
}

/// How many more brackets are opened than closed, strings left out.
pub(crate) fn unclosed(bytes: &[u8]) -> i64 {
    const OPENS: [i8; 256] = {
        let mut opens = [0; 256];
        (opens[b'{' as usize], opens[b'[' as usize]) = (1, 1);
        (opens[b'}' as usize], opens[b']' as usize]) = (-1, -1);
        opens
    };
    let (mut depth, mut pos) = (0i64, 0);
    while let Some(byte) = bytes.get(pos) {
        pos += 1;
        if *byte != b'"' {
            depth += i64::from(OPENS[usize::from(*byte)]);
            continue;
        }
        let mask = |word| swar::first(word, b'"') | swar::first(word, b'\\');
        while let Some(end) = swar::find(bytes, pos, mask, |byte| matches!(byte, b'"' | b'\\')) {
            pos = end + 1 + usize::from(bytes[end] == b'\\');
            if bytes[end] == b'"' || pos >= bytes.len() {
                break;
            }
        }
    }
    depth
}
