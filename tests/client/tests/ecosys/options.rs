//! Options: the client's, a call's, and a command's own, each before the last.

use super::support::{PASSWORD, SetCall, Settings, Setup, call, key, record, write};
use bindwire_client::ecosys::Call;
use bindwire_client_tests::Wire;
use bindwire_ecosys::sample_object::{DeleteSampleObject, ReadSampleObject, UpdateSampleObject};
use bindwire_ecosys::types::{LogDebug, LogLevel, SampleObjectOptions};
use bindwire_loopback::ecosys::USER;
use bindwire_wire::Command;

/// What a call is set to.
struct OfCall;

impl<C: Command> SetCall<C> for OfCall {
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F> {
        call.include_meta_data(true).log_level(LogLevel::Fail).log_title("of the call")
    }
}

fn logged(setup: &Setup) -> Settings {
    let log = Some((LogLevel::Detail, "of the client", LogDebug::InputData));
    Settings { log, include_meta_data: Some(false), ..setup.settings() }
}

#[test]
fn credentials_go_in_the_options() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        write(&setup.client(wire), DeleteSampleObject::new([key("A")])).expect("results");
        let asked = &setup.service.asked()[0];
        assert_eq!(asked.options(), [("Username", USER), ("Password", PASSWORD)], "{wire:?}");
        assert_eq!((asked.basic, &asked.cookie), (false, &None), "{wire:?}");
        assert_eq!(asked.element.children[0].name, "SampleObjectOptions", "{wire:?}: options come first");
    }
}

#[test]
fn credentials_go_with_http() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client_with(wire, Settings { http_basic: true, ..setup.settings() });
        write(&client, DeleteSampleObject::new([key("A")])).expect("results");
        let asked = &setup.service.asked()[0];
        assert!(asked.basic && asked.options().is_empty(), "{wire:?}: {asked:?}");
        assert_eq!(setup.service.logins(), 1, "{wire:?}");
    }
}

#[test]
fn options_of_the_client_go_with_each_request() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client_with(wire, logged(&setup));
        write(&client, DeleteSampleObject::new([key("A")])).expect("results");
        client.send(ReadSampleObject::new()).expect("records");
        let asked = setup.service.asked();
        let first = [("Username", USER), ("Password", PASSWORD), ("IncludeMetaData", "false")];
        let log = [("LogLevel", "DETAIL"), ("LogTitle", "of the client"), ("LogDebug", "INPUT_DATA")];
        assert_eq!(asked[0].options(), [first, log].concat(), "{wire:?}");
        assert_eq!(asked[1].options(), first, "{wire:?}: only what writes is logged");
    }
}

#[test]
fn options_of_a_call_count_before_those_of_the_client() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        setup.service.add("A", "first");
        let client = setup.client_with(wire, logged(&setup));
        call(&client, UpdateSampleObject::new([record("A", "x")]), OfCall).expect("results");
        let read = call(&client, ReadSampleObject::new(), OfCall).expect("records");
        assert_eq!(read.meta.and_then(|meta| meta.object_count), Some(1), "{wire:?}");
        let expected = [
            ("Username", USER),
            ("Password", PASSWORD),
            ("IncludeMetaData", "true"),
            ("LogLevel", "FAIL"),
            ("LogTitle", "of the call"),
            ("LogDebug", "INPUT_DATA"),
        ];
        let asked = setup.service.asked();
        assert_eq!(asked[0].options(), expected, "{wire:?}");
        assert_eq!(asked[1].options(), expected[..3], "{wire:?}");
    }
}

#[test]
fn options_of_a_command_count_before_all_others() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client_with(wire, Settings { keep_session: true, ..logged(&setup) });
        client.send(ReadSampleObject::new()).expect("records");
        let own = SampleObjectOptions {
            username: Some(USER.to_owned().into()),
            password: Some(PASSWORD.to_owned().into()),
            log_title: "of the command".into(),
            ..SampleObjectOptions::default()
        };
        call(&client, UpdateSampleObject::new([record("A", "x")]).options(own), OfCall).expect("results");
        let asked = setup.service.asked();
        let expected = [
            ("Username", USER),
            ("Password", PASSWORD),
            ("IncludeMetaData", "true"),
            ("LogLevel", "FAIL"),
            ("LogTitle", "of the command"),
            ("LogDebug", "INPUT_DATA"),
        ];
        assert_eq!(asked[1].options(), expected, "{wire:?}");
        assert_eq!(asked[1].cookie, None, "{wire:?}: who has credentials of his own has no part in the session");
    }
}
