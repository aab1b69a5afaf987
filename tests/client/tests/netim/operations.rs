//! Operations: what became of them is a value, which nobody guesses, and what is pending is waited for.

use super::support::{Settings, Setup, operate, wait};
use bindwire_client::ErrorKind;
use bindwire_client::netim::{Operation, OperationState};
use bindwire_client_tests::Wire;
use bindwire_loopback::{Answer, Reply, soap};
use bindwire_netim::domain::{DomainDelete, DomainRenew};
use bindwire_netim::types::OperationType;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

fn renew() -> DomainRenew {
    DomainRenew::new("example.com", 1)
}

#[test]
fn what_became_of_an_operation_is_a_value() {
    for wire in Wire::ALL {
        for (status, state) in [
            ("Done", OperationState::Done),
            ("Pending", OperationState::Pending),
            ("Failed", OperationState::Failed),
            ("Cancelled", OperationState::Cancelled),
            ("cancelled", OperationState::Cancelled),
            ("Half done", OperationState::Unclear("Half done".into())),
            ("", OperationState::Unclear("".into())),
        ] {
            let setup = Setup::new();
            setup.service.set_course("domainRenew", &[status]);
            let made =
                operate(&setup.client(wire), renew()).unwrap_or_else(|error| panic!("{wire:?} {status}: {error}"));
            assert_eq!((made.id, &made.state), (Some(1111), &state), "{wire:?} {status}");
            assert_eq!(made.kind, Some(OperationType::DomainRenew), "{wire:?} {status}");
            assert_eq!(made.message, "domainRenew: 0", "{wire:?} {status}");
            assert_eq!(
                made.date.as_ref().map(ToString::to_string).as_deref(),
                Some("2026/08/24 00:00:00"),
                "{wire:?} {status}"
            );
            assert_eq!(
                (made.is_done(), made.is_pending()),
                (status == "Done", status == "Pending"),
                "{wire:?} {status}"
            );
        }
    }
}

#[test]
fn a_fault_is_an_error() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        setup.service.refuse("domainRenew", "E13", "E13 : duration : Invalid value");
        let error = operate(&setup.client(wire), renew()).expect_err("a fault");
        assert_eq!((error.kind(), error.command()), (ErrorKind::Refused, "domainRenew"), "{wire:?}");
        assert_eq!(
            error.to_string(),
            "domainRenew refused by Netim: code E13, \"E13 : duration : Invalid value\"; nothing was bought"
        );
    }
}

#[test]
fn in_asynchronous_mode_an_operation_begins_with_its_number_alone() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        setup.service.set_course("domainRenew", &["Pending", "Done"]);
        let client = setup.client_with(wire, Settings { asynchronous: true, ..setup.settings() });
        let made = operate(&client, renew()).expect("an operation");
        assert_eq!((made.id, &made.state, &made.kind), (Some(1111), &OperationState::Pending, &None), "{wire:?}");
        assert_eq!(made, Operation::with_id(1111), "{wire:?}");
        let done = wait(&client, &made, Duration::from_secs(600)).expect("an operation");
        assert_eq!(
            (done.id, done.is_done(), done.kind),
            (Some(1111), true, Some(OperationType::DomainRenew)),
            "{wire:?}"
        );
        assert_eq!(setup.service.asked("queryOpe"), 2, "{wire:?}");
    }
}

/// An answer of `domainRenew` that holds this.
fn holding(content: &str) -> Reply {
    let body = format!("<tns:domainRenewResponse>{content}</tns:domainRenewResponse>");
    soap::reply(200, &soap::envelope("urn:DRS", &body))
}

#[test]
fn where_nothing_is_said_it_is_unclear() {
    for wire in Wire::ALL {
        for (content, id, state) in [
            ("", None, ""),
            ("<return xsi:nil=\"true\"/>", None, ""),
            ("<return/>", None, ""),
            ("<return>in progress</return>", None, ""),
            ("<return><MESSAGE>so it goes</MESSAGE></return>", None, ""),
            ("<return><ID_OPE>7</ID_OPE><STATUS>On hold</STATUS></return>", Some(7), "On hold"),
            ("<return><ID_OPE>seven</ID_OPE></return>", None, ""),
            ("<return><ID_OPE>-7</ID_OPE></return>", None, ""),
        ] {
            let setup = Setup::with(move |service, request| {
                let reply = service.answer(request);
                Answer::Reply(if request.text().contains("domainRenew") { holding(content) } else { reply })
            });
            let client = setup.client(wire);
            let made = operate(&client, renew()).unwrap_or_else(|error| panic!("{wire:?} {content}: {error}"));
            assert_eq!((made.id, &made.state), (id, &OperationState::Unclear(state.into())), "{wire:?} {content}");
            assert!(!made.is_done() && !made.is_pending(), "{wire:?} {content}");
            let same = wait(&client, &made, Duration::from_secs(600)).expect("nothing is waited for");
            assert_eq!((same, setup.timer.sleeps().len()), (made, 0), "{wire:?} {content}");
        }
    }
}

#[test]
fn what_is_pending_without_a_number_cannot_be_waited_for() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            let reply = service.answer(request);
            let is_asked = request.text().contains("domainRenew");
            Answer::Reply(if is_asked { holding("<return><STATUS>Pending</STATUS></return>") } else { reply })
        });
        let client = setup.client(wire);
        let made = operate(&client, renew()).expect("an operation");
        assert_eq!((made.id, &made.state), (None, &OperationState::Pending), "{wire:?}");
        assert_eq!(wait(&client, &made, Duration::from_secs(600)).expect("the same"), made, "{wire:?}");
        assert_eq!(setup.service.asked("queryOpe"), 0, "{wire:?}");
    }
}

#[test]
fn an_operation_is_asked_after_with_growing_waits_to_its_end() {
    for wire in Wire::ALL {
        for (last, state) in [
            ("Done", OperationState::Done),
            ("Failed", OperationState::Failed),
            ("Cancelled", OperationState::Cancelled),
            ("On hold", OperationState::Unclear("On hold".into())),
        ] {
            let setup = Setup::new();
            let mut course = vec!["Pending"; 8];
            course.push(last);
            setup.service.set_course("domainDelete", &course);
            let client = setup.client(wire);
            let made = operate(&client, DomainDelete::new("example.com")).expect("an operation");
            let done = wait(&client, &made, Duration::from_secs(3600)).expect("an operation");
            assert_eq!((done.id, &done.state), (made.id, &state), "{wire:?}");
            assert_eq!(done.message, "domainDelete: 8", "{wire:?}");
            let waits = [2, 4, 8, 16, 32, 60, 60, 60].map(Duration::from_secs);
            assert_eq!(setup.timer.sleeps(), waits, "{wire:?}");
        }
    }
}

#[test]
fn what_is_still_pending_at_the_end_is_given_as_such() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        setup.service.set_course("domainDelete", &["Pending"]);
        let client = setup.client(wire);
        let made = operate(&client, DomainDelete::new("example.com")).expect("an operation");
        let still = wait(&client, &made, Duration::from_secs(15)).expect("an operation");
        assert_eq!((still.id, still.is_pending()), (Some(1111), true), "{wire:?}");
        assert_eq!(setup.timer.passed(), Duration::from_secs(14), "{wire:?}");
        assert_eq!(setup.service.asked("queryOpe"), 3, "{wire:?}");
        let again = wait(&client, &still, Duration::from_secs(1)).expect("an operation");
        assert_eq!((again, setup.service.asked("queryOpe")), (still, 3), "{wire:?}: there is no time to ask");
    }
}

#[test]
fn asking_after_an_operation_is_repeated_and_its_faults_are_told() {
    for wire in Wire::ALL {
        let asked = AtomicU64::new(0);
        let setup = Setup::with(move |service, request| {
            let reply = service.answer(request);
            let is_asked = request.text().contains("queryOpe");
            if is_asked && asked.fetch_add(1, Ordering::SeqCst) == 0 { Answer::Hangup } else { Answer::Reply(reply) }
        });
        setup.service.set_course("domainDelete", &["Pending"]);
        let client = setup.client(wire);
        let made = operate(&client, DomainDelete::new("example.com")).expect("an operation");
        let pending = wait(&client, &made, Duration::from_secs(20)).expect("the second answer is good");
        assert!(pending.is_pending(), "{wire:?}");
        let error = wait(&client, &Operation::with_id(7), Duration::from_secs(600)).expect_err("there is none");
        assert_eq!((error.command(), error.kind()), ("queryOpe", ErrorKind::Refused), "{wire:?}: {error}");
    }
}
