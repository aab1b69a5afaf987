//! `spec/schema.json`: the language table as a JSON Schema, so that editors complete and check the files.

use super::files::Kind;
use super::language::{self, Default, Key, Others, Table, Ty};
use super::names::Rule;
use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) of all files of a spec; `#/$defs/api`, `sources`, `types`, `commands`, `errata` and
/// `object` are the files' own.
pub fn schema() -> Value {
    let files =
        [Kind::Api, Kind::Sources, Kind::Types, Kind::Commands, Kind::Errata, Kind::Objects].map(language::of_file);
    let mut defs = Map::new();
    for table in files {
        define(table, &mut defs);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Spec of a command API",
        "description": "Generated from the language table of bindwire-codegen; see README.md beside this file.",
        "anyOf": files.map(reference),
        "$defs": defs,
    })
}

fn reference(table: &Table) -> Value {
    json!({ "$ref": format!("#/$defs/{}", table.name) })
}

fn define(table: &Table, defs: &mut Map<String, Value>) {
    if defs.contains_key(table.name) {
        return;
    }
    defs.insert(table.name.to_owned(), Value::Null);
    let properties: Map<String, Value> =
        table.keys.iter().map(|key| (key.name.to_owned(), property(key, defs))).collect();
    let required: Vec<&str> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(table.doc));
    schema.insert("type".to_owned(), json!("object"));
    if !properties.is_empty() {
        schema.insert("properties".to_owned(), Value::Object(properties));
    }
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    let others = table.others.map_or(json!(false), |others| value(&others.ty, defs));
    schema.insert("additionalProperties".to_owned(), others);
    if let Some(others) = table.others {
        schema.insert("propertyNames".to_owned(), json!({ "pattern": pattern(others.rule) }));
        schema.insert("minProperties".to_owned(), json!(required.len() + others.least));
    }
    defs.insert(table.name.to_owned(), Value::Object(schema));
}

fn property(key: &Key, defs: &mut Map<String, Value>) -> Value {
    let mut schema = value(&key.ty, defs);
    let Value::Object(entries) = &mut schema else { return schema };
    let mut doc = key.doc.to_owned();
    match key.default {
        Default::None | Default::Table => {}
        Default::Text(text) => {
            entries.insert("default".to_owned(), json!(text));
        }
        Default::False => {
            entries.insert("default".to_owned(), json!(false));
        }
        Default::Name => doc.push_str(" Default: the key."),
        Default::PascalName => doc.push_str(" Default: the key in PascalCase; with SOAP as it is."),
        Default::Same(other) => doc.push_str(&format!(" Default: what `{other}` says.")),
        Default::LastOf(other) => doc.push_str(&format!(" Default: the last name of `{other}`.")),
        Default::True => {
            entries.insert("default".to_owned(), json!(true));
        }
        Default::SoapFormats => doc.push_str(" Default with SOAP: XML."),
        Default::Root => {
            doc.push_str(" Default: the command's name in PascalCase and `Response`; with SOAP what its binding says.");
        }
        Default::Level(end) => {
            doc.push_str(&format!(" Default: the command's name in PascalCase and `{end}`; with SOAP none."));
        }
        Default::Head(name) => doc.push_str(&format!(" Default: `{name}`; with SOAP the envelope's, if it has one.")),
    }
    entries.insert("description".to_owned(), json!(doc));
    schema
}

fn value(ty: &Ty, defs: &mut Map<String, Value>) -> Value {
    match ty {
        Ty::Text => json!({ "type": "string", "minLength": 1 }),
        Ty::AnyText => json!({ "type": "string" }),
        Ty::Sentence => json!({ "type": "string", "pattern": "^[^\\n]+\\.$" }),
        Ty::Bool => json!({ "type": "boolean" }),
        Ty::False => json!({ "const": false }),
        Ty::Int(from, to) => bounded(*from, *to),
        Ty::Pair(from, to) => {
            json!({ "type": "array", "items": bounded(*from, *to), "minItems": 2, "maxItems": 2 })
        }
        Ty::Words(words) => json!({ "enum": words() }),
        Ty::Type(words) => {
            json!({ "anyOf": [{ "enum": words() }, { "type": "string", "pattern": pattern(Rule::Type) }] })
        }
        Ty::Path => json!({ "type": "string", "pattern": "^/?[^/]+(/[^/]+)*$" }),
        Ty::Citation => json!({ "type": "string", "pattern": "^[^:]+:.*\\S" }),
        Ty::List(item, 0) => json!({ "type": "array", "items": value(item, defs) }),
        Ty::List(item, least) => json!({ "type": "array", "items": value(item, defs), "minItems": least }),
        Ty::Table(table) => {
            define(table, defs);
            reference(table)
        }
        Ty::Map(others) => map(others, defs),
        Ty::Kinds(kinds) => kinds_of(kinds, defs),
        Ty::Either(types) => json!({ "anyOf": types.iter().map(|ty| value(ty, defs)).collect::<Vec<_>>() }),
    }
}

fn bounded(from: i64, to: i64) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("integer"));
    if from > i64::MIN {
        schema.insert("minimum".to_owned(), json!(from));
    }
    if to < i64::MAX {
        schema.insert("maximum".to_owned(), json!(to));
    }
    Value::Object(schema)
}

fn map(others: &Others, defs: &mut Map<String, Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("additionalProperties".to_owned(), value(&others.ty, defs));
    schema.insert("propertyNames".to_owned(), json!({ "pattern": pattern(others.rule) }));
    if others.least > 0 {
        schema.insert("minProperties".to_owned(), json!(others.least));
    }
    Value::Object(schema)
}

/// The word under `kind` decides; without it the first table is meant.
fn kinds_of(kinds: &[(&str, &'static Table)], defs: &mut Map<String, Value>) -> Value {
    let mut cases = Vec::new();
    for (index, (word, table)) in kinds.iter().enumerate() {
        define(table, defs);
        let mut condition = json!({ "properties": { "kind": { "const": word } } });
        if index > 0 {
            condition["required"] = json!(["kind"]);
        }
        cases.push(json!({ "if": condition, "then": reference(table) }));
    }
    let words: Vec<&str> = kinds.iter().map(|(word, _)| *word).collect();
    json!({ "type": "object", "properties": { "kind": { "enum": words } }, "allOf": cases })
}

fn pattern(rule: Rule) -> &'static str {
    match rule {
        // Those of a schema come in any convention, and those of a pattern with its placeholders.
        Rule::Type | Rule::Command | Rule::Schema | Rule::Renamed => "^[A-Za-z{][A-Za-z0-9_{}]*$",
        Rule::Any => "^.+$",
        _ => "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
    }
}
