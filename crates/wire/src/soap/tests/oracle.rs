//! What a strict parser finds in an envelope is what is taken out of it.

use super::fixtures::*;
use crate::Options;
use crate::soap::unwrap::unwrap;
use quick_xml::events::Event;

/// Where the first child of the body stands, by quick-xml.
fn child_of_body(body: &str) -> Option<(usize, usize)> {
    let mut reader = quick_xml::Reader::from_str(body);
    let (mut depth, mut in_body, mut start) = (0usize, false, None);
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                in_body |= depth == 1 && tag.local_name().as_ref() == "Body";
                if depth == 2 && in_body && start.is_none() {
                    start = Some(before);
                }
                depth += 1;
            }
            Event::Empty(_) if depth == 2 && in_body => return Some((before, reader.buffer_position() as usize)),
            Event::End(_) => {
                depth -= 1;
                if let Some(start) = start.filter(|_| depth == 2) {
                    return Some((start, reader.buffer_position() as usize));
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[test]
fn the_same_range_is_found() {
    let answers = [
        ZONES,
        FAILURE,
        "<tns:GetZonesResponse/>",
        "<tns:GetZonesResponse ></tns:GetZonesResponse >",
        "<tns:GetZonesResponse a='<' b=\"/>\"><status>success</status></tns:GetZonesResponse>",
        "<tns:GetZonesResponse><Body><Body/>x</Body><Envelope>1</Envelope><status>success</status></tns:GetZonesResponse>",
        "<tns:GetZonesResponse><GetZonesResponse><x/></GetZonesResponse><!-- </tns:GetZonesResponse> --></tns:GetZonesResponse>",
        "<tns:GetZonesResponse><![CDATA[</tns:GetZonesResponse>]]><?x </tns:GetZonesResponse>?></tns:GetZonesResponse>",
    ];
    let headers = [
        "",
        "<SOAP-ENV:Header/>",
        "<SOAP-ENV:Header><a><Body>x</Body></a></SOAP-ENV:Header>",
        "<!-- <SOAP-ENV:Body> -->",
    ];
    for answer in answers {
        for header in headers {
            let body = dynect(answer).replace("<SOAP-ENV:Body>", &format!("{header}<SOAP-ENV:Body>"));
            let body = if header.starts_with("<!--") {
                body.replacen("<SOAP-ENV:Body> --><SOAP-ENV:Body>", "--><SOAP-ENV:Body>", 1)
            } else {
                body
            };
            let (start, end) = child_of_body(&body).unwrap_or_else(|| panic!("{body}"));
            let soap = DYNECT.soap.unwrap();
            let unwrapped = unwrap(&body, &GET_ZONES, soap, &Options::default()).unwrap();
            let text = unwrapped.text(&unwrapped.payload, &body);
            assert_eq!(text, &body[start..end]);
            assert_eq!(unwrapped.place(&unwrapped.payload, 0), start);
            assert_eq!(unwrapped.place(&unwrapped.payload, text.len()), end);
        }
    }
}
