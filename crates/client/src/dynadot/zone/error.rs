//! Why there is no zone, or no plan: one line each that says what, where, and what to do.

use std::fmt;

/// An answer holds no zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneError {
    kind: ZoneErrorKind,
    message: String,
}

/// What kind of reason there is for an answer to hold no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ZoneErrorKind {
    /// The server refused to tell.
    Refused,
}

impl ZoneError {
    pub(super) fn new(kind: ZoneErrorKind, message: String) -> Self {
        Self { kind, message }
    }

    /// What kind of reason it is.
    pub fn kind(&self) -> ZoneErrorKind {
        self.kind
    }
}

impl fmt::Display for ZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ZoneError {}

/// Changes cannot be planned. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError {
    kind: PlanErrorKind,
    message: String,
}

/// What kind of reason there is for changes not to be planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlanErrorKind {
    /// The zone cannot be written back exactly as it was read; see [`Zone::unwritable`](super::Zone::unwritable).
    Unwritable,
    /// A name is none of a record of the domain.
    Name,
    /// A record is one that `set_dns2` refuses, or does not belong to the set that it was given for.
    Record,
    /// A record is not there to be removed.
    NotThere,
    /// More records would be there than `set_dns2` takes.
    TooMany,
    /// A CNAME would stand beside other records of its name.
    CnameConflict,
    /// More records would go than go unasked; see [`Changes::allow_removals`](super::Changes::allow_removals).
    Removals,
    /// A plan was to be made again for another domain.
    OtherDomain,
}

impl PlanError {
    pub(super) fn new(kind: PlanErrorKind, domain: &str, what: impl fmt::Display) -> Self {
        Self { kind, message: format!("{domain}: {what}") }
    }

    /// What kind of reason it is.
    pub fn kind(&self) -> PlanErrorKind {
        self.kind
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PlanError {}
