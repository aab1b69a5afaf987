//! Puts a record that was taken in whole by a template into its value: the template knows where each cell belongs.

use super::Learnt;
use super::template::{SlotPlace, Template};
use crate::decode::tape::{self, ApplyNotes, Cell, Step, Tape};
use crate::{Format, NoteKind, Record, Unparsed};

impl Learnt {
    /// Whether the record that was just taken in can be filled by [`fill`]: nothing in it stands twice that must not.
    pub fn can_fill(&self) -> bool {
        self.templates.first().is_some_and(|template| template.once)
    }

    /// The path below a record of the list `outer` to cell number `cell`, as names on the wire; with the leaf's own name when
    /// `leaf` is set.
    pub fn path_to(&self, cell: usize, outer: Step, format: Format, leaf: bool) -> String {
        let mut path = String::new();
        if let Some(template) = self.templates.first() {
            let steps = steps(template, cell, outer);
            tape::push_path(&mut path, steps.get(1..).unwrap_or_default(), format);
        }
        if !leaf {
            path.truncate(path.rfind('/').unwrap_or(0));
        }
        path
    }
}

/// The steps from the record of the list to cell number `cell`.
fn steps(template: &Template, cell: usize, outer: Step) -> Vec<Step> {
    let mut steps = vec![outer];
    // How many items of each list came in each open record.
    let mut counts: Vec<Vec<(u16, usize)>> = Vec::new();
    let mut shapes = Vec::new();
    for (at, slot) in template.slots.iter().enumerate() {
        let index = match slot.place {
            SlotPlace::Leave => {
                shapes.pop();
                counts.pop();
                steps.truncate(shapes.len().max(1));
                continue;
            }
            SlotPlace::Leaf { .. } => None,
            SlotPlace::Enter { shape, many, .. } => {
                let index = match counts.last_mut() {
                    Some(counts) if many => match counts.iter_mut().find(|(node, _)| *node == slot.node) {
                        Some((_, count)) => {
                            *count += 1;
                            Some(*count)
                        }
                        None => {
                            counts.push((slot.node, 0));
                            Some(0)
                        }
                    },
                    _ => None,
                };
                shapes.push(shape);
                counts.push(Vec::new());
                index
            }
        };
        if at == 0 {
            continue;
        }
        let around = match slot.place {
            SlotPlace::Enter { .. } => shapes.len().checked_sub(2),
            _ => shapes.len().checked_sub(1),
        };
        let Some(shape) = around.and_then(|around| shapes.get(around)) else { continue };
        let step = Step { shape, at: slot.node, index };
        if at == cell {
            steps.push(step);
            return steps;
        }
        if matches!(slot.place, SlotPlace::Enter { .. }) {
            steps.push(step);
        }
    }
    steps
}

/// Puts the item `outer` of a list, which was just taken in whole, into `record`.
pub(crate) fn fill(learnt: &Learnt, record: &mut dyn Record, outer: Step, tape: &Tape<'_>, notes: &mut dyn ApplyNotes) {
    if let Some(template) = learnt.templates.first() {
        Filling { template, cells: tape, at: 1, outer, notes }.record(record);
    }
}

/// A record on its way into a value.
struct Filling<'f, 'a> {
    template: &'f Template,
    cells: &'f [Cell<'a>],
    at: usize,
    outer: Step,
    notes: &'f mut dyn ApplyNotes,
}

impl Filling<'_, '_> {
    /// Fills `record` up to its end.
    fn record(&mut self, record: &mut dyn Record) {
        while let (Some(slot), Some(cell)) = (self.template.slots.get(self.at), self.cells.get(self.at)) {
            self.at += 1;
            match slot.place {
                SlotPlace::Leaf { id, spec, usual } => {
                    let text = &*cell.text;
                    if usual {
                        if text.is_empty() {
                            continue;
                        }
                    } else if spec.none.contains(&text) || text.is_empty() && !spec.many {
                        continue;
                    }
                    let Some(leaf) = record.leaf_mut(id) else { continue };
                    let kind = match leaf.read(text, spec) {
                        Err(Unparsed) => NoteKind::Unparsed,
                        Ok(()) if leaf.is_unknown_value() => NoteKind::UnknownValue,
                        Ok(()) => continue,
                    };
                    self.note(kind);
                }
                SlotPlace::Enter { id, .. } => match record.child_mut(id) {
                    Some(child) => self.record(child.enter()),
                    None => self.at += tape::leave(&self.cells[self.at..]) + 1,
                },
                SlotPlace::Leave => return,
            }
        }
    }

    /// Notes the cell that was read last.
    #[cold]
    fn note(&mut self, kind: NoteKind) {
        let cell = self.at - 1;
        let path = steps(self.template, cell, self.outer);
        self.notes.note(kind, &path, &self.cells[cell]);
    }
}
