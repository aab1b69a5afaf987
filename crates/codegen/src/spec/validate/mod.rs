//! What takes more than one value to see: references between entries, names that meet on the wire, keys that make no
//! sense together. References to types are resolved, and reported, by `read`.

mod api;
mod combine;
mod commands;
mod csv;
mod errata;
mod fields;
mod params;
mod paths;
mod types;
mod wire;

use super::files::Files;
use super::problems::Problem;
use super::tree::Node;
use crate::model::{Api, Command};

pub use types::keep_used;

/// A place in the spec: `["commands", "search", "params", "domains"]`.
type Path<'a> = Vec<&'a str>;

/// What every check needs.
struct Check<'a> {
    files: &'a Files,
    api: &'a Api,
    problems: &'a mut Vec<Problem>,
    /// Whether a type could not be resolved, so that what it means is not known.
    unresolved: bool,
}

/// Checks the model against itself; `files` are the trees that it was read from, with their defaults.
pub fn validate(files: &Files, api: &Api, problems: &mut Vec<Problem>) {
    let mut check = Check { files, api, problems, unresolved: false };
    api::check(&mut check);
    types::check(&mut check);
    commands::check(&mut check);
    types::unused(&mut check);
    errata::check(&mut check);
}

/// `path` and a key below it.
fn to<'a>(path: &[&'a str], key: &'a str) -> Path<'a> {
    path.iter().copied().chain([key]).collect()
}

impl<'a> Check<'a> {
    fn report(&mut self, path: &[&str], message: impl Into<String>) {
        if let Some(place) = self.files.place(path) {
            self.problems.push(place.problem(message));
        }
    }

    fn node(&self, path: &[&str]) -> Option<&'a Node> {
        self.files.node(path)
    }

    /// Whether the type at `path` is what the model holds, and no stand-in for one that means nothing.
    fn is_resolved(&mut self, path: &[&str], kind: &str) -> bool {
        let written = self.node(path).and_then(|node| node.text("type"));
        let resolved = written.as_deref() == Some(kind);
        self.unresolved |= !resolved;
        resolved
    }

    /// Whether each word in a command's `formats` is a format, so that the model has them all.
    fn knows_formats(&self, path: &[&str], command: &Command) -> bool {
        let words = self.node(&to(path, "formats")).map(Node::items).unwrap_or_default();
        words.len() == command.formats.len() && !words.is_empty()
    }

    /// Reports every key of `keys` that is written at `path`, as one that makes no sense with what stands there.
    fn forbid(&mut self, path: &[&str], keys: &[&str], why: &str) {
        let Some(node) = self.node(path) else { return };
        for key in keys {
            let meant = node.says(key) && !node.get(key).is_some_and(Node::is_false);
            if meant {
                self.report(&to(path, key), format!("`{key}` makes no sense here: {why}; leave it out"));
            }
        }
    }
}
