//! Where the pages are overruled, as far as it concerns a command: itself, what it is made of, and its whole API.

use crate::catalog::{Catalog, Command, Erratum};
use crate::text::wrap;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The errata that concern a command, its own first.
pub fn of<'a>(catalog: &'a Catalog, command: &'a Command) -> Vec<&'a Erratum> {
    let types = types_of(catalog, command);
    let sessions = catalog.soap.iter().flat_map(|soap| &soap.common).filter(|common| common.session);
    let sessions: Vec<String> = sessions.map(|common| format!("api.common.{}.", common.name)).collect();
    let concerns = |erratum: &&Erratum| match erratum.target.strip_prefix("types.") {
        Some(target) => target.split('.').next().is_some_and(|name| types.contains(name)),
        None => !command.sessionless || !sessions.iter().any(|session| erratum.target.starts_with(session)),
    };
    command.errata.iter().chain(catalog.errata.iter().filter(concerns)).collect()
}

/// The declared types that stand in a command's request or reply.
fn types_of<'a>(catalog: &'a Catalog, command: &'a Command) -> BTreeSet<&'a str> {
    let params = command.params.iter().map(|param| param.kind.as_str());
    let mut left: Vec<&str> = params.chain(command.reply_fields.iter().map(|field| field.kind.as_str())).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = left.pop() {
        if let Some(declared) = catalog.types.get(name).filter(|_| found.insert(name)) {
            left.extend(declared.fields.iter().map(|field| field.kind.as_str()));
        }
    }
    found
}

/// Appends the errata, a paragraph each.
pub fn show(out: &mut String, errata: &[&Erratum]) {
    for erratum in errata {
        let _ = writeln!(out, "  {}", erratum.id);
        for reading in &erratum.says {
            wrap(out, "      ", "      ", &format!("{} says {:?}.", reading.at.join(", "), reading.text));
        }
        wrap(out, "      ", "      ", &format!("Followed is {:?}: {}", erratum.follows, erratum.why));
    }
}
