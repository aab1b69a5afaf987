//! Notes and their paths.

use super::{Frame, FrameKind, Meaning, REDACTED, Walker};
use crate::decode::names::{enclosing_group, in_scope, is_numbered};
use crate::decode::tape::push_index;
use crate::note::NoteTaker;
use crate::shape::{Node, NodeKind, Shape};
use crate::{Format, Note, NoteKind, Text};

/// Bytes of a text in a note on how a value is written: the value has it whole, or another note that says so.
const CUT: usize = 4096;

impl NoteTaker for Walker {
    fn note(&mut self, kind: NoteKind, offset: usize, text: &str) {
        Walker::note(self, kind, offset, text);
    }
}

impl Walker {
    /// Notes a name that was found under another spelling or at another level than documented.
    pub(super) fn note_way(&mut self, shape: &'static Shape, at: u16, name: &str, offset: usize) {
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

    /// Notes a level of the envelope that stands a second time.
    pub(super) fn note_doubled_level(&mut self, meaning: Meaning, name: &str, offset: usize) {
        let level = match meaning {
            Meaning::Header => u16::MAX,
            Meaning::Node { shape, node, .. } => {
                let level = &shape.nodes[usize::from(node)];
                let is_array = level.json_array && self.format == Format::Json;
                if !matches!(level.kind, NodeKind::Group { .. }) || is_array {
                    return;
                }
                node
            }
            _ => return,
        };
        if self.levels_seen.contains(&level) {
            self.note(NoteKind::DoubledLevel, offset, name);
        } else {
            self.levels_seen.push(level);
        }
    }

    /// Notes code, status or error at another place than documented.
    pub(super) fn note_head_way(&mut self, outer: FrameKind, name: &str, offset: usize) {
        let envelope = self.envelope();
        match outer {
            FrameKind::Outer if !envelope.root.is_empty() && !self.root_seen => {
                self.root_seen = true;
                self.note(NoteKind::MissingEnvelope, offset, "");
            }
            FrameKind::Root if !envelope.header.is_empty() && !self.missing_levels.contains(&u16::MAX) => {
                self.missing_levels.push(u16::MAX);
                self.note(NoteKind::MissingLevel, offset, envelope.header);
            }
            FrameKind::Level if self.in_envelope() => self.note(NoteKind::MisplacedField, offset, name),
            _ => {}
        }
    }

    /// Whether a further note would be kept.
    pub fn is_noting(&self) -> bool {
        !self.notes.is_full(self.budget)
    }

    /// Adds a note at a name inside the innermost level. A secret's text is not repeated.
    pub fn note_field(&mut self, kind: NoteKind, name: &str, node: Option<&Node>, offset: usize, text: &str) {
        if !self.is_noting() {
            self.notes.omit();
            return;
        }
        let text = if node.is_some_and(|node| node.is_secret()) { REDACTED } else { text };
        let path = self.path_with(name);
        self.push_note(kind, path, offset, text);
    }

    /// Adds a note at the innermost level.
    #[inline]
    pub fn note(&mut self, kind: NoteKind, offset: usize, text: &str) {
        // A body that is odd all over has more notes that are only counted than others have bytes: no path is made for them.
        if !self.is_noting() {
            self.notes.omit();
            return;
        }
        self.note_here(kind, offset, text);
    }

    /// Adds a note on the name of the innermost level.
    pub fn note_name(&mut self, kind: NoteKind, offset: usize) {
        if !self.is_noting() {
            self.notes.omit();
            return;
        }
        let name = self.top().name.clone();
        self.note_here(kind, offset, &name);
    }

    #[inline(never)]
    fn note_here(&mut self, kind: NoteKind, offset: usize, text: &str) {
        let path = self.path();
        self.push_note(kind, path, offset, text);
    }

    fn push_note(&mut self, kind: NoteKind, path: Text, offset: usize, text: &str) {
        let offset = offset + self.base;
        let is_kept = matches!(kind, NoteKind::ScalarType | NoteKind::UnquotedValue);
        let len = if is_kept { text.floor_char_boundary(CUT) } else { text.len() };
        self.notes.push(self.budget, || Note { kind, path, offset, text: Text::new(&text[..len]) });
    }

    /// Names of the open levels.
    pub fn path(&self) -> Text {
        let mut path = String::with_capacity(128);
        self.push_path(&mut path);
        Text::new(&path)
    }

    /// Appends the names of the open levels.
    fn push_path(&self, path: &mut String) {
        for frame in &self.frames[1..] {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(&frame.name);
            if let Some(index) = frame.index {
                push_index(path, index as usize);
            }
        }
    }

    fn path_with(&self, name: &str) -> Text {
        let mut path = String::with_capacity(128);
        self.push_path(&mut path);
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(name);
        Text::new(&path)
    }

    /// The path of the last item of the list `node` of the reply, whose level is closed.
    pub fn item_path(&mut self, node: u16) -> String {
        let mut path = String::with_capacity(128);
        self.push_path_of_item(&mut path, node, self.last_index(node) as u32);
        path
    }

    /// The index of the last item of the list `node` of the reply.
    pub fn last_index(&self, node: u16) -> usize {
        self.counts.iter().find(|(at, _)| *at == node).map_or(0, |(_, count)| count.saturating_sub(1) as usize)
    }

    /// Appends the path of the item `index` of the list `node` of the reply, whose level is closed.
    fn push_path_of_item(&mut self, path: &mut String, node: u16, index: u32) {
        // Two levels that begin at one byte of a window are the same level, or one is in the other.
        let place = (self.base, self.top().offset, self.depth(), node);
        if self.list_path.0 != Some(place) {
            let mut list = String::with_capacity(128);
            self.push_path(&mut list);
            if !list.is_empty() {
                list.push('/');
            }
            list.push_str(self.reply.shape.nodes.get(usize::from(node)).map_or("", |node| node.name(self.format)));
            self.list_path = (Some(place), list);
        }
        path.push_str(&self.list_path.1);
        push_index(path, index as usize);
    }

    /// The index of the item that comes next in the list `node` of the reply.
    pub fn next_index(&self, node: u16) -> u32 {
        self.counts.iter().find(|(at, _)| *at == node).map_or(0, |(_, count)| *count)
    }

    /// The path of the item that comes next in the list `node`, below the innermost level.
    pub fn next_item_path(&self, node: u16) -> String {
        let index = self.next_index(node);
        let name = self.reply.shape.nodes.get(usize::from(node)).map_or("", |node| node.name(self.format));
        format!("{name}[{index}]")
    }

    /// Gives a note of a learnt form again, for the item `index` of `list`; `path` is that below the item.
    pub fn note_in_item(&mut self, kind: NoteKind, list: u16, index: u32, path: &str, offset: usize, text: &str) {
        if !self.is_noting() {
            self.notes.omit();
            return;
        }
        let mut whole = std::mem::take(&mut self.path_buffer);
        whole.clear();
        self.push_path_of_item(&mut whole, list, index);
        whole.push_str(path);
        self.push_note(kind, Text::new(&whole), offset, text);
        self.path_buffer = whole;
    }
}

fn frame_is(frame: &Frame, shape: &'static Shape, at: u16) -> bool {
    frame.shape == shape && frame.scope.0 == at + 1
}
