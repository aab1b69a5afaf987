//! The version of the API that is spoken: in the namespace, and in the argument where that is wanted.

use super::support::{Settings, Setup, close, create, keep_alive, zones};
use bindwire_client::{ErrorKind, dynect};
use bindwire_client_tests::Wire;
use bindwire_dynect::codes::ErrorCode;
use bindwire_dynect::zone::GetZones;
use bindwire_loopback::soap::{self, SoapCall};
use bindwire_wire::Class;

/// The command, the version in the namespace and the argument of everything that came.
fn spoken(setup: &Setup) -> Vec<(String, String, Option<String>)> {
    let told = |SoapCall { asked, .. }: SoapCall| {
        let version = asked.namespace.split('/').nth(4).unwrap_or_default().to_owned();
        let argument = asked.value("version").map(str::to_owned);
        let last = asked.children.last().filter(|child| child.name == "version");
        assert_eq!(last.map(|child| &child.text), argument.as_ref(), "{}: it is the last child", asked.name);
        (asked.name.trim_end_matches("Request").to_owned(), version, argument)
    };
    setup.server.requests().iter().map(|request| told(soap::read(request).expect("a SOAP request"))).collect()
}

#[test]
fn the_namespace_tells_the_version_of_the_spec_the_client_or_the_call() {
    for wire in Wire::ALL {
        for (set, of_client) in [(None, "3.7.16"), (Some("3.7.11"), "3.7.11")] {
            let setup = Setup::new();
            setup.service.slow("GetZones", 0);
            let client = setup.client_with(wire, Settings { version: set, ..setup.settings() });
            client.send(create("example.com")).expect("a zone");
            let found = client.either(
                |client| async move { client.call(GetZones::new()).version("2.3.1").send().await },
                |client| client.call(GetZones::new()).version("2.3.1").send(),
            );
            assert_eq!(found.expect("zones").data.len(), 1, "{wire:?}");
            let spoken: Vec<_> = spoken(&setup);
            let expected = [
                ("SessionLogin", of_client),
                ("CreateZone", of_client),
                ("GetZones", "2.3.1"),
                // The job is of the version that its command is of.
                ("GetJob", "2.3.1"),
            ];
            let expected = expected.map(|(command, version)| (command.to_owned(), version.to_owned(), None));
            assert_eq!(spoken, expected, "{wire:?}");
        }
    }
}

#[test]
fn the_argument_says_the_version_where_it_is_wanted() {
    for wire in Wire::ALL {
        for (set, of_client) in [(None, "3.7.16"), (Some("3.7.11"), "3.7.11")] {
            let setup = Setup::new();
            setup.service.slow("GetZones", 0);
            let settings = Settings { version: set, version_argument: true, ..setup.settings() };
            let client = setup.client_with(wire, settings);
            zones(&client).expect("zones");
            client
                .either(
                    |client| async move { client.call(GetZones::new()).version("2.3.1").send().await },
                    |client| client.call(GetZones::new()).version("2.3.1").send(),
                )
                .expect("zones");
            for (command, version, argument) in spoken(&setup) {
                let is_own = matches!(&*command, "GetZones" | "GetJob");
                assert_eq!(argument, is_own.then_some(version), "{wire:?} {command}");
            }
            let versions: Vec<_> = spoken(&setup).into_iter().map(|(_, version, _)| version).collect();
            assert_eq!(versions, [of_client, of_client, of_client, "2.3.1", "2.3.1"], "{wire:?}");
        }
    }
}

#[test]
fn an_unknown_version_arrives_typed() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        let error = client
            .either(
                |client| async move { client.call(create("example.com")).version("9.9.9").send().await },
                |client| client.call(create("example.com")).version("9.9.9").send(),
            )
            .expect_err("there is no such version");
        assert_eq!((error.command(), error.kind()), ("CreateZone", ErrorKind::Refused), "{wire:?}: {error}");
        assert_eq!(error.class(), Some(Class::Unsupported), "{wire:?}: {error}");
        assert_eq!(error.refusal().and_then(ErrorCode::of), Some(ErrorCode::InvalidVersion), "{wire:?}");
        assert_eq!(
            error.to_string(),
            "CreateZone refused by DynECT: code INVALID_VERSION, \"version: no such version\"; nothing was changed"
        );
        assert_eq!(setup.service.calls(), ["SessionLogin", "CreateZone"], "{wire:?}");

        let unknown = setup.client_with(wire, Settings { version: Some("9.9.9"), ..setup.settings() });
        keep_alive(&unknown).expect_err("there is no such version");
        zones(&client).expect("zones");
        assert_eq!(setup.service.asked("SessionLogin"), 1, "{wire:?}: the session is still there");

        close(&client).expect("a logout");
        let error = zones(&unknown).expect_err("there is no such version");
        assert_eq!(error.refusal().and_then(ErrorCode::of), Some(ErrorCode::InvalidVersion), "{wire:?}: {error}");
        assert_eq!((error.command(), error.class()), ("SessionLogin", Some(Class::Unsupported)), "{wire:?}: {error}");
    }
}

#[test]
fn each_version_has_a_description() {
    let [latest, old] = ["current", "3.7.11"].map(dynect::Client::wsdl);
    assert_eq!(latest, "https://api2.dynect.net/wsdl/current/Dynect.wsdl");
    assert_eq!(old, "https://api2.dynect.net/wsdl/3.7.11/Dynect.wsdl");
    assert_eq!(dynect::blocking::Client::wsdl("current"), latest);
}
