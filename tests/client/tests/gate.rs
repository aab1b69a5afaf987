//! The gate of an account: never more requests under way than it may have, in order, and no place is lost, whoever gives up.

mod crowding;

use bindwire_client::dynadot::{Call, Dynadot};
use bindwire_client::{AccountGate, Builder, ErrorKind, Future, Gate, Limits, Permit, RetryPolicy, Timer};
use bindwire_client_tests::{Door, Held, Leap, Set, SetCall, Via, Wire};
use bindwire_dynadot::auction::{GetAuctionBids, PlaceAuctionBid};
use bindwire_dynadot::domain::{Register, Search, SetNote};
use bindwire_loopback::{Account, Answer, Reply, Server};
use bindwire_wire::{Command, Decimal};
use crowding::{CALLS, Crowd, Fate, PATIENCE, fate};
use futures_util::FutureExt as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

fn account() -> Account {
    Account::new("2026-03-01T12:00:00Z".parse().expect("a time"))
}

fn leap() -> Leap {
    Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"))
}

/// An origin, limits, and a gate of the test's own.
struct Settings(String, Limits, Option<Watched>);

impl Settings {
    fn one_at_a_time(server: &Server) -> Self {
        Self(server.origin(), Limits::new(1, 0), None)
    }
}

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        let builder = builder.origin(self.0).limits(self.1);
        match self.2 {
            Some(gate) => builder.gate(gate),
            None => builder,
        }
    }
}

/// Gives a call an hour.
struct Hour;

impl<C: Command> SetCall<C> for Hour {
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F> {
        call.deadline(Duration::from_secs(3600))
    }
}

fn search(name: &str) -> Search {
    Search::new([name])
}

/// How often a name was looked up.
fn searches(server: &Server, name: &str) -> usize {
    server.requests().iter().filter(|request| request.param("domain0") == Some(name)).count()
}

/// A server that holds up the answer about `held.example`.
fn holding_server(door: &Door) -> Server {
    let (account, door) = (account(), door.clone());
    account.add_auction("example.com", Decimal::ONE);
    Server::start(move |request| {
        if request.param("domain0") == Some("held.example") {
            door.pass();
        }
        Answer::Reply(account.answer(request))
    })
}

/// A client whose only place is taken, while `work` is done.
fn while_full(wire: Wire, timer: impl Timer + 'static, work: impl FnOnce(&Via, &Server)) {
    let door = Door::default();
    let server = holding_server(&door);
    let client = Via::new(wire, "key", timer, Settings::one_at_a_time(&server));
    thread::scope(|scope| {
        let held = scope.spawn(|| client.send(search("held.example")));
        door.came(1);
        work(&client, &server);
        door.open();
        held.join().expect("no panic").expect("an answer");
    });
    client.send(search("after.example")).expect("the place is free");
}

fn crowd(wire: Wire, limit: u32, seed: u64) {
    let at = format!("{wire:?} {limit} {seed}");
    let settings = |server: &Server| Settings(server.origin(), Limits::new(limit, 0), None);
    let limit = limit as usize;
    let crowd = if wire == Wire::Ureq {
        let crowd = Crowd::gives_up(seed, limit);
        let Via::Blocks(client) = Via::new(wire, "key", bindwire_client::ThreadTimer, settings(&crowd.server)) else {
            unreachable!("ureq blocks")
        };
        crowd.call_blocking(&client, limit);
        crowd
    } else {
        let mut crowd = Crowd::dropped(seed, limit);
        let Via::Awaited(client, runtime) = Via::new(wire, "key", bindwire_client::TokioTimer, settings(&crowd.server))
        else {
            unreachable!("the others are awaited")
        };
        let calls = crowd.call(&client, limit);
        let all = runtime.block_on(async { tokio::time::timeout(PATIENCE, calls).await });
        all.unwrap_or_else(|_| panic!("{at}: a place is lost"));
        crowd
    };
    assert_eq!(crowd.under_way.most(), limit, "{at}");
    let mut staying: Vec<_> = crowd.reached().into_iter().filter(|n| fate(seed, *n) == Fate::Stays).collect();
    if wire == Wire::Ureq || limit > 1 {
        staying.sort_unstable();
    }
    let all: Vec<_> = (0..CALLS).filter(|n| fate(seed, *n) == Fate::Stays).collect();
    assert_eq!(staying, all, "{at}: each once, and in their order where one goes at a time");
    assert_eq!(all.len(), CALLS / 2);
    if wire != Wire::Ureq {
        let in_vain = |n: &usize| match fate(seed, *n) {
            Fate::DroppedAtOnce => true,
            Fate::DroppedWaiting(_) => limit == 1,
            Fate::Stays | Fate::DroppedInFlight => false,
        };
        assert_eq!(crowd.reached().iter().find(|n| in_vain(n)), None, "{at}: who left the line is not sent");
    }
}

#[test]
fn a_crowd_over_reqwest() {
    [(1, 1), (1, 2), (5, 3), (25, 4)].into_iter().for_each(|(limit, seed)| crowd(Wire::Reqwest, limit, seed));
}

#[test]
fn a_crowd_over_tower() {
    [(1, 5), (1, 6), (5, 7), (25, 8)].into_iter().for_each(|(limit, seed)| crowd(Wire::Tower, limit, seed));
}

#[test]
fn a_crowd_over_ureq() {
    [(1, 9), (5, 10), (25, 11)].into_iter().for_each(|(limit, seed)| crowd(Wire::Ureq, limit, seed));
}

#[test]
fn clients_of_one_key_pass_one_gate_and_those_of_two_do_not() {
    for wire in Wire::ALL {
        while_full(wire, leap(), |_, server| {
            let timer = Held::default();
            let same = Via::new(wire, "key", timer.clone(), Settings(server.origin(), Limits::new(9, 0), None));
            let other = Via::new(wire, "another key", leap(), Settings::one_at_a_time(server));
            thread::scope(|scope| {
                let waits = scope.spawn(|| same.call(search("waits.example"), Hour));
                // Its deadline is waited for as soon as it has to wait itself.
                timer.begun(1);
                other.send(search("other.example")).expect("a gate of its own");
                assert_eq!(searches(server, "waits.example"), 0, "{wire:?}");
                timer.let_go();
                assert_eq!(waits.join().expect("no panic").expect_err("late").kind(), ErrorKind::Deadline, "{wire:?}");
            });
        });
    }
}

#[test]
fn who_waits_to_send_again_holds_no_place() {
    for wire in Wire::ALL {
        let (account, asked) = (account(), AtomicU64::new(0));
        let server = Server::start(move |request| {
            if request.param("domain0") == Some("again.example") && asked.fetch_add(1, Ordering::SeqCst) == 0 {
                return Answer::Reply(Reply::status(503, ""));
            }
            Answer::Reply(account.answer(request))
        });
        let timer = Held::default();
        let client = Via::new(wire, "key", timer.clone(), Settings::one_at_a_time(&server));
        let other = Via::new(wire, "another key", leap(), Settings::one_at_a_time(&server));
        thread::scope(|scope| {
            let again = scope.spawn(|| client.send(search("again.example")));
            timer.begun(1);
            let (sender, receiver) = mpsc::channel();
            let client = &client;
            scope.spawn(move || sender.send(client.send(search("meanwhile.example"))).expect("somebody waits"));
            let meanwhile = receiver.recv_timeout(PATIENCE);
            other.send(search("other.example")).expect("an account of its own");
            let sent = searches(&server, "again.example");
            timer.let_go();
            meanwhile.expect("a free place").expect("an answer");
            assert_eq!(sent, 1, "{wire:?}");
            again.join().expect("no panic").expect("the second answer is good");
            assert_eq!(searches(&server, "again.example"), 2, "{wire:?}");
        });
    }
}

#[test]
fn commands_about_bids_pass_the_full_gate() {
    for wire in Wire::ALL {
        while_full(wire, leap(), |client, _| {
            client.send(PlaceAuctionBid::new("example.com", Decimal::TEN)).expect("a bid");
            client.send(GetAuctionBids::new()).expect("bids");
        });
    }
}

#[test]
fn a_deadline_that_passes_at_the_gate_ends_the_call() {
    for wire in Wire::ALL {
        let timer = Held::default();
        while_full(wire, timer.clone(), |client, server| {
            thread::scope(|scope| {
                let late = scope.spawn(|| client.call(Register::new("late.example", 1), Hour));
                timer.begun(1);
                timer.let_go();
                let error = late.join().expect("no panic").expect_err("it is late");
                assert_eq!((error.kind(), error.may_have_run()), (ErrorKind::Deadline, false), "{wire:?}: {error}");
                assert_eq!((error.attempts(), error.is_retryable()), (0, true), "{wire:?}");
                assert_eq!(
                    error.to_string(),
                    "register: the deadline passed before it was sent; nothing was bought; it may be sent again"
                );
            });
            assert_eq!(server.requests().len(), 1, "{wire:?}: nothing was sent");
        });
    }
}

/// A gate that writes down who passes, and lets nobody through when it has something to say.
#[derive(Clone, Default)]
struct Watched {
    log: Arc<Mutex<Vec<&'static str>>>,
    closed: Option<&'static str>,
}

impl Watched {
    fn note(&self, what: &'static str) {
        self.log.lock().expect("a log").push(what);
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.log.lock().expect("a log"))
    }
}

struct Inside(Watched);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.note("left");
    }
}

impl Gate for Watched {
    fn enter<'a>(&'a self, _: &'a dyn Timer) -> Future<'a, Result<Permit, String>> {
        self.note("entered");
        let permit = match self.closed {
            Some(why) => Err(why.to_owned()),
            None => Ok(Permit::new(Inside(self.clone()))),
        };
        Box::pin(std::future::ready(permit))
    }
}

#[test]
fn a_gate_of_ones_own_is_asked_for_every_request_that_is_not_exempt() {
    for wire in Wire::ALL {
        let gate = Watched::default();
        let (account, log, asked) = (account(), gate.clone(), AtomicU64::new(0));
        account.add_auction("example.com", Decimal::ONE);
        let server = Server::start(move |request| {
            log.note("asked");
            if request.param("domain0") == Some("again.example") && asked.fetch_add(1, Ordering::SeqCst) == 0 {
                return Answer::Reply(Reply::status(503, ""));
            }
            Answer::Reply(account.answer(request))
        });
        let settings = Settings(server.origin(), Limits::new(1, 0), Some(gate.clone()));
        let client = Via::new(wire, "key", leap(), settings);
        let once = ["entered", "asked", "left"];
        client.send(search("example.com")).expect("an answer");
        assert_eq!(gate.take(), once, "{wire:?}");
        client.send(SetNote::new("example.com", "a note")).expect("an answer");
        assert_eq!(gate.take(), once, "{wire:?}");
        client.send(Register::new("example.com", 1)).expect("an answer");
        assert_eq!(gate.take(), once, "{wire:?}");
        client.send(search("again.example")).expect("an answer");
        assert_eq!(gate.take(), [once, once].concat(), "{wire:?}");
        client.send(PlaceAuctionBid::new("example.com", Decimal::TEN)).expect("an answer");
        assert_eq!(gate.take(), ["asked"], "{wire:?}");
    }
}

#[test]
fn what_a_gate_says_is_told_and_nothing_is_sent() {
    for wire in Wire::ALL {
        let server = Server::start(|_| Answer::Reply(Reply::status(500, "")));
        let gate = Watched { closed: Some("the lock server is away"), ..Watched::default() };
        let settings = Settings(server.origin(), Limits::new(1, 0), Some(gate.clone()));
        let client = Via::new(wire, "key", leap(), settings);
        let error = client.send(Register::new("example.com", 1)).expect_err("it is closed");
        assert_eq!((error.kind(), error.may_have_run(), error.attempts()), (ErrorKind::Gate, false, 0), "{wire:?}");
        assert_eq!(
            error.to_string(),
            "register: the gate of the account: the lock server is away; nothing was bought",
            "{wire:?}"
        );
        assert_eq!((gate.take().len(), server.connections()), (1, 0), "{wire:?}");
    }
}

#[test]
fn nobody_passes_who_came_later_while_one_waits_for_the_minute() {
    let timer = Held::default();
    let gate = AccountGate::with_timer(Limits::new(5, 6), Arc::new(timer.clone()));
    // The one that a minute of six begins with.
    assert!(gate.enter(&timer).now_or_never().is_some());
    let (mut first, mut second) = (gate.enter(&timer), gate.enter(&timer));
    assert!((&mut first).now_or_never().is_none() && (&mut second).now_or_never().is_none());
    timer.let_go();
    assert!((&mut second).now_or_never().is_none(), "it is not its turn");
    assert!(first.now_or_never().is_some() && second.now_or_never().is_some());
}

#[test]
fn a_place_comes_back_after_every_failure() {
    for wire in Wire::ALL {
        let (account, asked) = (account(), AtomicU64::new(0));
        let server = Server::start(move |request| match asked.fetch_add(1, Ordering::SeqCst) {
            0 => Answer::Hangup,
            1 => Answer::Reply(Reply::status(500, "")),
            2 => Answer::Reply(Reply::ok("text/html", "<html>")),
            _ => Answer::Reply(account.answer(request)),
        });
        struct Never(Settings);
        impl Set for Never {
            fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
                self.0.set(builder).retry(RetryPolicy::never())
            }
        }
        let client = Via::new(wire, "key", leap(), Never(Settings::one_at_a_time(&server)));
        for _ in 0..3 {
            client.send(search("example.com")).expect_err("it fails");
        }
        client.send(search("example.com")).expect("the place is free");
    }
}
