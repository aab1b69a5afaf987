//! The damage corpus: what is decoded from a damaged body is what is decoded from its clean twin, and nothing is made up.
//!
//! `corpus/README.md` tells how the cases are laid out. `BINDWIRE_CORPUS_JSON=FILE` writes what came out of each case to FILE, which
//! `corpus/measure` sets beside what other parsers make of the same bodies.

use bindwire_dynadot::registry;
use bindwire_wire::{Format, LeafKind, NodeKind, NoteKind, Options, Plain, Record, Reply, decode_into};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

/// The share of damaged replies that must be recovered, in hundredths.
const RECOVERED: usize = 95;

/// How long one body may take: a decoder that never ends is a failure like any other.
const PATIENCE: Duration = Duration::from_secs(10);

/// What must come of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The value of the clean twin.
    Recover,
    /// A decode error.
    Refuse,
    /// A reply in which the server says no.
    Refused,
}

/// A folder of the corpus.
struct Case {
    /// `<format>/<case>`.
    id: String,
    /// What was asked for.
    format: Format,
    command: String,
    class: String,
    expect: Expect,
    /// Whether the spec has this form, so that no note is due.
    silent: bool,
    damaged: Vec<u8>,
    clean: Vec<u8>,
}

/// What came of a body.
#[derive(Debug)]
enum Outcome {
    /// The twin's value.
    Recovered,
    /// The twin's value with gaps: where.
    Lost(Vec<String>),
    /// Something is set that the twin has not, or has otherwise: where.
    Wrong(Vec<String>),
    /// A reply in which the server says no: its words.
    Refused(String),
    /// A decode error: its words.
    Unreadable(String),
    /// No end within [`PATIENCE`].
    Endless,
}

impl Outcome {
    fn name(&self) -> &'static str {
        match self {
            Self::Recovered => "recovered",
            Self::Lost(_) => "lost",
            Self::Wrong(_) => "wrong",
            Self::Refused(_) => "refused",
            Self::Unreadable(_) => "unreadable",
            Self::Endless => "endless",
        }
    }

    fn is(&self, expect: Expect) -> bool {
        match expect {
            Expect::Recover => matches!(self, Self::Recovered),
            Expect::Refuse => matches!(self, Self::Unreadable(_)),
            Expect::Refused => matches!(self, Self::Refused(_)),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Recovered => String::new(),
            Self::Endless => format!("no end within {} s", PATIENCE.as_secs()),
            Self::Lost(paths) | Self::Wrong(paths) => paths.join("; "),
            Self::Refused(words) | Self::Unreadable(words) => words.clone(),
        }
    }
}

/// A case with what came of it.
struct Run {
    case: Arc<Case>,
    outcome: Outcome,
    notes: Vec<NoteKind>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tables of a TOML file that holds nothing but texts: the name of the table, `""` at the top, and its keys.
fn tables(path: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut tables = BTreeMap::new();
    let mut table = String::new();
    for line in read(path).lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            table = name.to_owned();
            continue;
        }
        let Some((key, value)) = line.split_once(" = ") else {
            panic!("{}: `{line}` is no `key = \"text\"`", path.display())
        };
        let value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{}: {value}: {error}", path.display()));
        let keys: &mut BTreeMap<String, String> = tables.entry(table.clone()).or_default();
        let key = key.trim_matches('"').to_owned();
        assert!(keys.insert(key, value).is_none(), "{}: `{line}` stands twice", path.display());
    }
    tables
}

/// The only file of `folder` whose name begins with `stem` and a dot.
fn body(folder: &Path, stem: &str) -> Vec<u8> {
    let found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("its entries too").path())
        .filter(|path| path.file_stem().is_some_and(|name| name == stem))
        .collect();
    let [path] = &found[..] else { panic!("{} has {} files called {stem}.*, not one", folder.display(), found.len()) };
    fs::read(path).expect("the body can be read")
}

fn case(format: Format, folder: &Path) -> Case {
    let path = folder.join("case.toml");
    let mut keys = tables(&path).remove("").unwrap_or_default();
    let mut take = |key: &str| {
        keys.remove(key)
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| panic!("{} has no text `{key}`", path.display()))
    };
    let expect = match take("expect").as_str() {
        "recover" => Expect::Recover,
        "refuse" => Expect::Refuse,
        "refused" => Expect::Refused,
        other => panic!("{}: `{other}` is no expectation; use recover, refuse or refused", path.display()),
    };
    let (command, class) = (take("command"), take("class"));
    for key in ["doc", "seen"] {
        assert!(take(key).ends_with('.'), "{}: `{key}` is no sentence", path.display());
    }
    let silent = keys.remove("silent").is_some();
    assert!(keys.is_empty(), "{}: unknown keys {:?}", path.display(), keys.keys());
    let name = folder.file_name().and_then(|name| name.to_str()).expect("a case has a name in UTF-8");
    Case {
        id: format!("{format}/{name}"),
        format,
        command,
        class,
        expect,
        silent,
        damaged: body(folder, "damaged"),
        clean: body(folder, "clean"),
    }
}

/// Every case, by id.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for format in Format::ALL {
        for entry in fs::read_dir(folder().join(format.name())).expect("there is a folder a format") {
            cases.push(case(format, &entry.expect("its entries can be read").path()));
        }
    }
    cases.sort_by(|left, right| left.id.cmp(&right.id));
    cases
}

fn known_failures() -> BTreeMap<String, String> {
    tables(&folder().join("known-failures.toml")).remove("").unwrap_or_default()
}

/// Decodes `body` as the reply to the case's command.
fn decode<'a>(case: &Case, body: &'a [u8]) -> Result<(Value, Reply<'a, ()>), String> {
    let entry = registry::find(&case.command).unwrap_or_else(|| panic!("{}: no command {}", case.id, case.command));
    let mut record = (entry.new_reply)();
    let options = Options::default().format(case.format);
    match decode_into(entry.info.reply, body, &options, &mut *record) {
        Ok(reply) => Ok((value(&*record), reply)),
        Err(error) => Err(error.to_string()),
    }
}

/// The plain form of `record`, secrets included.
fn value(record: &dyn Record) -> Value {
    let mut value = serde_json::from_str(&Plain::of(record).to_string()).expect("the plain form is JSON");
    reveal(record, &mut value);
    value
}

fn reveal(record: &dyn Record, value: &mut Value) {
    for node in record.shape().nodes {
        match node.kind {
            NodeKind::Group { .. } => {}
            NodeKind::Leaf { id, spec } => {
                let Some(leaf) = record.leaf(id).filter(|leaf| leaf.kind() == LeafKind::Secret) else { continue };
                let mut text = String::new();
                leaf.write(0, &spec, Format::Xml, &mut text);
                value[node.field] = json!(text);
            }
            NodeKind::Child { id, many, .. } => {
                let Some(child) = record.child(id) else { continue };
                for index in 0..child.len() {
                    let place = if many { &mut value[node.field][index] } else { &mut value[node.field] };
                    if let Some(record) = child.get(index) {
                        reveal(record, place);
                    }
                }
            }
        }
    }
}

/// Where `found` lacks something of `twin`, and where it has what `twin` has not.
fn compare(twin: &Value, found: &Value, path: &str, lost: &mut Vec<String>, wrong: &mut Vec<String>) {
    match (twin, found) {
        (Value::Object(twin), Value::Object(found)) => {
            for (name, twin) in twin {
                compare(twin, &found[name], &format!("{path}/{name}"), lost, wrong);
            }
        }
        (Value::Array(twin), Value::Array(found)) => {
            for index in 0..twin.len().max(found.len()) {
                let item = |list: &[Value]| list.get(index).cloned().unwrap_or(Value::Null);
                compare(&item(twin), &item(found), &format!("{path}[{index}]"), lost, wrong);
            }
        }
        _ if twin == found => {}
        (_, Value::Null) => lost.push(format!("{path} is absent, not {}", short(twin))),
        _ => wrong.push(format!("{path} is {}, not {}", short(found), short(twin))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Runs a case on a thread of its own, so that one without an end cannot hold up the others.
fn run(case: Case) -> Run {
    let case = Arc::new(case);
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn({
        let case = Arc::clone(&case);
        move || drop(sender.send(outcome(&case)))
    });
    let (outcome, notes) = match receiver.recv_timeout(PATIENCE) {
        Ok(found) => found,
        Err(mpsc::RecvTimeoutError::Timeout) => (Outcome::Endless, Vec::new()),
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(()) => unreachable!("a worker that ends without a panic has sent"),
        },
    };
    Run { case, outcome, notes }
}

fn outcome(case: &Case) -> (Outcome, Vec<NoteKind>) {
    let twin = match decode(case, &case.clean) {
        Ok((value, reply)) if reply.is_ok() => value,
        Ok(_) => panic!("{}: the clean twin is refused", case.id),
        Err(error) => panic!("{}: the clean twin is unreadable: {error}", case.id),
    };
    let (found, reply) = match decode(case, &case.damaged) {
        Ok(decoded) => decoded,
        Err(error) => return (Outcome::Unreadable(error), Vec::new()),
    };
    let notes = reply.notes.iter().map(|note| note.kind).collect();
    if let Some(refusal) = &reply.refusal {
        return (Outcome::Refused(refusal.to_string()), notes);
    }
    let (mut lost, mut wrong) = (Vec::new(), Vec::new());
    compare(&twin, &found, "", &mut lost, &mut wrong);
    let outcome = match (lost.is_empty(), wrong.is_empty()) {
        (true, true) => Outcome::Recovered,
        (false, true) => Outcome::Lost(lost),
        (_, false) => {
            wrong.append(&mut lost);
            Outcome::Wrong(wrong)
        }
    };
    (outcome, notes)
}

/// The table by class that is printed and that a failure begins with.
fn table(runs: &[Run]) -> String {
    let mut classes: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for run in runs {
        let (passed, counts) = classes.entry(&run.case.class).or_default();
        *passed += usize::from(run.outcome.is(run.case.expect));
        *counts.entry(run.outcome.name()).or_default() += 1;
    }
    let mut table = format!("{:<24} {:>5} {:>8}   outcomes\n", "class", "cases", "as meant");
    for (class, (passed, counts)) in classes {
        let all: usize = counts.values().sum();
        let counts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
        table.push_str(&format!("{class:<24} {all:>5} {passed:>8}   {}\n", counts.join(", ")));
    }
    table
}

/// What `corpus/measure` reads.
fn report(runs: &[Run]) -> Value {
    runs.iter()
        .map(|run| {
            let notes: BTreeSet<&str> = run.notes.iter().map(|note| note.name()).collect();
            json!({
                "id": run.case.id,
                "as_meant": run.outcome.is(run.case.expect),
                "outcome": run.outcome.name(),
                "detail": run.outcome.detail(),
                "notes": notes,
            })
        })
        .collect()
}

#[test]
fn damaged_bodies_give_the_value_of_their_twins() {
    let runs: Vec<Run> = cases().into_iter().map(run).collect();
    if let Some(file) = std::env::var_os("BINDWIRE_CORPUS_JSON") {
        fs::write(&file, format!("{:#}\n", report(&runs))).expect("the report can be written");
    }
    let table = table(&runs);
    println!("{table}");
    let known = known_failures();
    let mut problems = Vec::new();
    for id in known.keys().filter(|id| !runs.iter().any(|run| run.case.id == **id)) {
        problems.push(format!("{id} stands in known-failures.toml, but there is no such case"));
    }
    for Run { case, outcome, .. } in &runs {
        match (outcome.is(case.expect), known.contains_key(&case.id)) {
            (true, true) => problems.push(format!("{}: known to fail, but it does not: take it out", case.id)),
            (false, true) if case.expect != Expect::Recover => {
                problems.push(format!("{}: a body to refuse cannot be a known failure", case.id));
            }
            (false, false) => {
                problems.push(format!("{} ({}): {}: {}", case.id, case.command, outcome.name(), outcome.detail()));
            }
            _ => {}
        }
    }
    let meant: Vec<&Run> = runs.iter().filter(|run| run.case.expect == Expect::Recover).collect();
    let recovered = meant.iter().filter(|run| run.outcome.is(Expect::Recover)).count();
    println!("{recovered} of {} damaged replies are recovered", meant.len());
    if recovered * 100 < meant.len() * RECOVERED {
        problems.push(format!("only {recovered} of {} are recovered, less than {RECOVERED} %", meant.len()));
    }
    assert!(problems.is_empty(), "{table}\n{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn twins_deviate_in_nothing() {
    let mut problems = Vec::new();
    for case in cases() {
        match decode(&case, &case.clean) {
            Ok((_, reply)) if !reply.is_ok() => problems.push(format!("{}: refused", case.id)),
            Ok((_, reply)) if !reply.notes.is_empty() => {
                let notes: Vec<String> = reply.notes.iter().map(ToString::to_string).collect();
                problems.push(format!("{}: {}", case.id, notes.join("; ")));
            }
            Ok(_) => {}
            Err(error) => problems.push(format!("{}: {error}", case.id)),
        }
    }
    assert!(problems.is_empty(), "{} clean twins are not clean:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_repair_is_noted() {
    let runs: Vec<Run> = cases().into_iter().map(run).collect();
    let recovered = || runs.iter().filter(|run| matches!(run.outcome, Outcome::Recovered));
    let without: Vec<&str> =
        recovered().filter(|run| run.notes.is_empty() && !run.case.silent).map(|run| &*run.case.id).collect();
    let with: Vec<&str> =
        recovered().filter(|run| !run.notes.is_empty() && run.case.silent).map(|run| &*run.case.id).collect();
    assert!(
        without.is_empty() && with.is_empty(),
        "recovered without a note: {without:?}; noted but `silent`: {with:?}"
    );
}

#[test]
fn classes_are_described_and_used() {
    let described: BTreeSet<String> = tables(&folder().join("classes.toml")).into_keys().collect();
    let used: BTreeSet<String> = cases().into_iter().map(|case| case.class).collect();
    assert_eq!(described, used, "classes.toml describes the classes of the cases, and no others");
}
