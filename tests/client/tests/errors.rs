//! What every known failure comes to, for a command of each effect and over every transport: the table is
//! `errors/failures.toml`, a row a failure.

#[path = "../../requests/documented.rs"]
mod documented;
mod failing;

use bindwire_client::{Error, ErrorKind, Result};
use bindwire_client_tests::{Leap, Nobody, Via, Wire};
use bindwire_dynadot::domain::{Delete, DomainInfo, Register, SetNote};
use bindwire_wire::{Effect, Format};
use documented::{Sendable, Visitor, visit};
use failing::{Failing, OneAttempt, Row, Table, Trouble, WithTimeout, table};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The longest line that a failure of the table comes to, in characters.
const LONGEST: usize = 250;

const EFFECTS: [Effect; 4] = [Effect::Read, Effect::IdempotentWrite, Effect::Write, Effect::Spend];

/// A client that sends once.
fn client(wire: Wire, origin: String) -> Via {
    Via::new(wire, "s3cr3t", Leap::new("2026-03-01T12:00:00Z".parse().expect("a time")), OneAttempt(origin))
}

/// Sends the command that stands for an effect; `None` when it did not fail.
fn send(client: &Via, effect: Effect, timeout: WithTimeout) -> Option<Error> {
    const NAME: &str = "example.com";
    match effect {
        Effect::Read => client.call(DomainInfo::new(NAME), timeout).err(),
        Effect::IdempotentWrite => client.call(SetNote::new(NAME, "a note"), timeout).err(),
        Effect::Write => client.call(Delete::new(NAME), timeout).err(),
        Effect::Spend => client.call(Register::new(NAME, 1), timeout).err(),
    }
}

fn every_row(wire: Wire) {
    let failing = Failing::start();
    let nobody = Nobody::there();
    let (serving, refusing) = (client(wire, failing.origin()), client(wire, nobody.origin()));
    for row in &table().failure {
        let trouble = row.trouble();
        let client = if trouble == Trouble::Refused { &refusing } else { &serving };
        let timeout = WithTimeout::of(&trouble);
        failing.set(trouble);
        for effect in EFFECTS {
            let at = format!("{wire:?} {} {}", row.name, effect.name());
            let error = send(client, effect, timeout).unwrap_or_else(|| panic!("{at}: it did not fail"));
            assert_row(&at, row, effect, &error);
        }
    }
}

fn assert_row(at: &str, row: &Row, effect: Effect, error: &Error) {
    assert_same(at, &error.to_string(), row.line(effect));
    assert_eq!(error.cause().name(), row.cause, "{at}");
    let may_have_run = row.unknown && effect != Effect::Read;
    assert_eq!(error.may_have_run(), may_have_run, "{at}");
    assert_eq!(error.lost().is_some(), may_have_run, "{at}: what is lost can be asked after");
    assert_eq!(error.kind() == ErrorKind::OutcomeUnknown, may_have_run, "{at}: {:?}", error.kind());
    assert_eq!(error.class().map(|class| class.name()), row.class.as_deref(), "{at}");
    assert_eq!(error.is_retryable(), row.retryable.iter().any(|name| name == effect.name()), "{at}");
    assert_eq!(error.is_busy(), row.busy, "{at}");
    assert_eq!(error.effect(), effect, "{at}");
    assert_eq!(error.attempts(), 1, "{at}");
    assert_line(at, error);
}

/// Holds a line against one of the table, in which `{os}` stands for what the operating system may have to say.
fn assert_same(at: &str, line: &str, expected: &str) {
    const SAID: [&str; 4] = ["", ": unexpected end of file", ": connection reset", ": broken pipe"];
    let is_same = match expected.split_once("{os}") {
        None => line == expected,
        Some((before, after)) => SAID.iter().any(|said| line == format!("{before}{said}{after}")),
    };
    assert!(is_same, "{at}:\n    {line}\nis not\n    {expected}");
}

/// Holds a line against what holds for every line: short, without repetition, and no promise that a predicate does not keep.
fn assert_line(at: &str, error: &Error) {
    let line = error.to_string();
    assert!(line.chars().count() <= LONGEST, "{at}: {} characters: {line}", line.chars().count());
    assert!(!line.contains(char::is_control), "{at}: {line:?}");
    assert!(line.trim() == line && !line.contains("  ") && !line.ends_with(['.', ';', ':', ',']), "{at}: {line}");
    let mut clauses: Vec<_> = line.split("; ").collect();
    assert!(clauses.iter().all(|clause| !clause.is_empty()), "{at}: {line}");
    clauses.sort_unstable();
    assert!(clauses.windows(2).all(|pair| pair[0] != pair[1]), "{at}: {line}");
    if let Some(refusal) = error.refusal() {
        for words in [&refusal.status, &refusal.error].into_iter().filter(|words| words.len() > 7) {
            assert!(line.matches(&format!("{:?}", words.as_str())).count() <= 1, "{at}: {line}");
        }
    }
    let is_change = error.effect() != Effect::Read;
    let says = |words| line.contains(words);
    assert_eq!(says("it may have been carried out"), error.may_have_run(), "{at}: {line}");
    assert_eq!(says("nothing was "), is_change && !error.may_have_run(), "{at}: {line}");
    if says("it may be sent again") || says("and may be sent again") || says("try again later") {
        assert!(error.is_retryable(), "{at}: {line}");
    }
    if says("before it is sent again") {
        assert!(!error.is_retryable(), "{at}: {line}");
    }
}

#[test]
fn over_reqwest() {
    every_row(Wire::Reqwest);
}

#[test]
fn over_ureq() {
    every_row(Wire::Ureq);
}

#[test]
fn over_tower() {
    every_row(Wire::Tower);
}

/// The line that a caller of `register` without money is to read.
#[test]
fn a_register_without_money_says_so_in_one_line() {
    let failing = Failing::start();
    failing.set(Trouble::json(r#"{"RegisterResponse":{"ResponseCode":"-1","Status":"insufficient_funds"}}"#));
    for wire in Wire::ALL {
        let client = client(wire, failing.origin());
        let error = client.send(Register::new("example.com", 1)).expect_err("a refusal");
        assert_eq!(
            error.to_string(),
            r#"register refused by Dynadot: code -1, "insufficient_funds"; nothing was bought"#
        );
    }
}

/// What a server says that means harm: line breaks, control characters, a text without end.
#[test]
fn a_line_stays_one_and_short_whatever_the_server_says() {
    let failing = Failing::start();
    let client = client(Wire::Ureq, failing.origin());
    let long = "unheard of ".repeat(1_000);
    for text in [r"two\nlines\r\n\u001b[31m", r"\u202eback\u2028wards", long.trim_end()] {
        failing.set(Trouble::json(&format!(r#"{{"Response":{{"ResponseCode":"-1","Error":"{text}"}}}}"#)));
        for effect in EFFECTS {
            let error = send(&client, effect, WithTimeout::of(&Trouble::Hangup)).expect("a refusal");
            let line = error.to_string();
            assert!(line.chars().count() <= 2 * LONGEST, "{} characters", line.chars().count());
            assert!(line.contains("two") || line.contains("back") || line.contains("unheard of"), "{line}");
            assert!(!line.contains(|c: char| c.is_control() || "\u{202e}\u{2028}".contains(c)), "{line:?}");
            let whole = error.api_message().expect("the server's words").len();
            assert!(whole < 100 || whole == long.trim_end().len(), "the words themselves are whole: {whole}");
        }
    }
}

/// Every status that fails, every code and every phrase of the spec has a row, and so has every text seen live.
#[test]
fn every_known_failure_has_a_row() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/dynadot/api.toml");
    let spec: toml::Table = std::fs::read_to_string(spec).expect("the spec").parse().expect("TOML");
    let Table { live_texts, failure } = table();
    let envelope = spec["envelope"].as_table().expect("an envelope");
    let list = |of: &toml::Table, name: &str| of[name].as_array().expect("a list").clone();
    let text = |of: &toml::Value, name: &str| of[name].as_str().expect("a text").to_owned();
    for status in list(envelope, "statuses").iter().filter(|status| text(status, "outcome") == "failed") {
        let status = text(status, "status");
        let has = |row: &Row| row.says.as_ref().is_some_and(|says| says.status.as_ref() == Some(&status));
        assert!(failure.iter().any(has), "status {status}");
    }
    for code in list(envelope, "codes") {
        let code = code["code"].as_integer().expect("a code");
        assert!(failure.iter().any(|row| row.says.as_ref().is_some_and(|says| says.code == Some(code))), "code {code}");
    }
    let says = |words: &str| {
        failure.iter().filter_map(|row| row.says.as_ref()).any(|says| {
            let texts = [says.status.as_deref(), says.error.as_deref()];
            texts.into_iter().flatten().any(|text| text.to_ascii_lowercase().contains(&words.to_ascii_lowercase()))
        })
    };
    for phrase in list(&spec, "phrases") {
        for words in phrase["contains"].as_array().expect("phrases") {
            let words = words.as_str().expect("a phrase");
            assert!(says(words), "phrase {words:?}");
        }
    }
    assert_eq!(live_texts.len(), 17);
    for words in live_texts {
        assert!(says(words), "text {words:?}");
    }
    // A class whose rows do not include it would not be noticed.
    let mut names: Vec<_> = failure.iter().map(|row| &row.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), failure.len(), "each row has a name of its own");
}

/// A recorded refusal, and what it comes to.
struct Recorded {
    id: String,
    body: Vec<u8>,
    code: Option<i64>,
    words: String,
    class: String,
}

/// The refusals among the vectors, by their commands; those of `any` go with every command.
fn recorded() -> BTreeMap<String, Vec<Recorded>> {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors/dynadot");
    let mut all: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for command in folders(&root) {
        // Replies of the pages are told of beside their folders, constructed ones in them.
        let cases = folders(&root.join(&command)).into_iter().map(|case| format!("{command}/{case}"));
        for place in std::iter::once(command.clone()).chain(cases) {
            let Ok(expected) = std::fs::read_to_string(root.join(&place).join("expected.json")) else { continue };
            let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
            for (name, refused) in expected["refused"].as_object().into_iter().flatten() {
                let (case, format) = name.split_once('/').unwrap_or(("", name));
                let body = root.join(&place).join(case).join(format!("reply.{format}"));
                let text = |name: &str| refused[name].as_str().expect("a text").to_owned();
                let words = if text("error").is_empty() { text("status") } else { text("error") };
                all.entry(command.clone()).or_default().push(Recorded {
                    id: format!("{place}/{name}"),
                    body: std::fs::read(body).expect("a reply"),
                    code: refused["code"].as_i64(),
                    words,
                    class: text("class"),
                });
            }
        }
    }
    all
}

/// The folders in a folder.
fn folders(of: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(of).expect("a folder").map(|entry| entry.expect("an entry"));
    let names = entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string());
    names.map(|name| name.expect("a name")).collect()
}

/// Sends each command that a refusal was recorded of.
struct Replay<'a> {
    failing: &'a Failing,
    client: &'a Via,
    recorded: &'a BTreeMap<String, Vec<Recorded>>,
    seen: usize,
}

impl Replay<'_> {
    fn play(&mut self, command: &str, request: &impl Sendable) {
        let [own, any] = [command, "any"].map(|name| self.recorded.get(name).into_iter().flatten());
        for recorded in own.chain(any) {
            self.failing.set(Trouble::page(200, &recorded.body));
            let at = format!("{command} {}", recorded.id);
            let result: Result<_> = self.client.send(request.clone());
            let error = result.err().unwrap_or_else(|| panic!("{at}: it did not fail"));
            assert_eq!(error.cause(), ErrorKind::Refused, "{at}: {error}");
            assert_eq!(error.class().map(|class| class.name()), Some(&*recorded.class), "{at}");
            assert_eq!(error.api_code(), recorded.code, "{at}");
            assert_eq!(error.api_message(), Some(&*recorded.words), "{at}");
            let line = error.to_string();
            assert!(line.starts_with(command) && line.contains(&format!("{:?}", recorded.words)), "{at}: {line}");
            assert_line(&at, &error);
            self.seen += 1;
        }
    }
}

impl Visitor for Replay<'_> {
    fn all(&mut self, command: &'static str, request: impl Sendable) {
        self.play(command, &request);
    }

    fn only(&mut self, _: Format, _: &'static str, _: impl Sendable) {}
}

#[test]
fn every_recorded_refusal_is_told_in_a_line() {
    let recorded = recorded();
    assert!(recorded.values().map(Vec::len).sum::<usize>() >= 70, "the vectors are there");
    let failing = Failing::start();
    // What is said does not depend on what carries it.
    let client = client(Wire::Ureq, failing.origin());
    let mut replay = Replay { failing: &failing, client: &client, recorded: &recorded, seen: 0 };
    visit(&mut replay);
    assert!(replay.seen >= 1200, "{} replies", replay.seen);
}
