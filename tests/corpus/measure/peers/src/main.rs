//! Reads bodies with html5ever, xml5ever and csv, and prints what each made of them: a line of JSON a body and parser.
//!
//! Usage: corpus-peers FILE... A line is `[file, parser, leaves]`; a leaf is `[path, text]`, and `leaves` is null after an error.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde_json::{Value, json};

fn main() {
    for file in std::env::args().skip(1) {
        let body = std::fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let html = html5ever::parse_document(RcDom::default(), Default::default()).from_utf8().one(&body[..]);
        println!("{}", json!([file, "html5ever", leaves(&html)]));
        let xml = xml5ever::driver::parse_document(RcDom::default(), Default::default()).from_utf8().one(&body[..]);
        println!("{}", json!([file, "xml5ever", leaves(&xml)]));
        println!("{}", json!([file, "csv", rows(&body)]));
    }
}

/// Elements without elements in them, in the order of the body: path of local names, and text.
fn leaves(dom: &RcDom) -> Value {
    let mut found = Vec::new();
    let mut open = vec![(dom.document.clone(), String::new())];
    // Depth first with a stack of our own: hostile bodies may nest without bound.
    while let Some((node, path)) = open.pop() {
        let children: Vec<Handle> = node.children.borrow().iter().filter(|child| is_element(child)).cloned().collect();
        if children.is_empty() && is_element(&node) {
            found.push(json!([path, text(&node).trim()]));
        }
        for child in children.into_iter().rev() {
            let name = match &child.data {
                NodeData::Element { name, .. } => name.local.to_string(),
                _ => String::new(),
            };
            open.push((child, format!("{path}/{name}")));
        }
    }
    Value::Array(found)
}

fn is_element(node: &Handle) -> bool {
    matches!(node.data, NodeData::Element { .. })
}

fn text(node: &Handle) -> String {
    let mut text = String::new();
    for child in node.children.borrow().iter() {
        if let NodeData::Text { contents } = &child.data {
            text.push_str(&contents.borrow());
        }
    }
    text
}

/// Cells by row, white space around them taken away.
fn rows(body: &[u8]) -> Value {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).trim(csv::Trim::All).from_reader(body);
    let mut found = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let Ok(record) = record else { return Value::Null };
        // Empty cells at the end say nothing.
        let len = (0..record.len()).rev().find(|cell| !record[*cell].is_empty()).map_or(0, |last| last + 1);
        found.extend(record.iter().take(len).map(|cell| json!([row.to_string(), cell])));
    }
    Value::Array(found)
}
