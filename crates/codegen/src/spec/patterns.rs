//! Patterns: a file that stands once for each row of its `each`, with the row's texts in place of its placeholders.

use super::tree::{Entry, Node, Value};

/// Placeholders and what stands in their place, in order.
#[derive(Debug, Default)]
pub struct Row {
    /// What a text has in place of `{name}`.
    pub texts: Vec<(String, String)>,
    /// What stands in place of a text that is `{name}` alone, and is no text itself.
    pub nodes: Vec<(String, Node)>,
}

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
    let texts = texts.collect::<Option<Vec<_>>>().filter(|texts| !texts.is_empty())?;
    Some(Row { texts, nodes: Vec::new() })
}

/// The node for one row; nothing when it is a placeholder that the row lacks, or is meant for other rows.
pub fn node(from: &Node, row: &Row) -> Option<Node> {
    let value = match &from.value {
        Value::Text(text) => match alone(text) {
            Some(name) if !row.has(name) => return None,
            Some(name) if let Some((_, node)) = row.nodes.iter().find(|(known, _)| known == name) => {
                return Some(node.clone());
            }
            _ => Value::Text(row.fill(text)),
        },
        Value::List(items) => Value::List(items.iter().filter_map(|item| node(item, row)).collect()),
        Value::Table(entries) => {
            if !row.takes(from) {
                return None;
            }
            Value::Table(entries.iter().filter_map(|inner| entry(inner, row)).collect())
        }
        plain => plain.clone(),
    };
    Some(Node { at: from.at, value })
}

fn entry(from: &Entry, row: &Row) -> Option<Entry> {
    if matches!(from.key.as_str(), "each" | "only" | "when") {
        return None;
    }
    let node = node(&from.node, row)?;
    Some(Entry { key: row.fill(&from.key), at: from.at, node, written: from.written })
}

/// The name of the placeholder that a text is, if it is one and nothing else.
fn alone(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name)
}

impl Row {
    fn has(&self, name: &str) -> bool {
        self.texts.iter().any(|(known, _)| known == name) || self.nodes.iter().any(|(known, _)| known == name)
    }

    /// Whether a table is meant for this row: one of those that it names, or one that has a placeholder.
    fn takes(&self, table: &Node) -> bool {
        let first = self.texts.first().map(|(_, text)| text);
        let is_named = table.get("only").is_none_or(|only| first.is_some_and(|text| only.as_texts().contains(text)));
        let when = table.get("when").and_then(Node::as_text).and_then(alone);
        is_named && when.is_none_or(|name| self.has(name))
    }

    fn fill(&self, text: &str) -> String {
        self.texts.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
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
            params.sort = { when = "{since}", type = "text" }
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
        assert_eq!(command.table("params").len(), 3);
        assert!(command.get("params").unwrap().get("sort").unwrap().get("when").is_none());
        assert!(ns.get("each").is_none());
    }

    #[test]
    fn a_file_without_rows_is_itself() {
        let files = expand(parse("family = \"{t}\"").0);
        assert_eq!(files[0].text("family").as_deref(), Some("{t}"));
        assert_eq!(files.len(), 1);
    }
}
