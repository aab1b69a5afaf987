//! Text of XML: in pieces, between elements, behind entities, in CDATA and in markup that is not the reply's.

use super::pieces::Pieces;
use super::tags::{begins_tag, name_end, tag_end};
use super::{XmlScanner, holds_text};
use crate::decode::tape::Tape;
use crate::decode::walker::{FrameKind, Walker};
use crate::note::NoteTaker;
use crate::scan::body::{find_near, trim};
use crate::scan::entities::html_entity;
use crate::scan::{Fail, Step};
use crate::{NoteKind, Text};
use memchr::memmem;
use std::borrow::Cow;

impl XmlScanner {
    /// Takes the tags of markup in a leaf away, and keeps its text. A tag that cannot be one stays in the text.
    pub(super) fn markup_in_leaf(&mut self, body: &str, tag: usize, walker: &mut Walker) -> Step {
        let bytes = body.as_bytes();
        let stop = name_end(bytes, tag + 1);
        let name = &body[tag + 1..stop];
        let Some(end) = tag_end(bytes, stop) else { return Step::Short };
        if name.contains('@') || bytes[end] == b'<' {
            walker.note(NoteKind::MalformedTag, tag, name);
            self.keep_raw(body, Cow::Borrowed(&body[tag..end + usize::from(bytes[end] == b'>')]), tag);
        } else {
            walker.note(NoteKind::ElementsForText, tag, name);
            if bytes[end - 1] != b'/' {
                self.markup.push(Text::new(name));
            }
        }
        self.pos = end + usize::from(bytes[end] == b'>');
        Step::More
    }

    /// Angle brackets that begin no tag, from the one at `tag` on: they are text, and what stands before each of them.
    pub(super) fn stray_brackets(&mut self, body: &str, mut tag: usize, walker: &mut Walker) {
        let bytes = body.as_bytes();
        loop {
            walker.note(NoteKind::MalformedTag, tag, "<");
            let next = find_near(bytes, tag + 1, b'<').filter(|next| begins_tag(bytes, *next) == Some(false));
            // Notes that are only counted need no order.
            if next.is_none() || walker.is_noting() {
                self.keep_piece(body, &body[self.pos..tag], self.pos, walker);
                self.keep_raw(body, Cow::Borrowed("<"), tag);
                self.pos = tag + 1;
            }
            match next {
                Some(next) => tag = next,
                None => return,
            }
        }
    }

    /// Text inside a level that goes on: only a leaf has use for it.
    pub(super) fn take_text(&mut self, body: &str, text: &str, start: usize, walker: &mut Walker) {
        if holds_text(walker.top().kind) {
            self.keep_piece(body, text, start, walker);
        } else {
            self.stray(text, start, walker);
        }
    }

    /// Text before a child element. In a leaf it tells that the leaf's end tag is missing, or that elements stand for a text.
    pub(super) fn text_before_child<'a>(
        &mut self,
        body: &'a str,
        text: &'a str,
        start: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) {
        if !holds_text(walker.top().kind) {
            // An angle bracket that was noted here is no text of what comes.
            self.pieces = None;
            self.stray(text, start, walker);
            return;
        }
        if matches!(walker.top().kind, FrameKind::Open | FrameKind::Unknown | FrameKind::Through)
            && trim(text).1.is_empty()
            && self.pieces.is_none()
        {
            return;
        }
        self.flush(body, text, start, walker, tape);
    }

    pub(super) fn stray(&mut self, text: &str, start: usize, walker: &mut Walker) {
        let (skipped, text) = trim(text);
        if !text.is_empty() {
            if walker.depth() == 1 {
                walker.note(NoteKind::Preamble, start + skipped, text);
            } else {
                let elided = text.bytes().all(|byte| byte == b'.' || byte.is_ascii_whitespace());
                let kind = if elided { NoteKind::Ellipsis } else { NoteKind::StrayText };
                // Dots on lines of their own are one elision.
                let text = if elided { text.split_whitespace().collect() } else { Cow::Borrowed(text) };
                walker.note(kind, start + skipped, &text);
            }
        }
    }

    pub(super) fn keep_piece(&mut self, body: &str, text: &str, start: usize, walker: &mut Walker) {
        let text = unescape(text, start, walker);
        self.keep_raw(body, text, start);
    }

    pub(super) fn keep_raw(&mut self, body: &str, text: Cow<'_, str>, start: usize) {
        if !text.is_empty() {
            self.pieces.get_or_insert_with(|| Pieces::new(start)).add(body, text, start);
        }
    }

    /// Gives the walker the whole text of the innermost level.
    pub(super) fn flush<'a>(
        &mut self,
        body: &'a str,
        text: &'a str,
        start: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) {
        match self.pieces.take() {
            None => {
                let (skipped, text) = trim(text);
                let offset = start + skipped;
                let text = match find_near(text.as_bytes(), 0, b'&') {
                    None => Cow::Borrowed(text),
                    Some(first) => unescape_from(text, first, offset, walker),
                };
                walker.text(text, offset, tape);
            }
            Some(mut pieces) => {
                pieces.add(body, unescape(text, start, walker), start);
                let (text, offset) = pieces.finish(body);
                walker.text(text, offset, tape);
            }
        }
    }

    /// Comments, CDATA, declarations and processing instructions.
    pub(super) fn markup(&mut self, body: &str, tag: usize, walker: &mut Walker) -> Result<Step, Fail> {
        let rest = &body.as_bytes()[tag..];
        let find = |mark: &[u8]| find_mark(rest, mark).map(|at| at + mark.len());
        if rest.starts_with(b"<![CDATA[") {
            let Some(end) = find(b"]]>") else { return Ok(Step::Short) };
            let inner = &body[tag + 9..tag + end - 3];
            if holds_text(walker.top().kind) {
                walker.note(NoteKind::Cdata, tag, "");
                self.keep_raw(body, Cow::Borrowed(inner), tag + 9);
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
            let declaration = rest.starts_with(b"<?xml") && rest.get(5).is_some_and(u8::is_ascii_whitespace);
            if end.is_some() && (!declaration || self.begun) {
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

/// Where a declaration ends: at `>` outside quotes, comments and brackets. What it declares is never used.
pub(crate) fn declaration_end(rest: &[u8]) -> Option<usize> {
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

/// Where `mark` is: most that is skipped is short, and to prepare a vectorised search takes longer than to look through that.
pub(crate) fn find_mark(rest: &[u8], mark: &[u8]) -> Option<usize> {
    let near = rest.len().min(24);
    let found = rest[..near].windows(mark.len()).position(|window| window == mark);
    let far = near.saturating_sub(mark.len());
    found.or_else(|| memmem::find(&rest[far..], mark).map(|at| far + at))
}

/// The longest entity in use is `&#x10FFFF;`; a name may be somewhat longer.
const ENTITY: usize = 33;

/// The text behind entities. Borrows where none stands for another text than its own.
#[inline]
pub(crate) fn unescape<'a>(text: &'a str, offset: usize, notes: &mut dyn NoteTaker) -> Cow<'a, str> {
    match find_near(text.as_bytes(), 0, b'&') {
        None => Cow::Borrowed(text),
        Some(first) => unescape_from(text, first, offset, notes),
    }
}

/// As [`unescape`], where the first ampersand is known.
#[inline(never)]
fn unescape_from<'a>(text: &'a str, first: usize, offset: usize, notes: &mut dyn NoteTaker) -> Cow<'a, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    // Everything before is in `out`.
    let mut copied = 0;
    let mut pos = first;
    while let Some(at) = find_near(bytes, pos, b'&') {
        pos = at + 1;
        let window = &bytes[pos..bytes.len().min(pos + ENTITY)];
        let end = window.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'));
        let Some(end) = end.filter(|end| window[*end] == b';' && *end > 0) else {
            notes.note(NoteKind::BareAmpersand, offset + at, "&");
            continue;
        };
        let name = &text[pos..pos + end];
        pos += end + 1;
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
                    notes.note(NoteKind::NumericEntity, offset + at, name);
                }
                letter
            }),
        };
        let letter = known.or_else(|| {
            notes.note(NoteKind::UnknownEntity, offset + at, name);
            html_entity(name)
        });
        if let Some(letter) = letter {
            if copied == 0 {
                out.reserve_exact(text.len() - end);
            }
            out.push_str(&text[copied..at]);
            out.push(letter);
            copied = pos;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}
