//! XML: elements in, events out. Not a validating parser: it reads what servers send.

use super::body::{find_near, skip_blank, trim};
use super::entities::html_entity;
use super::{Fail, Step};
use crate::decode::error::DecodeErrorKind;
use crate::decode::tape::Tape;
use crate::decode::walker::{FrameKind, MAX_DEPTH, Meaning, Walker, Way};
use crate::shape::NodeKind;
use crate::{NoteKind, Text};
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// Reads XML one tag at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct XmlScanner {
    /// Where the next step begins.
    pub pos: usize,
    /// Text of the innermost leaf so far, when it came in several pieces.
    pieces: Option<(String, usize)>,
    /// Elements of markup that are open in the innermost leaf.
    markup: Vec<Text>,
    /// Whether an element was opened at all.
    begun: bool,
    /// One leaf a step, also where all is as documented.
    pub single: bool,
}

impl XmlScanner {
    pub fn at(pos: usize) -> Self {
        Self { pos, ..Self::default() }
    }

    /// Reads up to the end of one tag.
    pub fn step<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
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
                self.take_text(text, start, walker);
                self.markup(body, tag, walker)
            }
            b'_' | b':' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                let begun = self.pieces.is_some() || !trim(text).1.is_empty();
                if begun && self.is_text_in_leaf(body, tag, walker) {
                    self.keep_piece(text, start, walker);
                    return Ok(self.markup_in_leaf(body, tag, walker));
                }
                self.text_before_child(text, start, walker, tape);
                self.start_tag(body, tag, walker, tape)
            }
            _ => {
                // An angle bracket that begins no tag is text.
                walker.note(NoteKind::MalformedTag, tag, "<");
                self.keep_piece(text, start, walker);
                self.keep_raw("<", tag);
                self.pos = tag + 1;
                Ok(Step::More)
            }
        }
    }

    /// What is documented next, as long as it comes: leaves, levels and end tags without anything between. Reads nothing
    /// that deviates; `None` leaves the next tag to the general way.
    fn expected<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Option<Step> {
        if self.pieces.is_some() {
            return None;
        }
        let bytes = body.as_bytes();
        let mut read = None;
        loop {
            let tag = skip_blank(bytes, self.pos);
            let rest = bytes.get(tag..).filter(|rest| rest.first() == Some(&b'<'));
            let Some(rest) = rest else { return read };
            let top = walker.top();
            if !top.kind.has_names_inside() || top.implied {
                return read;
            }
            if rest.get(1) == Some(&b'/') {
                let name = top.name.as_bytes();
                if top.kind == FrameKind::Root
                    || !rest[2..].starts_with(name)
                    || rest.get(2 + name.len()) != Some(&b'>')
                {
                    return read;
                }
                self.pos = tag + 3 + name.len();
                match self.close(tag, walker, tape) {
                    Step::More => {}
                    step => return Some(step),
                }
                if self.single {
                    return Some(Step::More);
                }
                read = Some(Step::More);
                continue;
            }
            let Some((shape, node, name)) = walker.next_documented() else { return read };
            if !rest[1..].starts_with(name.as_bytes()) || rest.get(1 + name.len()) != Some(&b'>') {
                return read;
            }
            let pos = tag + 2 + name.len();
            let meaning = Meaning::Node { shape, node, exact: true };
            if !shape.nodes[usize::from(node)].is_leaf() {
                if walker.depth() >= MAX_DEPTH {
                    return read;
                }
                walker.open_as(meaning, name, tag, tape);
                self.pos = pos;
            } else {
                match self.fused_leaf(body, name, pos, false, meaning, walker, tape) {
                    Some(Step::More) if !self.single => {}
                    Some(step) => return Some(step),
                    None => return read,
                }
            }
            read = Some(Step::More);
        }
    }

    /// Whether a tag in a leaf belongs to its text: it is no field further out, or no name at all.
    fn is_text_in_leaf(&self, body: &str, tag: usize, walker: &Walker) -> bool {
        if !matches!(walker.top().kind, FrameKind::Leaf | FrameKind::Head(_)) {
            return false;
        }
        let end = name_end(body.as_bytes(), tag + 1);
        let name = local_name(&body[tag + 1..end]);
        walker.known_further_out(name).is_none()
    }

    /// Takes the tags of markup in a leaf away, and keeps its text. A tag that cannot be one stays in the text.
    fn markup_in_leaf(&mut self, body: &str, tag: usize, walker: &mut Walker) -> Step {
        let bytes = body.as_bytes();
        let stop = name_end(bytes, tag + 1);
        let name = &body[tag + 1..stop];
        let Some(end) = tag_end(bytes, stop) else { return Step::Short };
        if name.contains('@') || bytes[end] == b'<' {
            walker.note(NoteKind::MalformedTag, tag, name);
            self.keep_raw(&body[tag..end + usize::from(bytes[end] == b'>')], tag);
        } else {
            walker.note(NoteKind::ElementsForText, tag, name);
            if bytes[end - 1] != b'/' {
                self.markup.push(Text::new(name));
            }
        }
        self.pos = end + usize::from(bytes[end] == b'>');
        Step::More
    }

    /// Text inside a level that goes on: only a leaf has use for it.
    fn take_text(&mut self, text: &str, start: usize, walker: &mut Walker) {
        if holds_text(walker.top().kind) {
            self.keep_piece(text, start, walker);
        } else {
            self.stray(text, start, walker);
        }
    }

    /// Text before a child element. In a leaf it tells that the leaf's end tag is missing, or that elements stand for a text.
    fn text_before_child<'a>(&mut self, text: &'a str, start: usize, walker: &mut Walker, tape: &mut Tape<'a>) {
        if !holds_text(walker.top().kind) {
            self.stray(text, start, walker);
            return;
        }
        if matches!(walker.top().kind, FrameKind::Unknown | FrameKind::Through)
            && trim(text).1.is_empty()
            && self.pieces.is_none()
        {
            return;
        }
        self.flush(text, start, walker, tape);
    }

    fn stray(&mut self, text: &str, start: usize, walker: &mut Walker) {
        let (skipped, text) = trim(text);
        if !text.is_empty() {
            if walker.depth() == 1 {
                walker.note(NoteKind::Preamble, start + skipped, text);
            } else {
                let elided = text.bytes().all(|byte| byte == b'.' || byte.is_ascii_whitespace());
                let kind = if elided { NoteKind::Ellipsis } else { NoteKind::StrayText };
                walker.note(kind, start + skipped, text);
            }
        }
    }

    fn keep_piece(&mut self, text: &str, start: usize, walker: &mut Walker) {
        let text = unescape(text, start, walker);
        self.keep_raw(&text, start);
    }

    fn keep_raw(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        self.pieces.get_or_insert_with(|| (String::new(), start)).0.push_str(text);
    }

    /// Gives the walker the whole text of the innermost level.
    fn flush<'a>(&mut self, text: &'a str, start: usize, walker: &mut Walker, tape: &mut Tape<'a>) {
        match self.pieces.take() {
            None => {
                let (skipped, text) = trim(text);
                let offset = start + skipped;
                let text = unescape(text, offset, walker);
                walker.text(text, offset, tape);
            }
            Some((mut whole, offset)) => {
                whole.push_str(&unescape(text, start, walker));
                let text = trim(&whole).1.to_owned();
                walker.text(Cow::Owned(text), offset, tape);
            }
        }
    }

    fn start_tag<'a>(
        &mut self,
        body: &'a str,
        tag: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        let name_end = name_end(bytes, tag + 1);
        let Some(&after) = bytes.get(name_end) else { return Ok(Step::Short) };
        let name = local_name(&body[tag + 1..name_end]);
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
        walker.end_implied(Some(name), tag, tape);
        let mut meaning = self.meaning(body, name, tag, walker, tape);
        if meaning == Meaning::Unknown && walker.begin_implied(name, tag, tape) {
            meaning = walker.resolve(name);
        }
        if attributes.0 == attributes.1
            && let Some(done) = self.fused_leaf(body, name, pos, empty, meaning, walker, tape)
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
                self.keep_piece(inside, attributes.0, walker);
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

    /// The usual case in one go: a known leaf with plain text and its own end tag.
    #[allow(clippy::too_many_arguments)] // The parts of one tag.
    fn fused_leaf<'a>(
        &mut self,
        body: &'a str,
        name: &str,
        pos: usize,
        empty: bool,
        meaning: Meaning,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Option<Step> {
        let Meaning::Node { shape, node, exact } = meaning else { return None };
        if !matches!(shape.nodes[usize::from(node)].kind, NodeKind::Leaf { .. }) {
            return None;
        }
        let bytes = body.as_bytes();
        let (text, offset, end) = if empty {
            ("", pos, pos)
        } else {
            let stop = find_near(bytes, pos, b'<')?;
            let after = bytes.get(stop + 2..)?;
            let raw = &body[pos..stop];
            if bytes.get(stop + 1) != Some(&b'/')
                || !after.starts_with(name.as_bytes())
                || raw.as_bytes().contains(&b'&')
            {
                return None;
            }
            if after.get(name.len()) != Some(&b'>') {
                return None;
            }
            let (skipped, text) = trim(raw);
            (text, pos + skipped, stop + 2 + name.len() + 1)
        };
        walker.field(shape, node, Way::of(exact, name), Cow::Borrowed(text), offset, tape);
        self.pos = end;
        Some(if walker.in_envelope() { Step::Done(node) } else { Step::More })
    }

    /// What `name` means, after what is open and has no end tag was closed: when `name` is known further out and not here.
    fn meaning<'a>(
        &mut self,
        body: &str,
        name: &str,
        offset: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Meaning {
        let meaning = walker.resolve(name);
        let top = walker.top();
        let unclosed = match top.kind {
            FrameKind::Leaf | FrameKind::Head(_) => true,
            FrameKind::Unknown => top.has_text && !top.has_names,
            FrameKind::Record | FrameKind::Level => meaning == Meaning::Unknown,
            FrameKind::Header => matches!(meaning, Meaning::Node { .. } | Meaning::Through),
            _ => false,
        };
        if !unclosed {
            return meaning;
        }
        match walker.known_further_out(name) {
            Some(levels) if !self.closes_later(body, offset, walker) => {
                for _ in 0..levels {
                    let missing = walker.top().name.clone();
                    walker.note(NoteKind::MissingEndTag, offset, &missing);
                    walker.close(offset, tape);
                }
                walker.resolve(name)
            }
            _ => {
                if matches!(top_kind(walker), FrameKind::Leaf | FrameKind::Head(_)) {
                    walker.note(NoteKind::ElementsForText, offset, name);
                }
                meaning
            }
        }
    }

    /// Whether the end tag of the innermost element comes, before that of the element around it.
    fn closes_later(&self, body: &str, from: usize, walker: &Walker) -> bool {
        let own = walker.top().name.as_str();
        let around = walker.frames.iter().rev().nth(1).map_or("", |frame| frame.name.as_str());
        let mut end = body.len().min(from + AHEAD);
        while !body.is_char_boundary(end) {
            end -= 1;
        }
        let ahead = &body[from..end];
        let find = |name: &str| memmem::find(ahead.as_bytes(), format!("</{name}>").as_bytes());
        let opens = memmem::find(ahead.as_bytes(), format!("<{own}>").as_bytes());
        if opens.is_some_and(|opens| find(own).is_some_and(|closes| opens < closes)) {
            // It is the end tag of another element of the same name.
            return false;
        }
        match (find(own), find(around)) {
            (Some(own), Some(around)) => own < around,
            (Some(_), None) => true,
            _ => false,
        }
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
        if let Some(open) = self.markup.iter().rposition(|open| *open == name)
            && walker.top().name != name
        {
            self.markup.truncate(open);
            self.keep_piece(text, start, walker);
            self.pos = next;
            return Ok(Step::More);
        }
        // The last text of the level that is open.
        if holds_text(walker.top().kind) {
            let blank = trim(text).1.is_empty() && self.pieces.is_none();
            if !(blank && walker.top().has_names) {
                self.flush(text, start, walker, tape);
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
        if walker.top().name != name {
            walker.end_implied(None, tag, tape);
        }
        if walker.top().name == name && walker.depth() > 1 {
            return Ok(self.close(tag, walker, tape));
        }
        self.wrong_end_tag(body, name, tag, walker, tape)
    }

    /// An end tag that is not that of the innermost element.
    fn wrong_end_tag<'a>(
        &mut self,
        body: &'a str,
        name: &str,
        tag: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        if walker.depth() == 1 {
            walker.note(NoteKind::StrayEndTag, tag, name);
            return Ok(Step::More);
        }
        let above = walker.frames.iter().rev().skip(1).position(|frame| frame.name == name);
        if similar(&walker.top().name, name) && above.is_none() {
            walker.note(NoteKind::MisspeltEndTag, tag, name);
            return Ok(self.close(tag, walker, tape));
        }
        if let Some(levels) = above {
            let mut step = Step::More;
            for _ in 0..levels + 2 {
                if walker.top().name != name {
                    let missing = walker.top().name.clone();
                    walker.note(NoteKind::MissingEndTag, tag, &missing);
                }
                step = self.close(tag, walker, tape);
            }
            return Ok(step);
        }
        // Nothing open is called so. When the element's own end tag follows, this one is stray.
        let own_follows = {
            let rest = body[self.pos..].trim_start();
            rest.strip_prefix("</").is_some_and(|rest| rest.starts_with(walker.top().name.as_str()))
        };
        if !own_follows && matches!(top_kind(walker), FrameKind::Leaf | FrameKind::Head(_)) {
            walker.note(NoteKind::MismatchedEndTag, tag, name);
            return Ok(self.close(tag, walker, tape));
        }
        walker.note(NoteKind::StrayEndTag, tag, name);
        Ok(Step::More)
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

    /// Comments, CDATA, declarations and processing instructions.
    fn markup(&mut self, body: &str, tag: usize, walker: &mut Walker) -> Result<Step, Fail> {
        let rest = &body.as_bytes()[tag..];
        let find = |mark: &[u8]| memmem::find(rest, mark).map(|at| at + mark.len());
        if rest.starts_with(b"<![CDATA[") {
            let Some(end) = find(b"]]>") else { return Ok(Step::Short) };
            let inner = &body[tag + 9..tag + end - 3];
            if holds_text(walker.top().kind) {
                walker.note(NoteKind::Cdata, tag, "");
                self.keep_raw(inner, tag + 9);
            } else {
                self.stray(inner, tag + 9, walker);
            }
            self.pos = tag + end;
            return Ok(Step::More);
        }
        let end = if rest.starts_with(b"<!--") {
            let end = find(b"-->");
            if end.is_some() {
                walker.note(NoteKind::Comment, tag, "");
            }
            end
        } else if rest.starts_with(b"<?") {
            let end = find(b"?>");
            if end.is_some() && (!rest.starts_with(b"<?xml") || self.begun) {
                walker.note(NoteKind::ProcessingInstruction, tag, "");
            }
            end
        } else {
            let end = declaration_end(rest);
            if end.is_some() {
                walker.note(NoteKind::Doctype, tag, "");
            }
            end
        };
        let Some(end) = end else { return Ok(Step::Short) };
        self.pos = tag + end;
        Ok(Step::More)
    }
}

/// Whether blanks and a slash follow: an end tag written `< /Name>`.
fn is_blank_end_tag(bytes: &[u8], from: usize) -> bool {
    let slash = skip_blank(bytes, from);
    slash < from + 8 && bytes.get(slash) == Some(&b'/') && bytes.get(slash + 1).is_some_and(u8::is_ascii_alphabetic)
}

/// Bytes looked at ahead when a repair must be decided.
const AHEAD: usize = 4096;

fn top_kind(walker: &Walker) -> FrameKind {
    walker.top().kind
}

/// Levels whose text is of use.
fn holds_text(kind: FrameKind) -> bool {
    matches!(kind, FrameKind::Leaf | FrameKind::Head(_) | FrameKind::Unknown | FrameKind::Through)
}

pub(crate) fn too_deep(offset: usize) -> Fail {
    Fail::new(DecodeErrorKind::Limit, format!("more than {MAX_DEPTH} levels stand in one another"), offset)
}

/// A name without its namespace prefix.
fn local_name(name: &str) -> &str {
    match name.bytes().rposition(|byte| byte == b':') {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

fn name_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let len = rest.iter().position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'<' | b'='));
    from.min(bytes.len()) + len.unwrap_or(rest.len())
}

/// Where a tag ends: at `>` outside quotes, or before a `<` that begins the next tag.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (None, b'>' | b'<') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Where a declaration ends: at `>` outside quotes, comments and brackets. What it declares is never used.
fn declaration_end(rest: &[u8]) -> Option<usize> {
    let (mut depth, mut quote, mut at) = (0usize, None, 2);
    while let Some(&byte) = rest.get(at) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'<') if rest[at..].starts_with(b"<!--") => at += memmem::find(&rest[at..], b"-->")? + 2,
            (None, b'[' | b'<') => depth += 1,
            (None, b']') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return Some(at + 1),
            (None, b'>') => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Fields in attributes.
fn read_attributes<'a>(body: &'a str, range: (usize, usize), walker: &mut Walker, tape: &mut Tape<'a>) {
    let (mut pos, end) = range;
    let bytes = body.as_bytes();
    while pos < end {
        let Some(start) = bytes[pos..end].iter().position(|byte| !byte.is_ascii_whitespace()).map(|at| pos + at) else {
            return;
        };
        let stop = bytes[start..end]
            .iter()
            .position(|byte| *byte == b'=' || byte.is_ascii_whitespace())
            .map_or(end, |at| start + at);
        let name = &body[start..stop];
        let equals = bytes[stop..end].iter().position(|byte| !byte.is_ascii_whitespace()).map(|at| stop + at);
        let Some(equals) = equals.filter(|at| bytes[*at] == b'=') else {
            walker.note(NoteKind::UnknownAttribute, start, name);
            pos = stop.max(start + 1);
            continue;
        };
        let Some(value) = bytes[equals + 1..end].iter().position(|byte| !byte.is_ascii_whitespace()) else { return };
        let value = equals + 1 + value;
        let (from, to, next) = match bytes[value] {
            quote @ (b'"' | b'\'') => {
                let to = memchr(quote, &bytes[value + 1..end]).map_or(end, |at| value + 1 + at);
                (value + 1, to, to + 1)
            }
            _ => {
                let to = bytes[value..end].iter().position(u8::is_ascii_whitespace).map_or(end, |at| value + at);
                (value, to, to)
            }
        };
        pos = next;
        if name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xml:") || name.starts_with("xsi:") {
            continue;
        }
        let text = unescape(&body[from..to], from, walker);
        walker.attribute(local_name(name), text, start, from, tape);
    }
}

/// The text behind entities. Borrows where there are none.
pub(crate) fn unescape<'a>(text: &'a str, offset: usize, walker: &mut Walker) -> Cow<'a, str> {
    let bytes = text.as_bytes();
    let Some(first) = memchr(b'&', bytes) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut pos = first;
    while let Some(at) = memchr(b'&', &bytes[pos..]).map(|at| pos + at) {
        out.push_str(&text[pos..at]);
        // The longest entity in use is `&#x10FFFF;`; a name may be somewhat longer.
        let window = &bytes[at + 1..bytes.len().min(at + 34)];
        let end = window.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'));
        let Some(end) = end.filter(|end| window[*end] == b';' && *end > 0) else {
            walker.note(NoteKind::BareAmpersand, offset + at, "&");
            out.push('&');
            pos = at + 1;
            continue;
        };
        let name = &text[at + 1..at + 1 + end];
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(|digits| {
                let code = match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => digits.parse().ok(),
                };
                let letter = code.and_then(char::from_u32);
                if letter.is_some() {
                    walker.note(NoteKind::NumericEntity, offset + at, name);
                }
                letter
            }),
        };
        match known {
            Some(letter) => out.push(letter),
            None => {
                walker.note(NoteKind::UnknownEntity, offset + at, name);
                match html_entity(name) {
                    Some(letter) => out.push(letter),
                    None => out.push_str(&text[at..at + 2 + end]),
                }
            }
        }
        pos = at + 2 + end;
    }
    out.push_str(&text[pos..]);
    Cow::Owned(out)
}

/// Whether one name is a misspelling of the other: they share most of their beginning and end.
pub(crate) fn similar(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    if short.is_empty() {
        return false;
    }
    let same = |a: &u8, b: &u8| a.eq_ignore_ascii_case(b);
    let prefix = short.iter().zip(long).take_while(|(a, b)| same(a, b)).count();
    let suffix = short[prefix..].iter().rev().zip(long.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    (prefix + suffix) * 10 >= long.len() * 7
}
