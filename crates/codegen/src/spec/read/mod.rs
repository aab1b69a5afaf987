//! From trees to the model. What the language table forbids has been reported before, and is read as if it were absent;
//! references are resolved and reported here, because the model has no place for a name that means nothing.

mod api;
mod commands;
mod fields;
mod params;
mod types;

use super::files::{File, Files, Kind, Place};
use super::problems::{Problem, allowed, instead};
use super::tree::Node;
use super::words;
use crate::model::{Api, Document, Source};
use std::collections::BTreeMap;

/// What a declared type is, by its name, before anything else of it is known.
/// `None` where its `kind` is no word of the language.
pub type Kinds = BTreeMap<String, Option<words::TypeWord>>;

/// What readers need besides the node at hand.
pub struct Reader<'a> {
    files: &'a Files,
    file: &'a File,
    kinds: &'a Kinds,
    documents: &'a BTreeMap<String, Document>,
    /// Whether the API speaks SOAP, whose requests have structures in them.
    soap: bool,
    problems: &'a mut Vec<Problem>,
}

/// The model of a whole spec.
pub fn read(files: &Files, problems: &mut Vec<Problem>) -> Api {
    let documents = api::documents(files);
    let kinds = types::kinds(files);
    let mut api = api::empty(documents.clone());
    api.origin = files.origin();
    let soap = files.speaks_soap();
    for file in &files.list {
        let mut reader = Reader { files, file, kinds: &kinds, documents: &documents, soap, problems };
        match file.kind {
            Kind::Api => api::read(&mut reader, &mut api),
            Kind::Sources | Kind::Objects => {}
            Kind::Types => types::read(&mut reader, &mut api),
            Kind::Commands => commands::read(&mut reader, &mut api),
            Kind::Errata => api::errata(&mut reader, &mut api),
        }
    }
    api.families.sort_by(|a, b| a.name.cmp(&b.name));
    api
}

impl Reader<'_> {
    fn report(&mut self, at: usize, message: impl Into<String>) {
        self.problems.push(Place { file: self.file, at }.problem(message));
    }

    /// Reports a name that no declared type has, unless a file of types could not be read.
    fn unknown_type(&mut self, node: &Node, scalars: &[&str], others: &[&str], declared: &str) {
        if self.files.lacks(Kind::Types) {
            return;
        }
        let found = node.as_text().unwrap_or_default();
        let here = if others.contains(&found) { " here" } else { "" };
        let names = self.kinds.keys().map(String::as_str).chain(scalars.iter().copied());
        let allowed = format!("allowed: {}, and the {declared} of types/", scalars.join(", "));
        self.report(node.at, format!("unknown type `{found}`{here}{}", instead(found, names, &allowed)));
    }

    /// The citations under `key`.
    fn sources(&mut self, node: &Node, key: &str) -> Vec<Source> {
        node.get(key).map(|list| self.citations(list)).unwrap_or_default()
    }

    fn citations(&mut self, list: &Node) -> Vec<Source> {
        let mut found = Vec::new();
        for item in list.items() {
            let Some(text) = item.as_text() else { continue };
            match text.split_once(':') {
                Some((document, place)) if !document.is_empty() && !place.trim().is_empty() => {
                    if !self.documents.contains_key(document) && !self.files.lacks(Kind::Sources) {
                        let hint = allowed(document, self.documents.keys());
                        self.report(item.at, format!("sources.toml has no document `{document}`{hint}"));
                    }
                    found.push(Source { document: document.to_owned(), place: place.trim().to_owned() });
                }
                _ => self.report(
                    item.at,
                    format!(
                        "`{text}` is no citation; write the document's key, a colon and the line or heading, as `fr:48`"
                    ),
                ),
            }
        }
        found
    }
}
