//! Checks that every erratum still overrules something: its target holds what it follows, and not what it overrules.

use super::{Check, combine};
use crate::model::Erratum;
use crate::spec::files::{File, Kind, Place};
use crate::spec::language::{self, Table, Ty};
use crate::spec::problems::{allowed, instead};
use crate::spec::tree::{Node, Value};

pub fn check(check: &mut Check<'_>) {
    let api = check.api;
    let files = check.files;
    let nodes = files.of(Kind::Errata).flat_map(|file| {
        let items = file.root.get("erratum").map(Node::items).unwrap_or_default();
        items.iter().map(move |node| (file, node))
    });
    let places: Vec<(&File, &Node)> = nodes.collect();
    for (erratum, (file, node)) in api.errata.iter().zip(&places) {
        one(check, erratum, file, node);
    }
    for (later, _) in combine::repeated(api.errata.iter().map(|erratum| &erratum.id)) {
        let (file, node) = places[later];
        let id = &api.errata[later].id;
        report(check, file, node, "id", format!("two errata are called `{id}`; rename one of them"));
    }
}

fn report(check: &mut Check<'_>, file: &File, node: &Node, key: &str, message: String) {
    let at = node.entry(key).map_or(node.at, |entry| entry.at);
    check.problems.push(Place { file, at }.problem(message));
}

fn one(check: &mut Check<'_>, erratum: &Erratum, file: &File, node: &Node) {
    let (value, ty) = match resolve(check, &erratum.target) {
        Ok(found) => found,
        Err(_) if check.files.lacks(Kind::Commands) || check.files.lacks(Kind::Types) => return,
        Err(message) => return report(check, file, node, "target", message),
    };
    let follows = &erratum.follows;
    if let Value::Table(_) = value.value {
        let message = format!("`{}` is a table; name one of its keys", erratum.target);
        return report(check, file, node, "target", message);
    }
    let word = if is_part(value, ty) { "hold" } else { "be" };
    if !holds(value, ty, follows) {
        let message = format!(
            "`{}` is {}, and should {word} `{follows}`: correct the spec or the erratum",
            erratum.target,
            shown(value)
        );
        report(check, file, node, "follows", message);
    }
    for (text, _) in &erratum.says {
        if holds(value, ty, text) {
            let message = format!(
                "the overruled reading `{text}` is what `{}` says: this erratum overrules nothing",
                erratum.target
            );
            report(check, file, node, "says", message);
        } else if text == follows {
            let message =
                format!("`{text}` is both what is overruled and what is followed: this erratum overrules nothing");
            report(check, file, node, "says", message);
        }
    }
}

/// The value at a target and what the language says that it is.
fn resolve<'a>(check: &Check<'a>, target: &str) -> Result<(&'a Node, &'static Ty), String> {
    let names: Vec<&str> = target.split('.').collect();
    let table = match names[0] {
        "commands" => language::of_file(Kind::Commands),
        "types" => language::of_file(Kind::Types),
        "api" => language::of_file(Kind::Api),
        _ => return Err(format!("`{target}` leads nowhere; a target begins with `commands.`, `types.` or `api.`")),
    };
    let Some(first) = names.get(1) else {
        return Err(format!(
            "`{target}` leads nowhere; name a command, a type or a key of api.toml, and what is in it"
        ));
    };
    let Some(mut node) = check.node(&names[..2]) else {
        let api = check.api;
        let known: Vec<&str> = match names[0] {
            "commands" => api.commands().map(|command| command.name.as_str()).collect(),
            "types" => api.types.keys().map(String::as_str).collect(),
            _ => table.keys.iter().map(|key| key.name).collect(),
        };
        let hint = instead(first, known, "name one that the spec has");
        let what = table.others.map_or("key", |others| others.what);
        return Err(format!("`{target}` leads nowhere: no {what} is called `{first}`{hint}"));
    };
    let mut ty = match (table.key(first), table.others) {
        (Some(key), _) => &key.ty,
        (None, Some(others)) => &others.ty,
        (None, None) => &Ty::AnyText,
    };
    for (index, name) in names.iter().enumerate().skip(2) {
        let Some(next) = node.get(name) else {
            let so_far = names[..index].join(".");
            let there = node.entries().iter().map(|entry| entry.key.as_str());
            let hint = if node.entries().is_empty() { "; it has no keys".to_owned() } else { allowed(name, there) };
            return Err(format!("`{target}` leads nowhere: `{so_far}` has no `{name}`{hint}"));
        };
        ty = below(ty, node, name);
        node = next;
    }
    Ok((node, ty))
}

/// What the language says of a key of a value.
fn below(ty: &'static Ty, node: &Node, key: &str) -> &'static Ty {
    let of_table = |table: &'static Table| match (table.key(key), table.others) {
        (Some(key), _) => &key.ty,
        (None, Some(others)) => &others.ty,
        (None, None) => &Ty::AnyText,
    };
    match ty {
        Ty::Table(table) => of_table(table),
        Ty::Map(others) => &others.ty,
        Ty::Kinds(kinds) => {
            let word = node.text("kind");
            let kind = kinds.iter().find(|(name, _)| word.as_deref() == Some(name));
            kind.or(kinds.first()).map_or(&Ty::AnyText, |(_, table)| of_table(table))
        }
        Ty::Either(types) => types.iter().find(|ty| ty.takes(node)).map_or(&Ty::AnyText, |ty| below(ty, node, key)),
        _ => &Ty::AnyText,
    }
}

/// Whether a value can hold a text without being it.
fn is_part(value: &Node, ty: &Ty) -> bool {
    matches!(ty, Ty::Sentence) || matches!(value.value, Value::List(_))
}

fn holds(value: &Node, ty: &Ty, text: &str) -> bool {
    match &value.value {
        Value::Text(found) if matches!(ty, Ty::Sentence) => found.contains(text),
        Value::Text(found) => found == text,
        Value::Int(number) => number.to_string() == text,
        Value::Bool(flag) => flag.to_string() == text,
        Value::List(items) => items.iter().any(|item| holds(item, &Ty::AnyText, text)),
        Value::Table(_) | Value::Other(_) => false,
    }
}

fn shown(value: &Node) -> String {
    match &value.value {
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Text(text) => format!("`{text}`"),
        Value::Int(number) => format!("`{number}`"),
        other => other.to_string(),
    }
}
