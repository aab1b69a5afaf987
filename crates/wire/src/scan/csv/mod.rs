//! CSV: the cells before the rows, the header row, and rows.

mod begin;
mod cells;
mod columns;
mod heads;
mod plain;

use super::body::trim;
use super::{Fail, Step};
use crate::decode::error::DecodeErrorKind;
use crate::decode::fill::Place;
use crate::decode::tape::{Cell, Mark, Tape};
use crate::decode::walker::Walker;
use crate::shape::Shape;
use crate::{Format, NoteKind};
use cells::{After, cell, skip_lines};
use columns::{Column, is_column};
use memchr::memchr2;
use plain::{Plain, Row, is_much_shorter};
use std::sync::Arc;

/// Lines that may be no rows, however few rows there are.
const STRAY: usize = 1 << 16;

/// Lines that may be no rows for each row: more are no reply with something between its rows.
const STRAY_PER_ROW: usize = 4;

/// Columns that a header row may have.
pub(super) const MOST_COLUMNS: usize = 1000;

/// Reads CSV one row at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct CsvScanner {
    /// Where the next step begins.
    pub pos: usize,
    /// Whether the cells before the rows were read.
    begun: bool,
    /// The list that the rows fill, and the leaf of each column.
    rows: Option<Arc<(u16, Vec<Column>)>>,
    /// The columns again, for rows that are as they should be.
    plain: Option<Plain>,
    /// Whether rows stand on lines of their own.
    lines: bool,
    /// Whether the last row ended its line.
    line_ended: bool,
    /// Rows, and lines that are none, so far.
    counts: (usize, usize),
    /// Whether each column of the row that was read last has its cell, and all columns are known.
    is_plain: bool,
}

impl CsvScanner {
    pub fn at(pos: usize) -> Self {
        Self { pos, ..Self::default() }
    }

    /// Reads the cells before the rows, or one row. `last` tells that no more text comes after `body`.
    pub fn step<'a>(
        &mut self,
        body: &'a str,
        last: bool,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        if !self.begun {
            return self.begin(body, last, walker, tape);
        }
        let plain = self.plain_row(body, walker, tape);
        self.is_plain = plain.is_some();
        if let Some(list) = plain {
            return Ok(Step::Done(list));
        }
        match self.rows.clone() {
            Some(rows) => self.row(body, last, rows.0, &rows.1, walker, tape),
            None => self.end(body, walker),
        }
    }

    /// Whether the row that was read last has a cell for each column: then [`Self::places`] tells where they belong.
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Where the cells of a plain row belong, its marks among them; nothing when a column stands twice.
    pub fn places(&self) -> &[Place] {
        self.plain.as_ref().map_or(&[], Plain::places)
    }

    /// After the last cell nothing may come; where no CSV is documented, more is another command's.
    fn end(&mut self, body: &str, walker: &mut Walker) -> Result<Step, Fail> {
        let (skipped, text) = trim(&body[self.pos..]);
        if !text.is_empty() && text != "," {
            let same_line = body[..self.pos].ends_with(',');
            if walker.reply.csv.is_none() || same_line || text.trim_end_matches(',').contains(',') {
                let what = "more cells stand there than this command answers";
                return Err(Fail::new(DecodeErrorKind::OtherCommand, what, self.pos + skipped));
            }
            walker.note(NoteKind::Trailer, self.pos + skipped, text);
        }
        self.pos = body.len();
        Ok(Step::End)
    }

    fn set_rows(&mut self, list: u16, shape: &'static Shape, columns: Vec<Column>) {
        let first = columns.first().and_then(|column| column.leaf).and_then(|leaf| shape.nodes.get(usize::from(leaf)));
        let documented = first.map_or("", |node| node.name(Format::Csv));
        self.plain = Plain::of(&columns, shape, documented).filter(|_| self.lines);
        self.rows = Some(Arc::new((list, columns)));
    }

    /// Takes in a row that is as it should be; the list that it belongs to.
    fn plain_row<'a>(&mut self, body: &'a str, walker: &mut Walker, tape: &mut Tape<'a>) -> Option<u16> {
        let (plain, list) = (self.plain.as_mut()?, self.rows.as_ref()?.0);
        let mut start = skip_lines(body, self.pos);
        if body.as_bytes().get(start.checked_sub(1)?) != Some(&b'\n') {
            return None;
        }
        let crlf = walker.line_end == b'\n';
        let mut row = plain.row(body, start, list, crlf, tape);
        if row == Row::Short && walker.notes.is_full(walker.budget) {
            // Texts between rows; there is no room for notes that say which.
            let (lines, end) = plain.short_lines(body.as_bytes(), start);
            walker.notes.omit_many(lines);
            self.counts.1 += lines;
            (self.pos, start) = (end, end);
            row = plain.row(body, start, list, crlf, tape);
        }
        let Row::Whole(next) = row else { return None };
        self.counts.0 += 1;
        walker.known_fields += 1;
        walker.count_item(list);
        self.line_ended = true;
        self.pos = next;
        Some(list)
    }

    fn row<'a>(
        &mut self,
        body: &'a str,
        last: bool,
        list: u16,
        columns: &[Column],
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        let start = skip_lines(body, self.pos);
        if start >= body.len() {
            self.pos = start;
            return Ok(if last { Step::End } else { Step::Short });
        }
        if !self.lines && self.line_ended {
            let rest = body[start..].trim();
            walker.note(NoteKind::Trailer, start, rest);
            self.pos = body.len();
            return Ok(Step::End);
        }
        let mark = tape.len();
        let notes = walker.notes.len();
        tape.push(Cell::mark(Mark::Enter, list, start));
        let mut pos = start;
        let mut read = 0;
        let mut after = After::Comma;
        for column in columns {
            let Some((text, offset, next)) = cell(body, &mut pos, walker) else {
                tape.truncate(mark);
                walker.notes.truncate(notes);
                return short(body, last);
            };
            after = next;
            read += 1;
            if let Some(leaf) = column.leaf {
                tape.push(Cell::text(leaf, text, offset));
            } else if !text.is_empty() {
                let name = format!("{}/{}", walker.next_item_path(list), column.name);
                walker.note_field(NoteKind::UnknownField, &name, None, offset, &text);
            }
            if after == After::End || self.lines && after == After::Line {
                break;
            }
        }
        if after == After::End && !last {
            tape.truncate(mark);
            walker.notes.truncate(notes);
            return Ok(Step::Short);
        }
        let row = start..pos;
        let line = || body[row.clone()].trim().trim_end_matches(',');
        // Each cell stands in its column, whatever was odd about it.
        self.is_plain = self.plain.is_some() && read == columns.len();
        if read < columns.len() {
            let line = line();
            let elided = !line.is_empty() && line.bytes().all(|byte| byte == b'.');
            if elided || is_much_shorter(read, columns.len()) && self.is_text(body, start, pos, line) {
                tape.truncate(mark);
                walker.notes.truncate(notes);
                let kind = match (elided, body[pos..].trim_start().is_empty()) {
                    (true, _) => NoteKind::Ellipsis,
                    (_, true) => NoteKind::Trailer,
                    _ => NoteKind::StrayText,
                };
                walker.note(kind, start, line);
                return self.stray(start, pos);
            }
            if after == After::End || !self.lines {
                tape.truncate(mark);
                let what = format!("the last row ends after {read} of {} cells", columns.len());
                return Err(Fail::new(DecodeErrorKind::CutOff, what, body.len()));
            }
            walker.note(NoteKind::RaggedRow, start, line);
        } else if self.lines && after == After::Comma {
            let end = memchr2(b'\n', b'\r', &body.as_bytes()[pos..]).map_or(body.len(), |end| pos + end);
            let extra = body[pos..end].trim();
            if !extra.is_empty() {
                walker.note(NoteKind::RaggedRow, pos, extra);
            }
            pos = end;
        }
        let cells = &tape[mark + 1..];
        if cells.len() > 1 && cells.iter().all(|cell| is_column(walker, list, cell)) {
            tape.truncate(mark);
            walker.note(NoteKind::StrayText, start, line());
            return self.stray(start, pos);
        }
        self.counts.0 += 1;
        tape.push(Cell::mark(Mark::Leave, list, pos));
        walker.known_fields += 1;
        walker.count_item(list);
        self.line_ended = after == After::Line;
        self.pos = pos;
        Ok(Step::Done(list))
    }

    /// Passes over a line from `start` to `end` that is no row.
    fn stray(&mut self, start: usize, end: usize) -> Result<Step, Fail> {
        self.pos = end;
        let (rows, lines) = &mut self.counts;
        *lines += 1;
        if *lines > STRAY && *lines > STRAY_PER_ROW * *rows {
            let what = format!(
                "{lines} lines are no rows beside {rows} that are: with so many more, it is no list of this command"
            );
            return Err(Fail::new(DecodeErrorKind::NotAReply, what, start));
        }
        Ok(Step::More)
    }

    /// Whether a row that is much too short is no row: it stands at the end of lines, or is prose.
    fn is_text(&self, body: &str, start: usize, end: usize, line: &str) -> bool {
        let whole = end < body.len() || start > 0 && body[..start].ends_with("\n\n");
        self.lines && (whole || line.contains([' ', '<', ':']))
    }
}

/// The text ends inside a cell.
fn short(body: &str, last: bool) -> Result<Step, Fail> {
    if last {
        return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends in a quoted cell", body.len()));
    }
    Ok(Step::Short)
}
