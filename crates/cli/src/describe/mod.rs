//! `bindwire describe`: everything that the catalog tells of a command.

mod reply;

use crate::apis::{self, Api};
use crate::arguments::Describe;
use crate::catalog::{self, Catalog, Command, Param, Required};
use crate::failure::Failure;
use crate::output::print;
use crate::request::{default_format, example};
use crate::text::{alternatives, wrap};
use bindwire_wire::Entry;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: &Describe) -> Result<ExitCode, Failure> {
    let api = apis::find(&arguments.api)?;
    let entry = api.command(&arguments.command)?;
    if arguments.json {
        print(&format!("{:#}", catalog::entry(api, entry.info.name)?))?;
    } else {
        let catalog = Catalog::of(api)?;
        print(&page(api, entry, &catalog, catalog.command(api, entry.info.name)?))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The command as a page of text.
fn page(api: &Api, entry: &Entry, catalog: &Catalog, command: &Command) -> String {
    let mut out = String::new();
    wrap(&mut out, &format!("{}  ", command.name), "", &format!("({}, family {})", api.info.name, command.family));
    out.push('\n');
    wrap(&mut out, "", "", &command.doc);
    out.push('\n');
    facts(&mut out, command);
    out.push_str("\nPARAMS\n");
    if command.params.is_empty() {
        out.push_str(if command.open { "  Not known: any can be given.\n" } else { "  None.\n" });
    }
    for param in &command.params {
        of_param(&mut out, param);
    }
    out.push_str("\nREPLY\n");
    if command.reply_fields.is_empty() {
        let none = if command.open {
            "Not known: everything that comes is given by its names."
        } else {
            "Code and status only."
        };
        wrap(&mut out, "  ", "", none);
    }
    reply::fields(&mut out, catalog, &command.reply_fields);
    out.push_str("\nREPLY TAGS\n");
    wrap(&mut out, "  ", "  ", &command.reply_tags.join(", "));
    if !command.errata.is_empty() {
        out.push_str("\nERRATA\n");
        of_errata(&mut out, command);
    }
    out.push_str("\nSOURCES\n");
    of_sources(&mut out, catalog, command);
    out.push_str("\nEXAMPLE\n");
    of_example(&mut out, api, entry, catalog, command);
    out
}

fn facts(out: &mut String, command: &Command) {
    let mut effect = command.effect.replace('_', " ");
    for (param, changed) in &command.effect_when {
        let changed = changed.as_str().unwrap_or_default().replace('_', " ");
        let _ = write!(effect, "; {changed} with `{param}`");
    }
    let mut status = command.status.replace('_', " ");
    for (holds, words) in [
        (command.open, "params and reply are not known"),
        (command.reseller, "for reseller accounts only"),
        (command.exempt, "outside the account's rate limit"),
    ] {
        if holds {
            let _ = write!(status, "; {words}");
        }
    }
    let deprecated = command.deprecated.as_ref().map(|why| match &command.successor {
        Some(successor) if !why.contains(successor.as_str()) => format!("{why} Use `{successor}`."),
        _ => why.clone(),
    });
    for (name, text) in [
        ("effect", Some(effect)),
        ("why", command.why.clone()),
        ("formats", Some(command.formats.join(", "))),
        ("status", Some(status)),
        ("price", command.price.as_ref().map(|asked| format!("told beforehand by {asked}"))),
        ("reconcile", (!command.reconcile.is_empty()).then(|| command.reconcile.join(", "))),
        ("deprecated", deprecated),
        ("note", command.note.clone()),
    ] {
        if let Some(text) = text {
            wrap(out, &format!("  {name:<12}"), &" ".repeat(14), &text);
        }
    }
}

fn of_param(out: &mut String, param: &Param) {
    let name = match param.indexed {
        Some((from, to)) => format!("{} .. {}", param.numbered(Some(from)), param.numbered(Some(to))),
        None => param.wire.clone(),
    };
    let mut facts = vec![param.kind.clone()];
    facts.extend(match &param.required {
        Required::Always(true) => Some("required".to_owned()),
        Required::Always(false) => None,
        Required::When(condition) => Some(format!("required when {condition}")),
    });
    if let Some(when) = param.when.as_ref().filter(|_| matches!(param.required, Required::Always(_))) {
        facts.push(format!("only with `{}` {}", when.param, alternatives(&when.is, "or")));
    }
    if let Some(separator) = &param.separator {
        let most = param.max.map_or(String::new(), |max| format!(", at most {max}"));
        facts.push(format!("values with `{separator}` between them{most}"));
    }
    for (holds, words) in [(param.secret, "secret"), (param.newer, "newer than the pages")] {
        if holds {
            facts.push(words.to_owned());
        }
    }
    wrap(out, &format!("  {name}  "), "      ", &format!("({})", facts.join("; ")));
    let mut doc = param.doc.clone();
    if let Some((min, max)) = param.range {
        let _ = write!(doc, " From {min} to {max}.");
    }
    if let Some(date) = &param.date {
        let _ = write!(doc, " Written `{date}`.");
    }
    if let Some(words) = &param.words {
        let words: Vec<String> = words.split('/').map(str::to_owned).collect();
        let _ = write!(doc, " Written {}.", alternatives(&words, "or"));
    }
    if !param.values.is_empty() {
        let others = if param.open { "; others are sent too" } else { "" };
        let _ = write!(doc, " Takes {}{others}.", alternatives(&param.values, "or"));
    }
    wrap(out, "      ", "      ", &doc);
}

fn of_errata(out: &mut String, command: &Command) {
    for erratum in &command.errata {
        let _ = writeln!(out, "  {}", erratum.id);
        for reading in &erratum.says {
            wrap(out, "      ", "      ", &format!("{} says {:?}.", reading.at.join(", "), reading.text));
        }
        wrap(out, "      ", "      ", &format!("Followed is {:?}: {}", erratum.follows, erratum.why));
    }
}

fn of_sources(out: &mut String, catalog: &Catalog, command: &Command) {
    let overruled = command.errata.iter().flat_map(|erratum| &erratum.says).flat_map(|reading| &reading.at);
    let key_of = |source: &'_ String| source.split(':').next().unwrap_or_default().to_owned();
    let keys: BTreeSet<String> = command.sources.iter().chain(overruled).map(key_of).collect();
    for key in keys {
        let places: Vec<&str> =
            command.sources.iter().filter(|source| key_of(source) == key).map(String::as_str).collect();
        let title = catalog.documents.get(&key).map_or("", |document| document.title.as_str());
        let colon = if places.is_empty() { format!("{key}: ") } else { format!("{}: ", places.join(", ")) };
        wrap(out, "  ", "      ", &format!("{colon}{title}."));
    }
}

fn of_example(out: &mut String, api: &Api, entry: &Entry, catalog: &Catalog, command: &Command) {
    let mut words = format!("bindwire request {} {}", api.info.name, command.name);
    for (name, value) in example::params(catalog, command) {
        let _ = write!(words, " {name}={}", quoted(&value));
    }
    wrap(out, "  ", "      ", &words);
    let format = default_format(entry);
    let _ = writeln!(out, "  bindwire decode {} {} --format {format} reply.{format}", api.info.name, command.name);
}

/// A value as a shell takes it.
fn quoted(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._,:/@+%".contains(&byte);
    if value.bytes().all(is_plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::WIDTH;

    #[test]
    fn pages_are_narrow() {
        for api in apis::find_or_all(None).unwrap() {
            let catalog = Catalog::of(api).unwrap();
            for command in &catalog.commands {
                let page = page(api, api.command(&command.name).unwrap(), &catalog, command);
                let wide: Vec<&str> = page.lines().filter(|line| line.chars().count() > WIDTH).collect();
                assert_eq!(wide, [""; 0], "{}", command.name);
            }
        }
    }
}
