//! The queries of the documented requests.

use super::documented::{Sendable, Visitor, visit};
use bindwire_wire::{Format, Query, RequestError};

/// What is built of a documented request.
pub struct Built {
    pub command: &'static str,
    /// The only format whose example it is; none: of every other.
    pub format: Option<Format>,
    pub query: Result<Query, RequestError>,
}

/// Every documented request, built.
pub fn built() -> Vec<Built> {
    let mut all = All(Vec::new());
    visit(&mut all);
    all.0
}

struct All(Vec<Built>);

impl Visitor for All {
    fn all(&mut self, command: &'static str, request: impl Sendable) {
        self.0.push(Built { command, format: None, query: Query::of(&request) });
    }

    fn only(&mut self, format: Format, command: &'static str, request: impl Sendable) {
        self.0.push(Built { command, format: Some(format), query: Query::of(&request) });
    }
}
