//! Another command's reply is never a success.

use super::vectors::{command, replies, succeeds};
use bindwire_dynadot::registry::COMMANDS;
use std::collections::BTreeSet;

#[test]
fn is_never_a_success() {
    let mut taken = BTreeSet::new();
    for vector in replies().into_iter().filter(|vector| vector.id.contains("/fr/")) {
        for entry in COMMANDS {
            if entry.info.name != vector.command && succeeds(entry, &vector.body, vector.format) {
                taken.insert(format!("{} {} as {}", vector.format, vector.command, entry.info.name));
            }
        }
    }
    let _ = command;
    panic!("{taken:#?}");
}
