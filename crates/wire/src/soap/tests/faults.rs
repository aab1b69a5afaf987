//! Faults: always refusals, and what they tell.

use super::fixtures::*;
use crate::{Class, NoteKind, Refusal, Reply, Tree};

fn fault(body: &str) -> Refusal {
    let reply: Reply<'_, Session> = read(&OPEN, &netim(body), true).unwrap();
    assert!(reply.value.is_none() && !reply.pending);
    reply.into_result().unwrap_err()
}

fn netim_fault(code: &str, text: &str) -> Refusal {
    fault(&format!("<SOAP-ENV:Fault><faultcode>{code}</faultcode><faultstring>{text}</faultstring></SOAP-ENV:Fault>"))
}

#[test]
fn a_fault_with_the_apis_own_answer() {
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &dynect(FAILURE), true).unwrap();
    assert_eq!(reply.head.job.as_deref(), Some("9"));
    assert_eq!(reply.status(), "failure");
    let refusal = reply.into_result().unwrap_err();
    assert_eq!(refusal.code_word, "TARGET_EXISTS");
    assert_eq!((refusal.class, refusal.may_have_run), (Class::Unavailable, false));
    assert_eq!((refusal.error.as_str(), refusal.job.as_str()), ("name: Name already exists", "9"));
    assert_eq!(
        refusal.to_string(),
        "refused: code TARGET_EXISTS, \"failure\", ERROR TARGET_EXISTS \"name: Name already exists\" (unavailable)"
    );
    let fault = refusal.fault.unwrap();
    assert_eq!((fault.code.as_str(), fault.string.as_str()), ("SOAP-ENV:Server", "failure"));
    let [(name, Tree::Level(below))] = &fault.detail[..] else { panic!("{:?}", fault.detail) };
    assert_eq!((name.as_str(), below.len()), ("ErrorResponse", 3));
}

#[test]
fn the_same_without_a_fault() {
    let body = dynect(
        "<tns:GetZonesResponse><job_id>9</job_id><status>failure</status><msgs><source>API</source><lvl>WARN</lvl>\
         <info>slow</info></msgs><msgs><source>BLL</source><lvl>FATAL</lvl><err_cd>NOT_FOUND</err_cd>\
         <info>zone: none &quot;so&quot;</info></msgs></tns:GetZonesResponse>",
    );
    let refusal = read::<Zones>(&GET_ZONES, &body, true).unwrap().into_result().unwrap_err();
    assert_eq!((refusal.class, refusal.may_have_run), (Class::NotFound, false));
    assert_eq!(
        refusal.to_string(),
        "refused: code NOT_FOUND, \"failure\", WARN \"slow\", FATAL NOT_FOUND \"zone: none \\\"so\\\"\" (not_found)"
    );
    assert!(refusal.fault.is_none());
}

#[test]
fn every_text_is_handed_out() {
    let mut refusal = read::<Zones>(&GET_ZONES, &dynect(FAILURE), true).unwrap().into_result().unwrap_err();
    let mut texts = Vec::new();
    refusal.for_each_text(&mut |text| {
        texts.push(text.to_string());
        *text = "*".into();
    });
    for text in ["9", "TARGET_EXISTS", "name: Name already exists", "BLL", "failure", "SOAP-ENV:Server"] {
        assert!(texts.iter().any(|known| known == text), "{text}");
    }
    assert!(!format!("{refusal:?}").contains("exists"));
    let mut reply: Reply<'_, Zones> = read(&GET_ZONES, &dynect(ZONES), true).unwrap();
    let mut texts = Vec::new();
    reply.for_each_text(&mut |text| texts.push(text.to_string()));
    assert!(texts.contains(&"2".to_owned()) && texts.contains(&"get: Your 2 zones".to_owned()));
}

#[test]
fn codes_are_words() {
    for (code, text, word, class, may_have_run) in [
        ("E01-M0101", "E01-M0101 : Unable to connect", "E01-M0101", Class::Auth, false),
        ("SOAP-ENV:E13", "E13 : Province : Invalid value", "E13", Class::InvalidRequest, false),
        ("SOAP-ENV:Server", "E13 : Province : Invalid value", "E13", Class::InvalidRequest, false),
        // The longest word counts.
        ("E13-M1305", "E13-M1305 : syntax", "E13-M1305", Class::Unsupported, false),
        ("E13-M9", "", "E13-M9", Class::InvalidRequest, false),
        // One that begins so is another one.
        ("E130", "", "E130", Class::Other, true),
        ("E99-M1", "E99-M1 : no such thing", "E99-M1", Class::Other, true),
        ("E99-M1", "E99-M1 : Too many checks", "E99-M1", Class::Busy, false),
        ("SOAP-ENV:Server", "something : happened", "", Class::Other, true),
        ("SOAP-ENV:Server.userException", "", "", Class::Other, true),
        ("SOAP-ENV:Client", "Procedure 'x' not present", "", Class::InvalidRequest, false),
        ("", "", "", Class::Other, true),
    ] {
        let refusal = netim_fault(code, text);
        assert_eq!((refusal.code_word.as_str(), refusal.class), (word, class), "{code} {text}");
        assert_eq!(refusal.may_have_run, may_have_run, "{code} {text}");
        assert_eq!((refusal.error.as_str(), refusal.code), (text, None));
    }
    let refusal = netim_fault("500", "lost");
    assert_eq!((refusal.code, refusal.code_word.as_str()), (Some(500), ""));
}

#[test]
fn an_unsure_server_may_have_done_it() {
    let body = FAILURE.replace("TARGET_EXISTS", "INTERNAL_ERROR").replace("Name already exists", "oops");
    let refusal = read::<Zones>(&GET_ZONES, &dynect(&body), true).unwrap().into_result().unwrap_err();
    assert_eq!((refusal.class, refusal.may_have_run), (Class::Other, true));
    // Also when the failure is no fault.
    let body = "<tns:GetZonesResponse><status>failure</status><msgs><lvl>ERROR</lvl><err_cd>INTERNAL_ERROR</err_cd>\
                </msgs></tns:GetZonesResponse>";
    let refusal = read::<Zones>(&GET_ZONES, &dynect(body), true).unwrap().into_result().unwrap_err();
    assert_eq!((refusal.class, refusal.may_have_run), (Class::Other, true));
}

#[test]
fn detail_actor_and_an_empty_fault() {
    let refusal = fault(
        "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>x</faultstring>\
         <faultactor>urn:me</faultactor><detail><a href=\"#r\">1</a><b><c>2</c></b>text</detail></SOAP-ENV:Fault>",
    );
    let fault = refusal.fault.unwrap();
    assert_eq!(fault.actor, "urn:me");
    assert_eq!(fault.detail.len(), 3, "{:?}", fault.detail);
    for empty in ["<SOAP-ENV:Fault/>", "<SOAP-ENV:Fault></SOAP-ENV:Fault>"] {
        let reply: Reply<'_, Session> = read(&OPEN, &netim(empty), true).unwrap();
        let refusal = reply.into_result().unwrap_err();
        assert_eq!((refusal.class, refusal.may_have_run), (Class::Other, true));
        assert_eq!(refusal.to_string(), "refused (other)");
    }
}

#[test]
fn a_fault_of_soap_1_2() {
    let body = "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body><e:Fault><e:Code>\
                <e:Value>e:Sender</e:Value><e:Subcode><e:Value>E02</e:Value></e:Subcode></e:Code><e:Reason>\
                <e:Text xml:lang=\"en\">closed</e:Text></e:Reason><e:Detail><a>1</a></e:Detail></e:Fault></e:Body>\
                </e:Envelope>";
    let reply: Reply<'_, Session> = read(&OPEN, body, false).unwrap();
    let kinds: Vec<_> = reply.notes.iter().map(|note| note.kind).collect();
    assert!(kinds.contains(&NoteKind::OtherNamespace) && kinds.contains(&NoteKind::NameVariant), "{kinds:?}");
    let refusal = reply.into_result().unwrap_err();
    assert_eq!((refusal.code_word.as_str(), refusal.error.as_str(), refusal.class), ("E02", "closed", Class::Auth));
    let fault = refusal.fault.unwrap();
    assert_eq!((fault.code.as_str(), fault.detail.len()), ("e:Sender", 1));
    assert!(read::<Session>(&OPEN, body, true).is_err());
}

#[test]
fn a_fault_wins_over_an_answer_beside_it() {
    let body = netim(
        "<ns1:sessionOpenResponse><IDSession>1</IDSession></ns1:sessionOpenResponse><SOAP-ENV:Fault>\
         <faultcode>E02</faultcode></SOAP-ENV:Fault>",
    );
    let refusal = read::<Session>(&OPEN, &body, false).unwrap().into_result().unwrap_err();
    assert_eq!(refusal.code_word, "E02");
}

#[test]
fn what_is_odd_in_a_fault_is_noted_once() {
    let body = dynect(FAILURE).replace("<info>name: Name", "<info>name&colon; Na&me").replace('\n', "\r\n");
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &body, false).unwrap();
    let kinds: Vec<_> = reply.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::CarriageReturn, NoteKind::UnknownEntity, NoteKind::BareAmpersand]);
}

#[test]
fn a_success_in_a_fault_is_none() {
    let body = dynect(&FAILURE.replace("<status>failure", "<status>success"));
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &body, false).unwrap();
    assert_eq!(reply.into_result().unwrap_err().code_word, "TARGET_EXISTS");
}
