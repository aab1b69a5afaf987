//! Records: what became of each is a value, and neither hides the others.

use super::support::{Setup, key, record, write};
use bindwire_client::ErrorKind;
use bindwire_client::ecosys::{RecordState, ResultNote};
use bindwire_client_tests::Wire;
use bindwire_ecosys::sample_event::TriggerSampleEvent;
use bindwire_ecosys::sample_object::{
    CreateOrUpdateSampleObject, CreateSampleObject, DeleteSampleObject, ReadSampleObject, UpdateSampleObject,
};
use bindwire_ecosys::types::{ReasonCode, ResultLevel, SampleObjectParameters};
use bindwire_loopback::{Answer, soap};

#[test]
fn records_are_made_changed_read_and_deleted() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        let made = write(&client, CreateSampleObject::new([record("A", "first"), record("B & C", "<second>")]));
        let made = made.expect("results");
        assert!(made.all_written() && made.notes.is_empty(), "{wire:?}: {made:?}");
        assert_eq!((&*made.records[1].internal_id, &*made.records[1].external_id), ("1002", "B & C"), "{wire:?}");

        let changed = write(&client, UpdateSampleObject::new([record("A", "")])).expect("results");
        assert!(changed.all_written(), "{wire:?}");
        let both = CreateOrUpdateSampleObject::new([record("B & C", "other"), record("D", "new")]);
        assert!(write(&client, both).expect("results").all_written(), "{wire:?}");

        let read = client.send(ReadSampleObject::new()).expect("records");
        let expected = [record("A", "first"), record("B & C", "other"), record("D", "new")];
        assert_eq!(read.records, expected, "{wire:?}: what is left out of a change stays as it is");
        let filter = SampleObjectParameters { filter: "C".into() };
        let read = client.send(ReadSampleObject::new().parameters(filter)).expect("records");
        assert_eq!(read.records, expected[1..2], "{wire:?}");

        let gone = write(&client, DeleteSampleObject::new([key("A"), key("D")])).expect("results");
        assert!(gone.all_written(), "{wire:?}");
        assert_eq!(setup.service.records(), [("B & C".to_owned(), "other".to_owned())], "{wire:?}");
    }
}

#[test]
fn a_record_that_failed_is_no_error_and_hides_no_other() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        setup.service.add("A", "first");
        setup.service.add("C", "third");
        let client = setup.client(wire);
        let update = UpdateSampleObject::new([record("A", "1"), record("B", "2"), record("C", "3")]);
        let outcomes = write(&client, update).expect("results");
        let states: Vec<_> = outcomes.records.iter().map(|record| record.state).collect();
        assert_eq!(states, [RecordState::Written, RecordState::Failed, RecordState::Written], "{wire:?}");
        assert!(!outcomes.all_written() && outcomes.notes.is_empty(), "{wire:?}");
        let (index, failed) = outcomes.failed().next().expect("a failure");
        let message = &failed.messages[0];
        assert_eq!((index, &*failed.external_id, &*failed.internal_id), (1, "B", ""), "{wire:?}");
        assert_eq!(message.level, Some(ResultLevel::Failure), "{wire:?}");
        assert_eq!(message.reason, Some(ReasonCode::ObjectNotFoundByKey), "{wire:?}");
        assert_eq!((&*message.key_name, &*message.message), ("B", "There is no such object"), "{wire:?}");
        assert_eq!(
            setup.service.records(),
            [("A".to_owned(), "1".to_owned()), ("C".to_owned(), "3".to_owned())],
            "{wire:?}"
        );
    }
}

#[test]
fn all_that_fail_are_no_error_either() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let outcomes = write(&setup.client(wire), DeleteSampleObject::new([key("A"), key("B")])).expect("results");
        assert_eq!((outcomes.failed().count(), outcomes.written().count()), (2, 0), "{wire:?}");
    }
}

/// What results make of three records.
#[track_caller]
fn assert_states(results: &'static str, states: [RecordState; 3], notes: &[ResultNote]) {
    for wire in Wire::ALL {
        let setup = Setup::with(move |_, _| {
            let body =
                format!("<tns:SampleObjectWriteResponseElement>{results}</tns:SampleObjectWriteResponseElement>");
            Answer::Reply(soap::reply(200, &soap::envelope("http://ecosys.net/api/SampleObject", &body)))
        });
        let update = UpdateSampleObject::new([record("A", "1"), record("B", "2"), record("C", "3")]);
        let outcomes = write(&setup.client(wire), update).expect("results");
        assert_eq!(outcomes.records.iter().map(|record| record.state).collect::<Vec<_>>(), states, "{wire:?}");
        assert_eq!(outcomes.notes, notes, "{wire:?}");
        assert!(!outcomes.all_written(), "{wire:?}");
    }
}

#[test]
fn results_count_by_their_index_alone() {
    use RecordState::{Failed, Unknown, Written};
    assert_states(
        "<ObjectResult index=\"2\" successFlag=\"true\"/><ObjectResult index=\"0\" successFlag=\"false\"/>",
        [Failed, Unknown, Written],
        &[ResultNote::Unordered(0), ResultNote::WithoutMessage(0), ResultNote::Missing(1)],
    );
    assert_states(
        "<ObjectResult index=\"0\" successFlag=\"true\"/><ObjectResult index=\"0\" successFlag=\"false\">\
         <ResultMessage Level=\"FAILURE\" ReasonCode=\"ESRC_OTHER\"/></ObjectResult>\
         <ObjectResult index=\"1\"/><ObjectResult index=\"2\" successFlag=\"TRUE\"/>",
        [Unknown, Unknown, Written],
        &[ResultNote::Doubled(0), ResultNote::Contradictory(0), ResultNote::WithoutFlag(1)],
    );
    assert_states(
        "<ObjectResult index=\"0\" successFlag=\"true\"/><ObjectResult index=\"1\" successFlag=\"true\"/>\
         <ObjectResult index=\"2\" successFlag=\"true\"/><ObjectResult index=\"3\" successFlag=\"true\"/>\
         <ObjectResult successFlag=\"false\"/>",
        [Written; 3],
        &[ResultNote::OutOfRange(3), ResultNote::WithoutIndex(4)],
    );
}

#[test]
fn a_command_without_records_has_no_outcomes() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        let error = write(&client, ReadSampleObject::new()).expect_err("no records are written");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{wire:?}");
        assert!(error.to_string().contains("the command writes no records; use `send`"), "{wire:?}: {error}");
        let error = write(&client, UpdateSampleObject::new([])).expect_err("there is nothing to write");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{wire:?}: {error}");
        assert!(setup.server.requests().is_empty(), "{wire:?}");
    }
}

#[test]
fn an_event_is_carried_out_or_refused() {
    for wire in Wire::ALL {
        let setup = Setup::new();
        let client = setup.client(wire);
        client.send(TriggerSampleEvent::new()).expect("an answer");
        assert_eq!(setup.service.executions("Trigger"), 1, "{wire:?}");
        setup.service.fail_trigger();
        let error = client.send(TriggerSampleEvent::new()).expect_err("a fault");
        assert!(error.to_string().contains("\"The event failed\""), "{wire:?}: {error}");
        assert_eq!(setup.service.asked().len(), 2, "{wire:?}: an event is never triggered again");
    }
}
