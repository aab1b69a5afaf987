//! Which deviations of an answer can have cost a record something: all but those that are named here.

use super::unwritable::{Unwritable, UnwritableKind};
use bindwire_wire::{Format, Note, NoteKind, Notes};

/// Bytes of a note that are repeated.
const SHOWN: usize = 160;

/// The reasons that the notes of an answer give.
pub(super) fn reasons(notes: &Notes, format: Format) -> Vec<Unwritable> {
    let mut reasons: Vec<Unwritable> =
        notes.iter().filter(|note| !is_harmless(note, format)).map(|note| deviation(&note.to_string())).collect();
    if notes.omitted() > 0 {
        reasons.push(Unwritable::new(
            UnwritableKind::UnknownDeviations,
            format!("the answer deviates in {} more places, which were only counted", notes.omitted()),
        ));
    }
    reasons
}

fn deviation(note: &str) -> Unwritable {
    let end = note.floor_char_boundary(SHOWN);
    let more = if end < note.len() { ".." } else { "" };
    Unwritable::new(UnwritableKind::Deviation, format!("the answer deviates: {}{more}", &note[..end]))
}

/// Whether what was noted cannot have changed, hidden or lost a record.
fn is_harmless(note: &Note, format: Format) -> bool {
    match note.kind {
        // What the head of the reply lacks; the records do not stand in it. Real answers lack the status.
        NoteKind::MissingCode | NoteKind::MissingStatus => true,
        // Bytes before the body, and the notation that it is in: what is in it is read by the rules of that.
        NoteKind::ByteOrderMark | NoteKind::OtherFormat => true,
        // Words before the body, as real answers have: everything of the reply begins behind them. Where a bracket is among
        // them, the reply may have begun earlier than was thought.
        NoteKind::Preamble => !note.text.contains(['{', '[', '<']),
        // A string of JSON cannot hold a line end but escaped, which this note is not about, or raw, which has its own.
        NoteKind::CarriageReturn => format == Format::Json,
        // A number is the same text with quotes and without, as long as there is one way to write it.
        NoteKind::ScalarType => is_plain_number(&note.text),
        // An absent value is told by the record itself, wherever it needs one.
        NoteKind::Null => true,
        // Only types of records and the kind of the zone have listed values, and both are looked at.
        NoteKind::UnknownValue => true,
        _ => false,
    }
}

fn is_plain_number(text: &str) -> bool {
    text == "0" || (!text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{json, read, xml};
    use super::super::{DnsRecordType, Zone};
    use super::*;

    fn reasons(zone: &Zone) -> Vec<(UnwritableKind, String)> {
        zone.unwritable().iter().map(|reason| (reason.kind(), reason.to_string())).collect()
    }

    const DNS: &str = r#""Type":"Dynadot DNS","MainDomains":[{"RecordType":"A","Value":"192.0.2.1"}],"TTL":"300""#;

    #[test]
    fn what_cannot_concern_a_record_is_no_reason() {
        let body = json(DNS);
        for body in [
            body.replace("\"ResponseCode\":0", "\"ResponseCode\":\"0\""),
            body.replace("\"Status\":\"success\",", ""),
            body.replace("\"ResponseCode\":0,", ""),
            body.replace("\"success\"", "\"success\",\"Error\":null"),
            body.replace("\"300\"", "300"),
            body.replace("\"192.0.2.1\"", "\"192.0.2.1\",\"Value2\":null"),
            body.replace("\"A\"", "\"MX\",\"Value2\":10"),
            body.replace(',', ",\r\n"),
            format!("\u{feff}{body}"),
            format!("Notice: slow answer\n{body}"),
        ] {
            let zone = read(&body, Format::Json);
            assert_eq!((reasons(&zone), zone.records().len()), (Vec::new(), 1), "{body}");
        }
        // Asked for JSON, and XML came.
        let body = xml("<Type>Dynadot DNS</Type>");
        assert_eq!(reasons(&read(&body, Format::Json)), []);
        let zone = read(&body.replace("<Status>success</Status>", ""), Format::Xml);
        assert_eq!(reasons(&zone), []);
        let number = json(r#""Type":"Dynadot DNS","MainDomains":[{"RecordType":"MX","Value":"a","Value2":10}]"#);
        let zone = read(&number, Format::Json);
        assert_eq!(zone.rrset("@", &DnsRecordType::Mx).next().and_then(|record| record.extra()), Some("10"));
    }

    #[test]
    fn every_other_deviation_is_a_reason() {
        let body = json(DNS);
        let settings = "GetDnsResponse/GetDns/NameServerSettings";
        let record = format!("{settings}/MainDomains[0]");
        for (body, note) in [
            (
                body.replace("\"Value\"", "\"Priority\":\"5\",\"Value\""),
                format!("unknown-field in {record}/Priority: \"5\""),
            ),
            (
                body.replace("\"Value\"", "\"Value\":\"x\",\"Value\""),
                format!("duplicate-field in {record}/Value: \"192.0.2.1\""),
            ),
            (body.replace("\"192.0.2.1\"", "1.0"), format!("scalar-type in {record}/Value: \"1.0\"")),
            (body.replace("192.0.2.1", "a\tb"), format!("raw-control in {record}")),
            (body.replace("192.0.2.1", "a\\qb"), format!("wrong-escape in {record}: \"\\\\\"")),
            (body.replace("\"300\"", "\"5 min\""), format!("unparsed in {settings}/TTL: \"5 min\"")),
            (
                body.replace("MainDomains\":[{", "MainDomains\":[null,{"),
                format!("unknown-field in {settings}/MainDomains"),
            ),
            (body.replace("\"TTL\"", "\"Ipv6\""), format!("unknown-field in {settings}/Ipv6: \"300\"")),
            (format!("{body} {body}"), "trailer at".into()),
            (format!("[notice] {body}"), "preamble at".into()),
        ] {
            let reasons = reasons(&read(&body, Format::Json));
            let [(UnwritableKind::Deviation, message)] = &reasons[..] else { panic!("{reasons:?}") };
            let (kind, place) = message.split_once(" at byte ").unwrap();
            match note.strip_suffix(" at") {
                Some(note) => assert_eq!(kind, format!("the answer deviates: {note}")),
                None => {
                    let (_, place) = place.split_once(' ').unwrap();
                    assert_eq!(format!("{kind} {place}"), format!("the answer deviates: {note}"));
                }
            }
        }
    }

    #[test]
    fn a_long_note_is_cut() {
        let body = json(&format!(r#""Type":"Dynadot DNS","New":"{}""#, "ü".repeat(200)));
        let reasons = reasons(&read(&body, Format::Json));
        let [(UnwritableKind::Deviation, message)] = &reasons[..] else { panic!("{reasons:?}") };
        assert!(message.ends_with("üü..") && message.len() < 200, "{message}");
    }

    #[test]
    fn notes_that_were_only_counted_are_a_reason() {
        let record = "{\"RecordType\":\"A\",\"Value\":\"a\",\"b\":1}";
        let body = json(&format!(r#""Type":"Dynadot DNS","MainDomains":[{}]"#, [record; 9000].join(",")));
        let reasons = reasons(&read(&body, Format::Json));
        let (kind, message) = reasons.last().unwrap();
        assert_eq!(*kind, UnwritableKind::UnknownDeviations);
        let count = message.strip_prefix("the answer deviates in ").unwrap();
        let count = count.strip_suffix(" more places, which were only counted").unwrap();
        assert!(count.parse::<usize>().unwrap() > 0);
    }
}
