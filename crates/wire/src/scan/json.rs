//! JSON: keys and values in, events out; tolerant of what servers and pages get wrong.

use super::xml::too_deep;
use super::{Fail, Step, json_text};
use crate::decode::tape::Tape;
use crate::decode::verdict::HeadField;
use crate::decode::walker::{FrameKind, MAX_DEPTH, Meaning, Walker, Way};
use crate::shape::{JsonAs, NodeKind};
use crate::text::Text;
use crate::{Format, NoteKind};
use json_text::{Token, TokenKind};
use std::borrow::Cow;

/// An open bracket or brace.
#[derive(Debug, Clone)]
enum Open {
    /// An object; `framed` when the walker has a level for it.
    Object { framed: bool },
    /// An array of the values of `name`.
    Array { name: Text },
    /// An object that numbers the values of `name`, where an array was meant.
    Numbered { name: Text },
}

/// Where a comma may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comma {
    /// After an opening bracket, or after a comma.
    Unexpected,
    /// After a value.
    Expected,
}

/// Reads JSON one value at a time.
#[derive(Debug, Clone)]
pub(crate) struct JsonScanner {
    /// Where the next step begins.
    pub pos: usize,
    open: Vec<Open>,
    comma: Comma,
    /// Where the comma stands that came last, when nothing came after it.
    comma_at: Option<usize>,
    /// How many more brackets the body opens than it closes; looked at when a repair depends on it.
    unclosed: Option<i64>,
}

impl JsonScanner {
    pub fn at(pos: usize) -> Self {
        Self { pos, open: Vec::new(), comma: Comma::Unexpected, comma_at: None, unclosed: None }
    }

    /// Whether no bracket is open.
    pub fn is_closed(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether the next thing is an item of an array of records.
    pub fn in_array(&self) -> bool {
        matches!(self.open.last(), Some(Open::Array { .. }))
    }

    /// After an item that was taken in by a learnt shape.
    pub fn after_item(&mut self, pos: usize) {
        self.pos = pos;
        self.comma = Comma::Expected;
    }

    /// Moves `by` bytes back: the text before was dropped.
    pub fn rebase(&mut self, by: usize) {
        self.pos -= by;
        self.comma_at = self.comma_at.map(|at| at.saturating_sub(by));
    }

    /// Reads up to the end of one token, or of a key and its scalar.
    pub fn step<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        let Some(at) = super::body::position(bytes, self.pos, |byte| !matches!(byte, b' ' | b'\n' | b'\t' | b'\r'))
        else {
            self.pos = bytes.len();
            return Ok(Step::Short);
        };
        self.pos = at;
        match bytes[at] {
            b',' => {
                if self.comma == Comma::Unexpected {
                    walker.note(NoteKind::ExtraComma, at, ",");
                }
                self.comma = Comma::Unexpected;
                self.comma_at = Some(at);
                self.pos = at + 1;
                Ok(Step::More)
            }
            b'}' | b']' => self.closing(body, at, walker, tape),
            b'/' if matches!(bytes.get(at + 1), Some(b'/' | b'*')) => {
                let Some(end) = json_text::comment_end(bytes, at) else { return Ok(Step::Short) };
                walker.note(NoteKind::Comment, at, "");
                self.pos = end;
                Ok(Step::More)
            }
            b'.' if bytes[at..].starts_with(b"...") => {
                match self.open.last() {
                    Some(Open::Array { name } | Open::Numbered { name }) if !name.is_empty() => {
                        walker.note_field(NoteKind::Ellipsis, name, None, at, "...");
                    }
                    _ => walker.note(NoteKind::Ellipsis, at, "..."),
                }
                self.pos = at + 3;
                Ok(Step::More)
            }
            _ => match self.open.last() {
                None => self.outermost(body, at, walker, tape),
                Some(Open::Object { .. } | Open::Numbered { .. }) => self.member(body, at, walker, tape),
                Some(Open::Array { name }) => {
                    let name = name.clone();
                    self.item(body, at, &name, walker, tape)
                }
            },
        }
    }

    fn outermost<'a>(
        &mut self,
        body: &'a str,
        at: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        match body.as_bytes()[at] {
            b'{' => self.push(Open::Object { framed: false }, at)?,
            b'[' => self.push(Open::Array { name: Text::empty() }, at)?,
            _ => {
                let token = match json_text::scalar(body, at, walker) {
                    Some(token) => token,
                    None => return Ok(Step::Short),
                };
                walker.note(NoteKind::StrayToken, at, &token.text);
                self.pos = token.end;
            }
        }
        let _ = tape;
        Ok(Step::More)
    }

    fn push(&mut self, open: Open, at: usize) -> Result<(), Fail> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(at));
        }
        self.open.push(open);
        self.comma = Comma::Unexpected;
        self.comma_at = None;
        self.pos = at + 1;
        Ok(())
    }

    /// A comma should have stood before `at`.
    fn want_comma(&mut self, at: usize, walker: &mut Walker) {
        if self.comma == Comma::Expected {
            walker.note(NoteKind::MissingComma, at, "");
        }
        self.comma = Comma::Unexpected;
        self.comma_at = None;
    }

    /// A key and its value.
    fn member<'a>(&mut self, body: &'a str, at: usize, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        match bytes[at] {
            b'{' if matches!(self.open.iter().rev().nth(1), Some(Open::Array { .. })) => {
                // The object before lacks its brace.
                walker.note(NoteKind::MismatchedBracket, at, "}");
                let comma = self.comma;
                let step = self.pop(at, walker, tape);
                self.comma = comma;
                return Ok(step);
            }
            b'{' | b'[' | b':' => {
                walker.note(NoteKind::StrayToken, at, &body[at..at + 1]);
                self.pos = at + 1;
                return Ok(Step::More);
            }
            _ => {}
        }
        let Some(key) = json_text::key(body, at, walker) else { return Ok(Step::Short) };
        self.want_comma(at, walker);
        let mut pos = key.end;
        match super::body::position(bytes, pos, |byte| !byte.is_ascii_whitespace()) {
            None => return Ok(Step::Short),
            Some(colon) if matches!(bytes[colon], b':' | b'=') => {
                if bytes[colon] == b'=' {
                    walker.note(NoteKind::MissingColon, colon, "=");
                }
                pos = colon + 1 + usize::from(bytes[colon..].starts_with(b"=>"));
            }
            Some(other) if matches!(bytes[other], b',' | b'}' | b']') => {
                walker.note(NoteKind::StrayToken, at, &key.text);
                self.pos = other;
                self.comma = Comma::Expected;
                return Ok(Step::More);
            }
            Some(other) => walker.note(NoteKind::MissingColon, other, ""),
        }
        let mut name = clean_key(&key.text);
        let list = match self.open.last() {
            Some(Open::Numbered { name }) => name.clone(),
            _ => Text::empty(),
        };
        if !list.is_empty() {
            name = &list;
        }
        let mut meaning = walker.resolve(name);
        if meaning == Meaning::Unknown && self.close_for(body, name, at, walker, tape) {
            meaning = walker.resolve(name);
        }
        if list.is_empty() && name.len() != key.text.len() {
            walker.note(NoteKind::KeyPunctuation, at, &key.text);
        }
        let Some(value) = super::body::position(bytes, pos, |byte| !byte.is_ascii_whitespace()) else {
            return Ok(Step::Short);
        };
        self.value(body, value, (name, meaning, at), walker, tape)
    }

    fn value<'a>(
        &mut self,
        body: &'a str,
        at: usize,
        key: (&str, Meaning, usize),
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let (name, meaning, key_at) = key;
        match body.as_bytes()[at] {
            b'{' => {
                if walker.depth() >= MAX_DEPTH {
                    return Err(too_deep(at));
                }
                if matches!(meaning, Meaning::Node { shape, node, .. } if shape.nodes[usize::from(node)].is_list())
                    && begins_with_number(&body[at + 1..])
                {
                    walker.note(NoteKind::ItemForList, at, name);
                    self.push(Open::Numbered { name: Text::new(name) }, at)?;
                    return Ok(Step::More);
                }
                let in_array = walker.in_json_array() || matches!(self.open.last(), Some(Open::Numbered { .. }));
                walker.open_as(meaning, name, key_at, tape);
                if let Meaning::Node { shape, node, .. } = meaning {
                    let node = &shape.nodes[usize::from(node)];
                    match node.kind {
                        NodeKind::Child { many: true, .. } if !node.json_repeat && !in_array => {
                            walker.note(NoteKind::ItemForList, at, name);
                        }
                        NodeKind::Group { .. }
                            if node.json_array && !matches!(self.open.last(), Some(Open::Array { .. })) =>
                        {
                            walker.note(NoteKind::ItemForList, at, name);
                        }
                        NodeKind::Leaf { .. } => walker.note(NoteKind::ElementsForText, at, name),
                        _ => {}
                    }
                }
                self.push(Open::Object { framed: true }, at)?;
                Ok(Step::More)
            }
            b'[' => {
                self.array_notes(name, meaning, at, walker);
                self.push(Open::Array { name: Text::new(name) }, at)?;
                if super::body::position(body.as_bytes(), at + 1, |byte| !byte.is_ascii_whitespace())
                    .is_some_and(|next| body.as_bytes()[next] == b']')
                    && matches!(meaning, Meaning::Unknown | Meaning::Through)
                {
                    walker.open(name, key_at, tape);
                    walker.text(Cow::Borrowed("[]"), at, tape);
                    walker.close(at, tape);
                }
                Ok(Step::More)
            }
            b',' | b'}' | b']' => {
                // The value is missing.
                self.scalar(Token::null(at), key, walker, tape)
            }
            _ => match json_text::scalar(body, at, walker) {
                None => Ok(Step::Short),
                Some(token) => {
                    self.pos = token.end;
                    self.scalar(token, key, walker, tape)
                }
            },
        }
    }

    /// A list where a single thing was meant.
    fn array_notes(&self, name: &str, meaning: Meaning, at: usize, walker: &mut Walker) {
        if let Meaning::Node { shape, node, .. } = meaning {
            walker.content_seen = true;
            let node = &shape.nodes[usize::from(node)];
            let single = match node.kind {
                NodeKind::Group { .. } => !node.json_array,
                NodeKind::Leaf { spec, .. } => !spec.many || node.in_string,
                NodeKind::Child { many, .. } => !many,
            };
            if single {
                walker.note(NoteKind::ListForItem, at, name);
            }
        }
    }

    fn scalar<'a>(
        &mut self,
        token: Token<'a>,
        key: (&str, Meaning, usize),
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let (name, meaning, key_at) = key;
        walker.content_seen |= matches!(meaning, Meaning::Node { .. });
        self.pos = self.pos.max(token.end);
        self.comma = Comma::Expected;
        if token.kind == TokenKind::Null {
            walker.note_field(NoteKind::Null, name, None, token.at, "");
        }
        match meaning {
            Meaning::Node { shape, node: at, exact } => {
                let node = &shape.nodes[usize::from(at)];
                match node.kind {
                    NodeKind::Leaf { spec, .. } => {
                        if !fits(token.kind, spec.json_as) && !token.text.is_empty() {
                            walker.note_field(NoteKind::ScalarType, name, Some(node), token.at, &token.text);
                        }
                        let listed = node.json_repeat || node.in_string || node.numbered;
                        let in_list = self.in_array() || walker.in_json_array();
                        if spec.many && !listed && !in_list {
                            if token.text.is_empty() {
                                return Ok(Step::More);
                            }
                            walker.note(NoteKind::ItemForList, token.at, name);
                        }
                        if token.kind == TokenKind::Null && spec.many {
                            return Ok(Step::More);
                        }
                        walker.field(shape, at, Way::of(exact, name), token.text, token.at, tape);
                        return Ok(if walker.in_envelope() { Step::Done(at) } else { Step::More });
                    }
                    // A record or level that is not there.
                    _ if token.text.is_empty() => {}
                    _ => walker.note(NoteKind::TextForElements, token.at, &token.text),
                }
            }
            _ => {
                if let Meaning::Head(HeadField::Code) = meaning
                    && !fits(token.kind, walker.reply.json.code_as)
                    && walker.is_success(&token.text)
                {
                    walker.note_field(NoteKind::ScalarType, name, None, token.at, &token.text);
                }
                walker.open_as(meaning, name, key_at, tape);
                let offset = token.at;
                walker.text(token.text, offset, tape);
                walker.close(offset, tape);
            }
        }
        Ok(Step::More)
    }

    /// An item of an array.
    fn item<'a>(
        &mut self,
        body: &'a str,
        at: usize,
        name: &str,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        match bytes[at] {
            b'{' => {
                self.want_comma(at, walker);
                if walker.depth() >= MAX_DEPTH {
                    return Err(too_deep(at));
                }
                if name.is_empty() {
                    walker.open_as(Meaning::Through, name, at, tape);
                } else {
                    walker.open(name, at, tape);
                }
                self.push(Open::Object { framed: true }, at)?;
                Ok(Step::More)
            }
            b'[' => {
                self.want_comma(at, walker);
                walker.note(NoteKind::ListForItem, at, name);
                self.push(Open::Array { name: Text::new(name) }, at)?;
                Ok(Step::More)
            }
            b':' => {
                walker.note(NoteKind::StrayToken, at, ":");
                self.pos = at + 1;
                Ok(Step::More)
            }
            _ => {
                let Some(token) = json_text::scalar(body, at, walker) else { return Ok(Step::Short) };
                let next = super::body::position(bytes, token.end, |byte| !byte.is_ascii_whitespace());
                if token.kind == TokenKind::String && next.is_some_and(|next| bytes[next] == b':') {
                    // A key: the array before lacks its bracket.
                    walker.note(NoteKind::MismatchedBracket, at, "]");
                    self.open.pop();
                    if self.open.is_empty() {
                        return Ok(Step::End);
                    }
                    return Ok(Step::More);
                }
                self.want_comma(at, walker);
                self.pos = token.end;
                let meaning = walker.resolve(name);
                if matches!(meaning, Meaning::Node { shape, node, .. } if shape.nodes[usize::from(node)].is_leaf()) {
                    return self.scalar(token, (name, meaning, at), walker, tape);
                }
                self.comma = Comma::Expected;
                if let Some(leaf) = only_leaf(meaning) {
                    // The items' own level is left out: there is one thing that the text can be.
                    walker.note(NoteKind::MissingLevel, at, leaf);
                    walker.open_as(meaning, name, at, tape);
                    walker.open(leaf, at, tape);
                    walker.text(token.text, token.at, tape);
                    walker.close(at, tape);
                } else {
                    walker.open_as(Meaning::Unknown, name, at, tape);
                    walker.text(token.text, token.at, tape);
                }
                let done = walker.close(at, tape);
                Ok(done.map_or(Step::More, Step::Done))
            }
        }
    }

    /// A closing bracket or brace.
    fn closing<'a>(&mut self, body: &str, at: usize, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
        let byte = body.as_bytes()[at];
        if let Some(comma) = self.comma_at.take() {
            walker.note(NoteKind::ExtraComma, comma, ",");
        }
        let fits = |open: &Open| match open {
            Open::Object { .. } | Open::Numbered { .. } => byte == b'}',
            Open::Array { .. } => byte == b']',
        };
        let matching = self.open.iter().rev().position(fits);
        if matching != Some(0) && self.unclosed.is_none() {
            self.unclosed = Some(json_text::unclosed(body.as_bytes()));
        }
        let surplus = matching.is_some_and(|inner| inner > 0) && self.unclosed.is_some_and(|unclosed| unclosed < 0);
        if matching != Some(0) && self.open.len() > 1 && self.unclosed == Some(0) {
            // The brackets pair up but for their kind: one stands for the other.
            walker.note(NoteKind::MismatchedBracket, at, if byte == b'}' { "]" } else { "}" });
            let step = self.pop(at, walker, tape);
            self.pos = at + 1;
            return Ok(step);
        }
        match matching.filter(|_| !surplus) {
            None => {
                walker.note(NoteKind::MismatchedBracket, at, if byte == b'}' { "}" } else { "]" });
                self.pos = at + 1;
                Ok(if self.open.is_empty() { Step::End } else { Step::More })
            }
            Some(inner) => {
                let mut step = Step::More;
                for index in 0..=inner {
                    if index < inner {
                        walker.note(NoteKind::MismatchedBracket, at, if byte == b'}' { "]" } else { "}" });
                    }
                    step = self.pop(at, walker, tape);
                }
                self.pos = at + 1;
                Ok(step)
            }
        }
    }

    /// Closes the innermost bracket, and the walker's level with it.
    fn pop<'a>(&mut self, at: usize, walker: &mut Walker, tape: &mut Tape<'a>) -> Step {
        self.comma = Comma::Expected;
        let mut done = None;
        if let Some(Open::Object { framed: true }) = self.open.pop() {
            done = walker.close(at, tape);
        }
        if self.open.is_empty() {
            return Step::End;
        }
        done.map_or(Step::More, Step::Done)
    }

    /// Closes the objects whose brace is missing, when `name` is known further out and not here.
    fn close_for<'a>(&mut self, body: &str, name: &str, at: usize, walker: &mut Walker, tape: &mut Tape<'a>) -> bool {
        if !matches!(walker.top().kind, FrameKind::Record | FrameKind::Level | FrameKind::Unknown) {
            return false;
        }
        let Some(levels) = walker.known_further_out(name) else { return false };
        // A field that is new here may have the name of one further out: only a missing brace tells.
        if *self.unclosed.get_or_insert_with(|| json_text::unclosed(body.as_bytes())) <= 0 {
            return false;
        }
        for _ in 0..levels {
            while let Some(Open::Array { .. } | Open::Numbered { .. } | Open::Object { framed: false }) =
                self.open.last()
            {
                self.open.pop();
            }
            walker.note(NoteKind::MismatchedBracket, at, "}");
            self.pop(at, walker, tape);
        }
        while let Some(Open::Array { .. }) = self.open.last() {
            self.open.pop();
        }
        self.comma = Comma::Unexpected;
        true
    }
}

/// The name of the only leaf below a node of objects.
fn only_leaf(meaning: Meaning) -> Option<&'static str> {
    let Meaning::Node { shape, node: at, .. } = meaning else { return None };
    let below = match shape.nodes[usize::from(at)].kind {
        NodeKind::Group { len } => shape.nodes.get(usize::from(at) + 1..=usize::from(at + len))?,
        NodeKind::Child { shape, .. } => shape.nodes,
        NodeKind::Leaf { .. } => return None,
    };
    let mut leaves = below.iter().filter(|node| !node.name(Format::Json).is_empty());
    let leaf = leaves.next().filter(|node| node.is_leaf())?;
    leaves.next().is_none().then_some(leaf.name(Format::Json))
}

/// Whether the first key of an object is a number.
fn begins_with_number(inside: &str) -> bool {
    let Some(key) = inside.trim_start().strip_prefix('"') else { return false };
    let digits = key.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && key[digits..].starts_with('"')
}

fn fits(token: TokenKind, json_as: JsonAs) -> bool {
    match json_as {
        JsonAs::Any => true,
        JsonAs::String => matches!(token, TokenKind::String | TokenKind::Null | TokenKind::Word),
        JsonAs::Number => matches!(token, TokenKind::Number | TokenKind::Null | TokenKind::Word),
        JsonAs::Bool => matches!(token, TokenKind::Bool | TokenKind::Null | TokenKind::Word),
    }
}

/// A key without punctuation and blanks around it.
fn clean_key(key: &str) -> &str {
    let clean = key.trim_matches(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    if clean.is_empty() { key } else { clean }
}
