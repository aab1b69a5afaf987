//! Every command with what it must have: the example of the catalog, and that of the generated code.

use super::{CATALOGS, arguments, checked};
use crate::apis;
use crate::request::example;
use crate::request::soap::checks::Findings;
use crate::request::soap::given::Given;
use crate::request::soap::put;
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn the_example_of_every_command_can_be_sent() {
    for (api, catalog) in &*CATALOGS {
        for command in &catalog.commands {
            let params = example::params(catalog, command);
            let params: Vec<String> = params.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
            let params: Vec<&str> = params.iter().map(String::as_str).collect();
            let checked = checked(&arguments(api, &command.name, &params));
            let warnings = checked.map(|checked| checked.warnings);
            let is_fine = matches!(&warnings, Ok(warnings) if warnings.is_empty() || command.deprecated.is_some());
            assert!(is_fine, "{}: {params:?}: {warnings:?}", command.name);
        }
    }
}

/// The queries of the examples in generated code, by command. Each example is a test of the typed request, which says so.
fn queries(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            queries(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("///")).map(str::trim).collect();
        let docs = lines.concat();
        let Some((_, expected)) = docs.split_once("query.to_string(),") else { continue };
        let (_, literal) = expected.split_once('"').unwrap();
        let (query, _) = literal.split_once('"').unwrap();
        let name = text.lines().find_map(|line| line.strip_prefix("//! `")?.split('`').next()).unwrap();
        found.insert(name.to_owned(), query.to_owned());
    }
}

/// A part of a query as it is given on the command line.
fn given(part: &str) -> String {
    let mut out = String::new();
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let (digits, after) = after.split_at(2);
        out.push(char::from(u8::from_str_radix(digits, 16).unwrap()));
        rest = after;
    }
    out + rest
}

/// The params of a query: entries of maps by their key.
fn params(query: &str) -> Vec<String> {
    let parts: Vec<String> = query.split('&').filter(|part| !part.is_empty()).map(given).collect();
    // The entries of a map are its only items with a key and a value.
    let entry = |path: &str| path.strip_suffix("[0]/key").or(path.strip_suffix("[0]/value")).map(str::to_owned);
    let is_map = |list: &str| {
        ["key", "value"].iter().all(|name| parts.iter().any(|part| part.starts_with(&format!("{list}[0]/{name}="))))
    };
    let mut params = Vec::new();
    for part in &parts {
        let (path, value) = part.split_once('=').unwrap();
        match entry(path).filter(|list| is_map(list)) {
            None => params.push(part.clone()),
            Some(list) if path.ends_with("/key") => params.push(format!("{list}/{value}=value")),
            Some(_) => {}
        }
    }
    params
}

#[test]
fn every_command_is_put_as_its_type_puts_it() {
    for (name, catalog) in &*CATALOGS {
        let api = apis::find(name).unwrap();
        let soap = catalog.soap.as_ref().unwrap();
        let mut expected = BTreeMap::new();
        queries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated").join(name).join("src"), &mut expected);
        for command in &catalog.commands {
            let query = expected.get(&command.name).unwrap_or_else(|| panic!("no example of {}", command.name));
            // From the last to the first: the schema's order is the program's to keep.
            let mut request = arguments(name, &command.name, &[]);
            request.params = params(query).into_iter().rev().collect();
            // What has nothing in it is not seen in a query; the program says how it is written.
            let problems = checked(&request).err().unwrap_or_default();
            request.params.extend(problems.iter().filter_map(|problem| {
                let (_, rest) = problem.split_once("write `")?;
                Some(rest.strip_suffix("` for one without fields")?.to_owned())
            }));
            let params = &request.params;
            let mut found = Findings::default();
            let mut given = Given::read(catalog, soap, command, &request, &mut found.problems);
            found.values(&mut given.params);
            found.presence(catalog, &given.params);
            assert_eq!(found.problems, [""; 0], "{}: {params:?}", command.name);
            let put = put::query(api.info, catalog, command, &given);
            assert_eq!(put.to_string(), *query, "{}", command.name);
        }
    }
}
