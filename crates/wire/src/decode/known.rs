//! Every name that means something somewhere in a reply, and where: what a name can mean is found among a few nodes instead of
//! all, and a name that is not among them is unknown at once.
//!
//! To ask level after level, spelling after spelling, costs more than all else about a name. It is right for a reply with
//! little wrong in it, for which the names are not worth being gathered. The answers are those of the functions in `names`.

use super::names::{self, is_called, same_name};
use crate::Format;
use crate::shape::{Node, NodeKind, ReplyShape, Shape};

/// Bits of the filter before the list: most names that are not known do not get beyond it.
const FILTER: usize = 1 << 12;

/// The shape's number of what belongs to no shape: names of the envelope and the head.
const ENVELOPE: u16 = u16::MAX;

/// Names without case and punctuation, by their hashes.
#[derive(Debug)]
pub(crate) struct KnownNames {
    filter: [u64; FILTER / 64],
    /// In rising order.
    entries: Vec<Entry>,
    /// Where the entries begin whose hashes have this highest byte.
    starts: [u16; 256],
    shapes: Vec<KnownShape>,
    /// Whether names with a number behind them are known without it.
    numbered: bool,
}

/// A name's hash, the number of the shape that has it, and its node there.
type Entry = (u64, u16, u16);

#[derive(Debug)]
struct KnownShape {
    shape: &'static Shape,
    /// For each node where the level around it begins, that has a name in the format; 0 for none.
    inside: Vec<u16>,
}

impl KnownNames {
    /// The names of `reply`, in all formats, and of everything in it.
    pub fn of(reply: &ReplyShape, format: Format) -> Self {
        let (entries, shapes) = (Vec::new(), Vec::new());
        let mut known = Self { filter: [0; FILTER / 64], entries, starts: [0; 256], shapes, numbered: false };
        for envelope in [&reply.xml, &reply.json] {
            let names = [envelope.root, envelope.header, envelope.code, envelope.status];
            names.iter().for_each(|name| known.add(name, ENVELOPE, 0));
        }
        let api = reply.api;
        let others = [&[reply.default_root][..], reply.root_aliases, api.codes, api.statuses, api.errors];
        others.into_iter().flatten().for_each(|name| known.add(name, ENVELOPE, 0));
        // The header in the envelope of generic errors.
        known.add(&format!("{}Header", api.generic_root), ENVELOPE, 0);
        known.add_shape(reply.shape, format);
        let mut number = 0;
        while let Some(KnownShape { shape, .. }) = known.shapes.get(number) {
            let shape = *shape;
            for (at, node) in shape.nodes.iter().enumerate() {
                known.add_node(node, number as u16, at as u16, format);
            }
            number += 1;
        }
        known.entries.sort_unstable();
        known.entries.dedup();
        for (byte, start) in known.starts.iter_mut().enumerate() {
            *start = known.entries.partition_point(|entry| ((entry.0 >> 56) as usize) < byte) as u16;
        }
        known
    }

    fn add_shape(&mut self, shape: &'static Shape, format: Format) {
        if self.shapes.iter().any(|known| known.shape == shape) {
            return;
        }
        let mut inside = vec![0; shape.nodes.len()];
        for (at, node) in shape.nodes.iter().enumerate() {
            if let NodeKind::Group { len } = node.kind
                && !node.name(format).is_empty()
            {
                // A level within this one comes later, and overwrites it.
                inside.iter_mut().skip(at + 1).take(usize::from(len)).for_each(|inside| *inside = at as u16 + 1);
            }
        }
        self.shapes.push(KnownShape { shape, inside });
    }

    fn add_node(&mut self, node: &'static Node, shape: u16, at: u16, format: Format) {
        node.names.iter().chain(node.aliases).for_each(|name| self.add(name, shape, at));
        if node.numbered {
            self.numbered = true;
            self.add(without_number(node.name(format)), shape, at);
        }
        if let NodeKind::Child { shape, .. } = node.kind {
            self.add_shape(shape, format);
        }
    }

    fn add(&mut self, name: &str, shape: u16, at: u16) {
        if !name.is_empty() {
            let hash = hash(name);
            self.filter[slot(hash)] |= bit(hash);
            self.entries.push((hash, shape, at));
        }
    }

    /// Everything that may be called so.
    fn entries(&self, hash: u64) -> Part {
        if self.filter[slot(hash)] & bit(hash) == 0 {
            return (0, 0);
        }
        let mut from = usize::from(self.starts[(hash >> 56) as usize]);
        while self.entries.get(from).is_some_and(|entry| entry.0 < hash) {
            from += 1;
        }
        let mut to = from;
        while self.entries.get(to).is_some_and(|entry| entry.0 == hash) {
            to += 1;
        }
        (from as u16, to as u16)
    }

    /// As [`Wanted::is_strange`].
    #[inline]
    pub fn is_strange(&self, name: &str) -> bool {
        let hash = hash(name);
        let numbered = self.numbered && name.as_bytes().last().is_some_and(u8::is_ascii_digit);
        if hash != 0 && !numbered && self.filter[slot(hash)] & bit(hash) == 0 {
            return true;
        }
        self.parts(name).is_some_and(is_nothing)
    }

    /// What `name` may mean, with and without a number behind it; `None` when nothing is said of it.
    fn parts(&self, name: &str) -> Option<[Part; 2]> {
        let hash = hash(name);
        if hash == 0 {
            // Punctuation alone.
            return None;
        }
        let mut parts = [self.entries(hash), (0, 0)];
        if self.numbered && name.ends_with(|last: char| last.is_ascii_digit()) {
            let stem = without_number(name);
            if stem.is_empty() {
                return None;
            }
            parts[1] = self.entries(self::hash(stem));
        }
        Some(parts)
    }

    /// Those of the entries that are nodes of `shape`.
    #[inline]
    fn of_shape(&self, (from, to): Part, shape: &'static Shape) -> Own<'_> {
        let mut rest = &self.entries[usize::from(from)..usize::from(to)];
        while let [first, behind @ ..] = rest {
            let Some(known) = self.shapes.get(usize::from(first.1)).filter(|known| known.shape == shape) else {
                rest = behind;
                continue;
            };
            let mut len = 1;
            while rest.get(len).is_some_and(|entry| entry.1 == first.1) {
                len += 1;
            }
            return (&rest[..len], &known.inside);
        }
        (&[], &[])
    }
}

fn is_nothing([own, stem]: [Part; 2]) -> bool {
    own.0 == own.1 && stem.0 == stem.1
}

/// The entries that are nodes of one shape, and for each of its nodes where the level around it begins.
type Own<'k> = (&'k [Entry], &'k [u16]);

/// The first node of `shape` that stands and is as it should. `stands` is told the level around it and the node itself.
#[inline]
fn first(
    own: [Own<'_>; 2],
    shape: &'static Shape,
    stands: impl Fn(u16, u16) -> bool,
    is: impl Fn(&Node) -> bool,
) -> Option<u16> {
    let mut first = None;
    for (entries, inside) in own {
        for (_, _, at) in entries {
            // They are in the order of the nodes.
            if first.is_some_and(|first| first <= *at) {
                break;
            }
            if stands(inside[usize::from(*at)], *at) && is(&shape.nodes[usize::from(*at)]) {
                first = Some(*at);
                break;
            }
        }
    }
    first
}

/// Some of the entries: from here to there.
type Part = (u16, u16);

/// A name that is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'n> {
    pub name: &'n str,
    format: Format,
    /// What may be meant; none before the names of the reply were gathered.
    parts: Option<[Part; 2]>,
}

impl<'n> Wanted<'n> {
    #[inline]
    pub fn new(name: &'n str, format: Format, known: Option<&KnownNames>) -> Self {
        Self { name, format, parts: known.and_then(|known| known.parts(name)) }
    }

    /// Whether it means nothing anywhere in the reply.
    #[inline]
    pub fn is_strange(&self) -> bool {
        self.parts.is_some_and(is_nothing)
    }

    /// The nodes of `shape` among which it is looked for.
    #[inline]
    fn among<'k>(&self, known: Option<&'k KnownNames>, shape: &'static Shape) -> Option<[Own<'k>; 2]> {
        let (known, [own, stem]) = known.zip(self.parts)?;
        Some([known.of_shape(own, shape), known.of_shape(stem, shape)])
    }

    /// Whether it may be a name in `shape`, in any spelling.
    #[inline]
    pub fn is_of_shape(&self, known: Option<&KnownNames>, shape: &'static Shape) -> bool {
        self.among(known, shape).is_none_or(|own| own.iter().any(|(entries, _)| !entries.is_empty()))
    }

    /// Whether it may be a name of the envelope or the head.
    pub fn is_of_envelope(&self, known: Option<&KnownNames>) -> bool {
        let Some((known, parts)) = known.zip(self.parts) else { return true };
        parts
            .into_iter()
            .any(|(from, to)| known.entries[usize::from(from)..usize::from(to)].iter().any(|entry| entry.1 == ENVELOPE))
    }

    /// As [`names::find_exact`].
    pub fn find_exact(
        &self,
        known: Option<&KnownNames>,
        shape: &'static Shape,
        scope: (u16, u16),
        hint: u16,
    ) -> Option<u16> {
        let Some(own) = self.among(known, shape) else {
            return names::find_exact(shape, scope, hint, self.name, self.format);
        };
        let exact = |node: &Node| is_called(node, self.name, self.format);
        if hint > scope.0 && hint < scope.1 {
            if shape.nodes.get(usize::from(hint))?.name(self.format) == self.name {
                return Some(hint);
            }
            let behind = |inside, at| is_sibling(inside, (hint, scope.1), at);
            if let Some(at) = first(own, shape, behind, exact) {
                return Some(at);
            }
        }
        first(own, shape, |inside, at| is_sibling(inside, scope, at), exact)
    }

    /// As [`names::find_variant`].
    pub fn find_variant(&self, known: Option<&KnownNames>, shape: &'static Shape, scope: (u16, u16)) -> Option<u16> {
        let Some(own) = self.among(known, shape) else {
            return names::find_variant(shape, scope, self.name, self.format);
        };
        let here = |inside: u16, at: u16| is_sibling(inside, scope, at);
        let same = |known: &str| same_name(known, self.name);
        let in_format = |node: &Node| same(node.name(self.format)) || node.aliases.iter().any(|alias| same(alias));
        let any = |node: &Node| is_of_any_format(node, self.name);
        first(own, shape, here, in_format).or_else(|| first(own, shape, here, any))
    }

    /// As [`names::find_unique`].
    pub fn find_unique(&self, known: Option<&KnownNames>, shape: &'static Shape, scope: (u16, u16)) -> Option<u16> {
        let Some(own) = self.among(known, shape) else {
            return names::find_unique(shape, scope, self.name, self.format);
        };
        let exact =
            |node: &Node| !matches!(node.kind, NodeKind::Group { .. }) && is_called(node, self.name, self.format);
        let found = first(own, shape, |_, at| at >= scope.0 && at < scope.1, exact)?;
        first(own, shape, |_, at| at > found && at < scope.1, exact).is_none().then_some(found)
    }

    /// As [`names::find_anywhere`], in a whole shape.
    pub fn find_anywhere(&self, known: Option<&KnownNames>, shape: &'static Shape) -> Option<u16> {
        let Some(own) = self.among(known, shape) else {
            return names::find_anywhere(shape, (0, shape.nodes.len() as u16), self.name, self.format);
        };
        let exact = |node: &Node| is_called(node, self.name, self.format);
        let any = |node: &Node| is_of_any_format(node, self.name);
        first(own, shape, |_, _| true, exact).or_else(|| first(own, shape, |_, _| true, any))
    }
}

/// Whether the node `at`, in the level that begins at `inside`, is one of those that a walk over `scope` comes by.
fn is_sibling(inside: u16, scope: (u16, u16), at: u16) -> bool {
    at >= scope.0 && at < scope.1 && inside <= scope.0
}

fn is_of_any_format(node: &Node, name: &str) -> bool {
    !matches!(node.kind, NodeKind::Group { .. }) && node.names.iter().any(|known| same_name(known, name))
}

fn without_number(name: &str) -> &str {
    name.trim_end_matches(|last: char| last.is_ascii_digit())
}

/// Where a hash stands in the filter: its highest bits tell, which depend on every byte.
fn slot(hash: u64) -> usize {
    (hash >> 58) as usize
}

fn bit(hash: u64) -> u64 {
    1 << (hash >> 52 & 63)
}

/// Bytes as they count in names: in lower case; 0 for punctuation.
const COUNTED: [u8; 256] = {
    let mut counted = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let letter = byte as u8;
        if letter.is_ascii_alphanumeric() || letter >= 0x80 {
            counted[byte] = letter.to_ascii_lowercase();
        }
        byte += 1;
    }
    counted
};

/// The same for names that are the same but for case and punctuation; 0 when there is nothing else.
fn hash(name: &str) -> u64 {
    let mut hash = 0u64;
    for byte in name.bytes() {
        let counted = COUNTED[usize::from(byte)];
        if counted != 0 {
            hash = (hash.rotate_left(23) ^ u64::from(counted)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_do_not_mind_case_and_punctuation() {
        assert_eq!(hash("AuctionId"), hash("auction_id"));
        assert_ne!(hash("AuctionId"), hash("AuctionIds"));
        assert_eq!(without_number("Host12"), "Host");
        assert_eq!(hash("_.-"), 0);
    }
}
