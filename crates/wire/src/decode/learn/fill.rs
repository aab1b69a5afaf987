//! Puts a record that was taken in whole by a template into its value: the template knows where each cell belongs.

use super::Learnt;
use super::template::{SlotPlace, Template};
use crate::decode::tape::{self, Cell, Step, Tape};
use crate::shape::Shape;
use crate::{Format, NoteKind, Record, Unparsed};

impl Learnt {
    /// Whether the record that was just taken in can be filled by [`fill`]: nothing in it stands twice that must not.
    pub fn can_fill(&self) -> bool {
        self.templates.first().is_some_and(|template| template.once)
    }

    /// The path below a record of the list to cell number `cell`, as names on the wire; that of what is around it when `leaf`
    /// is not set.
    pub fn path_to(&mut self, cell: usize, leaf: bool, format: Format) -> &str {
        let Some(template) = self.templates.first_mut() else { return "" };
        let path = template.path_to(cell, format);
        if leaf { path } else { &path[..path.rfind('/').unwrap_or(0)] }
    }
}

impl Template {
    /// The path below the record, or below the envelope, to cell number `cell`, begun by `/`. It is kept, since a defect seldom comes alone.
    pub fn path_to(&mut self, cell: usize, format: Format) -> &str {
        if self.paths.is_empty() {
            self.paths.resize(self.slots.len(), String::new());
        }
        if self.paths[cell].is_empty() {
            let mut path = String::new();
            tape::push_path(&mut path, &steps(self, cell), format);
            path.insert(0, '/');
            self.paths[cell] = path;
        }
        &self.paths[cell]
    }
}

/// A record that is open while a path is looked for.
struct Open {
    shape: &'static Shape,
    /// How many steps lead to it.
    steps: usize,
    /// How many items of each list came in it.
    counts: Vec<(u16, usize)>,
}

impl Open {
    /// The index of the next item of the list `node`.
    fn count(&mut self, node: u16) -> usize {
        match self.counts.iter_mut().find(|(at, _)| *at == node) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((node, 0));
                0
            }
        }
    }
}

/// The steps from the record to cell number `cell`.
fn steps(template: &Template, cell: usize) -> Vec<Step> {
    let mut open = Vec::new();
    let mut steps = Vec::new();
    open.extend(template.whole.map(|shape| Open { shape, steps: 0, counts: Vec::new() }));
    for (at, slot) in template.slots.iter().enumerate() {
        match slot.place {
            SlotPlace::Leave => {
                open.pop();
                steps.truncate(open.last().map_or(0, |open| open.steps));
            }
            SlotPlace::Leaf { .. } if at == cell => {
                steps.extend(open.last().map(|around| Step { shape: around.shape, at: slot.node, index: None }));
                break;
            }
            SlotPlace::Leaf { .. } => {}
            SlotPlace::Enter { shape, many, .. } => {
                // The first is the item itself, whose path is told by others.
                if let Some(around) = open.last_mut() {
                    let index = many.then(|| around.count(slot.node));
                    steps.push(Step { shape: around.shape, at: slot.node, index });
                }
                open.push(Open { shape, steps: steps.len(), counts: Vec::new() });
            }
        }
    }
    steps
}

/// A value that does not fit its leaf, or that the spec does not list.
pub(crate) struct UnfitValue {
    pub kind: NoteKind,
    /// Its cell's number.
    pub cell: usize,
    pub secret: bool,
}

/// Puts the item of a list that was just taken in whole into `record`; returns the values that do not fit.
pub(crate) fn fill(learnt: &Learnt, record: &mut dyn Record, tape: &Tape<'_>) -> Vec<UnfitValue> {
    learnt.templates.first().map_or_else(Vec::new, |template| fill_by(template, record, tape))
}

/// Puts what `template` took in into `record`; returns the values that do not fit.
pub(crate) fn fill_by(template: &Template, record: &mut dyn Record, tape: &Tape<'_>) -> Vec<UnfitValue> {
    let mut unfit = Vec::new();
    // An item's own mark is not the record's.
    let at = usize::from(template.whole.is_none());
    Filling { template, cells: tape, at, unfit: &mut unfit }.record(record);
    unfit
}

/// A record on its way into a value.
struct Filling<'f, 'a> {
    template: &'f Template,
    cells: &'f [Cell<'a>],
    at: usize,
    unfit: &'f mut Vec<UnfitValue>,
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
                    self.unfit.push(UnfitValue { kind, cell: self.at - 1, secret: spec.secret });
                }
                SlotPlace::Enter { id, .. } => match record.child_mut(id) {
                    Some(child) => self.record(child.enter()),
                    None => self.at += tape::leave(&self.cells[self.at..]) + 1,
                },
                SlotPlace::Leave => return,
            }
        }
    }
}
