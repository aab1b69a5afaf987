//! Answers as they are documented: no note is taken of any.

use super::fixtures::*;
use crate::{
    ApiShape, DecodeErrorKind, Message, NoteKind, OpenReply, Options, Reply, ReplyShape, SoapNames, StatusReply, Tree,
    decode,
};

#[test]
fn a_reply_by_status() {
    let reply = read::<Zones>(&GET_ZONES, &dynect(ZONES), true).unwrap();
    assert_eq!(reply.head.job.as_deref(), Some("2"));
    assert_eq!(reply.head.messages, [Message::new("BLL", "INFO", "", "get: Your 2 zones")]);
    assert_eq!((reply.status(), reply.pending), ("success", false));
    assert_eq!(reply.value.unwrap(), zones());
}

#[test]
fn a_reply_that_is_still_to_come() {
    let body = dynect("<tns:GetZonesResponse><job_id>7</job_id><status>incomplete</status></tns:GetZonesResponse>");
    let reply = read::<Zones>(&GET_ZONES, &body, true).unwrap();
    assert!(reply.pending && reply.is_ok());
    assert_eq!(reply.head.job.as_deref(), Some("7"));
}

#[test]
fn a_text_and_a_record_stand_alone() {
    let body = |name: &str, data: &str| {
        dynect(&format!("<tns:{name}Response><status>success</status><data>{data}</data></tns:{name}Response>"))
    };
    assert_eq!(plain::<Logout>(&LOGOUT, &body("SessionLogout", "bye")).data, "bye");
    let created = plain::<Created>(&CREATE_ZONE, &body("CreateZone", "<zone>a.com</zone><serial>0</serial>"));
    assert_eq!(created.zone.unwrap().zone, "a.com");
}

#[test]
fn parts_are_taken_whatever_they_are_called() {
    for part in ["IDSession", "return", "sessionOpenReturn", "value"] {
        let body = netim(&format!(
            "<ns1:sessionOpenResponse><{part} xsi:type=\"xsd:string\">0123abc</{part}></ns1:sessionOpenResponse>"
        ));
        assert_eq!(plain::<Session>(&OPEN, &body).id, "0123abc", "{part}");
    }
}

#[test]
fn arrays_and_maps_are_levels() {
    let body = netim(
        "<ns1:domainCheckResponse><return SOAP-ENC:arrayType=\"ns1:StructCheck[2]\" xsi:type=\"ns1:ArrayStructCheck\">\
         <item xsi:type=\"ns1:StructCheck\"><domain xsi:type=\"xsd:string\">a.com</domain>\
         <result xsi:type=\"xsd:string\">AVAILABLE</result><reason xsi:type=\"xsd:string\"></reason></item>\
         <item xsi:type=\"ns1:StructCheck\"><domain xsi:type=\"xsd:string\">b.com</domain>\
         <result xsi:type=\"xsd:string\">CLOSED</result><reason xsi:nil=\"true\"/></item>\
         </return></ns1:domainCheckResponse>",
    );
    let checks = plain::<Checks>(&CHECK, &body).checks;
    let found: Vec<_> = checks.iter().map(|check| (check.domain.as_str(), check.result.as_str())).collect();
    assert_eq!(found, [("a.com", "AVAILABLE"), ("b.com", "CLOSED")]);
    let body = netim(
        "<ns1:contactInfoResponse><return xsi:type=\"ns1:StructContact\"><firstName>Ada</firstName>\
         <additional xsi:type=\"ns2:Map\" xmlns:ns2=\"http://xml.apache.org/xml-soap\"><item><key>siret</key>\
         <value>12</value></item><item><key>tm</key><value>x</value></item></additional></return>\
         </ns1:contactInfoResponse>",
    );
    let contact = plain::<Contact>(&CONTACT, &body);
    let entries: Vec<_> = contact.additional.iter().map(|entry| (entry.key.as_str(), entry.value.as_str())).collect();
    assert_eq!(entries, [("siret", "12"), ("tm", "x")]);
}

#[test]
fn an_empty_answer_is_a_success_where_failures_are_faults() {
    for answer in ["<ns1:sessionCloseResponse/>", "<ns1:sessionCloseResponse></ns1:sessionCloseResponse>"] {
        plain::<StatusReply>(&CLOSE, &netim(answer));
    }
    // Where there is a status it is not.
    let error = read::<Zones>(&GET_ZONES, &dynect("<tns:GetZonesResponse/>"), false).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::NoVerdict);
}

#[test]
fn another_commands_answer_is_none() {
    let body = netim("<ns1:sessionCloseResponse/>");
    assert_eq!(read::<Session>(&OPEN, &body, false).unwrap_err().kind(), DecodeErrorKind::OtherCommand);
    let body = netim("<ns1:fooResponse><return>1</return></ns1:fooResponse>");
    assert_eq!(read::<Session>(&OPEN, &body, false).unwrap_err().kind(), DecodeErrorKind::NotAReply);
    // Something known in it makes it one, with a note.
    let body = netim("<ns1:fooResponse><IDSession>1</IDSession></ns1:fooResponse>");
    let (session, notes) = odd::<Session>(&OPEN, &body);
    assert_eq!((session.id.as_str(), notes), ("1", vec![(NoteKind::RenamedEnvelope, "fooResponse".to_owned())]));
}

#[test]
fn documented_attributes_are_fields() {
    let answer = |attributes: [&str; 2]| {
        let [level, reason] = attributes;
        format!(
            "<soapenv:Envelope xmlns:ns1=\"http://ecosys.net/api/SampleObject\" \
             xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>\
             <ns1:SampleObjectWriteResponseElement>\
             <ObjectResult index=\"0\" successFlag=\"true\" internalId=\"53377\" externalId=\"A &amp; &quot;B&quot;\"/>\
             <ObjectResult index=\"1\" successFlag=\"false\" internalId=\"\" externalId=\"PROJ_DEF\">\
             <ResultMessage {level}=\"FAILURE\" {reason}=\"ESRC_OBJECT_NOT_FOUND_BY_KEY\"><KeyName>DEF</KeyName>\
             <Message>not found</Message></ResultMessage></ObjectResult></ns1:SampleObjectWriteResponseElement>\
             </soapenv:Body></soapenv:Envelope>"
        )
    };
    let writes = plain::<Writes>(&WRITE, &answer(["level", "reasonCode"])).results;
    assert_eq!((writes[0].index, writes[0].ok, writes[0].internal.as_str()), (Some(0), Some(true), "53377"));
    assert_eq!(writes[0].external, "A & \"B\"");
    assert_eq!((writes[1].index, writes[1].internal.as_str()), (Some(1), ""));
    assert_eq!(writes[1].why[0].level, "FAILURE");
    let (again, notes) = odd::<Writes>(&WRITE, &answer(["Level", "ReasonCode"]));
    assert_eq!(again.results, writes);
    let variants = ["Level", "ReasonCode"].map(|name| (NoteKind::NameVariant, name.to_owned()));
    assert_eq!(notes, variants);
    // One that is not documented is noted, and an element in place of an attribute is read.
    let body = answer(["level", "other"]);
    let (writes, notes) = odd::<Writes>(&WRITE, &body);
    assert_eq!(writes.results[1].why[0].reason, "");
    assert_eq!(notes, [(NoteKind::UnknownAttribute, "ESRC_OBJECT_NOT_FOUND_BY_KEY".to_owned())]);
    let body = body.replace(" level=\"FAILURE\"", "").replace("<KeyName>", "<level>WARN</level><KeyName>");
    assert_eq!(odd::<Writes>(&WRITE, &body).0.results[1].why[0].level, "WARN");
}

#[test]
fn an_open_child_takes_whatever_comes() {
    let text = |text: &str| Tree::Text(text.into());
    let level =
        |fields: Vec<(&str, Tree)>| Tree::Level(fields.into_iter().map(|(name, tree)| (name.into(), tree)).collect());
    let read = |data: &str| {
        let body = dynect(&format!(
            "<tns:GetJobResponse><job_id>1</job_id><status>success</status>{data}</tns:GetJobResponse>"
        ));
        plain::<Job>(&GET_JOB, &body).data.map(|data| data.fields)
    };
    let found = read(
        "<data xsi:type=\"tns:T\"><status>odd</status><b kind=\"k\"><c>1 &lt; 2</c><c/><d xsi:nil=\"true\"/></b> \
         <msgs>no message</msgs></data>",
    );
    let b = level(vec![("@kind", text("k")), ("c", text("1 < 2")), ("c", text(""))]);
    let expected = vec![("status".into(), text("odd")), ("b".into(), b), ("msgs".into(), text("no message"))];
    assert_eq!(found, Some(expected));
    assert_eq!(read("<data>just a text</data>"), Some(vec![("".into(), text("just a text"))]));
    assert_eq!(read("<data/>"), Some(vec![]));
    assert_eq!(read("<data xsi:nil=\"1\"/>"), None);
    assert_eq!(read(""), None);
}

#[test]
fn an_open_child_is_the_same_in_json() {
    static API: ApiShape = ApiShape { soap: None, ..DYNECT };
    static REPLY: ReplyShape = ReplyShape { api: &API, ..GET_JOB };
    let body = r#"{"GetJobResponse":{"status":"success","data":{"a":1,"b":[{"c":"x"}],"d":["1","2"],"status":"q"}}}"#;
    let reply = read::<Job>(&REPLY, body, true).unwrap();
    let names: Vec<_> = reply.value.unwrap().data.unwrap().fields.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "b", "d", "d", "status"]);
}

#[test]
fn a_raw_reply_is_taken_as_it_comes() {
    let reply = read::<OpenReply>(&RAW, &dynect(ZONES), true).unwrap();
    assert_eq!(reply.head.job.as_deref(), Some("2"));
    assert_eq!(reply.head.messages[0].text, "get: Your 2 zones");
    assert_eq!(reply.value.unwrap().text("data/zone"), Some("example.com"));
    let refusal = read::<OpenReply>(&RAW, &dynect(FAILURE), true).unwrap().refusal.unwrap();
    assert_eq!((refusal.code_word.as_str(), refusal.job.as_str()), ("TARGET_EXISTS", "9"));
}

#[test]
fn what_is_no_envelope_is_told() {
    for (body, kind) in [
        ("", DecodeErrorKind::Empty),
        ("  \n", DecodeErrorKind::Empty),
        ("<!DOCTYPE html><html><body>502</body></html>", DecodeErrorKind::NotAReply),
        ("<html><Body>502</Body></html>", DecodeErrorKind::NotAReply),
        ("Service unavailable", DecodeErrorKind::NotAReply),
        ("{\"status\": \"success\"}", DecodeErrorKind::NotAReply),
        ("<foo><status>success</status></foo>", DecodeErrorKind::NotAReply),
        ("<tns:CreateZoneResponse><status>success</status></tns:CreateZoneResponse>", DecodeErrorKind::OtherCommand),
        ("<e:Envelope><e:Body></e:Body></e:Envelope>", DecodeErrorKind::NotAReply),
        ("<e:Envelope><e:Body/></e:Envelope>", DecodeErrorKind::NotAReply),
        ("<e:Envelope/>", DecodeErrorKind::NotAReply),
        ("<e:Envelope><e:Body>", DecodeErrorKind::CutOff),
        ("<e:Envelope xmlns:e=\"http", DecodeErrorKind::CutOff),
    ] {
        assert_eq!(read::<Zones>(&GET_ZONES, body, false).unwrap_err().kind(), kind, "{body}");
    }
}

#[test]
fn a_reply_may_be_called_what_only_the_run_knows() {
    static NAMED: ReplyShape = reply("Update", "WriteResponseElement", "", Writes::SHAPE, &ECOSYS);
    let body = |element: &str, namespace: &str| {
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><n:{element} xmlns:n=\"{namespace}\">\
             <ObjectResult index=\"0\" successFlag=\"true\" internalId=\"1\" externalId=\"A\"/></n:{element}></e:Body></e:Envelope>"
        )
    };
    let names = SoapNames {
        request: "ThingUpdateRequestElement".into(),
        reply: "ThingWriteResponseElement".into(),
        namespace: "http://ecosys.net/api/Thing".into(),
    };
    let read = |element: &str, namespace: &str, strict: bool| {
        let options = Options { names: Some(names.clone()), strict, ..Options::default() };
        decode::<Writes>(&NAMED, body(element, namespace).as_bytes(), &options).map(Reply::into_owned)
    };
    let own = read("ThingWriteResponseElement", "http://ecosys.net/api/Thing", true).unwrap();
    assert_eq!(own.value.unwrap().results.len(), 1);
    let other = read("ThingWriteResponseElement", "http://ecosys.net/api/Other", false).unwrap();
    assert_eq!(other.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::OtherNamespace]);
    let error = read("SampleObjectWriteResponseElement", "http://ecosys.net/api/SampleObject", false).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::OtherCommand);
    let empty = body("ThingWriteResponseElement", "http://ecosys.net/api/Thing").replace("ObjectResult", "Other");
    let options = Options { names: Some(names.clone()), ..Options::default() };
    assert!(decode::<Writes>(&NAMED, empty.as_bytes(), &options).unwrap().is_ok(), "its own element is a success");
}
