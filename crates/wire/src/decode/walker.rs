//! The walker: follows a scanner's events through the shapes, and decides what a name means.
//!
//! Knowing the names is what makes a repair decidable: is this a name that is known here, or further out? The scanners ask
//! the walker; the walker keeps the open levels, fills the tape and takes the notes.

use super::verdict::HeadField;
use super::open::OpenTree;
use super::tape::{Cell, Mark, Tape};
use crate::shape::{Node, NodeKind, ReplyShape, Shape};
use crate::command::OpenReply;
use crate::{Format, Note, NoteKind, Notes, Text};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Stands for the text of a secret in notes.
pub(crate) const REDACTED: &str = "<redacted>";

/// Levels that may be open at once.
pub(crate) const MAX_DEPTH: usize = 96;

/// What an open level is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind {
    /// Around everything.
    Outer,
    /// The envelope.
    Root,
    /// The envelope's level of code, status and error.
    Header,
    /// A known level without a value of its own.
    Level,
    /// An unknown level of the envelope, looked through.
    Through,
    /// A record.
    Record,
    /// A single text.
    Leaf,
    /// Code, status or error.
    Head(HeadField),
    /// A name that the shape does not have.
    Unknown,
}

impl FrameKind {
    /// Whether documented names stand inside, in their order.
    pub fn has_names_inside(self) -> bool {
        matches!(self, Self::Record | Self::Level | Self::Root | Self::Header)
    }
}

/// An open level.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Its name in the body.
    pub name: Text,
    pub kind: FrameKind,
    /// The shape whose nodes are looked through inside.
    pub shape: &'static Shape,
    /// Those nodes.
    pub scope: (u16, u16),
    /// The node of this level in the shape around it.
    pub node: u16,
    /// Where to look first for the next name.
    hint: u16,
    /// Index among the items of a list.
    index: Option<u32>,
    /// Where the counts of the lists in this record begin.
    counts: u32,
    /// Where the level begins in the body.
    pub offset: usize,
    /// Where its cells begin on the tape.
    tape: usize,
    /// Whether the body has no level of its own for it.
    pub implied: bool,
    /// Whether a name or a text was seen inside.
    pub has_names: bool,
    pub has_text: bool,
}

/// What a name means at the place where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A node of the innermost frame's scope, or of another scope of the same record.
    Node {
        shape: &'static ShapeRef,
        node: u16,
        /// Whether it stands where it is documented, under its documented name.
        exact: bool,
    },
    Root,
    Header,
    Head(HeadField),
    Through,
    Unknown,
}

/// How a field was found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way<'n> {
    /// Where it is documented, under its documented name.
    Documented,
    /// Under this name, or at another place.
    Deviating(&'n str),
}

impl<'n> Way<'n> {
    pub fn of(exact: bool, name: &'n str) -> Self {
        if exact { Self::Documented } else { Self::Deviating(name) }
    }
}

/// A shape compared by address.
pub(crate) type ShapeRef = Shape;

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Shape {}

/// What was read of code, status and error.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeadTexts {
    pub code: Option<Text>,
    pub status: Option<Text>,
    pub error: Option<Text>,
    /// Codes inside the items of a list: how many mean success, and how many do not.
    pub item_codes: (u32, u32),
    /// Code, status and error of the first failed item.
    pub failed_item: Option<(Text, Text, Text)>,
    pub conflict: bool,
}

/// Where a walker stands between two items.
#[derive(Debug)]
pub(crate) struct Place {
    frames: Vec<Frame>,
    counts: Vec<(u16, u32)>,
    notes: usize,
    head: HeadTexts,
    fields: (usize, usize),
}

/// Follows events through the shapes.
#[derive(Debug)]
pub(crate) struct Walker {
    pub reply: &'static ReplyShape,
    pub format: Format,
    pub frames: Vec<Frame>,
    counts: Vec<(u16, u32)>,
    /// Open records.
    records: usize,
    /// Where names and texts go when no spec describes the reply.
    pub open_tree: Option<OpenTree>,
    pub notes: Notes,
    pub budget: usize,
    pub head: HeadTexts,
    /// Whether the envelope, or something known of the reply, was seen.
    pub root_seen: bool,
    /// Whether the envelope is one of this command's.
    pub own_root: bool,
    /// The envelope's name in the body.
    pub root_name: Text,
    /// The envelope's name when it is not the documented one.
    pub foreign_root: Option<(Text, usize)>,
    /// Fields of the reply that were found, and names that were not known.
    pub known_fields: usize,
    pub unknown_fields: usize,
    /// Whether a known name of the content was seen, a value in it or not.
    pub content_seen: bool,
    /// Content levels that were noted as missing.
    missing_levels: Vec<u16>,
    /// Levels directly in the envelope that were seen.
    levels_seen: Vec<u16>,
    /// What ends a line of CSV.
    pub line_end: u8,
    /// Added to every offset: what a reader gave before this window.
    pub base: usize,
}

impl Walker {
    pub fn new(reply: &'static ReplyShape, format: Format, budget: usize) -> Self {
        let outer = Frame {
            name: Text::empty(),
            kind: FrameKind::Outer,
            shape: reply.shape,
            scope: (0, reply.shape.nodes.len() as u16),
            node: u16::MAX,
            hint: 0,
            index: None,
            counts: 0,
            offset: 0,
            tape: 0,
            implied: false,
            has_names: false,
            has_text: false,
        };
        Self {
            reply,
            format,
            frames: vec![outer],
            counts: Vec::new(),
            records: 0,
            open_tree: std::ptr::eq(reply.shape, OpenReply::SHAPE).then(OpenTree::new),
            notes: Notes::default(),
            budget,
            head: HeadTexts::default(),
            root_seen: false,
            own_root: false,
            root_name: Text::empty(),
            foreign_root: None,
            known_fields: 0,
            unknown_fields: 0,
            content_seen: false,
            missing_levels: Vec::new(),
            levels_seen: Vec::new(),
            line_end: b'\n',
            base: 0,
        }
    }

    pub fn top(&self) -> &Frame {
        // The outer frame is never closed.
        &self.frames[self.frames.len() - 1]
    }

    /// Whether anything of a reply was found: its envelope, a field, or a code or status.
    pub fn known_or_head(&self) -> bool {
        self.root_seen || self.known_fields > 0 || self.has_head() || self.head.error.is_some()
    }

    fn top_mut(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// The envelope's documented name in this format.
    fn envelope(&self) -> &'static crate::Envelope {
        match self.format {
            Format::Json => &self.reply.json,
            Format::Xml | Format::Csv => &self.reply.xml,
        }
    }

    /// Whether the innermost level belongs to the envelope, not to a record of the content.
    pub fn in_envelope(&self) -> bool {
        self.records == 0
    }

    /// Whether the innermost level is one that JSON writes as an array.
    pub fn in_json_array(&self) -> bool {
        let around = self.frames.len().checked_sub(2).map(|at| self.frames[at].shape);
        let top = self.top();
        let node = around.and_then(|shape| shape.nodes.get(usize::from(top.node)));
        top.kind == FrameKind::Level && node.is_some_and(|node| node.json_array)
    }

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

    /// What `name` means here. Asks the scopes from the inside out, without closing anything.
    pub fn resolve(&mut self, name: &str) -> Meaning {
        let top = self.frames.len() - 1;
        let frame = &self.frames[top];
        // What comes next is nearly always the sibling of what came last.
        if frame.kind.has_names_inside()
            && let Some(node) = find_exact(frame.shape, frame.scope, frame.hint, name, self.format)
        {
            return Meaning::Node { shape: frame.shape, node, exact: true };
        }
        match frame.kind {
            FrameKind::Record => self.resolve_in_record(name),
            FrameKind::Level if !self.in_envelope() => self.resolve_in_record(name),
            FrameKind::Unknown | FrameKind::Leaf | FrameKind::Head(_) => Meaning::Unknown,
            _ => self.resolve_in_envelope(name),
        }
    }

    /// Inside a record: another spelling, another level of the same record, or a head field of its own.
    fn resolve_in_record(&self, name: &str) -> Meaning {
        let frame = self.top();
        if let Some(node) = find_variant(frame.shape, frame.scope, name, self.format) {
            return Meaning::Node { shape: frame.shape, node, exact: false };
        }
        let whole = (0, frame.shape.nodes.len() as u16);
        if whole != frame.scope
            && let Some(node) = find_unique(frame.shape, whole, name, self.format)
        {
            return Meaning::Node { shape: frame.shape, node, exact: false };
        }
        if whole == frame.scope
            && let Some(node) = find_below(frame.shape, name, self.format)
        {
            return Meaning::Node { shape: frame.shape, node, exact: false };
        }
        match self.head_field(name) {
            Some(field) if frame.kind == FrameKind::Record || frame.kind == FrameKind::Level => Meaning::Head(field),
            _ => Meaning::Unknown,
        }
    }

    fn resolve_in_envelope(&mut self, name: &str) -> Meaning {
        let frame = self.top();
        let (kind, shape) = (frame.kind, self.reply.shape);
        if kind == FrameKind::Outer {
            if self.is_own_root(name) {
                return Meaning::Root;
            }
            if let Some(node) = find_exact(shape, frame.scope, 0, name, self.format)
                .or_else(|| find_variant(shape, frame.scope, name, self.format))
            {
                return Meaning::Node { shape, node, exact: false };
            }
        }
        if same_name(name, self.envelope().header)
            || same_name(name, self.reply.xml.header)
            || self.is_generic() && name.strip_prefix(self.reply.api.generic_root) == Some("Header")
        {
            return Meaning::Header;
        }
        if let Some(field) = self.head_field(name) {
            let deep = kind == FrameKind::Through && self.frames.len() > 2 && !self.top().name.ends_with("Header");
            return if deep && self.open_tree.is_some() { Meaning::Unknown } else { Meaning::Head(field) };
        }
        if let Some(node) = find_variant(shape, self.top().scope, name, self.format) {
            return Meaning::Node { shape, node, exact: false };
        }
        if kind != FrameKind::Outer && self.is_own_root(name) {
            return Meaning::Root;
        }
        let whole = (0, shape.nodes.len() as u16);
        if let Some(node) = find_anywhere(shape, whole, name, self.format) {
            return Meaning::Node { shape, node, exact: false };
        }
        if kind == FrameKind::Outer && self.format == Format::Json && self.has_head() {
            // Beside code and status stands no envelope.
            return Meaning::Unknown;
        }
        Meaning::Through
    }

    fn has_head(&self) -> bool {
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

    fn head_field(&self, name: &str) -> Option<HeadField> {
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

    /// How many levels must close so that `name` stands where it is known exactly; `None` when it is known nowhere further out.
    pub fn known_further_out(&self, name: &str) -> Option<usize> {
        for (levels, frame) in self.frames.iter().rev().enumerate().skip(1) {
            match frame.kind {
                FrameKind::Record | FrameKind::Level | FrameKind::Root | FrameKind::Header => {
                    if find_exact(frame.shape, frame.scope, frame.hint, name, self.format).is_some() {
                        return Some(levels);
                    }
                    if frame.kind == FrameKind::Header && self.head_field(name).is_some() {
                        return Some(levels);
                    }
                    if frame.kind == FrameKind::Root && name == self.envelope().header && !name.is_empty() {
                        return Some(levels);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Notes how the way in which `name` was found deviates, and opens the level. Returns what was opened.
    pub fn open<'a>(&mut self, name: &str, offset: usize, tape: &mut Tape<'a>) -> FrameKind {
        let meaning = self.resolve(name);
        self.open_as(meaning, name, offset, tape)
    }

    pub fn open_as<'a>(&mut self, meaning: Meaning, name: &str, offset: usize, tape: &mut Tape<'a>) -> FrameKind {
        self.top_mut().has_names = true;
        let outer = self.top();
        let (outer_kind, outer_shape, outer_scope) = (outer.kind, outer.shape, outer.scope);
        let mut frame = Frame {
            name: Text::new(name),
            kind: FrameKind::Unknown,
            shape: outer_shape,
            scope: outer_scope,
            node: u16::MAX,
            hint: 0,
            index: None,
            counts: self.counts.len() as u32,
            offset,
            tape: tape.len(),
            implied: false,
            has_names: false,
            has_text: false,
        };
        if outer_kind == FrameKind::Root {
            self.note_doubled_level(meaning, name, offset);
        }
        match meaning {
            Meaning::Node { shape, node: at, exact } => {
                let node = &shape.nodes[usize::from(at)];
                if !exact {
                    self.note_way(shape, at, name, offset);
                }
                self.content_seen |= name != self.envelope().header;
                self.top_mut().hint = at + 1 + group_len(node);
                frame.node = at;
                match node.kind {
                    NodeKind::Group { len } => {
                        frame.shape = shape;
                        frame.scope = (at + 1, at + 1 + len);
                        frame.hint = at + 1;
                        frame.kind = FrameKind::Level;
                        if self.in_envelope() && same_name(name, self.envelope().header) {
                            frame.kind = FrameKind::Header;
                        }
                    }
                    NodeKind::Leaf { .. } => {
                        frame.kind = FrameKind::Leaf;
                        self.known_fields += 1;
                    }
                    NodeKind::Child { shape: inner, many, .. } => {
                        self.known_fields += 1;
                        if many {
                            frame.index = Some(self.count(at));
                        }
                        frame.counts = self.counts.len() as u32;
                        frame.kind = FrameKind::Record;
                        self.records += 1;
                        frame.shape = inner;
                        frame.scope = (0, inner.nodes.len() as u16);
                        tape.push(Cell::mark(Mark::Enter, at, offset));
                    }
                }
            }
            Meaning::Root => {
                if self.root_seen && outer_kind != FrameKind::Outer {
                    self.note(NoteKind::DoubledEnvelope, offset, name);
                }
                self.root_seen = true;
                self.own_root = true;
                if name != self.envelope().root && !self.reply.root_aliases.contains(&name) {
                    self.note(NoteKind::RenamedEnvelope, offset, name);
                }
                self.root_name = Text::new(name);
                frame.kind = FrameKind::Root;
            }
            Meaning::Header => {
                if outer_kind == FrameKind::Header {
                    self.note(NoteKind::DoubledLevel, offset, name);
                } else if outer_kind == FrameKind::Outer && !self.envelope().root.is_empty() {
                    self.note(NoteKind::MissingEnvelope, offset, "");
                }
                frame.kind = FrameKind::Header;
                frame.scope = header_scope(self.reply.shape, self.envelope().header, self.format);
                frame.shape = self.reply.shape;
            }
            Meaning::Head(field) => {
                self.note_head_way(outer_kind, name, offset);
                frame.kind = FrameKind::Head(field);
            }
            Meaning::Through => {
                if outer_kind == FrameKind::Outer && self.foreign_root.is_none() {
                    self.foreign_root = Some((Text::new(name), offset));
                    self.root_name = Text::new(name);
                }
                frame.kind = FrameKind::Through;
            }
            Meaning::Unknown => {}
        }
        let kind = frame.kind;
        if let Some(tree) = &mut self.open_tree
            && matches!(kind, FrameKind::Unknown | FrameKind::Through)
            && outer_kind != FrameKind::Outer
        {
            tree.open(name);
            self.known_fields += 1;
        }
        self.frames.push(frame);
        kind
    }

    /// Notes a level of the envelope that stands a second time.
    fn note_doubled_level(&mut self, meaning: Meaning, name: &str, offset: usize) {
        let level = match meaning {
            Meaning::Header => u16::MAX,
            Meaning::Node { shape, node, .. } if matches!(shape.nodes[usize::from(node)].kind, NodeKind::Group { .. }) => node,
            _ => return,
        };
        if self.levels_seen.contains(&level) {
            self.note(NoteKind::DoubledLevel, offset, name);
        } else {
            self.levels_seen.push(level);
        }
    }

    /// Notes code, status or error at another place than documented.
    fn note_head_way(&mut self, outer: FrameKind, name: &str, offset: usize) {
        let envelope = self.envelope();
        match outer {
            FrameKind::Outer if !envelope.root.is_empty() => {
                if !std::mem::replace(&mut self.root_seen, true) {
                    self.note(NoteKind::MissingEnvelope, offset, "");
                }
            }
            FrameKind::Root if !envelope.header.is_empty() => {
                if !self.missing_levels.contains(&u16::MAX) {
                    self.missing_levels.push(u16::MAX);
                    self.note(NoteKind::MissingLevel, offset, envelope.header);
                }
            }
            FrameKind::Level if self.in_envelope() => self.note(NoteKind::MisplacedField, offset, name),
            _ => {}
        }
    }

    /// Opens the levels around a value of the item whose cells so far are `cells`, and the value's own level.
    /// Returns the item's index in its list.
    pub fn reopen(&mut self, list: u16, cells: &[Cell<'_>], value: &Cell<'_>) -> u32 {
        let start = self.frames.len();
        for cell in cells {
            match cell.mark {
                Mark::Enter if self.frames.len() == start => self.push_open(list, cell.offset as usize),
                Mark::Enter => {
                    self.open_groups(cell.node, cell.offset as usize);
                    self.push_open(cell.node, cell.offset as usize);
                }
                Mark::Leave => {
                    while let Some(frame) = self.frames.pop() {
                        self.counts.truncate(frame.counts as usize);
                        if frame.kind == FrameKind::Record {
                            self.records -= 1;
                            break;
                        }
                    }
                    // The levels around the record that was left.
                    while self.top().kind == FrameKind::Level && self.frames.len() > start {
                        self.frames.pop();
                    }
                    self.top_mut().hint = cell.node + 1;
                }
                Mark::Text => {}
            }
        }
        self.open_groups(value.node, value.offset as usize);
        self.push_open(value.node, value.offset as usize);
        self.frames.get(start).and_then(|frame| frame.index).unwrap_or(0)
    }

    /// Opens the levels that stand around `at` in the innermost record.
    fn open_groups(&mut self, at: u16, offset: usize) {
        let shape = self.top().shape;
        for group in 0..at {
            let node = &shape.nodes[usize::from(group)];
            if matches!(node.kind, NodeKind::Group { len } if group + len >= at) && !node.name(self.format).is_empty() {
                self.push_open(group, offset);
            }
        }
    }

    /// Opens a documented level, without a cell.
    fn push_open(&mut self, at: u16, offset: usize) {
        let name = self.top().shape.nodes[usize::from(at)].name(self.format);
        let mut unused = Tape::new();
        let meaning = Meaning::Node { shape: self.top().shape, node: at, exact: true };
        self.open_as(meaning, name, offset, &mut unused);
    }

    /// Closes everything that is open beyond `depth` levels, without a cell.
    pub fn abandon(&mut self, depth: usize) {
        while self.frames.len() > depth
            && let Some(frame) = self.frames.pop()
        {
            if frame.kind == FrameKind::Record {
                self.records -= 1;
                self.counts.truncate(frame.counts as usize);
            }
        }
    }

    /// The index of the next item of the list `node` in the innermost record.
    fn count(&mut self, node: u16) -> u32 {
        let base = self
            .frames
            .iter()
            .rev()
            .find(|frame| matches!(frame.kind, FrameKind::Record | FrameKind::Outer))
            .map_or(0, |frame| frame.counts as usize);
        let base = base.min(self.counts.len());
        if let Some((_, count)) = self.counts[base..].iter_mut().find(|(at, _)| *at == node) {
            *count += 1;
            return *count - 1;
        }
        self.counts.push((node, 1));
        0
    }

    /// Counts one more item of the list `node` that a learnt shape took in.
    pub fn count_item(&mut self, node: u16) -> u32 {
        self.count(node)
    }

    /// The path of the last item of the list `node` of the reply, whose level is closed.
    pub fn item_path(&self, node: u16) -> String {
        let index = self.counts.iter().find(|(at, _)| *at == node).map_or(0, |(_, count)| count.saturating_sub(1));
        self.path_of_item(node, index)
    }

    fn path_of_item(&self, node: u16, index: u32) -> String {
        let mut path = String::from(self.path());
        if !path.is_empty() {
            path.push('/');
        }
        let name = self.reply.shape.nodes.get(usize::from(node)).map_or("", |node| node.name(self.format));
        // Writing into a String cannot fail.
        let _ = write!(path, "{name}[{index}]");
        path
    }

    /// Gives a note of a learnt form again, for another item.
    pub fn note_in_item(&mut self, list: u16, index: u32, note: &super::learn::LearntNote, offset: usize) {
        if self.notes.is_full(self.budget) {
            self.notes.omit();
            return;
        }
        let mut path = self.path_of_item(list, index);
        path.push_str(&note.path);
        self.push_note(note.kind, path.into(), offset, &note.text);
    }

    /// Notes a name that was found under another spelling or at another level than documented.
    fn note_way(&mut self, shape: &'static Shape, at: u16, name: &str, offset: usize) {
        let node = &shape.nodes[usize::from(at)];
        if node.name(self.format) != name && !node.aliases.contains(&name) && !is_numbered(node, name, self.format) {
            self.note(NoteKind::NameVariant, offset, name);
        }
        let frame = self.top();
        if shape != frame.shape || in_scope(shape, frame.scope, at, self.format) {
            return;
        }
        let kind = frame.kind;
        let level = enclosing_group(shape, at).map(|level| shape.nodes[usize::from(level)].name(self.format));
        if level.is_some_and(|level| *level == *frame.name) {
            // Several groups of one name are one level.
            return;
        }
        match kind {
            FrameKind::Through => {}
            FrameKind::Outer => {
                if !self.envelope().root.is_empty() && !std::mem::replace(&mut self.root_seen, true) {
                    self.note(NoteKind::MissingEnvelope, offset, "");
                }
            }
            FrameKind::Root => {
                let level = enclosing_group(shape, at);
                if let Some(level) = level
                    && !self.missing_levels.contains(&level)
                {
                    self.missing_levels.push(level);
                    self.note(NoteKind::MissingLevel, offset, shape.nodes[usize::from(level)].name(self.format));
                }
            }
            _ => {
                let doubled = matches!(node.kind, NodeKind::Group { .. }) && frame_is(self.top(), shape, at);
                self.note(if doubled { NoteKind::DoubledLevel } else { NoteKind::MisplacedField }, offset, name);
            }
        }
    }

    /// Gives the innermost level a text. `true` when the text was of use.
    pub fn text<'a>(&mut self, text: Cow<'a, str>, offset: usize, tape: &mut Tape<'a>) -> bool {
        let top = self.frames.len() - 1;
        self.frames[top].has_text |= !text.is_empty();
        let (kind, at, shape) = (self.frames[top].kind, self.frames[top].node, self.frames[top].shape);
        match kind {
            FrameKind::Leaf => {
                self.leaf(shape, at, text, offset, tape);
                true
            }
            FrameKind::Head(field) => {
                self.head_text(field, &text, offset);
                true
            }
            FrameKind::Unknown | FrameKind::Through if self.open_tree.is_some() => {
                if let Some(tree) = &mut self.open_tree
                    && (self.frames.len() > 2)
                {
                    tree.text(&text);
                }
                true
            }
            _ if text.is_empty() => true,
            FrameKind::Unknown => {
                self.unknown_fields += 1;
                self.note(NoteKind::UnknownField, offset, &text);
                true
            }
            FrameKind::Through if !self.frames[top].has_names => {
                self.unknown_fields += 1;
                self.note(NoteKind::UnknownField, offset, &text);
                true
            }
            _ => false,
        }
    }

    /// A whole leaf in one go, as `open`, `text` and `close` would take it.
    pub fn field<'a>(
        &mut self,
        shape: &'static Shape,
        at: u16,
        way: Way<'_>,
        text: Cow<'a, str>,
        offset: usize,
        tape: &mut Tape<'a>,
    ) {
        if let Way::Deviating(name) = way {
            self.note_way(shape, at, name, offset);
        }
        let top = self.top_mut();
        top.has_names = true;
        top.hint = at + 1;
        self.known_fields += 1;
        self.leaf(shape, at, text, offset, tape);
    }

    /// An attribute: a field of the level that it stands on, or the text of an otherwise empty leaf.
    pub fn attribute<'a>(&mut self, name: &str, text: Cow<'a, str>, start: usize, offset: usize, tape: &mut Tape<'a>) {
        let top = self.frames.len() - 1;
        match self.frames[top].kind {
            FrameKind::Leaf | FrameKind::Head(_) if same_name("value", name) && !self.frames[top].has_text => {
                self.note(NoteKind::AttributeField, start, name);
                self.text(text, offset, tape);
            }
            FrameKind::Record | FrameKind::Level | FrameKind::Root | FrameKind::Header | FrameKind::Through => {
                match self.resolve(name) {
                    Meaning::Node { shape, node, exact } if shape.nodes[usize::from(node)].is_leaf() => {
                        self.note(NoteKind::AttributeField, start, name);
                        self.field(shape, node, Way::of(exact, name), text, offset, tape);
                    }
                    Meaning::Head(field) => {
                        self.note(NoteKind::AttributeField, start, name);
                        self.head_text(field, &text, offset);
                    }
                    _ => self.unknown_attribute(name, &text, start),
                }
            }
            _ => self.unknown_attribute(name, &text, start),
        }
    }

    fn unknown_attribute(&mut self, name: &str, text: &str, start: usize) {
        let path = self.path_with(&format!("@{name}"));
        self.push_note(NoteKind::UnknownAttribute, path, start, text);
    }

    /// Puts a leaf's text on the tape: as it is, or the items of a list in a string.
    pub fn leaf<'a>(&mut self, shape: &'static Shape, at: u16, text: Cow<'a, str>, offset: usize, tape: &mut Tape<'a>) {
        let node = &shape.nodes[usize::from(at)];
        if self.envelope().code.is_empty() && !self.in_envelope() {
            // A reply without a head of its own: the items carry it, as fields.
            if let Some(field) = self.head_field(node.name(self.format)) {
                self.item_head(field, &text);
            }
        }
        if node.ignore.iter().any(|ignored| *ignored == text) {
            return;
        }
        if node.in_string
            && let Some(list) = text.trim().strip_prefix('[').and_then(|list| list.strip_suffix(']'))
        {
            for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                tape.push(Cell::text(at, Cow::Owned(item.to_owned()), offset));
            }
            return;
        }
        if node.skip_empty && text.is_empty() {
            return;
        }
        tape.push(Cell::text(at, text, offset));
    }

    fn head_text(&mut self, field: HeadField, text: &str, offset: usize) {
        let record = self.frames.iter().rev().find(|frame| frame.kind == FrameKind::Record).map(|frame| frame.index);
        if record.is_some() {
            self.item_head(field, text);
            if !text.trim().is_empty() {
                self.unknown_fields += 1;
                self.note(NoteKind::UnknownField, offset, text);
            }
            return;
        }
        let slot = match field {
            HeadField::Code => &mut self.head.code,
            HeadField::Status => &mut self.head.status,
            HeadField::Error => &mut self.head.error,
        };
        match slot {
            None => *slot = Some(Text::new(text.trim())),
            Some(first) if *first == text.trim() => {}
            Some(_) => {
                self.head.conflict |= field == HeadField::Code;
                if field == HeadField::Error && !text.trim().is_empty() {
                    // Several error texts: each counts.
                    if let Some(first) = &mut self.head.error {
                        *first = Text::from(format!("{first}; {}", text.trim()));
                    }
                } else {
                    self.note(NoteKind::ConflictingCode, offset, text);
                }
            }
        }
    }

    /// Whether a code means success.
    pub fn is_success(&self, code: &str) -> bool {
        !self.is_generic() && code.trim().parse().is_ok_and(|code: i64| self.reply.api.success.contains(&code))
    }

    /// Code, status or error inside an item of a list: it is the item's own.
    fn item_head(&mut self, field: HeadField, text: &str) {
        let text = text.trim();
        match field {
            HeadField::Code if self.is_success(text) => self.head.item_codes.0 += 1,
            HeadField::Code => {
                self.head.item_codes.1 += 1;
                if self.head.failed_item.is_none() {
                    self.head.failed_item = Some((Text::new(text), Text::empty(), Text::empty()));
                }
            }
            HeadField::Status => {
                if let Some((_, status, _)) = &mut self.head.failed_item
                    && status.is_empty()
                {
                    *status = Text::new(text);
                }
            }
            HeadField::Error => {
                if let Some((_, _, error)) = &mut self.head.failed_item
                    && error.is_empty()
                {
                    *error = Text::new(text);
                }
            }
        }
    }

    /// Closes the innermost level; `Some(node)` when that completed an item or field of the reply itself.
    pub fn close<'a>(&mut self, offset: usize, tape: &mut Tape<'a>) -> Option<u16> {
        if self.frames.len() < 2 {
            return None;
        }
        let frame = self.frames.pop()?;
        if let Some(tree) = &mut self.open_tree {
            if matches!(frame.kind, FrameKind::Unknown | FrameKind::Through) && self.frames.len() > 1 {
                tree.close();
            }
            return None;
        }
        match frame.kind {
            FrameKind::Record => {
                self.records -= 1;
                tape.push(Cell::mark(Mark::Leave, frame.node, offset));
                self.counts.truncate(frame.counts as usize);
                let around = self.top().shape;
                if around.nodes.get(usize::from(frame.node)).is_some_and(|node| node.skip_empty)
                    && tape[frame.tape.min(tape.len())..].iter().all(|cell| cell.mark != Mark::Text || cell.text.is_empty())
                {
                    tape.truncate(frame.tape);
                    self.uncount(frame.node);
                }
                self.in_envelope().then_some(frame.node)
            }
            FrameKind::Leaf => {
                if !frame.has_text && !frame.has_names && tape.len() == frame.tape {
                    self.leaf(frame.shape, frame.node, Cow::Borrowed(""), offset, tape);
                }
                self.in_envelope().then_some(frame.node)
            }
            FrameKind::Unknown if !frame.has_names && !frame.has_text => {
                self.unknown_fields += 1;
                let path = self.path_with(&frame.name);
                self.push_note(NoteKind::UnknownField, path, frame.offset, "");
                None
            }
            FrameKind::Through if !frame.has_names && !frame.has_text => {
                // An empty level says nothing.
                None
            }
            FrameKind::Through => {
                let path = self.path_with(&frame.name);
                if frame.has_names && self.frames.len() > 1 {
                    self.push_note(NoteKind::RenamedLevel, path, frame.offset, &frame.name);
                }
                None
            }
            _ => None,
        }
    }

    fn uncount(&mut self, node: u16) {
        if let Some((_, count)) = self.counts.iter_mut().rev().find(|(at, _)| *at == node) {
            *count = count.saturating_sub(1);
        }
    }

    /// Where the walker stands, to come back to.
    pub fn place(&self) -> Place {
        Place {
            frames: self.frames.clone(),
            counts: self.counts.clone(),
            notes: self.notes.len(),
            head: self.head.clone(),
            fields: (self.known_fields, self.unknown_fields),
        }
    }

    /// Moves `place` here.
    pub fn move_place(&self, place: &mut Place) {
        place.frames.clone_from(&self.frames);
        place.counts.clone_from(&self.counts);
        place.notes = self.notes.len();
        place.head.clone_from(&self.head);
        place.fields = (self.known_fields, self.unknown_fields);
    }

    /// Goes back to `place`.
    pub fn return_to(&mut self, place: Place) {
        self.frames = place.frames;
        self.records = self.frames.iter().filter(|frame| frame.kind == FrameKind::Record).count();
        self.counts = place.counts;
        self.notes.truncate(place.notes);
        self.head = place.head;
        (self.known_fields, self.unknown_fields) = place.fields;
    }

    /// Closes a record that the body has no level for, unless `name` goes on in it.
    pub fn end_implied<'a>(&mut self, name: Option<&str>, offset: usize, tape: &mut Tape<'a>) {
        let top = self.top();
        if !top.implied {
            return;
        }
        let goes_on = name.and_then(|name| find_exact(top.shape, top.scope, 0, name, self.format));
        let seen = |at: u16| tape[top.tape.min(tape.len())..].iter().any(|cell| cell.mark == Mark::Text && cell.node == at);
        if goes_on.is_some_and(|at| !seen(at)) {
            return;
        }
        let (node, again) = (top.node, goes_on.is_some());
        self.close(offset, tape);
        if again {
            self.open_implied(node, offset, tape);
        }
    }

    /// Opens a record that the body has no level for: `name` is unknown here, and stands in the items of the only list.
    pub fn begin_implied<'a>(&mut self, name: &str, offset: usize, tape: &mut Tape<'a>) -> bool {
        let top = self.top();
        if top.implied || !matches!(top.kind, FrameKind::Level | FrameKind::Record) {
            return false;
        }
        let mut lists = siblings(top.shape, top.scope, self.format).filter(|(_, node)| node.is_list());
        let (Some((at, node)), None) = (lists.next(), lists.next()) else { return false };
        let NodeKind::Child { shape, .. } = node.kind else { return false };
        let inside = (0, shape.nodes.len() as u16);
        let Some(leaf) = find_exact(shape, inside, 0, name, self.format) else { return false };
        if !shape.nodes[usize::from(leaf)].is_leaf() {
            return false;
        }
        self.note(NoteKind::MissingLevel, offset, node.name(self.format));
        self.open_implied(at, offset, tape);
        true
    }

    fn open_implied<'a>(&mut self, node: u16, offset: usize, tape: &mut Tape<'a>) {
        let shape = self.top().shape;
        let name = shape.nodes[usize::from(node)].name(self.format);
        self.open_as(Meaning::Node { shape, node, exact: true }, name, offset, tape);
        self.top_mut().implied = true;
    }

    /// Adds a note at a name inside the innermost level. A secret's text is not repeated.
    pub fn note_field(&mut self, kind: NoteKind, name: &str, node: Option<&Node>, offset: usize, text: &str) {
        if self.notes.is_full(self.budget) {
            self.notes.omit();
            return;
        }
        let text = if node.is_some_and(|node| node.is_secret()) { REDACTED } else { text };
        let path = self.path_with(name);
        self.push_note(kind, path, offset, text);
    }

    /// Adds a note at the innermost level.
    pub fn note(&mut self, kind: NoteKind, offset: usize, text: &str) {
        if self.notes.is_full(self.budget) {
            self.notes.omit();
            return;
        }
        let path = self.path();
        self.push_note(kind, path, offset, text);
    }

    fn push_note(&mut self, kind: NoteKind, path: Text, offset: usize, text: &str) {
        let offset = offset + self.base;
        self.notes.push(self.budget, || Note { kind, path, offset, text: Text::new(text) });
    }

    /// Names of the open levels.
    pub fn path(&self) -> Text {
        let mut path = String::new();
        for frame in &self.frames[1..] {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(&frame.name);
            if let Some(index) = frame.index {
                // Writing into a String cannot fail.
                let _ = write!(path, "[{index}]");
            }
        }
        path.into()
    }

    fn path_with(&self, name: &str) -> Text {
        let mut path = String::from(self.path());
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(name);
        path.into()
    }
}

/// What must follow a group in the list of nodes.
fn group_len(node: &Node) -> u16 {
    match node.kind {
        NodeKind::Group { len } => len,
        _ => 0,
    }
}

/// The siblings in `scope` as `format` sees them: groups without a name are looked through.
fn siblings(shape: &'static Shape, scope: (u16, u16), format: Format) -> impl Iterator<Item = (u16, &'static Node)> {
    let mut at = scope.0;
    std::iter::from_fn(move || {
        while at < scope.1 {
            let node = shape.nodes.get(usize::from(at))?;
            let here = at;
            if let NodeKind::Group { len } = node.kind {
                if node.name(format).is_empty() {
                    at += 1;
                    continue;
                }
                at += 1 + len;
            } else {
                at += 1;
            }
            return Some((here, node));
        }
        None
    })
}

fn is_called(node: &Node, name: &str, format: Format) -> bool {
    let own = node.name(format);
    (!own.is_empty() && own == name)
        || (!node.aliases.is_empty() && node.aliases.contains(&name))
        || (node.numbered && is_numbered(node, name, format))
}

fn is_numbered(node: &Node, name: &str, format: Format) -> bool {
    node.numbered
        && name
            .strip_prefix(node.name(format))
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The node called `name` in `scope`, looking at `hint` first.
fn find_exact(shape: &'static Shape, scope: (u16, u16), hint: u16, name: &str, format: Format) -> Option<u16> {
    if hint > scope.0 && hint < scope.1 {
        let next = shape.nodes.get(usize::from(hint))?;
        if next.name(format) == name {
            return Some(hint);
        }
        // The hint may point into a level of another format: the walk below looks through it.
        if let Some((at, _)) =
            siblings(shape, (hint, scope.1), format).find(|(_, node)| is_called(node, name, format))
        {
            return Some(at);
        }
    }
    siblings(shape, scope, format).find(|(_, node)| is_called(node, name, format)).map(|(at, _)| at)
}

/// The node in `scope` that is called `name` in another case or convention, or in another format.
fn find_variant(shape: &'static Shape, scope: (u16, u16), name: &str, format: Format) -> Option<u16> {
    siblings(shape, scope, format)
        .find(|(_, node)| same_name(node.name(format), name) || node.aliases.iter().any(|alias| same_name(alias, name)))
        .or_else(|| {
            siblings(shape, scope, format).find(|(_, node)| {
                !matches!(node.kind, NodeKind::Group { .. }) && node.names.iter().any(|other| same_name(other, name))
            })
        })
        .map(|(at, _)| at)
}

/// The only leaf or child called `name` in `scope`, at any level.
fn find_unique(shape: &'static Shape, scope: (u16, u16), name: &str, format: Format) -> Option<u16> {
    let mut found = None;
    for at in scope.0..scope.1 {
        let node = &shape.nodes[usize::from(at)];
        if !matches!(node.kind, NodeKind::Group { .. }) && is_called(node, name, format) {
            if found.is_some() {
                return None;
            }
            found = Some(at);
        }
    }
    found
}

/// The only leaf or child called `name` below a level of the record.
fn find_below(shape: &'static Shape, name: &str, format: Format) -> Option<u16> {
    find_unique(shape, (0, shape.nodes.len() as u16), name, format)
}

/// The first node called `name` anywhere in `scope`; levels too.
fn find_anywhere(shape: &'static Shape, scope: (u16, u16), name: &str, format: Format) -> Option<u16> {
    let exact = (scope.0..scope.1).find(|at| is_called(&shape.nodes[usize::from(*at)], name, format));
    exact.or_else(|| {
        (scope.0..scope.1).find(|at| {
            let node = &shape.nodes[usize::from(*at)];
            !matches!(node.kind, NodeKind::Group { .. }) && node.names.iter().any(|other| same_name(other, name))
        })
    })
}

/// Whether `at` is one of the siblings in `scope`.
fn in_scope(shape: &'static Shape, scope: (u16, u16), at: u16, format: Format) -> bool {
    at >= scope.0 && at < scope.1 && siblings(shape, scope, format).any(|(sibling, _)| sibling == at)
}

/// The innermost group around `at`.
fn enclosing_group(shape: &'static Shape, at: u16) -> Option<u16> {
    (0..at).rev().find(|group| {
        matches!(shape.nodes[usize::from(*group)].kind, NodeKind::Group { len } if group + len >= at)
    })
}

fn frame_is(frame: &Frame, shape: &'static Shape, at: u16) -> bool {
    frame.shape == shape && frame.scope.0 == at + 1
}

/// The nodes inside the level called `header`; none when no field stands there.
fn header_scope(shape: &'static Shape, header: &str, format: Format) -> (u16, u16) {
    siblings(shape, (0, shape.nodes.len() as u16), format)
        .find_map(|(at, node)| match node.kind {
            NodeKind::Group { len } if node.name(format) == header => Some((at + 1, at + 1 + len)),
            _ => None,
        })
        .unwrap_or((0, 0))
}

/// Whether two names are the same but for case and punctuation.
pub(crate) fn same_name(known: &str, name: &str) -> bool {
    if known.is_empty() {
        return false;
    }
    let mut left = known.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let mut right = name.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.eq_ignore_ascii_case(&b) => {}
            _ => return false,
        }
    }
}
