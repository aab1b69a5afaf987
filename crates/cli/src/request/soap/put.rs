//! The params of a request in SOAP, put in the order of the schema, with the types that an encoded request tells.

use super::given::Given;
use super::level::{Held, Level, Slot, is_numbered};
use super::path::{Segment, join};
use crate::catalog::{Catalog, Command, Param};
use bindwire_wire::{ApiInfo, MapEntry, Query, Text};

/// The query of everything that is given.
pub fn query(api: &ApiInfo, catalog: &Catalog, command: &Command, given: &Given<'_>) -> Query {
    let mut query = Query::begin(api, &command.name);
    level(&mut query, catalog, &given.params);
    for (path, value) in &given.extra {
        above(&mut query, catalog, &command.params, path);
        query.put_at(path, value, false, "string");
    }
    query
}

fn level(query: &mut Query, catalog: &Catalog, level: &Level<'_>) {
    let is_record = !level.path.is_empty();
    for (place, param) in level.schema.iter().enumerate() {
        match level.slots.get(&place).filter(|slot| !slot.is_empty()) {
            Some(slot) => put(query, catalog, level, param, slot),
            // It keeps its place among the arguments.
            None if !is_record => query.opt(&param.wire, &None::<Text>),
            None => {}
        }
    }
}

fn put(query: &mut Query, catalog: &Catalog, around: &Level<'_>, param: &Param, slot: &Slot<'_>) {
    let is_record = !around.path.is_empty();
    if is_numbered(param) {
        let kind = if catalog.record(&param.kind).is_some() { &param.kind } else { xsd(param, is_record) };
        query.put_list_at(&around.path_of(param), kind.to_owned());
    }
    for (index, held) in slot {
        let path = around.item_of(param, *index);
        match held {
            Held::Value(text, _) => query.put_at(&path, text, param.is_secret(), xsd(param, is_record)),
            Held::Record(below) => {
                query.put_record_at(&path, param.kind.clone());
                level(query, catalog, below);
            }
            Held::Map(entries) => map(query, &path, entries),
        }
    }
}

fn map(query: &mut Query, path: &str, entries: &[(String, String)]) {
    query.put_list_at(path, MapEntry::SHAPE.name);
    for (index, (key, value)) in entries.iter().enumerate() {
        let item = format!("{path}[{index}]");
        query.put_record_at(&item, MapEntry::SHAPE.name);
        query.put_at(&format!("{item}/key"), key, false, "string");
        if !value.is_empty() {
            query.put_at(&format!("{item}/value"), value, false, "string");
        }
    }
}

/// Puts what is known of the levels above a param that is not.
fn above(query: &mut Query, catalog: &Catalog, schema: &[Param], path: &str) {
    let mut schema = schema.to_vec();
    let (mut level, mut rest) = (String::new(), path);
    while let Some((segment, Some(below))) = Segment::split(rest) {
        let Some(param) = schema.iter().find(|param| param.wire == segment.name) else { return };
        if catalog.record(&param.kind).is_none() {
            return;
        }
        level = join(&level, segment.name);
        if let Some(index) = segment.index {
            query.put_list_at(&level, param.kind.clone());
            level = format!("{level}[{index}]");
        }
        query.put_record_at(&level, param.kind.clone());
        schema = catalog.params_of(&param.kind);
        rest = below;
    }
}

/// The type of XML Schema of a value. Records tell less of their numbers than params do.
fn xsd(param: &Param, in_record: bool) -> &'static str {
    match param.kind.as_str() {
        "int" => "int",
        "long" if in_record => "int",
        "long" => "long",
        "decimal" => "double",
        "flag" if param.words.as_deref() == Some("1/0") && (in_record || !param.many) => "int",
        _ => "string",
    }
}
