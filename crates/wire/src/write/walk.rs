//! Walks a reply along its shape and writes it in a notation of levels: what is written, in which order, and where.
//!
//! Nothing is looked ahead for: a level is opened, written and taken back when it turns out to hold nothing, so that every text is
//! made once. Recursion is bounded by [`MAX_DEPTH`].

use super::level::Level;
use super::notation::{Notation, Output, Place};
use super::{WriteError, WriteOptions, fill, fill_list, refused};
use crate::command::{OpenReply, Tree};
use crate::{Child, Envelope, Format, Head, JsonAs, Leaf, LeafSpec, Node, NodeKind, Record, ReplyShape, Shape, Text};

/// How many levels may be open around a text: elements in XML, objects and arrays in JSON. The scanners take more.
pub(super) const MAX_DEPTH: usize = 64;

/// What a part of a reply came to; of several parts the greatest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    /// Nothing is written.
    Nothing,
    /// Only absent values are written.
    Blank,
    /// An empty list is written.
    EmptyList,
    /// A value is written.
    Value,
}

/// How the nodes of a level are written.
#[derive(Clone, Copy)]
pub(super) struct Mode {
    /// Only what has a value is written.
    pub sparse: bool,
    /// Only this item of every list, because the level itself is an item of an array.
    pub item: Option<usize>,
}

impl Mode {
    const WHOLE: Self = Self { sparse: false, item: None };
}

/// Writes the reply in `notation`.
pub(super) fn write(
    reply: &ReplyShape,
    envelope: &Envelope,
    head: &Head,
    record: &dyn Record,
    format: Format,
    notation: &dyn Notation,
    options: WriteOptions,
) -> Result<String, WriteError> {
    let mut walk = Walk::new(reply.command, format, notation, options);
    let refused = refused(reply.api, head);
    let start = walk.out.mark();
    let extent = walk.reply(reply, envelope, head, record, refused)?;
    if !refused && extent == Extent::Blank {
        // Nothing but absent values: the server would have sent the head alone.
        walk.out.take_back(start);
        walk.reply(reply, envelope, head, record, true)?;
    }
    Ok(walk.out.text)
}

pub(super) struct Walk<'w> {
    command: &'static str,
    format: Format,
    pub notation: &'w dyn Notation,
    pub out: Output,
    /// The text at hand.
    text: String,
}

impl<'w> Walk<'w> {
    pub fn new(command: &'static str, format: Format, notation: &'w dyn Notation, options: WriteOptions) -> Self {
        Self { command, format, notation, out: Output::new(options.compact), text: String::new() }
    }

    fn reply(
        &mut self,
        reply: &ReplyShape,
        envelope: &Envelope,
        head: &Head,
        record: &dyn Record,
        sparse: bool,
    ) -> Result<Extent, WriteError> {
        let mode = Mode { sparse, item: None };
        let nodes = [reply.shape.nodes];
        let mut extent = Extent::Nothing;
        self.notation.begin(&mut self.out);
        if !envelope.root.is_empty() {
            self.notation.open(&mut self.out, envelope.root, Place::Member);
        }
        if envelope.header.is_empty() {
            self.head(reply, envelope, head);
        } else {
            let in_header: Vec<_> = Level::of(&nodes)
                .parts(self.format)
                .filter(|(node, _)| is_group(node) && node.name(self.format) == envelope.header)
                .map(|(_, inside)| inside)
                .collect();
            let mark = self.out.mark();
            self.notation.open(&mut self.out, envelope.header, Place::Member);
            let written = self.head(reply, envelope, head);
            extent = self.level(Level::of(&in_header), record, mode)?;
            if written || extent > Extent::Nothing {
                self.notation.close(&mut self.out, envelope.header);
            } else {
                self.out.take_back(mark);
            }
        }
        let rest = self.level(Level { runs: &nodes, except: envelope.header }, record, mode)?;
        if !envelope.root.is_empty() {
            self.notation.close(&mut self.out, envelope.root);
        }
        self.notation.end(&mut self.out);
        Ok(extent.max(rest))
    }

    /// Writes those of code, status and error that the head has and the envelope names; `true` when there are any.
    pub fn head(&mut self, reply: &ReplyShape, envelope: &Envelope, head: &Head) -> bool {
        let code = head.code.map(|code| code.to_string());
        // An error text is never dropped for want of a name.
        let error = reply.api.errors.first().copied().unwrap_or("Error");
        let fields = [
            (envelope.code, code.as_deref(), envelope.code_as),
            (envelope.status, head.status.as_deref(), JsonAs::String),
            (error, head.error.as_deref(), JsonAs::String),
        ];
        let mut written = false;
        for (name, text, json_as) in fields {
            if let Some(text) = text
                && !name.is_empty()
            {
                self.notation.scalar(&mut self.out, name, Place::Member, text, json_as);
                written = true;
            }
        }
        written
    }

    pub fn level(&mut self, level: Level<'_>, record: &dyn Record, mode: Mode) -> Result<Extent, WriteError> {
        if self.out.depth > MAX_DEPTH {
            return Err(WriteError::TooDeep { command: self.command });
        }
        let mut extent = self.attributes(level, record, mode);
        let mut parts = level.parts(self.format);
        while let Some((node, inside)) = parts.next() {
            let part = match &node.kind {
                NodeKind::Leaf { .. } if self.is_attribute(node) => continue,
                NodeKind::Group { .. } => {
                    let mut optional = node.optional;
                    let mut runs = parts.take_equal(node.name(self.format), &mut optional);
                    if runs.is_empty() {
                        self.group(node, Level::of(&[inside]), optional, record, mode)?
                    } else {
                        runs.insert(0, inside);
                        self.group(node, Level::of(&runs), optional, record, mode)?
                    }
                }
                NodeKind::Leaf { id, spec } => self.leaf(node, spec, record.leaf(*id), mode),
                NodeKind::Child { id, shape, many: true } => self.children(node, shape, record.child(*id), mode)?,
                NodeKind::Child { id, shape, many: false } => self.child(node, shape, record.child(*id), mode)?,
            };
            extent = extent.max(part);
        }
        Ok(extent)
    }

    /// Writes the attributes of a level, which stand before all else in it.
    fn attributes(&mut self, level: Level<'_>, record: &dyn Record, mode: Mode) -> Extent {
        let mut extent = Extent::Nothing;
        for (node, _) in level.parts(self.format) {
            if let NodeKind::Leaf { id, spec } = &node.kind
                && self.is_attribute(node)
            {
                extent = extent.max(self.leaf(node, spec, record.leaf(*id), mode));
            }
        }
        extent
    }

    fn is_attribute(&self, node: &Node) -> bool {
        self.format == Format::Xml && node.name(self.format).starts_with('@')
    }

    /// Writes what stands in a record that no spec describes.
    pub fn tree(&mut self, fields: &[(Text, Tree)]) -> Result<Extent, WriteError> {
        if self.out.depth > MAX_DEPTH {
            return Err(WriteError::TooDeep { command: self.command });
        }
        let is_attribute = |name: &Text| name.starts_with('@');
        let attributes = fields.iter().filter(|(name, _)| is_attribute(name));
        for (name, tree) in attributes.chain(fields.iter().filter(|(name, _)| !is_attribute(name))) {
            match tree {
                Tree::Text(text) if name.is_empty() => self.notation.text(&mut self.out, text),
                Tree::Text(text) => self.notation.scalar(&mut self.out, name, Place::Member, text, JsonAs::String),
                Tree::Level(below) => {
                    self.notation.open(&mut self.out, name, Place::Member);
                    self.tree(below)?;
                    self.notation.close(&mut self.out, name);
                }
            }
        }
        Ok(if fields.is_empty() { Extent::Blank } else { Extent::Value })
    }

    fn group(
        &mut self,
        node: &Node,
        level: Level<'_>,
        optional: bool,
        record: &dyn Record,
        mode: Mode,
    ) -> Result<Extent, WriteError> {
        let name = node.name(self.format);
        let mark = self.out.mark();
        let extent = if node.json_array && self.format == Format::Json {
            let all_optional = optional || level.parts(self.format).all(|(node, _)| node.optional);
            let items = if mode.item.is_some() { 1 } else { self.items(level, record) };
            if items == 0 {
                return Ok(self.empty_list(name, all_optional, mode));
            }
            let mut extent = Extent::Nothing;
            self.notation.open_list(&mut self.out, name, Place::Member);
            for index in 0..items {
                let mode = Mode { item: mode.item.or(Some(index)), ..mode };
                self.notation.open(&mut self.out, "", Place::Item);
                extent = extent.max(self.level(level, record, mode)?);
                self.notation.close(&mut self.out, "");
            }
            self.notation.close_list(&mut self.out);
            extent
        } else {
            self.notation.open(&mut self.out, name, Place::Member);
            let extent = self.level(level, record, mode)?;
            self.notation.close(&mut self.out, name);
            extent
        };
        let least = if optional { Extent::Value } else { Extent::Blank };
        if extent < least {
            self.out.take_back(mark);
            return Ok(Extent::Nothing);
        }
        Ok(extent)
    }

    /// How many items an array of objects gets: as many as the longest list that its objects share.
    fn items(&mut self, level: Level<'_>, record: &dyn Record) -> usize {
        // Groups do not count by themselves, so the runs can be gone through as they lie.
        let nodes = level.runs.iter().copied().flatten().filter(|node| !node.name(self.format).is_empty());
        nodes
            .map(|node| match &node.kind {
                NodeKind::Group { .. } => 0,
                NodeKind::Leaf { id, spec } if spec.many => record.leaf(*id).map_or(0, Leaf::len),
                NodeKind::Leaf { id, spec } => {
                    usize::from(fill(record.leaf(*id), 0, spec, self.format, &mut self.text))
                }
                NodeKind::Child { id, many, .. } => {
                    let len = record.child(*id).map_or(0, Child::len);
                    if *many { len } else { len.min(1) }
                }
            })
            .max()
            .unwrap_or(0)
    }

    fn leaf(&mut self, node: &Node, spec: &LeafSpec, leaf: Option<&dyn Leaf>, mode: Mode) -> Extent {
        let index = mode.item.unwrap_or(0);
        if spec.many {
            if mode.item.is_none() {
                return self.leaves(node, spec, leaf, mode);
            }
            if index >= leaf.map_or(0, Leaf::len) {
                return Extent::Nothing;
            }
        } else if index > 0 {
            return Extent::Nothing;
        }
        let present = fill(leaf, index, spec, self.format, &mut self.text) || spec.many;
        if !present && (mode.sparse || node.optional) {
            return Extent::Nothing;
        }
        let name = node.name(self.format);
        self.notation.scalar(&mut self.out, name, Place::Member, &self.text, spec.json_as);
        if present { Extent::Value } else { Extent::Blank }
    }

    fn leaves(&mut self, node: &Node, spec: &LeafSpec, leaf: Option<&dyn Leaf>, mode: Mode) -> Extent {
        let name = node.name(self.format);
        let count = leaf.map_or(0, Leaf::len);
        if node.in_string && self.format == Format::Json {
            let word = spec.none_as[self.format.index()];
            if count > 0 || word.is_empty() {
                fill_list(leaf, spec, self.format, &mut self.text);
            } else {
                word.clone_into(&mut self.text);
            }
            if count == 0 && (mode.sparse || (node.optional && word.is_empty())) {
                return Extent::Nothing;
            }
            self.notation.scalar(&mut self.out, name, Place::Member, &self.text, JsonAs::String);
            return if count > 0 { Extent::Value } else { Extent::EmptyList };
        }
        if count == 0 {
            return self.empty_list(name, node.optional || node.json_repeat, mode);
        }
        let place = self.open_list(node);
        for index in 0..count {
            fill(leaf, index, spec, self.format, &mut self.text);
            self.notation.scalar(&mut self.out, name, place, &self.text, spec.json_as);
        }
        self.close_list(place);
        Extent::Value
    }

    fn children(
        &mut self,
        node: &Node,
        shape: &'static Shape,
        child: Option<&dyn Child>,
        mode: Mode,
    ) -> Result<Extent, WriteError> {
        let name = node.name(self.format);
        let count = child.map_or(0, Child::len);
        let get = |index| child.and_then(|child| child.get(index));
        if let Some(index) = mode.item {
            let Some(record) = get(index) else { return Ok(Extent::Nothing) };
            self.record(name, Place::Member, shape, record, Mode::WHOLE)?;
            return Ok(Extent::Value);
        }
        if count == 0 {
            return Ok(self.empty_list(name, node.optional || node.json_repeat, mode));
        }
        let place = self.open_list(node);
        for record in (0..count).filter_map(get) {
            self.record(name, place, shape, record, Mode::WHOLE)?;
        }
        self.close_list(place);
        Ok(Extent::Value)
    }

    fn child(
        &mut self,
        node: &Node,
        shape: &'static Shape,
        child: Option<&dyn Child>,
        mode: Mode,
    ) -> Result<Extent, WriteError> {
        let name = node.name(self.format);
        if mode.item.is_some_and(|index| index > 0) {
            return Ok(Extent::Nothing);
        }
        let Some(record) = child.and_then(|child| child.get(0)) else {
            if node.optional || mode.sparse {
                return Ok(Extent::Nothing);
            }
            self.notation.open(&mut self.out, name, Place::Member);
            self.notation.close(&mut self.out, name);
            return Ok(Extent::Blank);
        };
        if node.optional {
            // That it is there is a value by itself.
            self.record(name, Place::Member, shape, record, Mode::WHOLE)?;
            return Ok(Extent::Value);
        }
        let mark = self.out.mark();
        let extent = self.record(name, Place::Member, shape, record, Mode { item: None, ..mode })?;
        if mode.sparse && extent == Extent::Nothing {
            self.out.take_back(mark);
            return Ok(Extent::Nothing);
        }
        Ok(extent.max(Extent::Blank))
    }

    fn record(
        &mut self,
        name: &str,
        place: Place,
        shape: &'static Shape,
        record: &dyn Record,
        mode: Mode,
    ) -> Result<Extent, WriteError> {
        self.notation.open(&mut self.out, name, place);
        let extent = match record.fields() {
            Some(fields) if OpenReply::is_shape(shape) => self.tree(fields)?,
            _ => self.level(Level::of(&[shape.nodes]), record, mode)?,
        };
        self.notation.close(&mut self.out, name);
        Ok(extent)
    }

    /// Opens the array of a list, where the format and the node have one; tells where its items stand.
    fn open_list(&mut self, node: &Node) -> Place {
        if self.format != Format::Json || node.json_repeat {
            return Place::Member;
        }
        self.notation.open_list(&mut self.out, node.name(self.format), Place::Member);
        Place::Item
    }

    fn close_list(&mut self, place: Place) {
        if place == Place::Item {
            self.notation.close_list(&mut self.out);
        }
    }

    fn empty_list(&mut self, name: &str, optional: bool, mode: Mode) -> Extent {
        if self.format != Format::Json || optional || mode.sparse {
            return Extent::Nothing;
        }
        self.notation.open_list(&mut self.out, name, Place::Member);
        self.notation.close_list(&mut self.out);
        Extent::EmptyList
    }
}

fn is_group(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Group { .. })
}
