//! What failures say: a line each, for every kind of failure and for refusals.

use super::decode::{command, decode};
use bindwire_dynadot::types::Auction;
use bindwire_wire::{DecodeErrorKind, Entry, Format, ItemsError, Options, ReadItems, decode_into};
use std::io::{self, Read};

const CASES: [(&str, Format, &str); 9] = [
    ("domain_info", Format::Xml, " \r\n"),
    ("domain_info", Format::Json, "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head></html>"),
    ("domain_info", Format::Json, "Service temporarily unavailable"),
    ("domain_info", Format::Json, r#"{"SetNsResponse":{"ResponseCode":0,"Status":"success"}}"#),
    ("domain_info", Format::Xml, "<DomainInfoResponse><DomainInfoHeader><ResponseCode>0</ResponseCode>"),
    (
        "domain_info",
        Format::Json,
        r#"{"DomainInfoResponse":{"ResponseCode":0,"Status":"success","DomainInfo":{"Name":"a.com","#,
    ),
    ("set_ns", Format::Json, r#"{"SetNsResponse":{}}"#),
    ("set_ns", Format::Json, r#"{"SetNsResponse":{"Status":"in progress"}}"#),
    ("get_open_auctions", Format::Csv, "ok,success,AuctionId,Domain,Bid"),
];

/// One body of each kind, and further ones where a kind has several words.
fn errors() -> Vec<(DecodeErrorKind, String)> {
    let mut errors: Vec<_> = CASES
        .iter()
        .map(|(name, format, body)| error(command(name), body, &Options::default().format(*format)))
        .collect();
    let refused = r#"{"SetNsResponse":{"ResponseCode":"0"}}"#;
    errors.push(error(command("set_ns"), refused, &Options { max_body: 16, ..Options::default() }));
    errors.push(error(command("set_ns"), refused, &Options::default().strict()));
    let mut items =
        ReadItems::<_, Auction>::new(Broken, command("get_open_auctions").info.reply, "auctions", &Options::default())
            .expect("the reply has auctions");
    match items.next() {
        Some(Err(ItemsError::Unreadable(error))) => errors.push((error.kind(), error.to_string())),
        other => panic!("the reader fails, but there is {other:?}"),
    }
    errors
}

fn error(entry: &Entry, body: &str, options: &Options) -> (DecodeErrorKind, String) {
    let mut value = (entry.new_reply)();
    match decode_into(entry.info.reply, body.as_bytes(), options, &mut *value) {
        Ok(reply) => panic!("{body} is taken: {reply:?}"),
        Err(error) => (error.kind(), error.to_string()),
    }
}

/// A connection that is lost.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(io::ErrorKind::ConnectionReset, "connection reset by peer"))
    }
}

#[test]
fn decode_errors() {
    use DecodeErrorKind::{CutOff, Empty, Io, Limit, NoVerdict, NotAReply, OtherCommand, Strict};
    let errors = errors();
    for kind in [Empty, NotAReply, OtherCommand, CutOff, NoVerdict, Limit, Strict, Io] {
        assert!(errors.iter().any(|(seen, _)| *seen == kind), "no body here is {}", kind.name());
    }
    let lines: Vec<String> = errors.iter().map(|(kind, line)| format!("{}\n  {line}", kind.name())).collect();
    insta::assert_snapshot!("decode_errors", lines.join("\n"));
}

#[test]
fn refusals() {
    let bodies = [
        r#"{"Response":{"ResponseCode":"-1","Error":"invalid key"}}"#,
        r#"{"SetNsResponse":{"ResponseCode":5,"Status":"system_busy"}}"#,
        r#"{"SetNsResponse":{"ResponseCode":-1,"Status":"error","Error":"'ns1.x' needs to be registered with an ip address before it can be used."}}"#,
        r#"{"SetNsResponse":{"ResponseCode":-1}}"#,
        r#"{"SetNsResponse":{"Status":"failure"}}"#,
        r#"{"SetNsResponse":{"ResponseCode":0,"Status":"error"}}"#,
        "error,\"invalid key\nor address\"",
    ];
    let line = |body: &&str| {
        let (reply, _) =
            decode(command("set_ns"), body.as_bytes(), Format::Json).unwrap_or_else(|error| panic!("{body}: {error}"));
        reply.refusal.unwrap_or_else(|| panic!("{body} is no refusal")).to_string()
    };
    let lines: Vec<String> = bodies.iter().map(line).collect();
    insta::assert_snapshot!("refusals", lines.join("\n"));
}
