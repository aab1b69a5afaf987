//! A request as a transport sees it, and what it brings back.

use bindwire_wire::{Effect, RequestUrl};
use std::fmt;
use std::time::Duration;

/// A GET to be sent. Debug shows the URL without its secrets.
#[derive(Debug, Clone)]
pub struct Request {
    url: RequestUrl,
    effect: Effect,
    timeout: Duration,
    max_body: usize,
}

impl Request {
    pub(crate) fn new(url: RequestUrl, effect: Effect, timeout: Duration, max_body: usize) -> Self {
        Self { url, effect, timeout, max_body }
    }

    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Where to; [`RequestUrl::expose`] gives it with the key, for sending alone.
    pub fn url(&self) -> &RequestUrl {
        &self.url
    }

    /// What the command does to the account.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Whether it does no harm to send it twice: a connection that may turn out closed can be used for it.
    pub fn may_be_resent(&self) -> bool {
        self.effect == Effect::Read
    }

    /// How long the whole exchange may take, connecting included.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// How many bytes the body of the answer may have.
    pub fn max_body(&self) -> usize {
        self.max_body
    }
}

/// An answer. Debug shows neither header values nor the body, which can hold secrets.
#[derive(Clone)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Response {
    /// With a status and a body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// Adds a header. The client looks at `Retry-After` and `Location`; others need not be given.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds the headers that the client looks at.
    #[cfg(any(feature = "reqwest", feature = "tower", feature = "ureq"))]
    pub(super) fn headers_of(self, value_of: impl Fn(&'static str) -> Option<String>) -> Self {
        if (200..300).contains(&self.status) {
            // Nobody looks.
            return self;
        }
        let names = ["retry-after", "location"];
        names.into_iter().fold(self, |response, name| match value_of(name) {
            Some(value) => response.header(name, value),
            None => response,
        })
    }

    /// Puts the body in, which is read after the head.
    #[cfg(feature = "reqwest")]
    pub(super) fn with_body(self, body: Vec<u8>) -> Self {
        Self { body, ..self }
    }

    /// How long HTTP 429 asks to wait where the server does not say.
    #[cfg(feature = "soap")]
    pub(crate) fn blocked_for(self, wait: Option<std::time::Duration>) -> Self {
        match wait {
            Some(wait) if self.status == 429 && self.header_value("retry-after").is_none() => {
                self.header("retry-after", wait.as_secs().to_string())
            }
            _ => self,
        }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The value of a header, whose name is in any case.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn into_body(self) -> Vec<u8> {
        self.body
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &names)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
