//! CSV: the cells before the rows, the header row and the rows, on lines or all on one.

use super::{WriteError, fill, fill_list, refused};
use crate::{CsvLayout, Format, Head, LeafSpec, Node, NodeKind, Record, ReplyShape, Shape};

/// Writes a reply by its CSV layout; a refusal is `error` and its message.
pub(super) fn write(reply: &ReplyShape, head: &Head, record: &dyn Record) -> Result<String, WriteError> {
    let command = reply.command;
    let Some(layout) = &reply.csv else { return Err(WriteError::NoCsv { command }) };
    let mut cells = Cells { text: String::new(), lines: layout.lines, fresh: true };
    let mut text = String::new();
    if refused(reply.api, head) {
        let message = head.error.as_ref().or(head.status.as_ref());
        cells.add("error");
        cells.add(message.map_or("", |message| message.as_str()));
        cells.end_line();
        return Ok(cells.text);
    }
    for &name in layout.cells {
        match name {
            // A reply with an error text does not come here.
            "" | "error" => cells.add(""),
            "code" => cells.add("ok"),
            "status" => cells.add(head.status.as_ref().map_or("", |status| status.as_str())),
            field => {
                let found = reply.shape.nodes.iter().find_map(|node| match node.kind {
                    NodeKind::Leaf { id, spec } if node.field == field => Some((id, spec)),
                    _ => None,
                });
                let Some((id, spec)) = found else { return Err(WriteError::NoField { command, field }) };
                value(record, id, &spec, &mut text);
                cells.add(&text);
            }
        }
        if layout.lines {
            cells.text.push(',');
            cells.end_line();
        }
    }
    if !layout.rows.is_empty() {
        rows(reply, layout, record, &mut cells, &mut text)?;
    }
    Ok(cells.text)
}

fn rows(
    reply: &ReplyShape,
    layout: &CsvLayout,
    record: &dyn Record,
    cells: &mut Cells,
    text: &mut String,
) -> Result<(), WriteError> {
    let found = reply.shape.nodes.iter().find_map(|node| match node.kind {
        NodeKind::Child { id, shape, many: true } if node.field == layout.rows => Some((id, shape)),
        _ => None,
    });
    let Some((id, shape)) = found else {
        return Err(WriteError::NoField { command: reply.command, field: layout.rows });
    };
    for (node, ..) in columns(shape) {
        cells.add(node.name(Format::Csv));
    }
    cells.end_line();
    let Some(child) = record.child(id) else { return Ok(()) };
    for row in (0..child.len()).filter_map(|index| child.get(index)) {
        let start = cells.text.len();
        for (_, id, spec) in columns(shape) {
            value(row, id, spec, text);
            cells.add(text);
        }
        if layout.lines && cells.text.len() == start {
            // An empty line would be no row to a reader.
            cells.text.push_str("\"\"");
        }
        cells.end_line();
    }
    Ok(())
}

/// The leaves of a row's record that have a column.
fn columns(shape: &'static Shape) -> impl Iterator<Item = (&'static Node, u16, &'static LeafSpec)> {
    shape.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Leaf { id, spec } if !node.name(Format::Csv).is_empty() => Some((node, *id, spec)),
        _ => None,
    })
}

fn value(record: &dyn Record, id: u16, spec: &LeafSpec, text: &mut String) {
    let leaf = record.leaf(id);
    if spec.many && leaf.is_some_and(|leaf| !leaf.is_empty()) {
        fill_list(leaf, spec, Format::Csv, text);
    } else {
        fill(leaf, 0, spec, Format::Csv, text);
    }
}

/// Cells with commas between them, and line ends where the layout has them.
struct Cells {
    text: String,
    lines: bool,
    /// Whether the next cell is the first of its line.
    fresh: bool,
}

impl Cells {
    fn add(&mut self, cell: &str) {
        if !self.fresh {
            self.text.push(',');
        }
        self.fresh = false;
        let padded = cell.trim().len() != cell.len();
        if !padded && !cell.contains([',', '"', '\r', '\n']) {
            self.text.push_str(cell);
            return;
        }
        self.text.push('"');
        for (index, part) in cell.split('"').enumerate() {
            if index > 0 {
                self.text.push_str("\"\"");
            }
            self.text.push_str(part);
        }
        self.text.push('"');
    }

    fn end_line(&mut self) {
        if self.lines {
            self.text.push('\n');
            self.fresh = true;
        }
    }
}
