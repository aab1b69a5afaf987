//! Lists in envelopes, an item at a time.

use super::fixtures::*;
use crate::{Body, DecodeErrorKind, ItemsError, NoteKind, Options, ReadItems};

fn many(count: usize) -> String {
    let zone = |number: usize| {
        format!(
            "   <data>\n    <zone>{number}.com</zone>\n    <serial_style>day</serial_style>\n    \
             <serial>{number}</serial>\n    <zone_type>Primary</zone_type>\n   </data>\n"
        )
    };
    let zones: String = (0..count).map(zone).collect();
    dynect(&format!(
        "<tns:GetZonesResponse>\n   <job_id>2</job_id>\n   <status>success</status>\n   <msgs><lvl>INFO</lvl>\
         <info>all</info></msgs>\n{zones}  </tns:GetZonesResponse>"
    ))
}

#[test]
fn items_are_borrowed_owned_and_read() {
    let options = Options::default().strict();
    for body in
        [many(1000), many(1000).replace("tns:GetZonesResponse>", "tns:GetJobResponse>").replace("</zone>", " </zone>")]
    {
        let nested = body.contains("GetJob");
        let body = if nested { dynect(ZONES) } else { body };
        let whole = plain::<Zones>(&GET_ZONES, &body).zones;
        let text = Body::new(body.as_bytes());
        let mut items = text.items(&GET_ZONES, "zones", &options).unwrap();
        for zone in &whole {
            let item = items.next().unwrap().unwrap();
            assert_eq!(item.get("zone"), Some(zone.zone.as_str()));
            assert_eq!(item.to_owned::<Zone>(), *zone);
        }
        assert!(items.next().unwrap().is_none());
        let head = &items.ending().unwrap().head;
        assert_eq!((head.job.as_deref(), head.messages.len()), (Some("2"), 1));
        let mut reader = ReadItems::<_, Zone>::new(body.as_bytes(), &GET_ZONES, "zones", &options).unwrap();
        let read: Result<Vec<_>, _> = reader.by_ref().collect();
        assert_eq!(read.unwrap(), whole);
        assert_eq!(reader.ending().unwrap().head.job.as_deref(), Some("2"));
    }
}

#[test]
fn items_stand_in_jobs_and_behind_references() {
    let inside = ZONES.trim_start_matches("<tns:GetZonesResponse>").trim_end_matches("</tns:GetZonesResponse>");
    let job = dynect(&format!(
        "<tns:GetJobResponse><status>success</status><data xsi:type=\"tns:GetZonesResponseType\">{inside}</data>\
         </tns:GetJobResponse>"
    ));
    let text = Body::new(job.as_bytes());
    let mut items = text.items(&GET_ZONES, "zones", &Options::default()).unwrap();
    let mut found = Vec::new();
    while let Some(zone) = items.next_owned::<Zone>().unwrap() {
        found.push(zone);
    }
    assert_eq!(found, zones().zones);
    // The same body again, and for another reply.
    assert!(text.items(&GET_ZONES, "zones", &Options::default()).unwrap().next().unwrap().is_some());
    let error = text.items(&CREATE_ZONE, "zones", &Options::default()).unwrap_err();
    assert!(matches!(error, ItemsError::Unreadable(_)));
    let checks = netim(
        "<ns1:domainCheckResponse><return><item href=\"#a\"/><item href=\"#a\"/></return></ns1:domainCheckResponse>\
         <multiRef id=\"a\"><domain>a.com</domain></multiRef>",
    );
    let read: Result<Vec<Check>, _> =
        ReadItems::new(checks.as_bytes(), &CHECK, "checks", &Options::default()).unwrap().collect();
    assert_eq!(read.unwrap().len(), 2);
}

#[test]
fn refusals_and_failures_come_once() {
    for body in [dynect(FAILURE), dynect(ZONES).replace("<status>success", "<status>failure")] {
        let text = Body::new(body.as_bytes());
        let refused = match text.items(&GET_ZONES, "zones", &Options::default()) {
            Err(error) => error,
            Ok(mut items) => loop {
                match items.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("no refusal"),
                    Err(error) => break error,
                }
            },
        };
        assert!(matches!(refused, ItemsError::Refused(_)), "{refused}");
        let mut reader = ReadItems::<_, Zone>::new(body.as_bytes(), &GET_ZONES, "zones", &Options::default()).unwrap();
        assert!(reader.by_ref().any(|item| matches!(item, Err(ItemsError::Refused(_)))));
        assert!(reader.next().is_none());
    }
    let cut = &many(10)[..900];
    let mut reader = ReadItems::<_, Zone>::new(cut.as_bytes(), &GET_ZONES, "zones", &Options::default()).unwrap();
    let last = reader.by_ref().last().unwrap();
    assert!(matches!(last, Err(ItemsError::Unreadable(error)) if error.kind() == DecodeErrorKind::CutOff));
    let options = Options { max_body: 100, ..Options::default() };
    let mut reader = ReadItems::<_, Zone>::new(cut.as_bytes(), &GET_ZONES, "zones", &options).unwrap();
    let last = reader.next().unwrap();
    assert!(matches!(last, Err(ItemsError::Unreadable(error)) if error.kind() == DecodeErrorKind::Limit));
}

#[test]
fn oddities_of_the_envelope_come_with_the_ending() {
    let body = many(3).replace("<SOAP-ENV:Body>", "<SOAP-ENV:Body><!-- x -->").replace("<serial>1<", "<serial>one<");
    let text = Body::new(body.as_bytes());
    let mut items = text.items(&GET_ZONES, "zones", &Options::default()).unwrap();
    while items.next().unwrap().is_some() {}
    let notes: Vec<_> = items.ending().unwrap().notes.iter().map(|note| note.kind).collect();
    assert_eq!(notes, [NoteKind::Comment]);
    let mut reader = ReadItems::<_, Zone>::new(body.as_bytes(), &GET_ZONES, "zones", &Options::default()).unwrap();
    assert_eq!(reader.by_ref().count(), 3);
    let notes = &reader.ending().unwrap().notes;
    assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::Comment, NoteKind::Unparsed]);
    assert!(body[notes[1].offset..].starts_with("one"));
    let mut strict = text.items(&GET_ZONES, "zones", &Options::default().strict()).unwrap();
    let error = loop {
        match strict.next() {
            Ok(item) => assert!(item.is_some()),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, ItemsError::Unreadable(error) if error.kind() == DecodeErrorKind::Strict));
}
