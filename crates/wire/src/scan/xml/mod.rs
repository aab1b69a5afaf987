//! XML: elements in, events out. Not a validating parser: it reads what servers send.

mod ahead;
mod attributes;
mod documented;
mod pieces;
mod record;
mod repairs;
mod skim;
pub(crate) mod tags;
mod texts;

pub(crate) use repairs::similar;
pub(crate) use texts::{declaration_end, find_mark, unescape};

use super::body::{find_near, is_html, skip_blank, trim};
use super::{Fail, Step};
use crate::decode::error::DecodeErrorKind;
use crate::decode::known::Wanted;
use crate::decode::tape::Tape;
use crate::decode::walker::{FrameKind, FurtherOut, MAX_DEPTH, Meaning, Walker};
use crate::{NoteKind, Text};
use ahead::Ahead;
use attributes::read_attributes;
use pieces::Pieces;
use tags::{is_blank_end_tag, local_name, name_end, tag_end};

/// The name in a start tag.
#[derive(Clone, Copy)]
struct Name<'n> {
    /// Where it ends.
    end: usize,
    wanted: Wanted<'n>,
    /// Where it is known further out, when that was asked already.
    further_out: Option<FurtherOut>,
}

/// Reads XML one tag at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct XmlScanner {
    /// Where the next step begins.
    pub pos: usize,
    /// Text of the innermost leaf so far, when it came in several pieces.
    pieces: Option<Pieces>,
    /// Elements of markup that are open in the innermost leaf.
    markup: Vec<Text>,
    /// Whether an element was opened at all.
    begun: bool,
    /// Which end tags come.
    ahead: Ahead,
    /// What was asked of that since [`Self::looked_ahead`]: from where, the element's name, and that of the one around it.
    asked: Vec<(usize, Text, Text)>,
    /// How often there was nothing to be passed over, and at how many tags it is not tried again.
    misses: u8,
    skip_skims: u8,
    /// One leaf a step, also where all is as documented.
    pub single: bool,
}

/// Looks ahead that are remembered: a record with as many is not learnt.
const MOST_ASKED: usize = 8;

impl XmlScanner {
    pub fn at(pos: usize) -> Self {
        Self { pos, ..Self::default() }
    }

    /// Begins anew at `pos`, in the same body.
    pub fn restart(&mut self, pos: usize) {
        *self = Self { pos, ahead: std::mem::take(&mut self.ahead), ..Self::default() };
    }

    /// Goes on behind an item that a learnt shape took in, perhaps from its midst on.
    pub fn after_item(&mut self, pos: usize) {
        self.pos = pos;
        self.pieces = None;
        self.markup.clear();
    }

    /// What was decided by a look ahead since this was asked last: nothing, or whether what stands before `end` decided it all.
    pub fn looked_ahead(&mut self, body: &str, end: usize) -> Option<bool> {
        let asked = std::mem::take(&mut self.asked);
        let is_within = |(from, own, around): &(usize, Text, Text)| {
            let part = body.get(*from..end).unwrap_or_default();
            [own, around].iter().any(|name| part.contains(&format!("</{name}>")))
        };
        (!asked.is_empty()).then(|| asked.len() < MOST_ASKED && asked.iter().all(is_within))
    }

    /// Lets go of the body, before its beginning is dropped.
    pub fn settle(&mut self, body: &str) {
        if let Some(pieces) = &mut self.pieces {
            pieces.copy(body);
        }
    }

    /// Reads up to the end of one tag, or of several that nothing comes of.
    pub fn step<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
        let cells = tape.len();
        loop {
            let step = self.one_step(body, walker, tape)?;
            // What envelope it is, is asked as soon as that is open.
            if step != Step::More
                || self.single
                || tape.len() != cells
                || walker.completed.is_some()
                || walker.depth() <= 2
            {
                return Ok(step);
            }
            self.skim(body, walker, tape);
        }
    }

    #[inline]
    fn one_step<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
        if let Some(step) = self.expected(body, walker, tape) {
            return Ok(step);
        }
        let bytes = body.as_bytes();
        let start = self.pos;
        let Some(tag) = find_near(bytes, start, b'<') else {
            self.pos = bytes.len();
            return Ok(Step::Short);
        };
        let text = &body[start..tag];
        let Some(&next) = bytes.get(tag + 1) else { return Ok(Step::Short) };
        match next {
            b'/' => self.end_tag(body, start, tag, tag + 2, walker, tape),
            b' ' | b'\t' | b'\n' | b'\r' if is_blank_end_tag(bytes, tag + 1) => {
                walker.note(NoteKind::MalformedTag, tag, "< /");
                let slash = skip_blank(bytes, tag + 1);
                self.end_tag(body, start, tag, slash + 1, walker, tape)
            }
            b'!' | b'?' => {
                self.take_text(body, text, start, walker);
                self.markup(body, tag, walker)
            }
            b'_' | b':' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                let begun = self.pieces.is_some() || !trim(text).1.is_empty();
                let name_end = name_end(bytes, tag + 1);
                let wanted = walker.wanted(local_name(&body[tag + 1..name_end]));
                let mut further_out = None;
                if matches!(walker.top().kind, FrameKind::Leaf | FrameKind::Head(_)) {
                    let levels = walker.wanted_further_out(wanted);
                    if levels.is_none() && (begun || is_html(wanted.name)) {
                        // No field further out, or no name at all: the tag belongs to the leaf's text.
                        self.keep_piece(body, text, start, walker);
                        return Ok(self.markup_in_leaf(body, tag, walker));
                    }
                    further_out = Some(levels);
                }
                self.text_before_child(body, text, start, walker, tape);
                self.start_tag(body, tag, Name { end: name_end, wanted, further_out }, walker, tape)
            }
            _ => {
                self.stray_brackets(body, tag, walker);
                Ok(Step::More)
            }
        }
    }

    fn start_tag<'a>(
        &mut self,
        body: &'a str,
        tag: usize,
        name: Name<'_>,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        let Name { end: name_end, wanted, further_out } = name;
        let Some(&after) = bytes.get(name_end) else { return Ok(Step::Short) };
        let name = wanted.name;
        let (mut pos, mut empty, mut attributes) = (name_end, false, (0, 0));
        match after {
            b'>' => pos += 1,
            _ => {
                let Some(end) = tag_end(bytes, name_end) else { return Ok(Step::Short) };
                if bytes[end] == b'<' {
                    // The tag has no end: it ends where the next one begins.
                    walker.note(NoteKind::MalformedTag, tag, name);
                    pos = end;
                } else {
                    pos = end + 1;
                }
                let mut inner_end = end;
                if bytes[end] == b'>' && bytes[end - 1] == b'/' {
                    empty = true;
                    inner_end -= 1;
                }
                attributes = (name_end, inner_end.max(name_end));
            }
        }
        self.begun = true;
        if walker.depth() >= MAX_DEPTH {
            return Err(too_deep(tag));
        }
        if walker.top().implied {
            walker.end_implied(Some(name), tag, tape);
        }
        let meaning = if wanted.is_strange() {
            if matches!(walker.top().kind, FrameKind::Leaf | FrameKind::Head(_)) {
                walker.note(NoteKind::ElementsForText, tag, name);
            }
            if empty && attributes.0 == attributes.1 && walker.pass_strange(name, tag) {
                self.pieces = None;
                self.markup.clear();
                self.pos = pos;
                return Ok(Step::More);
            }
            walker.strange()
        } else {
            let meaning = self.meaning(body, (wanted, further_out), tag, walker, tape);
            if meaning == Meaning::Unknown && walker.begin_implied(name, tag, tape) {
                walker.resolve(name)
            } else {
                meaning
            }
        };
        if attributes.0 == attributes.1
            && let Some(done) = self.fused_leaf(body, name, (tag, pos), empty, meaning, walker, tape)
        {
            return Ok(done);
        }
        walker.open_as(meaning, name, tag, tape);
        if attributes.0 < attributes.1 {
            let inside = &body[attributes.0..attributes.1];
            if bytes.get(pos) == Some(&b'<')
                && bytes[pos - 1] != b'>'
                && !inside.contains('=')
                && holds_text(walker.top().kind)
            {
                // The tag's own end is missing: what follows its name is the text.
                self.keep_piece(body, inside, attributes.0, walker);
            } else {
                read_attributes(body, attributes, walker, tape);
            }
        }
        self.pos = pos;
        if empty {
            return Ok(self.close(pos, walker, tape));
        }
        Ok(Step::More)
    }

    fn end_tag<'a>(
        &mut self,
        body: &'a str,
        start: usize,
        tag: usize,
        name_at: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        let blank = skip_blank(bytes, name_at);
        if blank != name_at {
            walker.note(NoteKind::MalformedTag, tag, "</ ");
        }
        let stop = name_end(bytes, blank);
        let Some(end) = tag_end(bytes, stop) else { return Ok(Step::Short) };
        let name = local_name(&body[blank..stop]);
        let next = if bytes[end] == b'<' {
            walker.note(NoteKind::MalformedTag, tag, name);
            end
        } else {
            end + 1
        };
        let text = &body[start..tag];
        if !self.markup.is_empty()
            && let Some(open) = self.markup.iter().rposition(|open| *open == name)
            && walker.top().name != name
        {
            self.markup.truncate(open);
            self.keep_piece(body, text, start, walker);
            self.pos = next;
            return Ok(Step::More);
        }
        // The last text of the level that is open.
        if holds_text(walker.top().kind) {
            let blank = trim(text).1.is_empty() && self.pieces.is_none();
            if !(blank && walker.top().has_names) {
                self.flush(body, text, start, walker, tape);
            }
        } else if matches!(walker.top().kind, FrameKind::Record | FrameKind::Level) && !walker.top().has_names {
            let (skipped, text) = trim(text);
            if !text.is_empty() {
                walker.note(NoteKind::TextForElements, start + skipped, text);
            }
        } else {
            self.stray(text, start, walker);
        }
        self.pos = next;
        let mut is_own = walker.top().name == name;
        if !is_own && walker.top().implied {
            walker.end_implied(None, tag, tape);
            is_own = walker.top().name == name;
        }
        if is_own && walker.depth() > 1 {
            return Ok(self.close(tag, walker, tape));
        }
        self.wrong_end_tag(body, name, tag, walker, tape)
    }

    /// Closes the innermost level and says what that completed.
    fn close<'a>(&mut self, offset: usize, walker: &mut Walker, tape: &mut Tape<'a>) -> Step {
        self.pieces = None;
        self.markup.clear();
        let closed = walker.top().kind;
        let done = walker.close(offset, tape);
        if walker.depth() == 1 && matches!(closed, FrameKind::Root | FrameKind::Through) {
            return Step::End;
        }
        done.map_or(Step::More, Step::Done)
    }
}

fn top_kind(walker: &Walker) -> FrameKind {
    walker.top().kind
}

/// Levels whose text is of use.
fn holds_text(kind: FrameKind) -> bool {
    matches!(kind, FrameKind::Leaf | FrameKind::Head(_) | FrameKind::Open | FrameKind::Unknown | FrameKind::Through)
}

pub(crate) fn too_deep(offset: usize) -> Fail {
    Fail::new(DecodeErrorKind::Limit, format!("more than {MAX_DEPTH} levels stand in one another"), offset)
}
