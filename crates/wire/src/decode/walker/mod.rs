//! The walker: follows a scanner's events through the shapes, and decides what a name means.
//!
//! Knowing the names is what makes a repair decidable: is this a name that is known here, or further out? The scanners ask
//! the walker; the walker keeps the open levels, fills the tape and takes the notes.

mod counting;
mod frame;
mod notes;
mod resolve;
mod resume;
mod texts;

pub(crate) use frame::{Frame, FrameKind, FurtherOut, HeadTexts, MAX_DEPTH, Meaning, Place, REDACTED, Way};

use super::known::KnownNames;
use super::names::{group_len, header_scope, same_name};
use super::open::OpenTree;
use super::tape::{Cell, Mark, Tape};
use crate::command::OpenReply;
use crate::shape::{NodeKind, ReplyShape, SoapShape};
use crate::{Format, NoteKind, Notes, Text};
use std::borrow::Cow;

/// Follows events through the shapes.
#[derive(Debug)]
pub(crate) struct Walker {
    pub reply: &'static ReplyShape,
    pub format: Format,
    pub frames: Vec<Frame>,
    counts: Vec<(u16, u32)>,
    /// Open records.
    records: usize,
    /// The last item or field of the reply itself that a close completed, until it is asked for.
    pub completed: Option<u16>,
    /// How the API wraps its answers in SOAP, if it does.
    pub soap: Option<&'static SoapShape>,
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
    /// Names that were found under another spelling than the documented one, until it is asked for.
    pub other_names: usize,
    /// Room for a path, used again.
    pub path_buffer: String,
    /// The path of the list whose items were noted last, with the window, the beginning and the depth of the level around it,
    /// and its node.
    list_path: (Option<(usize, usize, usize, u16)>, String),
    /// Levels directly in the envelope that were seen.
    levels_seen: Vec<u16>,
    /// Names that were not known at their place, up to `resolve::ODD`.
    odd_names: u8,
    /// All names that mean something; there when so many others came that it pays.
    known_names: Option<Box<KnownNames>>,
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
            nil: false,
        };
        Self {
            reply,
            format,
            frames: vec![outer],
            counts: Vec::new(),
            records: 0,
            completed: None,
            soap: reply.api.envelope(),
            open_tree: OpenReply::is_shape(reply.shape).then(OpenTree::new),
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
            other_names: 0,
            path_buffer: String::new(),
            list_path: (None, String::new()),
            levels_seen: Vec::new(),
            odd_names: 0,
            known_names: None,
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

    pub(super) fn top_mut(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// The envelope's documented name in this format.
    pub fn envelope(&self) -> &'static crate::Envelope {
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
            nil: false,
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
                        if self.in_envelope() && same_name(self.envelope().header, name) {
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
                        frame.kind = if OpenReply::is_shape(inner) { FrameKind::Open } else { FrameKind::Record };
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
            Meaning::Open => {
                frame.kind = FrameKind::Open;
                tape.push(Cell::open(name, offset));
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

    /// The index of the next item of the list `node` in the innermost record.
    pub(super) fn count(&mut self, node: u16) -> u32 {
        let base = if self.in_envelope() {
            0
        } else {
            let record = self.frames.iter().rev().find(|frame| frame.kind == FrameKind::Record);
            record.map_or(0, |frame| frame.counts as usize).min(self.counts.len())
        };
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

    /// Whether `node` is a record directly in the reply, which can be read in one go: no head field stands in it.
    pub fn record_begins(&self, shape: &'static crate::Shape, node: u16) -> bool {
        let child = matches!(shape.nodes[usize::from(node)].kind, NodeKind::Child { .. });
        child && self.in_envelope() && !self.envelope().code.is_empty() && self.open_tree.is_none()
    }

    /// Takes in the record of the reply whose cells, as `open` and `close` would have put them, are all that is on the tape
    /// from its last beginning on.
    pub fn take_record(&mut self, node: u16, name: &str, cells: &[Cell<'_>]) {
        self.content_seen |= name != self.envelope().header;
        self.known_fields += cells.iter().filter(|cell| cell.mark != Mark::Leave).count();
        let top = self.top_mut();
        top.has_names = true;
        top.hint = node + 1;
        let many = top.shape.nodes[usize::from(node)].is_list();
        if many {
            self.count(node);
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
                if frame.nil && !frame.has_names && !frame.has_text {
                    tree.leave_out();
                } else {
                    tree.close();
                }
            }
            return None;
        }
        if frame.nil && matches!(frame.kind, FrameKind::Record | FrameKind::Open | FrameKind::Leaf) {
            return self.close_nil(frame, offset, tape);
        }
        self.close_frame(frame, offset, tape)
    }

    fn close_frame<'a>(&mut self, frame: Frame, offset: usize, tape: &mut Tape<'a>) -> Option<u16> {
        match frame.kind {
            FrameKind::Open if !frame.is_record() => {
                tape.push(Cell::mark(Mark::Leave, frame.node, offset));
                None
            }
            FrameKind::Record | FrameKind::Open => {
                self.records -= 1;
                tape.push(Cell::mark(Mark::Leave, frame.node, offset));
                self.counts.truncate(frame.counts as usize);
                let around = self.top().shape;
                if around.nodes.get(usize::from(frame.node)).is_some_and(|node| node.skip_empty)
                    && tape[frame.tape.min(tape.len())..]
                        .iter()
                        .all(|cell| cell.mark != Mark::Text || cell.text.is_empty())
                {
                    tape.truncate(frame.tape);
                    self.uncount(frame.node);
                }
                let done = self.in_envelope().then_some(frame.node);
                self.completed = done.or(self.completed);
                done
            }
            FrameKind::Leaf => {
                if !frame.has_text && !frame.has_names && tape.len() == frame.tape {
                    self.leaf(frame.shape, frame.node, Cow::Borrowed(""), offset, tape);
                }
                self.in_envelope().then_some(frame.node)
            }
            FrameKind::Unknown if !frame.has_names && !frame.has_text => {
                self.unknown_fields += 1;
                self.note_field(NoteKind::UnknownField, &frame.name, None, frame.offset, "");
                None
            }
            FrameKind::Through if !frame.has_names && !frame.has_text => {
                // An empty content level says nothing.
                if !frame.name.ends_with("Content") {
                    self.unknown_fields += 1;
                    self.note_field(NoteKind::UnknownField, &frame.name, None, frame.offset, "");
                }
                None
            }
            FrameKind::Through => {
                if frame.has_names && self.frames.len() > 1 {
                    self.note_field(NoteKind::RenamedLevel, &frame.name, None, frame.offset, &frame.name);
                }
                None
            }
            _ => None,
        }
    }

    /// Closes a record or leaf that is absent by the body's own word: it leaves nothing, unless something stands in it all the
    /// same.
    fn close_nil<'a>(&mut self, frame: Frame, offset: usize, tape: &mut Tape<'a>) -> Option<u16> {
        let (is_empty, start, node) = (!frame.has_names && !frame.has_text, frame.tape, frame.node);
        let many = frame.index.is_some();
        if !is_empty {
            self.note_field(NoteKind::UnknownAttribute, &format!("{}/@nil", frame.name), None, frame.offset, "true");
        }
        let done = self.close_frame(frame, offset, tape);
        if is_empty {
            tape.truncate(start);
            if many {
                self.uncount(node);
            }
        }
        done
    }

    pub(super) fn uncount(&mut self, node: u16) {
        if let Some((_, count)) = self.counts.iter_mut().rev().find(|(at, _)| *at == node) {
            *count = count.saturating_sub(1);
        }
    }
}
