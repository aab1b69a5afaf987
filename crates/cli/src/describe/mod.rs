//! `bindwire describe`: everything that the catalog tells of a command.

mod errata;
mod params;
mod reply;

use crate::apis::{self, Api};
use crate::arguments::{Describe, Request};
use crate::catalog::{self, Catalog, Command, Erratum};
use crate::failure::Failure;
use crate::output::print;
use crate::request::{default_format, example, soap};
use crate::text::wrap;
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
    params::all(&mut out, catalog, &command.params);
    if let Some(soap) = &catalog.soap {
        out.push_str("\nCOMMON PARAMS\n");
        params::common(&mut out, soap, command);
    }
    out.push_str("\nREPLY\n");
    if command.reply_fields.is_empty() {
        let none = match &catalog.soap {
            _ if command.open => "Not known: everything that comes is given by its names.",
            None => "Code and status only.",
            Some(_) => "Nothing of its own.",
        };
        wrap(&mut out, "  ", "", none);
    }
    reply::fields(&mut out, catalog, &command.reply_fields);
    out.push_str("\nREPLY TAGS\n");
    wrap(&mut out, "  ", "  ", &command.reply_tags.join(", "));
    let errata = errata::of(catalog, command);
    if !errata.is_empty() {
        out.push_str("\nERRATA\n");
        errata::show(&mut out, &errata);
    }
    out.push_str("\nSOURCES\n");
    of_sources(&mut out, catalog, command, &errata);
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
        ("since", command.since.as_ref().map(|version| format!("version {version}"))),
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

fn of_sources(out: &mut String, catalog: &Catalog, command: &Command, errata: &[&Erratum]) {
    let overruled = errata.iter().flat_map(|erratum| &erratum.says).flat_map(|reading| &reading.at);
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
    let params = example::params(catalog, command);
    let mut words = format!("bindwire request {} {}", api.info.name, command.name);
    for (name, value) in &params {
        let _ = if quoted(name) == *name {
            write!(words, " {name}={}", quoted(value))
        } else {
            write!(words, " {}", quoted(&format!("{name}={value}")))
        };
    }
    wrap(out, "  ", "      ", &words);
    if let Some(soap) = &catalog.soap {
        let params = params.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let arguments = Request { params, ..Request::of(api.info.name, &command.name) };
        // An example that cannot be sent would fail the tests.
        if let Ok(made) = soap::check(api, entry, catalog, soap, command, &arguments) {
            let _ = write!(out, "\n{}\n", made.shown(2));
        }
    }
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
