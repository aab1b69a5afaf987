//! Every reply of the manifest is decoded and held to its verdict and to the `expected.json` beside it.
//!
//! The pages' replies of a command share `<command>/expected.json`; a constructed case has its own. With `BINDWIRE_BLESS=1` the
//! documents are written instead, all but the reasons of differences: read the diff against the examples before committing it.

use bindwire_tests::expected::{Seen, document, see};
use bindwire_tests::vectors::{Vector, folder, replies};
use bindwire_wire::{DecodeErrorKind, Options};
use serde_json::Value;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// The expected document that a vector is held to, and the vector's name there.
fn place(vector: &Vector) -> (PathBuf, String) {
    let command = folder().join(&vector.api).join(&vector.command);
    if vector.constructed {
        (command.join(&vector.case).join("expected.json"), vector.format.to_string())
    } else {
        (command.join("expected.json"), format!("{}/{}", vector.case, vector.format))
    }
}

/// What a vector decodes to, by its name: one outcome, or where the commands that it may answer tell of different notes, several.
fn all_seen(vector: &Vector, name: &str) -> Vec<(String, Seen)> {
    let mut seen: Vec<(Seen, Vec<&str>)> = Vec::new();
    for entry in vector.entries() {
        let this = see(vector, entry);
        match seen.iter_mut().find(|(other, _)| *other == this) {
            Some((_, commands)) => commands.push(entry.info.name),
            None => seen.push((this, vec![entry.info.name])),
        }
    }
    seen.sort_by_key(|(_, commands)| std::cmp::Reverse(commands.len()));
    let suffix =
        |at: usize, commands: &[&str]| if at == 0 { String::new() } else { format!(" {}", commands.join(" ")) };
    seen.into_iter()
        .enumerate()
        .map(|(at, (seen, commands))| (format!("{name}{}", suffix(at, &commands)), seen))
        .collect()
}

#[test]
fn replies_have_their_verdicts() {
    let mut wrong = String::new();
    for vector in replies() {
        for (name, seen) in all_seen(&vector, &vector.id) {
            if seen.outcome.verdict() != vector.verdict {
                wrong += &format!("{name} is {}, not {}: {:?}\n", seen.outcome.verdict(), vector.verdict, seen.outcome);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn replies_have_their_expected_values() {
    let mut documents: BTreeMap<PathBuf, Vec<(String, Seen)>> = BTreeMap::new();
    for vector in replies() {
        let (path, name) = place(&vector);
        documents.entry(path).or_default().extend(all_seen(&vector, &name));
    }
    let bless = std::env::var_os("BINDWIRE_BLESS").is_some_and(|value| value == "1");
    let mut wrong = String::new();
    for (path, seen) in documents {
        let name = path.strip_prefix(folder()).unwrap_or(&path).display().to_string();
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let reasons = serde_json::from_str(&committed).unwrap_or(Value::Null);
        let document = document(&seen, &reasons);
        let text = format!("{document:#}\n");
        if bless && text != committed {
            fs::write(&path, &text).unwrap_or_else(|error| panic!("{name}: {error}"));
        } else if text != committed {
            wrong += &TextDiff::from_lines(&committed, &text).unified_diff().header(&name, "decoded").to_string();
        }
        for difference in document["differs"].as_array().into_iter().flatten().filter(|entry| entry["reason"] == "") {
            wrong += &format!("{name}: say in `reason` why {} differ\n", difference["vectors"]);
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nBINDWIRE_BLESS=1 cargo test -p bindwire-tests --test vectors writes what was decoded"
    );
}

#[test]
fn strict_decoding_takes_what_has_no_notes() {
    for vector in replies() {
        for entry in vector.entries() {
            let tolerant = vector.decode(entry, &Options::default());
            let strict = vector.decode(entry, &Options::default().strict());
            let (id, command) = (&vector.id, entry.info.name);
            match (tolerant, strict) {
                (Ok((reply, _)), Ok(_)) => {
                    assert!(reply.notes.is_empty(), "{id} of {command}: strict took {:?}", &*reply.notes)
                }
                (Ok((reply, _)), Err(error)) => {
                    assert_eq!(error.kind(), DecodeErrorKind::Strict, "{id} of {command}: {error}");
                    assert!(!reply.notes.is_empty(), "{id} of {command} has no notes: {error}");
                }
                (Err(tolerant), strict) => assert_eq!(Some(tolerant), strict.err(), "{id} of {command}"),
            }
        }
    }
}
