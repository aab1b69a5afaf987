//! What is sent again and what is not: every effect, through everything that a server can do, and how long is waited.

mod troubles;

use bindwire_client::dynadot::{Call, Dynadot};
use bindwire_client::{Builder, ErrorKind, Limits, Result, RetryPolicy};
use bindwire_client_tests::{Leap, Nobody, Set, SetCall, Via, Wire};
use bindwire_dynadot::domain::{DomainInfo, Register, Search, SetNote};
use bindwire_dynadot::folder::CreateFolder;
use bindwire_loopback::{Accept, Account, Answer, Reply, Request, Server};
use bindwire_wire::{Class, Command, Effect};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use troubles::{How, TROUBLES, Trouble, assert_ends, assert_waits, attempts};

/// The account's and the client's time.
const NOON: &str = "2026-03-01T12:00:00Z";

fn leap() -> Leap {
    Leap::new(NOON.parse().expect("a time"))
}

fn account() -> Arc<Account> {
    Arc::new(Account::new(NOON.parse().expect("a time")))
}

/// A server that does what `bad` says to the first `times` requests, and then answers for an account.
fn server(how: &'static How, times: u64) -> Server {
    let (account, asked, accepted) = (account(), AtomicU64::new(0), AtomicU64::new(0));
    let bad = move |count: &AtomicU64| count.fetch_add(1, Ordering::SeqCst) < times;
    let accept = move |_| {
        if matches!(how, How::Dropped) && bad(&accepted) { Accept::Drop } else { Accept::Serve }
    };
    let answer = move |request: &Request| match how {
        How::Answered(answer) if bad(&asked) => answer(request),
        _ => Answer::Reply(account.answer(request)),
    };
    Server::start_with(accept, answer)
}

struct Settings {
    origin: String,
    retry: RetryPolicy,
    deadline: Option<Duration>,
    timeout: Duration,
    strict: bool,
}

impl Settings {
    fn of(server: &Server) -> Self {
        let timeout = Duration::from_secs(20);
        Self { origin: server.origin(), retry: RetryPolicy::default(), deadline: None, timeout, strict: false }
    }

    /// As short as a trouble makes necessary.
    fn through(server: &Server, trouble: &Trouble) -> Self {
        let settings = Self::of(server);
        let timeout = if trouble.name == "stalled" { Duration::from_millis(250) } else { settings.timeout };
        Self { timeout, ..settings }
    }
}

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        let builder = builder
            .origin(self.origin)
            .limits(Limits::new(1, 0))
            .retry(self.retry)
            .timeout(self.timeout)
            .strict(self.strict);
        match self.deadline {
            Some(deadline) => builder.deadline(deadline),
            None => builder,
        }
    }
}

/// Sends a command.
type Send = fn(&Via) -> Result<()>;

/// One command of each effect.
const SENDING: [(Effect, Send); 4] = [
    (Effect::Read, |client| client.send(search()).map(drop)),
    (Effect::IdempotentWrite, |client| client.send(SetNote::new("example.com", "a note")).map(drop)),
    (Effect::Write, |client| client.send(CreateFolder::new("a folder")).map(drop)),
    (Effect::Spend, |client| client.send(Register::new("example.com", 1)).map(drop)),
];

fn search() -> Search {
    Search::new(["example.com"])
}

fn every_trouble(wire: Wire) {
    for trouble in TROUBLES {
        for (effect, send) in SENDING {
            let at = format!("{wire:?} {} {}", trouble.name, effect.name());
            let server = server(&trouble.how, u64::MAX);
            let mut settings = Settings::through(&server, trouble);
            let nobody = Nobody::there();
            if matches!(trouble.how, How::Refused) {
                settings.origin = nobody.origin();
            }
            let timer = leap();
            let client = Via::new(wire, "key", timer.clone(), settings);

            let error = send(&client).expect_err(&at);

            assert_ends(&at, effect, trouble, &error);
            let reached = match trouble.how {
                How::Refused => 0,
                How::Dropped | How::Answered(_) => u64::from(attempts(effect, trouble)),
            };
            assert_eq!(server.connections().max(server.requests().len() as u64), reached, "{at}");
            assert_eq!(timer.sleeps().len() as u32 + 1, attempts(effect, trouble), "{at}");
            assert_eq!(timer.passed(), timer.sleeps().iter().sum::<Duration>(), "{at}");
            assert_waits(&at, trouble, &timer.sleeps());
        }
    }
}

#[test]
fn over_reqwest() {
    every_trouble(Wire::Reqwest);
}

#[test]
fn over_ureq() {
    every_trouble(Wire::Ureq);
}

#[test]
fn over_tower() {
    every_trouble(Wire::Tower);
}

#[test]
fn a_read_succeeds_when_the_second_answer_is_good() {
    for wire in Wire::ALL {
        for trouble in TROUBLES.iter().filter(|trouble| trouble.passes && !matches!(trouble.how, How::Refused)) {
            let at = format!("{wire:?} {}", trouble.name);
            let server = server(&trouble.how, 1);
            let timer = leap();
            let client = Via::new(wire, "key", timer.clone(), Settings::through(&server, trouble));
            let found = client.send(search()).unwrap_or_else(|error| panic!("{at}: {error}"));
            assert_eq!(found.results.len(), 1, "{at}");
            assert_eq!(timer.sleeps().len(), 1, "{at}");
            let last = server.requests().pop().expect("a request");
            assert!(server.requests().iter().all(|request| request.target == last.target), "{at}");
        }
    }
}

/// A trouble by its name.
fn trouble(name: &str) -> &'static Trouble {
    TROUBLES.iter().find(|trouble| trouble.name == name).expect("a trouble of this name")
}

#[test]
fn nothing_is_repeated_by_a_policy_of_never() {
    for wire in Wire::ALL {
        for name in ["500", "429", "hangup", "busy"] {
            let server = server(&trouble(name).how, 1);
            let timer = leap();
            let settings = Settings { retry: RetryPolicy::never(), ..Settings::of(&server) };
            let client = Via::new(wire, "key", timer.clone(), settings);
            let error = client.send(search()).expect_err(name);
            assert_eq!((error.attempts(), server.requests().len(), timer.sleeps().len()), (1, 1, 0), "{wire:?} {name}");
            assert!(error.is_retryable(), "the caller may");
        }
    }
}

#[test]
fn no_delay_is_longer_than_the_longest_unless_the_server_asks_for_it() {
    for wire in Wire::ALL {
        for (name, least, most) in [("500", 1, 3), ("503", 7, 7)] {
            let server = server(&trouble(name).how, u64::MAX);
            let timer = leap();
            let (min, max) = (Duration::from_secs(1), Duration::from_secs(3));
            let retry = RetryPolicy::default().max_retries(12).delays_between(min, max);
            let client = Via::new(wire, "key", timer.clone(), Settings { retry, ..Settings::of(&server) });
            client.send(search()).expect_err(name);
            let sleeps = timer.sleeps();
            assert_eq!(sleeps.len(), 12, "{wire:?}");
            let bounds = Duration::from_secs(least)..=Duration::from_secs(most);
            assert!(sleeps.iter().all(|sleep| bounds.contains(sleep)), "{wire:?} {name}: {sleeps:?}");
            let distinct = sleeps.iter().collect::<std::collections::HashSet<_>>().len();
            assert!(distinct > 3 || name == "503", "{wire:?}: delays vary at random: {sleeps:?}");
        }
    }
}

#[test]
fn a_budget_ends_repetitions_and_answers_bring_them_back() {
    /// Fails as long as it is told to; the account does not have any domain.
    fn server(fails: &Arc<AtomicU64>) -> Server {
        let (account, fails) = (account(), fails.clone());
        Server::start(move |request| {
            if fails.load(Ordering::SeqCst) > 0 {
                Answer::Reply(Reply::status(500, ""))
            } else {
                Answer::Reply(account.answer(request))
            }
        })
    }

    for wire in Wire::ALL {
        let fails = Arc::new(AtomicU64::new(1));
        let server = server(&fails);
        let settings = Settings { retry: RetryPolicy::default().budget(4), ..Settings::of(&server) };
        let client = Via::new(wire, "key", leap(), settings);
        let attempts = || {
            fails.store(1, Ordering::SeqCst);
            let error = client.send(search()).expect_err("it fails");
            fails.store(0, Ordering::SeqCst);
            error.attempts()
        };
        assert_eq!((attempts(), attempts(), attempts()), (4, 2, 1), "{wire:?}: four repetitions in all");
        for _ in 0..5 {
            client.send(search()).expect("an answer");
        }
        assert_eq!((attempts(), attempts()), (2, 1), "{wire:?}: five answers make up for one");
        for _ in 0..5 {
            let error = client.send(DomainInfo::new("example.com")).expect_err("there is none");
            assert_eq!(error.class(), Some(Class::NotFound));
        }
        assert_eq!((attempts(), attempts()), (2, 1), "{wire:?}: a refusal is an answer");
    }
}

#[test]
fn a_deadline_before_the_next_delay_ends_the_call_at_once_with_the_last_failure() {
    for wire in Wire::ALL {
        // The server would have the second attempt wait for longer than there is time.
        for (name, deadline, attempts) in [("500", 400, 1), ("503", 6_900, 1), ("503", 7_100, 2), ("429", 29_000, 1)] {
            let server = server(&trouble(name).how, u64::MAX);
            let timer = leap();
            let deadline = Some(Duration::from_millis(deadline));
            let client = Via::new(wire, "key", timer.clone(), Settings { deadline, ..Settings::of(&server) });
            let error = client.send(search()).expect_err(name);
            let at = format!("{wire:?} {name} {deadline:?}: {error}");
            assert_eq!((error.kind(), error.http_status()), (ErrorKind::Http, name.parse().ok()), "{at}");
            assert_eq!((error.attempts(), server.requests().len()), (attempts, attempts as usize), "{at}");
            assert_eq!(timer.sleeps().len(), attempts as usize - 1, "{at}");
        }
    }
}

#[test]
fn a_wait_without_end_is_not_begun() {
    let for_ever = |_: &Request| Answer::Reply(Reply::status(503, "").header("Retry-After", &u64::MAX.to_string()));
    for wire in Wire::ALL {
        for deadline in [None, Some(Duration::from_secs(60))] {
            let server = Server::start(for_ever);
            let timer = leap();
            let client = Via::new(wire, "key", timer.clone(), Settings { deadline, ..Settings::of(&server) });
            let error = client.send(search()).expect_err("503");
            assert_eq!((error.http_status(), error.attempts()), (Some(503), 1), "{wire:?}");
            assert_eq!(timer.passed(), Duration::ZERO, "{wire:?}");
        }
    }
}

#[test]
fn a_wait_is_as_long_as_the_server_asks_up_to_a_limit() {
    let asks = |_: &Request| Answer::Reply(Reply::status(503, "").header("Retry-After", "301"));
    for wire in Wire::ALL {
        for (most, attempts, passed) in [(300, 1, 0), (301, 2, 301)] {
            let server = Server::start(asks);
            let timer = leap();
            let retry = RetryPolicy::default().max_retries(1).max_asked(Duration::from_secs(most));
            let client = Via::new(wire, "key", timer.clone(), Settings { retry, ..Settings::of(&server) });
            let error = client.send(search()).expect_err("503");
            assert_eq!((error.http_status(), error.attempts()), (Some(503), attempts), "{wire:?}");
            assert_eq!(timer.passed(), Duration::from_secs(passed), "{wire:?}");
        }
    }
    assert_eq!(RetryPolicy::default().max_asked, Duration::from_secs(300));
}

/// Sets the strictness of a call.
struct Strict(bool);

impl<C: Command> SetCall<C> for Strict {
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F> {
        call.strict(self.0)
    }
}

#[test]
fn a_deviation_is_an_error_in_strict_mode_alone_and_is_not_asked_for_again() {
    let odd = |_: &Request| {
        let body = r#"{"SearchResponse":{"ResponseCode":"0","SearchResults":[{"DomainName":"example.com","Available":"yes","New":"x"}]}}"#;
        Answer::Reply(Reply::ok("application/json", body))
    };
    for wire in Wire::ALL {
        for (of_client, of_call) in [(true, None), (false, Some(true)), (false, None), (true, Some(false))] {
            let server = Server::start(odd);
            let client = Via::new(wire, "key", leap(), Settings { strict: of_client, ..Settings::of(&server) });
            let result = match of_call {
                Some(strict) => client.call(search(), Strict(strict)),
                None => client.send(search()),
            };
            let at = format!("{wire:?} {of_client} {of_call:?}");
            assert_eq!(server.requests().len(), 1, "{at}");
            if !of_call.unwrap_or(of_client) {
                assert_eq!(result.expect(&at).results.len(), 1, "{at}");
                continue;
            }
            let error = result.expect_err(&at);
            assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Unreadable, false), "{at}: {error}");
            assert!(error.body().is_some_and(|body| body.ends_with(b"}]}}")), "{at}");
        }
    }
}
