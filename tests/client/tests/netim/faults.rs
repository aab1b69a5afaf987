//! Faults: typed by their code, wherever it stands, and by its family where only that is known.

use super::support::Setup;
use bindwire_client::{Error, ErrorKind};
use bindwire_client_tests::Wire;
use bindwire_netim::codes::ErrorCode;
use bindwire_netim::domain::{DomainInfo, DomainRenew};
use bindwire_wire::{Class, OpenEnum as _};

/// What a read and what spends come to that are refused.
fn refused(wire: Wire, code: &str, text: &str) -> [Error; 2] {
    let setup = Setup::new();
    setup.service.refuse("domainInfo", code, text);
    setup.service.refuse("domainRenew", code, text);
    let client = setup.client(wire);
    let errors = [
        client.send(DomainInfo::new("example.com")).expect_err("a fault"),
        client.send(DomainRenew::new("example.com", 1)).expect_err("a fault"),
    ];
    assert_eq!(setup.service.asked("sessionOpen"), 1, "{wire:?} {code}: the session lasts");
    assert_eq!(setup.service.asked("domainRenew"), 1, "{wire:?} {code}");
    errors
}

#[test]
fn a_code_is_found_wherever_it_stands() {
    for wire in Wire::ALL {
        for (word, class, may_have_run) in [
            ("E01", Class::Auth, false),
            ("E01-M0101", Class::Auth, false),
            ("E01-M9999", Class::Auth, false),
            ("E02", Class::Auth, false),
            ("E13", Class::InvalidRequest, false),
            ("E13-M1305", Class::InvalidRequest, false),
            ("E13-M9999", Class::InvalidRequest, false),
            ("E15-M1502", Class::NotFound, false),
            ("E15-M9999", Class::Other, true),
            ("E14", Class::Other, true),
            ("E99-M0001", Class::Other, true),
        ] {
            let text = format!("{word} : what is wrong");
            for code in [word, "SOAP-ENV:Server", "Server"] {
                let [read, spend] = refused(wire, code, &text);
                let at = format!("{wire:?} {code} {word}: {spend}");
                for error in [&read, &spend] {
                    let refusal = error.refusal().expect("a refusal");
                    assert_eq!((refusal.class, refusal.code_word.as_str()), (class, word), "{at}");
                    assert_eq!(error.api_message(), Some(&*text), "{at}");
                    assert_eq!((error.cause(), error.http_status()), (ErrorKind::Refused, Some(500)), "{at}");
                    let fault = refusal.fault.as_deref().expect("a fault");
                    assert_eq!((fault.code.as_str(), fault.string.as_str()), (code, &*text), "{at}");
                    let typed = ErrorCode::of(refusal).expect("a code");
                    let is_known = ErrorCode::VALUES.contains(&word);
                    assert_eq!(matches!(typed, ErrorCode::Unknown(_)), !is_known, "{at}");
                }
                assert_eq!((read.may_have_run(), spend.may_have_run()), (false, may_have_run), "{at}");
                assert_eq!(spend.lost().is_some(), may_have_run, "{at}");
            }
        }
    }
}

#[test]
fn a_fault_without_a_code_leaves_the_outcome_open() {
    for wire in Wire::ALL {
        let [read, spend] = refused(wire, "SOAP-ENV:Server", "Internal error");
        assert_eq!(read.to_string(), "domainInfo refused by Netim: \"Internal error\"", "{wire:?}");
        assert_eq!(
            spend.to_string(),
            "domainRenew: outcome unknown: Netim says \"Internal error\"; it may have been carried out: reconcile (by \
             queryOpePending, domainInfo) before it is sent again",
            "{wire:?}"
        );
        let [_, spend] = refused(wire, "SOAP-ENV:Client", "Bad request");
        assert_eq!((spend.class(), spend.may_have_run()), (Some(Class::InvalidRequest), false), "{wire:?}: {spend}");
    }
}
