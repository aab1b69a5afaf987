//! Puts the defaults of the language table into the trees, so that readers and errata find a value everywhere.

use super::files::Files;
use super::language::{self, Default, Others, Table, Ty};
use super::tree::{Entry, Node, Value};
use heck::ToUpperCamelCase as _;

/// Where the table at hand stands.
#[derive(Clone, Copy, std::default::Default)]
struct Context<'a> {
    /// The command, in a file of commands.
    command: &'a str,
    /// The nearest key that the author chose.
    name: &'a str,
}

/// Fills in the defaults of every file. What is of the wrong sort stays as it is.
pub fn fill(files: &mut Files) {
    for file in &mut files.list {
        table(&mut file.root, language::of_file(file.kind), Context::default());
    }
}

fn table(node: &mut Node, table: &Table, context: Context<'_>) {
    let at = node.at;
    let Value::Table(entries) = &mut node.value else { return };
    for key in table.keys {
        if entries.iter().any(|entry| entry.key == key.name) {
            continue;
        }
        if let Some(value) = default(key.default, entries, context) {
            let node = Node { at, value };
            entries.push(Entry { key: key.name.to_owned(), at, node, written: false });
        }
    }
    for entry in entries {
        match (table.key(&entry.key), table.others) {
            (Some(key), _) => value(&mut entry.node, &key.ty, context),
            (None, Some(others)) => other(entry, others, context),
            (None, None) => {}
        }
    }
}

fn other(entry: &mut Entry, others: &Others, context: Context<'_>) {
    let command = if context.command.is_empty() { &entry.key } else { context.command };
    value(&mut entry.node, &others.ty, Context { command, name: &entry.key });
}

fn value(node: &mut Node, ty: &Ty, context: Context<'_>) {
    match ty {
        Ty::Table(inner) => table(node, inner, context),
        Ty::Map(others) => {
            if let Value::Table(entries) = &mut node.value {
                entries.iter_mut().for_each(|entry| other(entry, others, context));
            }
        }
        Ty::Kinds(kinds) => {
            let word = node.text("kind");
            let kind = kinds.iter().find(|(name, _)| word.as_deref() == Some(name)).or(kinds.first());
            if let Some((_, inner)) = kind {
                table(node, inner, context);
            }
        }
        Ty::List(ty, _) => {
            if let Value::List(items) = &mut node.value {
                items.iter_mut().for_each(|item| value(item, ty, context));
            }
        }
        Ty::Either(types) => {
            if let Some(ty) = types.iter().find(|ty| ty.takes(node)) {
                value(node, ty, context);
            }
        }
        _ => {}
    }
}

fn default(default: Default, entries: &[Entry], context: Context<'_>) -> Option<Value> {
    let other = |key| entries.iter().find(|entry| entry.key == key).and_then(|entry| entry.node.as_text());
    match default {
        Default::None => None,
        Default::Text(text) => Some(Value::Text(text.to_owned())),
        Default::False => Some(Value::Bool(false)),
        Default::Table => Some(Value::Table(Vec::new())),
        Default::Name => Some(Value::Text(context.name.to_owned())),
        Default::PascalName => Some(Value::Text(context.name.to_upper_camel_case())),
        Default::Same(key) => other(key).map(|text| Value::Text(text.to_owned())),
        Default::LastOf(key) => other(key).map(|path| Value::Text(path.rsplit('/').next().unwrap_or(path).to_owned())),
        Default::Stem(end) => Some(Value::Text(format!("{}{end}", context.command.to_upper_camel_case()))),
    }
}
