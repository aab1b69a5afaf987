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
    /// An item of an array.
    pub(super) fn item<'a>(
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
                let next = position(bytes, token.end, |byte| !byte.is_ascii_whitespace());
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
