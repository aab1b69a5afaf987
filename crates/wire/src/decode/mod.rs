//! Decoding: a body in, a typed value, its notes and the server's verdict out.

pub(crate) mod driver;
pub(crate) mod error;
pub(crate) mod fill;
pub(crate) mod items;
pub(crate) mod known;
pub(crate) mod learn;
pub(crate) mod names;
pub(crate) mod open;
pub(crate) mod recall;
pub(crate) mod reply;
pub(crate) mod stream;
pub(crate) mod tape;
pub(crate) mod verdict;
pub(crate) mod walker;

use crate::scan::Fail;
use crate::shape::ReplyShape;
use crate::{Format, Record, SoapNames, Text, soap};
use driver::Driver;
use error::DecodeError;
use reply::Reply;
use tape::Tape;

/// How a body is decoded.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format that was asked for; found from the body when there is none. Another one is decoded too, with a note.
    pub format: Option<Format>,
    /// Every deviation from the documented shape is an error.
    pub strict: bool,
    /// Bytes that a body may have at most; 256 MiB by default.
    pub max_body: usize,
    /// Bytes that the value may take, without its long texts. By default one and a half times the body's length, but at
    /// least 32 MiB: rows of CSV are smaller than their records, so that longer lists of them want more, or the iterator.
    /// With a limit of one's own no form of an earlier reply is made use of.
    pub max_value: Option<usize>,
    /// What the reply's element and namespace are called, where only the run knows it.
    pub names: Option<SoapNames>,
}

impl Default for Options {
    fn default() -> Self {
        Self { format: None, strict: false, max_body: 256 << 20, max_value: None, names: None }
    }
}

impl Options {
    /// The format that was asked for.
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Makes every deviation from the documented shape an error.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }
}

/// Decodes a whole body into `T`, the reply that `shape` describes.
///
/// What stands between the values of a small reply about which nothing was odd, at most 4 KiB of it, is kept for the thread
/// without the values, so that the next reply of the command takes a third of the time. That never changes what comes out.
///
/// # Errors
/// [`DecodeError`] when the body is no whole reply to the command, or in strict mode when it deviates. A refusal by the
/// server is no error here: see [`Reply::into_result`].
pub fn decode<'a, T: Record + Default>(
    shape: &'static ReplyShape,
    body: &'a [u8],
    options: &Options,
) -> Result<Reply<'a, T>, DecodeError> {
    let mut value = T::default();
    let outcome = decode_into(shape, body, options, &mut value)?;
    Ok(outcome.with(value))
}

/// Decodes a whole body into `value`, a fresh record of the shape's type; what [`decode`] does without knowing the type.
///
/// # Errors
/// As [`decode`].
pub fn decode_into<'a>(
    shape: &'static ReplyShape,
    body: &'a [u8],
    options: &Options,
    value: &mut dyn Record,
) -> Result<Reply<'a, ()>, DecodeError> {
    if let Some(soap) = shape.api.envelope() {
        return soap::decode_into(shape, soap, body, options, value);
    }
    let decoded = driver::text_of(shape, body, options)?;
    let mut places = decoded.places();
    let mut error = |path, fail: Fail| {
        let offset = places(fail.offset);
        driver::error(shape, body, path, Fail { offset, ..fail })
    };
    let usable = decoded.notes.is_empty() && recall::is_usable(&decoded.text, options);
    if usable && let Some(outcome) = recall::recall(shape, &decoded.text, options, value) {
        driver::check_strict(&outcome.notes, options).map_err(|(path, fail)| error(path, fail))?;
        return Ok(Reply::new(outcome, body.into()));
    }
    let mut driver = Driver::new(shape, &decoded.text, options).map_err(|fail| error(Text::empty(), fail))?;
    driver.note_bytes(&decoded.notes);
    driver.kept = usable.then(Tape::new);
    if let Err(fail) = driver.run(value) {
        return Err(error(driver.walker.path(), fail));
    }
    let whole = driver.whole();
    let mut outcome = driver.finish(options).map_err(|(path, fail)| error(path, fail))?;
    if let Some(whole) = whole {
        recall::remember(shape, &decoded.text, whole, &outcome);
    }
    if !decoded.is_as_sent() {
        outcome.notes.move_to_bytes(decoded.places());
    }
    Ok(Reply::new(outcome, body.into()))
}
