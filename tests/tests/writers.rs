//! What the writers make: the documented examples again, and bodies that decode to what was written.

use bindwire_tests::arbitrary::{Choices, fill_reply, head};
use bindwire_tests::notation::tokens;
use bindwire_tests::vectors::{APIS, folder, replies, value};
use bindwire_wire::{
    Entry, Format, Head, NoteKind, Options, Outcome, WriteOptions, decode_into, write_reply, write_reply_with,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use similar::TextDiff;
use std::collections::BTreeSet;
use std::fs;

/// Cases a command and format; fewer where the commands are many, and one pattern makes several alike.
fn cases(entry: &Entry) -> u32 {
    if entry.info.api.soap.is_some() { 16 } else { 64 }
}

/// How the writers write what would be misread as it is.
const ESCAPES: [NoteKind; 2] = [NoteKind::QuotedCell, NoteKind::NumericEntity];

/// The commands and formats of `write_exceptions.toml`, whose examples differ from what is written.
fn exceptions() -> BTreeSet<(String, Format)> {
    let text = fs::read_to_string(folder().join("write_exceptions.toml")).expect("write_exceptions.toml is there");
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("write_exceptions.toml: {error}"));
    let mut exceptions = BTreeSet::new();
    for (name, entry) in &table {
        assert!(
            entry["reason"].as_str().is_some_and(|reason| !reason.is_empty()),
            "{name} in write_exceptions.toml has no reason"
        );
        for format in entry["formats"].as_array().into_iter().flatten().filter_map(toml::Value::as_str) {
            exceptions.insert((name.clone(), format.parse().unwrap_or_else(|error| panic!("{name}: {error}"))));
        }
    }
    exceptions
}

#[test]
fn examples_are_written_as_documented() {
    let exceptions = exceptions();
    let mut unused = exceptions.clone();
    let mut wrong = String::new();
    for vector in replies().iter().filter(|vector| !vector.constructed) {
        let entry = vector.entries()[0];
        let Ok((reply, record)) = vector.decode(entry, &Options::default()) else { continue };
        if !reply.notes.is_empty() {
            continue;
        }
        let written =
            write_reply(entry.info.reply, &reply.head, &*record, vector.format).expect("the example has its format");
        let example = std::str::from_utf8(&vector.body).expect("a clean example is UTF-8");
        let (example, written) = (tokens(vector.format, example), tokens(vector.format, &written));
        let name = (format!("{}/{}", vector.api, vector.command), vector.format);
        unused.remove(&name);
        match (example == written, exceptions.contains(&name)) {
            (true, true) => {
                wrong += &format!("{} is written as documented: correct write_exceptions.toml\n", vector.id)
            }
            (false, false) => {
                wrong +=
                    &TextDiff::from_lines(&example, &written).unified_diff().header(&vector.id, "written").to_string()
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty() && unused.is_empty(), "{wrong}no clean example in write_exceptions.toml: {unused:?}");
}

/// Every command with each of its formats.
fn exchanges() -> impl Iterator<Item = (&'static Entry, Format)> {
    let commands = APIS.into_iter().flat_map(|(_, commands)| commands);
    commands.flat_map(|entry| entry.info.formats.iter().map(move |format| (entry, *format)))
}

/// Runs `test` on arbitrary bytes, the same ones every time.
fn for_bytes(cases: u32, test: impl Fn(&[u8]) -> Result<(), TestCaseError>) -> Result<(), String> {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner
        .run(&proptest::collection::vec(any::<u8>(), 0..1000), |bytes| test(&bytes))
        .map_err(|error| error.to_string())
}

#[test]
fn what_is_written_decodes_to_the_same() {
    let mut wrong = String::new();
    for (entry, format) in exchanges() {
        let reply = entry.info.reply;
        let outcome = for_bytes(cases(entry), |bytes| {
            let choices = &mut Choices::new(bytes);
            let options = WriteOptions { compact: bytes.len() % 2 == 1 };
            let head = head(choices, reply, format);
            let mut record = (entry.new_reply)();
            fill_reply(choices, reply, &mut *record, format);
            let body = write_reply_with(reply, &head, &*record, format, options).expect("the format is the command's");
            let mut read = (entry.new_reply)();
            let decoded = decode_into(reply, body.as_bytes(), &Options::default().format(format), &mut *read)
                .map_err(|error| TestCaseError::fail(format!("{error}\n{body}")))?;
            prop_assert_eq!(value(&*record), value(&*read), "{}", body);
            prop_assert!(decoded.is_ok() && decoded.head == head, "{:?} {:?}\n{}", decoded.head, head, body);
            let notes: Vec<_> = decoded.notes.iter().filter(|note| !ESCAPES.contains(&note.kind)).collect();
            // A reply in which nothing has a value is written as its head alone, and the decoder says so.
            prop_assert!(notes.is_empty() || value(&*record) == value(&*(entry.new_reply)()), "{:?}\n{}", notes, body);
            Ok(())
        });
        if let Err(error) = outcome {
            wrong += &format!("{} in {format}: {error}\n\n", entry.info.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn refusals_decode_to_the_same() {
    for (entry, format) in exchanges() {
        let (name, reply) = (entry.info.name, entry.info.reply);
        let failed = reply.api.outcomes.iter().find(|(_, outcome)| *outcome == Outcome::Failed);
        let head = Head {
            code: reply.api.soap.is_none().then_some(-1),
            status: failed.map(|(status, _)| (*status).into()),
            error: Some("'a', <b> & \"c\"".into()),
            ..Head::default()
        };
        let mut record = (entry.new_reply)();
        let body = write_reply(reply, &head, &*record, format).expect("the format is the command's");
        let decoded = decode_into(reply, body.as_bytes(), &Options::default().format(format), &mut *record)
            .unwrap_or_else(|error| panic!("{error}\n{body}"));
        assert_eq!(decoded.refusal.map(|refusal| refusal.error), head.error, "{name} in {format}: {body}");
    }
}
