//! What the service keeps: sessions, operations, and what it was told to do otherwise.

use super::{Bound, Refusal};
use std::collections::BTreeMap;

pub(super) struct Session {
    pub(super) id: String,
    pub(super) language: String,
    pub(super) is_synchronous: bool,
}

pub(super) struct Operation {
    pub(super) function: String,
    /// How often it was looked at.
    pub(super) looks: usize,
}

pub(super) struct State {
    pub(super) password: String,
    /// What the ids of sessions begin with.
    pub(super) id: String,
    /// What `domainInfo` says.
    pub(super) auth_code: String,
    opened: u64,
    pub(super) sessions: Vec<Session>,
    pub(super) operations: Vec<Operation>,
    pub(super) executions: BTreeMap<String, u64>,
    pub(super) calls: Vec<(String, Bound)>,
    pub(super) courses: BTreeMap<String, Vec<String>>,
    pub(super) refused: BTreeMap<String, Refusal>,
}

/// The number of the first operation, less one.
const FIRST: u64 = 1110;

impl State {
    pub(super) fn new(password: &str) -> Self {
        Self {
            password: password.to_owned(),
            id: "0123456789abcdef0123456789abcde".to_owned(),
            auth_code: "auth code".to_owned(),
            opened: 0,
            sessions: Vec::new(),
            operations: Vec::new(),
            executions: BTreeMap::new(),
            calls: Vec::new(),
            courses: BTreeMap::new(),
            refused: BTreeMap::new(),
        }
    }

    /// Opens a session.
    pub(super) fn open(&mut self, language: &str) -> String {
        self.opened += 1;
        let id = format!("{}{:x}", self.id, self.opened);
        self.sessions.push(Session { id: id.clone(), language: language.to_owned(), is_synchronous: true });
        id
    }

    pub(super) fn count(&mut self, function: &str) {
        *self.executions.entry(function.to_owned()).or_default() += 1;
    }

    /// Makes an operation and gives its number.
    pub(super) fn make(&mut self, function: &str) -> u64 {
        self.operations.push(Operation { function: function.to_owned(), looks: 0 });
        FIRST + self.operations.len() as u64
    }

    /// Looks at an operation.
    pub(super) fn look(&mut self, number: u64) -> Option<String> {
        let at = usize::try_from(number.checked_sub(FIRST + 1)?).ok()?;
        let operation = self.operations.get_mut(at)?;
        let course = self.courses.get(&operation.function);
        let status = course.map_or("Done", |course| &course[operation.looks.min(course.len() - 1)]);
        let told = operation.told(number, status);
        operation.looks += 1;
        Some(told)
    }
}
