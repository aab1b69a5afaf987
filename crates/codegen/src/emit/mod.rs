//! Emission: from the model of an API to the files of its crate, its `catalog.json` and its `COMMANDS.md`.
//!
//! Nothing is left to the time or the place of a run: the same model gives the same bytes. `lower` decides where names stand in
//! the tables; everything else in here only says it in Rust.

mod catalog;
mod docs;
mod example;
mod krate;
mod lower;
mod names;
mod output;
mod params;
mod registry;
mod reply;
mod request;
mod rust;

pub use output::{Difference, Outputs};

use crate::model::{Api, Command, Family, Type, TypeKind};
use names::{Imports, ident, pascal, snake};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The files of an API's crate, by path from the crate's folder, sorted.
///
/// # Panics
/// When the model breaks what loading checks, as a type that is not declared.
pub fn emit(api: &Api) -> Vec<(PathBuf, String)> {
    let taken: BTreeSet<String> = api.types.keys().cloned().collect();
    let mut files = vec![
        (PathBuf::from("Cargo.toml"), krate::manifest(api)),
        (PathBuf::from("COMMANDS.md"), krate::commands(api)),
        (PathBuf::from("catalog.json"), catalog::file(api)),
        (PathBuf::from("src/lib.rs"), krate::root(api)),
        (PathBuf::from("src/registry.rs"), registry::file(api)),
    ];
    for family in &api.families {
        let folder = PathBuf::from("src").join(snake(&family.name));
        files.push((folder.join("mod.rs"), krate::family(family)));
        for command in &family.commands {
            files.push((folder.join(format!("{}.rs", snake(&command.name))), command_file(api, family, command, &taken)));
        }
    }
    let mut by_file: BTreeMap<&str, Vec<&Type>> = BTreeMap::new();
    for declared in api.types.values() {
        by_file.entry(&declared.file).or_default().push(declared);
    }
    let mut modules = Vec::new();
    for (origin, types) in by_file {
        let stem = PathBuf::from(origin).file_stem().map_or_else(String::new, |stem| snake(&stem.to_string_lossy()));
        files.push((PathBuf::from(format!("src/types/{stem}.rs")), types_file(api, origin, &types, &taken)));
        modules.push((stem, types.iter().map(|declared| declared.name.clone()).collect()));
    }
    files.push((PathBuf::from("src/types/mod.rs"), krate::types(api, &modules)));
    files.sort();
    files
}

fn command_file(api: &Api, family: &Family, command: &Command, taken: &BTreeSet<String>) -> String {
    let name = pascal(&command.name);
    let own = [name.clone(), reply::reply_name(command)];
    let mut imports = Imports::new(own, taken, false);
    let (reply_type, reply) = reply::of_command(command, &mut imports);
    let doc = format!("{}\n\n{}", docs::command(api, command), example::command(api, &family.name, command));
    let deprecated = command.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let request = request::builder(&ident(&name), &doc, &quote!(#deprecated), &command.params, command.open, &mut imports);
    let impls = request::command(api, command, &reply_type, &mut imports);
    let info = request::info(command, &family.name, &mut imports);
    let layout = reply::layout(command, &reply_type, &mut imports);
    let uses = imports.uses();
    let items = quote!(#uses #request #impls #reply #info #layout);
    let text = rust::file(&family.file, &format!("`{}`: the request, and what it answers.", command.name), items);
    if deprecated.is_none() {
        return text;
    }
    // The file itself names what it declares deprecated.
    text.replacen("\n\nuse ", "\n\n#![allow(deprecated)]\n\nuse ", 1)
}

fn types_file(api: &Api, origin: &str, types: &[&Type], taken: &BTreeSet<String>) -> String {
    let own = types.iter().map(|declared| declared.name.clone());
    let mut imports = Imports::new(own, taken, true);
    let mut items = quote!();
    for declared in types {
        let doc = match docs::documented(api, &declared.sources) {
            Some(sources) => format!("{}\n\n{sources}", declared.doc),
            None => declared.doc.clone(),
        };
        let name = &declared.name;
        items.extend(match &declared.kind {
            TypeKind::Record(fields) => reply::record(name, &doc, fields, reply::is_csv_row(api, name), &mut imports),
            TypeKind::Enum(values) => reply::open_enum(name, &doc, values, &mut imports),
            kind => request::declared(api, name, &doc, kind, &mut imports),
        });
    }
    let uses = imports.uses();
    let names: Vec<String> = types.iter().map(|declared| format!("[`{}`]", declared.name)).collect();
    rust::file(origin, &format!("{}.", names.join(", ")), quote!(#uses #items))
}
