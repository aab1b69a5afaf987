//! Elements of XML that come as they are documented: no look at any other name is needed.

use super::{XmlScanner, record};
use crate::decode::tape::Tape;
use crate::decode::verdict::HeadField;
use crate::decode::walker::{FrameKind, MAX_DEPTH, Meaning, Walker, Way};
use crate::scan::Step;
use crate::scan::body::{find_near, skip_blank, trim};
use crate::shape::NodeKind;
use std::borrow::Cow;

impl XmlScanner {
    /// What is documented next, as long as it comes: leaves, levels and end tags without anything between. Reads nothing
    /// that deviates; `None` leaves the next tag to the general way.
    pub(super) fn expected<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Option<Step> {
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
            if top.kind == FrameKind::Header && self.head_leaf(body, tag, walker) {
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
                let cells = tape.len();
                if walker.record_begins(shape, node)
                    && let Some(end) = record::read(body, tag, pos, (node, &shape.nodes[usize::from(node)]), tape)
                {
                    walker.take_record(node, name, &tape[cells..]);
                    self.pos = end;
                    return Some(Step::Done(node));
                }
                walker.open_as(meaning, name, tag, tape);
                self.pos = pos;
            } else {
                match self.fused_leaf(body, name, (tag, pos), false, meaning, walker, tape) {
                    Some(Step::More) if !self.single => {}
                    Some(step) => return Some(step),
                    None => return read,
                }
            }
            read = Some(Step::More);
        }
    }

    /// Code or status, when one of them comes next as it is documented.
    fn head_leaf(&mut self, body: &str, tag: usize, walker: &mut Walker) -> bool {
        let (bytes, envelope) = (body.as_bytes(), walker.envelope());
        let code = (envelope.code, HeadField::Code, walker.head.code.is_none());
        let status = (envelope.status, HeadField::Status, walker.head.status.is_none());
        for (name, field, _) in [code, status].into_iter().filter(|(name, _, first)| *first && !name.is_empty()) {
            let inside = bytes[tag + 1..].strip_prefix(name.as_bytes()).and_then(|rest| rest.strip_prefix(b">"));
            let Some(inside) = inside else { continue };
            let start = bytes.len() - inside.len();
            let Some(len) = inside.iter().position(|byte| matches!(byte, b'<' | b'&')) else { return false };
            let behind = inside[len..].strip_prefix(b"</").and_then(|rest| rest.strip_prefix(name.as_bytes()));
            let Some(behind) = behind.and_then(|rest| rest.strip_prefix(b">")) else { return false };
            walker.head_leaf(field, &body[start..start + len], start);
            self.pos = bytes.len() - behind.len();
            return true;
        }
        false
    }

    /// The usual case in one go: a known leaf with plain text and its own end tag. `tag` and `pos` are where its start tag
    /// begins and ends.
    #[allow(clippy::too_many_arguments)] // The parts of one tag.
    pub(super) fn fused_leaf<'a>(
        &mut self,
        body: &'a str,
        name: &str,
        (tag, pos): (usize, usize),
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
        walker.field(shape, node, Way::of(exact, name, tag), Cow::Borrowed(text), offset, tape);
        self.pos = end;
        Some(if walker.in_envelope() { Step::Done(node) } else { Step::More })
    }
}
