//! What a name means: here, in another spelling, at another level, or further out.

use super::{FrameKind, FurtherOut, Meaning, Walker};
use crate::Format;
use crate::decode::known::{KnownNames, Wanted};
use crate::decode::names::{same_name, siblings};
use crate::decode::verdict::HeadField;
use crate::shape::Shape;

/// Names that are unknown at their place before all names of the reply are gathered: in a small reply that costs more than it
/// saves.
const ODD: u8 = 16;

impl Walker {
    /// The name that is documented to come next in the innermost level.
    #[inline]
    pub fn next_documented(&self) -> Option<(&'static Shape, u16, &'static str)> {
        let frame = self.top();
        let mut at = frame.hint.max(frame.scope.0);
        while at < frame.scope.1 {
            let node = frame.shape.nodes.get(usize::from(at))?;
            let name = node.name(self.format);
            if !name.is_empty() {
                return Some((frame.shape, at, name));
            }
            at += 1;
        }
        None
    }

    /// What `name` means here.
    pub fn resolve(&mut self, name: &str) -> Meaning {
        let frame = self.top();
        // What comes next is nearly always the sibling of what came last.
        if frame.hint > frame.scope.0
            && frame.hint < frame.scope.1
            && frame.kind.has_names_inside()
            && frame.shape.nodes.get(usize::from(frame.hint)).is_some_and(|node| node.name(self.format) == name)
        {
            return Meaning::Node { shape: frame.shape, node: frame.hint, exact: true };
        }
        self.resolve_wanted(self.wanted(name))
    }

    /// What a name means here. Asks the scopes from the inside out, without closing anything.
    pub fn resolve_wanted(&mut self, wanted: Wanted<'_>) -> Meaning {
        let meaning = self.meaning_of(wanted);
        self.count_other_name(meaning, wanted.name);
        meaning
    }

    /// What a name means in the innermost level, which [`Self::wanted_further_out`] found.
    pub fn meaning_there(&mut self, there: Option<Meaning>, wanted: Wanted<'_>) -> Meaning {
        let Some(meaning) = there else { return self.resolve_wanted(wanted) };
        self.count_other_name(meaning, wanted.name);
        meaning
    }

    #[inline]
    fn count_other_name(&mut self, meaning: Meaning, name: &str) {
        if let Meaning::Node { shape, node, .. } = meaning {
            self.other_names += usize::from(shape.nodes[usize::from(node)].name(self.format) != name);
        }
    }

    fn meaning_of(&mut self, wanted: Wanted<'_>) -> Meaning {
        if self.top().kind == FrameKind::Open {
            return Meaning::Open;
        }
        if wanted.is_strange() {
            return self.strange();
        }
        let frame = self.top();
        // A name that this shape does not have is looked for in it once, not in each spelling and at each level.
        let is_here = frame.kind.has_names_inside() && wanted.is_of_shape(self.known(), frame.shape);
        if is_here && let Some(node) = wanted.find_exact(self.known(), frame.shape, frame.scope, frame.hint) {
            return Meaning::Node { shape: frame.shape, node, exact: true };
        }
        let meaning = match frame.kind {
            FrameKind::Record => self.resolve_in_record(wanted, is_here),
            FrameKind::Level if !self.in_envelope() => self.resolve_in_record(wanted, is_here),
            FrameKind::Unknown | FrameKind::Leaf | FrameKind::Head(_) => Meaning::Unknown,
            _ => self.resolve_in_envelope(wanted),
        };
        if matches!(meaning, Meaning::Unknown | Meaning::Through | Meaning::Node { exact: false, .. }) {
            self.count_odd_name();
        }
        meaning
    }

    /// `name` as it is looked for in the shapes.
    #[inline]
    pub fn wanted<'n>(&self, name: &'n str) -> Wanted<'n> {
        Wanted::new(name, self.format, self.known())
    }

    /// Whether `name` means nothing anywhere in the reply; `false` when that is not known yet.
    pub fn is_strange(&self, name: &str) -> bool {
        self.known().is_some_and(|known| known.is_strange(name))
    }

    #[inline]
    pub(super) fn known(&self) -> Option<&KnownNames> {
        self.known_names.as_deref()
    }

    /// What a name means here that means nothing anywhere.
    pub fn strange(&self) -> Meaning {
        if let Some(meaning) = self.any_name() {
            return meaning;
        }
        match self.top().kind {
            FrameKind::Open => Meaning::Open,
            FrameKind::Record | FrameKind::Unknown | FrameKind::Leaf | FrameKind::Head(_) => Meaning::Unknown,
            FrameKind::Level if !self.in_envelope() => Meaning::Unknown,
            kind => self.through(kind),
        }
    }

    /// The node in the innermost level that stands for whatever has a name which none of its siblings has. Only encoded
    /// messages have such a node; in another command's envelope it stands for nothing.
    pub fn any_name(&self) -> Option<Meaning> {
        self.soap?;
        let frame = self.top();
        let is_root = frame.kind == FrameKind::Through && self.frames.len() == 2;
        if self.foreign_root.is_some() || !(frame.kind.has_names_inside() || is_root) {
            return None;
        }
        let found = siblings(frame.shape, frame.scope, self.format).find(|(_, node)| node.any_name);
        found.map(|(node, _)| Meaning::Node { shape: frame.shape, node, exact: true })
    }

    fn count_odd_name(&mut self) {
        if self.known_names.is_none() {
            self.odd_names += 1;
            if self.odd_names == ODD {
                self.known_names = Some(Box::new(KnownNames::of(self.reply, self.format)));
            }
        }
    }

    /// Inside a record: another spelling, another level of the same record, or a head field of its own.
    fn resolve_in_record(&self, wanted: Wanted<'_>, is_here: bool) -> Meaning {
        let (frame, known) = (self.top(), self.known());
        let (shape, all) = (frame.shape, (0, frame.shape.nodes.len() as u16));
        let found = || wanted.find_variant(known, shape, frame.scope).or_else(|| wanted.find_unique(known, shape, all));
        if let Some(node) = is_here.then(found).flatten() {
            return Meaning::Node { shape, node, exact: false };
        }
        match self.head_field(wanted) {
            Some(field) => Meaning::Head(field),
            None => self.any_name().unwrap_or(Meaning::Unknown),
        }
    }

    fn resolve_in_envelope(&self, wanted: Wanted<'_>) -> Meaning {
        let (known, name) = (self.known(), wanted.name);
        let frame = self.top();
        let (kind, shape) = (frame.kind, self.reply.shape);
        if kind == FrameKind::Outer {
            if self.is_own_root(name) {
                return Meaning::Root;
            }
            if let Some(node) = wanted
                .find_exact(known, shape, frame.scope, 0)
                .or_else(|| wanted.find_variant(known, shape, frame.scope))
            {
                return Meaning::Node { shape, node, exact: false };
            }
        }
        if same_name(self.envelope().header, name)
            || same_name(self.reply.xml.header, name)
            || self.is_generic() && name.strip_prefix(self.reply.api.generic_root) == Some("Header")
        {
            return Meaning::Header;
        }
        if let Some(field) = self.head_field(wanted) {
            let deep = kind == FrameKind::Through && self.frames.len() > 2 && !self.top().name.ends_with("Header");
            return if deep && self.open_tree.is_some() { Meaning::Unknown } else { Meaning::Head(field) };
        }
        if let Some(node) = wanted.find_variant(known, shape, self.top().scope) {
            return Meaning::Node { shape, node, exact: false };
        }
        if kind != FrameKind::Outer && self.is_own_root(name) {
            return Meaning::Root;
        }
        if let Some(meaning) = self.any_name() {
            return meaning;
        }
        if let Some(node) = wanted.find_anywhere(known, shape) {
            return Meaning::Node { shape, node, exact: false };
        }
        self.through(kind)
    }

    /// What an unknown name means in the envelope or around it.
    fn through(&self, kind: FrameKind) -> Meaning {
        if kind == FrameKind::Outer && self.format == Format::Json && self.has_head() {
            // Beside code and status stands no envelope.
            return Meaning::Unknown;
        }
        Meaning::Through
    }

    pub(super) fn has_head(&self) -> bool {
        self.head.code.is_some() || self.head.status.is_some()
    }

    /// Whether the reply stands in the API's envelope of generic errors, which is not this command's own.
    pub fn is_generic(&self) -> bool {
        !self.own_root && !self.root_name.is_empty() && *self.root_name == *self.reply.api.generic_root
    }

    /// Whether `name` is the envelope of this command, in any format.
    pub fn is_own_root(&self, name: &str) -> bool {
        let reply = self.reply;
        [reply.xml.root, reply.json.root, self.reply.default_root]
            .iter()
            .chain(reply.root_aliases)
            .any(|root| !root.is_empty() && *root == name)
    }

    pub(super) fn head_field(&self, wanted: Wanted<'_>) -> Option<HeadField> {
        if !wanted.is_of_envelope(self.known()) {
            return None;
        }
        let name = wanted.name;
        let api = self.reply.api;
        let is = |names: &[&str]| names.iter().any(|known| same_name(known, name));
        let envelope = self.envelope();
        if is(api.codes) || same_name(envelope.code, name) {
            Some(HeadField::Code)
        } else if is(api.statuses) || same_name(envelope.status, name) {
            Some(HeadField::Status)
        } else if is(api.errors) {
            Some(HeadField::Error)
        } else {
            None
        }
    }

    /// How many levels must close so that a name stands where it is known exactly, and what it means there when that is a node
    /// of the level; `None` when it is known nowhere further out.
    pub fn wanted_further_out(&self, wanted: Wanted<'_>) -> FurtherOut {
        if wanted.is_strange() {
            return None;
        }
        for (levels, frame) in self.frames.iter().rev().enumerate().skip(1) {
            match frame.kind {
                FrameKind::Record | FrameKind::Level | FrameKind::Root | FrameKind::Header => {
                    if let Some(node) = wanted.find_exact(self.known(), frame.shape, frame.scope, frame.hint) {
                        return Some((levels, Some(Meaning::Node { shape: frame.shape, node, exact: true })));
                    }
                    if frame.kind == FrameKind::Header && self.head_field(wanted).is_some() {
                        return Some((levels, None));
                    }
                    if frame.kind == FrameKind::Root && wanted.name == self.envelope().header && !wanted.name.is_empty()
                    {
                        return Some((levels, None));
                    }
                }
                _ => {}
            }
        }
        None
    }
}
