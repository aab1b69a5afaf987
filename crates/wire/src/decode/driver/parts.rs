//! A driver that stops between two items and goes on with more text: what a list from a reader needs.

use super::learning::LastItem;
use super::{Driver, Scanner};
use crate::decode::Options;
use crate::decode::learn::Learnt;
use crate::decode::walker::{Place, Walker};

impl<'a> Driver<'a> {
    /// Where the driver stands, to come back to.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { scanner: self.scanner.clone(), place: self.walker.place() }
    }

    /// Moves a checkpoint here.
    pub fn move_checkpoint(&self, checkpoint: &mut Checkpoint) {
        checkpoint.scanner.clone_from(&self.scanner);
        self.walker.move_place(&mut checkpoint.place);
    }

    /// Ends the driver at `checkpoint`; another one can go on from there with more text.
    pub fn part(mut self, mut checkpoint: Checkpoint) -> Parts {
        checkpoint.scanner.settle(self.body);
        self.walker.return_to(checkpoint.place);
        let end = checkpoint.scanner.pos();
        let last_item = self.last_item.filter(|item| item.end == end);
        Parts {
            walker: self.walker,
            scanner: checkpoint.scanner,
            learnt: self.learnt,
            list: self.list,
            last_item,
            root_checked: self.root_checked,
        }
    }

    /// Goes on where another driver stopped.
    pub fn rejoin(text: &'a str, parts: Parts, options: &Options) -> Self {
        let mut driver = Self::resume(text, parts.walker, parts.scanner, options);
        driver.learnt = parts.learnt;
        driver.list = parts.list;
        driver.last_item = parts.last_item;
        driver.root_checked = parts.root_checked;
        driver
    }
}

/// A place in a body between two items.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    scanner: Scanner,
    place: Place,
}

/// A driver without its text.
#[derive(Debug)]
pub(crate) struct Parts {
    walker: Walker,
    scanner: Scanner,
    learnt: Learnt,
    list: Option<u16>,
    last_item: Option<LastItem>,
    root_checked: bool,
}

impl Parts {
    /// Where it goes on.
    pub fn pos(&self) -> usize {
        self.scanner.pos()
    }

    /// Bytes of the body before the window.
    pub fn base(&self) -> usize {
        self.walker.base
    }

    /// The first `by` bytes of the window were dropped.
    pub fn rebase(&mut self, by: usize) {
        self.scanner.rebase(by);
        self.walker.base += by;
        if let Some(item) = &mut self.last_item {
            item.end -= by;
        }
    }
}
