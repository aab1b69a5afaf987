//! The tape: what was read of a record, in the order of the body, before it is put into a value.
//!
//! Scanners fill it by name or by a learnt shape; it is then applied to an owned record, or looked at as a borrowed item.

use super::open::OpenTree;
use crate::command::OpenReply;
use crate::shape::{Node, NodeKind, Shape};
use crate::{Common, Format, NoteKind, Record, Unparsed};
use std::borrow::Cow;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A text for the node's leaf.
    Text,
    /// The node's child begins; everything up to the matching `Leave` is its own.
    Enter,
    /// The child ends.
    Leave,
}

/// One step of a tape.
#[derive(Debug, Clone)]
pub(crate) struct Cell<'a> {
    /// The leaf's text; empty for marks.
    pub text: Cow<'a, str>,
    /// Where the text begins in the body.
    pub offset: u32,
    /// The node, in the shape of the record that the cell belongs to.
    pub node: u16,
    /// What the cell says.
    pub mark: Mark,
}

impl<'a> Cell<'a> {
    pub fn text(node: u16, text: Cow<'a, str>, offset: usize) -> Self {
        Self { text, offset: offset as u32, node, mark: Mark::Text }
    }

    /// A level begins in a record that no spec describes: its name is the cell's text.
    pub fn open(name: &str, offset: usize) -> Self {
        Self { text: Cow::Owned(name.to_owned()), offset: offset as u32, node: u16::MAX, mark: Mark::Enter }
    }

    pub fn mark(mark: Mark, node: u16, offset: usize) -> Self {
        Self { text: Cow::Borrowed(""), offset: offset as u32, node, mark }
    }
}

/// Cells of one record, or of a part of it.
pub(crate) type Tape<'a> = Vec<Cell<'a>>;

/// Takes the notes that arise while a tape is applied.
pub(crate) trait ApplyNotes {
    fn note(&mut self, kind: NoteKind, path: &[Step], cell: &Cell<'_>);
}

/// A step of the path to a value: the node and, for an item of a list, its index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub shape: &'static Shape,
    pub at: u16,
    pub index: Option<usize>,
}

impl Step {
    pub fn node(&self) -> &'static Node {
        &self.shape.nodes[usize::from(self.at)]
    }
}

/// The steps to a record, the last one first.
#[derive(Clone, Copy)]
struct Path<'p> {
    step: Step,
    around: Option<&'p Path<'p>>,
}

/// A tape on its way into a record.
struct Applying<'t, 'a> {
    cells: &'t [Cell<'a>],
    at: usize,
    notes: &'t mut dyn ApplyNotes,
}

/// Puts `cells` into `record`; `outer` is the step to it, when it is an item. `seen` has a bit for each single leaf that has
/// a value already, from below, and for each single child, from above.
pub(crate) fn apply(
    record: &mut dyn Record,
    shape: &'static Shape,
    cells: &[Cell<'_>],
    seen: &mut u128,
    outer: Option<Step>,
    notes: &mut dyn ApplyNotes,
) {
    let path = outer.map(|step| Path { step, around: None });
    let mut applying = Applying { cells, at: 0, notes };
    while applying.at < cells.len() {
        applying.record(record, shape, seen, path.as_ref());
    }
}

impl Applying<'_, '_> {
    /// Reads cells into `record` up to the mark that ends it.
    fn record(&mut self, record: &mut dyn Record, shape: &'static Shape, seen: &mut u128, path: Option<&Path<'_>>) {
        while let Some(cell) = self.cells.get(self.at) {
            self.at += 1;
            if cell.mark == Mark::Leave {
                return;
            }
            let step = |index| Step { shape, at: cell.node, index };
            let Some(node) = shape.nodes.get(usize::from(cell.node)) else { continue };
            match (cell.mark, &node.kind) {
                (Mark::Text, NodeKind::Leaf { id, spec }) => {
                    if !spec.none.is_empty() && spec.none.contains(&&*cell.text) {
                        continue;
                    }
                    let bit = 1u128.checked_shl(u32::from(*id)).unwrap_or(0);
                    if !spec.many && *seen & bit != 0 {
                        self.note(NoteKind::DuplicateField, path, step(None), cell);
                        continue;
                    }
                    if cell.text.is_empty() && !spec.many {
                        continue;
                    }
                    *seen |= bit;
                    let Some(leaf) = record.leaf_mut(*id) else { continue };
                    match leaf.read(&cell.text, spec) {
                        // It is not counted among the leaves, and every text is one.
                        Err(Unparsed) if *id == Common::JOB => {
                            self.note(NoteKind::DuplicateField, path, step(None), cell);
                        }
                        Err(Unparsed) => self.note(NoteKind::Unparsed, path, step(None), cell),
                        Ok(()) if leaf.is_unknown_value() => {
                            self.note(NoteKind::UnknownValue, path, step(None), cell);
                        }
                        Ok(()) => {}
                    }
                }
                (Mark::Enter, NodeKind::Child { id, shape: inner, many }) => {
                    // What every reply has beside its own is a list.
                    let bit = if *many { 0 } else { 1u128 << (127 - u32::from(*id).min(127)) };
                    if !many && *seen & bit != 0 {
                        // The first counts; the second is not mixed into it.
                        self.note(NoteKind::DuplicateField, path, step(None), cell);
                        self.skip();
                        continue;
                    }
                    *seen |= bit;
                    match record.child_mut(*id) {
                        Some(child) if OpenReply::is_shape(inner) => self.open(child.enter()),
                        Some(child) => {
                            let step = step(many.then(|| child.len()));
                            self.record(child.enter(), inner, &mut 0, Some(&Path { step, around: path }));
                        }
                        None => self.skip(),
                    }
                }
                (Mark::Enter, _) => self.skip(),
                (Mark::Text | Mark::Leave, _) => {}
            }
        }
    }

    /// Reads cells into a record that no spec describes, up to the mark that ends it.
    fn open(&mut self, record: &mut dyn Record) {
        let mut tree = OpenTree::new();
        let mut depth = 0usize;
        while let Some(cell) = self.cells.get(self.at) {
            self.at += 1;
            match cell.mark {
                Mark::Text => tree.text(&cell.text),
                Mark::Enter => {
                    depth += 1;
                    tree.open(&cell.text);
                }
                Mark::Leave if depth == 0 => break,
                Mark::Leave => {
                    depth -= 1;
                    tree.close();
                }
            }
        }
        if let Some(fields) = record.open_fields() {
            *fields = tree.finish();
        }
    }

    /// Passes over the child whose beginning was read last.
    fn skip(&mut self) {
        self.at += leave(&self.cells[self.at..]) + 1;
    }

    #[cold]
    fn note(&mut self, kind: NoteKind, path: Option<&Path<'_>>, last: Step, cell: &Cell<'_>) {
        let mut steps = vec![last];
        let mut around = path;
        while let Some(path) = around {
            steps.push(path.step);
            around = path.around;
        }
        steps.reverse();
        self.notes.note(kind, &steps, cell);
    }
}

/// Position of the `Leave` that ends the child whose cells begin `cells`.
pub(crate) fn leave(cells: &[Cell<'_>]) -> usize {
    let mut depth = 0usize;
    for (at, cell) in cells.iter().enumerate() {
        match cell.mark {
            Mark::Text => {}
            Mark::Enter => depth += 1,
            Mark::Leave if depth == 0 => return at,
            Mark::Leave => depth -= 1,
        }
    }
    cells.len()
}

/// Appends `steps` to a path on the wire, as `format` names them: the levels around each node too.
pub(crate) fn push_path(out: &mut String, steps: &[Step], format: Format) {
    let push = |out: &mut String, name: &str| {
        if !out.is_empty() && !name.is_empty() {
            out.push('/');
        }
        out.push_str(name);
    };
    for step in steps {
        for (at, node) in step.shape.nodes.iter().enumerate().take(usize::from(step.at)) {
            if matches!(node.kind, NodeKind::Group { len } if at + usize::from(len) >= usize::from(step.at)) {
                push(out, node.name(format));
            }
        }
        let node = step.node();
        let names = [node.name(format), node.names[0], node.names[1], node.field];
        push(out, names.into_iter().find(|name| !name.is_empty()).unwrap_or_default());
        if let Some(index) = step.index {
            push_index(out, index);
        }
    }
}

/// Appends the index of an item: `[12]`.
pub(crate) fn push_index(path: &mut String, index: usize) {
    // What the formatting machinery does in ten times the time: notes can be many.
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), index);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    path.push('[');
    path.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
    path.push(']');
}
