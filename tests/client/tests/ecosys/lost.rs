//! Answers that are lost: nothing is written twice, and only what reads is repeated.

use super::support::{Settings, Setup, key, record, write};
use bindwire_client::{ErrorKind, RetryPolicy};
use bindwire_client_tests::Wire;
use bindwire_ecosys::sample_event::TriggerSampleEvent;
use bindwire_ecosys::sample_object::{CreateSampleObject, DeleteSampleObject, ReadSampleObject, UpdateSampleObject};
use bindwire_loopback::{Answer, Reply};
use std::sync::atomic::{AtomicU32, Ordering};

/// How an answer is lost after the service has carried the request out.
const LOSSES: [fn(Reply) -> Answer; 4] = [
    |_| Answer::Hangup,
    |reply| Answer::CutOff { sent: reply.body.len() / 2, reply },
    |_| Answer::Reply(Reply::status(502, "<html><body>Bad gateway</body></html>")),
    |_| Answer::Reply(Reply::status(200, "<html><body>Welcome</body></html>")),
];

/// A server that loses the first answers.
fn losing(loss: fn(Reply) -> Answer, count: u32) -> Setup {
    let lost = AtomicU32::new(0);
    Setup::with(move |service, request| {
        let reply = service.answer(request);
        if lost.fetch_add(1, Ordering::SeqCst) < count { loss(reply) } else { Answer::Reply(reply) }
    })
}

#[test]
fn what_adds_is_sent_at_most_once() {
    for wire in Wire::ALL {
        for loss in LOSSES {
            let setup = losing(loss, 9);
            let settings = Settings { retry: RetryPolicy::default().max_retries(3), ..setup.settings() };
            let client = setup.client_with(wire, settings);
            let error = write(&client, CreateSampleObject::new([record("A", "x")])).expect_err("the answer is lost");
            assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{wire:?}: {error}");
            assert!(error.lost().is_some() && !error.is_retryable(), "{wire:?}: {error}");
            assert_eq!((setup.service.executions("Create"), setup.service.asked().len()), (1, 1), "{wire:?}");
            let error = client.send(TriggerSampleEvent::new()).expect_err("the answer is lost");
            assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{wire:?}: {error}");
            assert_eq!((setup.service.executions("Trigger"), setup.service.asked().len()), (1, 2), "{wire:?}");
        }
    }
}

#[test]
fn what_only_reads_is_repeated() {
    for wire in Wire::ALL {
        let setup = losing(|_| Answer::Hangup, 1);
        setup.service.add("A", "first");
        let read = setup.client(wire).send(ReadSampleObject::new()).expect("records");
        assert_eq!((read.records.len(), setup.service.executions("Read")), (1, 2), "{wire:?}");
    }
}

/// A change can be repeated without harm, which the error says; the client leaves that to its user, who may have made another one.
#[test]
fn what_says_all_of_a_record_may_be_sent_again() {
    for wire in Wire::ALL {
        let setup = losing(|_| Answer::Hangup, 1);
        setup.service.add("A", "first");
        let client = setup.client(wire);
        let update = || UpdateSampleObject::new([record("A", "x")]);
        let error = write(&client, update()).expect_err("the answer is lost");
        assert!(
            error.to_string().ends_with("it may have been carried out, and may be sent again"),
            "{wire:?}: {error}"
        );
        assert_eq!(setup.service.executions("Update"), 1, "{wire:?}");
        assert!(write(&client, update()).expect("results").all_written(), "{wire:?}");
    }
}

/// A deletion that is repeated finds nothing to delete, and the result says so of the record: that is told as it is.
#[test]
fn a_deletion_that_was_repeated_says_that_nothing_was_there() {
    for wire in Wire::ALL {
        let setup = losing(|_| Answer::Hangup, 1);
        setup.service.add("A", "first");
        let client = setup.client(wire);
        write(&client, DeleteSampleObject::new([key("A")])).expect_err("the answer is lost");
        let gone = write(&client, DeleteSampleObject::new([key("A")])).expect("results");
        assert_eq!((gone.failed().count(), setup.service.records().len()), (1, 0), "{wire:?}");
    }
}
