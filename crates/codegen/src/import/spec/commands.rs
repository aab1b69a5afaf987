//! The files of commands: an operation each.

use super::super::published;
use super::members::{Owner, Writer};
use super::names::{Given, snake};
use super::operations::{Binding, Kept};
use super::sources::Sources;
use super::{families, patterns, records, toml};
use crate::spec::names::Rule;
use std::fmt::Write as _;

/// What is said of every command of which nothing tells.
const NOTE: &str = "The description does not tell what this changes, so that it is never sent twice.";

/// The files, by their stem.
pub fn files<'a>(
    writer: &mut Writer<'a>,
    binding: &Binding<'a>,
    base: &str,
    service: &str,
    sources: &Sources,
) -> Vec<(String, String)> {
    let names: Vec<String> = binding.kept.iter().map(|kept| snake(&kept.key)).collect();
    let mut files = Vec::new();
    for (family, group) in families::split(base, &names) {
        let doc = toml::text(&format!("Operations of the service `{service}`."));
        let mut out =
            format!("#:schema ../../schema.json#/$defs/commands\n\nfamily = {}\ndoc = {doc}\n", toml::text(&family));
        for kept in group.iter().filter_map(|index| binding.kept.get(*index)) {
            out.push('\n');
            command(writer, binding, kept, sources, &mut out);
        }
        files.push((family, out));
    }
    files
}

fn command<'a>(writer: &mut Writer<'a>, binding: &Binding<'a>, kept: &Kept<'a>, sources: &Sources, out: &mut String) {
    let (key, operation) = (&kept.key, kept.operation);
    let doc = writer.sentences.of(&operation.doc, || format!("Operation `{}`.", operation.name));
    let places = [&operation.at].into_iter().chain(kept.types.iter().map(|ty| &ty.at));
    // Writing into a String cannot fail.
    let _ = writeln!(out, "[{key}]\ndoc = {}", toml::text(&doc));
    let _ = match published::effect(&kept.element.namespace, &kept.element.local) {
        Some(effect) => writeln!(out, "effect = {}", toml::text(effect)),
        None => writeln!(out, "effect = \"write\"\nnote = {}", toml::text(NOTE)),
    };
    if let Some(rust) = &kept.rust {
        let _ = writeln!(out, "rust = {}", toml::text(rust));
    }
    if kept.element.local != patterns::filled(&binding.request, key) {
        let _ = writeln!(out, "element = {}", toml::text(&kept.element.local));
    }
    let _ = writeln!(out, "sources = {}", sources.cite(places));
    params(writer, kept, out);
    let root =
        kept.root.map(|root| root.local.as_str()).filter(|root| *root != patterns::filled(&binding.response, key));
    if let Some(root) = root {
        let _ = writeln!(out, "[{key}.reply]\nxml = {{ root = {} }}", toml::text(root));
    }
    if !kept.reply.is_empty() {
        let _ = writeln!(out, "[{key}.reply.fields]");
        let owner = Owner { record: None, requested: false, called: &operation.name };
        let is_part = binding.encoded && kept.reply.len() == 1;
        records::fields(writer, &kept.reply, owner, is_part, out);
    }
}

fn params<'a>(writer: &mut Writer<'a>, kept: &Kept<'a>, out: &mut String) {
    let mut given = Given::default();
    let mut lines = String::new();
    let called = &kept.operation.name;
    for slot in &kept.request {
        if writer.keeps(slot, Owner { record: None, requested: true, called }).is_err() {
            // Only told of.
            writer.param(slot, "", called);
            continue;
        }
        let name = given.give_member(Rule::Param, slot.name);
        if let Some(line) = writer.param(slot, &name, called) {
            let _ = writeln!(lines, "{name} = {line}");
        }
    }
    if !lines.is_empty() {
        let _ = write!(out, "[{}.params]\n{lines}", kept.key);
    }
}
