//! Percent-encoding for the query component of a URL.

use std::fmt::Write as _;
use std::ops::Range;

/// What stands in place of a secret value.
pub(super) const REDACTED: &str = "<redacted>";

/// Which bytes stand for themselves.
static UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

/// Appends `text`; everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX`, of its UTF-8 bytes.
pub(super) fn encode_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !UNRESERVED[usize::from(byte)]) {
        let (plain, other) = rest.split_at(at);
        out.push_str(plain);
        let mut others = other.chars();
        for byte in others.next().unwrap_or_default().encode_utf8(&mut [0; 4]).bytes() {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        rest = others.as_str();
    }
    out.push_str(rest);
}

/// A text as it stands in the query of a URL: everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX`, of its UTF-8 bytes.
pub fn percent_encode(text: &str) -> String {
    encode(text)
}

/// The path of a value, in which what parts its names stays for eyes to see.
pub(super) fn encode_path(path: &str) -> String {
    encode(path).replace("%2F", "/").replace("%5B", "[").replace("%5D", "]")
}

/// A text for eyes: what stands at `secrets`, in order and apart, is not shown.
pub(super) fn redacted(whole: &str, secrets: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(whole.len());
    let mut shown = 0;
    for secret in secrets {
        out.push_str(&whole[shown..secret.start]);
        out.push_str(REDACTED);
        shown = secret.end;
    }
    out.push_str(&whole[shown..]);
    out
}

/// `text` encoded.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::new();
    encode_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("AZaz09-._~"), "AZaz09-._~");
        assert_eq!(encode("a b+c&d=e/f?g%h"), "a%20b%2Bc%26d%3De%2Ff%3Fg%25h");
        assert_eq!(encode("münchen.de"), "m%C3%BCnchen.de");
        assert_eq!(encode("\u{1F600}\n"), "%F0%9F%98%80%0A");
    }
}
