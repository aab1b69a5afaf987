//! What is odd in a body gives its note and the value of the clean form; what is well-formed gives none.
//!
//! A file of `behaviour/notes` holds the cases of the kind that it is called after:
//!
//! ```toml
//! [clean]
//! get_contact_xml = '''...''' # clean forms, by names that the cases have
//!
//! [[case]]
//! name = "decimal"
//! command = "get_contact"  # `*`: every documented reply of every command
//! format = "xml"           # of the clean form
//! body = '''...'''         # or `vector`, a reply in `vectors`, with `[[case.edit]]`
//! clean = "get_contact_xml" # its clean form; that of a vector is the vector
//! notes = [{ kind = "numeric-entity", path = "GetContactResponse/Name", text = "#74" }]
//! ```
//! `notes` are all of them in their order; of a documented reply, those beside its own. `asked` is the format that was asked for, when
//! it is another, `encoding` what the body is turned into, `prepend` and `append` what is put around it. `value` says why the value is
//! not the clean one, and `expected` has JSON pointers into that with what stands there instead; `refused` is the refusal that stands
//! for both. A case with `fails` says what the decoder has wrong, and must fail: whoever mends that takes it out.
//!
//! The cases of `behaviour/notes/none` have no notes.

use bindwire_dynadot::registry::{COMMANDS, find};
use bindwire_tests::vectors::{self, replies};
use bindwire_wire::{DecodeErrorKind, Entry, Format, Note, NoteKind, Options, decode_into};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The command of a case that holds every one.
const EVERY: &str = "*";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    clean: BTreeMap<String, String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    command: String,
    format: String,
    asked: Option<String>,
    body: Option<String>,
    clean: Option<String>,
    vector: Option<String>,
    #[serde(default)]
    edit: Vec<Edit>,
    prepend: Option<String>,
    append: Option<String>,
    encoding: Option<Encoding>,
    notes: Vec<Expected>,
    value: Option<String>,
    expected: Option<String>,
    refused: Option<String>,
    fails: Option<String>,
}

/// A text of the clean form, and what takes its place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    find: String,
    replace: String,
    #[serde(default)]
    which: Which,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
enum Which {
    /// The text stands once.
    #[default]
    Only,
    First,
    Every,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Encoding {
    #[serde(rename = "windows-1252")]
    Windows1252,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    kind: String,
    path: String,
    text: String,
    offset: Option<usize>,
}

/// What came of a body.
struct Seen {
    value: Value,
    refusal: Option<String>,
    notes: Vec<Note>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("behaviour/notes")
}

/// The files of `folder` by their names without `.toml`.
fn files(folder: &Path) -> BTreeMap<String, File> {
    let entries = fs::read_dir(folder).expect("the folder can be listed").map(|entry| entry.expect("an entry").path());
    entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("the file can be read");
            let file = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_stem().expect("a name").to_string_lossy().into_owned(), file)
        })
        .collect()
}

fn decode(entry: &Entry, body: &[u8], asked: Format) -> Result<Seen, String> {
    let mut value = (entry.new_reply)();
    let options = Options::default().format(asked);
    let reply = decode_into(entry.info.reply, body, &options, &mut *value).map_err(|error| error.to_string())?;
    let strict = decode_into(entry.info.reply, body, &options.strict(), &mut *(entry.new_reply)());
    let strict = strict.err().map(|error| error.kind());
    let due = (!reply.notes.is_empty()).then_some(DecodeErrorKind::Strict);
    if strict != due {
        return Err(format!("{} notes, but strict decoding ends in {strict:?}", reply.notes.len()));
    }
    let refusal = reply.refusal.as_ref().map(ToString::to_string);
    Ok(Seen { value: vectors::value(&*value), refusal, notes: reply.notes.to_vec() })
}

fn apply(clean: &str, case: &Case) -> Result<Vec<u8>, String> {
    let mut body = clean.to_owned();
    for Edit { find, replace, which } in &case.edit {
        let count = body.matches(find.as_str()).count();
        body = match which {
            Which::Only if count != 1 => return Err(format!("{find:?} stands {count} times, not once")),
            Which::First if count == 0 => return Err(format!("{find:?} does not stand in the reply")),
            Which::Every => body.replace(find.as_str(), replace),
            _ => body.replacen(find.as_str(), replace, 1),
        };
    }
    let around = |text: &Option<String>| text.clone().unwrap_or_default();
    encode(&(around(&case.prepend) + &body + &around(&case.append)), case.encoding)
}

fn encode(text: &str, encoding: Option<Encoding>) -> Result<Vec<u8>, String> {
    // The characters beyond Latin-1 that the cases have in Windows-1252.
    let windows_1252 = |letter: char| match letter {
        '€' => Ok(0x80),
        '“' => Ok(0x93),
        '”' => Ok(0x94),
        '–' => Ok(0x96),
        _ => u8::try_from(letter).map_err(|_| format!("{letter:?} is not known in Windows-1252")),
    };
    match encoding {
        None => Ok(text.into()),
        Some(Encoding::Windows1252) => text.chars().map(windows_1252).collect(),
        Some(Encoding::Utf16Le) => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Some(Encoding::Utf16Be) => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    }
}

/// The clean form, and the one that the case is about.
fn forms(case: &Case, file: &File) -> Result<(String, Vec<u8>), String> {
    match (&case.vector, &case.clean, &case.body) {
        (Some(vector), None, None) => {
            let path = vectors::folder().join(vector);
            let clean = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let body = apply(&clean, case)?;
            Ok((clean, body))
        }
        (None, Some(clean), Some(body)) => {
            let clean = file.clean.get(clean).ok_or_else(|| format!("there is no clean form {clean}"))?;
            Ok((clean.clone(), encode(body, case.encoding)?))
        }
        _ => Err("it has neither `body` and `clean`, nor `vector`".to_owned()),
    }
}

fn formats(case: &Case) -> Result<(Format, Format), String> {
    let parse = |name: &str| name.parse::<Format>().map_err(|error| error.to_string());
    Ok((parse(&case.format)?, parse(case.asked.as_ref().unwrap_or(&case.format))?))
}

/// A case about one body.
fn run(case: &Case, file: &File) -> Result<(), String> {
    let entry = find(&case.command).ok_or_else(|| format!("the registry has no {}", case.command))?;
    let (format, asked) = formats(case)?;
    let (clean, body) = forms(case, file)?;
    let twin = decode(entry, clean.as_bytes(), format).map_err(|error| format!("the clean form: {error}"))?;
    if case.vector.is_none() && !twin.notes.is_empty() {
        return Err(format!("the clean form has notes:\n{}", list(&twin.notes)));
    }
    let seen = decode(entry, &body, asked)?;
    let same =
        seen.notes.len() == case.notes.len() && seen.notes.iter().zip(&case.notes).all(|(note, due)| is(note, due));
    if !same {
        return Err(format!("its notes are\n{}", list(&seen.notes)));
    }
    if seen.refusal != case.refused.clone().or(twin.refusal) {
        return Err(format!("it is {}", seen.refusal.as_deref().unwrap_or("a success")));
    }
    let mut due = twin.value;
    match (&case.value, &case.expected, &case.refused) {
        (Some(_), Some(changes), None) => change(&mut due, changes)?,
        (None, None, None) => {}
        (Some(_), None, Some(_)) => return Ok(()),
        _ => return Err("`value` goes with `expected` or with `refused`".to_owned()),
    }
    if seen.value == due { Ok(()) } else { Err(format!("its value is {:#}\nnot {due:#}", seen.value)) }
}

fn change(value: &mut Value, changes: &str) -> Result<(), String> {
    let changes: BTreeMap<String, Value> =
        serde_json::from_str(changes).map_err(|error| format!("`expected`: {error}"))?;
    for (pointer, new) in changes {
        let place = value.pointer_mut(&pointer).ok_or_else(|| format!("`expected`: there is no {pointer}"))?;
        if std::mem::replace(place, new.clone()) == new {
            return Err(format!("`expected`: {pointer} is so in the clean form"));
        }
    }
    Ok(())
}

fn is(note: &Note, due: &Expected) -> bool {
    let place = note.path == *due.path && due.offset.is_none_or(|offset| offset == note.offset);
    note.kind.name() == due.kind && place && note.text == *due.text
}

/// Notes as a case has them.
fn list(notes: &[Note]) -> String {
    let line = |note: &Note| {
        let texts = [note.kind.name(), &*note.path, &*note.text].map(|text| Value::from(text).to_string());
        format!("  {{ kind = {}, path = {}, text = {}, offset = {} }},\n", texts[0], texts[1], texts[2], note.offset)
    };
    notes.iter().map(line).collect()
}

/// Runs a case, and says what is wrong.
fn problem(place: &str, case: &Case, outcome: Result<(), String>) -> Option<String> {
    let name = format!("{place}: {} ({} {})", case.name, case.command, case.format);
    match (outcome, &case.fails) {
        (Ok(()), None) | (Err(_), Some(_)) => None,
        (Err(what), None) => Some(format!("{name}: {what}")),
        (Ok(()), Some(_)) => Some(format!("{name}: it no longer fails; take `fails` out")),
    }
}

/// A case about every documented reply; the commands that it held.
fn run_everywhere(case: &Case) -> Result<BTreeSet<&'static str>, String> {
    let (format, asked) = formats(case)?;
    let mut held = BTreeSet::new();
    let mut problems = String::new();
    // Envelopes have cases of their own: in them a comment before the reply does not stand where one does here.
    let plain = replies().into_iter().filter(|vector| vector.api == "dynadot");
    for vector in plain.filter(|vector| vector.format == format && vector.verdict != "unreadable") {
        // A constructed reply is odd already, but for those that any command may get.
        if vector.constructed && vector.command != "any" {
            continue;
        }
        let clean = std::str::from_utf8(&vector.body).map_err(|error| format!("{}: {error}", vector.id))?;
        let body = apply(clean, case).map_err(|what| format!("{}: {what}", vector.id))?;
        for entry in vector.entries().into_iter().filter(|entry| entry.info.formats.contains(&asked)) {
            held.insert(entry.info.name);
            let (twin, seen) = match (decode(entry, &vector.body, format), decode(entry, &body, asked)) {
                (Ok(twin), Ok(seen)) => (twin, seen),
                (Err(error), _) | (_, Err(error)) => {
                    problems += &format!("{} of {}: {error}\n", vector.id, entry.info.name);
                    continue;
                }
            };
            let due = case.notes.iter().map(|note| (&*note.kind, &*note.path, note.text.clone()));
            let mut due: Vec<_> = twin.notes.iter().map(parts).chain(due).collect();
            let mut got: Vec<_> = seen.notes.iter().map(parts).collect();
            due.sort_unstable();
            got.sort_unstable();
            if due != got || twin.value != seen.value || twin.refusal != seen.refusal {
                problems += &format!("{} of {}:\n{}", vector.id, entry.info.name, list(&seen.notes));
            }
        }
    }
    if problems.is_empty() { Ok(held) } else { Err(problems) }
}

/// Kind, path, and the text whatever its line ends.
fn parts(note: &Note) -> (&str, &str, String) {
    (note.kind.name(), &note.path, note.text.replace("\r\n", "\n"))
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "{} cases are wrong:\n{}", problems.len(), problems.join("\n"));
}

/// Kinds that only answers in SOAP have: the cases here are of an API without; those of the runtime's own tests are of one with.
const SOAP_ALONE: [NoteKind; 2] = [NoteKind::Multipart, NoteKind::OtherNamespace];

#[test]
fn every_kind_has_its_cases() {
    let files = files(&folder());
    let kinds = NoteKind::ALL.iter().filter(|kind| !SOAP_ALONE.contains(kind));
    let kinds: BTreeSet<&str> = kinds.map(|kind| kind.name()).collect();
    assert_eq!(files.keys().map(String::as_str).collect::<BTreeSet<_>>(), kinds, "a file a kind");
    for (kind, file) in &files {
        let count = file.case.iter().filter(|case| case.fails.is_none()).count();
        assert!(count >= 2, "{kind}: {count} cases that do not fail, not two");
        let names: BTreeSet<(&str, &str, &str)> =
            file.case.iter().map(|case| (&*case.name, &*case.command, &*case.format)).collect();
        assert_eq!(names.len(), file.case.len(), "{kind}: a name stands twice");
        assert!(
            file.case.iter().all(|case| case.notes.iter().any(|note| note.kind == *kind)),
            "{kind}: a case of another kind"
        );
    }
}

#[test]
fn cases_have_their_notes_and_values() {
    let mut problems = Vec::new();
    for (kind, file) in files(&folder()) {
        let cases = file.case.iter().filter(|case| case.command != EVERY);
        problems.extend(cases.filter_map(|case| problem(&kind, case, run(case, &file))));
    }
    report(&problems);
}

#[test]
fn well_formed_bodies_have_no_notes() {
    let mut problems = Vec::new();
    for (format, file) in files(&folder().join("none")) {
        for case in &file.case {
            assert_eq!((&case.format, case.notes.len()), (&format, 0), "{format}: {}", case.name);
            problems.extend(problem(&format, case, run(case, &file)));
        }
    }
    report(&problems);
}

#[test]
fn documented_replies_of_every_command_have_the_same_notes() {
    let mut problems = Vec::new();
    let mut held: BTreeSet<&str> = BTreeSet::new();
    for (kind, file) in files(&folder()) {
        for case in file.case.iter().filter(|case| case.command == EVERY) {
            let outcome = run_everywhere(case).map(|commands| held.extend(commands));
            problems.extend(problem(&kind, case, outcome));
        }
    }
    report(&problems);
    assert_eq!(held, COMMANDS.iter().map(|entry| entry.info.name).collect(), "the commands that are held");
}
