//! Looking ahead for the end tag of an element, when a repair depends on whether it comes.
//!
//! Every odd tag may ask, and asks about the few kilobytes behind it, so what was found is remembered: the same bytes are
//! not searched for the same tag again. What all questions together may cost is in proportion to the body.

use crate::Text;
use memchr::memmem;

/// Bytes looked at ahead when a repair must be decided.
const AHEAD: usize = 4096;

/// Tags that are remembered.
const MOST: usize = 16;

/// Bytes that may be searched for each byte of the body before, and at least: a body in which repairs are made honestly needs
/// a few.
const PER_BYTE: usize = 24;
const LEAST: usize = 1 << 20;

/// What is known of the tags that come.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    tags: Vec<Found>,
    /// Where the next tag is remembered when there is no more room.
    next: usize,
    /// Bytes that were searched.
    spent: usize,
    /// The tag that is searched for.
    needle: String,
}

/// Where a tag comes first in a part of the body.
#[derive(Debug)]
struct Found {
    name: Text,
    closes: bool,
    /// The part, in bytes from the body's start.
    from: usize,
    to: usize,
    at: Option<usize>,
}

/// A copy needs to know only what it may still spend.
impl Clone for Ahead {
    fn clone(&self) -> Self {
        Self { spent: self.spent, ..Self::default() }
    }
}

impl Ahead {
    /// Whether the end tag of the innermost element, called `own`, comes behind `from`, before another element of its name
    /// begins and before the end tag of the element around it. `base` is what stood before `body`.
    pub fn closes(&mut self, body: &str, base: usize, from: usize, own: &str, around: &str) -> bool {
        let end = body.len().min(from + AHEAD);
        let Some(closes) = self.find(body, base, from..end, own, true) else { return false };
        // Otherwise it is the end tag of another element of the same name.
        own != around
            && self.find(body, base, from..closes, own, false).is_none()
            && self.find(body, base, from..closes, around, true).is_none()
    }

    /// Where the start or end tag called `name` comes first in a part of the body, whole.
    fn find(
        &mut self,
        body: &str,
        base: usize,
        part: std::ops::Range<usize>,
        name: &str,
        closes: bool,
    ) -> Option<usize> {
        let len = name.len() + 2 + usize::from(closes);
        let (from, to) = (part.start + base, part.end + base);
        let known = self.tags.iter().position(|tag| tag.closes == closes && tag.name == name);
        let mut start = from;
        if let Some(tag) = known.map(|known| &self.tags[known])
            && tag.from <= from
        {
            match tag.at {
                Some(at) if at >= from => return (at + len <= to).then_some(at - base),
                None if tag.to >= to => return None,
                // Its beginning may have stood there.
                None if tag.to > from => start = from.max((tag.to + 1).saturating_sub(len)),
                _ => {}
            }
        }
        if self.spent > LEAST + PER_BYTE * from {
            return None;
        }
        self.needle.clear();
        self.needle.push_str(if closes { "</" } else { "<" });
        self.needle.push_str(name);
        self.needle.push('>');
        let bytes = &body.as_bytes()[start - base..part.end];
        let at = memmem::find(bytes, self.needle.as_bytes()).map(|at| start + at);
        // Each search costs something, however little there is to be searched.
        self.spent += at.map_or(bytes.len(), |at| at - start) + len;
        let found = Found { name: Text::new(name), closes, from, to, at };
        match known {
            Some(known) => self.tags[known] = found,
            None if self.tags.len() < MOST => self.tags.push(found),
            None => {
                self.next = (self.next + 1) % MOST;
                self.tags[self.next] = found;
            }
        }
        at.map(|at| at - base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_what_it_found() {
        let body = format!("{}</b>{}</a></c>", "x".repeat(5000), "y".repeat(2000));
        let mut ahead = Ahead::default();
        for from in (0..7000).step_by(7) {
            let near = &body[from..body.len().min(from + AHEAD)];
            let expected = near.find("</a>").is_some_and(|own| near.find("</b>").is_none_or(|around| own < around));
            assert_eq!(ahead.closes(&body, 0, from, "a", "b"), expected, "{from}");
            assert_eq!(ahead.closes(&body[from..], from, 0, "a", "b"), expected, "{from}");
        }
        assert!(ahead.spent < 2 * body.len() + 5000, "{}", ahead.spent);
    }
}
