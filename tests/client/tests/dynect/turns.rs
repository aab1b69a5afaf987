//! One request at a time, in order; as fast as the service allows; and no sooner after it has said that it is too fast.

use super::support::{Settings, Setup, create, zones};
use bindwire_client::{AccountGate, ErrorKind, Limits};
use bindwire_client_tests::{Door, Dynect, Held, Leap, Via, Wire};
use bindwire_dynect::registry::API_INFO;
use bindwire_dynect::zone::{DeleteOneZone, GetOneZone, GetZones};
use bindwire_loopback::{Answer, Reply, soap};
use bindwire_wire::Command;
use futures_util::FutureExt as _;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::thread;
use std::time::Duration;

/// A service that counts what is under way.
fn counting() -> Setup {
    Setup::with(|service, request| service.under_way(|| Answer::Reply(service.answer(request))))
}

/// The zones that commands of a name were about, in the order in which they came.
fn order(setup: &Setup, command: &str) -> Vec<String> {
    let calls = setup.server.requests().into_iter().map(|request| soap::read(&request).expect("a SOAP request").asked);
    calls
        .filter(|asked| asked.name == format!("{command}Request"))
        .filter_map(|asked| asked.value("zone").map(str::to_owned))
        .collect()
}

#[test]
fn nothing_else_begins_while_a_job_goes_on_and_the_order_is_kept() {
    for wire in Wire::ALL {
        let setup = counting();
        setup.service.slow("CreateZone", 2);
        let client = setup.client(wire);
        let names: Vec<_> = (0..12).map(|number| format!("zone{number:02}.example")).collect();
        for made in client.send_all(names.iter().map(|name| create(name)).collect()) {
            made.expect("a zone");
        }
        assert_eq!((setup.service.overlaps(), setup.service.most_under_way()), (0, 1), "{wire:?}");
        let calls = setup.service.calls();
        for of_one in calls[1..].chunks(4) {
            assert_eq!(of_one, ["CreateZone", "GetJob", "GetJob", "GetJob"], "{wire:?}: {calls:?}");
        }
        let mut order = order(&setup, "CreateZone");
        if wire == Wire::Ureq {
            // Threads come as they like.
            order.sort_unstable();
        }
        assert_eq!(order, names, "{wire:?}");
    }
}

#[test]
fn clients_of_one_user_take_turns() {
    for wire in Wire::ALL {
        let setup = counting();
        setup.service.slow("CreateZone", 1);
        let clients = [setup.client(wire), setup.client(wire)];
        thread::scope(|scope| {
            for (number, client) in clients.iter().enumerate() {
                scope.spawn(move || {
                    for zone in 0..4 {
                        client.send(create(&format!("zone{number}{zone}.example"))).expect("a zone");
                        zones(client).expect("zones");
                    }
                });
            }
        });
        assert_eq!((setup.service.overlaps(), setup.service.most_under_way()), (0, 1), "{wire:?}");
        assert_eq!(
            (setup.service.executions("CreateZone"), setup.service.executions("SessionLogin")),
            (8, 1),
            "{wire:?}"
        );
    }
}

#[test]
fn who_gives_up_while_waiting_sends_nothing_and_loses_nobody_the_turn() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        let door = Door::default();
        let held = door.clone();
        let setup = Setup::with(move |service, request| {
            if request.text().contains("held.example") {
                held.pass();
            }
            Answer::Reply(service.answer(request))
        });
        let Via::<Dynect>::Awaited(client, runtime) = setup.client(wire) else { unreachable!("it is awaited") };
        runtime.block_on(async {
            let mut first = pin!(client.send(create("held.example")));
            let mut gone: Vec<_> =
                ["a", "b", "c"].map(|name| Box::pin(client.send(create(&format!("{name}.example"))))).into();
            let mut last = Box::pin(client.send(create("last.example")));
            // All of them stand in the line, in this order.
            poll_fn(|context| {
                assert!(first.as_mut().poll(context).is_pending());
                for waits in &mut gone {
                    assert!(waits.as_mut().poll(context).is_pending());
                }
                assert!(last.as_mut().poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
            drop(gone.remove(1));
            door.open();
            first.await.expect("a zone");
            drop(gone);
            last.await.expect("the turn");
            client.send(GetZones::new()).await.expect("zones");
        });
        assert_eq!(order(&setup, "CreateZone"), ["held.example", "last.example"], "{wire:?}");
    }
}

#[test]
fn who_gives_up_while_its_job_goes_on_loses_nobody_the_turn() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        let setup = Setup::new();
        setup.service.slow("CreateZone", u32::MAX);
        let timer = Held::default();
        let client: Via<Dynect> = Via::new(wire, super::support::PASSWORD, timer.clone(), setup.settings());
        let Via::Awaited(client, runtime) = client else { unreachable!("it is awaited") };
        runtime.block_on(async {
            let mut waits = Box::pin(client.send(create("example.com")));
            while setup.service.asked("CreateZone") == 0 {
                assert!((&mut waits).now_or_never().is_none());
                tokio::task::yield_now().await;
            }
            drop(waits);
            setup.service.finish_jobs();
            timer.let_go();
            client.send(GetZones::new()).await.expect("the turn");
        });
    }
}

#[test]
fn a_deadline_that_passes_while_another_job_goes_on_ends_the_call_unsent() {
    for wire in Wire::ALL {
        let door = Door::default();
        let held = door.clone();
        let setup = Setup::with(move |service, request| {
            if request.text().contains("held.example") {
                held.pass();
            }
            Answer::Reply(service.answer(request))
        });
        let timer = Held::default();
        let [first, second] = [timer.clone(), timer.clone()].map(|timer| {
            let client: Via<Dynect> = Via::new(wire, super::support::PASSWORD, timer, setup.settings());
            client
        });
        thread::scope(|scope| {
            let holds = scope.spawn(|| first.send(create("held.example")));
            door.came(1);
            let (second, hour) = (&second, Duration::from_secs(3600));
            let late = scope.spawn(move || {
                second.either(
                    |client| async move { client.call(create("late.example")).deadline(hour).send().await },
                    |client| client.call(create("late.example")).deadline(hour).send(),
                )
            });
            timer.begun(1);
            timer.let_go();
            let error = late.join().expect("no panic").expect_err("it is late");
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Deadline, 0), "{wire:?}: {error}");
            assert_eq!(
                error.to_string(),
                "CreateZone: the deadline passed before it was sent; nothing was changed; it may be sent again"
            );
            door.open();
            holds.join().expect("no panic").expect("a zone");
        });
        assert_eq!(setup.service.asked("CreateZone"), 1, "{wire:?}");
        zones(&first).expect("the turn is free");
    }
}

#[test]
fn no_second_sees_more_than_five_requests() {
    let limits = Limits::of_tier(&API_INFO, "default").expect("the tier");
    assert_eq!(limits, Limits::new(1, 300).per_second(5));
    for wire in Wire::ALL {
        let came = Arc::new(Mutex::new(Vec::new()));
        let (times, now) = (came.clone(), Arc::new(Mutex::new(None::<Leap>)));
        let clock = now.clone();
        let setup = Setup::with(move |service, request| {
            let now = clock.lock().expect("a clock").as_ref().map(Leap::passed);
            times.lock().expect("times").push(now.expect("a clock"));
            Answer::Reply(service.answer(request))
        });
        *now.lock().expect("a clock") = Some(setup.timer.clone());
        let gate = AccountGate::with_timer(limits, Arc::new(setup.timer.clone()));
        let client = setup.client_with(wire, Settings { gate: Some(gate), ..setup.settings() });
        for found in client.send_all(vec![GetZones::new(); 60]) {
            found.expect("zones");
        }
        let came = came.lock().expect("times").clone();
        assert_eq!(came.len(), 61, "{wire:?}");
        for (first, from) in came.iter().enumerate() {
            let within = came[first..].iter().take_while(|at| **at < *from + Duration::from_secs(1)).count();
            assert!(within <= 5, "{wire:?}: {within} within a second: {came:?}");
        }
        let took = came.last().expect("a request").as_secs();
        assert!((10..=20).contains(&took), "{wire:?}: {took} s");
    }
}

/// A service that is asked too often by the first request of a command.
fn too_fast(command: &'static str, retry_after: Option<&'static str>) -> Setup {
    let asked = AtomicU64::new(0);
    Setup::with(move |service, request| {
        if request.text().contains(&format!("{command}Request")) && asked.fetch_add(1, Ordering::SeqCst) == 0 {
            let reply = Reply::status(429, "");
            return Answer::Reply(retry_after.iter().fold(reply, |reply, wait| reply.header("Retry-After", wait)));
        }
        Answer::Reply(service.answer(request))
    })
}

#[test]
fn too_many_requests_are_waited_out_by_what_may_be_repeated() {
    for wire in Wire::ALL {
        for (retry_after, seconds) in [(Some("30"), 30), (None, 60), (Some("0"), 0)] {
            for command in ["SessionLogin", "GetZones", "DeleteOneZone", "GetJob"] {
                let setup = too_fast(command, retry_after);
                setup.service.slow("GetZones", 1);
                let client = setup.client(wire);
                client.send(create("example.com")).expect("a zone");
                zones(&client).expect("zones");
                client.send(DeleteOneZone::new("example.com")).expect("it is gone");
                let at = format!("{wire:?} {command} {retry_after:?}: {:?}", setup.timer.sleeps());
                let longest = setup.timer.sleeps().into_iter().max().unwrap_or_default();
                let least = Duration::from_secs(seconds);
                assert!(longest >= least && longest <= least.max(Duration::from_secs(1)), "{at}");
                assert_eq!(setup.service.executions("DeleteOneZone"), 1, "{at}");
            }
        }
    }
}

#[test]
fn a_write_that_was_too_fast_is_not_sent_again_by_itself() {
    for wire in Wire::ALL {
        let setup = too_fast("CreateZone", None);
        let client = setup.client(wire);
        let error = client.send(create("example.com")).expect_err("too fast");
        assert_eq!((error.kind(), error.http_status()), (ErrorKind::Http, Some(429)), "{wire:?}: {error}");
        assert!(error.is_busy() && error.is_retryable() && !error.may_have_run(), "{wire:?}: {error}");
        assert_eq!(
            error.to_string(),
            "CreateZone: HTTP 429 (too many requests); nothing was changed; lower the limits of the gate, and try again later"
        );
        assert!(setup.timer.sleeps().is_empty(), "{wire:?}");
        client.send(create("example.com")).expect("a zone");
    }
}

/// The lock is the user's: other commands wait for it as well.
#[test]
fn every_command_takes_its_turn() {
    for wire in Wire::ALL {
        let setup = counting();
        setup.service.slow(GetOneZone::INFO.name, 2);
        let client = setup.client(wire);
        client.send(create("example.com")).expect("a zone");
        thread::scope(|scope| {
            let other = setup.client(wire);
            scope.spawn(move || super::support::keep_alive(&other).expect("a session"));
            let other = setup.client(wire);
            scope.spawn(move || other.send(GetOneZone::new("example.com")).expect("a zone"));
            zones(&client).expect("zones");
        });
        super::support::close(&client).expect("a logout");
        assert_eq!((setup.service.overlaps(), setup.service.most_under_way()), (0, 1), "{wire:?}");
    }
}
