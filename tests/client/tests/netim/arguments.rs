//! Arguments: by name and by position the server is told the same.

use super::support::{Settings, Setup, operate};
use bindwire_client_tests::Wire;
use bindwire_loopback::netim::Bound;
use bindwire_netim::contact::ContactCreate;
use bindwire_netim::domain::{DomainCheck, DomainCreate};
use bindwire_netim::ssl::SslCreate;
use bindwire_netim::transfer::DomainTransferIn;
use bindwire_netim::types::{BodyForm, StructCSR, StructContact};

fn contact() -> StructContact {
    StructContact {
        first_name: "Zoë & <Co>".into(),
        last_name: "Example".into(),
        body_form: Some(BodyForm::Individual),
        address1: "1 Street".into(),
        zip_code: "59000".into(),
        city: "Lille".into(),
        country: "FR".into(),
        phone: "+33 123456789".into(),
        email: "zoe@example.com".into(),
        is_owner: Some(true),
        additional: vec![("vat", "FR123").into()],
        ..StructContact::default()
    }
}

/// What each command was bound to.
fn bound(wire: Wire, positional: bool) -> Vec<Bound> {
    let setup = Setup::new();
    let client = setup.client_with(wire, Settings { positional, ..setup.settings() });
    let create =
        DomainCreate::new("bücher.example", "OWN1", "ADM1", "TEC1", "BIL1", "ns1.example.com", "ns2.example.com", 3);
    operate(&client, create.ns4("ns4.example.com").template_dns(5_u32)).expect("an operation");
    let transfer =
        DomainTransferIn::new("example.com", "OWN1", "ADM1", "TEC1", "BIL1", "ns1.example.com", "ns2.example.com");
    operate(&client, transfer.auth_id("a <code> & more")).expect("an operation");
    operate(&client, SslCreate::new("SSL", 1, StructCSR::default(), "dns")).expect("an operation");
    client.send(ContactCreate::new(contact())).expect("a contact");
    client.send(DomainCheck::new(["example.com", "example.net"])).expect("results");
    let functions = ["domainCreate", "domainTransferIn", "sslCreate", "contactCreate", "domainCheck"];
    functions.iter().flat_map(|function| setup.service.arguments(function)).collect()
}

#[test]
fn names_and_positions_tell_the_server_the_same() {
    for wire in Wire::ALL {
        let [named, positional] = [false, true].map(|positional| bound(wire, positional));
        assert_eq!((named.len(), positional.len()), (5, 5), "{wire:?}");
        for (by_name, by_position) in named.iter().zip(&positional) {
            assert!(by_name.by_name && !by_position.by_name, "{wire:?}");
            assert_eq!(by_name.values(), by_position.values(), "{wire:?}");
            let content =
                |bound: &Bound| bound.arguments.iter().map(|(_, element)| element.children.clone()).collect::<Vec<_>>();
            assert_eq!(content(by_name), content(by_position), "{wire:?}: what stands in structures has names in both");
        }
        let id = ("IDSession", "0123456789abcdef0123456789abcde1");
        assert_eq!(
            named[0].values(),
            [
                id,
                ("domain", "xn--bcher-kva.example"),
                ("idOwner", "OWN1"),
                ("idAdmin", "ADM1"),
                ("idTech", "TEC1"),
                ("idBilling", "BIL1"),
                ("ns1", "ns1.example.com"),
                ("ns2", "ns2.example.com"),
                ("ns4", "ns4.example.com"),
                ("duration", "3"),
                ("templateDNS", "5"),
            ],
            "{wire:?}: what is left out keeps its place"
        );
        assert_eq!(named[1].value("authID"), Some("a <code> & more"), "{wire:?}");
        assert_eq!(named[4].values(), [id, ("domain", "example.com;example.net")], "{wire:?}");
        let types: Vec<_> =
            named[0].arguments.iter().filter_map(|(_, element)| element.attribute("xsi:type")).collect();
        assert!(types.len() == 11 && types[9] == "xsd:int" && types[0] == "xsd:string", "{wire:?}: {types:?}");
        let contact = &named[3].arguments[1].1;
        assert_eq!(contact.value("firstName"), Some("Zoë & <Co>"), "{wire:?}");
        assert_eq!((contact.value("bodyForm"), contact.value("isOwner")), (Some("IND"), Some("1")), "{wire:?}");
        let additional = &contact.child("additional").expect("a map").children[0];
        assert_eq!((additional.value("key"), additional.value("value")), (Some("vat"), Some("FR123")), "{wire:?}");
    }
}
