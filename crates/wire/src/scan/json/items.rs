//! Items of JSON's arrays: records, or values that stand where records or texts were meant.

use super::{Comma, JsonScanner, Open};
use crate::decode::tape::Tape;
use crate::decode::walker::{MAX_DEPTH, Meaning, Walker};
use crate::scan::body::position;
use crate::scan::json_text::{self, TokenKind};
use crate::scan::xml::too_deep;
use crate::scan::{Fail, Step};
use crate::shape::NodeKind;
use crate::text::Text;
use crate::{Format, NoteKind};

impl JsonScanner {
    /// An item of an array. `None` when there was nothing in it for the walker.
    pub(super) fn item<'a>(
        &mut self,
        body: &'a str,
        at: usize,
        name: &str,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Option<Step>, Fail> {
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
                Ok(Some(Step::More))
            }
            b'[' => {
                self.want_comma(at, walker);
                walker.note(NoteKind::ListForItem, at, name);
                if bytes.get(at + 1) == Some(&b']') && self.open.len() < MAX_DEPTH {
                    // Opened and closed at once, and as many as follow like it.
                    let mut end = at + 2;
                    while bytes.get(end..end + 3) == Some(b",[]") {
                        walker.note(NoteKind::ListForItem, end + 1, name);
                        end += 3;
                    }
                    self.comma = Comma::Expected;
                    self.unknown_items = false;
                    self.pos = end;
                } else {
                    self.push(Open::Array { name: Text::new(name) }, at)?;
                }
                Ok(None)
            }
            b':' => {
                walker.note(NoteKind::StrayToken, at, ":");
                self.pos = at + 1;
                Ok(None)
            }
            _ => {
                let Some(token) = json_text::scalar(body, at, walker) else { return Ok(Some(Step::Short)) };
                let next = position(bytes, token.end, |byte| !byte.is_ascii_whitespace());
                if token.kind == TokenKind::String && next.is_some_and(|next| bytes[next] == b':') {
                    // A key: the array before lacks its bracket.
                    walker.note(NoteKind::MismatchedBracket, at, "]");
                    self.open.pop();
                    self.unknown_items = false;
                    return Ok(self.open.is_empty().then_some(Step::End));
                }
                self.want_comma(at, walker);
                self.pos = token.end;
                if self.unknown_items && self.omit_unknown(bytes, walker) {
                    return Ok(None);
                }
                let meaning = walker.resolve(name);
                if matches!(meaning, Meaning::Node { shape, node, .. } if shape.nodes[usize::from(node)].is_leaf()) {
                    return self.scalar(token, (name, meaning, at), walker, tape).map(Some);
                }
                self.comma = Comma::Expected;
                if let Some(leaf) = only_leaf(meaning) {
                    // The items' own level is left out: there is one thing that the text can be.
                    walker.note(NoteKind::MissingLevel, at, leaf);
                    walker.open_as(meaning, name, at, tape);
                    walker.open(leaf, at, tape);
                    walker.text(token.text, token.at, tape);
                    walker.close(at, tape);
                } else if meaning == Meaning::Open {
                    walker.open_as(meaning, name, at, tape);
                    walker.text(token.text, token.at, tape);
                } else {
                    self.unknown_items = true;
                    if self.omit_unknown(bytes, walker) {
                        return Ok(None);
                    }
                    walker.open_as(Meaning::Unknown, name, at, tape);
                    walker.text(token.text, token.at, tape);
                }
                let done = walker.close(at, tape);
                Ok(Some(done.map_or(Step::More, Step::Done)))
            }
        }
    }

    /// Counts a value that nothing is known for, when there is no room for its note: what the walker would do with it then.
    /// Those that follow and are like it are counted with it.
    fn omit_unknown(&mut self, bytes: &[u8], walker: &mut Walker) -> bool {
        if !walker.only_counts() {
            return false;
        }
        let mut count = 1;
        while bytes.get(self.pos) == Some(&b',')
            && let Some(len) = plain_value(&bytes[self.pos + 1..])
        {
            count += 1;
            self.pos += 1 + len;
        }
        self.comma = Comma::Expected;
        walker.count_unknown(count, count);
        true
    }
}

/// The length of a value that needs no second look: a whole number, or a string of letters and digits before another value.
fn plain_value(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        b'1'..=b'9' => {
            let len = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            matches!(bytes.get(len), Some(b',' | b']')).then_some(len)
        }
        b'"' => {
            let len = bytes[1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let ends = |rest: &[u8]| matches!(rest, [b'"', b']', ..] | [b'"', b',', b'"' | b'0'..=b'9', ..]);
            (len > 0 && ends(&bytes[1 + len..])).then_some(len + 2)
        }
        _ => None,
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
