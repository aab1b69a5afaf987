//! Checks CSV layouts against formats, fields and the records of rows.

use super::{Check, combine, to};
use crate::model::{Command, CsvLayout, Field, FieldKind, Format, TypeKind};
use crate::spec::problems::allowed;

/// Cells that are not fields.
const HEAD_CELLS: [&str; 3] = ["", "code", "status"];

/// Checks a command's layout.
pub fn layout(check: &mut Check<'_>, path: &[&str], command: &Command) {
    let answers = command.formats.contains(&Format::Csv);
    if !check.knows_formats(path, command) {
        return;
    }
    let here = to(&to(path, "reply"), "csv");
    match (&command.reply.csv, answers) {
        (None, false) => {}
        (None, true) => {
            let message = format!(
                "command `{}` answers in csv; say in `reply.csv` how, as {{ cells = [\"code\", \"status\"] }}",
                command.name
            );
            check.report(&to(path, "formats"), message);
        }
        (Some(_), false) => {
            let message = format!(
                "command `{}` has a CSV layout, but `formats` has no \"csv\"; add it there or take the layout out",
                command.name
            );
            check.report(&here, message);
        }
        (Some(layout), true) => {
            let before = check.problems.len();
            cells(check, &to(&here, "cells"), command, layout);
            rows(check, &to(&here, "rows"), command, layout);
            if check.problems.len() == before {
                others(check, path, command, layout);
            }
        }
    }
}

fn cells(check: &mut Check<'_>, here: &[&str], command: &Command, layout: &CsvLayout) {
    let fields = &command.reply.fields;
    for cell in layout.cells.iter().filter(|cell| !HEAD_CELLS.contains(&cell.as_str())) {
        let Some(field) = fields.iter().find(|field| field.name == *cell) else {
            let names = HEAD_CELLS[1..].iter().copied().chain(fields.iter().map(|field| field.name.as_str()));
            check.report(here, format!("no cell can be `{cell}`{}", allowed(cell, names)));
            continue;
        };
        if field.many || matches!(field.kind, FieldKind::Record(_)) {
            check.report(here, format!("a cell holds one text, but field `{cell}` is a list or a record"));
        } else if field.csv.is_none() {
            check.report(here, format!("field `{cell}` is a cell, but says `csv = false`; take one of them out"));
        }
    }
    let named = layout.cells.iter().filter(|cell| !cell.is_empty());
    let named: Vec<&String> = named.collect();
    for (later, _) in combine::repeated(&named) {
        check.report(here, format!("the cell `{}` is listed twice; keep one", named[later]));
    }
}

fn rows(check: &mut Check<'_>, here: &[&str], command: &Command, layout: &CsvLayout) {
    if layout.rows.is_empty() {
        return;
    }
    let api = check.api;
    let fields = &command.reply.fields;
    let Some(field) = fields.iter().find(|field| field.name == layout.rows) else {
        let names = fields.iter().map(|field| field.name.as_str());
        return check.report(
            here,
            format!("command `{}` has no field `{}`{}", command.name, layout.rows, allowed(&layout.rows, names)),
        );
    };
    let record = match &field.kind {
        FieldKind::Record(record) if field.many => record,
        _ => return check.report(here, format!("rows fill a list of records, which field `{}` is not", layout.rows)),
    };
    if field.csv.is_none() {
        check
            .report(here, format!("field `{}` is the rows, but says `csv = false`; take one of them out", layout.rows));
    }
    let Some(TypeKind::Record(columns)) = api.types.get(record).map(|ty| &ty.kind) else { return };
    let columns: Vec<&Field> = columns.iter().filter(|column| column.csv.is_some()).collect();
    if columns.is_empty() {
        check.report(here, format!("record `{record}` has no column in CSV"));
    }
    for column in &columns {
        if column.many || matches!(column.kind, FieldKind::Record(_)) {
            let place = ["types", record, "fields", &column.name];
            let message = format!(
                "field `{}` is a list or a record, which no column of `{}` can hold; say `csv = false`",
                column.name, command.name
            );
            check.report(&place, message);
        }
    }
    for (later, first) in combine::repeated(columns.iter().map(|column| &column.csv)) {
        let place = ["types", record, "fields", &columns[later].name, "csv"];
        let name = columns[later].csv.as_deref().unwrap_or_default();
        let message = format!(
            "field `{}` is the column `{name}` in CSV, where field `{}` stands",
            columns[later].name, columns[first].name
        );
        check.report(&place, message);
    }
}

/// Fields that the layout does not mention.
fn others(check: &mut Check<'_>, path: &[&str], command: &Command, layout: &CsvLayout) {
    for field in &command.reply.fields {
        let mentioned = layout.cells.contains(&field.name) || layout.rows == field.name;
        if field.csv.is_some() && !mentioned {
            let message = format!(
                "field `{}` is neither a cell nor the rows of the CSV layout; name it there or say `csv = false`",
                field.name
            );
            check.report(&[path, &["reply", "fields", &field.name]].concat(), message);
        }
    }
}
