//! The beginning of CSV: the cells before the rows, and the header row.

use super::cells::{After, cell, quoted, skip_lines};
use super::columns::{Column, column, columns, is_name, other_header, rows_of, same_start};
use super::heads::{code_of, is_cut_status, is_known_status, plausible_status};
use super::{CsvScanner, MOST_COLUMNS, short};
use crate::decode::error::DecodeErrorKind;
use crate::decode::tape::Tape;
use crate::decode::walker::Walker;
use crate::scan::body::trim;
use crate::scan::{Fail, Step};
use crate::shape::{CsvLayout, Shape};
use crate::{Format, NoteKind, Text};
use memchr::memchr;
use std::borrow::Cow;

/// The layout of a command that documents none: code and status.
const STATUS_ONLY: CsvLayout = CsvLayout { cells: &["code", "status"], lines: false, rows: "" };

impl CsvScanner {
    pub(super) fn begin<'a>(
        &mut self,
        body: &'a str,
        last: bool,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let layout = walker.reply.csv.unwrap_or(STATUS_ONLY);
        let rows = rows_of(walker.reply.shape, layout.rows);
        let start = self.pos;
        let mut pos = start;
        let Some((code, _, after)) = cell(body, &mut pos, walker) else { return Ok(Step::Short) };
        walker.head.code = Some(code_of(&code, walker));
        if code.bytes().any(|byte| byte.is_ascii_uppercase()) {
            walker.note(NoteKind::NameVariant, start, &code);
        }
        let on_lines = after == After::Line || body[pos..].starts_with(['\n', '\r']);
        if code.eq_ignore_ascii_case("error") {
            return Ok(self.refusal(body, pos, walker));
        }
        let mut ended = after == After::End;
        let rest = body[pos..].trim_matches([' ', '\t']);
        let more = layout.cells.get(1).is_some_and(|cell| ended || *cell == "status");
        if rest.is_empty() && last && more {
            return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends after its first cell", body.len()));
        }
        for name in layout.cells.iter().skip(1) {
            let before = skip_lines(body, pos);
            if ended || before >= body.len() {
                break;
            }
            let mut next = before;
            let Some((text, offset, after)) = cell(body, &mut next, walker) else { break };
            if let Some((_, shape)) = rows
                && column(shape, &text).is_some()
            {
                break;
            }
            let unknown = !text.is_empty() && !is_known_status(&text, walker);
            if *name == "status" && rows.is_none() && unknown && !is_cut_status(&text, walker) {
                let what = format!("{text:?} is no status that is known");
                return Err(Fail::new(DecodeErrorKind::OtherCommand, what, offset));
            }
            if *name == "status" && !plausible_status(&text) {
                if rows.is_none() {
                    return Err(Fail::new(
                        DecodeErrorKind::NotAReply,
                        format!("{text:?} stands where the status is expected"),
                        offset,
                    ));
                }
                break;
            }
            pos = next;
            ended = after == After::End;
            if *name == "status" && ended && is_cut_status(&text, walker) {
                return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends in its status", body.len()));
            }
            match *name {
                "" if text.is_empty() => {}
                "" => {
                    let what = format!("{text:?} stands in a cell that is always empty");
                    return Err(Fail::new(DecodeErrorKind::OtherCommand, what, offset));
                }
                "status" if text.is_empty() => {}
                "status" => walker.head.status = Some(Text::new(&text)),
                field => {
                    let found = walker.reply.shape.nodes.iter().position(|node| node.field == field);
                    if let Some(at) = found {
                        walker.known_fields += 1;
                        walker.leaf(walker.reply.shape, at as u16, text, offset, tape);
                    }
                }
            }
        }
        let fields = layout.cells.iter().filter(|cell| !matches!(**cell, "" | "code" | "status")).count();
        if ended && last && layout.cells.contains(&"status") && fields > walker.known_fields {
            return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends before its last cell", body.len()));
        }
        let no_status = layout.cells.contains(&"status") && walker.head.status.is_none();
        if no_status && rows.is_none() && last {
            return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends before its status", body.len()));
        }
        self.begun = true;
        walker.root_seen = true;
        self.pos = skip_lines(body, pos);
        if layout.cells.len() > 1 && on_lines != layout.lines && !body[start..].trim_end().ends_with("ok,") {
            walker.note(NoteKind::CsvLines, start, "");
        }
        if let Some((list, shape)) = rows {
            return self.header_row(body, last, list, shape, on_lines, walker);
        }
        Ok(Step::More)
    }

    /// `error,<message>`: the message is the rest of the text, commas included.
    fn refusal(&mut self, body: &str, pos: usize, walker: &mut Walker) -> Step {
        let (skipped, rest) = trim(&body[pos..]);
        let mut at = pos + skipped;
        let message = match rest.starts_with('"').then(|| quoted(body, &mut at, walker)).flatten() {
            Some((text, _, _)) if body[at..].trim_matches([',', ' ', '\r', '\n']).is_empty() => text,
            _ => Cow::Borrowed(rest.trim_end_matches(',').trim_end()),
        };
        if !message.is_empty() {
            walker.head.error = Some(Text::from(message));
        }
        self.begun = true;
        walker.root_seen = true;
        self.pos = body.len();
        Step::End
    }

    fn header_row(
        &mut self,
        body: &str,
        last: bool,
        list: u16,
        shape: &'static Shape,
        on_lines: bool,
        walker: &mut Walker,
    ) -> Result<Step, Fail> {
        let documented: Vec<u16> = columns(shape).collect();
        let mut pos = self.pos;
        let line_end = memchr(walker.line_end, &body.as_bytes()[pos..]).map_or(body.len(), |end| pos + end);
        let first = body[pos..line_end].split(',').next().unwrap_or_default();
        if let Some(other) = other_header(shape, &body[pos..line_end]).filter(|_| self.complete(body, line_end, last)) {
            // Without a line end the row may go on with names that are known.
            let cut = line_end == body.len() && column(shape, first.trim()).is_some();
            let kind = if cut { DecodeErrorKind::CutOff } else { DecodeErrorKind::OtherCommand };
            return Err(Fail::new(kind, other, pos));
        }
        let names_only =
            || body[pos..line_end].split(',').all(|name| column(shape, name.trim().trim_matches('"')).is_some());
        self.lines = on_lines || line_end < body.trim_end().len() && names_only();
        if body[pos..].trim().is_empty() {
            if !last {
                return Ok(Step::Short);
            }
            return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends before its header row", body.len()));
        }
        if column(shape, first.trim().trim_matches('"')).is_none() && !same_start(shape, &body[pos..line_end]) {
            if !self.lines && is_name(first.trim()) {
                let what = "the cells begin with no name of this command's rows";
                return Err(Fail::new(DecodeErrorKind::OtherCommand, what, pos));
            }
            walker.note(NoteKind::MissingHeaderRow, pos, "");
            self.set_rows(list, shape, documented.into_iter().map(Column::documented).collect());
            return Ok(Step::More);
        }
        if self.lines && line_end == body.len() && !last {
            return Ok(Step::Short);
        }
        let mut found = Vec::new();
        loop {
            let start = pos;
            let Some((name, offset, after)) = cell(body, &mut pos, walker) else { return short(body, last) };
            let known = column(shape, &name);
            if known.is_none() && !self.lines {
                // On one line the header ends where the names do.
                pos = start;
                break;
            }
            if let Some(at) = known {
                if shape.nodes[usize::from(at)].name(Format::Csv) != name {
                    walker.note(NoteKind::NameVariant, offset, &name);
                }
            } else if !(name.is_empty() && after != After::Comma) {
                walker.unknown_fields += 1;
                walker.note(NoteKind::ExtraColumn, offset, &name);
            }
            let twice = known.is_some() && found.iter().any(|column: &Column| column.leaf == known);
            if found.len() > MOST_COLUMNS {
                let what = format!("the header row has more than {MOST_COLUMNS} columns");
                return Err(Fail::new(DecodeErrorKind::Limit, what, offset));
            }
            if known.is_some() || !name.is_empty() {
                found.push(Column { leaf: known, name: Text::new(&name) });
            }
            if after == After::End && (found.len() < documented.len() || known.is_none() || twice) {
                return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends in its header row", body.len()));
            }
            if after != After::Comma && self.lines || after == After::End {
                break;
            }
        }
        if !self.lines && found.len() < documented.len() {
            // On one line a new or missing column cannot be told from a cell.
            let what = format!("the header row has {} of {} names on one line", found.len(), documented.len());
            let cut = body.len() - pos < 64 && !body[pos..].contains(',');
            let kind = if cut { DecodeErrorKind::CutOff } else { DecodeErrorKind::OtherCommand };
            return Err(Fail::new(kind, what, pos));
        }
        let known: Vec<u16> = found.iter().filter_map(|column| column.leaf).collect();
        if !known.is_sorted() {
            walker.note(NoteKind::ReorderedColumns, self.pos, "");
        }
        for at in documented.iter().filter(|at| !known.contains(at)) {
            walker.note(NoteKind::MissingColumn, self.pos, shape.nodes[usize::from(*at)].name(Format::Csv));
        }
        self.pos = pos;
        self.set_rows(list, shape, found);
        Ok(Step::More)
    }

    /// Whether the line that ends at `line_end` is whole.
    fn complete(&self, body: &str, line_end: usize, last: bool) -> bool {
        last || line_end < body.len()
    }
}
