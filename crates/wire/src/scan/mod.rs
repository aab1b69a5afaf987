//! Scanners: bytes of one format in, events to the walker out, repairs noted on the way.

pub(crate) mod body;
pub(crate) mod csv;
pub(crate) mod encoding;
pub(crate) mod entities;
pub(crate) mod json;
pub(crate) mod json_text;
pub(crate) mod swar;
pub(crate) mod xml;

use crate::decode::error::DecodeErrorKind;

/// What a scanner's step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// There is more to read.
    More,
    /// A field or item of the reply itself is complete: the node.
    Done(u16),
    /// The reply is complete.
    End,
    /// The text ends inside the reply.
    Short,
}

/// A failure without its surroundings; the driver adds command, path and excerpt.
#[derive(Debug, Clone)]
pub(crate) struct Fail {
    pub kind: DecodeErrorKind,
    pub what: String,
    pub offset: usize,
}

impl Fail {
    pub fn new(kind: DecodeErrorKind, what: impl Into<String>, offset: usize) -> Self {
        Self { kind, what: what.into(), offset }
    }
}
