//! Bodies with something changed at random: no panic, no fault that is a success, and no more time than the body is worth.

use super::fixtures::*;
use crate::{Body, MapEntry, OpenReply, Options, Record, ReplyShape, decode};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Bodies to begin with, and those who read them.
fn seeds() -> Vec<String> {
    let inside = ZONES.trim_start_matches("<tns:GetZonesResponse>").trim_end_matches("</tns:GetZonesResponse>");
    vec![
        dynect(ZONES),
        dynect(FAILURE),
        dynect(&format!(
            "<tns:GetJobResponse><status>success</status><data xsi:type=\"tns:GetZonesResponseType\">{inside}</data>\
             </tns:GetJobResponse>"
        )),
        netim(
            "<ns1:contactInfoResponse><contact href=\"#a\"/></ns1:contactInfoResponse><multiRef id=\"a\">\
             <firstName xsi:nil=\"true\"/><additional><item href=\"#b\"/></additional></multiRef><multiRef id=\"b\">\
             <key>k</key></multiRef>",
        ),
        netim("<SOAP-ENV:Fault><faultcode>E13</faultcode><faultstring>E13 : no</faultstring></SOAP-ENV:Fault>"),
        format!(
            "--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--b--",
            dynect(ZONES)
        ),
    ]
}

const PIECES: [&str; 28] = [
    "<",
    ">",
    "</",
    "/>",
    "\"",
    "'",
    "&",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "<!DOCTYPE [",
    " href=\"#a\"",
    " id=\"a\"",
    " xsi:nil=\"true\"",
    "<SOAP-ENV:Body>",
    "</SOAP-ENV:Body>",
    "</SOAP-ENV:Envelope>",
    "<SOAP-ENV:Fault>",
    "<data xsi:type=\"tns:ErrorResponseType\">",
    "\n--b",
    "=3D",
    "ü",
    "<tns:GetZonesResponse><status>success</status></tns:GetZonesResponse>",
    "<tns:GetZonesResponse><status>success</status>",
    "<ns1:sessionOpenResponse>",
    "</ns1:sessionOpenResponse>",
];

/// A change: at a place (a share of the length) so many bytes are taken out, and a piece is put in.
type Change = (f64, usize, Option<usize>);

fn changed(seed: &str, changes: &[Change]) -> String {
    let mut body = seed.to_owned();
    for (place, len, piece) in changes {
        let at = body.floor_char_boundary((place * body.len() as f64) as usize);
        let end = body.ceil_char_boundary((at + len).min(body.len()));
        body.replace_range(at..end, piece.map_or("", |piece| PIECES[piece]));
    }
    body
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = (0.0..1.0f64, 0..12usize, proptest::option::of(0..PIECES.len()));
    proptest::collection::vec(change, 1..6)
}

/// Whether a fault's name is still there, as an element's.
fn has_fault(body: &str) -> bool {
    let kept = ["<SOAP-ENV:Fault>", "</SOAP-ENV:Fault>"].iter().all(|tag| body.contains(tag));
    // What stands in a comment is none.
    kept && !["<!", "<?"].iter().any(|mark| body.trim_start_matches("<?xml").contains(mark))
}

fn check<T: Record + Default>(shape: &'static ReplyShape, body: &str) -> Result<(), TestCaseError> {
    let start = Instant::now();
    for strict in [false, true] {
        let options = Options { strict, ..Options::default() };
        if let Ok(reply) = decode::<T>(shape, body.as_bytes(), &options) {
            prop_assert!(reply.notes.iter().all(|note| note.offset <= body.len()), "{:?}", reply.notes);
            prop_assert!(!strict || reply.notes.is_empty());
        }
    }
    prop_assert!(start.elapsed() < Duration::from_secs(2));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(seed in 0..6usize, changes in changes()) {
        let body = changed(&seeds()[seed], &changes);
        check::<Zones>(&GET_ZONES, &body)?;
        check::<Job>(&GET_JOB, &body)?;
        check::<Contact>(&CONTACT, &body)?;
        check::<Session>(&OPEN, &body)?;
        check::<OpenReply>(&RAW, &body)?;
        check::<Writes>(&WRITE, &body)?;
        if let Ok(mut items) = Body::new(body.as_bytes()).items(&CONTACT, "additional", &Options::default()) {
            while let Ok(Some(_)) = items.next_owned::<MapEntry>() {}
        }
    }

    #[test]
    fn a_fault_is_no_success(seed in 0..2usize, changes in changes()) {
        let seed = &seeds()[[1, 4][seed]];
        let body = changed(seed, &changes);
        if has_fault(&body) {
            let reads = [
                decode::<Zones>(&GET_ZONES, body.as_bytes(), &Options::default()).is_ok_and(|reply| reply.is_ok()),
                decode::<Session>(&OPEN, body.as_bytes(), &Options::default()).is_ok_and(|reply| reply.is_ok()),
                decode::<OpenReply>(&RAW, body.as_bytes(), &Options::default()).is_ok_and(|reply| reply.is_ok()),
            ];
            prop_assert_eq!(reads, [false; 3], "{}", body);
        }
    }
}

/// Whatever single byte of a fault is lost or another one, it is no success.
#[test]
fn a_fault_with_a_byte_changed_is_no_success() {
    for body in [
        dynect(FAILURE),
        netim("<SOAP-ENV:Fault><faultcode>E13</faultcode><faultstring>no</faultstring></SOAP-ENV:Fault>"),
    ] {
        for at in 0..body.len() {
            for byte in [None, Some("<"), Some(">"), Some("x"), Some("\""), Some("/"), Some(" ")] {
                let mut changed = body.clone();
                changed.replace_range(at..at + 1, byte.unwrap_or_default());
                for ok in [
                    decode::<Zones>(&GET_ZONES, changed.as_bytes(), &Options::default())
                        .is_ok_and(|reply| reply.is_ok()),
                    decode::<Session>(&OPEN, changed.as_bytes(), &Options::default()).is_ok_and(|reply| reply.is_ok()),
                    decode::<crate::StatusReply>(&CLOSE, changed.as_bytes(), &Options::default())
                        .is_ok_and(|reply| reply.is_ok()),
                ] {
                    assert!(!ok, "{at} {byte:?}\n{changed}");
                }
            }
        }
    }
}

/// Much of one odd thing takes time in proportion to it.
#[test]
fn hostile_bodies_take_no_long_time() {
    let many = |piece: &str, count: usize| piece.repeat(count);
    let numbered = |count: usize, each: &dyn Fn(usize) -> String| (0..count).map(each).collect::<String>();
    let bodies = [
        netim(&many("<a id=\"1\">", 40_000)),
        netim(&numbered(40_000, &|at| format!("<a{at} id=\"i{at}\">"))),
        netim(&format!("<ns1:contactInfoResponse/>{}", numbered(40_000, &|at| format!("<a id=\"i{at}\"><b>")))),
        netim(&format!(
            "<ns1:contactInfoResponse>{}</ns1:contactInfoResponse>{}",
            many("<contact href=\"#a\"/>", 40_000),
            "<m id=\"a\"><firstName>x</firstName></m>"
        )),
        netim(&many("<ns1:contactInfoResponse>", 40_000)),
        netim(&many("<SOAP-ENV:Fault>", 40_000)),
        many("<SOAP-ENV:Envelope xmlns:a=\"b\">", 40_000),
        many("<SOAP-ENV:Envelope><SOAP-ENV:Header>", 40_000),
        dynect(&format!("<tns:GetJobResponse>{}</tns:GetJobResponse>", many("<data>", 40_000))),
        dynect(&format!("<tns:GetJobResponse><data><status>success</status>{}", many("<data xsi:type=\"x\">", 40_000))),
        format!("--b\r\nContent-Type: a\r\n{}", many("\r\n--b\r\nx: y\r\n\r\n", 40_000)),
        format!("Content-Type: multipart/x; boundary=b; start=z\r\n\r\n{}", many("--b\r\n\r\n\r\n", 60_000)),
        netim(&many("<!-- x -->", 60_000)),
        netim(&format!("<a b=\"{}Fault\"/>", many("<", 300_000))),
        netim(&format!("<a b=\"{}\"/>", many("</x:Fault '", 60_000))),
        netim(&format!("<a b=\"{}\"/>", many("<x:Fault", 60_000))),
        dynect(&format!("<SOAP-ENV:Fault><detail>{}", many("<a b=\"c\">", 40_000))),
    ];
    for (number, body) in bodies.iter().enumerate() {
        let start = Instant::now();
        let _ = decode::<Contact>(&CONTACT, body.as_bytes(), &Options::default());
        let _ = decode::<Zones>(&GET_ZONES, body.as_bytes(), &Options::default());
        let _ = decode::<OpenReply>(&RAW, body.as_bytes(), &Options::default());
        assert!(start.elapsed() < Duration::from_secs(5), "{number}: {:?}", start.elapsed());
    }
}
