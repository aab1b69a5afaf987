//! The transport between ureq and the connection: sends the real request, and lets only masked bytes through to ureq.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use ::ureq::Error;
use ::ureq::config::Config;
use ::ureq::unversioned::transport::time::Duration;
use ::ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

use super::Calls;
use super::reply::Reply;
use super::request::Request;

/// One connection, for one request after the other.
pub(super) struct MaskingTransport<T> {
    inner: T,
    calls: Arc<Calls>,
    /// What ureq sees. The inner transport's own buffers hold the plain bytes.
    buffers: LazyBuffers,
    request: Option<Request>,
    reply: Reply,
}

impl<T: Transport> MaskingTransport<T> {
    pub(super) fn new(inner: T, calls: Arc<Calls>, config: &Config) -> Self {
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Self { inner, calls, buffers, request: None, reply: Reply::none() }
    }
}

impl<T: Transport> Transport for MaskingTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let output = &self.buffers.output()[..amount];
        // ureq writes a request line whole and first, and nothing of the next request before the reply is read.
        if self.reply.is_done() {
            let (request, length) = Request::begin(output, &self.calls).map_err(refuse)?;
            let (line, rest) = output.split_at(length);
            let line = request.line(line);
            let entry = Arc::clone(request.entry());
            self.reply = Reply::to(request.to_head(), Arc::clone(&entry));
            let [head, body] = self.request.insert(request).rest(rest).ok_or_else(too_much)?;
            entry.begun.store(true, Ordering::SeqCst);
            return send(&mut self.inner, &[&line, head, body], timeout);
        }
        let request = self.request.as_mut().ok_or_else(too_much)?;
        let [head, body] = request.rest(output).ok_or_else(too_much)?;
        send(&mut self.inner, &[head, body], timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        if self.buffers.input_append_buf().is_empty() {
            // ureq has left no room: no progress, as from a connection of its own.
            return Ok(false);
        }
        let started = Instant::now();
        let mut left = timeout;
        // A line of the head is held back until it is whole. ureq takes "no byte yet" for the end, so that only bytes
        // that it can have, or the end itself, end the wait.
        loop {
            let closed = !self.inner.maybe_await_input(left)?;
            let masked = self.reply.mask(self.inner.buffers().input(), self.buffers.input_append_buf());
            self.buffers.input_appended(masked);
            // Also where it is nothing: this tells the inner transport to read more before it returns.
            self.inner.buffers().input_consume(masked);
            if masked > 0 {
                return Ok(true);
            }
            if closed {
                return Ok(false);
            }
            left = remaining(timeout, started);
        }
    }

    fn is_open(&mut self) -> bool {
        // A reply that is not over here, or bytes after it, would be read as the next request's, and what is missing of a request
        // would be taken from the next one.
        let is_sent = self.request.as_ref().is_none_or(Request::is_whole);
        is_sent && self.reply.is_done() && self.inner.buffers().input().is_empty() && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// Says nothing of the buffers: they hold what is to be hidden.
impl<T> fmt::Debug for MaskingTransport<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MaskingTransport").finish_non_exhaustive()
    }
}

/// Nothing has been sent when this is returned.
fn refuse(found: &str) -> Error {
    Error::Other(format!("the request was not sent: {found}; enter the call and ask for the ticket's path").into())
}

/// ureq has more to send than the call has: what follows would be the filler itself, or another request.
fn too_much() -> Error {
    Error::Other("the request was not sent to its end: give ureq the ticket's filler as the body".into())
}

/// Writes pieces one after the other, as much at a time as the inner transport takes.
fn send(inner: &mut impl Transport, pieces: &[&[u8]], timeout: NextTimeout) -> Result<(), Error> {
    let started = Instant::now();
    let mut left = timeout;
    let mut filled = 0;
    for piece in pieces {
        let mut rest = *piece;
        while !rest.is_empty() {
            let output = &mut inner.buffers().output()[filled..];
            let (now, later) = rest.split_at(rest.len().min(output.len()));
            output[..now.len()].copy_from_slice(now);
            filled += now.len();
            rest = later;
            if !rest.is_empty() {
                inner.transmit_output(filled, left)?;
                filled = 0;
                left = remaining(timeout, started);
            }
        }
    }
    inner.transmit_output(filled, left)
}

/// What is left of a timeout for the later reads or writes of what ureq counts as one.
fn remaining(timeout: NextTimeout, started: Instant) -> NextTimeout {
    let after = match timeout.after {
        Duration::Exact(after) => Duration::Exact(after.saturating_sub(started.elapsed())),
        Duration::NotHappening => Duration::NotHappening,
    };
    NextTimeout { after, ..timeout }
}
