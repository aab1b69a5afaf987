//! Writes a reply back in the documented shape: the sandbox's answers and the bodies of round-trip tests.
//!
//! `walk` decides what is written, in which order and on which level; `xml` and `json` are the two notations that it writes in;
//! `csv` has no levels and stands alone. Reading is left to `scan` and `decode`. Nothing in here hides secrets: the texts are those
//! that the server would send.

mod csv;
mod json;
mod level;
mod notation;
mod soap;
#[cfg(test)]
mod tests;
mod walk;
mod xml;

use crate::{ApiShape, Fault, Format, Head, Leaf, LeafSpec, Record, ReplyShape};
use std::fmt;

/// How a reply is laid out where the format leaves a choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// XML and JSON stand on one line without blanks between the tokens, instead of two spaces a level. CSV has its layout
    /// in the spec.
    pub compact: bool,
}

/// Writes a reply in the documented shape, XML and JSON indented by two spaces a level and without a line break at the end.
///
/// An absent value is left out when the spec calls it optional, else written as the spec's word for absent, else written empty.
/// A level stands where something in it is written; an optional one only where something in it has a value. A list without items
/// is `[]` in JSON and nothing in XML. A refusal (a code that is none of success, or an error text) has only what has a value; so has
/// a success that would otherwise consist of absent values alone: both are then nothing but their head.
///
/// For an API of SOAP the reply stands in its envelope; where failures are faults, a refusal is written as one. [`write_fault`]
/// writes one for any API.
///
/// In CSV a refusal is `error,` and its error text, or else its status; a list in one cell is written as `[a,b]`.
///
/// A character that XML 1.0 cannot hold, such as U+0000, is written as a numeric reference all the same: the scanner of this crate
/// reads it back, a strict parser refuses it.
///
/// # Errors
/// [`WriteError`] when the command has no layout in CSV, when the layout names a field that the reply lacks, and when more than 64
/// levels stand in one another.
pub fn write_reply(reply: &ReplyShape, head: &Head, record: &dyn Record, format: Format) -> Result<String, WriteError> {
    write_reply_with(reply, head, record, format, WriteOptions::default())
}

/// Writes a reply as [`write_reply`] does, laid out by `options`.
///
/// # Errors
/// The same as those of [`write_reply`].
pub fn write_reply_with(
    reply: &ReplyShape,
    head: &Head,
    record: &dyn Record,
    format: Format,
    options: WriteOptions,
) -> Result<String, WriteError> {
    match format {
        Format::Xml => match reply.api.envelope() {
            Some(soap) => soap::write(reply, soap, head, record, options),
            None => walk::write(reply, &reply.xml, head, record, format, &xml::Xml, options),
        },
        Format::Json => walk::write(reply, &reply.json, head, record, format, &json::Json, options),
        Format::Csv => csv::write(reply, head, record),
    }
}

/// Writes a fault, in the envelope of SOAP, with the API's own answer in its detail when `head` says something and the API has such
/// an answer.
///
/// # Errors
/// When more than 64 levels stand in one another.
pub fn write_fault(
    reply: &ReplyShape,
    fault: &Fault,
    head: &Head,
    options: WriteOptions,
) -> Result<String, WriteError> {
    soap::write_fault(reply, fault, head, options)
}

/// Why a reply cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// The command does not answer in CSV.
    NoCsv {
        /// The command's name on the wire.
        command: &'static str,
    },
    /// The CSV layout names a field that the reply does not have, or that is not of the kind that belongs there.
    NoField {
        /// The command's name on the wire.
        command: &'static str,
        /// The name in the layout.
        field: &'static str,
    },
    /// Records stand in records, or groups in groups, beyond the bound.
    TooDeep {
        /// The command's name on the wire.
        command: &'static str,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCsv { command } => {
                write!(f, "`{command}` has no layout in csv; write it in xml or json")
            }
            Self::NoField { command, field } => write!(
                f,
                "the csv layout of `{command}` names `{field}`, but the reply has no such text (in `cells`) or list of records (in \
                 `rows`); correct the layout in the spec"
            ),
            Self::TooDeep { command } => write!(
                f,
                "the reply of `{command}` has more than {} levels in one another; nest its records less deeply",
                walk::MAX_DEPTH
            ),
        }
    }
}

impl std::error::Error for WriteError {}

/// Whether the head tells of a refusal: a code that is none of success, or an error text.
fn refused(api: &ApiShape, head: &Head) -> bool {
    head.error.is_some() || head.code.is_some_and(|code| !api.success.contains(&code))
}

/// Puts item `index` of a leaf into `text`, or the spec's word for absent; `true` when there is a value.
fn fill(leaf: Option<&dyn Leaf>, index: usize, spec: &LeafSpec, format: Format, text: &mut String) -> bool {
    text.clear();
    if leaf.is_some_and(|leaf| leaf.write(index, spec, format, text)) {
        return true;
    }
    text.clear();
    text.push_str(spec.none_as[format.index()]);
    false
}

/// Puts a whole list into `text` as the API writes one inside a text, `[a,b]`; a comma in an item cannot be told from one between two.
fn fill_list(leaf: Option<&dyn Leaf>, spec: &LeafSpec, format: Format, text: &mut String) {
    let mut item = String::new();
    text.clear();
    text.push('[');
    for index in 0..leaf.map_or(0, Leaf::len) {
        if index > 0 {
            text.push(',');
        }
        fill(leaf, index, spec, format, &mut item);
        text.push_str(&item);
    }
    text.push(']');
}
