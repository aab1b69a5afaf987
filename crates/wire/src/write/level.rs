//! The names that stand on one level of a shape in one format: nameless groups are seen through, equal neighbours are one.

use crate::{Format, Node, NodeKind};
use std::slice;

/// The nodes of one level: those of a record or of a group, or of several groups that are written as one.
#[derive(Clone, Copy)]
pub(super) struct Level<'l> {
    /// Runs of nodes in preorder.
    pub runs: &'l [&'static [Node]],
    /// Name of groups that are left out here because they are written elsewhere; empty for none.
    pub except: &'l str,
}

impl<'l> Level<'l> {
    /// The level of `runs`, all of it.
    pub fn of(runs: &'l [&'static [Node]]) -> Self {
        Self { runs, except: "" }
    }

    /// The named nodes of this level in `format`, each group with what stands in it.
    pub fn parts(self, format: Format) -> Parts<'l> {
        Parts { runs: self.runs.iter(), rest: &[], except: self.except, format }
    }
}

/// Iterates over the nodes of a level that have a name in a format.
#[derive(Clone)]
pub(super) struct Parts<'l> {
    runs: slice::Iter<'l, &'static [Node]>,
    rest: &'static [Node],
    except: &'l str,
    format: Format,
}

impl Parts<'_> {
    /// Takes the groups called `name` that come next, and returns what stands in each.
    ///
    /// `optional` stays true while those that are taken are optional too.
    pub fn take_equal(&mut self, name: &str, optional: &mut bool) -> Vec<&'static [Node]> {
        let mut taken = Vec::new();
        let mut ahead = self.clone();
        while let Some((node, inside)) = ahead.next() {
            if !matches!(node.kind, NodeKind::Group { .. }) || node.name(self.format) != name {
                break;
            }
            taken.push(inside);
            *optional &= node.optional;
            *self = ahead.clone();
        }
        taken
    }
}

impl Iterator for Parts<'_> {
    type Item = (&'static Node, &'static [Node]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((node, after)) = self.rest.split_first() else {
                self.rest = self.runs.next()?;
                continue;
            };
            let name = node.name(self.format);
            let inside = match node.kind {
                // Without a name it is no level: what stands in it follows in the list and stands here.
                NodeKind::Group { len } if !name.is_empty() => &after[..usize::from(len).min(after.len())],
                _ => &[],
            };
            self.rest = &after[inside.len()..];
            let left_out = match node.kind {
                NodeKind::Group { .. } => name.is_empty() || name == self.except,
                _ => name.is_empty(),
            };
            if !left_out {
                return Some((node, inside));
            }
        }
    }
}
