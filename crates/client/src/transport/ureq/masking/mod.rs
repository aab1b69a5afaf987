//! Keeps secrets out of ureq, so that none gets into a program's log.
//!
//! At trace level ureq writes the bytes of a request and of its reply to the `log` crate, and no library can turn that off for
//! the program that turned it on. So ureq is asked for a harmless path, a [`Ticket`], with a body of filler as long as the real
//! one and without the headers that are secret; below ureq and above TLS what is real is put in their place ([`request`]), and
//! what the peer answers is masked before ureq reads it: header values in [`head`], bodies in [`reply`]. The body that the
//! caller got from ureq is turned back with [`Ticket::unmask`], and the cookies that ureq never saw are in [`Ticket::cookies`].
//!
//! The headers that the caller gives to ureq itself are not masked.

mod chunks;
mod head;
mod reply;
mod request;
#[cfg(test)]
mod tests;
mod transport;

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::ureq::Error;
use ::ureq::unversioned::transport::{ConnectionDetails, Connector, DefaultConnector, Either, Transport};

use crate::transport::Body;
use transport::MaskingTransport;

/// What is hidden of the calls that are under way, shared by an agent's connections and its callers.
pub(super) struct Calls {
    /// Its keys are random and never leave it: who holds a log alone cannot take the mask off.
    keys: RandomState,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    next: u64,
    by_number: HashMap<u64, Arc<Entry>>,
}

/// What ureq is not shown of a call.
#[derive(Default)]
pub(super) struct Call {
    /// Path and query.
    pub(super) target: String,
    /// Names and values of the headers that are secret.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Body>,
    /// Whether the cookies of the reply are kept for [`Ticket::cookies`].
    pub(super) wants_cookies: bool,
}

impl Call {
    /// Nothing but a path and a query.
    #[cfg(test)]
    fn to(target: &str) -> Self {
        Self { target: target.to_owned(), ..Self::default() }
    }
}

/// One call.
struct Entry {
    call: Call,
    begun: AtomicBool,
    pad: Pad,
    /// The values of `Set-Cookie` in the head of the reply.
    cookies: Mutex<Vec<String>>,
}

impl Calls {
    /// Gives an empty table.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { keys: RandomState::new(), entries: Mutex::default() })
    }

    /// Enters what is hidden of a call; it leaves the table when the ticket is dropped.
    ///
    /// The ticket is good for one request, and is held until the body of the reply has been read.
    pub(super) fn enter(self: &Arc<Self>, call: Call) -> Ticket {
        let mut entries = self.lock();
        let number = entries.next;
        entries.next += 1;
        let pad = Pad { keys: self.keys.clone(), number };
        let entry = Arc::new(Entry { call, begun: AtomicBool::new(false), pad, cookies: Mutex::default() });
        entries.by_number.insert(number, Arc::clone(&entry));
        Ticket { calls: Arc::clone(self), number, entry }
    }

    /// The call that a path names, as [`Ticket::path`] spells it.
    fn find(&self, path: &str) -> Option<Arc<Entry>> {
        let number = path.strip_prefix('/')?.parse().ok()?;
        self.lock().by_number.get(&number).cloned()
    }

    /// The map is whole after each statement, so that a panic elsewhere is no reason to stop.
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").finish_non_exhaustive()
    }
}

/// Stands for one call.
pub(super) struct Ticket {
    calls: Arc<Calls>,
    number: u64,
    entry: Arc<Entry>,
}

impl Ticket {
    /// The path to ask ureq for, with the scheme, host and port of the real target before it.
    pub(super) fn path(&self) -> String {
        format!("/{}", self.number)
    }

    /// The body to give to ureq, where the call has one: filler as long as the real one.
    pub(super) fn filler(&self) -> Option<Vec<u8>> {
        self.entry.call.body.as_ref().map(|body| vec![b'_'; body.expose().len()])
    }

    /// The values of `Set-Cookie` in the head of the reply, where the call wants them; they are taken out.
    pub(super) fn cookies(&self) -> Vec<String> {
        std::mem::take(&mut *self.entry.cookies.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Turns a body, as ureq gave it, into what the peer sent; the slice is the body from its first byte on.
    ///
    /// Doing it twice masks the body again.
    pub(super) fn unmask(&self, body: &mut [u8]) {
        self.entry.pad.apply(0, body);
    }

    /// Whether any byte of the request may have left; while this is false the call had no effect, whatever error came.
    pub(super) fn begun(&self) -> bool {
        self.entry.begun.load(Ordering::SeqCst)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.calls.lock().by_number.remove(&self.number);
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ticket").field(&self.number).finish()
    }
}

/// The mask of one reply's body: a stream of bytes that is put over it, and over it again to take it off.
#[derive(Clone)]
struct Pad {
    keys: RandomState,
    number: u64,
}

impl Pad {
    /// Masks or unmasks a piece that starts at an offset in the body.
    fn apply(&self, offset: u64, mut piece: &mut [u8]) {
        let mut at = offset;
        while !piece.is_empty() {
            let block = self.keys.hash_one((self.number, at / 8)).to_le_bytes();
            let keys = &block[(at % 8) as usize..];
            let (now, later) = piece.split_at_mut(piece.len().min(keys.len()));
            for (byte, key) in now.iter_mut().zip(keys) {
                // A zero would let a byte through as it is.
                *byte ^= (*key).max(1);
            }
            at += now.len() as u64;
            piece = later;
        }
    }
}

/// Connects as ureq does by default, and masks what goes over the connection.
///
/// The agent that has it may be asked for the paths of tickets only.
pub(super) fn connector(calls: Arc<Calls>) -> impl Connector {
    AgentLevel(DefaultConnector::new()).chain(MaskingConnector { calls })
}

/// Connects as ureq does by default, with the TLS settings of the agent.
///
/// For a call with settings of its own, such as a timeout, ureq makes the TLS settings anew for each connection, and the
/// certificates of the system are read each time. No call has TLS settings of its own here.
#[derive(Debug)]
struct AgentLevel(DefaultConnector);

impl Connector for AgentLevel {
    type Out = <DefaultConnector as Connector>::Out;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<Self::Out>, Error> {
        let details = ConnectionDetails {
            uri: details.uri,
            addrs: details.addrs.clone(),
            config: details.config,
            request_level: false,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.0.connect(&details, chained)
    }
}

#[derive(Debug)]
struct MaskingConnector {
    calls: Arc<Calls>,
}

impl<In: Transport> Connector<In> for MaskingConnector {
    type Out = Either<In, MaskingTransport<In>>;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        // For a tunnel ureq runs the whole chain for the way to the proxy first, with the proxy's own URI. What goes
        // over that is TLS or masked already, and would be masked twice.
        let masked = self.calls.find(details.uri.path()).is_some();
        Ok(chained.map(|inner| {
            if masked {
                Either::B(MaskingTransport::new(inner, Arc::clone(&self.calls), details.config))
            } else {
                Either::A(inner)
            }
        }))
    }
}
