//! Checks commands: their families, formats, successors and what changes their effect.

use super::{Check, Path, combine, csv, fields, params, paths, to, wire};
use crate::model::{Command, Format};
use crate::spec::files::{Kind, Place};
use crate::spec::names;
use crate::spec::problems::{allowed, instead};
use heck::ToUpperCamelCase as _;

pub fn check(check: &mut Check<'_>) {
    families(check);
    let api = check.api;
    let names: Vec<&str> = api.commands().map(|command| command.name.as_str()).collect();
    let stems: Vec<String> = names.iter().map(|name| name.to_upper_camel_case()).collect();
    for (later, first) in combine::repeated(&stems) {
        let message =
            format!("commands `{}` and `{}` would both be `{}` in Rust", names[first], names[later], stems[first]);
        check.report(&["commands", names[later]], message);
    }
    for command in api.commands() {
        let path = vec!["commands", command.name.as_str()];
        formats(check, &path, command);
        succession(check, &path, command, &names);
        effects(check, &path, command);
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

fn families(check: &mut Check<'_>) {
    let files = check.files;
    for file in files.of(Kind::Commands) {
        let Some(entry) = file.root.entry("family") else { continue };
        let Some(family) = entry.node.as_text() else { continue };
        let stem = file.name.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
        if family != stem {
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
