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
mod soap;

pub(crate) use krate::package;
pub use output::{Difference, Outputs};

use crate::model::{Api, Command, Family, Type, TypeKind};
use names::{Imports, command_module, command_type, ident, snake};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The files of an API's crate, by path from the crate's folder, sorted.
///
/// # Panics
/// When the model breaks what loading checks, as a type that is not declared.
pub fn emit(api: &Api) -> Vec<(PathBuf, String)> {
    emit_as(api, &Manifest::Workspace)
}

/// What the manifest of a crate is, and who is said to have made it.
#[derive(Debug, Clone)]
pub enum Manifest {
    /// That of a member of this repository's workspace.
    Workspace,
    /// That of a crate that needs no workspace.
    Alone {
        /// What it says of its runtime: `version = "0.1"`.
        wire: String,
    },
    /// There is none, nor what stands beside one: sources for a crate that has its own.
    None,
}

impl Manifest {
    /// Who generates files, as they say themselves.
    fn maker(&self) -> &'static str {
        match self {
            Self::Workspace => rust::MAKER,
            Self::Alone { .. } | Self::None => "bindwire generate",
        }
    }
}

/// The files of an API's crate, as [`emit`] gives them, with another manifest.
///
/// # Panics
/// As [`emit`].
pub fn emit_as(api: &Api, manifest: &Manifest) -> Vec<(PathBuf, String)> {
    let taken: &BTreeSet<String> = &api.types.keys().cloned().collect();
    let modules = &type_modules(api);
    let requested = &soap::requested(api);
    let recursive = &recursive(api);
    let mut jobs = Jobs::default();
    match manifest {
        Manifest::Workspace => jobs.add("Cargo.toml", || krate::manifest(api)),
        Manifest::Alone { wire } => jobs.add("Cargo.toml", move || krate::manifest_alone(api, wire)),
        Manifest::None => {}
    }
    if !matches!(manifest, Manifest::None) {
        jobs.add("COMMANDS.md", || krate::commands(api));
    }
    jobs.add("catalog.json", || catalog::file(api));
    jobs.add("src/lib.rs", || krate::root(api));
    if let Some(codes) = soap::codes(api) {
        jobs.add("src/codes.rs", move || codes.clone());
    }
    jobs.add("src/registry.rs", || registry::file(api));
    for family in &api.families {
        let folder = snake(&family.name);
        jobs.add(format!("src/{folder}/mod.rs"), || krate::family(family));
        for command in &family.commands {
            let path = format!("src/{folder}/{}.rs", command_module(command));
            jobs.add(path, move || command_file(api, family, command, taken));
        }
    }
    jobs.add("src/types/mod.rs", || krate::types(api, modules));
    for (module, (origin, types)) in modules {
        jobs.add(format!("src/types/{module}.rs"), move || types_file(api, origin, types, taken, requested, recursive));
    }
    let mut files = jobs.run();
    if manifest.maker() != rust::MAKER {
        for (_, text) in &mut files {
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            *text = format!("{}\n{rest}", first.replacen(rust::MAKER, manifest.maker(), 1));
        }
    }
    files
}

/// Files to be made: the path of each, and how.
#[derive(Default)]
struct Jobs<'a>(Vec<Job<'a>>);

type Job<'a> = (PathBuf, Box<dyn Fn() -> String + Send + Sync + 'a>);

impl<'a> Jobs<'a> {
    fn add(&mut self, path: impl Into<PathBuf>, job: impl Fn() -> String + Send + Sync + 'a) {
        self.0.push((path.into(), Box::new(job)));
    }

    /// Makes the files, on every core, and sorts them.
    fn run(self) -> Vec<(PathBuf, String)> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let make = || {
            let next_job = || self.0.get(next.fetch_add(1, Ordering::Relaxed));
            std::iter::from_fn(next_job).map(|(path, job)| (path.clone(), job())).collect::<Vec<_>>()
        };
        let mut files: Vec<(PathBuf, String)> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..cores).map(|_| scope.spawn(make)).collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            joined.flat_map(|made| made.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        });
        files.sort();
        files
    }
}

/// The modules of types: the file of the spec that each comes from, and its types.
type TypeModules<'a> = BTreeMap<String, (&'a str, Vec<&'a Type>)>;

fn type_module(declared: &Type) -> String {
    Path::new(&declared.file).file_stem().map_or_else(String::new, |stem| snake(&stem.to_string_lossy()))
}

/// The records that can hold themselves, and the modules that they are declared in.
fn recursive(api: &Api) -> BTreeMap<&str, String> {
    let records = api.types.values().filter(|declared| soap::is_recursive(api, &declared.name));
    records.map(|declared| (declared.name.as_str(), type_module(declared))).collect()
}

fn type_modules(api: &Api) -> TypeModules<'_> {
    let mut modules = TypeModules::new();
    for declared in api.types.values() {
        let stem = type_module(declared);
        modules.entry(stem).or_insert_with(|| (&declared.file, Vec::new())).1.push(declared);
    }
    modules
}

fn command_file(api: &Api, family: &Family, command: &Command, taken: &BTreeSet<String>) -> String {
    let name = command_type(command);
    let own = [name.clone(), reply::reply_name(command)];
    let mut imports = Imports::new(own, taken, false);
    let (reply_type, reply) = reply::of_command(api, command, &mut imports);
    let doc = format!("{}\n\n{}", docs::command(api, command), example::command(api, &family.name, command));
    let deprecated = command.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let request =
        request::builder(&ident(&name), &doc, &quote!(#deprecated), &command.params, command.open, &mut imports);
    let impls = request::command(api, command, &reply_type, &mut imports);
    let (info, layout) = match api.soap {
        Some(_) => soap::facts(command, &family.name, &reply_type, &mut imports),
        None => (request::info(command, &family.name, &mut imports), reply::layout(command, &reply_type, &mut imports)),
    };
    let uses = imports.uses();
    let items = quote!(#uses #request #impls #reply #info #layout);
    let text = rust::file(&family.file, &format!("`{}`: the request, and what it answers.", command.name), items);
    if deprecated.is_none() {
        return text;
    }
    // The file itself names what it declares deprecated.
    text.replacen("\n\nuse ", "\n\n#![allow(deprecated)]\n\nuse ", 1)
}

fn types_file(
    api: &Api,
    origin: &str,
    types: &[&Type],
    taken: &BTreeSet<String>,
    requested: &BTreeSet<&str>,
    recursive: &BTreeMap<&str, String>,
) -> String {
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
            TypeKind::Record(fields) => {
                let csv = reply::is_csv_row(api, name);
                let record = reply::Record { name, doc: &doc, fields, csv, recursive };
                let is_literal = requested.contains(name.as_str());
                reply::record(&record, is_literal, &[], &mut imports)
            }
            TypeKind::Enum(values) => reply::open_enum(name, &doc, values, &mut imports),
            kind => request::declared(api, name, &doc, kind, &mut imports),
        });
    }
    let uses = imports.uses();
    let names: Vec<String> = types.iter().map(|declared| format!("[`{}`]", declared.name)).collect();
    rust::file(origin, &format!("{}.", names.join(", ")), quote!(#uses #items))
}
