//! The session: opened once, the first argument of every other request, shared, closed, and opened anew when it has ended.

use super::support::{PASSWORD, Settings, Setup, close, keep_alive, operate};
use bindwire_client::ErrorKind;
use bindwire_client_tests::{Netim, Via, Wire};
use bindwire_loopback::{Answer, soap};
use bindwire_netim::codes::ErrorCode;
use bindwire_netim::domain::{DomainInfo, DomainRenew, QueryDomainList};
use bindwire_netim::types::Language;
use bindwire_wire::Class;
use std::time::Duration;

const ID: &str = "0123456789abcdef0123456789abcde";

#[test]
fn the_first_call_opens_a_session_which_is_the_first_argument_of_every_other_request() {
    for wire in Wire::ALL {
        for positional in [false, true] {
            let setup = Setup::new();
            let client = setup.client_with(wire, Settings { positional, ..setup.settings() });
            assert_eq!(setup.server.connections(), 0, "{wire:?}: setting up sends nothing");
            client.send(QueryDomainList::new()).expect("domains");
            operate(&client, DomainRenew::new("example.com", 1)).expect("an operation");
            keep_alive(&client).expect("a session");
            close(&client).expect("it is closed");
            let opened = setup.service.arguments("sessionOpen");
            let expected = [("idReseller", "RESELLER"), ("password", PASSWORD), ("language", "EN")];
            assert_eq!(opened[0].values(), expected, "{wire:?}");
            let calls = ["sessionOpen", "queryDomainList", "domainRenew", "sessionInfo", "sessionClose"];
            assert_eq!(setup.service.calls(), calls, "{wire:?}");
            for request in &setup.server.requests()[1..] {
                let asked = soap::read(request).expect("a SOAP request").asked;
                let first = &asked.children[0];
                let name = if positional { "Item" } else { "IDSession" };
                assert_eq!(
                    (first.name.as_str(), first.text.as_str()),
                    (name, &*format!("{ID}1")),
                    "{wire:?} {}",
                    asked.name
                );
                assert_eq!(first.attribute("xsi:type"), Some("xsd:string"), "{wire:?} {}", asked.name);
            }
        }
    }
}

#[test]
fn a_session_is_shared_and_used_again() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let (first, second) = (setup.client(wire), setup.client(wire));
        for found in first.send_all(vec![QueryDomainList::new(); 20]) {
            found.expect("domains");
        }
        second.send(QueryDomainList::new()).expect("domains");
        let (opened, asked) = (setup.service.asked("sessionOpen"), setup.service.asked("queryDomainList"));
        assert_eq!((opened, asked), (1, 21), "{wire:?}");
    }
}

#[test]
fn closing_ends_the_session_and_the_next_call_opens_another() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        close(&client).expect("nothing to close");
        assert_eq!(setup.server.connections(), 0, "{wire:?}: without a session nothing is sent");
        client.send(QueryDomainList::new()).expect("domains");
        close(&client).expect("it is closed");
        close(&client).expect("nothing to close");
        client.send(QueryDomainList::new()).expect("domains");
        assert_eq!(setup.service.sessions(), [format!("{ID}2")], "{wire:?}");
        assert_eq!(setup.service.asked("sessionClose"), 1, "{wire:?}");
    }
}

#[test]
fn closing_a_session_that_is_over_is_no_error_and_other_faults_are() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        client.send(QueryDomainList::new()).expect("domains");
        setup.service.end_sessions();
        close(&client).expect("it is closed already");
        assert_eq!(setup.service.asked("sessionClose"), 1, "{wire:?}");

        for (code, text) in [("E02-M0201", "E02-M0201 : closed"), ("SOAP-ENV:Server", "E02 : closed")] {
            client.send(QueryDomainList::new()).expect("domains");
            setup.service.refuse("sessionClose", code, text);
            close(&client).unwrap_or_else(|error| panic!("{wire:?} {code}: {error}"));
        }
        for (code, text) in [("E13", "E13 : not so"), ("E021", "E021 : not so"), ("E01-M0101", "E01-M0101 : E02")] {
            client.send(QueryDomainList::new()).expect("domains");
            setup.service.refuse("sessionClose", code, text);
            let error = close(&client).expect_err(code);
            assert_eq!(
                (error.command(), error.cause(), error.may_have_run()),
                ("sessionClose", ErrorKind::Refused, false),
                "{wire:?} {code}: {error}"
            );
        }
    }
}

#[test]
fn a_read_in_an_ended_session_opens_another_once() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        client.send(QueryDomainList::new()).expect("domains");
        setup.service.end_sessions();
        client.send(DomainInfo::new("example.com")).expect("a domain");
        let renewed = ["domainInfo", "sessionInfo", "sessionOpen", "domainInfo"];
        assert_eq!(setup.service.calls()[2..], renewed, "{wire:?}");

        let setup = Setup::with(|service, request| {
            if !request.text().contains("sessionOpen") {
                service.end_sessions();
            }
            Answer::Reply(service.answer(request))
        });
        let client = setup.client(wire);
        let error = client.send(DomainInfo::new("example.com")).expect_err("two sessions ended");
        assert_eq!(error.refusal().and_then(ErrorCode::of), Some(ErrorCode::E02), "{wire:?}: {error}");
        assert_eq!((setup.service.asked("sessionOpen"), setup.service.asked("domainInfo")), (2, 2), "{wire:?}");
    }
}

#[test]
fn what_spends_in_an_ended_session_is_not_sent_again() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        client.send(QueryDomainList::new()).expect("domains");
        setup.service.end_sessions();
        let error = operate(&client, DomainRenew::new("example.com", 1)).expect_err("the session ended");
        assert_eq!((error.kind(), error.class()), (ErrorKind::Refused, Some(Class::Auth)), "{wire:?}: {error}");
        assert_eq!(
            error.to_string(),
            "domainRenew refused by Netim: code E02, \"E02 : The session is invalid or closed\"; nothing was bought; the session \
             had ended, and the next call opens another: it may be sent again"
        );
        assert_eq!(setup.service.asked("domainRenew"), 1, "{wire:?}");
        operate(&client, DomainRenew::new("example.com", 1)).expect("an operation");
        assert_eq!((setup.service.executions("domainRenew"), setup.service.asked("sessionOpen")), (1, 2), "{wire:?}");
    }
}

#[test]
fn what_spends_after_being_idle_asks_after_the_session_first() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        client.send(QueryDomainList::new()).expect("domains");
        setup.timer.pass(Duration::from_secs(300));
        setup.service.end_sessions();
        operate(&client, DomainRenew::new("example.com", 1)).expect("an operation");
        assert_eq!(setup.service.calls()[2..], ["sessionInfo", "sessionOpen", "domainRenew"], "{wire:?}");
        assert_eq!(setup.service.executions("domainRenew"), 1, "{wire:?}");
    }
}

#[test]
fn a_session_that_cannot_be_kept_alive_is_forgotten() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        keep_alive(&client).expect("nothing to keep");
        assert_eq!(setup.server.connections(), 0, "{wire:?}: without a session nothing is sent");
        client.send(QueryDomainList::new()).expect("domains");
        keep_alive(&client).expect("a session");
        setup.service.end_sessions();
        let error = keep_alive(&client).expect_err("it has ended");
        assert_eq!((error.command(), error.class()), ("sessionInfo", Some(Class::Auth)), "{wire:?}: {error}");
        operate(&client, DomainRenew::new("example.com", 1)).expect("an operation");
        assert_eq!(setup.service.asked("sessionOpen"), 2, "{wire:?}");
    }
}

#[test]
fn a_wrong_password_is_an_error_of_opening_and_nothing_else_is_sent() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client: Via<Netim> = Via::new(wire, "wrong", setup.timer.clone(), setup.settings());
        let error = operate(&client, DomainRenew::new("example.com", 1)).expect_err("a wrong password");
        assert_eq!((error.command(), error.class()), ("sessionOpen", Some(Class::Auth)), "{wire:?}: {error}");
        assert_eq!(error.refusal().and_then(ErrorCode::of), Some(ErrorCode::E01M0101), "{wire:?}");
        assert_eq!(
            error.to_string(),
            "sessionOpen refused by Netim: code E01-M0101, \"E01-M0101 : Unable to connect - Bad login / password \
             combinaison\"; check the credentials, and what the account lets them do"
        );
        assert_eq!(setup.service.calls(), ["sessionOpen"], "{wire:?}");
    }
}

#[test]
fn mode_and_language_are_set_with_the_session_and_not_shared_with_others() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let synchronous = setup.client(wire);
        let settings = || Settings { asynchronous: true, language: Some(Language::Fr), ..setup.settings() };
        let (asynchronous, same) = (setup.client_with(wire, settings()), setup.client_with(wire, settings()));
        synchronous.send(QueryDomainList::new()).expect("domains");
        assert_eq!(setup.service.asked("sessionSetPreference"), 0, "{wire:?}");
        asynchronous.send(QueryDomainList::new()).expect("domains");
        same.send(QueryDomainList::new()).expect("domains");
        let calls = ["sessionOpen", "sessionSetPreference", "queryDomainList", "queryDomainList"];
        assert_eq!(setup.service.calls()[2..], calls, "{wire:?}: right after opening");
        let preference = &setup.service.arguments("sessionSetPreference")[0];
        assert_eq!(preference.values()[1..], [("type", "sync"), ("value", "0")], "{wire:?}");
        assert_eq!(setup.service.arguments("sessionOpen")[1].value("language"), Some("FR"), "{wire:?}");
        assert_eq!(setup.service.sessions().len(), 2, "{wire:?}");
    }
}

#[test]
fn a_session_whose_mode_cannot_be_set_is_closed() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        setup.service.refuse("sessionSetPreference", "E13", "E13 : not so");
        let client = setup.client_with(wire, Settings { asynchronous: true, ..setup.settings() });
        let error = operate(&client, DomainRenew::new("example.com", 1)).expect_err("it would be synchronous");
        assert_eq!((error.command(), error.kind()), ("sessionSetPreference", ErrorKind::Refused), "{wire:?}: {error}");
        assert_eq!(setup.service.calls(), ["sessionOpen", "sessionSetPreference", "sessionClose"], "{wire:?}");
        assert_eq!(setup.service.sessions(), [""; 0], "{wire:?}: an account may have only so many");
    }
}
