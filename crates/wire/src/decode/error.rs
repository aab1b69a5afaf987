//! Why a body is no reply: the only failures of decoding.

use crate::Text;
use std::fmt;

/// What made a body unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The body is empty.
    Empty,
    /// The body is not an answer of this API: an HTML page, prose, another service's document, CSV of whose lines hardly any
    /// is a row.
    NotAReply,
    /// The body answers another command.
    OtherCommand,
    /// The body ends before the reply does.
    CutOff,
    /// Neither a code nor a status tells whether the command was carried out.
    NoVerdict,
    /// The body is larger, deeper or emptier than the limits allow.
    Limit,
    /// Strict mode: something deviates from the documented shape.
    Strict,
    /// The reader that gives the body failed.
    Io,
}

impl DecodeErrorKind {
    /// The kind's name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAReply => "not-a-reply",
            Self::OtherCommand => "other-command",
            Self::CutOff => "cut-off",
            Self::NoVerdict => "no-verdict",
            Self::Limit => "limit",
            Self::Strict => "strict",
            Self::Io => "io",
        }
    }
}

/// A body that is no whole reply to the command.
///
/// Display is one line: the command, what was found, where, and what to do.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: DecodeErrorKind,
    command: &'static str,
    what: String,
    path: Text,
    offset: usize,
    excerpt: Text,
}

/// Bytes of a body that an error quotes at most.
const EXCERPT: usize = 512;

impl DecodeError {
    pub(crate) fn new(
        kind: DecodeErrorKind,
        command: &'static str,
        what: impl Into<String>,
        path: impl Into<Text>,
        offset: usize,
        body: &[u8],
    ) -> Self {
        let from = offset.min(body.len()).saturating_sub(EXCERPT / 2);
        let to = body.len().min(from + EXCERPT);
        let mut excerpt = String::from_utf8_lossy(&body[from..to]).into_owned();
        while excerpt.len() > EXCERPT {
            excerpt.pop();
        }
        Self(Box::new(Inner { kind, command, what: what.into(), path: path.into(), offset, excerpt: excerpt.into() }))
    }

    /// As [`Self::new`], for a failure in a window of the body: `from` is its place there.
    pub(crate) fn at(command: &'static str, fail: crate::scan::Fail, window: &[u8], from: usize) -> Self {
        let mut error = Self::new(fail.kind, command, fail.what, "", from, window);
        error.0.offset = fail.offset;
        error
    }

    /// What made the body unreadable.
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// The command whose reply was expected.
    pub fn command(&self) -> &'static str {
        self.0.command
    }

    /// What was found, in words.
    pub fn what(&self) -> &str {
        &self.0.what
    }

    /// Where in the value, as far as it is known.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Where in the body, in bytes from its start.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// At most 512 bytes of the body around the offset.
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

/// Leaves the excerpt out: a body can hold a transfer code.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.0.kind)
            .field("command", &self.0.command)
            .field("what", &self.0.what)
            .field("path", &self.0.path)
            .field("offset", &self.0.offset)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, command, what, path, offset, .. } = &*self.0;
        write!(f, "{command}: {what}, at byte {offset}")?;
        if !path.is_empty() {
            write!(f, " in {path}")?;
        }
        f.write_str(match kind {
            DecodeErrorKind::Empty | DecodeErrorKind::CutOff | DecodeErrorKind::Io => {
                "; whether the command was carried out is not known: ask before sending it again"
            }
            DecodeErrorKind::NotAReply => {
                "; this is no answer of the API: look at the address, and at what stands between"
            }
            DecodeErrorKind::OtherCommand => "; check that the answer belongs to the request",
            DecodeErrorKind::NoVerdict => {
                "; whether the command was carried out is not known: ask before sending it again"
            }
            DecodeErrorKind::Limit => "; raise the limit, or read the list item by item",
            DecodeErrorKind::Strict => "; decode without strictness to take it with a note",
        })
    }
}

impl std::error::Error for DecodeError {}
