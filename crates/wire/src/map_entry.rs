//! An entry of a map whose keys are no names of the spec, as Apache's encoding of maps has it.

use crate::{Leaf, Node, Record, Shape, Text};

/// A key and its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapEntry {
    /// The key.
    pub key: Text,
    /// What stands under it.
    pub value: Text,
}

static SHAPE: Shape =
    Shape { name: "MapEntry", nodes: &[Node::leaf(0, "key", "key"), Node::leaf(1, "value", "value").optional()] };

impl MapEntry {
    /// `<key/>` and `<value/>`, in the `<item>` of a list.
    pub const SHAPE: &'static Shape = &SHAPE;
}

impl<K: Into<Text>, V: Into<Text>> From<(K, V)> for MapEntry {
    fn from((key, value): (K, V)) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

impl Record for MapEntry {
    fn shape(&self) -> &'static Shape {
        Self::SHAPE
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        match id {
            0 => Some(&self.key),
            1 => Some(&self.value),
            _ => None,
        }
    }

    fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf> {
        match id {
            0 => Some(&mut self.key),
            1 => Some(&mut self.value),
            _ => None,
        }
    }
}
