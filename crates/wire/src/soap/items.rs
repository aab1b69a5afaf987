//! Lists in envelopes, an item at a time: what must be known beside the driver that reads the list.

use super::answer::{Failure, finish, moved, refuse, within};
use super::common::CommonFields;
use super::unwrap::{Unwrapped, unwrap};
use crate::decode::Options;
use crate::decode::driver::{self, Driver, Outcome};
use crate::scan::Fail;
use crate::shape::{ReplyShape, SoapShape};
use crate::{Text, decode::tape::Cell};

/// A body's envelope, opened for a command's reply.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    shape: &'static ReplyShape,
    unwrapped: Result<Unwrapped, Fail>,
}

/// The answer in an envelope whose list is read.
#[derive(Debug)]
pub(crate) struct SoapItems<'b> {
    soap: &'static SoapShape,
    shape: &'static ReplyShape,
    text: &'b str,
    unwrapped: &'b Unwrapped,
    common: CommonFields,
}

/// What an envelope holds for the reader of a list.
pub(crate) enum Held<'b> {
    /// The answer, and the driver to read it with.
    Answer(SoapItems<'b>, Box<Driver<'b>>),
    /// A fault.
    Fault(Box<Outcome>),
}

impl Opened {
    /// Opens the envelope in `text`.
    pub fn new(shape: &'static ReplyShape, soap: &'static SoapShape, text: &str, options: &Options) -> Self {
        Self { shape, unwrapped: unwrap(text, shape, soap, options) }
    }

    /// The command for whose reply it was opened.
    pub fn command(&self) -> &'static str {
        self.shape.command
    }

    /// Whether it was opened for this reply.
    pub fn is_of(&self, shape: &ReplyShape) -> bool {
        std::ptr::eq(self.shape, shape)
    }

    /// What it holds.
    pub fn hold<'b>(&'b self, soap: &'static SoapShape, text: &'b str, options: &Options) -> Result<Held<'b>, Failure> {
        let unwrapped = self.unwrapped.as_ref().map_err(|fail| (Text::empty(), fail.clone()))?;
        if unwrapped.is_fault {
            let outcome = refuse(self.shape, text, unwrapped, options);
            driver::check_strict(&outcome.notes, options)?;
            return Ok(Held::Fault(Box::new(outcome)));
        }
        let driver = Driver::of_xml(self.shape, unwrapped.text(&unwrapped.payload, text), &within(options));
        let common = CommonFields::default();
        Ok(Held::Answer(SoapItems { soap, shape: self.shape, text, unwrapped, common }, Box::new(driver)))
    }
}

impl SoapItems<'_> {
    /// Reads the first cells of a tape, which are none of the list's.
    pub fn take(&mut self, node: u16, cells: &[Cell<'_>]) {
        self.common.take(node, self.shape.shape, cells);
    }

    /// A failure with its place in the body's text.
    pub fn moved(&self, fail: Fail) -> Fail {
        moved(self.unwrapped, &self.unwrapped.payload, fail)
    }

    /// What comes of the reply, whose list was read to its end.
    pub fn finish(self, driver: Driver<'_>, options: &Options) -> Result<Outcome, Failure> {
        let outcome = driver.finish(&within(options)).map_err(|(path, fail)| (path, self.moved(fail)))?;
        let Self { soap, shape, text, unwrapped, common } = self;
        let outcome = finish(shape, soap, text, unwrapped, outcome, common, &within(options))?;
        driver::check_strict(&outcome.notes, options)?;
        Ok(outcome)
    }
}
