//! A thousand calls at once of which half are given up, and a server that counts how many are under way.

use bindwire_client::dynadot::{Client, blocking};
use bindwire_client_tests::Door;
use bindwire_dynadot::domain::Search;
use bindwire_loopback::{Account, Answer, Request, Server};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Calls at once.
pub const CALLS: usize = 1000;

/// How long all of them may take: one that waits for a lost place waits for ever.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is waited for.
    Stays,
    /// It is dropped before it was looked at.
    DroppedAtOnce,
    /// It is dropped in the line, when the server sees one that is so many before it.
    DroppedWaiting(usize),
    /// It is dropped when the server has seen it.
    DroppedInFlight,
}

/// Chance by a seed; SplitMix64: every bit depends on every other.
pub fn chance(seed: u64, n: usize) -> u64 {
    let mut x = (seed << 32 | n as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ x >> 31
}

/// Of every two calls one stays.
pub fn fate(seed: u64, n: usize) -> Fate {
    let is_dropped = chance(seed, n / 2) as usize & 1 == n & 1;
    let more = chance(seed + 1, n) >> 8;
    match more % 3 {
        _ if !is_dropped => Fate::Stays,
        0 => Fate::DroppedAtOnce,
        1 if n >= 2 => Fate::DroppedWaiting(2 + (more >> 8) as usize % 200),
        _ => Fate::DroppedInFlight,
    }
}

/// How many requests are under way, and the most that ever were.
#[derive(Default)]
pub struct UnderWay(AtomicUsize, AtomicUsize);

impl UnderWay {
    fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.1.fetch_max(self.0.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let done = work();
        self.0.fetch_sub(1, Ordering::SeqCst);
        done
    }

    /// The most that ever were under way.
    pub fn most(&self) -> usize {
        self.1.load(Ordering::SeqCst)
    }
}

/// A request that the server is at; it goes on when this is dropped.
struct Seen {
    number: usize,
    _goes_on: std::sync::mpsc::Sender<()>,
}

/// A server for a crowd.
pub struct Crowd {
    pub server: Server,
    pub under_way: Arc<UnderWay>,
    seed: u64,
    seen: Option<UnboundedReceiver<Seen>>,
}

/// The number in the name that is looked up.
pub fn number(request: &Request) -> Option<usize> {
    request.param("domain0")?.strip_prefix('n')?.strip_suffix(".example")?.parse().ok()
}

fn search(number: usize) -> Search {
    Search::new([format!("n{number}.example")])
}

/// Names that are answered only when so many are asked for at a time.
fn together(number: usize) -> Search {
    Search::new([format!("together{number}.example")])
}

impl Crowd {
    /// For calls that are dropped as `seed` says.
    pub fn dropped(seed: u64, limit: usize) -> Self {
        let (sender, seen) = unbounded_channel();
        Self { seen: Some(seen), ..Self::new(seed, limit, Some(sender)) }
    }

    /// For calls that give up by themselves.
    pub fn gives_up(seed: u64, limit: usize) -> Self {
        Self::new(seed, limit, None)
    }

    fn new(seed: u64, limit: usize, seen: Option<UnboundedSender<Seen>>) -> Self {
        let account = Account::new("2026-03-01T12:00:00Z".parse().expect("a time"));
        let (under_way, met) = (Arc::new(UnderWay::default()), Door::default());
        let counts = under_way.clone();
        // Tells the test that a request is there, and waits until it has taken note.
        let tell = move |number| {
            let Some(seen) = &seen else { return std::thread::yield_now() };
            let (sender, receiver) = std::sync::mpsc::channel();
            if seen.send(Seen { number, _goes_on: sender }).is_ok() {
                let _ = receiver.recv();
            }
        };
        let server = Server::start(move |request| {
            let Some(number) = number(request) else {
                counts.during(|| met.meet(limit));
                return Answer::Reply(account.answer(request));
            };
            match fate(seed, number) {
                Fate::Stays => counts.during(|| tell(number)),
                // Given up, it is under way no longer, whenever the server learns of it.
                Fate::DroppedInFlight => {
                    counts.during(std::thread::yield_now);
                    tell(number);
                    return Answer::Stall;
                }
                Fate::DroppedAtOnce | Fate::DroppedWaiting(_) => return Answer::Stall,
            }
            Answer::Reply(account.answer(request))
        });
        Self { server, under_way, seed, seen: None }
    }

    /// The numbers that reached the server, in their order.
    pub fn reached(&self) -> Vec<usize> {
        self.server.requests().iter().filter_map(number).collect()
    }

    /// Makes the calls, and gives up as the seed says.
    pub async fn call(&mut self, client: &Client, limit: usize) {
        let seed = self.seed;
        let mut seen = self.seen.take().expect("a crowd that is dropped");
        let call = |number| {
            let client = client.clone();
            tokio::spawn(async move { client.send(search(number)).await })
        };
        let calls: Vec<_> = (0..CALLS).map(call).collect();
        let drop_those = |is_one: &dyn Fn(usize, Fate) -> bool| {
            (0..CALLS).filter(|n| is_one(*n, fate(seed, *n))).for_each(|n| calls[n].abort());
        };
        drop_those(&|_, fate| fate == Fate::DroppedAtOnce);
        let staying = (0..CALLS).filter(|n| fate(seed, *n) == Fate::Stays).count();
        let mut answered = 0;
        while answered < staying {
            let request = seen.recv().await.expect("a server");
            answered += usize::from(fate(seed, request.number) == Fate::Stays);
            drop_those(&|n, fate| match fate {
                Fate::DroppedWaiting(before) => n <= request.number + before,
                Fate::DroppedInFlight => n == request.number,
                Fate::Stays | Fate::DroppedAtOnce => false,
            });
        }
        drop_those(&|_, fate| fate != Fate::Stays);
        for (number, call) in calls.into_iter().enumerate() {
            match call.await {
                Ok(found) => assert_eq!(found.expect("an answer").results.len(), 1),
                Err(error) => assert!(error.is_cancelled() && fate(seed, number) != Fate::Stays, "{number}: {error}"),
            }
        }
        let all = (0..limit).map(|number| client.send(together(number)));
        for found in futures_util::future::join_all(all).await {
            found.expect("every place is there");
        }
    }

    /// The same by threads, of which half have little time.
    pub fn call_blocking(&self, client: &blocking::Client, limit: usize) {
        std::thread::scope(|scope| {
            for number in 0..CALLS {
                scope.spawn(move || {
                    let call = client.call(search(number));
                    if fate(self.seed, number) == Fate::Stays {
                        assert_eq!(call.deadline(PATIENCE).send().expect("an answer").results.len(), 1);
                        return;
                    }
                    let micros = chance(self.seed + 2, number) % 100_000;
                    // It may be answered in time, where it stalls not.
                    let _ = call.deadline(Duration::from_micros(micros)).send();
                });
            }
        });
        std::thread::scope(|scope| {
            let call = |number| client.call(together(number)).deadline(PATIENCE);
            let all: Vec<_> = (0..limit).map(|number| scope.spawn(move || call(number).send())).collect();
            for call in all {
                call.join().expect("no panic").expect("every place is there");
            }
        });
    }
}
