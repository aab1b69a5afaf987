//! The framing of a chunked body: sizes stay readable for ureq, extensions and trailers are blanked.
//!
//! It reads the framing by ureq's own rules, and reads what ureq will read, so that the two cannot disagree on where
//! data begins.

use super::head::blank;

/// Where in a chunked body the next byte stands.
#[derive(Default)]
pub(super) struct Chunks {
    /// The line of a size so far, as ureq sees it.
    line: Vec<u8>,
    /// Whether the last byte of the framing was a carriage return.
    cr: bool,
    part: Part,
}

#[derive(Default)]
enum Part {
    #[default]
    Size,
    /// Bytes that are still to come.
    Data(usize),
    DataEnd,
    Trailer {
        /// Whether the line holds nothing yet; an empty one ends the body.
        empty: bool,
    },
}

/// What comes next.
pub(super) enum Step {
    /// So many bytes of data.
    Data(usize),
    /// One byte of the framing, to be shown as this.
    Framing(u8),
    /// The last byte of the body, to be shown as this.
    End(u8),
    /// Nothing that ureq takes.
    Malformed,
}

/// ureq takes no longer line of a size.
const LONGEST_SIZE: usize = 20;

impl Chunks {
    /// Tells what the first of the bytes that came in is; there is at least one.
    pub(super) fn step(&mut self, from: &[u8]) -> Step {
        let byte = from[0];
        if let Part::Data(left) = &mut self.part {
            let taken = from.len().min(*left);
            *left -= taken;
            if *left == 0 {
                self.part = Part::DataEnd;
            }
            return Step::Data(taken);
        }
        if self.cr {
            self.cr = false;
            return if byte == b'\n' { self.line_end() } else { Step::Malformed };
        }
        if byte == b'\r' {
            self.cr = true;
            return Step::Framing(byte);
        }
        match &mut self.part {
            Part::Size => {
                let shown = self.size_byte(byte);
                // One more than can be right is enough to know that it is not.
                if self.line.len() <= LONGEST_SIZE {
                    self.line.push(shown);
                }
                Step::Framing(shown)
            }
            Part::Trailer { empty } => {
                *empty = false;
                Step::Framing(blanked(byte))
            }
            Part::Data(_) | Part::DataEnd => Step::Malformed,
        }
    }

    /// A byte of the line of a size: the extension after a semicolon is no one's business.
    fn size_byte(&self, byte: u8) -> u8 {
        let size = self.line.len() <= LONGEST_SIZE && !self.line.contains(&b';');
        if size && (byte.is_ascii_hexdigit() || b"+; \t".contains(&byte)) { byte } else { blanked(byte) }
    }

    fn line_end(&mut self) -> Step {
        let next = match self.part {
            Part::Size => match self.size() {
                None => return Step::Malformed,
                Some(0) => Part::Trailer { empty: true },
                Some(size) => Part::Data(size),
            },
            Part::Trailer { empty: true } => return Step::End(b'\n'),
            Part::Trailer { empty: false } => Part::Trailer { empty: true },
            Part::Data(_) | Part::DataEnd => Part::Size,
        };
        self.part = next;
        self.line.clear();
        Step::Framing(b'\n')
    }

    fn size(&self) -> Option<usize> {
        if self.line.len() > LONGEST_SIZE {
            return None;
        }
        let digits = self.line.split(|byte| *byte == b';').next()?;
        usize::from_str_radix(std::str::from_utf8(digits).ok()?.trim(), 16).ok()
    }
}

fn blanked(byte: u8) -> u8 {
    let mut shown = [byte];
    blank(&mut shown);
    shown[0]
}
