//! Paths in a record that was taken in by a template.

use super::Learnt;
use super::template::Template;
use crate::Format;
use crate::decode::fill::Place;
use crate::decode::tape::{self, Step};
use crate::shape::Shape;

impl Learnt {
    /// The path below a record of the list to cell number `cell`, as names on the wire; that of what is around it when `leaf`
    /// is not set.
    pub fn path_to(&mut self, cell: usize, leaf: bool, format: Format) -> &str {
        let last = self.order.first().and_then(|id| self.templates.get_mut(*id));
        let Some(template) = last else { return "" };
        let path = template.path_to(cell, format);
        if leaf { path } else { &path[..path.rfind('/').unwrap_or(0)] }
    }
}

impl Template {
    /// The path below the record, or below the envelope, to cell number `cell`, begun by `/`. It is kept, since a defect seldom
    /// comes alone.
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
    for (at, (slot, place)) in template.slots.iter().zip(&template.places).enumerate() {
        match *place {
            Place::Leave => {
                open.pop();
                steps.truncate(open.last().map_or(0, |open| open.steps));
            }
            Place::Leaf { .. } if at == cell => {
                steps.extend(open.last().map(|around| Step { shape: around.shape, at: slot.node, index: None }));
                break;
            }
            Place::Leaf { .. } => {}
            Place::Enter { shape, many, .. } => {
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
