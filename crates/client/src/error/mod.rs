//! What a call ends with when it does not end well: one type, whose predicates say what may be done next.

mod display;
mod failure;
mod lost;

pub(crate) use failure::{Failure, Problem, Subject};
pub use lost::Lost;

#[cfg(feature = "dynect")]
use bindwire_wire::Text;
use bindwire_wire::{Class, Effect, Refusal};
use std::fmt;
use std::sync::Arc;

/// What went wrong, coarsely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request cannot be sent as it is. Nothing was sent.
    InvalidRequest,
    /// The client cannot be set up: an address that is not HTTPS, no key, no TLS provider.
    Setup,
    /// The gate of the account let nothing through. Nothing was sent.
    Gate,
    /// A limit that the caller has set was not met: the price, the date of expiry, the state of a zone. Nothing was changed.
    Guard,
    /// The audit log could not be written. Nothing was sent.
    Audit,
    /// The deadline came before an answer.
    Deadline,
    /// No connection came about. Nothing was sent.
    Connect,
    /// A command that only reads got no answer in time.
    Timeout,
    /// A command that only reads got no whole answer.
    CutOff,
    /// The answer has a status other than 2xx and is none of the API's.
    Http,
    /// The server redirects to another address.
    Redirect,
    /// The answer is no reply to the command.
    Unreadable,
    /// The API refused; [`Error::class`] tells more.
    Refused,
    /// A command that changes something was sent, and nobody can say from here whether it was carried out.
    OutcomeUnknown,
}

impl ErrorKind {
    /// The kind's name in logs, in snake case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Setup => "setup",
            Self::Gate => "gate",
            Self::Guard => "guard",
            Self::Audit => "audit",
            Self::Deadline => "deadline",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::CutOff => "cut_off",
            Self::Http => "http",
            Self::Redirect => "redirect",
            Self::Unreadable => "unreadable",
            Self::Refused => "refused",
            Self::OutcomeUnknown => "outcome_unknown",
        }
    }
}

/// A call that did not end well.
///
/// Display is one line: the command, what happened, what that means for the account, and what to do. Neither it nor Debug shows
/// a URL, a credential or a body; there is no source behind it, since errors of HTTP libraries print URLs.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    subject: Subject,
    failure: Failure,
    attempts: u32,
    lost: Option<Lost>,
}

impl Error {
    pub(crate) fn new(subject: Subject, failure: Failure, attempts: u32, lost: Option<Lost>) -> Self {
        let lost = lost.filter(|_| failure.may_have_run);
        Self(Arc::new(Inner { subject, failure, attempts, lost }))
    }

    /// Of an answer that lacks what it must have.
    #[cfg(feature = "soap")]
    #[allow(dead_code, reason = "of the APIs, each of which is a feature, only some tell ids that must be there")]
    pub(crate) fn unreadable(subject: Subject, what: &str) -> Self {
        Self::new(subject, Failure::new(ErrorKind::Unreadable, what), 1, None)
    }

    /// Of a command that an ended session refused: it may be sent again in the next one.
    #[cfg(feature = "soap")]
    pub(crate) fn in_ended_session(&self) -> Self {
        let failure = Failure { is_transient: true, session_ended: true, ..self.0.failure.clone() };
        Self::new(self.0.subject.clone(), failure, self.0.attempts, self.0.lost.clone())
    }

    /// Of a command that opens a session: what it calls invalid there is what it was to be opened with.
    #[cfg(feature = "dynect")]
    pub(crate) fn of_credentials(&self) -> Self {
        let mut failure = self.0.failure.clone();
        if let Some(refusal) = failure.refusal.as_mut().filter(|refusal| refusal.class == Class::InvalidRequest) {
            refusal.class = Class::Auth;
        }
        Self::new(self.0.subject.clone(), failure, self.0.attempts, self.0.lost.clone())
    }

    /// Of a command whose job was not done in time.
    #[cfg(feature = "dynect")]
    pub(crate) fn unfinished(subject: &Subject, job: &Text, lost: Lost) -> Self {
        let failure = Failure {
            may_have_run: subject.effect != Effect::Read,
            is_transient: true,
            job: Some(job.clone()),
            ..Failure::new(ErrorKind::Deadline, format!("job {job} was not done by the deadline"))
        };
        Self::new(subject.clone(), failure, 1, Some(lost))
    }

    /// Of a command that is still being carried out, and of whose job nothing is known.
    #[cfg(feature = "dynect")]
    pub(crate) fn without_job(subject: &Subject, body: Vec<u8>, lost: Lost) -> Self {
        let what = "the answer says that the command is still being carried out, and names no job";
        let failure = Failure {
            may_have_run: subject.effect != Effect::Read,
            is_transient: true,
            body: Some(body),
            ..Failure::new(ErrorKind::Unreadable, what)
        };
        Self::new(subject.clone(), failure, 1, Some(lost))
    }

    /// The same, of the command whose job was asked after and is over. Who asks only reads, but the command may have run.
    #[cfg(feature = "dynect")]
    pub(crate) fn of_job(&self, subject: &Subject, lost: Lost) -> Self {
        let is_unsure = self.refusal().is_some_and(|refusal| refusal.may_have_run);
        let may_have_run = is_unsure && subject.effect != Effect::Read;
        let failure = Failure { may_have_run, ..self.0.failure.clone() };
        Self::new(subject.clone(), failure, self.0.attempts, Some(lost))
    }

    /// The same, of the command whose job was asked after in vain: what became of it is as open as before.
    #[cfg(feature = "dynect")]
    pub(crate) fn asking_after(&self, subject: &Subject, job: &Text, lost: Lost) -> Self {
        let separator = if self.0.failure.what.is_empty() { "" } else { ": " };
        let failure = Failure {
            job: Some(job.clone()),
            may_have_run: subject.effect != Effect::Read,
            what: format!("asking after job {job}{separator}{}", self.0.failure.what),
            ..self.0.failure.clone()
        };
        Self::new(subject.clone(), failure, self.0.attempts, Some(lost))
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        if self.may_have_run() { ErrorKind::OutcomeUnknown } else { self.cause() }
    }

    /// That there is nothing to be found out after this error.
    #[cfg(any(feature = "dynadot", feature = "netim"))]
    pub(crate) fn nothing_lost(&self) -> Self {
        let what = "cannot be reconciled: the error says that the outcome is known";
        Self::new(self.0.subject.clone(), Failure::new(ErrorKind::InvalidRequest, what), 0, None)
    }

    /// What went wrong, also where [`Self::kind`] is [`ErrorKind::OutcomeUnknown`]: why the outcome is not known.
    pub fn cause(&self) -> ErrorKind {
        self.0.failure.cause
    }

    /// Whether the command may have been carried out; never of one that only reads. [`Self::lost`] holds what is needed to find
    /// out.
    pub fn may_have_run(&self) -> bool {
        self.0.failure.may_have_run
    }

    /// Whether the same request may be sent again, does no harm, and may fare better: it cannot have been carried out, or only
    /// reads, or changes nothing more the second time; and what stood in its way passes.
    pub fn is_retryable(&self) -> bool {
        let harmless = matches!(self.0.subject.effect, Effect::Read | Effect::IdempotentWrite);
        self.0.failure.is_transient && (harmless || !self.may_have_run())
    }

    /// Whether the API or the account is busy with something else.
    pub fn is_busy(&self) -> bool {
        self.class() == Some(Class::Busy) || self.http_status() == Some(429)
    }

    /// The command's name on the wire; empty where it is about none.
    pub fn command(&self) -> &str {
        &self.0.subject.command
    }

    /// What the command does to the account.
    pub fn effect(&self) -> Effect {
        self.0.subject.effect
    }

    /// The API's refusal.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.0.failure.refusal.as_deref()
    }

    /// What kind of refusal it is.
    pub fn class(&self) -> Option<Class> {
        self.refusal().map(|refusal| refusal.class)
    }

    /// The API's code.
    pub fn api_code(&self) -> Option<i64> {
        self.refusal().and_then(|refusal| refusal.code)
    }

    /// The API's own words: the error text, or else the status.
    pub fn api_message(&self) -> Option<&str> {
        let refusal = self.refusal()?;
        [&refusal.error, &refusal.status].into_iter().find(|words| !words.is_empty()).map(|words| words.as_str())
    }

    /// The HTTP status of the last answer.
    pub fn http_status(&self) -> Option<u16> {
        self.0.failure.status
    }

    /// The body of an answer that could not be read, for looking at: it is not cleaned of secrets.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.failure.body.as_deref()
    }

    /// The id of the job that the command made, where it was waited for in vain: `resume` goes on waiting.
    pub fn job(&self) -> Option<&str> {
        self.0.failure.job.as_deref()
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The request whose outcome is not known: what `reconcile` asks after.
    pub fn lost(&self) -> Option<&Lost> {
        self.0.lost.as_ref()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("cause", &self.cause())
            .field("message", &format_args!("{self}"))
            .field("attempts", &self.0.attempts)
            .field("http_status", &self.http_status())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}

/// The result of a call.
pub type Result<T> = std::result::Result<T, Error>;
