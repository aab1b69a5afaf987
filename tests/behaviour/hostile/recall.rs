//! A reply whose form was seen before says what reading by name says: the same value, the same notes, the same verdict.
//!
//! Every documented reply is decoded, so that its form is kept, and then with its values changed; once so that kept forms are
//! used, and once so that none is.

use super::decode::{command, documented};
use super::limit::within;
use super::random::Random;
use bindwire_tests::vectors::value;
use bindwire_wire::{Entry, Format, Options, decode_into};

/// What stands instead of a byte of a value, or beside it.
const CHANGES: &[&[u8]] = &[
    b"7",
    b"x",
    b"",
    b" ",
    b"-",
    b"0",
    b".",
    b",",
    b"&",
    b"&amp;",
    b"&nbsp;",
    b"<",
    b"< ",
    b"\\",
    b"\\\"",
    b"\\u00e9",
    b"\"",
    b"'",
    b"\n",
    b"\t",
    b"\xC3\xA9",
    b"</",
    b"<b>",
    b"]]>",
    b"null",
    b"true",
    b"yes",
    b"-1",
    b"}",
    b"],",
];

/// `body` with a change in a place that holds a letter or a digit, most of the time.
fn changed(body: &[u8], random: &mut Random) -> Vec<u8> {
    let mut body = body.to_vec();
    let start = random.below(body.len());
    let at = (start..body.len()).find(|at| body[*at].is_ascii_digit()).filter(|_| random.below(3) > 0).unwrap_or(start);
    let end = (at + random.below(2)).min(body.len());
    body.splice(at..end, random.pick(CHANGES).iter().copied());
    body
}

fn seen(entry: &Entry, body: &[u8], options: &Options) -> String {
    let mut record = (entry.new_reply)();
    match decode_into(entry.info.reply, body, options, &mut *record) {
        Ok(reply) => {
            let (head, refusal, format) = (&reply.head, &reply.refusal, reply.format);
            format!("{format} {head:?} {refusal:?} {}\n{:?}\n{}", reply.pending, &*reply.notes, value(&*record))
        }
        Err(error) => error.to_string(),
    }
}

fn compare(format: Format, rounds: usize) {
    let mut random = Random::new(4);
    let recalled = Options::default();
    // A limit of one's own is kept by reading by name alone.
    let by_name = Options { max_value: Some(usize::MAX), ..Options::default() };
    for vector in documented().iter().filter(|vector| vector.format == format) {
        let entry = command(&vector.command);
        for round in 0..rounds {
            let body = if round < 2 { vector.body.clone() } else { changed(&vector.body, &mut random) };
            for strict in [false, true] {
                let [fast, slow] =
                    [&recalled, &by_name].map(|options| seen(entry, &body, &Options { strict, ..options.clone() }));
                assert_eq!(fast, slow, "{} of {:?}", vector.id, String::from_utf8_lossy(&body));
            }
        }
    }
}

/// A reply without an envelope whose values do not fit: the path of a note begins with the first name all the same.
#[test]
fn without_an_envelope() {
    let vectors = documented();
    let vector = vectors.iter().find(|vector| vector.id == "dynadot/get_auction_details/ru/reply/json").unwrap();
    let odd = String::from_utf8(vector.body.clone()).unwrap();
    let clean = odd.replace("\"start_time\": \"1\"", "\"start_time\": \"\"");
    let entry = command(&vector.command);
    let by_name = Options { max_value: Some(usize::MAX), ..Options::default() };
    let expected = seen(entry, odd.as_bytes(), &by_name);
    assert!(expected.contains("path: \"auction_details[0]/"), "{expected}");
    for _ in 0..2 {
        seen(entry, clean.as_bytes(), &Options::default());
        assert_eq!(seen(entry, odd.as_bytes(), &Options::default()), expected);
    }
}

const LIMIT: u64 = 120;

#[test]
fn xml() {
    within(LIMIT, "replies in XML whose form is known", || compare(Format::Xml, 120));
}

#[test]
fn json() {
    within(LIMIT, "replies in JSON whose form is known", || compare(Format::Json, 120));
}
