//! Encoded messages: what is absent by its own word, and values that stand elsewhere.

use super::fixtures::*;
use crate::{DecodeErrorKind, NoteKind};

fn contact(inside: &str, beside: &str) -> String {
    netim(&format!("<ns1:contactInfoResponse>{inside}</ns1:contactInfoResponse>{beside}"))
}

#[test]
fn nil_is_absent() {
    for nil in ["<{} xsi:nil=\"true\"/>", "<{} xsi:nil='1' xsi:type=\"xsd:string\"></{}>", "<{} i:nil=\"true\"> </{}>"]
    {
        let nil = |name: &str| nil.replace("{}", name);
        let body = contact(
            &format!(
                "<contact>{}{}{}<additional>{}<item><key>a</key>{}</item></additional></contact>",
                nil("firstName"),
                nil("age"),
                nil("company"),
                nil("item"),
                nil("value"),
            ),
            "",
        );
        let contact = plain::<Contact>(&CONTACT, &body);
        assert_eq!((contact.first.as_str(), contact.age, &contact.company), ("", None, &None));
        assert_eq!((contact.additional.len(), contact.additional[0].key.as_str()), (1, "a"));
    }
    // The whole part, and the whole answer.
    plain::<Contact>(&CONTACT, &contact("<return xsi:nil=\"true\"/>", ""));
    let body = netim("<ns1:sessionCloseResponse xsi:nil=\"true\"/>");
    plain::<crate::StatusReply>(&CLOSE, &body);
    let nils = contact("<contact><firstName xsi:nil=\"false\">x</firstName></contact>", "");
    assert_eq!(plain::<Contact>(&CONTACT, &nils).first, "x");
    // What is there all the same is kept.
    let (value, notes) =
        kinds::<Contact>(&CONTACT, &contact("<contact><firstName xsi:nil=\"true\">x</firstName></contact>", ""));
    assert_eq!((value.first.as_str(), notes), ("x", vec![NoteKind::UnknownAttribute]));
    let (_, notes) = kinds::<Contact>(&CONTACT, &contact("<contact><new xsi:nil=\"true\"/></contact>", ""));
    assert_eq!(notes, [NoteKind::UnknownField]);
}

#[test]
fn nil_items_leave_no_trace_in_long_lists() {
    let item = |number: usize| match number % 3 {
        0 => "<item xsi:nil=\"true\"/>".to_owned(),
        _ => format!("<item xsi:type=\"ns1:S\"><domain>{number}.com</domain><result>A</result><reason/></item>"),
    };
    let items: String = (0..300).map(item).collect();
    let body = netim(&format!("<ns1:domainCheckResponse><return>{items}</return></ns1:domainCheckResponse>"));
    let checks = plain::<Checks>(&CHECK, &body).checks;
    assert_eq!((checks.len(), checks[199].domain.as_str()), (200, "299.com"));
}

#[test]
fn references_are_followed() {
    let company = "<multiRef id=\"c\" SOAP-ENC:root=\"0\" xsi:type=\"ns1:Company\"><name href=\"#n\"/></multiRef>";
    let name = "<multiRef id=\"n\" SOAP-ENC:root=\"0\" xsi:type=\"xsd:string\">A &amp; B</multiRef>";
    let item = "<multiRef id='i'><key>k</key><value>v</value></multiRef>";
    let body = contact(
        "<contact href=\"#all\"/>",
        &format!(
            "<multiRef id=\"all\"><firstName>Ada</firstName><additional><item href=\"#i\"/><item href=\"#i\"></item>\
             </additional><company href=\"#c\"/></multiRef>{company}{name}{item}"
        ),
    );
    let contact = plain::<Contact>(&CONTACT, &body);
    assert_eq!((contact.first.as_str(), contact.company.unwrap().name.as_str()), ("Ada", "A & B"));
    assert_eq!(contact.additional.len(), 2);
    assert_eq!(contact.additional[1].value, "v");
}

#[test]
fn references_lead_within_the_answer_and_before_it() {
    let body = contact(
        "<contact><company id=\"c\"><name>x</name></company><firstName href=\"#f\"/></contact>",
        "<multiRef id=\"f\">Ada</multiRef>",
    );
    let contact_read = plain::<Contact>(&CONTACT, &body);
    assert_eq!(contact_read.first, "Ada");
    let body = netim(
        "<multiRef id=\"f\">Ada</multiRef><ns1:contactInfoResponse><contact><firstName href=\"#f\"/></contact>\
         </ns1:contactInfoResponse>",
    );
    assert_eq!(plain::<Contact>(&CONTACT, &body).first, "Ada");
    // One that refers to another one that refers on, and one that is absent.
    let body = contact(
        "<contact><firstName href=\"#a\"/><company href=\"#n\"/></contact>",
        "<m id=\"a\" href=\"#b\"/><m id=\"b\">Ada</m><m id=\"n\" xsi:nil=\"true\"/>",
    );
    let contact = plain::<Contact>(&CONTACT, &body);
    assert_eq!((contact.first.as_str(), contact.company), ("Ada", None));
}

#[test]
fn dangling_references_are_noted() {
    for href in ["#none", "cid:x", "none"] {
        let body =
            contact(&format!("<contact><firstName href=\"{href}\"/></contact>"), "<multiRef id=\"a\">b</multiRef>");
        let (contact, notes) = odd::<Contact>(&CONTACT, &body);
        assert_eq!((contact.first.as_str(), notes), ("", vec![(NoteKind::UnknownAttribute, href.to_owned())]));
    }
}

#[test]
fn circles_are_refused() {
    for beside in [
        "<m id=\"a\"><company href=\"#a\"/></m>",
        "<m id=\"a\" href=\"#a\"/>",
        "<m id=\"a\" href=\"#b\"/><m id=\"b\" href=\"#a\"/>",
        "<m id=\"a\"><company href=\"#b\"/></m><m id=\"b\"><name href=\"#a\"/></m>",
    ] {
        let error = read::<Contact>(&CONTACT, &contact("<contact href=\"#a\"/>", beside), false).unwrap_err();
        assert_eq!((error.kind(), error.what()), (DecodeErrorKind::Limit, "a value refers to itself"), "{beside}");
    }
}

#[test]
fn what_is_referred_to_does_not_grow_without_bound() {
    let doubles: String = (0..60)
        .map(|level| format!("<m id=\"a{level}\"><x href=\"#a{0}\"/><x href=\"#a{0}\"/></m>", level + 1))
        .collect();
    let body = contact("<contact href=\"#a0\"/>", &format!("{doubles}<m id=\"a60\">{}</m>", "y".repeat(1000)));
    let error = read::<Contact>(&CONTACT, &body, false).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::Limit, "{error}");
    assert!(error.what().starts_with("with the values that it refers to, the reply has more than"), "{error}");
    let chain: String = (0..200).map(|at| format!("<m id=\"a{at}\" href=\"#a{}\"/>", at + 1)).collect();
    let error = read::<Contact>(&CONTACT, &contact("<contact href=\"#a0\"/>", &chain), false).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::Limit, "{error}");
}

#[test]
fn notes_on_what_was_referred_to_lead_there() {
    let body = contact("<contact><age href=\"#a\"/></contact>", "<multiRef id=\"a\">old</multiRef>");
    let reply = read::<Contact>(&CONTACT, &body, false).unwrap();
    assert_eq!(reply.notes[0].kind, NoteKind::Unparsed);
    assert!(body[reply.notes[0].offset..].starts_with("old"));
}
