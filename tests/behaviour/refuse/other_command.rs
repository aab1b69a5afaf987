//! Another command's reply is never a success, but where nothing in a body tells two commands apart.

use super::decode::{command, decode, documented};
use bindwire_dynadot::registry::COMMANDS;
use bindwire_tests::vectors::Vector;
use bindwire_wire::{Entry, Format, OpenReply};

/// Commands with one reply, and why nothing tells which of them it answers.
const SAME: [(&str, &str, &[Format], &str); 5] = [
    ("delete_ns", "delete_ns_by_domain", &[Format::Xml, Format::Json], "both are a DeleteNsResponse without content"),
    (
        "set_default_dns",
        "set_default_dns2",
        &[Format::Xml, Format::Json],
        "both are a SetDefaultDnsResponse without content",
    ),
    (
        "set_folder_dns",
        "set_folder_dns2",
        &[Format::Xml, Format::Json],
        "both are a SetFolderDnsResponse without content",
    ),
    (
        "get_auction_details",
        "place_auction_bid",
        &[Format::Json],
        "both have no envelope, and the same fields in auction_details",
    ),
    ("get_closed_auctions", "get_closed_backorder_auctions", &[Format::Csv], "both have the same columns"),
];

/// Why the reply to `asked` may be the reply of `entry` as well.
fn excuse(vector: &Vector, entry: &Entry) -> Option<&'static str> {
    let (one, other) = (vector.command.as_str(), entry.info.name);
    let same = SAME.iter().find(|(left, right, formats, _)| {
        [(*left, *right), (*right, *left)].contains(&(one, other)) && formats.contains(&vector.format)
    });
    let unknown = std::ptr::eq(entry.info.reply.shape, OpenReply::SHAPE);
    let status_only = vector.format == Format::Csv && is_status_alone(&vector.body);
    match same {
        Some((.., why)) => Some(why),
        None if unknown => Some("no source tells what the command answers, so that anything may be its answer"),
        None if status_only && has_status_alone(entry) => {
            Some("CSV has no envelope, and both say no more than `ok,success`")
        }
        None => None,
    }
}

/// Whether the cells say `ok` and `success`, and nothing more.
fn is_status_alone(body: &[u8]) -> bool {
    let cells = body.split(|byte| matches!(byte, b',' | b'\n')).filter(|cell| !cell.is_empty());
    cells.eq([&b"ok"[..], b"success"])
}

/// Whether its CSV, where it answers in any, holds code and status and perhaps a cell without a value.
fn has_status_alone(entry: &Entry) -> bool {
    let layout = entry.info.reply.csv;
    layout.is_none_or(|layout| layout.cells.starts_with(&["code", "status"]) && layout.rows.is_empty())
}

/// No reply of a page is taken for the success of another command than its own.
fn refuse_others(format: Format) {
    let mut taken = String::new();
    for vector in documented().iter().filter(|vector| vector.format == format) {
        let others =
            COMMANDS.iter().filter(|entry| entry.info.name != vector.command && excuse(vector, entry).is_none());
        let takers: Vec<&str> =
            others.filter(|entry| succeeds(entry, vector, format)).map(|entry| entry.info.name).collect();
        if let Some(first) = takers.first() {
            taken += &format!("{} by {} commands: {first} ... {}\n", vector.id, takers.len(), takers[takers.len() - 1]);
        }
    }
    assert!(taken.is_empty(), "taken for the success of another command:\n{taken}");
}

fn succeeds(entry: &Entry, vector: &Vector, format: Format) -> bool {
    decode(entry, &vector.body, format).is_ok_and(|(reply, _)| reply.is_ok())
}

#[test]
fn xml() {
    refuse_others(Format::Xml);
}

#[test]
fn json() {
    refuse_others(Format::Json);
}

#[test]
fn csv() {
    refuse_others(Format::Csv);
}

/// An exception that is none any more is taken out of the list.
#[test]
fn what_is_excepted_is_the_same() {
    let vectors = documented();
    for (one, other, formats, why) in SAME {
        for format in formats {
            for (from, to) in [(one, other), (other, one)] {
                let mut own = vectors.iter().filter(|vector| vector.command == from && vector.format == *format);
                let taken = own.any(|vector| succeeds(command(to), vector, *format));
                assert!(taken, "{from} and {to} are told apart in {format}: {why}");
            }
        }
    }
}
