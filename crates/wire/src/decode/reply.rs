//! A reply: the value, and everything else that a body says.

use super::driver::Outcome;
use super::verdict::Refusal;
use crate::{Format, Head, Notes, Text};
use std::borrow::Cow;
use std::fmt;

/// What came back for a command: the value or the refusal, and how it was said.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<'a, T> {
    /// The value; `None` when the server refused.
    pub value: Option<T>,
    /// The server's refusal, when it did not do what it was asked for.
    pub refusal: Option<Refusal>,
    /// Whether the server took the command and has still to carry it out, by its status.
    pub pending: bool,
    /// Code, status and error text, job and messages, as they stand in the body.
    pub head: Head,
    /// What was odd and was tolerated.
    pub notes: Notes,
    /// The format that the body is in.
    pub format: Format,
    /// The body itself.
    pub body: Cow<'a, [u8]>,
}

/// The body is left out but for its length.
impl<T: fmt::Debug> fmt::Debug for Reply<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("value", &self.value)
            .field("refusal", &self.refusal)
            .field("pending", &self.pending)
            .field("head", &self.head)
            .field("notes", &&*self.notes)
            .field("format", &self.format)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl<'a> Reply<'a, ()> {
    pub(crate) fn new(outcome: Outcome, body: Cow<'a, [u8]>) -> Self {
        Self {
            value: outcome.refusal.is_none().then_some(()),
            refusal: outcome.refusal,
            pending: outcome.pending,
            head: outcome.head,
            notes: outcome.notes,
            format: outcome.format,
            body,
        }
    }

    pub(crate) fn with<T>(self, value: T) -> Reply<'a, T> {
        Reply {
            value: self.value.map(|()| value),
            refusal: self.refusal,
            pending: self.pending,
            head: self.head,
            notes: self.notes,
            format: self.format,
            body: self.body,
        }
    }
}

impl<T> Reply<'_, T> {
    /// The value, or the server's refusal.
    ///
    /// # Errors
    /// The [`Refusal`] when the server did not do what it was asked for.
    pub fn into_result(self) -> Result<T, Refusal> {
        match (self.value, self.refusal) {
            (Some(value), None) => Ok(value),
            (_, Some(refusal)) => Err(refusal),
            (None, None) => Err(Refusal {
                code: self.head.code,
                status: self.head.status.unwrap_or_default(),
                error: self.head.error.unwrap_or_default(),
                messages: self.head.messages,
                job: self.head.job.unwrap_or_default(),
                ..Refusal::of(crate::Class::Other)
            }),
        }
    }

    /// Whether the server did what it was asked for.
    pub fn is_ok(&self) -> bool {
        self.refusal.is_none()
    }

    /// The code as a number, where there is one.
    pub fn code(&self) -> Option<i64> {
        self.head.code
    }

    /// The status; empty where there is none.
    pub fn status(&self) -> &str {
        self.head.status.as_deref().unwrap_or_default()
    }

    /// Hands every text that the server says of the request, for its taking out what must not be shown: those of head and
    /// refusal.
    pub fn for_each_text(&mut self, edit: &mut dyn FnMut(&mut Text)) {
        let head = &mut self.head;
        head.status.iter_mut().chain(&mut head.error).chain(&mut head.job).for_each(&mut *edit);
        head.messages.iter_mut().for_each(|message| message.for_each_text(edit));
        if let Some(refusal) = &mut self.refusal {
            refusal.for_each_text(edit);
        }
    }

    /// Hands the path and the text of every note, for the same.
    pub fn for_each_note_text(&mut self, edit: &mut dyn FnMut(&mut Text)) {
        self.notes.for_each_text(edit);
    }

    /// The reply without the borrowed body.
    pub fn into_owned(self) -> Reply<'static, T> {
        Reply {
            value: self.value,
            refusal: self.refusal,
            pending: self.pending,
            head: self.head,
            notes: self.notes,
            format: self.format,
            body: Cow::Owned(self.body.into_owned()),
        }
    }
}
