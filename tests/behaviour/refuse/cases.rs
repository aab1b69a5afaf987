//! The tables beside this file: bodies, and what each has to be taken for.
//!
//! A case has a body per format (`xml`, `json`, `csv`), all of them with the same outcome, for `command`, or where there is none
//! for every command. `is` is `ok`, `refused` (with `code`, `status`, `error` and `class` as far as there are any) or a kind of
//! failure to decode. `body` stands for the same bytes in every format.

use super::decode::{command, decode};
use bindwire_dynadot::registry::COMMANDS;
use bindwire_wire::{Entry, Format};
use serde::Deserialize;
use std::fs;
use std::path::Path;

#[derive(Debug, Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    command: Option<String>,
    /// The same bytes, whatever was asked for.
    body: Option<String>,
    xml: Option<String>,
    json: Option<String>,
    csv: Option<String>,
    is: String,
    code: Option<i64>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    error: String,
    class: Option<String>,
}

impl Case {
    fn entries(&self) -> Vec<&'static Entry> {
        match &self.command {
            Some(name) => vec![command(name)],
            None => COMMANDS.iter().collect(),
        }
    }

    fn bodies(&self) -> Vec<(Format, &str)> {
        let bodies = [(Format::Xml, &self.xml), (Format::Json, &self.json), (Format::Csv, &self.csv)];
        let own = bodies.into_iter().filter_map(|(format, body)| Some((format, body.as_deref()?)));
        let any = self.body.iter().flat_map(|body| Format::ALL.map(|format| (format, body.as_str())));
        own.chain(any).collect()
    }

    /// What has to come out, as [`outcome`] says it.
    fn expected(&self) -> String {
        match self.is.as_str() {
            "ok" => head("ok", self.code, &self.status, &self.error, None),
            "refused" => head("refused", self.code, &self.status, &self.error, self.class.as_deref()),
            kind => format!("unreadable {kind}"),
        }
    }
}

fn head(verdict: &str, code: Option<i64>, status: &str, error: &str, class: Option<&str>) -> String {
    format!("{verdict} code {code:?} status {status:?} error {error:?} class {class:?}")
}

/// What comes out of `body`, and the error's own words.
fn outcome(entry: &Entry, body: &str, format: Format) -> (String, String) {
    let reply = match decode(entry, body.as_bytes(), format) {
        Err(error) => return (format!("unreadable {}", error.kind().name()), error.to_string()),
        Ok((reply, _)) => reply,
    };
    match reply.refusal {
        None => {
            let (code, error) = (reply.code(), reply.head.error.as_deref().unwrap_or_default());
            (head("ok", code, reply.status(), error, None), String::new())
        }
        Some(refusal) => {
            let class = Some(refusal.class.name());
            (head("refused", refusal.code, &refusal.status, &refusal.error, class), String::new())
        }
    }
}

/// Holds every case of `refuse/<name>.toml` to what it says.
fn hold(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("behaviour/refuse").join(name).with_extension("toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let table: Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut wrong = String::new();
    for case in &table.case {
        let bodies = case.bodies();
        assert!(!bodies.is_empty(), "{name}: {} has no body", case.name);
        for (format, body) in bodies {
            let mut differs: Vec<(&str, (String, String))> = Vec::new();
            for entry in case.entries() {
                let seen = outcome(entry, body, format);
                if seen.0 != case.expected() {
                    differs.push((entry.info.name, seen));
                }
            }
            if let Some((first, (seen, words))) = differs.first() {
                let count = differs.len();
                wrong += &format!(
                    "{name}: {} in {format}, {count} commands, {first} the first of them\n  expected {}\n  is       {seen} {words}\n  body     {body:?}\n",
                    case.name,
                    case.expected()
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Pages of web servers, and what else is no answer of the API.
#[test]
fn not_a_reply() {
    hold("not_a_reply");
}

/// No body, or a body of white space.
#[test]
fn empty() {
    hold("empty");
}

/// Error envelopes, and what stands in them and around them.
#[test]
fn envelopes() {
    hold("envelopes");
}

/// Code, status and error text that contradict each other.
#[test]
fn conflicts() {
    hold("conflicts");
}

/// Code, status and error text as they come alone and together, in their spellings.
#[test]
fn heads() {
    hold("heads");
}
