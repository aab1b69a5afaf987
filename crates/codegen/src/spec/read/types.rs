//! Reads the declared types.

use super::{Kinds, Reader, fields, params};
use crate::model::{Api, EnumValue, Type, TypeKind, Variant};
use crate::spec::files::{Files, Kind, Place};
use crate::spec::tree::Node;
use crate::spec::words::{self, KINDS, TypeWord};

/// What each declared name stands for.
pub fn kinds(files: &Files) -> Kinds {
    files
        .of(Kind::Types)
        .flat_map(|file| file.root.entries())
        .filter(|entry| entry.key != "each")
        .map(|entry| (entry.key.clone(), kind(&entry.node)))
        .collect()
}

fn kind(node: &Node) -> Option<TypeWord> {
    match node.text("kind") {
        Some(word) => words::meaning(KINDS, &word),
        None => Some(TypeWord::Record),
    }
}

/// Reads a file of types.
pub fn read(reader: &mut Reader<'_>, api: &mut Api) {
    let file = reader.file;
    for entry in file.root.entries().iter().filter(|entry| entry.key != "each") {
        if let Some(other) = api.types.get(&entry.key) {
            let message = format!("type `{}` is declared in {} too; rename one of them", entry.key, other.file);
            reader.problems.push(Place { file, at: entry.at }.problem(message));
            continue;
        }
        let kind = type_kind(reader, &entry.node);
        let sources = reader.sources(&entry.node, "sources");
        api.types.insert(
            entry.key.clone(),
            Type {
                name: entry.key.clone(),
                doc: entry.node.text_or_empty("doc"),
                file: file.name.clone(),
                sources,
                kind,
            },
        );
    }
}

fn type_kind(reader: &mut Reader<'_>, node: &Node) -> TypeKind {
    match kind(node).unwrap_or(TypeWord::Record) {
        TypeWord::Record => TypeKind::Record(fields::of_record(reader, node)),
        TypeWord::Group => TypeKind::Group(params::read(reader, node.table("fields"))),
        TypeWord::Enum => TypeKind::Enum(
            node.table("values")
                .iter()
                .map(|entry| EnumValue {
                    name: entry.key.clone(),
                    wire: entry.node.text_or_empty("wire"),
                    aliases: entry.node.texts("aliases"),
                    doc: entry.node.text_or_empty("doc"),
                })
                .collect(),
        ),
        TypeWord::Choice => TypeKind::Choice {
            tag: node.text_or_empty("tag"),
            variants: node
                .table("variants")
                .iter()
                .map(|entry| Variant {
                    name: entry.key.clone(),
                    value: entry.node.text_or_empty("value"),
                    doc: entry.node.text_or_empty("doc"),
                    params: params::read(reader, entry.node.table("params")),
                })
                .collect(),
        },
    }
}
