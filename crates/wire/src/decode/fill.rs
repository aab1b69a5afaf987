//! Puts a record that was read whole into its value, when it is known beforehand where each cell belongs.
//!
//! That is so for the rows of CSV and for what a learnt shape took in. [`super::tape::apply`] asks the shape instead.

use super::tape::{self, Cell};
use super::walker::REDACTED;
use crate::shape::{LeafSpec, NodeKind, Shape};
use crate::{Note, NoteKind, Record, Text, Unparsed};

/// Where a cell belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// To this leaf. `usual` tells that no text stands for absent and that there is one value.
    Leaf { id: u16, spec: &'static LeafSpec, usual: bool },
    /// A child begins.
    Enter { id: u16, shape: &'static Shape, many: bool },
    /// A child ends.
    Leave,
}

impl Place {
    /// The place of the node `at` of `shape`; `None` for one that holds nothing itself.
    pub fn of(shape: &'static Shape, at: u16) -> Option<Self> {
        match &shape.nodes.get(usize::from(at))?.kind {
            NodeKind::Leaf { id, spec } => {
                Some(Self::Leaf { id: *id, spec, usual: spec.none.is_empty() && !spec.many })
            }
            NodeKind::Child { id, shape, many } => Some(Self::Enter { id: *id, shape, many: *many }),
            NodeKind::Group { .. } => None,
        }
    }
}

/// A value that does not fit its leaf, or that the spec does not list.
pub(crate) struct UnfitValue {
    pub kind: NoteKind,
    /// Its cell's number.
    pub cell: usize,
    secret: bool,
}

impl UnfitValue {
    /// What is noted of it, when `path` leads to it, `cell` is its own, and offsets count from `base`.
    pub fn note(&self, path: &str, cell: &Cell<'_>, base: usize) -> Note {
        let text = if self.secret { REDACTED } else { &cell.text };
        Note { kind: self.kind, path: Text::new(path), offset: base + cell.offset as usize, text: Text::new(text) }
    }
}

/// Puts `cells` from number `first` on into `record`, which is fresh, each in its place; returns the values that do not fit.
pub(crate) fn fill(places: &[Place], record: &mut dyn Record, cells: &[Cell<'_>], first: usize) -> Vec<UnfitValue> {
    let mut unfit = Vec::new();
    Filling { places, cells, at: first, unfit: &mut unfit }.record(record);
    unfit
}

/// A record on its way into a value.
struct Filling<'f, 'a> {
    places: &'f [Place],
    cells: &'f [Cell<'a>],
    at: usize,
    unfit: &'f mut Vec<UnfitValue>,
}

impl Filling<'_, '_> {
    /// Fills `record` up to its end.
    fn record(&mut self, record: &mut dyn Record) {
        while let (Some(place), Some(cell)) = (self.places.get(self.at), self.cells.get(self.at)) {
            self.at += 1;
            match *place {
                Place::Leaf { id, spec, usual } => {
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
                Place::Enter { id, .. } => match record.child_mut(id) {
                    Some(child) => self.record(child.enter()),
                    None => self.at += tape::leave(&self.cells[self.at..]) + 1,
                },
                Place::Leave => return,
            }
        }
    }
}
