//! A record whose names are all as documented, read in one go: no level is opened for it, and nothing in it is odd.
//!
//! Any surprise gives it back to reading by name, from its beginning; so a record is looked at twice at most.

use super::name_end;
use crate::Format;
use crate::decode::names::{find_exact, group_len};
use crate::decode::tape::{Cell, Mark, Tape};
use crate::scan::body::{skip_blank, trim};
use crate::scan::swar;
use crate::shape::{Node, NodeKind, Shape};
use std::borrow::Cow;

/// Records and levels that may stand in one another.
const DEPTH: u8 = 16;

/// Cells of a record that is read so: the tape is not to grow by one that is given back.
const CELLS: usize = 1024;

/// Reads the record `node`, whose start tag ends at `pos`; the tape then holds its cells. Returns where its end tag begins and
/// where it ends; `None`, with the tape as it was, when something is not as documented.
pub(super) fn read<'a>(
    body: &'a str,
    start: usize,
    pos: usize,
    node: (u16, &'static Node),
    tape: &mut Tape<'a>,
) -> Option<usize> {
    let NodeKind::Child { shape, .. } = node.1.kind else { return None };
    if !is_plain(node.1) {
        return None;
    }
    let before = tape.len();
    tape.push(Cell::mark(Mark::Enter, node.0, start));
    let (scope, name, most) = ((0, shape.nodes.len() as u16), node.1.name(Format::Xml), before + CELLS);
    let level = Level { shape, scope, name, depth: 0, most };
    let ends = level.read(body, pos, tape);
    match ends {
        Some((tag, end)) => {
            tape.push(Cell::mark(Mark::Leave, node.0, tag));
            Some(end)
        }
        None => {
            tape.truncate(before);
            None
        }
    }
}

/// Whether nothing about the node is decided by what its text says.
fn is_plain(node: &Node) -> bool {
    !(node.skip_empty || node.in_string) && node.ignore.is_empty()
}

/// An open record or level.
struct Level {
    shape: &'static Shape,
    scope: (u16, u16),
    name: &'static str,
    depth: u8,
    /// Cells that there may be on the tape.
    most: usize,
}

impl Level {
    /// Reads up to its end tag; returns where that begins and ends.
    fn read<'a>(&self, body: &'a str, mut pos: usize, tape: &mut Tape<'a>) -> Option<(usize, usize)> {
        let bytes = body.as_bytes();
        let nodes = self.shape.nodes;
        let mut hint = self.scope.0;
        loop {
            let tag = skip_blank(bytes, pos);
            let rest = bytes.get(tag..)?.strip_prefix(b"<")?;
            if let Some(rest) = rest.strip_prefix(b"/") {
                let rest = rest.strip_prefix(self.name.as_bytes())?.strip_prefix(b">")?;
                return Some((tag, bytes.len() - rest.len()));
            }
            // What other formats alone have is passed over.
            while hint < self.scope.1 && nodes[usize::from(hint)].name(Format::Xml).is_empty() {
                hint += 1;
            }
            let next = nodes[..usize::from(self.scope.1)].get(usize::from(hint));
            let documented = next.and_then(|node| rest.strip_prefix(node.name(Format::Xml).as_bytes()));
            let (at, behind) = match documented {
                Some(behind @ [b'>' | b'/', ..]) => (hint, behind),
                _ => {
                    let end = name_end(bytes, tag + 1);
                    let name = &body[tag + 1..end];
                    let at = find_exact(self.shape, self.scope, hint, name, Format::Xml)?;
                    if nodes[usize::from(at)].name(Format::Xml) != name {
                        return None;
                    }
                    (at, &bytes[end..])
                }
            };
            let node = &nodes[usize::from(at)];
            hint = at + 1 + group_len(node);
            if !is_plain(node) || tape.len() >= self.most {
                return None;
            }
            let name = node.name(Format::Xml);
            match (&node.kind, behind) {
                (NodeKind::Leaf { .. }, [b'/', b'>', rest @ ..]) => {
                    pos = bytes.len() - rest.len();
                    tape.push(Cell::text(at, Cow::Borrowed(""), pos));
                }
                (NodeKind::Leaf { .. }, [b'>', rest @ ..]) => {
                    let start = bytes.len() - rest.len();
                    let mask = |word| swar::first(word, b'<') | swar::first(word, b'&');
                    let len = swar::find(rest, 0, mask, |byte| matches!(byte, b'<' | b'&'))?;
                    let rest = rest[len..].strip_prefix(b"</")?.strip_prefix(name.as_bytes())?.strip_prefix(b">")?;
                    let (skipped, text) = trim(&body[start..start + len]);
                    tape.push(Cell::text(at, Cow::Borrowed(text), start + skipped));
                    pos = bytes.len() - rest.len();
                }
                (kind, [b'>', rest @ ..]) if self.depth < DEPTH => {
                    let inside = bytes.len() - rest.len();
                    let (depth, most) = (self.depth + 1, self.most);
                    if let NodeKind::Child { shape, .. } = kind {
                        tape.push(Cell::mark(Mark::Enter, at, tag));
                        let scope = (0, shape.nodes.len() as u16);
                        let (tag, end) = Self { shape, scope, name, depth, most }.read(body, inside, tape)?;
                        tape.push(Cell::mark(Mark::Leave, at, tag));
                        pos = end;
                    } else {
                        let scope = (at + 1, hint);
                        pos = Self { shape: self.shape, scope, name, depth, most }.read(body, inside, tape)?.1;
                    }
                }
                _ => return None,
            }
        }
    }
}
