//! Values in a form that any format of data can show, and their printing as JSON.

use crate::{Child, NodeKind, Record, Text, Tree};
use std::borrow::Cow;
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
    /// Fields by their Rust names, in the order of the shape; where no spec describes them, by their names on the wire.
    Object(Vec<(Cow<'static, str>, Plain)>),
}

impl Plain {
    /// The plain form of `record`: its fields by their Rust names, absent ones as null.
    ///
    /// Of a record that no spec describes, everything that came by its names; see [`Plain::of_tree`].
    pub fn of(record: &dyn Record) -> Self {
        if let Some(fields) = record.fields() {
            return Self::of_tree(fields);
        }
        let mut fields: Vec<(Cow<'static, str>, Plain)> = Vec::new();
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
                        Plain::List((0..child.len()).filter_map(|index| Child::get(child, index)).map(inner).collect())
                    }
                    Some(child) => child.get(0).map_or(Plain::Null, inner),
                },
            };
            fields.push((node.field.into(), value));
        }
        Plain::Object(fields)
    }

    /// The plain form of names and what stands under them. A name that stands several times is a list, which nothing else is.
    pub fn of_tree(fields: &[(Text, Tree)]) -> Self {
        let mut found: Vec<(Cow<'static, str>, Plain)> = Vec::new();
        for (name, tree) in fields {
            let value = match tree {
                Tree::Text(text) => Plain::Text(text.to_string()),
                Tree::Level(below) => Plain::of_tree(below),
            };
            match found.iter_mut().find(|(known, _)| *name == **known) {
                None => found.push((name.to_string().into(), value)),
                Some((_, Plain::List(items))) => items.push(value),
                Some((_, first)) => {
                    let before = std::mem::replace(first, Plain::Null);
                    *first = Plain::List(vec![before, value]);
                }
            }
        }
        Plain::Object(found)
    }

    /// Fields whose names are known beforehand.
    pub fn object(fields: impl IntoIterator<Item = (&'static str, Plain)>) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
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

/// The plain form of a record in a record; one that no spec describes may be nothing, or no more than a text.
fn inner(record: &dyn Record) -> Plain {
    match record.fields() {
        Some([]) => Plain::Null,
        Some([(name, Tree::Text(text))]) if name.is_empty() => Plain::Text(text.to_string()),
        _ => Plain::of(record),
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
    use crate::OpenReply;

    fn text(text: &str) -> Tree {
        Tree::Text(text.into())
    }

    #[test]
    fn what_no_spec_describes_is_shown_by_its_names() {
        let level = Tree::Level(vec![("@id".into(), text("1")), ("a".into(), text("x")), ("a".into(), text("y"))]);
        let fields = vec![("item".into(), level.clone()), ("note".into(), text("")), ("item".into(), text("z"))];
        let open = OpenReply { fields };
        let read: serde_json::Value = serde_json::from_str(&Plain::of(&open).to_string()).unwrap();
        let expected = serde_json::json!({ "item": [{ "@id": "1", "a": ["x", "y"] }, "z"], "note": "" });
        assert_eq!(read, expected);
        assert_eq!(Plain::of(&OpenReply::default()), Plain::Object(Vec::new()));
    }

    #[test]
    fn an_open_value_is_a_tree_or_a_text_or_nothing() {
        let of = |fields| inner(&OpenReply { fields });
        assert_eq!(of(Vec::new()), Plain::Null);
        assert_eq!(of(vec![(Text::empty(), text("x"))]), Plain::Text("x".to_owned()));
        let named = of(vec![("a".into(), text("x"))]);
        assert_eq!(named, Plain::object([("a", Plain::Text("x".to_owned()))]));
    }

    #[test]
    fn prints_what_a_json_parser_reads() {
        let value = Plain::object([
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
