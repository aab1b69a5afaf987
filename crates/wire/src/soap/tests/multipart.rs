//! Envelopes in MIME messages.

use super::fixtures::*;
use crate::{DecodeErrorKind, NoteKind, Reply};

fn message(headers: &str, content: &str) -> String {
    format!(
        "--=_b1\r\nContent-Type: text/xml; charset=utf-8\r\n{headers}\r\n{content}\r\n--=_b1\r\nContent-Type: \
         image/png\r\nContent-ID: <2>\r\n\r\n<x>\r\n--=_b1--\r\n"
    )
}

#[test]
fn the_first_part_is_the_answer() {
    let body = message("Content-ID: <1>\r\nContent-Transfer-Encoding: 8bit\r\n", &dynect(ZONES));
    let (value, notes) = odd::<Zones>(&GET_ZONES, &body);
    assert_eq!((value, notes), (zones(), vec![(NoteKind::Multipart, "=_b1".to_owned())]));
    let broken = body.replace("<serial>3<", "<serial>three<");
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &broken, false).unwrap();
    let note = reply.notes.iter().find(|note| note.kind == NoteKind::Unparsed).unwrap();
    assert!(broken[note.offset..].starts_with("three"));
    // An unclosed message ends with the body.
    let open = body.split("\r\n--=_b1\r\nContent-Type: image").next().unwrap();
    assert_eq!(odd::<Zones>(&GET_ZONES, open).0, zones());
    let refusal = read::<Zones>(&GET_ZONES, &message("", &dynect(FAILURE)), false).unwrap().refusal.unwrap();
    assert_eq!(refusal.code_word, "TARGET_EXISTS");
}

#[test]
fn the_start_is_named_in_the_message() {
    let body = format!(
        "MIME-Version: 1.0\r\nContent-Type: Multipart/Related; boundary=\"b2\";\r\n start=\"<two>\"\r\n\r\n\
         preamble\r\n--b2\r\nContent-ID: <one>\r\n\r\n<e/>\r\n--b2\r\nContent-ID: <two>\r\n\r\n{}\r\n--b2--\r\n",
        dynect(ZONES)
    );
    assert_eq!(odd::<Zones>(&GET_ZONES, &body).0, zones());
}

#[test]
fn encoded_parts_are_decoded() {
    let plain = dynect(ZONES).replace("example.com", "exämple.com");
    let quoted: String = plain
        .bytes()
        .map(|byte| match byte {
            b'=' | 0x80.. => format!("={byte:02X}"),
            b'\n' => "\r\n".to_owned(),
            b'\t' => "=\r\n\t".to_owned(),
            _ => char::from(byte).to_string(),
        })
        .collect();
    let body = message("Content-Transfer-Encoding: quoted-printable\r\n", &quoted);
    assert_eq!(odd::<Zones>(&GET_ZONES, &body).0.zones[0].zone, "exämple.com");
    let broken = body.replace("<serial>3<", "<serial>three<");
    let reply: Reply<'_, Zones> = read(&GET_ZONES, &broken, false).unwrap();
    let note = reply.notes.iter().find(|note| note.kind == NoteKind::Unparsed).unwrap();
    assert!(broken[note.offset..].starts_with("three"), "{note:?}");
    let body = message("Content-Transfer-Encoding: BASE64\r\n", &base64(plain.as_bytes()));
    assert_eq!(odd::<Zones>(&GET_ZONES, &body).0.zones[0].zone, "exämple.com");
    for (encoding, content) in [("x-uuencode", "begin"), ("base64", "<not>")] {
        let body = message(&format!("Content-Transfer-Encoding: {encoding}\r\n"), content);
        let error = read::<Zones>(&GET_ZONES, &body, false).unwrap_err();
        assert_eq!(error.kind(), DecodeErrorKind::NotAReply, "{error}");
    }
}

#[test]
fn dashes_alone_are_no_message() {
    for body in ["--", "-- \n", "--b", "--b\r\nprose", "--b\r\nContent-Type: text/xml", "--b\nContent-Type: a\n\n<e"] {
        assert!(read::<Zones>(&GET_ZONES, body, false).is_err(), "{body}");
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (number, chunk) in bytes.chunks(3).enumerate() {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
        if number % 19 == 18 {
            out.push_str("\r\n");
        }
    }
    out
}
