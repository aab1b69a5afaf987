//! Puts the defaults of the language table into the trees, so that readers and errata find a value everywhere.

use super::files::{Files, Kind};
use super::language::{self, Default, Others, Table, Ty};
use super::tree::{Entry, Node, Value};
use heck::ToUpperCamelCase as _;

/// Where the table at hand stands.
#[derive(Clone, Copy, std::default::Default)]
struct Context<'a> {
    /// What SOAP makes of some defaults.
    soap: Option<&'a Soap>,
    /// The command, in a file of commands.
    command: &'a str,
    /// The nearest key that the author chose.
    name: &'a str,
}

/// What follows for replies from an API's speaking SOAP.
struct Soap {
    /// The element of a reply, with `{command}`.
    response: String,
    /// The names of the code and of the status, where answers have them.
    code: Option<String>,
    status: Option<String>,
}

impl Soap {
    fn of(files: &Files) -> Option<Self> {
        let api = files.of(Kind::Api).find(|_| files.speaks_soap())?;
        let first = |key: &str| api.root.get("envelope")?.texts(key).into_iter().next();
        let response = api.root.get("soap").and_then(|soap| soap.text("response"));
        Some(Self {
            response: response.unwrap_or_else(|| "{command}Response".to_owned()),
            code: first("code_names"),
            status: first("status_names"),
        })
    }
}

/// Fills in the defaults of every file. What is of the wrong sort stays as it is.
pub fn fill(files: &mut Files) {
    let soap = Soap::of(files);
    for file in &mut files.list {
        let context = Context { soap: soap.as_ref(), ..Context::default() };
        table(&mut file.root, language::of_file(file.kind), context);
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
    value(&mut entry.node, &others.ty, Context { command, name: &entry.key, ..context });
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
        Default::PascalName if context.soap.is_some() => Some(Value::Text(context.name.to_owned())),
        Default::PascalName => Some(Value::Text(context.name.to_upper_camel_case())),
        Default::Same(key) => other(key).map(|text| Value::Text(text.to_owned())),
        Default::LastOf(key) => other(key).map(|path| Value::Text(path.rsplit('/').next().unwrap_or(path).to_owned())),
        Default::True => Some(Value::Bool(true)),
        Default::SoapFormats => {
            context.soap.map(|_| Value::List(vec![Node { at: 0, value: Value::Text("xml".to_owned()) }]))
        }
        Default::Root => Some(Value::Text(match context.soap {
            Some(soap) => soap.response.replace("{command}", context.command),
            None => format!("{}Response", context.command.to_upper_camel_case()),
        })),
        Default::Level(end) => Some(Value::Text(match context.soap {
            Some(_) => String::new(),
            None => format!("{}{end}", context.command.to_upper_camel_case()),
        })),
        Default::Head(name) => {
            let Some(soap) = context.soap else { return Some(Value::Text(name.to_owned())) };
            let own = if name == "Status" { &soap.status } else { &soap.code };
            Some(own.clone().map_or(Value::Bool(false), Value::Text))
        }
    }
}
