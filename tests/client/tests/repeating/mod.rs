//! What is sent again and what is not, of an API that logs in: commands through everything that a server and a network do.

use crate::troubles::{How, TROUBLES, Trouble, assert_ends, assert_waits, attempts};
use bindwire_client::{ErrorKind, Result};
use bindwire_client_tests::{Leap, Nobody, Provider, Via, Wire};
use bindwire_loopback::{Accept, Answer, Reply, Request, Server};
use bindwire_wire::Effect;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The service of an API as it is asked for commands.
pub trait Served: Send + Sync + 'static {
    /// The API.
    type Api: Provider;

    /// The command that is the first to be sent.
    const FIRST: &'static str;

    /// With an account.
    fn new() -> Self;

    /// A client of it at an address.
    fn client(wire: Wire, timer: Leap, origin: &str, timeout: Duration) -> Via<Self::Api>;

    /// What a request for a command holds.
    fn holds(command: &str) -> String;

    /// Carries out a request.
    fn answer(&self, request: &Request) -> Reply;

    /// Whether a session is open.
    fn has_session(&self) -> bool;

    /// How often a command was carried out.
    fn executions(&self, command: &str) -> u64;
}

/// A command of an effect, by its name, and how it is sent.
pub type Sending<A> = (Effect, &'static str, fn(&Via<A>) -> Result<()>);

/// The troubles that are not told in the words of another API.
fn troubles() -> impl Iterator<Item = &'static Trouble> {
    TROUBLES.iter().filter(|trouble| trouble.cause != ErrorKind::Refused)
}

/// A client that has a session, at an address where a server was that answered for the service, and then does what the trouble says.
pub fn every_trouble<S: Served>(wire: Wire, sending: &[Sending<S::Api>]) {
    for trouble in troubles() {
        for (effect, command, send) in sending.iter().copied() {
            let at = format!("{wire:?} {} {command}", trouble.name);
            let (service, accepted) = (Arc::new(S::new()), Arc::new(AtomicU64::new(0)));
            let is_logged_in = service.clone();
            let refuses = accepted.clone();
            let accept = move |_| {
                let bad = matches!(trouble.how, How::Dropped) && is_logged_in.has_session();
                refuses.fetch_add(u64::from(bad), Ordering::SeqCst);
                if bad { Accept::Drop } else { Accept::Serve }
            };
            let (behind, asked) = (service.clone(), Arc::new(AtomicU64::new(0)));
            let count = asked.clone();
            let server = Server::start_with(accept, move |request| {
                if !request.text().contains(&S::holds(command)) {
                    return Answer::Reply(behind.answer(request).close());
                }
                count.fetch_add(1, Ordering::SeqCst);
                match trouble.how {
                    How::Answered(answer) => answer(request),
                    How::Dropped | How::Refused => Answer::Hangup,
                }
            });
            let nobody = Nobody::there();
            let is_refused = matches!(trouble.how, How::Refused);
            let origin = if is_refused { nobody.origin() } else { server.origin() };
            let timeout = Duration::from_millis(if trouble.name == "stalled" { 250 } else { 20_000 });
            let timer = super::support::leap();
            let client = S::client(wire, timer.clone(), &origin, timeout);

            let error = send(&client).expect_err(&at);

            if is_refused {
                // Logging in fails, which may be repeated whatever follows it.
                assert_eq!(
                    (error.command(), error.kind(), error.attempts()),
                    (S::FIRST, ErrorKind::Connect, 4),
                    "{at}"
                );
                continue;
            }
            assert_eq!(error.command(), command, "{at}: {error}");
            assert_ends(&at, effect, trouble, &error);
            let reached = asked.load(Ordering::SeqCst) + accepted.load(Ordering::SeqCst);
            assert_eq!(reached, u64::from(attempts(effect, trouble)), "{at}");
            assert_eq!(service.executions(command), 0, "{at}");
            assert_waits(&at, trouble, &timer.sleeps());
        }
    }
}
