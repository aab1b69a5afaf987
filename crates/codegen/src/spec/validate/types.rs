//! Checks declared types: their parts, that something uses them, and that no record contains itself.

use super::{Check, combine, fields, params, paths, to, wire};
use crate::model::{Api, Field, FieldKind, Param, ParamKind, Type, TypeKind};
use crate::spec::files::Kind;
use heck::ToUpperCamelCase as _;
use std::collections::BTreeSet;

pub fn check(check: &mut Check<'_>) {
    let api = check.api;
    for ty in api.types.values() {
        let path = ["types", ty.name.as_str()];
        match &ty.kind {
            TypeKind::Record(list) => {
                let here = to(&path, "fields");
                fields::list(check, &here, list, None);
                paths::record(check, &here, list);
                cycle(check, ty);
            }
            TypeKind::Enum(values) => {
                let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
                variants(check, &to(&path, "values"), &names);
                let spellings = values.iter().flat_map(|value| {
                    let names = std::iter::once(&value.wire).chain(&value.aliases);
                    names.map(|spelling| (value.name.as_str(), spelling.as_str()))
                });
                repeated(check, &to(&path, "values"), &spellings.collect::<Vec<_>>());
            }
            TypeKind::Group(list) => {
                let here = to(&path, "fields");
                params::list(check, &here, list, params::Scope::Group);
                wire::together(check, &here, list, None);
            }
            TypeKind::Choice { tag, variants: list } => {
                let here = to(&path, "variants");
                let names: Vec<&str> = list.iter().map(|variant| variant.name.as_str()).collect();
                variants(check, &here, &names);
                let values: Vec<_> =
                    list.iter().map(|variant| (variant.name.as_str(), variant.value.as_str())).collect();
                repeated(check, &here, &values);
                for variant in list {
                    let here = to(&to(&here, &variant.name), "params");
                    params::list(check, &here, &variant.params, params::Scope::Variant);
                    wire::together(check, &here, &variant.params, Some(tag));
                }
            }
        }
    }
}

/// Names that become the same variant in Rust.
fn variants(check: &mut Check<'_>, path: &[&str], names: &[&str]) {
    for (later, first) in combine::repeated(names.iter().map(|name| name.to_upper_camel_case())) {
        let rust = names[first].to_upper_camel_case();
        let message =
            format!("`{}` and `{}` would both be `{rust}` in Rust; rename one of them", names[first], names[later]);
        check.report(&to(path, names[later]), message);
    }
}

/// Spellings that stand for two values, or twice for one.
fn repeated(check: &mut Check<'_>, path: &[&str], spellings: &[(&str, &str)]) {
    for (later, first) in combine::repeated(spellings.iter().map(|(_, spelling)| *spelling)) {
        let (name, spelling) = spellings[later];
        let (owner, _) = spellings[first];
        let message = if name == owner {
            format!("`{name}` has the spelling `{spelling}` twice; keep one")
        } else {
            format!("`{name}` has the spelling `{spelling}`, which already stands for `{owner}`")
        };
        check.report(&to(path, name), message);
    }
}

/// Reports types that no command leads to, unless what could not be read may lead there.
pub fn unused(check: &mut Check<'_>) {
    let api = check.api;
    if check.unresolved || check.files.lacks(Kind::Commands) || check.files.lacks(Kind::Types) {
        return;
    }
    let used = used(api);
    for name in api.types.keys().filter(|name| !used.contains(name.as_str())) {
        check.report(&["types", name], format!("no command uses type `{name}`; use it or take it out"));
    }
}

/// Takes out what no command uses, where that is nobody's mistake.
pub fn keep_used(api: &mut Api) {
    let used: BTreeSet<String> = used(api).into_iter().map(str::to_owned).collect();
    api.types.retain(|name, _| used.contains(name));
}

fn used(api: &Api) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for command in api.commands() {
        command.params.iter().for_each(|param| use_param(api, param, &mut used));
        command.reply.fields.iter().for_each(|field| use_field(api, field, &mut used));
    }
    used
}

fn use_param<'a>(api: &'a Api, param: &'a Param, used: &mut BTreeSet<&'a str>) {
    let (ParamKind::Enum(name) | ParamKind::Record(name) | ParamKind::Group(name) | ParamKind::Choice(name)) =
        &param.kind
    else {
        return;
    };
    if !used.insert(name) {
        return;
    }
    match api.types.get(name).map(|ty| &ty.kind) {
        Some(TypeKind::Group(params)) => params.iter().for_each(|param| use_param(api, param, used)),
        Some(TypeKind::Record(fields)) => fields.iter().for_each(|field| use_field(api, field, used)),
        Some(TypeKind::Choice { variants, .. }) => {
            variants.iter().flat_map(|variant| &variant.params).for_each(|param| use_param(api, param, used));
        }
        _ => {}
    }
}

fn use_field<'a>(api: &'a Api, field: &'a Field, used: &mut BTreeSet<&'a str>) {
    let (FieldKind::Enum(name) | FieldKind::Record(name)) = &field.kind else { return };
    if !used.insert(name) {
        return;
    }
    if let Some(TypeKind::Record(fields)) = api.types.get(name).map(|ty| &ty.kind) {
        fields.iter().for_each(|field| use_field(api, field, used));
    }
}

/// Reports a record that is reached from itself, unless it is by a list, which can have no items.
fn cycle(check: &mut Check<'_>, ty: &Type) {
    let mut seen = BTreeSet::new();
    let Some(mut way) = way_to(check.api, &ty.name, &ty.name, &mut seen) else { return };
    way.reverse();
    let message = format!("record `{}` contains itself, by way of {}; a reply has an end", ty.name, way.join(", "));
    let field = way.first().and_then(|step| step.split('.').nth(1)).unwrap_or_default();
    check.report(&["types", &ty.name, "fields", field], message);
}

/// The fields that lead from record `from` to record `goal`, the last one first.
fn way_to<'a>(api: &'a Api, from: &'a str, goal: &str, seen: &mut BTreeSet<&'a str>) -> Option<Vec<String>> {
    let TypeKind::Record(fields) = &api.types.get(from)?.kind else { return None };
    for field in fields.iter().filter(|field| !field.many) {
        let FieldKind::Record(next) = &field.kind else { continue };
        let step = format!("{from}.{}", field.name);
        if next == goal {
            return Some(vec![step]);
        }
        if seen.insert(next)
            && let Some(mut way) = way_to(api, next, goal, seen)
        {
            way.push(step);
            return Some(way);
        }
    }
    None
}
