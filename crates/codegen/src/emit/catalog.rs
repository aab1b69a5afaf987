//! catalog.json: the spec as data for programs that have no types, such as `bindwire describe` and `bindwire request`.

use super::docs;
use super::params::first_wire;
use super::registry;
use super::reply::default_root;
use crate::model::{
    Api, Code, Command, Envelope, Erratum, Family, Field, FieldKind, FieldScalar, ListStyle, Param, ParamKind,
    ParamScalar, Path, Required, Soap, Source, Type, TypeKind, Variant,
};
use crate::spec::words;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The file `catalog.json`.
pub fn file(api: &Api) -> String {
    let commands: Vec<Value> =
        registry::sorted(api).into_iter().map(|(family, command)| of_command(api, family, command)).collect();
    let suffixes: Map<String, Value> =
        api.suffixes.iter().map(|(format, suffix)| (format.name().to_owned(), json!(suffix))).collect();
    let credentials: Vec<Value> = api
        .credentials
        .iter()
        .map(|known| {
            let mut out = json!({ "name": known.name, "wire": known.wire, "env": known.env, "doc": known.doc });
            add(&mut out, "secret", !known.secret, json!(false));
            out
        })
        .collect();
    let documents: Map<String, Value> = api
        .sources
        .iter()
        .map(|(key, document)| (key.clone(), json!({ "file": document.file, "title": document.title })))
        .collect();
    let families: Map<String, Value> =
        api.families.iter().map(|family| (family.name.clone(), json!(family.doc))).collect();
    let format_aliases: Vec<Value> = api
        .suffix_aliases
        .iter()
        .map(|(format, suffix)| json!({ "format": format.name(), "suffix": suffix }))
        .collect();
    let phrases: Vec<Value> = api
        .phrases
        .iter()
        .map(|phrase| {
            let mut out = json!({ "class": phrase.class, "doc": phrase.doc, "contains": phrase.contains });
            add(&mut out, "unsure", phrase.unsure, json!(true));
            out
        })
        .collect();
    let tiers: Vec<Value> = api
        .tiers
        .iter()
        .map(|tier| {
            let mut out = json!({ "name": tier.name, "concurrent": tier.concurrent, "per_minute": tier.per_minute });
            add(&mut out, "per_second", tier.per_second > 0, json!(tier.per_second));
            out
        })
        .collect();
    let types: Map<String, Value> =
        api.types.values().filter_map(|declared| Some((declared.name.clone(), of_type(api, declared)?))).collect();
    let mut catalog = json!({
        "api": api.name,
        "title": api.title,
        "version": api.version,
        "endpoints": api.endpoints,
        "formats": suffixes,
        "format_aliases": format_aliases,
        "command_param": api.command_param,
        "credentials": credentials,
        "envelope": envelope(api),
        "phrases": phrases,
        "tiers": tiers,
        "documents": documents,
        "families": families,
        "commands": commands,
        "types": types,
    });
    if let Some(soap) = &api.soap {
        catalog["soap"] = binding(api, soap);
    }
    add(&mut catalog, "uncovered", !api.uncovered.is_empty(), json!(api.uncovered));
    // Those of a command stand with it; these concern whatever is made of what they correct.
    let errata: Vec<Value> =
        api.errata.iter().filter(|erratum| !erratum.target.starts_with("commands.")).map(of_erratum).collect();
    add(&mut catalog, "errata", !errata.is_empty(), json!(errata));
    let mut text = serde_json::to_string_pretty(&catalog).expect("a catalog is JSON");
    text.push('\n');
    text
}

/// How requests are wrapped, and the params that every command takes.
fn binding(api: &Api, soap: &Soap) -> Value {
    let common: Vec<Value> = api
        .common
        .iter()
        .map(|known| {
            let mut out = json!({ "name": known.name, "wire": known.wire, "type": known.xsd, "doc": known.doc });
            add(&mut out, "secret", known.secret, json!(true));
            add(&mut out, "session", known.session, json!(true));
            add(&mut out, "last", known.last, json!(true));
            out
        })
        .collect();
    json!({
        "style": word(words::SOAP_STYLES, soap.style),
        "namespace": soap.namespace,
        "qualified": soap.qualified,
        "action": soap.action,
        "wsdl": soap.wsdl,
        "request": soap.request,
        "response": soap.response,
        "common": common,
    })
}

/// What all envelopes have in common, and what their codes and statuses mean.
fn envelope(api: &Api) -> Value {
    let rules = &api.envelope;
    let codes: Vec<Value> = rules
        .codes
        .iter()
        .map(|known| {
            let code = match &known.code {
                Code::Number(code) => json!(code),
                Code::Word(word) => json!(word),
            };
            let mut out = json!({ "code": code, "means": known.means });
            add(&mut out, "class", known.class.is_some(), json!(known.class));
            out
        })
        .collect();
    let statuses: Vec<Value> = rules
        .statuses
        .iter()
        .map(|known| {
            let outcome = format!("{:?}", known.outcome).to_lowercase();
            json!({ "status": known.text, "aliases": known.aliases, "outcome": outcome, "means": known.means })
        })
        .collect();
    let mut out = json!({
        "code_names": rules.code_names,
        "status_names": rules.status_names,
        "error_names": rules.error_names,
        "success_codes": rules.success_codes,
        "generic": rules.generic,
        "codes": codes,
        "statuses": statuses,
    });
    add(&mut out, "by_fault", rules.by_fault, json!(true));
    add(&mut out, "job", !rules.job.is_empty(), json!(rules.job));
    if let Some(names) = &rules.messages {
        out["messages"] = json!({
            "name": names.name,
            "source": names.source,
            "level": names.level,
            "code": names.code,
            "text": names.text,
        });
    }
    let levels: Vec<Value> =
        rules.levels.iter().map(|known| json!({ "level": known.level, "means": known.means })).collect();
    add(&mut out, "levels", !levels.is_empty(), json!(levels));
    out
}

/// A record or an enum; groups and choices stand with the params that have them.
fn of_type(api: &Api, declared: &Type) -> Option<Value> {
    match &declared.kind {
        TypeKind::Record(fields) => {
            Some(json!({ "kind": "record", "doc": declared.doc, "fields": of_fields(api, fields) }))
        }
        TypeKind::Enum(values) => {
            let values: Vec<Value> = values
                .iter()
                .map(|value| {
                    json!({ "name": value.name, "wire": value.wire, "aliases": value.aliases, "doc": value.doc })
                })
                .collect();
            Some(json!({ "kind": "enum", "doc": declared.doc, "values": values }))
        }
        TypeKind::Group(_) | TypeKind::Choice { .. } => None,
    }
}

/// Fields; with what a request must know of them where records stand in requests too.
fn of_fields(api: &Api, fields: &[Field]) -> Vec<Value> {
    let kind = |field: &Field| match &field.kind {
        FieldKind::Scalar(scalar) => word(words::FIELD_SCALARS, *scalar).to_owned(),
        FieldKind::Enum(name) | FieldKind::Record(name) => name.clone(),
    };
    let place = |path: &Option<Path>| path.as_ref().map(|path| path.names.join("/"));
    fields
        .iter()
        .map(|field| {
            let mut out = json!({
                "name": field.name,
                "type": kind(field),
                "many": field.many,
                "xml": place(&field.xml),
                "json": place(&field.json),
                "doc": field.doc,
            });
            let is_flag = field.kind == FieldKind::Scalar(FieldScalar::Flag);
            let [style, ..] = field.flag;
            add(&mut out, "required", api.soap.is_some() && !field.optional, json!(true));
            add(&mut out, "as", api.soap.is_some() && is_flag, json!(docs::flag(style)));
            add(&mut out, "since", field.since.is_some(), json!(field.since));
            out
        })
        .collect()
}

fn of_command(api: &Api, family: &Family, command: &Command) -> Value {
    let formats: Vec<&str> = command.formats.iter().map(|format| format.name()).collect();
    let effect_when: Map<String, Value> = command
        .effect_when
        .iter()
        .map(|(name, effect)| {
            let param = command.params.iter().find(|param| param.name == *name);
            (param.map_or(name.as_str(), |param| first_wire(api, param)).to_owned(), json!(effect.name()))
        })
        .collect();
    let mut params = Vec::new();
    for param in &command.params {
        flatten(api, param, &command.params, &Place::default(), &mut params);
    }
    let mut out = json!({
        "name": command.name,
        "family": family.name,
        "doc": command.doc,
        "effect": command.effect.name(),
        "status": command.status.name(),
        "formats": formats,
        "deprecated": command.deprecated,
        "params": params,
        "reply_fields": of_fields(api, &command.reply.fields),
        "reply_tags": reply_tags(api, command),
        "sources": sources(&command.sources),
    });
    add(&mut out, "why", command.why.is_some(), json!(command.why));
    add(&mut out, "note", command.note.is_some(), json!(command.note));
    add(&mut out, "successor", command.successor.is_some(), json!(command.successor));
    add(&mut out, "effect_when", !effect_when.is_empty(), json!(effect_when));
    add(&mut out, "exempt", command.exempt, json!(true));
    add(&mut out, "price", command.price.is_some(), json!(command.price));
    add(&mut out, "reconcile", !command.reconcile.is_empty(), json!(command.reconcile));
    add(&mut out, "reseller", command.reseller, json!(true));
    add(&mut out, "open", command.open, json!(true));
    add(&mut out, "element", command.element.is_some(), json!(command.element));
    add(&mut out, "namespace", command.namespace.is_some(), json!(command.namespace));
    add(&mut out, "since", command.since.is_some(), json!(command.since));
    add(&mut out, "sessionless", api.soap.is_some() && !command.session, json!(true));
    let errata: Vec<Value> = api.errata.iter().filter(|erratum| concerns(erratum, command)).map(of_erratum).collect();
    add(&mut out, "errata", !errata.is_empty(), json!(errata));
    add(&mut out, "uncovered", !command.uncovered.is_empty(), json!(command.uncovered));
    out
}

fn add(object: &mut Value, key: &str, is_set: bool, value: Value) {
    if is_set {
        object[key] = value;
    }
}

fn sources(sources: &[Source]) -> Vec<String> {
    sources.iter().map(|source| format!("{}:{}", source.document, source.place)).collect()
}

fn concerns(erratum: &Erratum, command: &Command) -> bool {
    let target = erratum.target.strip_prefix("commands.").and_then(|target| target.strip_prefix(command.name.as_str()));
    target.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn of_erratum(erratum: &Erratum) -> Value {
    let says: Vec<Value> = erratum.says.iter().map(|(text, at)| json!({ "text": text, "at": sources(at) })).collect();
    json!({
        "id": erratum.id,
        "target": erratum.target,
        "says": says,
        "follows": erratum.follows,
        "evidence": sources(&erratum.evidence),
        "why": erratum.why,
    })
}

/// Where a param stands among the others: in a group, or with a choice.
#[derive(Default, Clone)]
struct Place {
    /// The field that holds the group or choice.
    group: Option<String>,
    /// The indices of the group.
    indexed: Option<(u32, u32)>,
    /// The param that decides over it, and the value that it goes with.
    when: Option<(String, String)>,
    /// What must be so for it to be required, in words; nothing where it is required always.
    condition: Option<String>,
}

/// Adds a param; a group or a choice as the params that are sent for it.
fn flatten(api: &Api, param: &Param, siblings: &[Param], place: &Place, out: &mut Vec<Value>) {
    let indexed = match param.list {
        Some(ListStyle::Indexed { from, to }) => Some((from, to)),
        _ => place.indexed,
    };
    let declared = match &param.kind {
        ParamKind::Scalar(_) | ParamKind::Enum(_) | ParamKind::Record(_) => {
            return out.push(of_param(api, param, siblings, place, indexed));
        }
        ParamKind::Group(name) | ParamKind::Choice(name) => api.types.get(name),
    };
    let inner = Place { group: Some(param.name.clone()), indexed, ..place.clone() };
    match declared.map(|declared| &declared.kind) {
        Some(TypeKind::Group(params)) => {
            let condition = match param.required {
                Required::Yes => place.condition.clone(),
                _ => Some(format!("an item of {} is given", param.name)),
            };
            let inner = Place { condition, ..inner };
            params.iter().for_each(|field| flatten(api, field, params, &inner, out));
        }
        Some(TypeKind::Choice { tag, variants }) => {
            out.push(tag_param(param, tag, variants, place, indexed));
            for variant in variants {
                let (when, condition) = ((tag.clone(), variant.value.clone()), format!("{tag} is {}", variant.value));
                let inner = Place { when: Some(when), condition: Some(condition), ..inner.clone() };
                variant.params.iter().for_each(|field| flatten(api, field, &variant.params, &inner, out));
            }
        }
        _ => {}
    }
}

/// The param that decides in a choice.
fn tag_param(param: &Param, tag: &str, variants: &[Variant], place: &Place, indexed: Option<(u32, u32)>) -> Value {
    let values: Vec<&str> = variants.iter().map(|variant| variant.value.as_str()).collect();
    let docs: Vec<&str> = variants.iter().map(|variant| variant.doc.as_str()).collect();
    let mut out = json!({
        "wire": tag,
        "name": param.name,
        "type": "choice",
        "required": required(param, place),
        "indexed": indexed.map(|(from, to)| [from, to]),
        "separator": null,
        "max": null,
        "values": values,
        "doc": param.doc,
        "value_docs": docs,
    });
    add(&mut out, "group", place.group.is_some(), json!(place.group));
    out
}

fn of_param(api: &Api, param: &Param, siblings: &[Param], place: &Place, indexed: Option<(u32, u32)>) -> Value {
    let (kind, enumerated) = match &param.kind {
        ParamKind::Scalar(scalar) => (word(words::PARAM_SCALARS, *scalar), None),
        ParamKind::Enum(name) | ParamKind::Record(name) | ParamKind::Group(name) | ParamKind::Choice(name) => {
            (name.as_str(), api.types.get(name))
        }
    };
    let values = match enumerated.map(|declared| &declared.kind) {
        Some(TypeKind::Enum(values)) => values.iter().map(|value| value.wire.as_str()).collect(),
        _ => param.values.iter().map(String::as_str).collect::<Vec<_>>(),
    };
    let (separator, max) = match &param.list {
        Some(ListStyle::Separated { separator, max }) => (Some(separator), *max),
        _ => (None, indexed.map(|(from, to)| to - from + 1)),
    };
    let mut out = json!({
        "wire": param.wire,
        "name": param.name,
        "type": kind,
        "required": required(param, place),
        "indexed": indexed.map(|(from, to)| [from, to]),
        "separator": separator,
        "max": max,
        "values": values,
        "doc": param.doc,
    });
    let is_enum = matches!(param.kind, ParamKind::Enum(_));
    add(&mut out, "open", param.open || is_enum, json!(true));
    add(&mut out, "many", param.list == Some(ListStyle::Repeated), json!(true));
    add(&mut out, "since", param.since.is_some(), json!(param.since));
    add(&mut out, "range", param.range.is_some(), json!(param.range.map(|(min, max)| [min, max])));
    if let Some((strftime, pattern)) = &param.date {
        out["date"] = json!(pattern);
        out["strftime"] = json!(strftime);
    }
    let is_flag = param.kind == ParamKind::Scalar(ParamScalar::Flag);
    add(&mut out, "as", is_flag, json!(docs::flag(param.flag)));
    add(&mut out, "secret", param.secret, json!(true));
    add(&mut out, "newer", param.newer, json!(true));
    add(&mut out, "example", param.example.is_some(), json!(param.example));
    if let Required::When { param: other, is, sent, .. } = &param.required
        && let Some(other) = siblings.iter().find(|sibling| sibling.name == *other)
    {
        let other = first_wire(api, other);
        out["required_when"] = match sent {
            Some(sent) => json!({ "param": other, "sent": sent }),
            None => json!({ "param": other, "is": is }),
        };
    }
    add(&mut out, "group", place.group.is_some(), json!(place.group));
    if let Some((tag, value)) = &place.when {
        out["when"] = json!({ "param": tag, "is": [value] });
    }
    add(&mut out, "sources", !param.sources.is_empty(), json!(sources(&param.sources)));
    out
}

/// `true`, `false`, or the condition in words.
fn required(param: &Param, place: &Place) -> Value {
    match (&param.required, &place.condition) {
        (Required::No, _) => json!(false),
        (Required::When { text, .. }, _) => json!(text),
        (Required::Yes, Some(condition)) => json!(condition),
        (Required::Yes, None) => json!(true),
    }
}

/// The spec's word for a meaning.
fn word<T: PartialEq>(words: &[(&'static str, T)], meaning: T) -> &'static str {
    words.iter().find(|(_, known)| *known == meaning).map_or("", |(word, _)| word)
}

/// Every name that the decoder knows in a command's reply, in any format.
fn reply_tags(api: &Api, command: &Command) -> BTreeSet<String> {
    let reply = &command.reply;
    let mut tags = BTreeSet::new();
    if api.soap.is_none() {
        tags.insert(default_root(command));
    }
    // SOAP is XML, whatever would follow for another format.
    let json = Some(&reply.json).filter(|_| api.soap.is_none());
    for Envelope { root, header, content, code, status, .. } in [&reply.xml].into_iter().chain(json) {
        tags.extend([root, header, code, status].into_iter().cloned());
        if !reply.fields.is_empty() {
            tags.insert(content.clone());
        }
    }
    tags.extend(reply.root_aliases.iter().cloned());
    let rules = &api.envelope;
    tags.extend([&rules.code_names, &rules.status_names, &rules.error_names].into_iter().flatten().cloned());
    tags.insert(rules.generic.clone());
    let mut seen = BTreeSet::new();
    field_tags(api, &reply.fields, reply.csv.is_some(), &mut seen, &mut tags);
    tags.remove("");
    tags
}

fn field_tags<'a>(
    api: &'a Api,
    fields: &'a [Field],
    csv: bool,
    seen: &mut BTreeSet<&'a str>,
    tags: &mut BTreeSet<String>,
) {
    for field in fields {
        let paths = [&field.xml, &field.json].into_iter().flatten();
        tags.extend(paths.flat_map(|Path { names, .. }| names.iter().cloned()));
        tags.extend(field.csv.iter().filter(|_| csv).chain(&field.aliases).cloned());
        if let FieldKind::Record(name) = &field.kind
            && seen.insert(name)
            && let Some(TypeKind::Record(fields)) = api.types.get(name).map(|declared| &declared.kind)
        {
            field_tags(api, fields, csv, seen, tags);
        }
    }
}
