//! A reply that ends early is never a success, wherever it ends.

use super::vectors::{command, replies, succeeds};
use bindwire_wire::Format;
use std::collections::BTreeMap;

/// Prefixes that are taken for a success, by vector.
fn accepted(format: Format) -> BTreeMap<String, Vec<usize>> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for vector in replies().into_iter().filter(|vector| vector.format == format) {
        let entry = command(&vector.command);
        for end in 0..vector.body.len() {
            if succeeds(entry, &vector.body[..end], format) {
                found.entry(vector.id.clone()).or_default().push(end);
            }
        }
    }
    found
}

#[test]
fn xml() {
    assert_eq!(accepted(Format::Xml), BTreeMap::new());
}

#[test]
fn json() {
    assert_eq!(accepted(Format::Json), BTreeMap::new());
}

#[test]
fn csv() {
    assert_eq!(accepted(Format::Csv), BTreeMap::new());
}
