//! The transport between ureq and the connection: puts the real target in, and lets only masked bytes through to ureq.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use ::ureq::Error;
use ::ureq::config::Config;
use ::ureq::unversioned::transport::time::Duration;
use ::ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

use super::reply::Reply;
use super::{Entry, Targets};

/// One connection, for one request after the other.
pub(super) struct MaskingTransport<T> {
    inner: T,
    targets: Arc<Targets>,
    /// What ureq sees. The inner transport's own buffers hold the plain bytes.
    buffers: LazyBuffers,
    reply: Reply,
}

impl<T: Transport> MaskingTransport<T> {
    pub(super) fn new(inner: T, targets: Arc<Targets>, config: &Config) -> Self {
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Self { inner, targets, buffers, reply: Reply::none() }
    }
}

impl<T: Transport> Transport for MaskingTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let output = &self.buffers.output()[..amount];
        // ureq writes a request line whole and first, and nothing of the next request before the reply is read.
        if !self.reply.is_done() {
            return send(&mut self.inner, &[output], timeout);
        }
        let request = RequestLine::read(output).ok_or_else(|| refuse("no request line was found"))?;
        let entry = self.targets.find(request.path).ok_or_else(|| refuse("its path is no ticket's"))?;
        if !is_target(&entry.target) {
            return Err(refuse("the target entered is not a path that starts with / and holds visible ASCII only"));
        }
        self.reply = Reply::to(request.method == "HEAD", entry.pad.clone());
        entry.begun.store(true, Ordering::SeqCst);
        send(&mut self.inner, &request.with_target(&entry), timeout)
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
        // A reply that is not over here, or bytes after it, would be read as the next request's.
        self.reply.is_done() && self.inner.buffers().input().is_empty() && self.inner.is_open()
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

/// The first line of a request, and what follows.
struct RequestLine<'a> {
    method: &'a str,
    path: &'a str,
    /// From the space after the path on.
    rest: &'a [u8],
}

impl<'a> RequestLine<'a> {
    fn read(output: &'a [u8]) -> Option<Self> {
        let end = output.iter().position(|byte| *byte == b'\r')?;
        let mut words = std::str::from_utf8(&output[..end]).ok()?.split(' ');
        let (method, path, _version) = (words.next()?, words.next()?, words.next()?);
        Some(Self { method, path, rest: &output[method.len() + 1 + path.len()..] })
    }

    fn with_target(&self, entry: &'a Entry) -> [&'a [u8]; 4] {
        [self.method.as_bytes(), b" ", entry.target.as_bytes(), self.rest]
    }
}

/// Whether a text can stand in a request line without ending it.
fn is_target(target: &str) -> bool {
    target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Nothing has been sent when this is returned.
fn refuse(found: &str) -> Error {
    Error::Other(format!("the request was not sent: {found}; enter the target and ask for the ticket's path").into())
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
