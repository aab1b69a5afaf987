//! What generated records offer to the engine: leaves and children by number.
//!
//! The two `match`es behind these traits are all the decoding code that is generated; everything else is in this crate, once.

use crate::command::Tree;
use crate::{Leaf, Shape, Text};

/// A value with a shape: a reply, or a record in one.
pub trait Record {
    /// The table of its names.
    fn shape(&self) -> &'static Shape;

    /// The leaf with this number; `None` for a number that the shape does not have.
    fn leaf(&self, id: u16) -> Option<&dyn Leaf>;

    /// The leaf with this number, to be read into.
    fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf>;

    /// The child with this number; `None` for a number that the shape does not have.
    fn child(&self, id: u16) -> Option<&dyn Child> {
        let _ = id;
        None
    }

    /// The child with this number, to be read into.
    fn child_mut(&mut self, id: u16) -> Option<&mut dyn Child> {
        let _ = id;
        None
    }

    /// Where everything that came is put by its names, in a record that no spec describes.
    fn open_fields(&mut self) -> Option<&mut Vec<(Text, Tree)>> {
        None
    }

    /// What stands there, in such a record.
    fn fields(&self) -> Option<&[(Text, Tree)]> {
        None
    }
}

/// A place for records in a record: one, at most one, or a list.
pub trait Child {
    /// The record to read the next one into: the only one, or a new one at the end of the list.
    fn enter(&mut self) -> &mut dyn Record;

    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at `index`.
    fn get(&self, index: usize) -> Option<&dyn Record>;

    /// The record at `index`, to be changed.
    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Record>;

    /// Bytes that one record takes, without what its texts and lists take beside it.
    fn item_size(&self) -> usize;

    /// Makes room for `more` records.
    fn reserve(&mut self, more: usize) {
        let _ = more;
    }

    /// Takes the last record away.
    fn pop(&mut self) {}
}

impl<T: Record> Child for T {
    fn item_size(&self) -> usize {
        size_of::<T>()
    }

    fn enter(&mut self) -> &mut dyn Record {
        self
    }

    fn len(&self) -> usize {
        1
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        (index == 0).then_some(self as &dyn Record)
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Record> {
        (index == 0).then_some(self as &mut dyn Record)
    }
}

impl<T: Record + Default> Child for Option<T> {
    fn item_size(&self) -> usize {
        size_of::<T>()
    }

    fn enter(&mut self) -> &mut dyn Record {
        self.get_or_insert_default()
    }

    fn len(&self) -> usize {
        usize::from(self.is_some())
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        self.as_ref().filter(|_| index == 0).map(|record| record as &dyn Record)
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Record> {
        self.as_mut().filter(|_| index == 0).map(|record| record as &mut dyn Record)
    }

    fn pop(&mut self) {
        *self = None;
    }
}

impl<T: Record + Default> Child for Vec<T> {
    fn item_size(&self) -> usize {
        size_of::<T>()
    }

    fn enter(&mut self) -> &mut dyn Record {
        self.push(T::default());
        let last = self.len() - 1;
        &mut self[last]
    }

    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        self.as_slice().get(index).map(|record| record as &dyn Record)
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Record> {
        self.as_mut_slice().get_mut(index).map(|record| record as &mut dyn Record)
    }

    fn reserve(&mut self, more: usize) {
        self.reserve_exact(more);
    }

    fn pop(&mut self) {
        self.pop();
    }
}
