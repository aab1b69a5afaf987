//! Descriptions of objects and events: the commands and types that each stands for, by the patterns of the API.
//!
//! A pattern is a file of commands or of types whose placeholders a description fills; what is wrong with what comes of it is
//! reported where the description names the object, and what is wrong with an attribute where that stands.

pub mod base;
mod check;

pub use check::check;

use super::patterns::{self, Row};
use super::tree::{Entry, Node, Value};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// The namespace of a published API, without its name.
const NAMESPACE: &str = "http://ecosys.net/api/";

/// What is said of the figures that an answer may have.
const PERFORMANCE: &str = "Figures of how the server did; only where the options ask for meta data, and described by the API's own schema alone.";

/// Whether a file describes an object or an event.
pub fn is_description(root: &Node) -> bool {
    of(root).is_some()
}

/// What a description is of: the key, and the name's entry.
fn of(root: &Node) -> Option<(&'static str, &Entry)> {
    ["object", "event"].into_iter().find_map(|key| Some((key, root.entry(key)?)))
}

/// The files that a description stands for, by the name of the pattern: `object.commands` and the like.
pub fn expand(description: &Node, pattern: impl Fn(&str) -> Option<Node>) -> Option<[Node; 2]> {
    let (key, name) = of(description)?;
    let row = row(description, name.node.as_text()?);
    let filled = |kind: &str| {
        let mut root = pattern(&format!("{key}.{kind}"))?;
        place(&mut root, name.at);
        patterns::node(&root, &row)
    };
    Some([filled("commands")?, filled("types")?])
}

/// What stands in place of a pattern's placeholders.
fn row(description: &Node, name: &str) -> Row {
    let rust = rust_name(description, name);
    let attributes = fields(description, "attributes", "key", |_| true);
    let keys = fields(description, "attributes", "key", |attribute| attribute.flag("key"));
    let parameters = fields(description, "parameters", "required", |_| true);
    let needed = description.table("parameters").iter().any(|parameter| parameter.node.flag("required"));
    let mut texts = vec![
        ("N", format!("{NAMESPACE}{}", description.text("api").unwrap_or_else(|| name.to_owned()))),
        ("X", name.to_owned()),
        ("doc", description.text_or_empty("doc")),
        ("performance", PERFORMANCE.to_owned()),
        ("t", rust.to_snake_case()),
    ];
    for (placeholder, list) in [("Key", &keys), ("Parameters", &parameters)] {
        if !list.is_empty() {
            texts.push((placeholder, format!("{rust}{placeholder}")));
        }
    }
    texts.push(("T", rust));
    let table = |entries| Node { at: description.at, value: Value::Table(entries) };
    let nodes = [
        ("attributes", table(attributes)),
        ("keys", table(keys)),
        ("parameters", table(parameters)),
        ("required", Node { at: description.at, value: Value::Bool(needed) }),
    ];
    let named = |(name, value): (&str, String)| (name.to_owned(), value);
    Row {
        texts: texts.into_iter().map(named).collect(),
        nodes: nodes.into_iter().map(|(name, node)| (name.to_owned(), node)).collect(),
    }
}

/// The name in Rust: the object's own where that is one.
fn rust_name(description: &Node, name: &str) -> String {
    let is_rust = name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains(['_', '-', '.']);
    let own = || if is_rust { name.to_owned() } else { name.to_upper_camel_case() };
    description.text("rust").unwrap_or_else(own)
}

/// Attributes or parameters as fields of a record; those that say `needed` must be given.
fn fields(description: &Node, table: &str, needed: &str, takes: impl Fn(&Node) -> bool) -> Vec<Entry> {
    let taken = description.table(table).iter().filter(|entry| takes(&entry.node));
    taken.map(|entry| Entry { node: field(&entry.node, entry.node.flag(needed)), ..entry.clone() }).collect()
}

fn field(from: &Node, needed: bool) -> Node {
    let is_flag = from.text("type").as_deref() == Some("flag");
    let kept = |entry: &&Entry| matches!(entry.key.as_str(), "type" | "wire" | "doc") || entry.key == "as" && is_flag;
    let mut entries: Vec<Entry> = from.entries().iter().filter(kept).cloned().collect();
    let mut add = |key: &str, value| {
        let node = Node { at: from.at, value };
        entries.push(Entry { key: key.to_owned(), at: from.at, node, written: true });
    };
    if is_flag && from.get("as").is_none() {
        add("as", Value::Text("true/false".to_owned()));
    }
    if !needed {
        add("optional", Value::Bool(true));
    }
    Node { at: from.at, value: Value::Table(entries) }
}

/// Says of all of a pattern that it stands at one place.
fn place(node: &mut Node, at: usize) {
    node.at = at;
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| place(item, at)),
        Value::Table(entries) => {
            for entry in entries {
                entry.at = at;
                place(&mut entry.node, at);
            }
        }
        _ => {}
    }
}
