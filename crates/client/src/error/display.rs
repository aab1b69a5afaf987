//! Errors in one line: what happened, what that means for the account, and what to do.

use super::{Error, ErrorKind, Failure};
use bindwire_wire::{Class, Effect, Message, Refusal};
use std::borrow::Cow;
use std::fmt;

/// How many characters of each text of the API a line takes; [`Error::api_message`] has them all.
const MAX_WORDS: usize = 200;

/// How many messages of the API a line takes beside the first; [`Error::refusal`] has them all.
const MAX_MESSAGES: usize = 8;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subject, failure) = (&self.0.subject, &self.0.failure);
        let command = &subject.command;
        if command.is_empty() {
            return write!(f, "{}: {}", subject.api, failure.what);
        }
        if failure.may_have_run {
            write!(f, "{command}: outcome unknown: ")?;
            match &failure.refusal {
                Some(refusal) => write!(f, "{}{} says {}", asked(failure), subject.api, Words(refusal))?,
                None => f.write_str(&failure.what)?,
            }
            f.write_str("; it may have been carried out")?;
            if failure.job.is_some() {
                return f.write_str(": `resume` goes on waiting for the job");
            }
            if self.is_retryable() {
                return f.write_str(", and may be sent again");
            }
            return match subject.reconcile {
                [] => f.write_str(": look before it is sent again"),
                asked => write!(f, ": reconcile (by {}) before it is sent again", asked.join(", ")),
            };
        }
        match &failure.refusal {
            Some(refusal) if !failure.what.is_empty() => {
                write!(f, "{command}: {}{} says {}", asked(failure), subject.api, Words(refusal))?;
            }
            Some(refusal) => write!(f, "{command} refused by {}: {}", subject.api, Words(refusal))?,
            None if failure.cause == ErrorKind::Guard => write!(f, "{command} not sent: {}", failure.what)?,
            None => write!(f, "{command}: {}", failure.what)?,
        }
        f.write_str(match subject.effect {
            Effect::Read => "",
            Effect::IdempotentWrite | Effect::Write => "; nothing was changed",
            Effect::Spend => "; nothing was bought",
        })?;
        f.write_str(advice(self))
    }
}

/// What was asked when the API refused, where that was not the command itself.
fn asked(failure: &Failure) -> impl fmt::Display {
    let separator = if failure.what.is_empty() { "" } else { ": " };
    format!("{}{separator}", failure.what)
}

/// What to do, where that is not plain.
fn advice(error: &Error) -> &'static str {
    match (error.0.failure.cause, error.class()) {
        (ErrorKind::Refused, _) if error.0.failure.session_ended => {
            "; the session had ended, and the next call opens another: it may be sent again"
        }
        (ErrorKind::Refused, Some(Class::Auth)) if error.0.subject.by_key => {
            "; check the key, and the addresses that the account lets in"
        }
        (ErrorKind::Refused, Some(Class::Auth)) => "; check the credentials, and what the account lets them do",
        (ErrorKind::Refused, Some(Class::Busy)) => "; try again later",
        (ErrorKind::Http, _) if error.http_status() == Some(429) => {
            "; lower the limits of the gate, and try again later"
        }
        (ErrorKind::Http, _) if matches!(error.http_status(), Some(400..=407 | 409..=424 | 426..=499)) => {
            "; check the address of the API"
        }
        (ErrorKind::Deadline, _) if error.job().is_some() => "; `resume` goes on waiting for it",
        (ErrorKind::Connect, _) => "; check the network and the address of the API",
        (ErrorKind::Timeout | ErrorKind::CutOff | ErrorKind::Deadline | ErrorKind::Http, _) if error.is_retryable() => {
            "; it may be sent again"
        }
        (ErrorKind::Redirect, _) => "; set the client's address to where the API is",
        (ErrorKind::Unreadable, _) => "; look at the body, and at what stands between here and the API",
        _ => "",
    }
}

/// Code, status and words of a refusal.
struct Words<'a>(&'a Refusal);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(code) = self.0.code {
            write!(f, "code {code}")?;
            separator = ", ";
        }
        if !self.0.code_word.is_empty() {
            write!(f, "{separator}code {}", shortened(&self.0.code_word).escape_debug())?;
            separator = ", ";
        }
        let (status, error) = (&self.0.status, &self.0.error);
        // `error` and `failure` say nothing beside an error text.
        let is_bare = matches!(status.to_ascii_lowercase().as_str(), "error" | "failure" | "fail");
        let says_something = !status.is_empty() && status != error && (!is_bare || error.is_empty());
        let status = says_something.then_some(status);
        for words in status.into_iter().chain((!error.is_empty()).then_some(error)) {
            write!(f, "{separator}{:?}", shortened(words))?;
            separator = ", ";
        }
        // The error text is one of the messages, and the code is that one's.
        let code_of = |message: &Message| (message.code != self.0.code_word).then(|| message.code.clone());
        let is_told = |message: &Message| message.text == *error && code_of(message).is_none_or(|code| code.is_empty());
        let mut messages = self.0.messages.iter().filter(|message| !is_told(message));
        for message in messages.by_ref().take(MAX_MESSAGES) {
            if let Some(code) = code_of(message).filter(|code| !code.is_empty()) {
                write!(f, "{separator}code {}", shortened(&code).escape_debug())?;
                separator = " ";
            }
            if !message.text.is_empty() {
                write!(f, "{separator}{:?}", shortened(&message.text))?;
                separator = ", ";
            }
        }
        match messages.count() {
            0 => {}
            more => write!(f, "{separator}and {more} more")?,
        }
        Ok(())
    }
}

/// The beginning of a text that is too long for a line.
fn shortened(words: &str) -> Cow<'_, str> {
    match words.char_indices().nth(MAX_WORDS) {
        Some((end, _)) => format!("{}...", &words[..end]).into(),
        None => words.into(),
    }
}
