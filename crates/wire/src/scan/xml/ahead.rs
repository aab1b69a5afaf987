//! Looking ahead for the end tag of an element, when a repair depends on whether it comes.
//!
//! Every odd tag may ask, and asks about the few kilobytes behind it, so what was found is remembered: the same bytes are
//! not searched for the same tag again. What all questions together may cost is in proportion to the body.

use crate::Text;
use memchr::{memchr_iter, memmem};
use std::ops::Range;

/// Bytes looked at ahead when a repair must be decided.
const AHEAD: usize = 4096;

/// Tags that are remembered.
const MOST: usize = 16;

/// Bytes that may be searched for each byte of the body before, and at least: a body in which repairs are made honestly needs
/// a few.
const PER_BYTE: usize = 24;
const LEAST: usize = 1 << 20;

/// Bytes that are searched beyond those that were asked about: the next question is about a few bytes more.
const BEYOND: usize = 256;

/// Bytes in which each bracket is looked at: to prepare a search takes longer.
const NEAR: usize = 64;

/// What is known of the tags that come.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    tags: Vec<Found>,
    /// Where the next tag is remembered when there is no more room.
    next: usize,
    /// Bytes that were searched.
    spent: usize,
}

/// Where a tag comes first in a part of the body.
#[derive(Debug)]
struct Found {
    /// The tag with its brackets.
    tag: Text,
    closes: bool,
    /// The part, in bytes from the body's start.
    from: usize,
    to: usize,
    at: Option<usize>,
    /// What was searched for it last: from where to where, and where it comes first there.
    seen: (Range<usize>, Option<usize>),
}

impl Found {
    fn is_called(&self, name: &str) -> bool {
        let before = 1 + usize::from(self.closes);
        self.tag.len() == before + name.len() + 1 && self.tag.as_bytes()[before..].starts_with(name.as_bytes())
    }
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
    fn find(&mut self, body: &str, base: usize, part: Range<usize>, name: &str, closes: bool) -> Option<usize> {
        let len = name.len() + 2 + usize::from(closes);
        let (from, to) = (part.start + base, part.end + base);
        let known = self.tags.iter().position(|known| known.closes == closes && known.is_called(name));
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
        let known = known.unwrap_or_else(|| self.remember(name, closes));
        let tag = &mut self.tags[known];
        let (seen, at) = &tag.seen;
        if seen.start > start || seen.end < to || at.is_some_and(|at| at < start) {
            let beyond = if part.len() > NEAR { BEYOND } else { 0 };
            let end = body.len().min(part.end + beyond);
            let at = first(&body.as_bytes()[start - base..end], tag.tag.as_bytes());
            tag.seen = (start..end + base, at.map(|at| start + at));
        }
        (tag.from, tag.to, tag.at) = (from, to, tag.seen.1.filter(|at| at + len <= to));
        let at = tag.at;
        // Each search costs something, however little there is to be searched.
        self.spent += at.unwrap_or(to) - start + len;
        at.map(|at| at - base)
    }

    /// The place of a tag of which nothing is known yet.
    fn remember(&mut self, name: &str, closes: bool) -> usize {
        let tag = if closes { format!("</{name}>") } else { format!("<{name}>") };
        let found = Found { tag: tag.into(), closes, from: 0, to: 0, at: None, seen: (0..0, None) };
        if self.tags.len() < MOST {
            self.tags.push(found);
            return self.tags.len() - 1;
        }
        self.next = (self.next + 1) % MOST;
        self.tags[self.next] = found;
        self.next
    }
}

/// Where a tag comes first.
fn first(bytes: &[u8], tag: &[u8]) -> Option<usize> {
    let near = bytes.len().min(NEAR);
    let found = memchr_iter(b'<', &bytes[..near]).find(|at| bytes[*at..].starts_with(tag));
    if found.is_some() || near == bytes.len() {
        return found;
    }
    memmem::find(&bytes[near..], tag).map(|at| near + at)
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
