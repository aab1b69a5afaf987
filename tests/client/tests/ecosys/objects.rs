//! Objects without bindings, and where requests go.

use super::support::{PASSWORD, Setup, write};
use bindwire_client::ecosys::{Client, DynamicObject, DynamicRecord, blocking};
use bindwire_client::{ErrorKind, RetryPolicy};
use bindwire_client_tests::Wire;
use bindwire_wire::Tree;

#[test]
fn an_object_without_bindings_is_written_and_read() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        let object = DynamicObject::new("CostLine");
        let made = write(
            &client,
            object.create([[("CostObjectID", "A"), ("CostObjectName", "x")], [("CostObjectID", ""), ("Other", "y")]]),
        );
        let made = made.expect("results");
        assert_eq!((made.written().count(), made.failed().count()), (1, 1), "{wire:?}");
        let changed =
            object.create_or_update([DynamicRecord::new().set("CostObjectID", "A").set("CostObjectName", "")]);
        assert!(write(&client, changed).expect("results").all_written(), "{wire:?}");
        assert_eq!(setup.service.records(), [("A".to_owned(), String::new())], "{wire:?}: an empty text is sent");

        let reply = client.send(object.read().parameter("filter", "A")).expect("records");
        let records: Vec<_> = object.records(&reply).collect();
        let expected =
            [("CostObjectID".into(), Tree::Text("A".into())), ("CostObjectName".into(), Tree::Text("".into()))];
        assert_eq!(records, [expected.as_slice()], "{wire:?}");

        assert!(write(&client, object.update([[("CostObjectID", "A")]])).expect("results").all_written(), "{wire:?}");
        assert!(write(&client, object.delete([[("CostObjectID", "A")]])).expect("results").all_written(), "{wire:?}");
        client.send(DynamicObject::new("Nightly").trigger()).expect("an answer");
        assert_eq!(setup.service.executions("Trigger"), 1, "{wire:?}");
    }
}

#[test]
fn nothing_is_written_twice() {
    for wire in Wire::ALL {
        let setup = Setup::with(|_, _| bindwire_loopback::Answer::Hangup);
        let retry = RetryPolicy::default().max_retries(2);
        let client = setup.client_with(wire, super::support::Settings { retry, ..setup.settings() });
        let object = DynamicObject::new("CostLine");
        let error = write(&client, object.create([[("CostObjectID", "A")]])).expect_err("no answer");
        assert_eq!((error.kind(), error.command()), (ErrorKind::OutcomeUnknown, "CreateCostLine"), "{wire:?}: {error}");
        assert_eq!(setup.server.requests().len(), 1, "{wire:?}");
        let error = write(&client, object.update([[("CostObjectID", "A")]])).expect_err("no answer");
        assert_eq!(error.command(), "UpdateCostLine", "{wire:?}: {error}");
        assert!(error.to_string().ends_with("may be sent again"), "{wire:?}: {error}");
        assert_eq!(setup.server.requests().len(), 2, "{wire:?}");
    }
}

#[test]
fn an_address_is_held_against_what_it_must_be() {
    for (address, says) in [
        ("ecosys.example/soap", "the address has no scheme"),
        ("http://ecosys.example/soap/{api}", "http://ecosys.example is not HTTPS"),
        ("https://user:word@ecosys.example/soap", "the address is not one"),
        ("https://ecosys.example/soap?key=word", "the address is not one"),
        ("https://ecosys.example/soap/{object}", "the address is not one"),
        ("", "the address has no scheme"),
    ] {
        let error = blocking::Client::builder(address, "user", PASSWORD).build().expect_err(address);
        assert_eq!(error.kind(), ErrorKind::Setup, "{address}");
        assert!(error.to_string().contains(says), "{address}: {error}");
        assert!(!error.to_string().contains("word"), "{address}: {error}");
    }
    let error = Client::builder("https://ecosys.example/soap/{api}", "", PASSWORD).build().expect_err("no name");
    assert_eq!(error.kind(), ErrorKind::Setup, "{error}");
    let builder = Client::builder("https://ecosys.example/soap", "user", PASSWORD);
    let error =
        builder.origin("https://other.example").build().expect_err("no address whose host could be another one");
    assert!(error.to_string().contains("has no address of its own; give that of the server"), "{error}");
}

#[test]
fn a_command_of_another_api_is_not_sent() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let error = setup.client(wire).send(bindwire_netim::session::SessionInfo::new()).expect_err("another API's");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{wire:?}: {error}");
        assert!(error.to_string().contains("none of an EcoSys object or event"), "{wire:?}: {error}");
        assert!(setup.server.requests().is_empty(), "{wire:?}");
    }
}
