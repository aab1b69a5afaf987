//! Reasons why a zone cannot be written back exactly as it was read.

use std::fmt;

/// One reason why a zone cannot be written back exactly as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable {
    kind: UnwritableKind,
    message: String,
}

/// What a zone cannot be written back for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnwritableKind {
    /// Something else than Dynadot DNS resolves the domain, or the answer does not say what: `set_dns2` would switch it over.
    NotDynadotDns,
    /// Name servers are listed beside the records.
    NameServers,
    /// A record lacks something, is of an unknown type, or stands among those of another kind.
    Record,
    /// There are more records than `set_dns2` takes.
    TooMany,
    /// The time to live is none that `set_dns2` takes.
    Ttl,
    /// The answer is in XML, and blanks around a text were not kept.
    Blanks,
    /// The answer deviates from the documented one in a way that could concern a record.
    Deviation,
    /// The answer deviates in more places than are known.
    UnknownDeviations,
}

impl Unwritable {
    pub(super) fn new(kind: UnwritableKind, message: String) -> Self {
        Self { kind, message }
    }

    /// What the reason is.
    pub fn kind(&self) -> UnwritableKind {
        self.kind
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
