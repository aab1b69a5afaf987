//! Answers as they are written, and read back without a note.

use super::fixtures::*;
use crate::{
    Fault, Format, Head, MapEntry, Message, OpenReply, Record, ReplyShape, StatusReply, Tree, WriteOptions,
    write_fault, write_reply, write_reply_with,
};

/// Writes and reads back, indented and compact.
#[track_caller]
fn round_trip<T: Record + Default + Clone + PartialEq + std::fmt::Debug>(
    shape: &'static ReplyShape,
    head: &Head,
    value: &T,
) {
    for compact in [false, true] {
        let body = write_reply_with(shape, head, value, Format::Xml, WriteOptions { compact }).unwrap();
        let reply = read::<T>(shape, &body, true).unwrap_or_else(|error| panic!("{error}\n{body}"));
        assert_eq!(reply.value.as_ref(), Some(value), "{body}");
        assert_eq!(reply.head, *head, "{body}");
    }
}

fn success() -> Head {
    let messages = vec![Message::new("BLL", "INFO", "", "a < b"), Message::new("API", "WARN", "DEPRECATED", "x")];
    Head { status: Some("success".into()), job: Some("12".into()), messages, ..Head::default() }
}

#[test]
fn a_reply_stands_in_its_envelope() {
    let mut head = success();
    head.messages.truncate(1);
    let body = write_reply(&GET_ZONES, &head, &zones(), Format::Xml).unwrap();
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ns1=\"https://api2.dynect.net/wsdl/current/Dynect/\">
  <SOAP-ENV:Body>
    <ns1:GetZonesResponse>
      <job_id>12</job_id>
      <status>success</status>
      <msgs>
        <source>BLL</source>
        <lvl>INFO</lvl>
        <info>a &lt; b</info>
      </msgs>
      <data>
        <zone>example.com</zone>
        <serial_style>increment</serial_style>
        <serial>3</serial>
        <zone_type>Primary</zone_type>
      </data>
      <data>";
    assert!(body.starts_with(expected), "{body}");
    assert!(body.ends_with("    </ns1:GetZonesResponse>\n  </SOAP-ENV:Body>\n</SOAP-ENV:Envelope>"), "{body}");
}

#[test]
fn values_come_back() {
    round_trip(&GET_ZONES, &success(), &zones());
    round_trip(&GET_ZONES, &success(), &Zones::default());
    let pending = Head { status: Some("incomplete".into()), job: Some("1".into()), ..Head::default() };
    round_trip(&GET_ZONES, &pending, &Zones::default());
    round_trip(&LOGOUT, &success(), &Logout { data: "logged out".into() });
    round_trip(&CREATE_ZONE, &success(), &Created { zone: Some(zones().zones[0].clone()) });
    round_trip(&CREATE_ZONE, &success(), &Created::default());
    round_trip(&OPEN, &Head::default(), &Session { id: "0123".into() });
    round_trip(&CLOSE, &Head::default(), &StatusReply::default());
    let additional = vec![MapEntry { key: "a".into(), value: "&".into() }, MapEntry::default()];
    let company = Some(Company { name: "x".into() });
    round_trip(&CONTACT, &Head::default(), &Contact { first: "Ada".into(), age: Some(3), additional, company });
    let why = Why { level: "FAILURE".into(), reason: "A".into(), key: String::new().into(), message: "m".into() };
    let written = |index, why| Written {
        index: Some(index),
        ok: Some(index == 0),
        internal: "1".into(),
        external: " \"<&>'\n".into(),
        why,
    };
    let writes = Writes { results: vec![written(0, vec![]), written(1, vec![why])] };
    let body = write_reply(&WRITE, &Head::default(), &writes, Format::Xml).unwrap();
    assert!(body.contains("<ObjectResult index=\"0\" successFlag=\"true\" internalId=\"1\""), "{body}");
    assert!(body.contains("/>\n      <ObjectResult index=\"1\""), "{body}");
    let reply = read::<Writes>(&WRITE, &body, false).unwrap();
    assert_eq!(reply.value.unwrap(), writes);
}

#[test]
fn open_records_come_back() {
    let text = |text: &str| Tree::Text(text.into());
    let level = Tree::Level(vec![("@kind".into(), text("a\"b")), ("c".into(), text("1")), ("c".into(), text(""))]);
    for fields in [
        vec![("a".into(), text("<1>")), ("b".into(), level), ("status".into(), text("x"))],
        vec![("".into(), text("text alone"))],
        vec![],
    ] {
        round_trip(&GET_JOB, &success(), &Job { data: Some(OpenReply { fields }) });
    }
    round_trip(&GET_JOB, &success(), &Job::default());
    let head = Head { status: Some("success".into()), ..Head::default() };
    round_trip(&RAW, &head, &OpenReply { fields: vec![("a".into(), text("1"))] });
}

#[test]
fn refusals_come_back() {
    let messages = vec![Message::new("BLL", "ERROR", "NOT_FOUND", "zone: none")];
    let head = Head { status: Some("failure".into()), job: Some("9".into()), messages, ..Head::default() };
    let body = write_reply(&GET_ZONES, &head, &Zones::default(), Format::Xml).unwrap();
    let reply = read::<Zones>(&GET_ZONES, &body, true).unwrap();
    assert_eq!(reply.head, head);
    let refusal = reply.into_result().unwrap_err();
    assert_eq!((refusal.code_word.as_str(), refusal.error.as_str()), ("NOT_FOUND", "zone: none"));
    // An error text becomes a message, or a fault.
    let head = Head { status: Some("failure".into()), error: Some("no".into()), ..Head::default() };
    let body = write_reply(&GET_ZONES, &head, &Zones::default(), Format::Xml).unwrap();
    assert_eq!(read::<Zones>(&GET_ZONES, &body, true).unwrap().refusal.unwrap().error, "no");
    let head = Head { error: Some("E13-M1305 : no".into()), ..Head::default() };
    let body = write_reply(&OPEN, &head, &Session::default(), Format::Xml).unwrap();
    let refusal = read::<Session>(&OPEN, &body, true).unwrap().refusal.unwrap();
    assert_eq!((refusal.code_word.as_str(), refusal.error.as_str()), ("E13-M1305", "E13-M1305 : no"));
}

#[test]
fn faults_come_back() {
    let messages = vec![Message::new("BLL", "ERROR", "NOT_FOUND", "zone: none")];
    let head = Head { status: Some("failure".into()), job: Some("9".into()), messages, ..Head::default() };
    let mut fault = Fault::new("SOAP-ENV:Server", "a & b");
    fault.actor = "urn:x".into();
    fault.detail = vec![("why".into(), Tree::Text("<so>".into()))];
    let body = write_fault(&GET_ZONES, &fault, &head, WriteOptions::default()).unwrap();
    let reply = read::<Zones>(&GET_ZONES, &body, true).unwrap();
    assert_eq!((&reply.head.messages, &reply.head.job), (&head.messages, &head.job));
    let read_back = reply.into_result().unwrap_err().fault.unwrap();
    assert_eq!((&read_back.code, &read_back.string, &read_back.actor), (&fault.code, &fault.string, &fault.actor));
    assert_eq!((read_back.detail.len(), &read_back.detail[0]), (2, &fault.detail[0]));
    let body =
        write_fault(&OPEN, &Fault::new("E02", "E02 : closed"), &Head::default(), WriteOptions::default()).unwrap();
    assert_eq!(read::<Session>(&OPEN, &body, true).unwrap().refusal.unwrap().code_word, "E02");
}
