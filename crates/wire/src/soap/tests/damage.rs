//! Damage in the envelope: noted, and read all the same.

use super::fixtures::*;
use crate::{DecodeErrorKind, NoteKind, Reply};

#[track_caller]
fn damaged(from: &str, to: &str) -> Vec<(NoteKind, String)> {
    let body = dynect(ZONES);
    assert_eq!(body.matches(from).count(), 1, "{from}");
    let (value, notes) = odd::<Zones>(&GET_ZONES, &body.replace(from, to));
    assert_eq!(value, zones());
    assert!(read::<Zones>(&GET_ZONES, &body.replace(from, to), true).is_err());
    notes
}

fn note(kind: NoteKind, text: &str) -> (NoteKind, String) {
    (kind, text.to_owned())
}

#[test]
fn missing_end_tags() {
    assert_eq!(damaged("</SOAP-ENV:Body>", ""), [note(NoteKind::MissingEndTag, "Body")]);
    assert_eq!(damaged("</SOAP-ENV:Envelope>", ""), [note(NoteKind::MissingEndTag, "Envelope")]);
    let both = ["Envelope", "Body"].map(|name| note(NoteKind::MissingEndTag, name));
    assert_eq!(damaged("</SOAP-ENV:Body>\n</SOAP-ENV:Envelope>", ""), both);
    let answer = damaged("</tns:GetZonesResponse>", "");
    assert!(answer.iter().all(|(kind, _)| *kind == NoteKind::MissingEndTag) && !answer.is_empty(), "{answer:?}");
    assert_eq!(damaged("</tns:GetZonesResponse>", "</tns:GetZonesRespons>")[0].0, NoteKind::MisspeltEndTag);
    // A last text without an end tag of its own is not lost.
    let body = netim("<ns1:sessionOpenResponse><IDSession>1");
    assert_eq!(odd::<Session>(&OPEN, &body).0.id, "1");
}

#[test]
fn text_comments_and_declarations() {
    let before = "<SOAP-ENV:Body>\n";
    for (junk, kind, text) in [
        ("warning: slow", NoteKind::StrayText, "warning: slow"),
        ("<!-- a -->", NoteKind::Comment, ""),
        ("<?php x ?>", NoteKind::ProcessingInstruction, ""),
        ("<![CDATA[x]]>", NoteKind::StrayText, "<![CDATA[x]]>"),
        ("</e:odd>", NoteKind::StrayEndTag, "odd"),
    ] {
        assert_eq!(damaged(before, &format!("{before}{junk}")), [note(kind, text)], "{junk}");
    }
    let doctype = "<!DOCTYPE x [<!ENTITY status \"failure\"><!ELEMENT a (b)>]><SOAP-ENV:Envelope ";
    assert_eq!(damaged("<SOAP-ENV:Envelope ", doctype), [note(NoteKind::Doctype, "")]);
    assert_eq!(damaged("<?xml ", "Warning!\n<?xml "), [note(NoteKind::Preamble, "Warning!")]);
    assert_eq!(damaged("</SOAP-ENV:Envelope>", "</SOAP-ENV:Envelope>tail"), [note(NoteKind::Trailer, "tail")]);
    let after = "</tns:GetZonesResponse>";
    assert_eq!(damaged(after, &format!("{after}<odd>x</odd>")), [note(NoteKind::Trailer, "odd")]);
}

#[test]
fn no_entity_comes_from_a_doctype() {
    let body = dynect(ZONES)
        .replace("<SOAP-ENV:Envelope ", "<!DOCTYPE x [<!ENTITY a \"success\">]><SOAP-ENV:Envelope ")
        .replace("<status>success<", "<status>&a;<");
    assert!(read::<Zones>(&GET_ZONES, &body, false).is_err());
}

#[test]
fn headers_are_passed_over() {
    let header = "<SOAP-ENV:Header><a:x xmlns:a=\"urn:a\" SOAP-ENV:mustUnderstand=\"1\"><status>failure</status>text\
                  </a:x></SOAP-ENV:Header>";
    let body = dynect(ZONES);
    for header in [header, "<SOAP-ENV:Header/>", "<SOAP-ENV:Header></SOAP-ENV:Header>"] {
        let body = body.replace("<SOAP-ENV:Body>", &format!("{header}<SOAP-ENV:Body>"));
        assert_eq!(plain::<Zones>(&GET_ZONES, &body), zones());
    }
    let unclosed = header.replace("</SOAP-ENV:Header>", "<SOAP-ENV:Body>");
    assert_eq!(damaged("<SOAP-ENV:Body>", &unclosed), [note(NoteKind::MissingEndTag, "Header")]);
}

#[test]
fn prefixes_are_what_they_stand_for() {
    let body = dynect(ZONES);
    for (envelope, answer) in [("soapenv", "ns1"), ("a", "b"), ("SOAP-ENV", "p"), ("S", "tns")] {
        let body = body
            .replace("SOAP-ENV:", &format!("{envelope}:"))
            .replace(":SOAP-ENV=", &format!(":{envelope}="))
            .replace("tns:", &format!("{answer}:"))
            .replace("xmlns:tns=", &format!("xmlns:{answer}="));
        assert_eq!(plain::<Zones>(&GET_ZONES, &body), zones(), "{envelope} {answer}");
    }
    let unprefixed = body
        .replace("<tns:GetZonesResponse>", "<GetZonesResponse xmlns='https://api2.dynect.net/wsdl/2.0.0/Dynect/'>")
        .replace("</tns:", "</");
    assert_eq!(plain::<Zones>(&GET_ZONES, &unprefixed), zones());
    let defaulted = body.replace("SOAP-ENV:", "").replace("xmlns:SOAP-ENV=", "xmlns=");
    assert_eq!(plain::<Zones>(&GET_ZONES, &defaulted), zones());
}

#[test]
fn other_namespaces_are_noted() {
    let soap_12 = "http://www.w3.org/2003/05/soap-envelope";
    assert_eq!(
        damaged("http://schemas.xmlsoap.org/soap/envelope/", soap_12),
        [note(NoteKind::OtherNamespace, soap_12)]
    );
    assert_eq!(
        damaged("https://api2.dynect.net/wsdl/3.7.16/Dynect/", "urn:x"),
        [note(NoteKind::OtherNamespace, "urn:x")]
    );
    assert_eq!(damaged("xmlns:tns=", "xmlns:other="), [note(NoteKind::OtherNamespace, "")]);
}

#[test]
fn missing_envelopes() {
    let missing = |name: &str| note(NoteKind::MissingEnvelope, name);
    let answer =
        ZONES.replace("<tns:GetZonesResponse>", "<GetZonesResponse xmlns=\"https://api2.dynect.net/wsdl/1/Dynect/\">");
    let answer = answer.replace("</tns:", "</");
    let (value, notes) = odd::<Zones>(&GET_ZONES, &answer);
    assert_eq!((value, notes), (zones(), vec![missing("Envelope"), missing("Body")]));
    let body = dynect(ZONES);
    let without = body.replace("<SOAP-ENV:Body>", "").replace("</SOAP-ENV:Body>", "");
    let (value, notes) = odd::<Zones>(&GET_ZONES, &without);
    assert_eq!((value, notes), (zones(), vec![missing("Body")]));
    let misspelt = body.replace("SOAP-ENV:Body", "SOAP-ENV:Bdy");
    assert_eq!(odd::<Zones>(&GET_ZONES, &misspelt).0, zones());
    let twice = body.replace("<SOAP-ENV:Body>", "<SOAP-ENV:Body><SOAP-ENV:Envelope><SOAP-ENV:Body>");
    let (value, notes) = odd::<Zones>(&GET_ZONES, &twice);
    let doubled = ["Envelope", "Body"].map(|name| note(NoteKind::DoubledEnvelope, name));
    assert_eq!((value, notes), (zones(), doubled.to_vec()));
}

#[test]
fn cut_off_bodies_are_refused() {
    let end = "</tns:GetZonesResponse>";
    let body = dynect(ZONES);
    let whole = body.find(end).unwrap() + end.len();
    for end in 0..body.trim_end().len() {
        let cut = &body[..end];
        match read::<Zones>(&GET_ZONES, cut, false) {
            Ok(reply) => {
                // All of it is there; of the envelope there are whole tags alone.
                assert!(end >= whole && cut.trim_end().ends_with('>'), "{end}");
                assert_eq!(reply.value, Some(zones()));
                assert!(!reply.notes.is_empty());
            }
            Err(error) => {
                let kind = error.kind();
                assert!(
                    matches!(kind, DecodeErrorKind::CutOff | DecodeErrorKind::Empty | DecodeErrorKind::NotAReply),
                    "{end}: {error}"
                );
            }
        }
    }
    let body = dynect(FAILURE);
    for end in 0..body.len() {
        if let Ok(reply) = read::<Zones>(&GET_ZONES, &body[..end], false) {
            assert!(reply.refusal.is_some(), "{end}");
        }
    }
}

#[test]
fn offsets_lead_into_the_body() {
    let body = dynect(ZONES).replace("<serial>3<", "<serial>three<");
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &body, false).unwrap();
    let note = &reply.notes[0];
    assert_eq!((note.kind, note.path.as_str()), (NoteKind::Unparsed, "GetZonesResponse/data[0]/serial"));
    assert!(body[note.offset..].starts_with("three"));
    // In whatever encoding it is.
    let wide: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let reply: Reply<'_, Zones> = crate::decode(&GET_ZONES, &wide, &crate::Options::default()).unwrap();
    let unparsed = reply.notes.iter().find(|note| note.kind == NoteKind::Unparsed).unwrap();
    assert_eq!(unparsed.offset, note.offset * 2);
    let error = read::<Zones>(&GET_ZONES, &body, true).unwrap_err();
    assert_eq!(error.offset(), note.offset);
    let other = dynect("<tns:CreateZoneResponse/>");
    let error = read::<Zones>(&GET_ZONES, &other, false).unwrap_err();
    assert!(other[error.offset()..].starts_with("<tns:CreateZoneResponse"));
}
