//! What became of a function whose answer was lost: what is pending, what stands in the account, and what proves nothing.

use super::support::{Setup, operate};
use bindwire_client::netim::{Reconciliation, Verdict};
use bindwire_client::{Error, ErrorKind, Result};
use bindwire_client_tests::{Netim, Via, Wire};
use bindwire_loopback::netim::Netim as Service;
use bindwire_loopback::{Answer, Reply, Request, soap};
use bindwire_netim::domain::{DomainCreate, DomainRenew};
use bindwire_netim::transfer::{DomainAuthId, DomainTransferIn};
use bindwire_netim::types::OperationType;
use bindwire_wire::Date;

/// What the account tells of itself.
#[derive(Clone, Copy, Default)]
struct Told {
    /// The operations that are pending: what each does, and what it is about.
    pending: &'static [(&'static str, &'static str)],
    /// When the domain was registered, where it is in the account.
    created: Option<&'static str>,
}

/// A reply that returns this.
fn returned(function: &str, fields: &str) -> Reply {
    let payload = format!("<tns:{function}Response><return>{fields}</return></tns:{function}Response>");
    soap::reply(200, &soap::envelope("urn:DRS", &payload))
}

impl Told {
    fn answer(self, service: &Service, request: &Request) -> Answer {
        let text = request.text();
        Answer::Reply(if text.contains("<m:queryOpePending ") {
            let items = self.pending.iter().enumerate().map(|(id, (code, about))| {
                format!("<item><id_ope>{id}</id_ope><code_ope>{code}</code_ope><data_ope>{about}</data_ope></item>")
            });
            returned("queryOpePending", &items.collect::<String>())
        } else if let (true, Some(day)) = (text.contains("<m:domainInfo "), self.created) {
            let days = format!("<dateCreate>{day}</dateCreate><dateExpiration>2027-03-01</dateExpiration>");
            returned("domainInfo", &format!("<domain>example.com</domain>{days}"))
        } else {
            service.answer(request)
        })
    }

    fn setup(self) -> Setup {
        Setup::with(move |service, request| self.answer(service, request))
    }
}

fn reconcile(client: &Via<Netim>, error: &Error) -> Result<Reconciliation> {
    match client {
        Via::Awaited(client, runtime) => runtime.block_on(client.reconcile(error)),
        Via::Blocks(client) => client.reconcile(error),
    }
}

/// A client whose every call of `function` loses its answer, with an account that has no domain unless `told` says so.
fn losing(wire: Wire, function: &str, told: Told) -> (Setup, Via<Netim>) {
    let setup = told.setup();
    setup.service.refuse(function, "Server", "Internal error");
    setup.service.refuse("domainInfo", "E15-M1502", "E15-M1502 : not managed");
    let client = setup.client(wire);
    (setup, client)
}

fn create() -> DomainCreate {
    DomainCreate::new("example.com", "OWN1", "ADM1", "TEC1", "BIL1", "ns1.example.net", "ns2.example.net", 1)
}

/// What becomes of a domain's registration, of which the answer was lost, with what the account tells.
fn created(wire: Wire, told: Told) -> Reconciliation {
    let (_setup, client) = losing(wire, "domainCreate", told);
    let error = operate(&client, create()).expect_err("its answer is lost");
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error}");
    reconcile(&client, &error).unwrap_or_else(|error| panic!("{wire:?}: {error}"))
}

#[test]
fn what_is_pending_was_taken() {
    for wire in Wire::ALL {
        let pending = &[
            ("domainRenew", "example.com"),
            ("domainCreate", "another.com"),
            ("domainCreate", "EXAMPLE.com"),
            ("domainCreate", ""),
        ];
        let found = created(wire, Told { pending, ..Told::default() });
        assert_eq!(found.verdict, Verdict::Pending, "{wire:?}");
        let ids: Vec<_> = found.operations.iter().map(|operation| operation.id_ope).collect();
        assert_eq!(ids, [Some(2), Some(3)], "{wire:?}: another domain's, and another function's, are not its own");
        assert_eq!(found.operations[0].code_ope, Some(OperationType::DomainCreate), "{wire:?}");
    }
}

#[test]
fn a_domain_that_is_new_in_the_account_was_registered() {
    // The request is sent on the first of March, at noon in UTC.
    for (day, verdict) in [
        ("2026-03-01", Verdict::CarriedOut),
        ("2026-02-28", Verdict::CarriedOut),
        ("2026-02-27", Verdict::Unclear),
        ("2019-03-01", Verdict::Unclear),
        ("", Verdict::Unclear),
    ] {
        for wire in Wire::ALL {
            let found = created(wire, Told { created: Some(day), ..Told::default() });
            assert_eq!(found.verdict, verdict, "{wire:?} {day:?}");
            let domain = found.domain.expect("the domain");
            assert_eq!((&*domain.domain, domain.date_create), ("example.com", day.parse::<Date>().ok()));
        }
    }
}

#[test]
fn a_domain_that_is_not_there_is_not_seen() {
    for wire in Wire::ALL {
        let found = created(wire, Told::default());
        assert_eq!((found.verdict, found.operations.len(), found.domain), (Verdict::NotSeen, 0, None), "{wire:?}");
    }
}

#[test]
fn a_domain_that_was_transferred_here_is_here() {
    for wire in Wire::ALL {
        let (_setup, client) =
            losing(wire, "domainTransferIn", Told { created: Some("2019-03-01"), ..Told::default() });
        let [owner, admin, tech, billing] = ["OWN1", "ADM1", "TEC1", "BIL1"];
        let transfer =
            DomainTransferIn::new("example.com", owner, admin, tech, billing, "ns1.example.net", "ns2.example.net");
        let error = operate(&client, transfer).expect_err("its answer is lost");
        assert_eq!(reconcile(&client, &error).expect("a verdict").verdict, Verdict::CarriedOut, "{wire:?}");
    }
}

#[test]
fn a_renewal_that_is_not_pending_is_unclear() {
    for wire in Wire::ALL {
        for day in [Some("2019-03-01"), None] {
            let (setup, client) = losing(wire, "domainRenew", Told { created: day, ..Told::default() });
            let error = operate(&client, DomainRenew::new("example.com", 1)).expect_err("its answer is lost");
            let found = reconcile(&client, &error).expect("a verdict");
            assert_eq!((found.verdict, found.domain.is_some()), (Verdict::Unclear, day.is_some()), "{wire:?}");
            assert_eq!(setup.service.asked("domainRenew"), 1, "{wire:?}: asking does not send it again");
        }
    }
}

#[test]
fn what_cannot_be_asked_after_says_so() {
    for wire in Wire::ALL {
        let (setup, client) = losing(wire, "domainAuthID", Told::default());
        let error = client.send(DomainAuthId::new("example.com", false)).expect_err("its answer is lost");
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{wire:?}: {error}");
        let error = reconcile(&client, &error).expect_err("nothing tells");
        assert_eq!(
            error.to_string(),
            "domainAuthID: cannot be reconciled: no function is known that tells what became of it; look at the account"
        );

        setup.service.refuse("domainRenew", "E13", "E13 : duration : Invalid value");
        let error = operate(&client, DomainRenew::new("example.com", 1)).expect_err("a refusal");
        let error = reconcile(&client, &error).expect_err("nothing was lost");
        assert!(error.to_string().contains("the error says that the outcome is known"), "{wire:?}: {error}");
    }
}

#[test]
fn a_question_that_fails_is_its_own_error() {
    for wire in Wire::ALL {
        let (setup, client) = losing(wire, "domainRenew", Told::default());
        let error = operate(&client, DomainRenew::new("example.com", 1)).expect_err("its answer is lost");
        setup.service.refuse("domainInfo", "E13", "E13 : not today");
        let error = reconcile(&client, &error).expect_err("a refusal");
        assert_eq!((error.command(), error.kind()), ("domainInfo", ErrorKind::Refused), "{wire:?}: {error}");
    }
}
