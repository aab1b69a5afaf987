//! The files of the description as documents that entries cite.

use super::super::model::Place;
use super::names::{Given, snake};
use super::toml;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The documents and their keys.
#[derive(Debug)]
pub struct Sources {
    files: Vec<(Arc<str>, String)>,
    keys: BTreeMap<Arc<str>, String>,
}

impl Sources {
    /// Documents of these files, the first of which is the WSDL, or the schema that stands for one.
    pub fn new(files: &[Arc<str>]) -> Self {
        let mut given = Given::default();
        let first = if files.first().is_some_and(|file| file.ends_with(".xsd")) { "schema" } else { "wsdl" };
        let key = |(index, file): (usize, &Arc<str>)| {
            let stem = file.rsplit('/').next().unwrap_or(file).split('.').next().unwrap_or_default();
            (Arc::clone(file), given.give(&if index == 0 { first.to_owned() } else { snake(stem) }))
        };
        let files: Vec<(Arc<str>, String)> = files.iter().enumerate().map(key).collect();
        Self { keys: files.iter().cloned().collect(), files }
    }

    /// The citations of places, each once.
    pub fn cite<'p>(&self, places: impl IntoIterator<Item = &'p Place>) -> String {
        let mut cited: Vec<String> = Vec::new();
        for Place { file, line } in places {
            let first = self.files.first().map_or("wsdl", |(_, key)| key);
            let key = self.keys.get(file).map_or(first, String::as_str);
            let citation = format!("{key}:{line}");
            if !cited.contains(&citation) {
                cited.push(citation);
            }
        }
        toml::texts(cited.iter().map(String::as_str))
    }

    /// The file `sources.toml`.
    pub fn file(&self, service: &str) -> String {
        let mut out = "# The files that this spec was imported from.\n".to_owned();
        for (index, (file, key)) in self.files.iter().enumerate() {
            let what = if index == 0 { "Description" } else { "Schema in the description" };
            let (name, title) = (toml::text(file), toml::text(&format!("{what} of {service}")));
            let _ = write!(out, "\n[{key}]\nfile = {name}\ntitle = {title}\n");
        }
        out
    }
}
