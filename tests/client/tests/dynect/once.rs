//! Nothing is changed twice, and nothing that happened unseen is called undone: twelve commands, by seed through whatever breaks,
//! their jobs too.

use super::support::{PASSWORD, Settings, leap};
use super::writing::{WRITING, Writing};
use crate::breaking::{Breaks, Fault};
use bindwire_client::{Error, ErrorKind};
use bindwire_client_tests::{Dynect, Via, Wire};
use bindwire_loopback::dynect::Dynect as Service;
use bindwire_loopback::soap::{self, envelope, fault};
use bindwire_loopback::{Accept, Answer, Reply, Request, Server};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Seeds a command and transport.
const SEEDS: u64 = 24;

/// For an answer that may never come.
const IMPATIENT: Duration = Duration::from_millis(15);

const NAMESPACE: &str = "https://api2.dynect.net/wsdl/3.7.16/Dynect/";

/// The service as it is asked for something.
struct Asked<'a> {
    service: &'a Service,
    request: &'a Request,
    command: &'static str,
}

impl Breaks for Asked<'_> {
    fn execute(&self) -> Reply {
        self.service.answer(self.request)
    }

    /// Under a number that no job has.
    fn broke(&self, in_fault: bool) -> Reply {
        let message =
            "<msgs><source>BLL</source><lvl>ERROR</lvl><err_cd>INTERNAL_ERROR</err_cd><info>it broke</info></msgs>";
        let content = format!("<job_id>900</job_id><status>failure</status>{message}");
        if !in_fault {
            let response = format!("<tns:{0}Response>{content}</tns:{0}Response>", self.command);
            return soap::reply(200, &envelope(NAMESPACE, &response));
        }
        let detail = format!("<tns:ErrorResponse>{content}</tns:ErrorResponse>");
        soap::reply(500, &envelope(NAMESPACE, &fault("SOAP-ENV:Server", "failure", &detail)))
    }

    fn stranger(&self) -> Reply {
        let response =
            "<tns:GetNodeListResponse><job_id>901</job_id><status>success</status></tns:GetNodeListResponse>";
        soap::reply(200, &envelope(NAMESPACE, response))
    }

    fn end_sessions(&self) {
        self.service.end_sessions();
    }
}

/// A server in front of the service, which fails as the seed says.
fn failing(service: &Arc<Service>, command: &'static str, seed: u64) -> Server {
    let accepted = AtomicU64::new(0);
    let accept = move |_| match Fault::of(seed, accepted.fetch_add(1, Ordering::SeqCst)) {
        Fault::DropUnread => Accept::Drop,
        _ => Accept::Serve,
    };
    let (service, asked, looked) = (service.clone(), AtomicU64::new(0), AtomicU64::new(0));
    let answer = move |request: &Request| {
        let asks = |command: &str| request.text().contains(&format!("m:{command}Request "));
        let n = if asks(command) {
            asked.fetch_add(1, Ordering::SeqCst)
        } else if asks("GetJob") {
            100 + looked.fetch_add(1, Ordering::SeqCst)
        } else {
            return Answer::Reply(service.answer(request));
        };
        let command = if n < 100 { command } else { "GetJob" };
        Fault::of(seed, n).answer(&Asked { service: &service, request, command })
    };
    Server::start_with(accept, answer)
}

/// What the cases came to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    succeeded: u32,
    unknown_and_carried_out: u32,
    unknown_and_not: u32,
    not_run: u32,
    with_job: u32,
}

fn case(wire: Wire, writing: &Writing, seed: u64, tally: &mut Tally) {
    let service = Arc::new(Service::new(PASSWORD));
    if writing.has_zone {
        service.add_zone("example.com");
    }
    if !seed.is_multiple_of(3) {
        service.slow(writing.command, (seed % 3) as u32);
    }
    let server = failing(&service, writing.command, seed);
    let settings = Settings { timeout: IMPATIENT, ..Settings::of(&server.origin()) };
    let client: Via<Dynect> = Via::new(wire, PASSWORD, leap(), settings);
    let at = format!("{wire:?} {} seed {seed} {:?}", writing.command, Fault::of(seed, 0));

    let result = (writing.send)(&client, "secret");

    // What was given up can be carried out later. Nothing is, once the server has stopped.
    drop(server);
    let executed = service.executions(writing.command);
    assert!(executed <= 1, "{at}: executed {executed} times");
    match result {
        Ok(()) => {
            assert_eq!(executed, 1, "{at}: success without execution");
            tally.succeeded += 1;
        }
        Err(error) if error.kind() == ErrorKind::OutcomeUnknown => {
            assert_unknown(&at, writing, &error);
            if executed == 1 {
                tally.unknown_and_carried_out += 1
            } else {
                tally.unknown_and_not += 1
            }
            tally.with_job += u32::from(error.job().is_some());
        }
        Err(error) => {
            assert_eq!(executed, 0, "{at}: {error} says that nothing was changed");
            let is_own = error.command() == writing.command;
            assert!(is_own == error.to_string().contains("nothing was changed"), "{at}: {error}");
            tally.not_run += 1;
        }
    }
}

fn assert_unknown(at: &str, writing: &Writing, error: &Error) {
    assert_eq!(error.command(), writing.command, "{at}: {error}");
    let lost = error.lost().unwrap_or_else(|| panic!("{at}: nothing to find out by"));
    assert_eq!(lost.command(), writing.command, "{at}");
    assert!(!format!("{lost:?}").contains("secret"), "{at}: {lost:?}");
    assert!(error.to_string().contains("outcome unknown"), "{at}: {error}");
}

fn every_seed(wire: Wire) {
    let mut tally = Tally::default();
    for (index, writing) in (0..).zip(&WRITING) {
        for seed in 0..SEEDS {
            case(wire, writing, index * SEEDS + seed, &mut tally);
        }
    }
    // Each kind of ending was seen, so that the test says something about it.
    let Tally { succeeded, unknown_and_carried_out, unknown_and_not, not_run, with_job } = tally;
    println!("{wire:?}: {tally:?}");
    let counts = [succeeded, unknown_and_carried_out, unknown_and_not, not_run, with_job];
    assert!(counts.iter().all(|count| *count > 15), "{tally:?}");
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
