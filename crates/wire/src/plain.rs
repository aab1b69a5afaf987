//! Values in a form that any format of data can show, and their printing as JSON.

use crate::{NodeKind, Record};
use std::fmt;

/// A value without its type: what `bindwire decode` prints and expected values are compared as.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// Absent.
    Null,
    /// A flag.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A text; amounts, dates and times are texts too.
    Text(String),
    /// A list.
    List(Vec<Plain>),
    /// Fields by their Rust names, in the order of the shape.
    Object(Vec<(&'static str, Plain)>),
}

impl Plain {
    /// The plain form of `record`: its fields by their Rust names, absent ones as null.
    pub fn of(record: &dyn Record) -> Self {
        let mut fields: Vec<(&'static str, Plain)> = Vec::new();
        for node in record.shape().nodes {
            if node.field.is_empty() || fields.iter().any(|(name, _)| *name == node.field) {
                continue;
            }
            let value = match node.kind {
                NodeKind::Group { .. } => continue,
                NodeKind::Leaf { id, .. } => record.leaf(id).map_or(Plain::Null, |leaf| leaf.plain()),
                NodeKind::Child { id, many, .. } => match record.child(id) {
                    None => Plain::Null,
                    Some(child) if many => {
                        Plain::List((0..child.len()).filter_map(|index| child.get(index)).map(Plain::of).collect())
                    }
                    Some(child) => child.get(0).map_or(Plain::Null, Plain::of),
                },
            };
            fields.push((node.field, value));
        }
        Plain::Object(fields)
    }

    /// A text, or null when it is empty.
    pub fn text_or_null(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }

    fn print(&self, out: &mut impl fmt::Write, indent: usize) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Int(value) => write!(out, "{value}"),
            Self::Text(text) => print_json_string(text, out),
            Self::List(items) if items.is_empty() => out.write_str("[]"),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    out.write_str(if index == 0 { "[\n" } else { ",\n" })?;
                    write!(out, "{:1$}", "", indent + 2)?;
                    item.print(out, indent + 2)?;
                }
                write!(out, "\n{:1$}]", "", indent)
            }
            Self::Object(fields) if fields.is_empty() => out.write_str("{}"),
            Self::Object(fields) => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    out.write_str(if index == 0 { "{\n" } else { ",\n" })?;
                    write!(out, "{:1$}", "", indent + 2)?;
                    print_json_string(name, out)?;
                    out.write_str(": ")?;
                    value.print(out, indent + 2)?;
                }
                write!(out, "\n{:1$}}}", "", indent)
            }
        }
    }
}

/// Prints indented JSON.
impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, 0)
    }
}

/// Writes `text` as a JSON string, quotes included.
pub(crate) fn print_json_string(text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    out.write_char('"')?;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..0x20 => "",
            _ => continue,
        };
        out.write_str(&text[start..at])?;
        if escape.is_empty() {
            write!(out, "\\u{byte:04x}")?;
        } else {
            out.write_str(escape)?;
        }
        start = at + 1;
    }
    out.write_str(&text[start..])?;
    out.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_a_json_parser_reads() {
        let value = Plain::Object(vec![
            ("text", Plain::Text("a \"quoted\" \\ line\n\u{1} ü".to_owned())),
            ("list", Plain::List(vec![Plain::Int(-1), Plain::Bool(true), Plain::Null])),
            ("empty", Plain::List(Vec::new())),
        ]);
        let read: serde_json::Value = serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(read["text"], "a \"quoted\" \\ line\n\u{1} ü");
        assert_eq!(read["list"], serde_json::json!([-1, true, null]));
        assert_eq!(read["empty"], serde_json::json!([]));
    }
}
