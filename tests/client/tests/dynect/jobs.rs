//! Jobs: what the service does not finish at once is asked after until it is done, and what became of it is never guessed.

use super::support::{Settings, Setup, create, zones};
use bindwire_client::{Error, ErrorKind, Lost, Result};
use bindwire_client_tests::{Dynect, Via, Wire};
use bindwire_dynect::zone::{CreateZone, GetZones};
use bindwire_loopback::dynect::{Message, Nesting};
use bindwire_loopback::{Answer, Reply};
use bindwire_wire::{Class, Command};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Seconds and halves of them.
fn seconds(seconds: &[f64]) -> Vec<Duration> {
    seconds.iter().copied().map(Duration::from_secs_f64).collect()
}

fn resume<C>(client: &Via<Dynect>, job: &str) -> Result<C::Reply>
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    let id = job.to_owned();
    client.either(|client| async move { client.resume::<C>(&id).await }, |client| client.resume::<C>(job))
}

#[test]
fn a_job_is_asked_after_with_growing_waits_until_it_is_done() {
    for wire in Wire::ALL {
        for nesting in [Nesting::Prefixed, Nesting::Bare] {
            let setup = Setup::new();
            let client = setup.client(wire);
            client.send(create("example.com")).expect("a zone");
            setup.service.nest(nesting);
            setup.service.slow("GetZones", 6);
            let reply = client.send_reply(GetZones::new()).expect("zones");
            let found: Vec<_> = reply.value.expect("a value").data;
            assert_eq!(found[0].zone.to_string(), "example.com", "{wire:?} {nesting:?}");
            assert_eq!((found[0].serial, reply.pending), (Some(0), false), "{wire:?} {nesting:?}");
            assert_eq!(reply.head.job.as_deref(), Some("3"), "{wire:?} {nesting:?}: the job's own number");
            assert_eq!(setup.service.asked("GetJob"), 7, "{wire:?}");
            assert_eq!(setup.timer.sleeps(), seconds(&[0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]), "{wire:?}");
        }
    }
}

#[test]
fn a_job_that_fails_is_the_refusal_of_its_command() {
    for wire in Wire::ALL {
        for nesting in [Nesting::Prefixed, Nesting::Bare] {
            let refused = |slow: bool| {
                let setup = Setup::new();
                setup.service.nest(nesting);
                setup.service.refuse(
                    "CreateZone",
                    vec![
                        Message::error("TARGET_EXISTS", "name: Name already exists"),
                        Message::info("create: Nothing made"),
                    ],
                );
                if slow {
                    setup.service.slow("CreateZone", 2);
                }
                setup.client(wire).send(create("example.com")).expect_err("a refusal")
            };
            let (at_once, later) = (refused(false), refused(true));
            assert_eq!(
                later.to_string(),
                "CreateZone refused by DynECT: code TARGET_EXISTS, \"name: Name already exists\", \
                 \"create: Nothing made\"; nothing was changed",
                "{wire:?}"
            );
            assert_eq!(later.to_string(), at_once.to_string(), "{wire:?}");
            assert_eq!((later.class(), later.kind()), (Some(Class::Unavailable), ErrorKind::Refused), "{wire:?}");
            assert_eq!((later.job(), later.effect()), (None, at_once.effect()), "{wire:?}: it is over");
            assert_eq!(
                later.refusal().map(|refusal| &refusal.messages),
                at_once.refusal().map(|refusal| &refusal.messages)
            );
        }
    }
}

#[test]
fn a_job_that_fails_midway_leaves_the_outcome_open_and_is_over() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        setup.service.refuse("CreateZone", vec![Message::error("INTERNAL_ERROR", "it broke")]);
        setup.service.slow("CreateZone", 1);
        let client = setup.client(wire);
        let error = client.send(create("example.com")).expect_err("a refusal");
        assert_eq!((error.kind(), error.cause()), (ErrorKind::OutcomeUnknown, ErrorKind::Refused), "{wire:?}: {error}");
        assert_eq!((error.job(), error.lost().map(Lost::command)), (None, Some("CreateZone")), "{wire:?}");
        assert_eq!(
            error.to_string(),
            "CreateZone: outcome unknown: DynECT says code INTERNAL_ERROR, \"it broke\"; it may have been carried out: \
             reconcile (by GetOneZone) before it is sent again"
        );
    }
}

/// Sends a command whose job is never done.
fn unfinished<C>(setup: &Setup, client: &Via<Dynect>, command: C) -> Error
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    setup.service.slow(C::INFO.name, u32::MAX);
    match client.send(command) {
        Ok(_) => panic!("it is not done"),
        Err(error) => error,
    }
}

#[test]
fn a_write_whose_job_is_not_done_in_time_has_an_open_outcome_and_its_job() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let settings = Settings { job_deadline: Some(Duration::from_secs(20)), ..setup.settings() };
        let client = setup.client_with(wire, settings);
        let error = unfinished(&setup, &client, create("example.com"));
        assert_eq!((error.kind(), error.cause()), (ErrorKind::OutcomeUnknown, ErrorKind::Deadline), "{wire:?}");
        assert_eq!((error.job(), error.may_have_run(), error.is_retryable()), (Some("2"), true, false), "{wire:?}");
        assert_eq!(
            error.to_string(),
            "CreateZone: outcome unknown: job 2 was not done by the deadline; it may have been carried out: `resume` goes on \
             waiting for the job"
        );
        let lost = error.lost().expect("what is needed to find out");
        assert_eq!(
            (lost.command(), lost.param("zone"), lost.param("ttl")),
            ("CreateZone", Some("example.com"), Some("3600"))
        );
        assert_eq!(lost.given_up_at().duration_since(lost.sent_at()).as_secs(), 15, "{wire:?}: 0.5, 1, 2, 4 and 8 s");
        assert_eq!(setup.service.executions("CreateZone"), 1, "{wire:?}");
    }
}

#[test]
fn a_read_whose_job_is_not_done_in_time_says_so() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        let error = unfinished(&setup, &client, GetZones::new());
        assert_eq!((error.kind(), error.job()), (ErrorKind::Deadline, Some("2")), "{wire:?}");
        assert!(!error.may_have_run() && error.lost().is_none() && error.is_retryable(), "{wire:?}");
        assert_eq!(error.to_string(), "GetZones: job 2 was not done by the deadline; `resume` goes on waiting for it");
        let waited = setup.timer.passed();
        assert!(
            (Duration::from_secs(290)..Duration::from_secs(300)).contains(&waited),
            "{wire:?}: five minutes: {waited:?}"
        );
    }
}

#[test]
fn the_deadline_of_a_call_and_of_a_client_count_for_the_job_too() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let deadline = Some(Duration::from_secs(10));
        let client = setup.client_with(wire, Settings { deadline, ..setup.settings() });
        let error = unfinished(&setup, &client, create("example.com"));
        assert_eq!((error.cause(), error.job()), (ErrorKind::Deadline, Some("2")), "{wire:?}: {error}");
        assert_eq!(setup.timer.passed(), Duration::from_millis(7_500), "{wire:?}");

        let setup = Setup::new();
        setup.service.slow("GetZones", u32::MAX);
        let (client, limit) = (setup.client(wire), Duration::from_secs(2));
        let error = client.either(
            |client| async move { client.call(GetZones::new()).deadline(limit).send().await },
            |client| client.call(GetZones::new()).deadline(limit).send(),
        );
        assert_eq!(error.expect_err("late").job(), Some("2"), "{wire:?}");
        assert_eq!(setup.timer.passed(), Duration::from_millis(1_500), "{wire:?}");
    }
}

#[test]
fn a_job_is_resumed_until_it_is_done() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        let error = unfinished(&setup, &client, create("example.com"));
        let job = error.job().expect("a job").to_owned();

        let again = resume::<CreateZone>(&client, &job).expect_err("it is not done yet");
        assert_eq!((again.command(), again.job()), ("CreateZone", Some(&*job)), "{wire:?}: {again}");
        assert_eq!(
            (again.kind(), again.cause()),
            (ErrorKind::OutcomeUnknown, ErrorKind::Deadline),
            "{wire:?}: {again}"
        );

        setup.service.finish_jobs();
        let slept = setup.timer.sleeps().len();
        let made = resume::<CreateZone>(&client, &job).expect("it is done").data.expect("a zone");
        assert_eq!(made.zone.to_string(), "example.com", "{wire:?}");
        assert_eq!(setup.timer.sleeps().len(), slept, "{wire:?}: it is asked after at once");
        assert_eq!(setup.service.asked("CreateZone"), 1, "{wire:?}");
    }
}

/// A service whose every answer to GetJob is that of the test, and what became of a command whose job is asked after.
fn asked_after<C>(wire: Wire, command: C, answer: impl Fn() -> Answer + Send + Sync + 'static) -> (Setup, Error)
where
    C: Command + Send + Sync,
    C::Reply: Send,
{
    let setup = Setup::with(move |service, request| {
        let is_asked_after = request.text().contains("GetJobRequest");
        if is_asked_after { answer() } else { Answer::Reply(service.answer(request)) }
    });
    setup.service.slow(C::INFO.name, 0);
    let client = setup.client(wire);
    let Err(error) = client.send(command) else { panic!("{wire:?}: nothing is known of the job") };
    (setup, error)
}

/// A name, what is answered, what the error says of it, and its words.
type Case = (&'static str, fn() -> Answer, ErrorKind, &'static str);

#[test]
fn asking_in_vain_leaves_the_outcome_open_and_keeps_the_job() {
    let page = || Answer::Reply(Reply::status(500, "<html>an error</html>"));
    let cases: [Case; 3] = [
        ("cut off", || Answer::Hangup, ErrorKind::CutOff, "asking after job 2: "),
        ("500", page, ErrorKind::Http, "asking after job 2: HTTP 500 (internal server error)"),
        (
            "another API",
            || Answer::Reply(Reply::ok("text/html", "<html>")),
            ErrorKind::Unreadable,
            "asking after job 2: ",
        ),
    ];
    for wire in Wire::ALL {
        for (name, answer, cause, words) in cases {
            let (setup, error) = asked_after(wire, create("example.com"), answer);
            let at = format!("{wire:?} {name}: {error}");
            assert_eq!((error.command(), error.job()), ("CreateZone", Some("2")), "{at}");
            assert_eq!((error.kind(), error.cause()), (ErrorKind::OutcomeUnknown, cause), "{at}");
            assert_eq!(error.lost().and_then(|lost| lost.param("zone")), Some("example.com"), "{at}");
            assert!(!error.is_retryable() && error.attempts() == 4, "{at}");
            let line = error.to_string();
            let end = "; it may have been carried out: `resume` goes on waiting for the job";
            assert!(line.starts_with(&format!("CreateZone: outcome unknown: {words}")) && line.ends_with(end), "{at}");
            assert_eq!(setup.service.asked("CreateZone"), 1, "{at}");

            let (_, error) = asked_after(wire, GetZones::new(), answer);
            let at = format!("{wire:?} {name}: {error}");
            assert_eq!((error.command(), error.job()), ("GetZones", Some("2")), "{at}");
            assert_eq!((error.kind(), error.may_have_run(), error.is_retryable()), (cause, false, true), "{at}");
            assert!(error.to_string().starts_with(&format!("GetZones: {words}")), "{at}");
        }
    }
}

#[test]
fn a_job_that_the_service_does_not_know_leaves_the_outcome_open() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            if request.text().contains("GetJobRequest") {
                service.forget_jobs();
            }
            Answer::Reply(service.answer(request))
        });
        setup.service.slow("CreateZone", 1);
        setup.service.slow("GetZones", 1);
        let client = setup.client(wire);
        let error = client.send(create("example.com")).expect_err("an unknown job");
        assert_eq!((error.kind(), error.cause()), (ErrorKind::OutcomeUnknown, ErrorKind::Refused), "{wire:?}: {error}");
        assert_eq!((error.job(), error.class()), (Some("2"), Some(Class::NotFound)), "{wire:?}: {error}");
        assert_eq!(
            error.to_string(),
            "CreateZone: outcome unknown: asking after job 2: DynECT says code NOT_FOUND, \"job_id: No such job\"; it may have \
             been carried out: `resume` goes on waiting for the job"
        );
        let error = zones(&client).expect_err("an unknown job");
        assert_eq!(
            error.to_string(),
            "GetZones: asking after job 4: DynECT says code NOT_FOUND, \"job_id: No such job\"",
            "{wire:?}"
        );
        let error = resume::<CreateZone>(&client, "77").expect_err("an unknown job");
        assert_eq!((error.kind(), error.job()), (ErrorKind::OutcomeUnknown, Some("77")), "{wire:?}: {error}");
    }
}

#[test]
fn a_job_whose_session_ended_leaves_the_outcome_open() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            if request.text().contains("GetJobRequest") && service.asked("GetJob") == 0 {
                service.end_sessions();
            }
            Answer::Reply(service.answer(request))
        });
        setup.service.slow("CreateZone", 1);
        let client = setup.client(wire);
        let error = client.send(create("example.com")).expect_err("its session ended");
        assert_eq!((error.kind(), error.job()), (ErrorKind::OutcomeUnknown, Some("2")), "{wire:?}: {error}");
        let calls = ["SessionLogin", "CreateZone", "GetJob"];
        assert_eq!(setup.service.calls(), calls, "{wire:?}: nothing else while the job may go on");
        // The session is looked at before the next change, so that it is carried out.
        setup.service.slow("CreateZone", 0);
        client.send(create("example.net")).expect("a new session");
        let calls = ["SessionIsAlive", "SessionLogin", "CreateZone", "GetJob"];
        assert_eq!(setup.service.calls()[3..], calls, "{wire:?}");
    }
}

/// What the service says to whatever else is asked in the meantime, a look at the session too, does not end the session.
#[test]
fn a_job_that_goes_on_does_not_end_the_session() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        let settings = Settings { job_deadline: Some(Duration::from_secs(5)), ..setup.settings() };
        let hasty = setup.client_with(wire, settings);
        let error = unfinished(&setup, &hasty, create("example.com"));
        let job = error.job().expect("a job").to_owned();
        let refused = zones(&client).expect_err("the job goes on");
        assert!(refused.to_string().contains("already has a job running"), "{wire:?}: {refused}");
        setup.service.finish_jobs();
        resume::<CreateZone>(&client, &job).expect("it is done");
        assert_eq!(setup.service.asked("SessionLogin"), 1, "{wire:?}");
    }
}

#[test]
fn an_answer_about_a_job_that_is_lost_is_asked_for_again() {
    for wire in Wire::ALL {
        let asked = AtomicU64::new(0);
        let setup = Setup::with(move |service, request| {
            let reply = service.answer(request);
            if request.text().contains("GetJobRequest") && asked.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) {
                return Answer::CutOff { sent: reply.body.len() / 2, reply };
            }
            Answer::Reply(reply)
        });
        setup.service.slow("CreateZone", 3);
        let client = setup.client(wire);
        client.send(create("example.com")).expect("it is done in the end");
        assert_eq!((setup.service.asked("CreateZone"), setup.service.asked("GetJob")), (1, 4), "{wire:?}");
    }
}

#[test]
fn what_goes_on_without_a_job_is_no_success() {
    for wire in Wire::ALL {
        let setup = Setup::with(|service, request| {
            let mut reply = service.answer(request);
            let body = String::from_utf8(reply.body).expect("text");
            reply.body = body.replace("<job_id>2</job_id>", "").replace("<job_id>3</job_id>", "<job_id/>").into_bytes();
            Answer::Reply(reply)
        });
        setup.service.slow("CreateZone", 1);
        setup.service.slow("GetZones", 1);
        let client = setup.client(wire);
        let error = client.send(create("example.com")).expect_err("nobody can ask after it");
        assert_eq!(
            (error.kind(), error.cause()),
            (ErrorKind::OutcomeUnknown, ErrorKind::Unreadable),
            "{wire:?}: {error}"
        );
        assert_eq!(
            error.to_string(),
            "CreateZone: outcome unknown: the answer says that the command is still being carried out, and names no job; it may \
             have been carried out: reconcile (by GetOneZone) before it is sent again"
        );
        assert!(error.job().is_none() && error.lost().is_some(), "{wire:?}");
        setup.service.forget_jobs();
        let error = zones(&client).expect_err("nobody can ask after it");
        assert_eq!((error.kind(), error.may_have_run()), (ErrorKind::Unreadable, false), "{wire:?}: {error}");
    }
}
