//! What went wrong in an attempt, before it is known whether another one follows.

use super::ErrorKind;
use bindwire_wire::{ApiInfo, CommandInfo, Effect, Refusal, RequestError, Text};
use std::time::Duration;

/// What went wrong, and what follows from it.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// Never [`ErrorKind::OutcomeUnknown`]: that follows from the rest.
    pub cause: ErrorKind,
    /// In words, without secrets.
    pub what: String,
    /// Whether the command may have been carried out; never of one that only reads.
    pub may_have_run: bool,
    /// Whether it may pass by itself.
    pub is_transient: bool,
    pub retry_after: Option<Duration>,
    pub refusal: Option<Box<Refusal>>,
    pub status: Option<u16>,
    pub body: Option<Vec<u8>>,
    /// The job that it was waited for.
    pub job: Option<Text>,
    /// The session had ended, and the next call opens another.
    pub session_ended: bool,
}

impl Failure {
    /// Of a command that was not carried out, for good.
    pub fn new(cause: ErrorKind, what: impl Into<String>) -> Self {
        Self {
            cause,
            what: what.into(),
            may_have_run: false,
            is_transient: false,
            retry_after: None,
            refusal: None,
            status: None,
            body: None,
            job: None,
            session_ended: false,
        }
    }

    pub fn deadline(attempts: u32) -> Self {
        let what = if attempts == 0 {
            "the deadline passed before it was sent"
        } else {
            "the deadline passed while it was waiting to be sent again"
        };
        Self { is_transient: true, ..Self::new(ErrorKind::Deadline, what) }
    }
}

/// What a call is about.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    /// How the API is called in a sentence: the first word of its title.
    pub api: &'static str,
    pub command: Text,
    pub effect: Effect,
    /// The commands that tell what became of it.
    pub reconcile: &'static [&'static str],
    /// The API lets in by a key alone.
    pub by_key: bool,
}

impl Subject {
    pub fn new(info: &'static CommandInfo, command: &str, effect: Effect) -> Self {
        let by_key = info.api.credentials.len() == 1;
        Self { api: short_name(info.api), command: command.into(), effect, reconcile: info.reconcile, by_key }
    }

    /// Of the client itself.
    pub fn client(api: &'static ApiInfo) -> Self {
        Self { api: short_name(api), command: Text::empty(), effect: Effect::Read, reconcile: &[], by_key: false }
    }
}

/// How an API is called in a sentence.
fn short_name(api: &'static ApiInfo) -> &'static str {
    api.title.split(' ').next().unwrap_or_default()
}

/// Why something cannot be set up.
#[derive(Debug, Clone)]
pub struct Problem(pub String);

impl Problem {
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::new(ErrorKind::Setup, problem.0)
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        // The command is named by the error as a whole.
        let whole = error.to_string();
        let what = whole.strip_prefix(error.command()).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&whole);
        Self::new(ErrorKind::InvalidRequest, what)
    }
}
