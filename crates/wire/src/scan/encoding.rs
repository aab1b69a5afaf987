//! Bytes to text: UTF-8, UTF-16 with and without a mark, else Windows-1252; and offsets in the text back to the bytes.

use crate::NoteKind;
use std::borrow::Cow;

/// What the bytes were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { big: bool },
    Windows1252,
}

/// A body as text, with what was odd about its bytes.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// Kind, offset in the bytes, text.
    pub notes: Vec<(NoteKind, usize, &'static str)>,
    encoding: Encoding,
    /// Bytes of the mark before the text.
    mark: usize,
}

/// Turns bytes into text.
pub(crate) fn decode(body: &[u8]) -> Decoded<'_> {
    const MARKS: [(&[u8], &str, Encoding); 3] = [
        (&[0xEF, 0xBB, 0xBF], "UTF-8", Encoding::Utf8),
        (&[0xFF, 0xFE], "UTF-16LE", Encoding::Utf16 { big: false }),
        (&[0xFE, 0xFF], "UTF-16BE", Encoding::Utf16 { big: true }),
    ];
    let marked = MARKS
        .into_iter()
        .find_map(|(mark, name, encoding)| Some((body.strip_prefix(mark)?, mark.len(), name, encoding)));
    let (rest, mark, encoding) = match marked {
        Some((rest, mark, _, encoding)) => (rest, mark, encoding),
        None => (body, 0, looks_like_utf_16(body).map_or(Encoding::Utf8, |big| Encoding::Utf16 { big })),
    };
    let mut notes = Vec::new();
    if let Some((_, _, name, _)) = marked {
        notes.push((NoteKind::ByteOrderMark, 0, name));
    }
    if let Encoding::Utf16 { big } = encoding {
        notes.push((NoteKind::Encoding, 0, if big { "UTF-16BE" } else { "UTF-16LE" }));
        let units = rest.chunks(2).map(|pair| match *pair {
            [a, b] if big => u16::from_be_bytes([a, b]),
            [a, b] => u16::from_le_bytes([a, b]),
            _ => 0xFFFD,
        });
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        return Decoded { text: text.into(), notes, encoding, mark };
    }
    match std::str::from_utf8(rest) {
        Ok(text) => Decoded { text: text.into(), notes, encoding, mark },
        Err(error) => {
            let text: String = rest.iter().map(|byte| windows_1252(*byte)).collect();
            notes.push((NoteKind::Encoding, mark + error.valid_up_to(), "Windows-1252"));
            Decoded { text: text.into(), notes, encoding: Encoding::Windows1252, mark }
        }
    }
}

impl Decoded<'_> {
    /// Whether offsets in the text are those in the bytes.
    pub fn is_as_sent(&self) -> bool {
        self.encoding == Encoding::Utf8 && self.mark == 0
    }

    /// Turns offsets in the text, given in rising order, into offsets in the bytes.
    pub fn places(&self) -> impl FnMut(usize) -> usize {
        let mut last = (0, self.mark);
        move |offset| {
            let to = offset.min(self.text.len());
            if to < last.0 {
                last = (0, self.mark);
            }
            let between = self.text.get(last.0..to).unwrap_or_default();
            let bytes = match self.encoding {
                Encoding::Utf8 => between.len(),
                Encoding::Utf16 { .. } => between.encode_utf16().count() * 2,
                Encoding::Windows1252 => between.chars().count(),
            };
            last = (to, last.1 + bytes);
            last.1
        }
    }
}

/// Whether the bytes are UTF-16 without a mark: every other one of the first is zero. `true` for big endian.
fn looks_like_utf_16(body: &[u8]) -> Option<bool> {
    match *body.first_chunk()? {
        [0, a, 0, b] if a != 0 && b != 0 => Some(true),
        [a, 0, b, 0] if a != 0 && b != 0 => Some(false),
        _ => None,
    }
}

/// The characters that Windows-1252 has where ISO-8859-1 has control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back_to_the_bytes() {
        for (body, text_offset, byte_offset) in
            [(&b"\xEF\xBB\xBFab"[..], 1, 4), (&b"\xFCab"[..], 3, 2), (&b"\xFF\xFEa\0b\0"[..], 1, 4), (&b"ab"[..], 1, 1)]
        {
            assert_eq!(decode(body).places()(text_offset), byte_offset, "{body:?}");
        }
    }
}
