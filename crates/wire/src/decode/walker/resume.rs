//! Places to come back to: between two items of a list, inside an item that a learnt shape began, and in records that the
//! body has no level for.

use super::{Frame, FrameKind, Meaning, Place, Walker};
use crate::NoteKind;
use crate::decode::names::siblings;
use crate::decode::tape::{Cell, Mark, Tape};
use crate::shape::{NodeKind, Shape};

impl Walker {
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
        self.records = self.frames.iter().filter(|frame| frame.is_record()).count();
        self.counts = place.counts;
        self.notes.truncate(place.notes);
        self.head = place.head;
        (self.known_fields, self.unknown_fields) = place.fields;
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
                        if frame.is_record() {
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

    /// Whether the levels beyond `depth` are those that stand around the last of these cells of an item, each under its
    /// documented name: then what follows means what it meant where the item's form was learnt.
    pub fn is_documented(&self, depth: usize, cells: &[Cell<'_>]) -> bool {
        // The levels that there should be; and the open records, each with how many levels stand around it.
        let mut levels: Vec<(&'static Shape, u16)> = Vec::new();
        let mut records: Vec<(&'static Shape, usize)> = Vec::new();
        let mut shape = self.reply.shape;
        for cell in cells {
            match cell.mark {
                Mark::Enter => {
                    let around = levels.len();
                    if !records.is_empty() {
                        levels.extend(self.groups(shape, cell.node).map(|group| (shape, group)));
                    }
                    levels.push((shape, cell.node));
                    records.push((shape, around));
                    let NodeKind::Child { shape: inner, .. } = shape.nodes[usize::from(cell.node)].kind else {
                        return false;
                    };
                    shape = inner;
                }
                Mark::Leave => {
                    let Some((outer, around)) = records.pop() else { return false };
                    levels.truncate(around);
                    shape = outer;
                }
                Mark::Text => {}
            }
        }
        let Some(last) = cells.last().filter(|last| last.mark == Mark::Text) else { return false };
        levels.extend(self.groups(shape, last.node).map(|group| (shape, group)));
        let open = self.frames.get(depth..).unwrap_or_default();
        let is_open = |(frame, (shape, at)): (&Frame, &(&'static Shape, u16))| {
            frame.node == *at && *frame.name == *shape.nodes[usize::from(*at)].name(self.format)
        };
        open.len() == levels.len() && open.iter().zip(&levels).all(is_open)
    }

    /// The levels that stand around `at` in a record.
    fn groups(&self, shape: &'static Shape, at: u16) -> impl Iterator<Item = u16> + use<> {
        let format = self.format;
        (0..at).filter(move |group| {
            let node = &shape.nodes[usize::from(*group)];
            matches!(node.kind, NodeKind::Group { len } if group + len >= at) && !node.name(format).is_empty()
        })
    }

    /// Opens the levels that stand around `at` in the innermost record.
    pub(super) fn open_groups(&mut self, at: u16, offset: usize) {
        for group in self.groups(self.top().shape, at) {
            self.push_open(group, offset);
        }
    }

    /// Opens a documented level, without a cell.
    pub(super) fn push_open(&mut self, at: u16, offset: usize) {
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
            if frame.is_record() {
                self.records -= 1;
                self.counts.truncate(frame.counts as usize);
            }
        }
    }

    /// Closes a record that the body has no level for, unless `name` goes on in it.
    pub fn end_implied<'a>(&mut self, name: Option<&str>, offset: usize, tape: &mut Tape<'a>) {
        let top = self.top();
        if !top.implied {
            return;
        }
        let goes_on = name.and_then(|name| self.wanted(name).find_exact(self.known(), top.shape, top.scope, 0));
        let seen =
            |at: u16| tape[top.tape.min(tape.len())..].iter().any(|cell| cell.mark == Mark::Text && cell.node == at);
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
        let Some(leaf) = self.wanted(name).find_exact(self.known(), shape, inside, 0) else { return false };
        if !shape.nodes[usize::from(leaf)].is_leaf() {
            return false;
        }
        self.note(NoteKind::MissingLevel, offset, node.name(self.format));
        self.open_implied(at, offset, tape);
        true
    }

    pub(super) fn open_implied<'a>(&mut self, node: u16, offset: usize, tape: &mut Tape<'a>) {
        let shape = self.top().shape;
        let name = shape.nodes[usize::from(node)].name(self.format);
        self.open_as(Meaning::Node { shape, node, exact: true }, name, offset, tape);
        self.top_mut().implied = true;
    }
}
