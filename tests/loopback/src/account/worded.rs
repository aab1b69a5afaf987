//! Records of which some texts are given word for word: the server's spelling where a typed value has none, or another.

use bindwire_wire::{Child, Leaf, NodeKind, Record, Shape, Text};

/// A record with some of its fields replaced, for writing only.
#[derive(Default)]
pub(super) struct Worded<R> {
    record: R,
    leaves: Vec<(u16, Text)>,
    children: Vec<(u16, Box<dyn Child>)>,
}

impl<R: Record> Worded<R> {
    pub(super) fn new(record: R) -> Self {
        Self { record, leaves: Vec::new(), children: Vec::new() }
    }

    /// Writes `text` for the field of that name.
    pub(super) fn text(mut self, field: &str, text: &str) -> Self {
        self.leaves.push((self.id(field), text.into()));
        self
    }

    /// Writes `child` for the field of that name.
    pub(super) fn child(mut self, field: &str, child: impl Child + 'static) -> Self {
        self.children.push((self.id(field), Box::new(child)));
        self
    }

    /// The number of a field.
    fn id(&self, field: &str) -> u16 {
        let node = self.record.shape().nodes.iter().find(|node| node.field == field).expect("the record has the field");
        match node.kind {
            NodeKind::Leaf { id, .. } | NodeKind::Child { id, .. } => id,
            NodeKind::Group { .. } => unreachable!("a group has no field"),
        }
    }
}

impl<R: Record> Record for Worded<R> {
    fn shape(&self) -> &'static Shape {
        self.record.shape()
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        let worded = self.leaves.iter().find(|leaf| leaf.0 == id).map(|leaf| &leaf.1 as &dyn Leaf);
        worded.or_else(|| self.record.leaf(id))
    }

    fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf> {
        self.record.leaf_mut(id)
    }

    fn child(&self, id: u16) -> Option<&dyn Child> {
        let worded = self.children.iter().find(|child| child.0 == id).map(|child| &*child.1);
        worded.or_else(|| self.record.child(id))
    }
}
