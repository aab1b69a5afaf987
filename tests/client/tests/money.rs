//! Money moves at most once: whatever breaks, a command that spends reaches the server once, and who lost its answer finds out.

mod spending;

use bindwire_client::dynadot::Verdict;
use bindwire_client::{Error, ErrorKind, Limits};
use bindwire_client_tests::{Leap, Set, Via, Wire, chance};
use bindwire_loopback::{Accept, Account, Answer, Reply, Server};
use spending::{SPENDING, Spending};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Seeds a command and transport.
const SEEDS: u64 = 200;

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    DropUnread,
    ReadThenDrop,
    LostAfterExecution,
    Status(u16, bool),
    Busy,
    Slow(bool),
}

/// The fault of the request number `n` that a seed sees.
fn fault(seed: u64, n: u64) -> Fault {
    let x = chance(seed, n);
    let is_executed = x & 1 == 1;
    match (x >> 1) % 8 {
        0 => Fault::None,
        1 => Fault::DropUnread,
        2 => Fault::ReadThenDrop,
        3 => Fault::LostAfterExecution,
        4 => Fault::Status(500, is_executed),
        5 => Fault::Status(502, is_executed),
        6 => Fault::Busy,
        _ => Fault::Slow(is_executed),
    }
}

/// Where the server is, and how long it is waited for.
struct Settings<'a>(&'a Server, Duration);

/// For an answer that may never come: every eighth case waits for so long.
const IMPATIENT: Duration = Duration::from_millis(15);

impl Set for Settings<'_> {
    fn set<F>(
        self,
        builder: bindwire_client::Builder<bindwire_client::dynadot::Dynadot<F>, F>,
    ) -> bindwire_client::Builder<bindwire_client::dynadot::Dynadot<F>, F> {
        builder.origin(self.0.origin()).limits(Limits::new(1, 0)).timeout(self.1)
    }
}

/// A server in front of an account, which fails as the seed says, and how often it was asked for the command.
fn failing(account: &Arc<Account>, command: &'static str, seed: u64) -> (Server, Arc<AtomicU64>) {
    let accepted = AtomicU64::new(0);
    let accept = move |_| match fault(seed, accepted.fetch_add(1, Ordering::SeqCst)) {
        Fault::DropUnread => Accept::Drop,
        _ => Accept::Serve,
    };
    let asked = Arc::new(AtomicU64::new(0));
    let (account, count) = (account.clone(), asked.clone());
    let answer = move |request: &bindwire_loopback::Request| {
        if request.param("command") != Some(command) {
            return Answer::Reply(account.answer(request));
        }
        let execute = |is_executed: bool| {
            if is_executed {
                account.answer(request);
            }
        };
        match fault(seed, count.fetch_add(1, Ordering::SeqCst)) {
            Fault::None | Fault::DropUnread => Answer::Reply(account.answer(request)),
            Fault::ReadThenDrop => Answer::Hangup,
            Fault::LostAfterExecution => {
                execute(true);
                Answer::Hangup
            }
            Fault::Status(status, is_executed) => {
                execute(is_executed);
                Answer::Reply(Reply::status(status, "<html><body>Something went wrong</body></html>"))
            }
            Fault::Busy => Answer::Reply(Reply::ok(
                "application/json",
                r#"{"Response":{"ResponseCode":"5","Status":"system_busy"}}"#,
            )),
            Fault::Slow(is_executed) => {
                execute(is_executed);
                Answer::Stall
            }
        }
    };
    (Server::start_with(accept, answer), asked)
}

/// What a case came to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    succeeded: u32,
    unknown_and_carried_out: u32,
    unknown_and_not: u32,
    not_run: u32,
}

fn case(wire: Wire, spending: &Spending, seed: u64, tally: &mut Tally) {
    let timer = Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"));
    let account = Arc::new((spending.account)("2026-03-01T12:00:01Z".parse().expect("a time")));
    let before = account.executions(spending.command);
    let (server, asked) = failing(&account, spending.command, seed);
    let client = Via::new(wire, "key", timer.clone(), Settings(&server, IMPATIENT));
    let at = format!("{wire:?} {} seed {seed} {:?}", spending.command, fault(seed, 0));

    let result = (spending.send)(&client);

    // What was given up can be carried out later. Nothing is, once the server has stopped.
    drop(server);
    let executed = account.executions(spending.command) - before;
    assert!(executed <= 1, "{at}: executed {executed} times");
    let asked = asked.load(Ordering::SeqCst);
    assert!(asked <= 1, "{at}: sent {asked} times");
    match result {
        Ok(()) => {
            assert_eq!(executed, 1, "{at}: success without execution");
            tally.succeeded += 1;
        }
        Err(error) if error.kind() == ErrorKind::OutcomeUnknown => {
            let server = Server::start(move |request| Answer::Reply(account.answer(request)));
            let client = Via::new(wire, "key", timer.clone(), Settings(&server, Duration::from_secs(60)));
            reconciled(&client, &error, &timer, executed == 1, &at);
            if executed == 1 { tally.unknown_and_carried_out += 1 } else { tally.unknown_and_not += 1 }
        }
        Err(error) => {
            assert_eq!(executed, 0, "{at}: {error} says that nothing was bought");
            assert!(error.to_string().contains("nothing was bought"), "{at}: {error}");
            tally.not_run += 1;
        }
    }
}

fn reconciled(client: &Via, error: &Error, timer: &Leap, is_executed: bool, at: &str) {
    let found = client.reconcile(error).unwrap_or_else(|error| panic!("{at}: {error}"));
    if is_executed {
        assert_eq!(found.verdict, Verdict::CarriedOut, "{at}: {found:?}");
        return;
    }
    // It could still come: only after half an hour is it certain that it does not.
    assert_eq!(found.verdict, Verdict::NotSeenYet, "{at}: {found:?}");
    timer.pass(Duration::from_secs(31 * 60));
    let found = client.reconcile(error).unwrap_or_else(|error| panic!("{at}: {error}"));
    assert_eq!(found.verdict, Verdict::NotCarriedOut, "{at}: {found:?}");
}

fn every_seed(wire: Wire) {
    let mut tally = Tally::default();
    for spending in SPENDING {
        for seed in 0..SEEDS {
            case(wire, spending, seed, &mut tally);
        }
    }
    // Each kind of ending was seen, so that the test says something about it.
    let Tally { succeeded, unknown_and_carried_out, unknown_and_not, not_run } = tally;
    println!("{wire:?}: {tally:?}");
    assert!(
        [succeeded, unknown_and_carried_out, unknown_and_not, not_run].iter().all(|count| *count > 100),
        "{tally:?}"
    );
}

#[test]
fn over_reqwest() {
    every_seed(Wire::Reqwest);
}

#[test]
fn over_ureq() {
    every_seed(Wire::Ureq);
}

#[test]
fn over_tower() {
    every_seed(Wire::Tower);
}

#[test]
fn every_command_that_spends_is_here() {
    let mut spending: Vec<_> = bindwire_dynadot::registry::COMMANDS
        .iter()
        .filter(|entry| entry.info.effect == bindwire_wire::Effect::Spend)
        .map(|entry| entry.info.name)
        .collect();
    spending.sort_unstable();
    let mut here: Vec<_> = SPENDING.iter().map(|spending| spending.command).collect();
    here.sort_unstable();
    assert_eq!(here, spending);
    for entry in bindwire_dynadot::registry::COMMANDS {
        let spends = entry.info.effect == bindwire_wire::Effect::Spend;
        assert!(!spends || !entry.info.reconcile.is_empty(), "{} cannot be reconciled", entry.info.name);
    }
}
