//! Passing over what only adds to counts: once no more notes are kept, that is all that comes of most that is odd between the
//! fields of a record. A body can hold millions of such tags.

use super::texts::find_mark;
use super::{XmlScanner, similar};
use crate::decode::tape::Tape;
use crate::decode::walker::{FrameKind, MAX_DEPTH, Meaning, Walker};
use crate::scan::body::{find_near, trim};
use memchr::memchr;

/// Tags before the next try, after as many in vain.
const MISSES: u8 = 8;

/// An element that is open, whose name means nothing.
struct Strange<'a> {
    name: &'a str,
    /// Where it begins.
    tag: usize,
    has_names: bool,
    has_text: bool,
}

/// What is open where the skimming goes on.
struct Skim<'a> {
    strange: Vec<Strange<'a>>,
    /// Traits of the names of the levels around, once an end tag came.
    open: Option<u64>,
    /// Levels that may yet be opened.
    room: usize,
    /// What a name is around all this that means nothing.
    meaning: Meaning,
}

impl XmlScanner {
    /// Goes on behind elements whose names mean nothing, end tags of what is not open, comments, and stray text before them.
    /// Counts what the general way would note, and leaves to it all else.
    pub(super) fn skim(&mut self, body: &str, walker: &mut Walker, tape: &mut Tape<'_>) {
        let top = walker.top();
        if walker.is_noting()
            || walker.open_tree.is_some()
            || !matches!(top.kind, FrameKind::Record | FrameKind::Level)
            || !top.has_names
            || top.implied
            || walker.any_name().is_some()
            || self.pieces.is_some()
            || !self.markup.is_empty()
        {
            return;
        }
        if self.skip_skims > 0 {
            self.skip_skims -= 1;
            return;
        }
        let mut skim = Skim {
            strange: Vec::new(),
            open: None,
            room: MAX_DEPTH.saturating_sub(walker.depth()),
            meaning: walker.strange(),
        };
        let before = self.pos;
        while let Some(after) = skim.next(body, self.pos, walker) {
            self.pos = after;
        }
        // Where there is nothing to be passed over it is not tried at every tag.
        self.misses = if self.pos == before { (self.misses + 1).min(MISSES) } else { 0 };
        self.skip_skims = self.misses;
        // What is still open is opened in earnest.
        for Strange { name, tag, has_names, has_text } in skim.strange {
            walker.open_strange(name, tag, (has_names, has_text), tape);
        }
    }
}

impl<'a> Skim<'a> {
    /// Takes in what stands from `pos` up to the end of the next tag; `None` when more would come of it than counts.
    #[inline]
    fn next(&mut self, body: &'a str, pos: usize, walker: &mut Walker) -> Option<usize> {
        let bytes = body.as_bytes();
        let tag = if bytes.get(pos) == Some(&b'<') { pos } else { find_near(bytes, pos, b'<')? };
        let text = &body[pos..tag];
        let blank = text.is_empty() || trim(text).1.is_empty();
        if !blank && !self.strange.is_empty() && memchr(b'&', text.as_bytes()).is_some() {
            return None;
        }
        match bytes.get(tag + 1)? {
            b'/' => {
                let end = plain_name_end(bytes, tag + 2);
                let name = &body[tag + 2..end];
                if name.is_empty() || bytes.get(end) != Some(&b'>') || !self.end_tag(name, blank, walker) {
                    return None;
                }
                Some(end + 1)
            }
            b'!' if bytes[tag..].starts_with(b"<!--") => {
                if !self.strange.is_empty() && !text.is_empty() {
                    return None;
                }
                let end = find_mark(&bytes[tag..], b"-->")?;
                if !blank {
                    walker.notes.omit();
                }
                walker.notes.omit();
                Some(tag + end + 3)
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let end = plain_name_end(bytes, tag + 1);
                let empty = bytes.get(end) == Some(&b'/');
                let name = &body[tag + 1..end];
                let after = end + usize::from(empty);
                if bytes.get(after) != Some(&b'>') || self.room == 0 || !walker.is_strange(name) {
                    return None;
                }
                if !self.start_tag(name, tag, empty, blank, walker) {
                    return None;
                }
                Some(after + 1)
            }
            _ => None,
        }
    }

    #[inline]
    fn start_tag(&mut self, name: &'a str, tag: usize, empty: bool, blank: bool, walker: &mut Walker) -> bool {
        if let Some(top) = self.strange.last_mut() {
            if !blank {
                top.take_text(walker);
            }
            top.has_names = true;
            if empty {
                walker.count_strange();
            }
        } else if empty {
            // An empty content level says nothing.
            if self.meaning == Meaning::Unknown || !name.ends_with("Content") {
                walker.count_strange();
            }
            if !blank {
                walker.notes.omit();
            }
        } else {
            if self.meaning != Meaning::Unknown {
                return false;
            }
            if !blank {
                walker.notes.omit();
            }
        }
        if !empty {
            self.strange.push(Strange { name, tag, has_names: false, has_text: false });
            self.room -= 1;
        }
        true
    }

    /// `false` when it is the end tag of a level around.
    #[inline]
    fn end_tag(&mut self, name: &str, blank: bool, walker: &mut Walker) -> bool {
        let above = self.strange.iter().rposition(|open| open.name == name);
        let traits = || walker.frames.iter().fold(0, |open, frame| open | trait_of(frame.name.as_bytes()));
        if above.is_none()
            && *self.open.get_or_insert_with(traits) & trait_of(name.as_bytes()) != 0
            && walker.frames.iter().any(|frame| frame.name == name)
        {
            return false;
        }
        let Some(top) = self.strange.last_mut() else {
            if similar(&walker.top().name, name) {
                return false;
            }
            if !blank {
                walker.notes.omit();
            }
            walker.notes.omit();
            return true;
        };
        if !blank {
            top.take_text(walker);
        }
        let stays = match above {
            Some(above) => above,
            None if similar(top.name, name) => self.strange.len() - 1,
            None => self.strange.len(),
        };
        // A misspelt end tag and a stray one are one note each.
        if above.is_none() {
            walker.notes.omit();
        }
        for closed in self.strange.drain(stays..) {
            if above.is_some() && closed.name != name {
                walker.notes.omit();
            }
            if !closed.has_names && !closed.has_text {
                walker.count_strange();
            }
            self.room += 1;
        }
        true
    }
}

impl Strange<'_> {
    fn take_text(&mut self, walker: &mut Walker) {
        self.has_text = true;
        walker.count_strange();
    }
}

/// A bit that names with another beginning or length seldom have.
fn trait_of(name: &[u8]) -> u64 {
    1 << ((name.first().map_or(0, |first| usize::from(*first)) ^ (name.len() * 7)) & 63)
}

/// Where a name of letters and digits ends.
fn plain_name_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let len = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
    from.min(bytes.len()) + len.unwrap_or(rest.len())
}
