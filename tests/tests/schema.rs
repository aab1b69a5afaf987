//! Requests of every operation of a real description, held against the schema in it by a validator that is not ours.
//!
//! The description of DynECT may not be copied into the repository, and `xmllint` is not on every machine: where one is
//! missing, the test says so and compares nothing.

mod requested;

use bindwire_codegen::import::{Options, to_folder};
use bindwire_codegen::model::{Api, Command, Required};
use bindwire_codegen::spec;
use bindwire_wire::{ApiInfo, Query, SoapOptions, soap_request};
use requested::{Amount, by_calls, by_paths, info};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::time::Instant;

/// All params with lists of one item and of two, with lists of none, and only what is required.
const AMOUNTS: [Amount; 4] = [
    Amount { all: true, items: 1 },
    Amount { all: true, items: 2 },
    Amount { all: true, items: 0 },
    Amount { all: false, items: 0 },
];

#[test]
fn requests_of_a_real_service_are_valid() {
    let wsdl = root().join("../shared/facts/dynect/Dynect-2.3.1.wsdl");
    if !wsdl.is_file() {
        return absent(
            "THE DESCRIPTION OF DYNECT IS ABSENT: NO REQUEST WAS VALIDATED. It belongs at ../shared/facts/dynect",
        );
    }
    let Some((commands, broken)) = hold(&wsdl, "dynect") else { return };
    assert_eq!(commands, 217);
    assert!(broken > 3 * 217, "only {broken} broken requests");
}

#[test]
fn requests_with_qualified_elements_are_valid() {
    let wsdl = root().join("crates/codegen/tests/import/good/qualified/qualified.wsdl");
    assert_eq!(hold(&wsdl, "shop").unwrap_or((1, 4)), (1, 4));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Holds requests of every operation against the schema in the description; gives how many commands there are, and how many
/// broken requests failed. Nothing where there is no validator.
fn hold(wsdl: &Path, name: &str) -> Option<(usize, usize)> {
    if Process::new("xmllint").arg("--version").output().is_err() {
        absent("XMLLINT IS ABSENT: NO REQUEST WAS VALIDATED. Debian has it in libxml2-utils");
        return None;
    }
    let begun = Instant::now();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema").join(name);
    let _ = fs::remove_dir_all(&dir);
    for folder in ["valid", "broken"] {
        fs::create_dir_all(dir.join(folder)).expect("a folder");
    }
    let options = Options { name: Some(name), out: None, specs: &dir, force: false };
    let written = to_folder(wsdl, options).unwrap_or_else(|error| panic!("{error}"));
    let api = spec::load(&written.folder).unwrap_or_else(|problems| panic!("{problems}"));
    fs::write(dir.join("schema.xsd"), schema(&fs::read_to_string(wsdl).expect("a description"))).expect("a file");
    let info = info(&api);
    let mut valid = Vec::new();
    let mut broken = Vec::new();
    for command in api.commands() {
        valid.extend(requests(&api, info, command, &dir));
        broken.extend(spoilt(&api, info, command, &dir));
    }
    let commands = api.commands().count();
    assert_eq!(valid.len(), AMOUNTS.len() * commands);
    let fails: Vec<String> = validate(&dir, &valid).into_iter().filter(|line| !line.ends_with(" validates")).collect();
    assert!(fails.is_empty(), "{} requests:\n{}", valid.len(), fails.join("\n"));
    let told = validate(&dir, &broken);
    let passes: Vec<&String> = told.iter().filter(|line| line.ends_with(" validates")).collect();
    assert!(passes.is_empty(), "broken requests pass:\n{passes:?}");
    println!("{} requests, {} broken ones: {} ms", valid.len(), broken.len(), begun.elapsed().as_millis());
    Some((commands, broken.len()))
}

/// Straight to the terminal: what a test that passes prints is not shown.
fn absent(what: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** {what} ***\n");
}

/// The schema in the description, with the namespaces that are declared around it.
fn schema(wsdl: &str) -> String {
    let from = wsdl.find("<xsd:schema ").expect("a schema");
    let end = "</xsd:schema>";
    let to = wsdl.find(end).expect("its end") + end.len();
    assert!(!wsdl[to..].contains("<xsd:schema "), "one schema");
    let declared = |prefix: &str| {
        let begin = format!("xmlns:{prefix}=\"");
        let rest = &wsdl[wsdl.find(&begin).expect("a declaration")..];
        rest[..=begin.len() + rest[begin.len()..].find('"').expect("its end")].to_owned()
    };
    let (tns, xsd) = (declared("tns"), declared("xsd"));
    wsdl[from..to].replacen("<xsd:schema ", &format!("<xsd:schema {tns} {xsd} "), 1)
}

/// The requests of a command, each built in both ways, which must agree.
fn requests(api: &Api, info: &'static ApiInfo, command: &Command, dir: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for (number, amount) in AMOUNTS.into_iter().enumerate() {
        let by_calls = body(info, &by_calls(api, command, amount));
        let by_paths = body(info, &by_paths(api, command, &command.params, amount));
        assert_eq!(by_calls, by_paths, "{}", command.name);
        let path = dir.join("valid").join(format!("{}-{number}.xml", command.name));
        fs::write(&path, by_calls).expect("a file");
        paths.push(path);
    }
    paths
}

/// Requests that no schema can take: two params in the wrong order, a required one missing, one that is unknown, and a number
/// that is none.
fn spoilt(api: &Api, info: &'static ApiInfo, command: &Command, dir: &Path) -> Vec<PathBuf> {
    let amount = Amount { all: true, items: 1 };
    let mut queries = Vec::new();
    let is_single = |position: usize| command.params.get(position).is_some_and(|param| param.list.is_none());
    if is_single(0) && is_single(1) {
        let mut params = command.params.clone();
        params.swap(0, 1);
        queries.push(by_paths(api, command, &params, amount));
    }
    let mut params = command.params.clone();
    if let Some(required) = params.iter().rposition(|param| param.required == Required::Yes) {
        params.remove(required);
        queries.push(by_paths(api, command, &params, amount));
    }
    let mut query = by_paths(api, command, &command.params, amount);
    query.put("no_such_param", "1");
    queries.push(query);
    if let Some(number) = command.params.iter().position(requested::is_number) {
        let mut query = by_paths(api, command, &command.params[..number], amount);
        query.put_at(&command.params[number].wire, "no number", false, "int");
        queries.push(query);
    }
    let spoil = |(number, query): (usize, Query)| {
        let path = dir.join("broken").join(format!("{}-{number}.xml", command.name));
        fs::write(&path, body(info, &query)).expect("a file");
        path
    };
    queries.into_iter().enumerate().map(spoil).collect()
}

/// What stands in the body of the request.
fn body(info: &'static ApiInfo, query: &Query) -> String {
    let request = soap_request(info, query, &SoapOptions::default()).expect("an API that speaks SOAP");
    let (_, rest) = request.expose().split_once("<SOAP-ENV:Body>").expect("a body");
    let (body, _) = rest.rsplit_once("</SOAP-ENV:Body>").expect("its end");
    body.to_owned()
}

/// What the validator says of the files, a line each and more for what is wrong.
fn validate(dir: &Path, files: &[PathBuf]) -> Vec<String> {
    let mut xmllint = Process::new("xmllint");
    xmllint.args(["--nonet", "--noout", "--schema"]).arg(dir.join("schema.xsd")).args(files);
    let output = xmllint.output().expect("xmllint");
    let told: Vec<String> = String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect();
    let verdicts = told.iter().filter(|line| line.ends_with(" validates") || line.ends_with(" fails to validate"));
    assert_eq!(verdicts.count(), files.len(), "a verdict a file:\n{}", told.join("\n"));
    told
}
