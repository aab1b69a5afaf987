//! A reply that ends early is never a success, wherever it ends; but CSV ends anywhere.

use super::decode::{command, decode, documented};
use bindwire_tests::vectors::Vector;
use bindwire_wire::{Format, NodeKind, ReplyShape};

/// No prefix of a documented reply is taken for a success, but for those that `whole` lets pass.
fn refuse_prefixes(format: Format, whole: impl Fn(&Vector, usize) -> bool) {
    let mut taken = String::new();
    for vector in documented().iter().filter(|vector| vector.format == format && vector.verdict == "ok") {
        let entry = command(&vector.command);
        let end = vector.body.trim_ascii_end().len();
        for prefix in (0..end).map(|end| &vector.body[..end]).filter(|prefix| !whole(vector, prefix.len())) {
            if decode(entry, prefix, format).is_ok_and(|(reply, _)| reply.is_ok()) {
                let tail = String::from_utf8_lossy(&prefix[prefix.len().saturating_sub(24)..]);
                taken += &format!("{}: {} bytes, to {tail:?}\n", vector.id, prefix.len());
            }
        }
    }
    assert!(taken.is_empty(), "cut off, and taken for a success:\n{taken}");
}

#[test]
fn xml() {
    refuse_prefixes(Format::Xml, holds_payload);
}

/// Whether all that is cut off of an envelope stands behind its payload, which is whole then: the wrappers say nothing more.
fn holds_payload(vector: &Vector, end: usize) -> bool {
    let body = String::from_utf8_lossy(&vector.body);
    let wrappers = [":Body>", ":Envelope>"].map(|name| body.rfind(name).and_then(|at| body[..at].rfind("</")));
    let [Some(of_body), Some(_)] = wrappers else { return false };
    end >= body[..of_body].trim_end().len()
}

#[test]
fn json() {
    refuse_prefixes(Format::Json, |_, _| false);
}

#[test]
fn csv() {
    refuse_prefixes(Format::Csv, looks_whole);
}

/// Whether CSV that is cut off here looks whole: it ends with a row, or within the last cell of one.
fn looks_whole(vector: &Vector, end: usize) -> bool {
    let body = std::str::from_utf8(&vector.body).expect("the pages are UTF-8");
    let reply = command(&vector.command).info.reply;
    let layout = reply.csv.unwrap_or_else(|| panic!("{} has no CSV", vector.id));
    let starts = last_cells(reply, body);
    let row = starts.iter().rposition(|start| *start <= end);
    let Some(row) = row else { return false };
    // The row's last cell begins here. From its end on the next row begins, which has to come to its own last cell.
    let cell = &body[starts[row]..];
    let cell_end = starts[row] + cell.find([',', '\n']).map_or(cell.len(), |at| at + 1);
    // A documented word that is cut is told by the word, and so is the name of a column.
    let word =
        row == 0 && (!layout.rows.is_empty() || layout.cells.iter().rfind(|cell| !cell.is_empty()) == Some(&"status"));
    let from = if word { cell_end - usize::from(body[..cell_end].ends_with([',', '\n'])) } else { starts[row] };
    let rest = body[cell_end.min(end)..end].trim_matches(['\n', '.', ',']);
    end >= from && rest.is_empty()
}

/// Where the last cell of each row begins: of the header row and the rows, or of the only row.
fn last_cells(reply: &ReplyShape, body: &str) -> Vec<usize> {
    let layout = reply.csv.expect("only replies with CSV are asked for");
    if layout.rows.is_empty() {
        // A cell that is always empty is missed by nobody.
        let cells = layout.cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
        let filled: Vec<usize> =
            starts(body).into_iter().filter(|start| !body[*start..].starts_with([',', '\n'])).collect();
        return vec![filled[cells]];
    }
    let rows = reply.shape.nodes.iter().find_map(|node| match node.kind {
        NodeKind::Child { shape, .. } if node.field == layout.rows => Some(shape),
        _ => None,
    });
    let names = rows.expect("the rows are a list").nodes.iter().map(|node| node.name(Format::Csv));
    let width = names.filter(|name| !name.is_empty()).count();
    let filled: Vec<usize> =
        starts(body).into_iter().filter(|start| !body[*start..].starts_with([',', '\n'])).collect();
    filled[layout.cells.len()..].chunks_exact(width).map(|row| row[width - 1]).collect()
}

/// Where the cells begin; no page quotes one.
fn starts(body: &str) -> Vec<usize> {
    let ends = body.match_indices([',', '\n']).map(|(at, _)| at + 1).filter(|at| *at < body.len());
    std::iter::once(0).chain(ends).collect()
}
