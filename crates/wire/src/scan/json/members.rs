//! Members of JSON's objects: a key, and the value that it has.

use super::{Comma, JsonScanner, Open};
use crate::NoteKind;
use crate::decode::tape::Tape;
use crate::decode::verdict::HeadField;
use crate::decode::walker::{MAX_DEPTH, Meaning, Walker, Way};
use crate::scan::body::position;
use crate::scan::json_text::{self, Token, TokenKind};
use crate::scan::xml::too_deep;
use crate::scan::{Fail, Step};
use crate::shape::{JsonAs, NodeKind};
use crate::text::Text;
use std::borrow::Cow;

impl JsonScanner {
    /// A key and its value.
    pub(super) fn member<'a>(
        &mut self,
        body: &'a str,
        at: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let bytes = body.as_bytes();
        match bytes[at] {
            b'{' if matches!(self.open.iter().rev().nth(1), Some(Open::Array { .. })) => {
                // The object before lacks its brace.
                walker.note(NoteKind::MismatchedBracket, at, "}");
                let comma = self.comma;
                let step = self.pop(at, walker, tape);
                self.comma = comma;
                return Ok(step.unwrap_or(Step::More));
            }
            stray @ (b'{' | b'[' | b':') => {
                // As many as stand there, since the next one is as this one.
                let run = bytes[at..].iter().take_while(|byte| **byte == stray).count();
                for at in at..at + run {
                    walker.note(NoteKind::StrayToken, at, &body[at..at + 1]);
                }
                self.pos = at + run;
                return Ok(Step::More);
            }
            b'"' if matches!(self.open.last(), Some(Open::Object { .. })) => {
                if let Some(step) = self.documented(body, at, walker, tape)? {
                    return Ok(step);
                }
                if self.skim(body, at, walker) {
                    return Ok(Step::More);
                }
            }
            _ => {}
        }
        let Some(key) = json_text::key(body, at, walker) else { return Ok(Step::Short) };
        self.want_comma(at, walker);
        let mut pos = key.end;
        match position(bytes, pos, |byte| !byte.is_ascii_whitespace()) {
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
        let wanted = walker.wanted(name);
        let mut meaning = walker.resolve_wanted(wanted);
        if meaning == Meaning::Unknown
            && let Some(there) = self.close_for(body, wanted, at, walker, tape)
        {
            meaning = there;
        }
        if list.is_empty() && name.len() != key.text.len() {
            walker.note(NoteKind::KeyPunctuation, at, &key.text);
        }
        let Some(value) = position(bytes, pos, |byte| !byte.is_ascii_whitespace()) else {
            return Ok(Step::Short);
        };
        self.value(body, value, (name, meaning, at), walker, tape)
    }

    /// The value of the key that was read: its name, what that means, and where it stands.
    pub(super) fn value<'a>(
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
                if position(body.as_bytes(), at + 1, |byte| !byte.is_ascii_whitespace())
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

    pub(super) fn scalar<'a>(
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
                        walker.field(shape, at, Way::of(exact, name, key_at), token.text, token.at, tape);
                        return Ok(if walker.in_envelope() { Step::Done(at) } else { Step::More });
                    }
                    // A record or level that is not there.
                    _ if token.text.is_empty() => {}
                    _ => walker.note(NoteKind::TextForElements, token.at, &token.text),
                }
            }
            Meaning::Unknown if walker.only_counts() => walker.count_unknown(1, 1),
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
}

/// Whether the first key of an object is a number.
fn begins_with_number(inside: &str) -> bool {
    let Some(key) = inside.trim_start().strip_prefix('"') else { return false };
    let digits = key.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && key[digits..].starts_with('"')
}

pub(super) fn fits(token: TokenKind, json_as: JsonAs) -> bool {
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
