//! What a write did to each of its records: the results of an answer, matched to the records of the request by their index.
//!
//! A record that failed is a value here and never an error, which would hide those that were written; and what is not said of a
//! record, or said in two ways, is never taken for a success.

use bindwire_ecosys::types::{ObjectResult, ResultLevel, ResultMessage};
use bindwire_wire::Text;
use std::fmt;

/// What became of the records of a write.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Outcomes {
    /// One for each record of the request, in its order.
    pub records: Vec<RecordOutcome>,
    /// Results that belong to no record of the request: without an index, or with one that is out of range.
    pub unplaced: Vec<ObjectResult>,
    /// What is odd about the results, in the order of the answer, and then of the records.
    pub notes: Vec<ResultNote>,
}

/// What became of one record.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordOutcome {
    /// Whether it was written.
    pub state: RecordState,
    /// The number that the server keeps the record under; empty where it has none.
    pub internal_id: Text,
    /// The key of the record; empty where the answer does not say it.
    pub external_id: Text,
    /// What the server says of it.
    pub messages: Vec<ResultMessage>,
}

/// Whether a record was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RecordState {
    /// It was.
    Written,
    /// It was not; the messages say why, if there are any.
    Failed,
    /// The answer says neither, or both: it may have been.
    #[default]
    Unknown,
}

/// What is odd about the results of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResultNote {
    /// The result at this place in the answer, from 0, has no index.
    WithoutIndex(usize),
    /// The request has no record of this index.
    OutOfRange(i64),
    /// The result of this record stands behind that of a later one.
    Unordered(usize),
    /// There are several results of this record.
    Doubled(usize),
    /// The result of this record does not say whether it was written.
    WithoutFlag(usize),
    /// What is said of this record contradicts itself: its results differ, or one that was written has a message of failure.
    Contradictory(usize),
    /// This record failed, and nothing says why.
    WithoutMessage(usize),
    /// There is no result of this record.
    Missing(usize),
}

impl fmt::Display for ResultNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithoutIndex(place) => write!(f, "result {place} has no index"),
            Self::OutOfRange(index) => write!(f, "a result has the index {index}, and no record has"),
            Self::Unordered(index) => write!(f, "the result of record {index} stands behind that of a later one"),
            Self::Doubled(index) => write!(f, "there are several results of record {index}"),
            Self::WithoutFlag(index) => write!(f, "a result does not say whether record {index} was written"),
            Self::Contradictory(index) => write!(f, "what is said of record {index} contradicts itself"),
            Self::WithoutMessage(index) => write!(f, "record {index} failed without a message"),
            Self::Missing(index) => write!(f, "there is no result of record {index}"),
        }
    }
}

impl Outcomes {
    /// Whether every record was written, beyond doubt.
    pub fn all_written(&self) -> bool {
        self.unplaced.is_empty() && self.records.iter().all(RecordOutcome::is_written)
    }

    /// The records that were written, with their index.
    pub fn written(&self) -> impl Iterator<Item = (usize, &RecordOutcome)> {
        self.of(RecordState::Written)
    }

    /// The records that failed, with their index.
    pub fn failed(&self) -> impl Iterator<Item = (usize, &RecordOutcome)> {
        self.of(RecordState::Failed)
    }

    /// The records of which nothing is certain, with their index.
    pub fn unknown(&self) -> impl Iterator<Item = (usize, &RecordOutcome)> {
        self.of(RecordState::Unknown)
    }

    fn of(&self, state: RecordState) -> impl Iterator<Item = (usize, &RecordOutcome)> {
        self.records.iter().enumerate().filter(move |(_, record)| record.state == state)
    }
}

impl RecordOutcome {
    /// Whether it was written.
    pub fn is_written(&self) -> bool {
        self.state == RecordState::Written
    }
}

/// Matches the results of a write to its records, of which there are so many.
///
/// A result counts for the record that its index names, wherever it stands. Several of one record count together: where one says
/// that it was written and another one does not, it is unknown; so is a record that was written according to a result with a
/// message of failure.
pub fn match_results(records: usize, results: &[ObjectResult]) -> Outcomes {
    let mut outcomes = Outcomes::default();
    let mut places: Vec<Vec<&ObjectResult>> = vec![Vec::new(); records];
    let mut highest = None;
    for (place, result) in results.iter().enumerate() {
        let index = result.index.and_then(|index| usize::try_from(index).ok()).filter(|index| *index < records);
        let Some(index) = index else {
            let note = result.index.map_or(ResultNote::WithoutIndex(place), ResultNote::OutOfRange);
            outcomes.notes.push(note);
            outcomes.unplaced.push(result.clone());
            continue;
        };
        if highest.is_some_and(|highest| index < highest) {
            outcomes.notes.push(ResultNote::Unordered(index));
        }
        highest = highest.max(Some(index));
        places[index].push(result);
    }
    for (index, results) in places.iter().enumerate() {
        let record = record(index, results, &mut outcomes.notes);
        outcomes.records.push(record);
    }
    outcomes
}

/// What all results of a record say of it.
fn record(index: usize, results: &[&ObjectResult], notes: &mut Vec<ResultNote>) -> RecordOutcome {
    let states: Vec<RecordState> = results.iter().map(|result| state(result)).collect();
    let all = |state| states.iter().all(|known| *known == state);
    let flags = |flag| results.iter().any(|result| result.success == flag);
    let state = match () {
        () if results.is_empty() => RecordState::Unknown,
        () if all(RecordState::Written) => RecordState::Written,
        // What one says and another leaves open is not contradicted.
        () if flags(Some(false)) && !flags(Some(true)) => RecordState::Failed,
        () => RecordState::Unknown,
    };
    let messages: Vec<ResultMessage> = results.iter().flat_map(|result| result.messages.iter().cloned()).collect();
    if results.is_empty() {
        notes.push(ResultNote::Missing(index));
    }
    if results.len() > 1 {
        notes.push(ResultNote::Doubled(index));
    }
    if flags(None) {
        notes.push(ResultNote::WithoutFlag(index));
    }
    let contradicts =
        |result: &&ObjectResult| result.success == Some(true) && self::state(result) != RecordState::Written;
    if flags(Some(true)) && flags(Some(false)) || results.iter().any(contradicts) {
        notes.push(ResultNote::Contradictory(index));
    }
    if state == RecordState::Failed && messages.is_empty() {
        notes.push(ResultNote::WithoutMessage(index));
    }
    let id = |of: fn(&ObjectResult) -> &Text| {
        results.iter().map(|result| of(result)).find(|id| !id.is_empty()).cloned().unwrap_or_default()
    };
    RecordOutcome {
        state,
        internal_id: id(|result| &result.internal_id),
        external_id: id(|result| &result.external_id),
        messages,
    }
}

/// What one result says.
fn state(result: &ObjectResult) -> RecordState {
    let fails = || result.messages.iter().any(|message| message.level == Some(ResultLevel::Failure));
    match result.success {
        Some(true) if !fails() => RecordState::Written,
        Some(false) => RecordState::Failed,
        Some(true) | None => RecordState::Unknown,
    }
}

#[cfg(test)]
#[path = "outcome_tests.rs"]
mod tests;
