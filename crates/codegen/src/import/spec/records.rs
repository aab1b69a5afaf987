//! The files of types: records and enums that requests and replies lead to.

use super::super::model::{Type, Types};
use super::super::names::{QName, quoted};
use super::meaning::{self, Kind, can_be_value};
use super::members::{Owner, Writer};
use super::names::{Given, snake};
use super::slots::Slot;
use super::sources::Sources;
use super::{families, operations, scalars, toml};
use crate::spec::names::Rule;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The types that are declared, in the order of the description; gives each its name.
pub fn declare<'a>(writer: &mut Writer<'a>, requests: &[Slot<'a>], replies: &[Slot<'a>]) -> Vec<&'a Type> {
    let types = writer.types;
    let mut listed: BTreeSet<&QName> = BTreeSet::new();
    let mut collect = |writer: &Writer<'a>, slots: &[Slot<'a>], owner: Owner<'_>| {
        for slot in slots {
            if let Ok(meaning) = writer.keeps(slot, owner)
                && let Kind::Enum(ty) = meaning.kind
            {
                listed.insert(&ty.name);
            }
        }
    };
    let plain = |requested| Owner { record: None, requested, called: "" };
    collect(writer, requests, plain(true));
    collect(writer, replies, plain(false));
    let records: Vec<&Type> = types.iter().filter(|ty| is_record(writer, ty)).collect();
    for ty in &records {
        let owner = Owner { record: Some(&ty.name), ..plain(writer.graph.requested.contains(&ty.name)) };
        collect(writer, &writer.kept(ty), owner);
    }
    let mut given = Given::default();
    let declared: Vec<&Type> = types.iter().filter(|ty| is_record(writer, ty) || listed.contains(&ty.name)).collect();
    for ty in &declared {
        let name = given.give_type(&ty.name.local);
        let is_on_wire = writer.encoded && writer.graph.requested.contains(&ty.name);
        if is_on_wire && name != ty.name.local {
            let what = format!("the type {} is called `{name}`, also where `xsi:type` says it", quoted(&ty.name.local));
            writer.report.add(&ty.at, what);
        }
        writer.names.insert(&ty.name, name);
    }
    declared
}

fn is_record(writer: &Writer<'_>, ty: &Type) -> bool {
    writer.graph.used.contains(&ty.name) && !writer.hollow.contains(&ty.name)
}

/// The files, by their stem.
pub fn files<'a>(
    writer: &mut Writer<'a>,
    declared: &[&'a Type],
    base: &str,
    sources: &Sources,
) -> Vec<(String, String)> {
    if declared.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = declared.iter().map(|ty| snake(writer.named(ty))).collect();
    let mut files = Vec::new();
    for (stem, group) in families::split(base, &names) {
        let mut out = "#:schema ../../schema.json#/$defs/types\n".to_owned();
        for ty in group.iter().filter_map(|index| declared.get(*index)) {
            out.push('\n');
            out.push_str(&entry(writer, ty, sources));
        }
        files.push((stem, out));
    }
    files
}

fn entry<'a>(writer: &mut Writer<'a>, ty: &'a Type, sources: &Sources) -> String {
    let name = writer.named(ty).to_owned();
    let called = ty.path.as_deref().unwrap_or(&ty.name.local);
    let doc = writer.sentences.of(&ty.doc, || format!("Type `{called}`."));
    let (doc, cited) = (toml::text(&doc), sources.cite([&ty.at]));
    if let Some((_, values)) = scalars::listed(writer.types, ty) {
        let mut out = format!("[{name}]\nkind = \"enum\"\ndoc = {doc}\nsources = {cited}\n");
        values_of(writer, ty, values, &mut out);
        return out;
    }
    operations::tell(ty, &mut writer.report);
    let requested = writer.graph.requested.contains(&ty.name);
    let owner = Owner { record: Some(&ty.name), requested, called };
    let mut out = format!("[{name}]\ndoc = {doc}\nsources = {cited}\n[{name}.fields]\n");
    fields(writer, &Writer::slots(ty), owner, false, &mut out);
    out
}

/// Writes fields, a line each.
pub fn fields<'a>(writer: &mut Writer<'a>, slots: &[Slot<'a>], owner: Owner<'_>, part: bool, out: &mut String) {
    let mut given = Given::default();
    for slot in slots {
        if writer.keeps(slot, owner).is_err() {
            // Only told of.
            writer.field(slot, "", owner, part);
            continue;
        }
        let name = given.give_member(Rule::Field, slot.name);
        if let Some(line) = writer.field(slot, &name, owner, part) {
            // Writing into a String cannot fail.
            let _ = writeln!(out, "{name} = {line}");
        }
    }
}

fn values_of(writer: &mut Writer<'_>, ty: &Type, values: &[super::super::model::Value], out: &mut String) {
    let mut given = Given::default();
    let mut seen = BTreeSet::new();
    for value in values {
        if !can_be_value(&value.value) || !seen.insert(&value.value) {
            let what = format!("the value {} of {} is left out", quoted(&value.value), quoted(&ty.name.local));
            writer.report.add(&ty.at, what);
            continue;
        }
        let name = variant(&mut given, &value.value);
        let doc = writer.sentences.of(&value.doc, || "As it is called.".to_owned());
        let mut line = toml::Inline::default();
        if name != value.value {
            line = line.text("wire", &value.value);
        }
        let _ = writeln!(out, "values.{name} = {}", line.text("doc", &doc).end());
    }
}

/// The name of a value, which no other has that is the same variant in Rust: `a_1` and `a1` are.
fn variant(given: &mut Given, value: &str) -> String {
    let name = Given::default().give_member(Rule::Value, value);
    // That variant stands for every other value.
    let name = if name == "unknown" { "unknown_value".to_owned() } else { name };
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(|name| given.take(&name.replace('_', ""))).unwrap_or_default()
}

/// Tells of types that nothing leads to: each type of the description is in the spec or in the report.
pub fn unused<'a>(writer: &mut Writer<'a>, of_commands: &[&'a Type], slots: &[Slot<'a>]) {
    let types: &Types = writer.types;
    let mut known: BTreeSet<&QName> = of_commands.iter().map(|ty| &ty.name).collect();
    let mut add = |slots: &[Slot<'a>]| {
        for slot in slots {
            known.extend(meaning::behind(types, slot.ty).into_iter().map(|ty| &ty.name));
        }
    };
    add(slots);
    let records: Vec<&Type> = types.iter().filter(|ty| writer.graph.used.contains(&ty.name)).collect();
    for ty in records.iter().chain(of_commands) {
        add(&Writer::slots(ty));
    }
    for ty in records.iter().chain(of_commands) {
        let bases = super::graph::complex(ty).map(|complex| meaning::bases(types, complex)).unwrap_or_default();
        known.extend(bases.into_iter().map(|ty| &ty.name));
        known.insert(&ty.name);
    }
    for ty in types.iter().filter(|ty| !known.contains(&ty.name)) {
        let name = quoted(ty.path.as_deref().unwrap_or(&ty.name.local));
        writer.report.add(&ty.at, format!("the type {name} is left out: no command has it"));
    }
}
