//! Tokens of JSON: strings, numbers and words, with the repairs inside them.

use super::json::ahead::{begins_key, begins_structure, closes};
use super::swar;
use crate::NoteKind;
use crate::decode::walker::Walker;
use crate::note::NoteTaker;
use std::borrow::Cow;

/// What a scalar was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    String,
    Number,
    Bool,
    Null,
    /// Something without quotes that is none of the others.
    Word,
}

/// A scalar or key.
#[derive(Debug, Clone)]
pub(crate) struct Token<'a> {
    pub kind: TokenKind,
    pub text: Cow<'a, str>,
    /// Where the text begins.
    pub at: usize,
    /// Where the token ends.
    pub end: usize,
}

impl Token<'_> {
    /// A value that is not there.
    pub fn null(at: usize) -> Self {
        Self { kind: TokenKind::Null, text: Cow::Borrowed(""), at, end: at }
    }
}

/// A key: a string, or a bare word.
pub(crate) fn key<'a>(body: &'a str, at: usize, walker: &mut Walker) -> Option<Token<'a>> {
    let bytes = body.as_bytes();
    if matches!(bytes[at], b'"' | b'\'') {
        return quoted_key(body, at, walker);
    }
    if !bytes[at].is_ascii()
        && let Some(token) = curly(body, at, walker)
    {
        return Some(token);
    }
    let stop = |byte: u8| matches!(byte, b':' | b'=' | b',' | b'{' | b'}' | b'[' | b']' | b'"' | b'\'' | b'\n');
    let end = super::body::position(bytes, at, stop)?;
    let end = end.max(next_char(body, at));
    let text = body[at..end].trim_end();
    walker.note(NoteKind::UnquotedKey, at, text);
    // A quote behind the word is the closing one.
    let end = end + usize::from(bytes.get(end) == Some(&b'"'));
    Some(Token { kind: TokenKind::Word, text: Cow::Borrowed(text), at, end })
}

/// A key in quotes: it ends at the next quote, or at its colon when that quote is a value's.
fn quoted_key<'a>(body: &'a str, at: usize, walker: &mut Walker) -> Option<Token<'a>> {
    let bytes = body.as_bytes();
    let quote = bytes[at];
    let start = at + 1;
    let mask = |word| swar::first(word, quote) | swar::first(word, b'\\');
    let end = swar::find(bytes, start, mask, |byte| byte == quote || byte == b'\\')?;
    if bytes[end] == b'\\' {
        return string(body, at, walker);
    }
    if quote == b'\'' {
        walker.note(NoteKind::SingleQuotes, at, "'");
    }
    let token = |end: usize, next: usize| Token {
        kind: TokenKind::String,
        text: Cow::Borrowed(&body[start..end]),
        at: start,
        end: next,
    };
    let after = bytes[end + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
    if let Some(colon) = body[start..end].find(':')
        && !matches!(after, Some(b':' | b'='))
    {
        walker.note(NoteKind::UnclosedString, start + colon, "");
        return Some(token(start + colon, start + colon));
    }
    Some(token(end, end + 1))
}

/// A string in typographic quotes.
fn curly<'a>(body: &'a str, at: usize, walker: &mut Walker) -> Option<Token<'a>> {
    let mut letters = body[at..].chars();
    let open = letters.next().filter(|open| matches!(open, '“' | '”' | '„' | '«'))?;
    let start = at + open.len_utf8();
    let end = start + body[start..].find(['“', '”', '»', '\n'])?;
    let close = body[end..].chars().next().filter(|close| *close != '\n')?;
    walker.note(NoteKind::SingleQuotes, at, &body[at..start]);
    Some(Token {
        kind: TokenKind::String,
        text: Cow::Borrowed(&body[start..end]),
        at: start,
        end: end + close.len_utf8(),
    })
}

fn next_char(body: &str, at: usize) -> usize {
    at + body[at..].chars().next().map_or(1, char::len_utf8)
}

/// A scalar value.
pub(crate) fn scalar<'a>(body: &'a str, at: usize, walker: &mut Walker) -> Option<Token<'a>> {
    let bytes = body.as_bytes();
    if matches!(bytes[at], b'"' | b'\'') {
        return string(body, at, walker);
    }
    if !bytes[at].is_ascii()
        && let Some(token) = curly(body, at, walker)
    {
        return Some(token);
    }
    let stop = |byte: u8| matches!(byte, b',' | b'}' | b']' | b'\n' | b'\r');
    let end = super::body::position(bytes, at, stop)?;
    let end = if end == at { next_char(body, at) } else { end };
    let text = match bytes[end - 1] {
        b'!'..=b'~' => &body[at..end],
        _ => body[at..end].trim_end(),
    };
    // Something that only Unicode calls a blank stands there alone: it must be passed over.
    let end = if text.is_empty() { end } else { at + text.len() };
    let token = |kind, text| Some(Token { kind, text: Cow::Borrowed(text), at, end });
    if is_number(text.as_bytes()) {
        return token(TokenKind::Number, text);
    }
    match text {
        "true" | "false" => return token(TokenKind::Bool, text),
        "null" => return token(TokenKind::Null, ""),
        _ => walker.note(NoteKind::UnquotedValue, at, text),
    }
    match text {
        "None" | "undefined" | "NULL" | "Null" => token(TokenKind::Null, ""),
        // The closing quote of a string without an opening one.
        _ => match text.strip_suffix('"') {
            Some(text) => token(TokenKind::String, text),
            None => token(TokenKind::Word, text),
        },
    }
}

/// Whether `text` is a number as JSON writes it.
pub(crate) fn is_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits(text);
    if whole == 0 || whole > 1 && text[0] == b'0' {
        return false;
    }
    let mut rest = &text[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let len = digits(fraction);
        if len == 0 {
            return false;
        }
        rest = &fraction[len..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        let len = digits(exponent);
        return len > 0 && len == exponent.len();
    }
    rest.is_empty()
}

/// A string in double or single quotes. `None` when the body ends before it does.
pub(crate) fn string<'a>(body: &'a str, open: usize, notes: &mut dyn NoteTaker) -> Option<Token<'a>> {
    let bytes = body.as_bytes();
    let quote = bytes[open];
    if quote == b'\'' {
        notes.note(NoteKind::SingleQuotes, open, "'");
    }
    let start = open + 1;
    let mut pos = start;
    let mut owned: Option<String> = None;
    let mut kept = start;
    loop {
        let mask = |word| swar::first(word, quote) | swar::first(word, b'\\') | swar::first_below(word, 0x20);
        let at = swar::find(bytes, pos, mask, |byte| byte == quote || byte == b'\\' || byte < 0x20)?;
        match bytes[at] {
            b'\\' => {
                let text = owned.get_or_insert_default();
                text.push_str(&body[kept..at]);
                pos = escape(body, at, text, notes)?;
                kept = pos;
            }
            byte if byte < 0x20 => {
                if matches!(byte, b'\n' | b'\r') && begins_structure(bytes, at) {
                    // The line ends and the next one begins with a key or a bracket: the closing quote is missing.
                    notes.note(NoteKind::UnclosedString, at, "");
                    let end = at - usize::from(at > kept && bytes[at - 1] == b',');
                    return Some(finish(body, owned, kept, end, start, end));
                }
                notes.note(NoteKind::RawControl, at, "");
                // A run of line ends and blanks is looked at once.
                pos = super::body::skip_blank(bytes, at).max(at + 1);
            }
            _ if bytes[at + 1..].starts_with(&[quote; 3]) => {
                // The first of many quotes neither closes the string nor opens a key, whatever stands behind the last.
                let run = bytes[at..].iter().take_while(|byte| **byte == quote).count();
                pos = at + run - 3;
                for at in at..pos {
                    notes.note(NoteKind::WrongEscape, at, "\"");
                }
            }
            _ if at > start && begins_key(bytes, at, quote) => {
                // A key begins here: the string before it was not closed.
                notes.note(NoteKind::UnclosedString, at, "");
                let end = body[..at].trim_end().len();
                let end = end - usize::from(bytes[end - 1] == b',');
                return Some(finish(body, owned, kept.min(end), end.max(kept), start, end.max(kept)));
            }
            _ if closes(bytes, at, quote) => return Some(finish(body, owned, kept, at, start, at + 1)),
            _ => {
                notes.note(NoteKind::WrongEscape, at, "\"");
                pos = at + 1;
            }
        }
    }
}

fn finish(body: &str, owned: Option<String>, kept: usize, end: usize, start: usize, next: usize) -> Token<'_> {
    let text = match owned {
        None => Cow::Borrowed(&body[start..end]),
        Some(mut text) => {
            text.push_str(&body[kept..end]);
            Cow::Owned(text)
        }
    };
    Token { kind: TokenKind::String, text, at: start, end: next }
}

/// Reads the escape at `at` into `text`; returns where it ends.
fn escape(body: &str, at: usize, text: &mut String, notes: &mut dyn NoteTaker) -> Option<usize> {
    let bytes = body.as_bytes();
    let letter = *bytes.get(at + 1)?;
    let plain = match letter {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return Some(unicode_escape(body, at, text, notes)),
        b'x' if hex_escape(body, at).is_some() => {
            notes.note(NoteKind::WrongEscape, at, "\\x");
            text.extend(hex_escape(body, at));
            return Some(at + 4);
        }
        _ => {
            notes.note(NoteKind::WrongEscape, at, "\\");
            if letter != b'\'' {
                text.push('\\');
            }
            return Some(at + 1);
        }
    };
    text.push(plain);
    Some(at + 2)
}

/// The character of `\xNN`, which JavaScript has and JSON has not.
fn hex_escape(body: &str, at: usize) -> Option<char> {
    let digits = body.get(at + 2..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok().map(char::from)
}

fn unicode_escape(body: &str, at: usize, text: &mut String, notes: &mut dyn NoteTaker) -> usize {
    let unit = |at: usize| {
        let digits = body.get(at + 2..at + 6).filter(|_| body.as_bytes()[at..].starts_with(b"\\u"))?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let Some(first) = unit(at) else {
        notes.note(NoteKind::WrongEscape, at, "\\u");
        text.push_str("\\u");
        return at + 2;
    };
    if let Some(letter) = char::from_u32(u32::from(first)) {
        text.push(letter);
        return at + 6;
    }
    let second = unit(at + 6);
    if let Some(second) = second
        && let Some(Ok(letter)) = char::decode_utf16([first, second]).next()
    {
        text.push(letter);
        return at + 12;
    }
    notes.note(NoteKind::WrongEscape, at, &body[at..at + 6]);
    text.push(char::REPLACEMENT_CHARACTER);
    at + 6
}
