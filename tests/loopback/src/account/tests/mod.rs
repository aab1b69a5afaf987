//! The account, asked as a client asks it: commands in, strictly decoded replies out, in every format.

mod commands;
mod money;
mod zones;

use super::*;
use bindwire_wire::{NoteKind, Options, Query, Refusal, Reply, decode};

/// A point in time of these tests: 2024-05-10.
fn now() -> Timestamp {
    "2024-05-10T12:30:15.5Z".parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn dollars(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Sends a command. The answer may deviate from the documented shape in two ways: a reply that holds nothing is written as its head
/// alone, and items of orders are of types that no page lists.
fn ask<C: Command>(account: &Account, command: &C, format: Format) -> Reply<'static, C::Reply> {
    let query = Query::of(command).unwrap().to_query_string();
    let path = C::INFO.api.suffix(format).unwrap();
    let reply = account.answer(&Request::get(&format!("/api3.{path}?key=k&{query}")));
    assert_eq!(reply.status, 200);
    let body = String::from_utf8_lossy(&reply.body);
    let decoded = decode::<C::Reply>(C::INFO.reply, &reply.body, &Options::default().format(format));
    let decoded = decoded.unwrap_or_else(|error| panic!("{error}\n{body}"));
    for note in &*decoded.notes {
        assert!(matches!(note.kind, NoteKind::MissingLevel | NoteKind::UnknownValue), "{note:?}\n{body}");
    }
    decoded.into_owned()
}

/// The value of a reply that is no refusal.
fn value<C: Command>(account: &Account, command: &C, format: Format) -> C::Reply {
    ask(account, command, format).into_result().unwrap()
}

/// The refusal of a reply that is one.
fn refusal<C: Command>(account: &Account, command: &C, format: Format) -> Refusal {
    ask(account, command, format).refusal.expect("the command is refused")
}

/// XML and JSON, in which every command with state answers.
const BOTH: [Format; 2] = [Format::Xml, Format::Json];
