//! Columns of CSV: what a header row says, and whose it is.

use super::MOST_COLUMNS;
use crate::decode::names::same_name;
use crate::decode::tape::Cell;
use crate::decode::walker::Walker;
use crate::shape::{NodeKind, Shape};
use crate::{Format, Text};

/// A column of the header row.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// The leaf that its cells are of; none for a column that is not known.
    pub(super) leaf: Option<u16>,
    pub(super) name: Text,
}

impl Column {
    pub(super) fn documented(leaf: u16) -> Self {
        Self { leaf: Some(leaf), name: Text::empty() }
    }
}

/// The list called `field` and the shape of its rows.
pub(super) fn rows_of(shape: &'static Shape, field: &str) -> Option<(u16, &'static Shape)> {
    shape.nodes.iter().enumerate().find_map(|(at, node)| match node.kind {
        NodeKind::Child { shape: inner, many: true, .. } if node.field == field => Some((at as u16, inner)),
        _ => None,
    })
}

/// The leaves that have a column, in the order of the documented header row.
pub(super) fn columns(shape: &'static Shape) -> impl Iterator<Item = u16> {
    shape
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| matches!(node.kind, NodeKind::Leaf { .. }) && !node.name(Format::Csv).is_empty())
        .map(|(at, _)| at as u16)
}

/// The leaf whose column is called `name`.
pub(super) fn column(shape: &'static Shape, name: &str) -> Option<u16> {
    let exact = columns(shape).find(|at| shape.nodes[usize::from(*at)].name(Format::Csv) == name);
    exact.or_else(|| {
        columns(shape).find(|at| {
            let node = &shape.nodes[usize::from(*at)];
            node.names.iter().chain(node.aliases).any(|known| same_name(known, name))
        })
    })
}

/// Whether a cell looks like a column's name.
pub(super) fn is_name(cell: &str) -> bool {
    cell.starts_with(|first: char| first.is_ascii_uppercase()) && cell.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What is wrong with a line that is a header row, but another command's: fewer than two thirds of its names
/// are known, or of the names that are documented.
pub(super) fn other_header(shape: &'static Shape, line: &str) -> Option<String> {
    let names: Vec<&str> = line.trim().trim_end_matches(',').split(',').take(MOST_COLUMNS + 1).map(str::trim).collect();
    let known = names.iter().filter(|name| column(shape, name).is_some()).count();
    let foreign = known * 3 < names.len() * 2 || known * 3 < columns(shape).count() * 2;
    (names.len() > 1 && names.iter().all(|name| is_name(name)) && foreign)
        .then(|| format!("the header row has {known} of {} names of this command's rows", names.len()))
}

/// Whether most cells of `line` are names of columns: a header row that begins with a new one.
pub(super) fn same_start(shape: &'static Shape, line: &str) -> bool {
    let (mut known, mut all) = (0, 0);
    for name in line.split(',').take(columns(shape).count() + 4) {
        all += 1;
        known += usize::from(column(shape, name.trim().trim_matches('"')).is_some());
    }
    known * 2 > all
}

/// Whether a cell holds the name of its own column.
pub(super) fn is_column(walker: &Walker, list: u16, cell: &Cell<'_>) -> bool {
    match walker.reply.shape.nodes.get(usize::from(list)).map(|node| node.kind) {
        Some(NodeKind::Child { shape, .. }) => {
            shape.nodes.get(usize::from(cell.node)).is_some_and(|node| node.name(Format::Csv) == cell.text)
        }
        _ => false,
    }
}
