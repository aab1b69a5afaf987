//! The difference between two lists of records.

use super::record::Record;
use std::fmt;

/// What is in one list of records and not in the other; the order within a list is no difference.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Diff {
    pub added: Vec<Record>,
    /// Records with their successors of the same name and type.
    pub changed: Vec<(Record, Record)>,
    pub removed: Vec<Record>,
}

impl Diff {
    pub fn new(base: &[Record], target: &[Record]) -> Self {
        let mut added: Vec<Record> = target.to_vec();
        let mut gone = Vec::new();
        for record in base {
            match added.iter().position(|other| other == record) {
                Some(at) => drop(added.remove(at)),
                None => gone.push(record),
            }
        }
        let mut diff = Self::default();
        for record in gone {
            match added.iter().position(|other| other.is_beside(record)) {
                Some(at) => diff.changed.push((record.clone(), added.remove(at))),
                None => diff.removed.push(record.clone()),
            }
        }
        diff.added = added;
        diff
    }

    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.is_addition()
    }

    /// Whether nothing goes.
    pub fn is_addition(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty()
    }
}

/// A line each, with a line break behind it: what goes, what changes, and what comes.
impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for record in &self.removed {
            writeln!(f, "- {record}")?;
        }
        for (old, new) in &self.changed {
            writeln!(f, "~ {old} -> {}", new.shown_data())?;
        }
        for record in &self.added {
            writeln!(f, "+ {record}")?;
        }
        Ok(())
    }
}
