//! Answers to earlier commands, in the answer of the job.

use super::fixtures::*;
use crate::{Class, DecodeErrorKind, NoteKind, Reply};

fn job(status: &str, data: &str) -> String {
    dynect(&format!(
        "<tns:GetJobResponse><job_id>8</job_id><status>{status}</status><msgs><lvl>INFO</lvl><info>job</info></msgs>\
         {data}</tns:GetJobResponse>"
    ))
}

fn inner(kind: &str) -> String {
    let inside = ZONES.trim_start_matches("<tns:GetZonesResponse>").trim_end_matches("</tns:GetZonesResponse>");
    format!("<data{kind}>{inside}</data>")
}

#[test]
fn the_wanted_answer_stands_in_the_data() {
    let body = job("success", &inner(" xsi:type=\"tns:GetZonesResponseType\""));
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &body, true).unwrap();
    assert_eq!(reply.head.job.as_deref(), Some("2"));
    let texts: Vec<_> = reply.head.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["get: Your 2 zones", "job"]);
    assert_eq!(reply.value.unwrap(), zones());
    // The answer of the job itself takes it as it comes.
    let job = plain::<Job>(&GET_JOB, &body);
    assert_eq!(job.data.unwrap().text("data/zone"), Some("example.com"));
    let broken = body.replace("<serial>3<", "<serial>three<");
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &broken, false).unwrap();
    assert!(broken[reply.notes[0].offset..].starts_with("three"), "{:?}", reply.notes);
}

#[test]
fn without_a_type_it_is_taken_for_the_wanted_one() {
    for kind in ["", " xsi:type=\"tns:Odd\""] {
        let (value, notes) = kinds::<Zones>(&GET_ZONES, &job("success", &inner(kind)));
        assert_eq!((value, notes), (zones(), vec![NoteKind::RenamedEnvelope]));
    }
    // Without a status in it, its content is that of the answer itself.
    let zone = "<zone>a.com</zone><serial>1</serial><zone_type>Primary</zone_type>";
    let (value, notes) =
        kinds::<Zones>(&GET_ZONES, &job("success", &format!("<data>{zone}</data><data>{zone}</data>")));
    assert_eq!((value.zones.len(), notes), (2, vec![NoteKind::RenamedEnvelope]));
}

#[test]
fn another_answer_is_refused() {
    let body = job("success", &inner(" xsi:type=\"tns:CreateZoneResponseType\""));
    let error = read::<Zones>(&GET_ZONES, &body, false).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::OtherCommand);
    assert_eq!(error.what(), "the job's answer is `CreateZoneResponse`, the reply to CreateZone");
    assert!(body[error.offset()..].starts_with("<data"));
}

#[test]
fn a_failure_stands_in_the_data() {
    let data = "<data xsi:type=\"tns:ErrorResponseType\"><job_id>7</job_id><status>failure</status><msgs>\
                <lvl>ERROR</lvl><err_cd>NOT_FOUND</err_cd><info>zone: none</info></msgs></data>";
    for status in ["success", "incomplete", "failure"] {
        let reply: Reply<'_, Zones> = read(&GET_ZONES, &job(status, data), true).unwrap();
        let refusal = reply.into_result().unwrap_err();
        assert_eq!((refusal.code_word.as_str(), refusal.class), ("NOT_FOUND", Class::NotFound), "{status}");
        assert_eq!((refusal.job.as_str(), refusal.messages.len()), ("7", 2));
    }
}

#[test]
fn what_the_job_says_counts_too() {
    let typed = inner(" xsi:type=\"tns:GetZonesResponseType\"");
    let pending: Reply<'_, Zones> = read(&GET_ZONES, &job("incomplete", &typed), true).unwrap();
    assert!(pending.pending && pending.is_ok());
    let inside = typed.replace("<status>success", "<status>incomplete");
    assert!(read::<Zones>(&GET_ZONES, &job("success", &inside), true).unwrap().pending);
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &job("failure", &typed), false).unwrap();
    assert!(reply.notes.iter().any(|note| note.kind == NoteKind::ConflictingCode));
    let refusal = reply.into_result().unwrap_err();
    assert!(refusal.may_have_run);
}

#[test]
fn without_data_the_job_speaks_for_itself() {
    for data in ["", "<data xsi:nil=\"true\"/>"] {
        let reply: Reply<'_, Zones> = read(&GET_ZONES, &job("incomplete", data), true).unwrap();
        assert!(reply.pending);
        assert_eq!((reply.head.job.as_deref(), reply.value), (Some("8"), Some(Zones::default())));
        let reply: Reply<'_, Zones> = read(&GET_ZONES, &job("failure", data), true).unwrap();
        assert!(reply.refusal.is_some());
        // A success of whom? The command's answer is not there.
        let error = read::<Zones>(&GET_ZONES, &job("success", data), false).unwrap_err();
        assert_eq!(error.kind(), DecodeErrorKind::NoVerdict, "{error}");
    }
}

#[test]
fn damage_around_the_data_is_read_over() {
    let typed = inner(" xsi:type=\"tns:GetZonesResponseType\"");
    let body = job("success", &typed).replace("</job_id><status>success", "<status>success");
    assert_eq!(odd::<Zones>(&GET_ZONES, &body).0, zones());
    let open = job("success", typed.trim_end_matches("</data>"));
    assert_eq!(odd::<Zones>(&GET_ZONES, &open).0, zones());
}
