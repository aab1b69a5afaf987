//! TOML as a tree with places, in the order of the file. Knows nothing of the spec language.

use std::fmt;
use toml::de::{DeTable, DeValue};

/// A value and where it begins.
#[derive(Debug, Clone)]
pub struct Node {
    /// Byte offset in the file.
    pub at: usize,
    /// The value.
    pub value: Value,
}

/// A TOML value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer.
    Int(i64),
    /// A boolean.
    Bool(bool),
    /// An array.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<Entry>),
    /// What no spec has: a float, a date, an integer beyond 64 bits.
    Other(&'static str),
}

/// A key of a table with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Byte offset of the key.
    pub at: usize,
    /// The value.
    pub node: Node,
    /// Whether the file says so, and not a default.
    pub written: bool,
}

/// A mistake in the notation: byte offset and message.
pub type SyntaxError = (usize, String);

/// Reads `text` as far as it can be read.
pub fn parse(text: &str) -> (Node, Vec<SyntaxError>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let errors =
        errors.iter().map(|error| (error.span().map_or(0, |span| span.start), error.message().to_owned())).collect();
    (Node { at: 0, value: table(root.get_ref()) }, errors)
}

fn table(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            at: key.span().start,
            node: Node { at: value.span().start, value: value_of(value.get_ref()) },
            written: true,
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    Value::Table(entries)
}

fn value_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix())
            .map_or(Value::Other("a number beyond 64 bits"), Value::Int),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Array(items) => Value::List(
            items.iter().map(|item| Node { at: item.span().start, value: value_of(item.get_ref()) }).collect(),
        ),
        DeValue::Table(entries) => table(entries),
        DeValue::Float(_) => Value::Other("a number with a fraction"),
        DeValue::Datetime(_) => Value::Other("a date"),
    }
}

impl Node {
    /// The entries of a table; none for any other value.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for any other value.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value with this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Whether the file, and not a default, says what this key holds.
    pub fn says(&self, key: &str) -> bool {
        self.entry(key).is_some_and(|entry| entry.written)
    }

    /// The string that this is.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The integer that this is.
    pub fn as_int(&self) -> Option<i64> {
        match self.value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }

    /// Whether this is `false`, which says "not there" where a name could stand.
    pub fn is_false(&self) -> bool {
        matches!(self.value, Value::Bool(false))
    }

    /// The strings of the list that this is.
    pub fn as_texts(&self) -> Vec<String> {
        self.items().iter().filter_map(|item| item.as_text().map(str::to_owned)).collect()
    }

    /// The string under `key`.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text().map(str::to_owned)
    }

    /// The string under `key`, or an empty one.
    pub fn text_or_empty(&self, key: &str) -> String {
        self.text(key).unwrap_or_default()
    }

    /// Whether `key` is `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| matches!(node.value, Value::Bool(true)))
    }

    /// The strings of the list under `key`.
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.get(key).map(Node::as_texts).unwrap_or_default()
    }

    /// The integer under `key`.
    pub fn int(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_int()
    }

    /// The entries of the table under `key`.
    pub fn table(&self, key: &str) -> &[Entry] {
        self.get(key).map_or(&[], Node::entries)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if text.trim().is_empty() => f.write_str("an empty text"),
            Self::Text(text) => write!(f, "the text `{text}`"),
            Self::Int(number) => write!(f, "the number {number}"),
            Self::Bool(flag) => write!(f, "`{flag}`"),
            Self::List(items) => write!(f, "a list of {}", items.len()),
            Self::Table(_) => f.write_str("a table"),
            Self::Other(what) => f.write_str(what),
        }
    }
}
