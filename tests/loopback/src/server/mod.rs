//! A minimal HTTP/1.1 server on 127.0.0.1, a thread a connection, that can fail in the ways in which servers and networks do.
//!
//! What it answers is up to a closure; what came is kept and can be looked at.

mod answer;
mod connection;
mod input;
mod request;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Reply};
pub use request::Request;

use std::any::Any;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// Its requests are read and answered.
    Serve,
    /// It is closed without reading a byte.
    Drop,
    /// The head of its first request is read, and then it is closed: the body is not asked for.
    DropAtBody,
}

/// A running server. Dropping it closes every connection, stalled ones too, and joins its threads.
///
/// Where a closure panicked, a failed assertion say, the drop passes the panic on, so that the test fails and not only its client.
/// A closure that blocks keeps the drop waiting.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that serves every connection.
    ///
    /// # Panics
    /// When no port of loopback can be listened on.
    pub fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self::start_with(|_| Accept::Serve, answer)
    }

    /// Starts a server of which `accept` tells, by the number of a connection from 0, what becomes of it.
    ///
    /// # Panics
    /// When no port of loopback can be listened on.
    pub fn start_with(
        accept: impl Fn(u64) -> Accept + Send + Sync + 'static,
        answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let shared = Arc::new(Shared { state: Mutex::default(), answer: Box::new(answer) });
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.accept_all(&listener, accept)
        });
        Self { address, shared, acceptor: Some(acceptor) }
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests that were read, in the order in which they were complete.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.lock().requests.clone()
    }

    /// How many connections came, those that were dropped included.
    pub fn connections(&self) -> u64 {
        self.shared.lock().connections
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.lock().stopping = true;
        // Nothing but a connection wakes a thread out of `accept`.
        let woken = match TcpStream::connect(self.address) {
            Ok(_) => true,
            // The listener is gone: its thread has ended, or is about to.
            Err(error) => error.kind() == ErrorKind::ConnectionRefused,
        };
        let mut panics = Vec::new();
        // A thread that could not be woken, for want of sockets, is left behind: it ends with the next connection.
        if let Some(acceptor) = self.acceptor.take().filter(|_| woken) {
            panics.extend(acceptor.join().err());
        }
        let threads = {
            let mut state = self.shared.lock();
            panics.append(&mut state.panics);
            for stream in state.streams.values() {
                // A connection that is closed already has nothing to shut.
                let _ = stream.shutdown(Shutdown::Both);
            }
            std::mem::take(&mut state.threads)
        };
        panics.extend(threads.into_iter().filter_map(|thread| thread.join().err()));
        if let Some(panic) = panics.into_iter().next().filter(|_| !thread::panicking()) {
            resume_unwind(panic);
        }
    }
}

/// What the threads of a server share.
struct Shared {
    state: Mutex<State>,
    answer: Box<dyn Fn(&Request) -> Answer + Send + Sync>,
}

#[derive(Default)]
struct State {
    stopping: bool,
    connections: u64,
    requests: Vec<Request>,
    /// The open connections by number, so that they can be shut from outside.
    streams: HashMap<u64, Arc<TcpStream>>,
    threads: Vec<JoinHandle<()>>,
    /// What threads that are joined already panicked with.
    panics: Vec<Box<dyn Any + Send>>,
}

impl Shared {
    /// The state; no closure runs while it is locked, so a poisoned lock holds nothing half done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn accept_all(self: Arc<Self>, listener: &TcpListener, accept: impl Fn(u64) -> Accept) {
        loop {
            let accepted = listener.accept();
            let number = {
                let mut state = self.lock();
                if state.stopping {
                    return;
                }
                let number = state.connections;
                state.connections += u64::from(accepted.is_ok());
                number
            };
            match accepted {
                Ok((stream, _)) => match accept(number) {
                    Accept::Drop => drop(stream),
                    accept => self.spawn(number, stream, accept),
                },
                // A client that gave up in the queue, or no socket to be had for now.
                Err(_) => thread::yield_now(),
            }
        }
    }

    /// Serves a connection in a thread of its own.
    fn spawn(self: &Arc<Self>, number: u64, stream: TcpStream, accept: Accept) {
        let stream = Arc::new(stream);
        let mut state = self.lock();
        let ended: Vec<_> = state.threads.extract_if(.., |thread| thread.is_finished()).collect();
        state.panics.extend(ended.into_iter().filter_map(|thread| thread.join().err()));
        state.streams.insert(number, Arc::clone(&stream));
        let open = Open { shared: Arc::clone(self), number, stream };
        state.threads.push(thread::spawn(move || {
            // A client that goes away in the middle is none of the server's business.
            let _ = connection::serve(&open.stream, accept, |request| open.shared.answer(request));
        }));
    }

    fn answer(&self, request: Request) -> Answer {
        self.lock().requests.push(request.clone());
        (self.answer)(&request)
    }
}

/// A connection that is being served; closed and forgotten when its thread ends, by a panic too.
struct Open {
    shared: Arc<Shared>,
    number: u64,
    stream: Arc<TcpStream>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.shared.lock().streams.remove(&self.number);
        // The client may have closed first.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}
