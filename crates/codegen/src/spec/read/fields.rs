//! Reads the fields of replies and records, and turns their paths into names.

use super::Reader;
use crate::model::{Envelope, Field, FieldKind, FieldScalar, FlagStyle, Format, JsonAs, Path};
use crate::spec::tree::{Entry, Node, Value};
use crate::spec::words::{self, FIELD_FLAGS, FIELD_SCALARS, JSON_AS, PARAM_SCALARS, TypeWord};

/// What an entry of a map is called.
const ITEM: &str = "item";

/// Where relative paths begin, in XML and in JSON; empty for the place itself.
struct Base<'a> {
    xml: &'a str,
    json: &'a str,
}

/// Reads the fields of a record: their paths are relative to it.
pub fn of_record(reader: &mut Reader<'_>, node: &Node) -> Vec<Field> {
    let base = Base { xml: "", json: "" };
    node.table("fields").iter().map(|entry| field(reader, entry, &base)).collect()
}

/// Reads the fields of a reply: their paths become relative to the root.
pub fn of_reply(reader: &mut Reader<'_>, node: &Node, xml: &Envelope, json: &Envelope) -> Vec<Field> {
    let base = Base { xml: &xml.content, json: &json.content };
    node.table("fields").iter().map(|entry| field(reader, entry, &base)).collect()
}

fn field(reader: &mut Reader<'_>, entry: &Entry, base: &Base<'_>) -> Field {
    let node = &entry.node;
    let (none, none_as) = node.get("none").map(none).unwrap_or_default();
    let kind = node.get("type").map_or(FieldKind::Scalar(FieldScalar::Text), |node| kind(reader, node));
    let is_map = kind == FieldKind::Scalar(FieldScalar::Map);
    let path = |format: &str, content: &str| {
        let mut path = names(&node.text(format)?, content);
        if is_map {
            path.names.push(ITEM.to_owned());
        }
        Some(path)
    };
    Field {
        name: entry.key.clone(),
        kind,
        many: node.flag("many") || is_map,
        xml: path("xml", base.xml),
        json: path("json", base.json),
        csv: node.text("csv"),
        aliases: node.texts("aliases"),
        numbered: node.flag("numbered"),
        in_string: node.flag("in_string"),
        json_repeat: node.flag("json_repeat"),
        skip_empty: node.flag("skip_empty"),
        ignore: node.texts("ignore"),
        none,
        none_as,
        json_as: node.text("json_as").and_then(|word| words::meaning(JSON_AS, &word)).unwrap_or(JsonAs::String),
        flag: node.get("as").map_or([FlagStyle::YesNo; 3], flags),
        optional: node.flag("optional"),
        part: node.flag("part"),
        since: node.text("since"),
        doc: node.text_or_empty("doc"),
    }
}

fn kind(reader: &mut Reader<'_>, node: &Node) -> FieldKind {
    let placeholder = FieldKind::Scalar(FieldScalar::Text);
    let Some(word) = node.as_text() else { return placeholder };
    if let Some(scalar) = words::meaning(FIELD_SCALARS, word) {
        return FieldKind::Scalar(scalar);
    }
    match reader.kinds.get(word) {
        Some(Some(TypeWord::Enum)) => FieldKind::Enum(word.to_owned()),
        Some(Some(TypeWord::Record)) => FieldKind::Record(word.to_owned()),
        Some(Some(TypeWord::Group | TypeWord::Choice)) => {
            let message = format!(
                "`{word}` is made of params, which only a request can hold; a field is a scalar, an enum or a record"
            );
            reader.report(node.at, message);
            placeholder
        }
        Some(None) => placeholder,
        None => {
            reader.unknown_type(node, &words::names(FIELD_SCALARS), &words::names(PARAM_SCALARS), "enums and records");
            placeholder
        }
    }
}

fn names(path: &str, content: &str) -> Path {
    let (prefix, path) = match path.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (content, path),
    };
    let mut names: Vec<String> = Vec::new();
    let mut array = None;
    for name in prefix.split('/').chain(path.split('/')).filter(|name| !name.is_empty()) {
        let plain = name.strip_suffix("[]");
        if plain.is_some() {
            array = Some(names.len());
        }
        names.push(plain.unwrap_or(name).to_owned());
    }
    Path { names, array }
}

/// The texts for absent, and the one that each format writes.
fn none(node: &Node) -> (Vec<String>, [String; 3]) {
    if let Value::List(_) = node.value {
        let texts = node.as_texts();
        let written = texts.first().cloned().unwrap_or_default();
        return (texts, [written.clone(), written.clone(), written]);
    }
    let mut texts: Vec<String> = Vec::new();
    let written = Format::ALL.map(|format| {
        let own = node.texts(format.name());
        let written = own.first().cloned().unwrap_or_default();
        for text in own {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        written
    });
    (texts, written)
}

fn flags(node: &Node) -> [FlagStyle; 3] {
    let style = |node: &Node| node.as_text().and_then(|word| words::meaning(FIELD_FLAGS, word));
    match style(node) {
        Some(style) => [style; 3],
        None => Format::ALL.map(|format| node.get(format.name()).and_then(style).unwrap_or(FlagStyle::YesNo)),
    }
}
