//! Random bytes, and real bodies with something wrong in them: no panic, whatever comes.

use super::decode::{command, decode, documented};
use super::limit::within;
use super::random::Random;
use bindwire_dynadot::registry::COMMANDS;
use bindwire_tests::vectors::{Vector, replies};
use bindwire_wire::{Entry, Format};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What means something to one of the scanners.
#[rustfmt::skip]
const TOKENS: &[&[u8]] = &[
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>", b"<!DOCTYPE x [", b"&", b"&amp;",
    b"&#x", b"&#0;", b"&#1114112;", b"\"", b"'", b"\\", b"\\u", b"\\ud800", b"{", b"}", b"[", b"]", b":", b",", b",,",
    b"...", b"//", b"/*", b"null", b"true", b"-", b"-1", b"1e999", b"0x", b"\0", b"\r\n", b"\n\n", b"\t",
    b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF", b"\xC3", b"\xE2\x82", b"\xF0\x9F\x98\x80", b"\x80", b"<a a=\"", b"=",
    b"ok,", b"error,", b"Response", b"Status", b"ResponseCode", b"SOAP-ENV:", b"Fault", b"Body", b"xmlns", b" href=\"#a\"",
    b" id=\"a\"", b" xsi:nil=\"true\"",
];

/// `body` with one to eight changes.
fn mutated(body: &[u8], random: &mut Random) -> Vec<u8> {
    let mut body = body.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(body.len() + 1);
        let end = (at + random.below(40)).min(body.len());
        match random.below(6) {
            0 => {
                body.drain(at..end);
            }
            1 => {
                body.splice(at..at, random.pick(TOKENS).iter().copied());
            }
            2 => {
                body.splice(at..end, random.pick(TOKENS).iter().copied());
            }
            3 => {
                let piece = body[at..end].to_vec();
                let to = random.below(body.len() + 1);
                body.splice(to..to, piece);
            }
            4 if at < body.len() => body[at] = random.next() as u8,
            _ => body.truncate(at.max(1)),
        }
    }
    body
}

/// Replies in SOAP envelopes, in the order of the manifest.
fn enveloped() -> Vec<Vector> {
    let in_envelopes = |vector: &Vector| vector.entries().iter().all(|entry| entry.info.api.soap.is_some());
    replies().into_iter().filter(in_envelopes).collect()
}

/// Seconds for a whole test: a hundred times what it takes.
const LIMIT: u64 = 120;

/// Decodes `body` and fails with what is needed to see it again when that panics.
fn try_decode(entry: &Entry, body: &[u8], format: Format) {
    if catch_unwind(AssertUnwindSafe(|| decode(entry, body, format).is_ok())).is_err() {
        panic!("{} in {format} of {:?}", entry.info.name, String::from_utf8_lossy(body));
    }
}

#[test]
fn mutated_replies() {
    within(LIMIT, "mutated replies", || {
        let mut random = Random::new(1);
        for vector in documented().into_iter().chain(enveloped()) {
            let entry = vector.entries()[0];
            for round in 0..24 {
                let body = mutated(&vector.body, &mut random);
                let format = if round % 4 == 0 { *random.pick(&Format::ALL) } else { vector.format };
                try_decode(entry, &body, format);
                if round % 8 == 0 {
                    try_decode(random.pick(COMMANDS), &body, format);
                }
            }
        }
    });
}

/// Where a word of success was nowhere in a body, none comes out of it, whatever else is wrong with it.
#[test]
fn a_failure_in_an_envelope_never_becomes_a_success() {
    within(LIMIT, "mutated failures", || {
        let mut random = Random::new(5);
        for vector in enveloped().iter().filter(|vector| vector.verdict == "refused") {
            let entry = vector.entries()[0];
            for _ in 0..200 {
                let body = mutated(&vector.body, &mut random);
                let text = String::from_utf8_lossy(&body).to_lowercase();
                let tells = ["fault", "failure"].iter().any(|word| text.contains(word));
                let decoded = decode(entry, &body, vector.format);
                let succeeded = decoded.is_ok_and(|(reply, _)| reply.is_ok() && !reply.pending);
                assert!(!(tells && succeeded), "{} is a success: {}", vector.id, body.escape_ascii());
            }
        }
    });
}

#[test]
fn spliced_replies() {
    within(LIMIT, "spliced replies", || {
        let mut random = Random::new(2);
        let vectors = documented();
        for vector in &vectors {
            for _ in 0..8 {
                let other = &random.pick(&vectors).body;
                let mut body = vector.body[..random.below(vector.body.len())].to_vec();
                body.extend_from_slice(&other[random.below(other.len())..]);
                try_decode(command(&vector.command), &body, vector.format);
            }
        }
    });
}

/// Every command meets bytes and tokens without any sense, in every format.
#[test]
fn random_bytes_and_tokens() {
    within(LIMIT, "random bytes and tokens", || {
        let mut random = Random::new(3);
        for (round, entry) in COMMANDS.iter().cycle().take(60 * COMMANDS.len()).enumerate() {
            let len = random.below(400);
            let mut body = Vec::new();
            while body.len() < len {
                if round % 2 == 0 {
                    body.push(random.next() as u8);
                } else {
                    body.extend_from_slice(random.pick::<&[u8]>(TOKENS));
                }
            }
            try_decode(entry, &body, *random.pick(&Format::ALL));
        }
    });
}
