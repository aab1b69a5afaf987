//! Checks commands: their families, formats, successors and what changes their effect.

use super::{Check, Path, combine, csv, fields, params, paths, to, wire};
use crate::model::{Command, Effect, Format};
use crate::spec::files::{Kind, Place};
use crate::spec::names;
use crate::spec::problems::{allowed, instead};
use crate::spec::tree::Value;
use heck::ToUpperCamelCase as _;

pub fn check(check: &mut Check<'_>) {
    families(check);
    let api = check.api;
    let names: Vec<&str> = api.commands().map(|command| command.name.as_str()).collect();
    let stems: Vec<String> = api.commands().map(|command| rust_name(command).to_upper_camel_case()).collect();
    for (later, first) in combine::repeated(&stems) {
        let message =
            format!("commands `{}` and `{}` would both be `{}` in Rust", names[first], names[later], stems[first]);
        check.report(&["commands", names[later]], message);
    }
    for command in api.commands() {
        let path = vec!["commands", command.name.as_str()];
        formats(check, &path, command);
        if let Some(mistake) =
            command.rust.as_deref().and_then(|rust| names::mistake(names::Rule::Command, "name", rust))
        {
            check.report(&to(&path, "rust"), mistake);
        }
        if api.soap.is_none() {
            check.forbid(&path, &["element", "namespace", "session"], "the API does not speak SOAP");
        }
        succession(check, &path, command, &names);
        effects(check, &path, command);
        asked(check, &path, command, &names);
        if command.open {
            check.forbid(&path, &["params", "reply"], "an open command takes and gives anything");
        }
        params::list(check, &to(&path, "params"), &command.params, params::Scope::Command);
        wire::command(check, &path, command);
        fields::list(check, &to(&to(&path, "reply"), "fields"), &command.reply.fields, Some(&command.formats));
        paths::reply(check, &path, command);
        csv::layout(check, &path, command);
    }
}

/// The name that the Rust ones are made of.
fn rust_name(command: &Command) -> &str {
    command.rust.as_deref().unwrap_or(&command.name)
}

fn families(check: &mut Check<'_>) {
    let files = check.files;
    for file in files.of(Kind::Commands) {
        // Each row of a pattern is a family of its own.
        let Some(entry) = file.root.entry("family") else { continue };
        let Some(family) = entry.node.as_text() else { continue };
        let stem = file.name.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
        if family != stem && !file.is_row {
            let message = format!("the family is called `{family}`, but its file `{stem}.toml`; give both one name");
            check.problems.push(Place { file, at: entry.at }.problem(message));
        }
        if let Some(mistake) = names::mistake(names::Rule::Command, "family", family) {
            check.problems.push(Place { file, at: entry.at }.problem(mistake));
        }
    }
}

fn formats(check: &mut Check<'_>, path: &Path<'_>, command: &Command) {
    let api = check.api;
    let here = to(path, "formats");
    let is_table = check.node(path).is_some_and(|node| matches!(node.value, Value::Table(_)));
    if is_table && check.node(&here).is_none() {
        let wanted = "a list, each item `xml`, `json` or `csv` is wanted";
        check.report(path, format!("command `{}` lacks `formats`: what it answers in; {wanted}", command.name));
    }
    for (later, _) in combine::repeated(&command.formats) {
        let name = command.formats[later].name();
        check.report(&here, format!("command `{}` names the format `{name}` twice; keep one", command.name));
    }
    for format in &command.formats {
        if !check.files.lacks(Kind::Api) && !api.suffixes.iter().any(|(known, _)| known == format) {
            let message = format!("api.toml does not say how the format `{}` is asked for", format.name());
            check.report(&here, message);
        }
    }
    if !check.knows_formats(path, command) {
        return;
    }
    let reply = to(path, "reply");
    for format in [Format::Xml, Format::Json] {
        if !command.formats.contains(&format) {
            let why = format!("the command does not answer in `{}`", format.name());
            check.forbid(&reply, &[format.name()], &why);
        }
    }
}

fn succession(check: &mut Check<'_>, path: &Path<'_>, command: &Command, names: &[&str]) {
    let Some(successor) = command.successor.as_deref() else { return };
    let here = to(path, "successor");
    if command.deprecated.is_none() {
        let message =
            format!("command `{}` has a successor but is not deprecated; say why in `deprecated`", command.name);
        check.report(&here, message);
    }
    if successor == command.name {
        check.report(&here, format!("command `{successor}` cannot be its own successor"));
    } else if !names.contains(&successor) && !check.files.lacks(Kind::Commands) {
        let near = names.iter().filter(|name| **name != command.name);
        let hint = instead(successor, near, "name another command of the API");
        check.report(&here, format!("no command is called `{successor}`{hint}"));
    }
}

/// The commands that tell the price of one, and what became of it.
fn asked(check: &mut Check<'_>, path: &Path<'_>, command: &Command, names: &[&str]) {
    let here = to(path, "price");
    if let Some(price) = command.price.as_deref() {
        if command.effect != Effect::Spend {
            let message =
                format!("command `{}` does not spend, so nothing tells its price; leave it out", command.name);
            check.report(&here, message);
        }
        reading(check, &here, price, names);
    }
    let here = to(path, "reconcile");
    if !command.reconcile.is_empty() && command.effect == Effect::Read && command.effect_when.is_empty() {
        let message =
            format!("command `{}` changes nothing, so there is nothing to find out; leave it out", command.name);
        check.report(&here, message);
    }
    for (later, _) in combine::repeated(&command.reconcile) {
        let message = format!("command `{}` names `{}` twice; keep one", command.name, command.reconcile[later]);
        check.report(&here, message);
    }
    for asked in &command.reconcile {
        reading(check, &here, asked, names);
    }
}

/// Demands that a command is one that can be sent without changing anything.
fn reading(check: &mut Check<'_>, here: &Path<'_>, asked: &str, names: &[&str]) {
    if check.files.lacks(Kind::Commands) {
        return;
    }
    let api = check.api;
    let Some(known) = api.commands().find(|command| command.name == asked) else {
        let hint = instead(asked, names.iter(), "name a command of the API");
        check.report(here, format!("no command is called `{asked}`{hint}"));
        return;
    };
    let can_read = known.effect == Effect::Read || known.effect_when.iter().any(|(_, effect)| *effect == Effect::Read);
    if !can_read {
        let message = format!("`{asked}` has the effect `{}`; name a command that only reads", known.effect.name());
        check.report(here, message);
    }
}

fn effects(check: &mut Check<'_>, path: &Path<'_>, command: &Command) {
    let here = to(path, "effect_when");
    let says_effect = check.node(path).and_then(|node| node.text("effect")).as_deref() == Some(command.effect.name());
    for (param, effect) in &command.effect_when {
        let place = to(&here, param);
        if !command.params.iter().any(|known| known.name == *param) {
            let names = command.params.iter().map(|param| param.name.as_str());
            check.report(&place, format!("command `{}` has no param `{param}`{}", command.name, allowed(param, names)));
        } else if *effect == command.effect && says_effect {
            let message = format!(
                "command `{}` has the effect `{}` without `{param}` too; leave it out",
                command.name,
                effect.name()
            );
            check.report(&place, message);
        }
    }
}
