//! What is wrong with a request, found before it is sent.

use std::fmt;

/// A request that cannot be sent as it is; nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: RequestErrorKind,
    command: String,
    param: String,
    message: String,
}

/// What is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// A required param is not given, or empty.
    Missing,
    /// A list has more values than can be sent at once.
    TooMany,
    /// A number is out of its bounds.
    OutOfRange,
    /// A value is none of those that the param takes.
    NotAllowed,
    /// A param is given twice.
    Repeated,
    /// A param has a name that the request itself needs.
    Reserved,
    /// The command does not answer in the format.
    Format,
}

impl RequestError {
    pub(crate) fn new(kind: RequestErrorKind, command: &str, param: &str, message: fmt::Arguments<'_>) -> Self {
        let (command, param) = (command.to_owned(), param.to_owned());
        Self(Box::new(Inner { kind, command, param, message: message.to_string() }))
    }

    /// What is wrong.
    pub fn kind(&self) -> RequestErrorKind {
        self.0.kind
    }

    /// The command's name on the wire.
    pub fn command(&self) -> &str {
        &self.0.command
    }

    /// The param's name on the wire, without an index; a group's field; empty where no param is at fault.
    pub fn param(&self) -> &str {
        &self.0.param
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.command, self.0.message)
    }
}

impl std::error::Error for RequestError {}

/// `a`, `b` or `c`, each in backticks.
pub(crate) fn alternatives(names: &[&str], last: &str) -> String {
    let mut out = String::new();
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            out.push_str(if index + 1 < names.len() { ", " } else { " " });
            if index + 1 == names.len() {
                out.push_str(last);
                out.push(' ');
            }
        }
        out.push('`');
        out.push_str(name);
        out.push('`');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_read_as_prose() {
        assert_eq!(alternatives(&["a"], "or"), "`a`");
        assert_eq!(alternatives(&["a", "b"], "or"), "`a` or `b`");
        assert_eq!(alternatives(&["a", "b", "c"], "and"), "`a`, `b` and `c`");
    }
}
