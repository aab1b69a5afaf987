//! Sessions: one login for many calls, by a cookie that is no one else's; wrong credentials are sent once.

use super::support::{PASSWORD, SetCall, Settings, Setup, call, close, key, record, write};
use bindwire_client::ErrorKind;
use bindwire_client::ecosys::Call;
use bindwire_client_tests::Wire;
use bindwire_ecosys::sample_object::{CreateSampleObject, DeleteSampleObject, ReadSampleObject};
use bindwire_loopback::Answer;
use bindwire_loopback::ecosys::Door;
use bindwire_wire::Command;

/// A call that ends the session.
struct LogsOut;

impl<C: Command> SetCall<C> for LogsOut {
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F> {
        call.logout(true)
    }
}

#[test]
fn without_a_session_each_request_logs_in() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        for _ in 0..3 {
            client.send(ReadSampleObject::new()).expect("records");
        }
        assert_eq!((setup.service.logins(), setup.service.has_session()), (3, false), "{wire:?}");
        assert!(setup.service.asked().iter().all(|asked| asked.cookie.is_none()), "{wire:?}");
    }
}

#[test]
fn one_login_serves_for_many_calls() {
    for wire in Wire::ALL {
        for http_basic in [false, true] {
            let at = format!("{wire:?}, basic: {http_basic}");
            let setup = Setup::new();
            let settings = Settings { http_basic, keep_session: true, ..setup.settings() };
            let client = setup.client_with(wire, settings);
            for _ in 0..3 {
                client.send(ReadSampleObject::new()).expect("records");
            }
            write(&client, CreateSampleObject::new([record("A", "x")])).expect("results");
            assert_eq!(setup.service.logins(), 1, "{at}");
            let asked = setup.service.asked();
            assert_eq!(asked[0].cookie, None, "{at}");
            assert!(asked[0].options().ends_with(&[("LogoutSession", "false")]), "{at}");
            for asked in &asked[1..] {
                assert_eq!(asked.cookie.as_deref(), Some("JSESSIONID=5E5510171"), "{at}");
                assert_eq!(asked.options(), [("LogoutSession", "false")], "{at}: credentials go once");
                assert!(!asked.basic, "{at}");
            }
        }
    }
}

#[test]
fn a_read_logs_in_again_where_the_session_has_ended_and_a_write_does_not() {
    for wire in Wire::ALL {
        for door in [Door::Status, Door::Fault] {
            let at = format!("{wire:?} {door:?}");
            let setup = Setup::new();
            setup.service.set_door(door);
            let client = setup.keeping(wire);
            client.send(ReadSampleObject::new()).expect("records");
            setup.service.end_sessions();
            client.send(ReadSampleObject::new()).unwrap_or_else(|error| panic!("{at}: {error}"));
            assert_eq!((setup.service.logins(), setup.service.refused()), (2, 1), "{at}");

            setup.service.end_sessions();
            let error = write(&client, CreateSampleObject::new([record("A", "x")])).expect_err("the session has ended");
            assert!(error.to_string().contains("nothing was"), "{at}: {error}");
            assert_eq!((setup.service.executions("Create"), setup.service.logins()), (0, 2), "{at}");
            write(&client, CreateSampleObject::new([record("A", "x")])).unwrap_or_else(|error| panic!("{at}: {error}"));
            assert_eq!((setup.service.executions("Create"), setup.service.logins()), (1, 3), "{at}");
        }
    }
}

#[test]
fn wrong_credentials_are_sent_once() {
    for wire in Wire::ALL {
        for (door, kind) in [(Door::Status, ErrorKind::Http), (Door::Fault, ErrorKind::Refused)] {
            for keep_session in [false, true] {
                let at = format!("{wire:?} {door:?}, kept: {keep_session}");
                let setup = Setup::new();
                setup.service.set_door(door);
                let settings = Settings { keep_session, ..setup.settings() };
                let client = setup.stranger(wire, settings);
                let error = client.send(ReadSampleObject::new()).expect_err("nobody is let in");
                assert_eq!((error.kind(), error.command()), (kind, "ReadSampleObject"), "{at}: {error}");
                assert_eq!(setup.service.refused(), 1, "{at}: three wrong ones lock the user out");
            }
        }
    }
}

#[test]
fn wrong_credentials_of_many_calls_at_a_time_are_sent_once() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let settings = Settings { keep_session: true, ..setup.settings() };
        let client = setup.stranger(wire, settings);
        let results = client.send_all(vec![ReadSampleObject::new(); 8]);
        assert!(results.iter().all(Result::is_err), "{wire:?}");
        let refused = setup.service.refused();
        // A thread that comes when the others are through is told nothing of them.
        assert!(refused == 1 || wire == Wire::Ureq && refused < 8, "{wire:?}: {refused}");
    }
}

#[test]
fn many_calls_at_a_time_log_in_once() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.keeping(wire);
        let results = client.send_all(vec![ReadSampleObject::new(); 8]);
        assert!(results.iter().all(Result::is_ok), "{wire:?}");
        assert_eq!((setup.service.logins(), setup.service.executions("Read")), (1, 8), "{wire:?}");
    }
}

#[test]
fn the_last_call_can_end_the_session() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.keeping(wire);
        client.send(ReadSampleObject::new()).expect("records");
        call(&client, ReadSampleObject::new(), LogsOut).expect("records");
        assert!(!setup.service.has_session(), "{wire:?}");
        assert_eq!(setup.service.asked()[1].options(), [("LogoutSession", "true")], "{wire:?}");
        client.send(ReadSampleObject::new()).expect("records");
        assert_eq!((setup.service.logins(), setup.service.refused()), (2, 0), "{wire:?}: the cookie is gone");
        assert_eq!(setup.service.asked()[2].cookie, None, "{wire:?}");
    }
}

#[test]
fn a_session_that_is_closed_is_forgotten() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.keeping(wire);
        client.send(ReadSampleObject::new()).expect("records");
        close(&client).expect("nothing is sent");
        assert_eq!(setup.server.requests().len(), 1, "{wire:?}");
        client.send(ReadSampleObject::new()).expect("records");
        assert_eq!(setup.service.asked()[1].cookie, None, "{wire:?}");
    }
}

#[test]
fn a_session_is_of_its_client_alone() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let (first, second) = (setup.keeping(wire), setup.keeping(wire));
        first.send(ReadSampleObject::new()).expect("records");
        second.send(ReadSampleObject::new()).expect("records");
        assert_eq!(setup.service.asked()[1].cookie, None, "{wire:?}");
        // The second login has ended the first one's session, as the server has it.
        first.send(ReadSampleObject::new()).expect("records");
        assert_eq!((setup.service.logins(), setup.service.refused()), (3, 1), "{wire:?}");
    }
}

#[test]
fn a_server_without_cookies_is_logged_in_to_each_time() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            let mut reply = service.answer(request);
            reply.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("set-cookie"));
            Answer::Reply(reply)
        });
        let client = setup.keeping(wire);
        for _ in 0..2 {
            client.send(ReadSampleObject::new()).expect("records");
        }
        assert_eq!(setup.service.logins(), 2, "{wire:?}");
    }
}

#[test]
fn a_cookie_that_an_error_sets_is_not_a_session() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            let reply = service.answer(request);
            let is_refused = reply.status == 401;
            Answer::Reply(if is_refused { reply.header("Set-Cookie", "JSESSIONID=nobody00; Path=/") } else { reply })
        });
        let settings = Settings { keep_session: true, ..setup.settings() };
        let client = setup.stranger(wire, settings);
        client.send(ReadSampleObject::new()).expect_err("nobody is let in");
        setup.service.set_password("wrong");
        client.send(ReadSampleObject::new()).expect("records");
        assert_eq!(setup.service.asked()[1].cookie, None, "{wire:?}");
        setup.service.set_password(PASSWORD);
        write(&client, DeleteSampleObject::new([key("A")])).expect("the session is open");
    }
}

#[test]
fn a_name_with_a_colon_cannot_go_with_http() {
    let client = bindwire_client::ecosys::blocking::Client::builder("http://127.0.0.1:9/{api}", "a:b", PASSWORD)
        .http_basic(true)
        .build()
        .expect("a client");
    let error = client.send(ReadSampleObject::new()).expect_err("the name has a colon");
    assert_eq!(error.kind(), ErrorKind::Setup, "{error}");
    assert!(error.to_string().contains("a name with a colon"), "{error}");
}
