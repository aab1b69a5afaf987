//! Reads params: of commands, of groups and of a choice's variants.

use super::Reader;
use crate::model::{FlagStyle, ListStyle, Param, ParamKind, ParamScalar, Required};
use crate::spec::tree::{Entry, Node, Value};
use crate::spec::words::{self, FIELD_SCALARS, PARAM_FLAGS, PARAM_SCALARS, TypeWord};

/// Reads a table of params.
pub fn read(reader: &mut Reader<'_>, entries: &[Entry]) -> Vec<Param> {
    entries.iter().map(|entry| param(reader, entry)).collect()
}

fn param(reader: &mut Reader<'_>, entry: &Entry) -> Param {
    let node = &entry.node;
    let kind = node.get("type").map_or(ParamKind::Scalar(ParamScalar::Text), |node| kind(reader, node));
    let wire = match kind {
        ParamKind::Group(_) | ParamKind::Choice(_) => String::new(),
        _ => node.text_or_empty("wire"),
    };
    let secret = node.flag("secret") || kind == ParamKind::Scalar(ParamScalar::Secret);
    let is_map = kind == ParamKind::Scalar(ParamScalar::Map);
    Param {
        name: entry.key.clone(),
        wire,
        kind,
        required: node.get("required").map_or(Required::No, required),
        list: if is_map { Some(ListStyle::Repeated) } else { list(node) },
        values: node.texts("values"),
        open: node.flag("open"),
        range: node.get("range").and_then(pair),
        date: node.text("date").and_then(|pattern| Some((words::strftime(&pattern)?, pattern))),
        flag: node.text("as").and_then(|word| words::meaning(PARAM_FLAGS, &word)).unwrap_or(FlagStyle::YesNo),
        secret,
        newer: node.flag("newer"),
        since: node.text("since"),
        example: node.text("example"),
        doc: node.text_or_empty("doc"),
        sources: reader.sources(node, "sources"),
    }
}

fn kind(reader: &mut Reader<'_>, node: &Node) -> ParamKind {
    let placeholder = ParamKind::Scalar(ParamScalar::Text);
    let Some(word) = node.as_text() else { return placeholder };
    if let Some(scalar) = words::meaning(PARAM_SCALARS, word) {
        return ParamKind::Scalar(scalar);
    }
    match reader.kinds.get(word) {
        Some(Some(TypeWord::Enum)) => ParamKind::Enum(word.to_owned()),
        Some(Some(TypeWord::Group)) => ParamKind::Group(word.to_owned()),
        Some(Some(TypeWord::Choice)) => ParamKind::Choice(word.to_owned()),
        Some(Some(TypeWord::Record)) if reader.soap => ParamKind::Record(word.to_owned()),
        Some(Some(TypeWord::Record)) => {
            let message = format!(
                "`{word}` is a record, which only a reply can hold; a param is a scalar, an enum, a group or a choice"
            );
            reader.report(node.at, message);
            placeholder
        }
        Some(None) => placeholder,
        None => {
            reader.unknown_type(
                node,
                &words::names(PARAM_SCALARS),
                &words::names(FIELD_SCALARS),
                "enums, groups and choices",
            );
            placeholder
        }
    }
}

fn required(node: &Node) -> Required {
    match &node.value {
        Value::Bool(true) => Required::Yes,
        Value::Table(_) => Required::When {
            param: node.text_or_empty("param"),
            is: node.texts("is"),
            sent: node.get("sent").map(|_| node.flag("sent")),
            text: node.text_or_empty("text"),
        },
        _ => Required::No,
    }
}

fn list(node: &Node) -> Option<ListStyle> {
    let size = |number: i64| u32::try_from(number).unwrap_or_default();
    if let Some((from, to)) = node.get("indexed").and_then(pair) {
        return Some(ListStyle::Indexed { from: size(from), to: size(to) });
    }
    if node.flag("many") {
        return Some(ListStyle::Repeated);
    }
    let separator = node.text("separator")?;
    Some(ListStyle::Separated { separator, max: node.int("max").map(size) })
}

fn pair(node: &Node) -> Option<(i64, i64)> {
    match node.items() {
        [from, to] => Some((from.as_int()?, to.as_int()?)),
        _ => None,
    }
}
