//! The request URLs of the pages, and how their known damages are read.

use bindwire_wire::Format;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A documented request.
pub struct Request {
    pub id: String,
    pub command: String,
    pub format: Format,
    /// As the page prints it.
    pub url: String,
}

/// A damage of the pages and how it is read.
#[derive(Debug)]
pub struct Damage {
    pub text: String,
    pub read: String,
    /// The commands whose URLs have it; empty: any.
    commands: Vec<String>,
    formats: Vec<String>,
    /// How many requests have it.
    pub requests: i64,
    pub why: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every documented request.
pub fn requests() -> Vec<Request> {
    let index: Value = serde_json::from_str(&read(&folder().join("vectors/index.json"))).expect("index.json is JSON");
    let text =
        |vector: &Value, key: &str| vector[key].as_str().unwrap_or_else(|| panic!("{vector} has no {key}")).to_owned();
    index["vectors"]
        .as_array()
        .expect("a list of vectors")
        .iter()
        .filter(|vector| vector["kind"] == "request" && vector["api"] == "dynadot")
        .map(|vector| Request {
            id: text(vector, "id"),
            command: text(vector, "command"),
            format: text(vector, "format").parse().expect("a format"),
            url: read(&folder().join("..").join(text(vector, "file"))),
        })
        .collect()
}

/// The table of known damages.
pub fn damages() -> Vec<Damage> {
    let path = folder().join("requests/damages.toml");
    let table: toml::Table = toml::from_str(&read(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let list = table["damage"].as_array().expect("[[damage]] entries");
    list.iter()
        .map(|entry| {
            let text =
                |key: &str| entry.get(key).and_then(toml::Value::as_str).unwrap_or_else(|| panic!("{key} in {entry}"));
            let texts = |key: &str| -> Vec<String> {
                let list = entry.get(key).and_then(toml::Value::as_array).into_iter().flatten();
                list.map(|item| item.as_str().expect("a text").to_owned()).collect()
            };
            Damage {
                text: text("text").to_owned(),
                read: text("read").to_owned(),
                commands: texts("commands"),
                formats: texts("formats"),
                requests: entry["requests"].as_integer().expect("a number of requests"),
                why: text("why").to_owned(),
            }
        })
        .collect()
}

impl Damage {
    /// Reads `url` past this damage; `None` when it does not have it.
    pub fn read(&self, request: &Request, url: &str) -> Option<String> {
        let is = |list: &[String], name: &str| list.is_empty() || list.iter().any(|listed| listed == name);
        let applies = is(&self.commands, &request.command) && is(&self.formats, request.format.name());
        (applies && url.contains(&self.text)).then(|| url.replace(&self.text, &self.read))
    }
}

/// The address of a URL, and its params in order, percent-decoded.
pub fn parts(url: &str) -> (&str, Vec<(String, String)>) {
    let (address, query) = url.split_once('?').unwrap_or_else(|| panic!("{url} has no query"));
    let params = query.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or_else(|| panic!("{pair:?} is no param in {url}"));
        (decoded(name), decoded(value))
    });
    (address, params.collect())
}

/// Text behind `%XX`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(|digit| char::from(digit.expect("two digits")));
            let number = String::from_iter(digits);
            bytes.push(u8::from_str_radix(&number, 16).unwrap_or_else(|_| panic!("%{number} in {text}")));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| panic!("{text} is not UTF-8"))
}
