//! A header that a transport adds to a request, whose value can be secret.

use crate::secrets::REDACTED;
use std::fmt;

/// A header of a request. Debug shows `<redacted>` in place of a secret value.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    name: String,
    value: String,
    is_secret: bool,
}

impl Header {
    pub(super) fn new(name: String, value: String, is_secret: bool) -> Self {
        Self { name, value, is_secret }
    }

    /// The name as it is to be sent, such as `Content-Type`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, secret or not: for sending, never for a log.
    pub fn expose(&self) -> &str {
        &self.value
    }

    /// Whether the value is secret.
    pub fn is_secret(&self) -> bool {
        self.is_secret
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, if self.is_secret { REDACTED } else { &self.value })
    }
}
