//! Patterns: a file that stands once for each row of its `each`, with the row's texts in place of its placeholders.

use super::tree::{Entry, Node, Value};

/// A row: placeholders and what stands in their place.
type Row = Vec<(String, String)>;

/// The trees that a file stands for: itself, unless it has rows. What is wrong with rows is left for the checks to find.
pub fn expand(root: Node) -> Vec<Node> {
    let rows: Vec<Row> = root.get("each").map(Node::items).unwrap_or_default().iter().filter_map(row).collect();
    if rows.is_empty() {
        return vec![root];
    }
    rows.iter().filter_map(|row| node(&root, row)).collect()
}

fn row(node: &Node) -> Option<Row> {
    let texts = node.entries().iter().map(|entry| Some((entry.key.clone(), entry.node.as_text()?.to_owned())));
    texts.collect::<Option<Row>>().filter(|row| !row.is_empty())
}

/// The node for one row; nothing when it is a placeholder that the row lacks, or is meant for other rows.
fn node(from: &Node, row: &Row) -> Option<Node> {
    let value = match &from.value {
        Value::Text(text) if lacks(text, row) => return None,
        Value::Text(text) => Value::Text(filled(text, row)),
        Value::Int(number) => Value::Int(*number),
        Value::Bool(flag) => Value::Bool(*flag),
        Value::Other(what) => Value::Other(what),
        Value::List(items) => Value::List(items.iter().filter_map(|item| node(item, row)).collect()),
        Value::Table(entries) => {
            if let Some(only) = from.get("only")
                && !only.as_texts().contains(&row[0].1)
            {
                return None;
            }
            Value::Table(entries.iter().filter_map(|inner| entry(inner, row)).collect())
        }
    };
    Some(Node { at: from.at, value })
}

fn entry(from: &Entry, row: &Row) -> Option<Entry> {
    if matches!(from.key.as_str(), "each" | "only") {
        return None;
    }
    let node = node(&from.node, row)?;
    Some(Entry { key: filled(&from.key, row), at: from.at, node, written: from.written })
}

/// Whether a text is a placeholder and nothing else, and the row has none of that name.
fn lacks(text: &str, row: &Row) -> bool {
    let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    name.is_some_and(|name| !name.contains(['{', '}']) && !row.iter().any(|(known, _)| known == name))
}

fn filled(text: &str, row: &Row) -> String {
    row.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::tree::parse;

    #[test]
    fn a_file_stands_once_for_each_row() {
        let text = r#"
            each = [{ T = "A", t = "a" }, { T = "NS", t = "ns", since = "2" }]
            family = "{t}_record"
            ["Create{T}Record"]
            since = "{since}"
            params.data = { type = "RData{T}" }
            params.class = { only = ["NS"], type = "text" }
        "#;
        let files = expand(parse(text).0);
        let [a, ns] = &*files else { panic!("two rows") };
        assert_eq!(a.text("family").as_deref(), Some("a_record"));
        let command = a.get("CreateARecord").unwrap();
        assert!(command.get("since").is_none(), "the row has no such placeholder");
        assert_eq!(command.table("params").len(), 1);
        assert_eq!(command.get("params").unwrap().get("data").unwrap().text("type").as_deref(), Some("RDataA"));
        let command = ns.get("CreateNSRecord").unwrap();
        assert_eq!(command.text("since").as_deref(), Some("2"));
        assert_eq!(command.table("params").len(), 2);
        assert!(ns.get("each").is_none());
    }

    #[test]
    fn a_file_without_rows_is_itself() {
        let files = expand(parse("family = \"{t}\"").0);
        assert_eq!(files[0].text("family").as_deref(), Some("{t}"));
        assert_eq!(files.len(), 1);
    }
}
