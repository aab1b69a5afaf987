//! The session: opened when it is first needed, shared, kept, closed, and opened anew when it has ended.

use super::support::{Setup, close, create, keep_alive, zones};
use bindwire_client::{ErrorKind, Result};
use bindwire_client_tests::{Dynect, Via, Wire};
use bindwire_dynect::codes::ErrorCode;
use bindwire_dynect::zone::GetZones;
use bindwire_loopback::soap::{self, SoapCall};
use bindwire_loopback::{Answer, Reply};
use bindwire_wire::Class;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// What came, taken out of its envelopes.
fn calls(setup: &Setup) -> Vec<SoapCall> {
    setup.server.requests().iter().map(|request| soap::read(request).expect("a SOAP request")).collect()
}

#[test]
fn the_first_call_logs_in_and_the_token_is_the_first_child_of_every_other_request() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        assert_eq!(setup.server.connections(), 0, "{wire:?}: setting up sends nothing");
        client.send(create("example.com")).expect("a zone");
        assert_eq!(zones(&client).expect("zones"), ["example.com"], "{wire:?}");
        close(&client).expect("a logout");

        let calls = calls(&setup);
        let [login, others @ ..] = &calls[..] else { panic!("{wire:?}: nothing was sent") };
        assert_eq!(login.asked.name, "SessionLoginRequest", "{wire:?}");
        assert_eq!(login.names(), ["user_name", "customer_name", "password"], "{wire:?}");
        assert_eq!(others.len(), 3, "{wire:?}");
        for call in others {
            let first = call.asked.children.first().expect("a child");
            assert_eq!(
                (first.name.as_str(), first.text.as_str()),
                ("token", "TOKEN==1"),
                "{wire:?} {}",
                call.asked.name
            );
            assert_eq!(call.names().iter().filter(|name| **name == "token").count(), 1, "{wire:?}");
        }
        assert_eq!(others[0].names(), ["token", "zone", "rname", "ttl"], "{wire:?}: in the order of the schema");
    }
}

#[test]
fn clients_and_clones_of_one_user_share_a_session() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let (first, second) = (setup.client(wire), setup.client(wire));
        zones(&first).expect("zones");
        zones(&second).expect("zones");
        let of_clone: Result<_> = first.either(
            |client| async move { client.clone().send(GetZones::new()).await },
            |client| client.clone().send(GetZones::new()),
        );
        of_clone.expect("zones");
        assert_eq!(setup.service.calls(), ["SessionLogin", "GetZones", "GetZones", "GetZones"], "{wire:?}");
    }
}

#[test]
fn calls_at_a_time_log_in_once() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        for found in client.send_all(vec![GetZones::new(); 20]) {
            found.expect("zones");
        }
        assert_eq!((setup.service.asked("SessionLogin"), setup.service.asked("GetZones")), (1, 20), "{wire:?}");
    }
}

#[test]
fn closing_logs_out_and_the_next_call_logs_in_anew() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        close(&client).expect("nothing to close");
        assert_eq!(setup.server.connections(), 0, "{wire:?}: without a session nothing is sent");
        zones(&client).expect("zones");
        close(&client).expect("a logout");
        assert_eq!(setup.service.tokens(), [""; 0], "{wire:?}");
        close(&client).expect("nothing to close");
        zones(&client).expect("zones");
        let calls = ["SessionLogin", "GetZones", "SessionLogout", "SessionLogin", "GetZones"];
        assert_eq!(setup.service.calls(), calls, "{wire:?}");
        assert_eq!(setup.service.tokens(), ["TOKEN==2"], "{wire:?}");
    }
}

#[test]
fn a_session_is_forgotten_also_where_its_logout_fails() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            if request.text().contains("SessionLogout") {
                return Answer::Hangup;
            }
            Answer::Reply(service.answer(request))
        });
        let client = setup.client(wire);
        zones(&client).expect("zones");
        let error = close(&client).expect_err("no answer");
        assert_eq!((error.command(), error.kind()), ("SessionLogout", ErrorKind::CutOff), "{wire:?}: {error}");
        zones(&client).expect("zones");
        assert_eq!(setup.service.asked("SessionLogin"), 2, "{wire:?}");
    }
}

#[test]
fn a_logout_whose_answer_is_lost_is_one_and_so_is_that_of_an_ended_session() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            let is_first = service.asked("SessionLogout") == 0;
            let reply = service.answer(request);
            if request.text().contains("SessionLogout") && is_first { Answer::Hangup } else { Answer::Reply(reply) }
        });
        let client = setup.client(wire);
        zones(&client).expect("zones");
        close(&client).expect("a logout");
        assert_eq!((setup.service.asked("SessionLogout"), setup.service.tokens().len()), (2, 0), "{wire:?}");
        zones(&client).expect("zones");
        setup.service.end_sessions();
        close(&client).expect("it is over");
    }
}

#[test]
fn a_read_in_an_ended_session_logs_in_again_once() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        client.send(create("example.com")).expect("a zone");
        setup.service.end_sessions();
        assert_eq!(zones(&client).expect("zones"), ["example.com"], "{wire:?}");
        let calls = setup.service.calls();
        let renewed = ["GetZones", "SessionIsAlive", "SessionLogin", "GetZones"];
        assert_eq!(calls[2..], renewed, "{wire:?}");
        zones(&client).expect("zones");
        assert_eq!(setup.service.asked("SessionLogin"), 2, "{wire:?}");
    }
}

/// A service whose sessions end as soon as they are used, as long as it is told so.
fn ending() -> (Setup, Arc<AtomicBool>) {
    let ends = Arc::new(AtomicBool::new(true));
    let told = ends.clone();
    let setup = Setup::with(move |service, request| {
        if !request.text().contains("SessionLogin") && told.load(Ordering::SeqCst) {
            service.end_sessions();
        }
        Answer::Reply(service.answer(request))
    });
    (setup, ends)
}

#[test]
fn a_read_whose_new_session_has_ended_too_is_an_error_and_the_next_call_logs_in() {
    for wire in Wire::ALL {
        let (setup, ends) = ending();
        let client = setup.client(wire);
        let error = zones(&client).expect_err("two sessions ended");
        assert_eq!((error.command(), error.kind()), ("GetZones", ErrorKind::Refused), "{wire:?}: {error}");
        assert_eq!(setup.service.asked("GetZones"), 2, "{wire:?}");
        assert_eq!(setup.service.asked("SessionLogin"), 2, "{wire:?}");
        ends.store(false, Ordering::SeqCst);
        zones(&client).expect("zones");
        assert_eq!((setup.service.asked("SessionLogin"), setup.service.asked("GetZones")), (3, 3), "{wire:?}");
    }
}

#[test]
fn a_write_after_being_idle_asks_after_the_session_and_is_carried_out_once() {
    for wire in Wire::ALL {
        for ended in [true, false] {
            let setup = Setup::new();
            let client = setup.client(wire);
            zones(&client).expect("zones");
            setup.timer.pass(Duration::from_secs(60));
            if ended {
                setup.service.end_sessions();
            }
            client.send(create("example.com")).expect("a zone");
            let calls = setup.service.calls();
            let expected: &[_] = if ended {
                &["SessionIsAlive", "SessionLogin", "CreateZone"]
            } else {
                &["SessionIsAlive", "CreateZone"]
            };
            assert_eq!(calls[2..], *expected, "{wire:?}");
            assert_eq!(setup.service.executions("CreateZone"), 1, "{wire:?}");
            // It was used, so that it is not asked after again.
            client.send(create("example.net")).expect("a zone");
            assert_eq!(setup.service.asked("SessionIsAlive"), 1, "{wire:?}");
        }
    }
}

#[test]
fn a_request_that_is_not_answered_does_not_keep_the_session() {
    for wire in Wire::ALL {
        let fails = Arc::new(AtomicBool::new(false));
        let told = fails.clone();
        let setup = Setup::with(move |service, request| {
            if told.load(Ordering::SeqCst) { Answer::Hangup } else { Answer::Reply(service.answer(request)) }
        });
        let client = setup.client(wire);
        zones(&client).expect("zones");
        setup.timer.pass(Duration::from_secs(55));
        fails.store(true, Ordering::SeqCst);
        zones(&client).expect_err("no answer");
        fails.store(false, Ordering::SeqCst);
        setup.timer.pass(Duration::from_secs(10));
        setup.service.end_sessions();
        client.send(create("example.com")).expect("a zone");
        let calls = setup.service.calls();
        assert_eq!(calls[2..], ["SessionIsAlive", "SessionLogin", "CreateZone"], "{wire:?}");
    }
}

#[test]
fn a_write_that_the_ended_session_refuses_is_not_sent_again_and_the_next_call_logs_in() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        zones(&client).expect("zones");
        setup.service.end_sessions();
        let error = client.send(create("example.com")).expect_err("the session ended");
        assert_eq!((error.command(), error.kind()), ("CreateZone", ErrorKind::Refused), "{wire:?}: {error}");
        assert!(error.is_retryable() && !error.may_have_run(), "{wire:?}: {error}");
        assert_eq!(
            error.to_string(),
            "CreateZone refused by DynECT: code INVALID_DATA, \"login: Bad or expired credentials\", \
             \"login: There was a problem with your credentials\"; nothing was changed; the session had ended, and the next \
             call opens another: it may be sent again"
        );
        assert_eq!(setup.service.asked("CreateZone"), 1, "{wire:?}");
        client.send(create("example.com")).expect("a zone");
        assert_eq!(setup.service.asked("SessionLogin"), 2, "{wire:?}");
        assert_eq!(setup.service.executions("CreateZone"), 1, "{wire:?}");
    }
}

#[test]
fn a_session_that_is_kept_alive_is_not_asked_after() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        keep_alive(&client).expect("nothing to keep");
        assert_eq!(setup.server.connections(), 0, "{wire:?}: without a session nothing is sent");
        zones(&client).expect("zones");
        for _ in 0..3 {
            setup.timer.pass(Duration::from_secs(59));
            keep_alive(&client).expect("a session");
        }
        client.send(create("example.com")).expect("a zone");
        let alive = "SessionKeepAlive";
        assert_eq!(setup.service.calls()[2..], [alive, alive, alive, "CreateZone"], "{wire:?}");
    }
}

#[test]
fn a_session_that_cannot_be_kept_alive_is_forgotten() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        zones(&client).expect("zones");
        setup.service.end_sessions();
        let error = keep_alive(&client).expect_err("it has ended");
        assert_eq!((error.command(), error.kind()), ("SessionKeepAlive", ErrorKind::Refused), "{wire:?}: {error}");
        client.send(create("example.com")).expect("a zone");
        assert_eq!(setup.service.calls()[2..], ["SessionKeepAlive", "SessionLogin", "CreateZone"], "{wire:?}");
    }
}

#[test]
fn staying_alive_goes_on_until_the_session_ends() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        let asked = AtomicU64::new(0);
        let setup = Setup::with(move |service, request| {
            if request.text().contains("SessionKeepAlive") && asked.fetch_add(1, Ordering::SeqCst) == 3 {
                service.end_sessions();
            }
            Answer::Reply(service.answer(request))
        });
        let Via::<Dynect>::Awaited(client, runtime) = setup.client(wire) else { unreachable!("it is awaited") };
        let error = runtime.block_on(async {
            client.send(GetZones::new()).await.expect("zones");
            client.stay_alive(Duration::from_secs(50)).await
        });
        assert_eq!((error.command(), error.kind()), ("SessionKeepAlive", ErrorKind::Refused), "{wire:?}: {error}");
        assert_eq!(setup.timer.sleeps(), [Duration::from_secs(50); 4], "{wire:?}");
        assert_eq!(setup.service.executions("SessionKeepAlive"), 3, "{wire:?}");
    }
}

#[test]
fn a_wrong_password_is_an_error_of_the_login_and_nothing_else_is_sent() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client: Via<Dynect> = Via::new(wire, "wrong", setup.timer.clone(), setup.settings());
        for command in 1..=2 {
            let error = client.send(create("example.com")).expect_err("a wrong password");
            assert_eq!((error.command(), error.kind()), ("SessionLogin", ErrorKind::Refused), "{wire:?}: {error}");
            assert_eq!(error.class(), Some(Class::Auth), "{wire:?}: {error}");
            assert!(!error.may_have_run() && !error.is_retryable(), "{wire:?}: {error}");
            let code = error.refusal().and_then(ErrorCode::of);
            assert_eq!(code, Some(ErrorCode::InvalidData), "{wire:?}");
            assert_eq!(
                error.to_string(),
                "SessionLogin refused by DynECT: code INVALID_DATA, \"login: Credentials you entered did not match those in \
                 our database. Please try again\", \"login: There was a problem with your credentials\"; check the \
                 credentials, and what the account lets them do"
            );
            assert_eq!(setup.service.calls(), vec!["SessionLogin"; command], "{wire:?}");
        }
    }
}

#[test]
fn calls_at_a_time_try_a_wrong_password_once() {
    // Threads begin when they like, and those that begin later may find another answer.
    for wire in [Wire::Reqwest, Wire::Tower] {
        let setup = Setup::new();
        let client: Via<Dynect> = Via::new(wire, "wrong", setup.timer.clone(), setup.settings());
        for failed in client.send_all(vec![GetZones::new(); 20]) {
            assert_eq!(failed.expect_err("a wrong password").class(), Some(Class::Auth), "{wire:?}");
        }
        assert_eq!(setup.service.calls(), ["SessionLogin"], "{wire:?}");
        client.send(GetZones::new()).expect_err("a wrong password");
        assert_eq!(setup.service.calls(), ["SessionLogin", "SessionLogin"], "{wire:?}: a later call tries again");
    }
}

#[test]
fn a_login_whose_answer_is_lost_is_repeated() {
    for wire in Wire::ALL {
        let asked = AtomicU64::new(0);
        let setup = Setup::with(move |service, request| {
            let reply = service.answer(request);
            match asked.fetch_add(1, Ordering::SeqCst) {
                0 => Answer::Hangup,
                1 => Answer::Reply(Reply::status(503, "").header("Retry-After", "7")),
                _ => Answer::Reply(reply),
            }
        });
        let client = setup.client(wire);
        client.send(create("example.com")).expect("a zone");
        assert_eq!(setup.service.calls(), ["SessionLogin", "SessionLogin", "SessionLogin", "CreateZone"], "{wire:?}");
        assert_eq!(setup.timer.sleeps().len(), 2, "{wire:?}");
    }
}

#[test]
fn a_login_without_a_token_is_no_session() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            let mut reply = service.answer(request);
            let body = String::from_utf8(reply.body).expect("text").replace("<token>TOKEN==1</token>", "");
            reply.body = body.into_bytes();
            Answer::Reply(reply)
        });
        let client = setup.client(wire);
        let error = client.send(create("example.com")).expect_err("no token");
        assert_eq!(
            (error.command(), error.kind(), error.may_have_run()),
            ("SessionLogin", ErrorKind::Unreadable, false),
            "{wire:?}: {error}"
        );
        assert_eq!(setup.service.calls(), ["SessionLogin"], "{wire:?}");
    }
}
