//! Money moves at most once: every command that spends, by seed through whatever breaks, and who lost its answer knows what to ask.

use super::spending::{SPENDING, Spending};
use super::support::{PASSWORD, Settings, leap};
use crate::breaking::{Breaks, Fault};
use bindwire_client::{Error, ErrorKind};
use bindwire_client_tests::{Netim, Via, Wire};
use bindwire_loopback::netim::Netim as Service;
use bindwire_loopback::soap::{self, envelope, fault};
use bindwire_loopback::{Accept, Answer, Reply, Request, Server};
use bindwire_netim::registry::{COMMANDS, find};
use bindwire_wire::Effect;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Seeds a command and transport.
const SEEDS: u64 = 30;

/// For an answer that may never come.
const IMPATIENT: Duration = Duration::from_millis(15);

/// The service as it is asked for something.
struct Asked<'a>(&'a Service, &'a Request);

impl Breaks for Asked<'_> {
    fn execute(&self) -> Reply {
        self.0.answer(self.1)
    }

    fn broke(&self, in_fault: bool) -> Reply {
        let (code, text) = if in_fault { ("Server", "it broke") } else { ("E99-M0001", "E99-M0001 : it broke") };
        soap::reply(500, &envelope("urn:DRS", &fault(code, text, "")))
    }

    fn stranger(&self) -> Reply {
        let other = "<tns:queryDomainListResponse><queryDomainListReturn/></tns:queryDomainListResponse>";
        soap::reply(200, &envelope("urn:DRS", other))
    }

    fn end_sessions(&self) {
        self.0.end_sessions();
    }
}

/// A server in front of the service, which fails as the seed says, and how often it was asked for the command.
fn failing(service: &Arc<Service>, command: &'static str, seed: u64) -> (Server, Arc<AtomicU64>) {
    let accepted = AtomicU64::new(0);
    let accept = move |_| match Fault::of(seed, accepted.fetch_add(1, Ordering::SeqCst)) {
        Fault::DropUnread => Accept::Drop,
        _ => Accept::Serve,
    };
    let asked = Arc::new(AtomicU64::new(0));
    let (service, count) = (service.clone(), asked.clone());
    let answer = move |request: &Request| {
        if !request.text().contains(&format!("<m:{command} ")) {
            return Answer::Reply(service.answer(request));
        }
        Fault::of(seed, count.fetch_add(1, Ordering::SeqCst)).answer(&Asked(&service, request))
    };
    (Server::start_with(accept, answer), asked)
}

/// What the cases came to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    succeeded: u32,
    unknown_and_carried_out: u32,
    unknown_and_not: u32,
    not_run: u32,
}

fn case(wire: Wire, spending: &Spending, seed: u64, tally: &mut Tally) {
    let service = Arc::new(Service::new(PASSWORD));
    let (server, asked) = failing(&service, spending.command, seed);
    let settings = Settings {
        timeout: IMPATIENT,
        asynchronous: seed.is_multiple_of(4),
        positional: seed.is_multiple_of(3),
        ..Settings::of(&server.origin())
    };
    let client: Via<Netim> = Via::new(wire, PASSWORD, leap(), settings);
    let at = format!("{wire:?} {} seed {seed} {:?}", spending.command, Fault::of(seed, 0));

    let result = (spending.send)(&client, "secret");

    // What was given up can be carried out later. Nothing is, once the server has stopped.
    drop(server);
    let executed = service.executions(spending.command);
    assert!(executed <= 1, "{at}: executed {executed} times");
    let asked = asked.load(Ordering::SeqCst);
    assert!(asked <= 1, "{at}: sent {asked} times");
    match result {
        Ok(operation) => {
            assert_eq!(executed, 1, "{at}: success without execution");
            assert!(operation.id == Some(1111), "{at}: {operation:?}");
            tally.succeeded += 1;
        }
        Err(error) if error.kind() == ErrorKind::OutcomeUnknown => {
            assert_unknown(&at, spending, &error);
            if executed == 1 { tally.unknown_and_carried_out += 1 } else { tally.unknown_and_not += 1 }
        }
        Err(error) => {
            assert_eq!(executed, 0, "{at}: {error} says that nothing was bought");
            let is_own = error.command() == spending.command;
            assert!(is_own == error.to_string().contains("nothing was bought"), "{at}: {error}");
            tally.not_run += 1;
        }
    }
}

/// What is lost can be asked after: the error holds what was sent but its secrets, when, and which commands tell.
fn assert_unknown(at: &str, spending: &Spending, error: &Error) {
    assert!(!error.is_retryable(), "{at}: {error}");
    let lost = error.lost().unwrap_or_else(|| panic!("{at}: nothing to find out by"));
    assert_eq!((error.command(), lost.command()), (spending.command, spending.command), "{at}");
    assert_eq!(lost.param(spending.about.0), Some(spending.about.1), "{at}: {lost:?}");
    assert!(lost.param("authID").is_none() && lost.param("IDSession").is_none(), "{at}: {lost:?}");
    assert!(!format!("{lost:?} {error} {error:?}").contains("secret"), "{at}: {lost:?}");
    assert!(lost.sent_at() <= lost.given_up_at(), "{at}");
    let asked = find(spending.command).expect("a command").info.reconcile.join(", ");
    let end = format!("; it may have been carried out: reconcile (by {asked}) before it is sent again");
    assert!(error.to_string().ends_with(&end), "{at}: {error}");
}

fn every_seed(wire: Wire) {
    let mut tally = Tally::default();
    for (index, spending) in (0..).zip(&SPENDING) {
        for seed in 0..SEEDS {
            case(wire, spending, index * SEEDS + seed, &mut tally);
        }
    }
    // Each kind of ending was seen, so that the test says something about it.
    let Tally { succeeded, unknown_and_carried_out, unknown_and_not, not_run } = tally;
    println!("{wire:?}: {tally:?}");
    assert!(
        [succeeded, unknown_and_carried_out, unknown_and_not, not_run].iter().all(|count| *count > 25),
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
fn every_command_that_spends_is_here_and_says_what_to_ask() {
    let spending = COMMANDS.iter().filter(|entry| entry.info.effect == Effect::Spend);
    let mut all: Vec<_> = spending.map(|entry| entry.info.name).collect();
    all.sort_unstable();
    let mut here: Vec<_> = SPENDING.iter().map(|spending| spending.command).collect();
    here.sort_unstable();
    assert_eq!(here, all);
    for command in all {
        assert!(!find(command).expect("a command").info.reconcile.is_empty(), "{command} cannot be asked after");
    }
}
