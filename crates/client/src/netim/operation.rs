//! Operations: what a command started, and what became of it.

use super::Netim;
use crate::Result;
use crate::call::outgoing;
use crate::engine::CallOptions;
use crate::soap::Service;
use bindwire_netim::operation::QueryOpe;
use bindwire_netim::types::{OperationStatus, OperationType, StructOperationResponse};
use bindwire_wire::{LocalTime, NoteKind, Reply, Text};
use std::time::Duration;

/// The delay before an operation is asked after for the first time; it doubles from then on.
const FIRST_DELAY: Duration = Duration::from_secs(2);

/// The longest delay.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// What became of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OperationState {
    /// It was carried out.
    Done,
    /// It is not carried out yet, as with registries that work by hand; in asynchronous mode every operation begins so.
    Pending,
    /// It could not be carried out; the message says why.
    Failed,
    /// It was cancelled and will not be carried out.
    Cancelled,
    /// The server says something else, or nothing: the operation may have been carried out or not.
    Unclear(Text),
}

/// An operation, as the server last told of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Operation {
    /// Its id, which `queryOpe` and `cancelOpe` take; without one it cannot be waited for.
    pub id: Option<u32>,
    /// What became of it.
    pub state: OperationState,
    /// What it does.
    pub kind: Option<OperationType>,
    /// What the server says about it, in the session's language; empty where it says nothing.
    pub message: Text,
    /// When it was made; the zone is not known.
    pub date: Option<LocalTime>,
}

impl Operation {
    /// The operation that a reply tells of. In asynchronous mode a reply holds its id alone. One that tells nothing is no failure:
    /// the server has taken the command.
    pub(super) fn of<T: AsRef<StructOperationResponse>>(reply: &Reply<'_, T>) -> Self {
        let told = reply.value.as_ref().map(AsRef::as_ref).cloned().unwrap_or_default();
        let StructOperationResponse { id_ope, status, message, operation_type, date, .. } = told;
        let id = id_ope.and_then(|id| u32::try_from(id).ok());
        let bare = || {
            let texts = reply.notes.iter().filter(|note| note.kind == NoteKind::TextForElements);
            texts.filter_map(|note| note.text.trim().parse().ok()).next()
        };
        let (id, state) = match (id, &status) {
            (None, None) => bare().map_or((None, state(None)), |id| (Some(id), OperationState::Pending)),
            (id, status) => (id, state(status.as_ref())),
        };
        Self { id, state, kind: operation_type, message, date }
    }

    /// An operation of which no more than its id is known, to be waited for.
    pub fn with_id(id: u32) -> Self {
        Self { id: Some(id), state: OperationState::Pending, kind: None, message: Text::empty(), date: None }
    }

    /// Whether it was carried out.
    pub fn is_done(&self) -> bool {
        self.state == OperationState::Done
    }

    /// Whether it is still to be carried out.
    pub fn is_pending(&self) -> bool {
        self.state == OperationState::Pending
    }
}

fn state(status: Option<&OperationStatus>) -> OperationState {
    match status {
        Some(OperationStatus::Done) => OperationState::Done,
        Some(OperationStatus::Pending) => OperationState::Pending,
        Some(OperationStatus::Failed) => OperationState::Failed,
        Some(OperationStatus::Cancelled) => OperationState::Cancelled,
        Some(OperationStatus::Unknown(other)) => OperationState::Unclear(other.as_str().into()),
        Some(_) | None => OperationState::Unclear(Text::empty()),
    }
}

/// Asks after an operation until it is no longer pending or the time is over.
pub(super) async fn wait(netim: &Netim, operation: &Operation, at_most: Duration) -> Result<Operation> {
    let timer = &netim.engine().timer;
    let end = timer.now().checked_add(at_most);
    let mut operation = operation.clone();
    let mut delay = FIRST_DELAY;
    while let (true, Some(id)) = (operation.is_pending(), operation.id) {
        if end.is_some_and(|end| timer.now() + delay >= end) {
            break;
        }
        timer.sleep(delay).await;
        delay = LONGEST_DELAY.min(delay * 2);
        let asked = QueryOpe::new(id);
        let options = CallOptions { deadline: end, ..CallOptions::default() };
        let reply = netim.send::<QueryOpe>(outgoing(&asked, options)?, ()).await?;
        let told = Operation::of(&reply);
        operation = Operation { id: told.id.or(Some(id)), ..told };
    }
    Ok(operation)
}
