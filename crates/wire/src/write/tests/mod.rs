//! What is written, whole, for hand-made replies after the documented ones; other people's parsers read it back.

mod csv;
mod escapes;
mod fixtures;
mod levels;
mod lists;
mod oracle;
mod replies;

use crate::{Format, Head, Record, ReplyShape, WriteOptions, write_reply, write_reply_with};
use oracle::{json, xml};

/// The head of an ordinary success.
fn success() -> Head {
    Head { code: Some(0), status: Some("success".into()), error: None, ..Head::default() }
}

/// The head of a refusal.
fn refusal(message: &str) -> Head {
    Head { code: Some(-1), status: Some("error".into()), error: Some(message.into()), ..Head::default() }
}

/// Asserts what is written in XML, that it is well-formed, and that the compact form says the same.
#[track_caller]
fn check_xml(reply: &ReplyShape, head: &Head, record: &dyn Record, expected: &str) {
    let written = write_reply(reply, head, record, Format::Xml).unwrap();
    assert_eq!(written, expected);
    let compact = write_reply_with(reply, head, record, Format::Xml, WriteOptions { compact: true }).unwrap();
    assert!(!compact.contains('\n'), "{compact}");
    assert_eq!(xml(&compact), xml(&written));
}

/// Asserts what is written in JSON and that `serde_json` lays the same value out in the same way, indented and compact.
#[track_caller]
fn check_json(reply: &ReplyShape, head: &Head, record: &dyn Record, expected: &str) {
    let written = write_reply(reply, head, record, Format::Json).unwrap();
    assert_eq!(written, expected);
    let compact = write_reply_with(reply, head, record, Format::Json, WriteOptions { compact: true }).unwrap();
    assert_eq!(serde_json::to_string_pretty(&json(&written)).unwrap(), written);
    assert_eq!(json(&written).to_string(), compact);
}
