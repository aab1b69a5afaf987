//! Another command's reply is never a success, but where the documentation gives two commands one reply.

use super::vectors::{command, replies, succeeds};
use bindwire_dynadot::registry::COMMANDS;
use bindwire_wire::Format;
use std::collections::BTreeSet;

/// Commands whose documented replies are the same, envelope and all: nothing in a body tells them apart.
const SAME: [(&str, &str, &str); 4] = [
    ("delete_ns", "delete_ns_by_domain", "both are a DeleteNsResponse without content"),
    ("set_default_dns", "set_default_dns2", "both are a SetDefaultDnsResponse without content"),
    ("set_folder_dns", "set_folder_dns2", "both are a SetFolderDnsResponse without content"),
    (
        "get_auction_details",
        "place_auction_bid",
        "in JSON both have no envelope, and auction_details with the same fields in it",
    ),
];

fn same(one: &str, other: &str) -> bool {
    SAME.iter().any(|(left, right, _)| [(*left, *right), (*right, *left)].contains(&(one, other)))
}

/// Whose reply is taken for whose success.
fn taken(format: Format, entries: impl Fn(&str) -> bool) -> BTreeSet<(String, &'static str)> {
    let mut taken = BTreeSet::new();
    for vector in replies().into_iter().filter(|vector| vector.format == format) {
        for entry in COMMANDS.iter().filter(|entry| entries(entry.info.name)) {
            let name = entry.info.name;
            if name != vector.command && !same(name, &vector.command) && succeeds(entry, &vector.body, format) {
                taken.insert((vector.command.clone(), name));
            }
        }
    }
    taken
}

#[test]
fn xml() {
    assert_eq!(taken(Format::Xml, |_| true), BTreeSet::new());
}

#[test]
fn json() {
    assert_eq!(taken(Format::Json, |_| true), BTreeSet::new());
}

/// CSV has no envelope: what tells its commands apart is the header row, so those that have rows are held to it.
#[test]
fn csv() {
    let has_rows = |name: &str| command(name).info.reply.csv.is_some_and(|layout| !layout.rows.is_empty());
    assert_eq!(taken(Format::Csv, has_rows), BTreeSet::new());
}

#[test]
fn what_is_excepted_is_the_same() {
    for (one, other, why) in SAME {
        let both = [(one, other), (other, one)].map(|(from, to)| {
            replies().iter().any(|vector| vector.command == from && succeeds(command(to), &vector.body, vector.format))
        });
        assert_eq!(both, [true, true], "{one} and {other}: {why}");
    }
}
