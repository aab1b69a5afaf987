//! Where the parts of a text that was put together anew stood before.

use std::ops::Range;

/// A part: where it begins in the new text, where in the old one, and how long it was there.
#[derive(Debug, Clone, Copy)]
struct Part {
    new: usize,
    old: usize,
    len: usize,
}

/// The parts of a text in their order; none for a text that is as it was.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Vec<Part>);

impl Places {
    /// Where what stands at `offset` stood before.
    pub fn before(&self, offset: usize) -> usize {
        let at = self.0.partition_point(|part| part.new <= offset);
        match at.checked_sub(1).map(|at| self.0[at]) {
            Some(part) => part.old + (offset - part.new).min(part.len),
            None => self.0.first().map_or(offset, |first| first.old),
        }
    }

    /// A text that is a part of the old one.
    pub fn of(part: &Range<usize>) -> Self {
        Self(vec![Part { new: 0, old: part.start, len: part.len() }])
    }

    /// What begins at `new` stood in `old`. Beyond so many parts what comes is taken for the end of the last one.
    pub fn add(&mut self, new: usize, old: Range<usize>) {
        if self.0.len() < LEAST + new / BYTES_PER_PART {
            self.0.push(Part { new, old: old.start, len: old.len() });
        }
    }
}

/// A text that is put together of parts of another one, and of little beside.
#[derive(Debug, Default)]
pub(super) struct Pieced {
    pub text: String,
    pub places: Places,
}

/// Parts that are told apart at least, and for how many bytes of the text one more: what is known of a text stays small
/// beside it.
const LEAST: usize = 1 << 16;
const BYTES_PER_PART: usize = 64;

impl Pieced {
    /// Copies a part of the old text.
    pub fn copy(&mut self, old: &str, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        self.places.add(self.text.len(), part.clone());
        self.text.push_str(&old[part]);
    }

    /// Writes what did not stand there; it is taken for what stands at `place`.
    pub fn write(&mut self, words: [&str; 3], place: usize) {
        self.places.add(self.text.len(), place..place);
        words.into_iter().for_each(|word| self.text.push_str(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back() {
        let old = "0123456789";
        let mut pieced = Pieced::default();
        pieced.copy(old, 2..4);
        pieced.write(["<", "a", ">"], 5);
        pieced.copy(old, 7..10);
        assert_eq!(pieced.text, "23<a>789");
        let before: Vec<_> = (0..9).map(|at| pieced.places.before(at)).collect();
        assert_eq!(before, [2, 3, 5, 5, 5, 7, 8, 9, 10]);
        assert_eq!(Places::default().before(3), 3);
        assert_eq!(Places::of(&(4..6)).before(9), 6);
    }
}
