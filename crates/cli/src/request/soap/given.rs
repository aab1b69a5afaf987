//! What is given on the command line for a request in SOAP.

use super::level::{Level, Pair, Wrong};
use super::path::Segment;
use crate::arguments::Request;
use crate::catalog::{Catalog, Command, Soap};
use crate::request::given::nameless;
use std::borrow::Cow;

/// The params of a request as they are given.
#[derive(Debug)]
pub struct Given<'a> {
    /// Those of the command.
    pub params: Level<'a>,
    /// Those that every command takes, by their names on the wire.
    pub common: Vec<(&'a str, String)>,
    /// Those that no source tells of, by their paths.
    pub extra: Vec<(String, String)>,
}

impl<'a> Given<'a> {
    /// Reads the command line; what cannot be a param of the command becomes a problem.
    pub fn read(
        catalog: &'a Catalog,
        soap: &'a Soap,
        command: &'a Command,
        arguments: &Request,
        problems: &mut Vec<String>,
    ) -> Self {
        let params = Level::new(String::new(), Cow::Borrowed(command.params.as_slice()));
        let mut given = Self { params, common: Vec::new(), extra: Vec::new() };
        for (at, (text, is_extra)) in arguments.pairs().enumerate() {
            // A text without a name may be a secret, so it is not quoted.
            let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.is_empty()) else {
                problems.push(nameless(at + 1));
                continue;
            };
            problems.extend(given.add(catalog, soap, command, Pair { name, value, is_extra }).err());
        }
        given
    }

    fn add(&mut self, catalog: &Catalog, soap: &'a Soap, command: &Command, pair: Pair<'_>) -> Result<(), String> {
        let name = pair.name;
        let twice = || Err(format!("param `{name}` is given twice; leave one out"));
        if let Some(common) = soap.common.iter().find(|common| common.wire == name) {
            if common.session {
                return Err(format!("param `{name}` is put by the program; leave it out"));
            }
            if self.common.iter().any(|(known, _)| *known == name) {
                return twice();
            }
            if common.kind == "int" && pair.value.parse::<u32>().is_err() {
                return Err(format!("param `{name}` takes a whole number, but `{}` was given", pair.value));
            }
            self.common.push((&common.wire, pair.value.to_owned()));
            return Ok(());
        }
        match self.params.insert(catalog, pair, name) {
            Err(Wrong::Unknown(_)) if pair.is_extra || command.open => {
                if self.extra.iter().any(|(known, _)| known == name) {
                    return twice();
                }
                if !is_element(name) {
                    return Err(format!("param `{name}` cannot be sent: that is no name of an element"));
                }
                let holds =
                    |one: &str, other: &str| other.strip_prefix(one).is_some_and(|rest| rest.starts_with(['/', '[']));
                if let Some((known, _)) = self.extra.iter().find(|(known, _)| holds(known, name) || holds(name, known))
                {
                    return Err(format!("param `{name}` cannot stand beside `{known}`: one is a part of the other"));
                }
                self.extra.push((name.to_owned(), pair.value.to_owned()));
                Ok(())
            }
            Err(Wrong::Unknown(problem) | Wrong::Miswritten(problem)) => Err(problem),
            Ok(()) => Ok(()),
        }
    }
}

/// Whether each name of a path can be that of an element.
fn is_element(path: &str) -> bool {
    let is_name = |name: &str| {
        let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
        name.chars().all(is_letter) && !name.starts_with(|first: char| first.is_numeric() || matches!(first, '-' | '.'))
    };
    let mut rest = Some(path);
    while let Some(path) = rest {
        match Segment::split(path) {
            Some((segment, below)) if is_name(segment.name) => rest = below,
            _ => return false,
        }
    }
    true
}
