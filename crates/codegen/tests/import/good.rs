//! Good descriptions: all that is read of each, as `expected.txt` beside it says.
//!
//! To write what is found in place of what is expected, set `BINDWIRE_BLESS=1`, and read the difference.

use super::here;
use bindwire_codegen::import;
use bindwire_codegen::import::show;
use std::fs;

#[test]
fn orders() {
    // Document/literal: imports two deep and in a loop, an include, choices, extension, anonymous types, attributes.
    compare("orders", "orders.wsdl");
}

#[test]
fn encoded() {
    // Rpc/encoded: arrays in both notations, maps, types of the encoding.
    compare("encoded", "registrar.wsdl");
}

#[test]
fn object() {
    // An API that is published for one kind of object, named by its customer.
    compare("object", "sample.wsdl");
}

#[test]
fn event() {
    // A schema without a WSDL, whose elements tell what they are.
    compare("event", "event.xsd");
}

#[test]
fn leftovers() {
    // Everything that has no place in the model, with what is told of it.
    compare("leftovers", "leftovers.wsdl");
}

fn compare(folder: &str, file: &str) {
    let dir = here().join("good").join(folder);
    let imported = import::read(&dir.join(file)).unwrap_or_else(|problems| panic!("{problems}"));
    let found = show(&imported);
    let path = dir.join("expected.txt");
    if std::env::var_os("BINDWIRE_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, &found).expect("a written file");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differs = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
    assert!(found == expected, "{folder}/expected.txt, line {:?} on:\n{found}", differs.map(|line| line + 1));
}
