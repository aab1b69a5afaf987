//! CSV: the cells before the rows, the header row, and rows.

use super::body::trim;
use super::{Fail, Step};
use crate::decode::error::DecodeErrorKind;
use crate::decode::names::same_name;
use crate::decode::tape::{Cell, Mark, Tape};
use crate::decode::walker::Walker;
use crate::shape::{CsvLayout, NodeKind, Shape};
use crate::{Format, NoteKind, Text};
use memchr::{memchr, memchr2};
use std::borrow::Cow;

/// The layout of a command that documents none: code and status.
const STATUS_ONLY: CsvLayout = CsvLayout { cells: &["code", "status"], lines: false, rows: "" };

/// Columns that a header row may have.
const MOST_COLUMNS: usize = 1000;

/// What follows a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Comma,
    Line,
    End,
}

/// A column of the header row.
#[derive(Debug, Clone)]
struct Column {
    /// The leaf that its cells are of; none for a column that is not known.
    leaf: Option<u16>,
    name: Text,
}

impl Column {
    fn documented(leaf: u16) -> Self {
        Self { leaf: Some(leaf), name: Text::empty() }
    }
}

/// Reads CSV one row at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct CsvScanner {
    /// Where the next step begins.
    pub pos: usize,
    /// Whether the cells before the rows were read.
    begun: bool,
    /// The list that the rows fill, and the leaf of each column.
    rows: Option<(u16, Vec<Column>)>,
    /// Whether rows stand on lines of their own.
    lines: bool,
    /// Whether the last row ended its line.
    line_ended: bool,
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
        let Some((list, columns)) = self.rows.take() else { return self.end(body, walker) };
        let step = self.row(body, last, list, &columns, walker, tape);
        self.rows = Some((list, columns));
        step
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

    fn begin<'a>(&mut self, body: &'a str, last: bool, walker: &mut Walker, tape: &mut Tape<'a>) -> Result<Step, Fail> {
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
            self.rows = Some((list, documented.into_iter().map(Column::documented).collect()));
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
        self.rows = Some((list, found));
        Ok(Step::More)
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
        if self.lines && body[..start].ends_with('\n') {
            if let Some(end) = plain_row(body, start, list, columns, tape) {
                walker.known_fields += 1;
                walker.count_item(list);
                self.line_ended = true;
                self.pos = end;
                return Ok(Step::Done(list));
            }
            tape.truncate(mark);
        }
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
        let line = body[start..pos].trim().trim_end_matches(',');
        if read < columns.len() {
            let elided = !line.is_empty() && line.bytes().all(|byte| byte == b'.');
            if elided || columns.len() > 3 && read * 3 < columns.len() && self.is_text(body, start, pos, line) {
                tape.truncate(mark);
                walker.notes.truncate(notes);
                let rest = body[pos..].trim();
                let kind = match (elided, rest.is_empty()) {
                    (true, _) => NoteKind::Ellipsis,
                    (_, true) => NoteKind::Trailer,
                    _ => NoteKind::StrayText,
                };
                walker.note(kind, start, line);
                self.pos = pos;
                return Ok(Step::More);
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
        let names = cells.iter().filter(|cell| is_column(walker, list, cell)).count();
        if names > 1 && names == cells.len() {
            tape.truncate(mark);
            walker.note(NoteKind::StrayText, start, line);
            self.pos = pos;
            return Ok(Step::More);
        }
        tape.push(Cell::mark(Mark::Leave, list, pos));
        walker.known_fields += 1;
        walker.count_item(list);
        self.line_ended = after == After::Line;
        self.pos = pos;
        Ok(Step::Done(list))
    }
}

impl CsvScanner {
    /// Whether the line that ends at `line_end` is whole.
    fn complete(&self, body: &str, line_end: usize, last: bool) -> bool {
        last || line_end < body.len()
    }

    /// Whether a row that is much too short is no row: it stands at the end of lines, or is prose.
    fn is_text(&self, body: &str, start: usize, end: usize, line: &str) -> bool {
        let whole = end < body.len() || start > 0 && body[..start].ends_with("\n\n");
        self.lines && (whole || line.contains([' ', '<', ':']))
    }
}

/// Takes in a row that is as it should be, eight bytes at a time: no quotes, no blanks around cells, known columns alone, and
/// as many cells as columns. Returns where the next one begins.
fn plain_row<'a>(body: &'a str, start: usize, list: u16, columns: &[Column], tape: &mut Tape<'a>) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // A bit for each byte that is equal; exact, since no carry leaves its byte.
    let has = |word: u64, byte: u8| {
        let difference = word ^ (ONES * u64::from(byte));
        !(((difference & !HIGH).wrapping_add(!HIGH)) | difference | !HIGH)
    };
    tape.push(Cell::mark(Mark::Enter, list, start));
    let bytes = body.as_bytes();
    let mut columns = columns.iter();
    let mut from = start;
    let (chunks, _) = bytes.get(start..)?.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let word = u64::from_le_bytes(*chunk);
        let mut hits = has(word, b',') | has(word, b'"') | has(word, b'\n') | has(word, b'\r');
        while hits != 0 {
            let end = start + index * 8 + (hits.trailing_zeros() / 8) as usize;
            hits &= hits - 1;
            let line_end = bytes[end] == b'\n';
            if !line_end && bytes[end] != b',' {
                return None;
            }
            let column = columns.next()?;
            let text = body.get(from..end)?;
            let padded = |byte: Option<&u8>| byte.is_some_and(|byte| *byte <= b' ');
            if padded(text.as_bytes().first())
                || padded(text.as_bytes().last())
                || *column.name == *text && !text.is_empty()
            {
                return None;
            }
            tape.push(Cell::text(column.leaf?, Cow::Borrowed(text), from));
            from = end + 1;
            if line_end {
                if columns.next().is_some() {
                    return None;
                }
                tape.push(Cell::mark(Mark::Leave, list, from));
                return Some(from);
            }
        }
    }
    None
}

/// The text ends inside a cell.
fn short(body: &str, last: bool) -> Result<Step, Fail> {
    if last {
        return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends in a quoted cell", body.len()));
    }
    Ok(Step::Short)
}

/// Whether a cell holds the name of its own column.
fn is_column(walker: &Walker, list: u16, cell: &Cell<'_>) -> bool {
    match walker.reply.shape.nodes.get(usize::from(list)).map(|node| node.kind) {
        Some(NodeKind::Child { shape, .. }) => {
            shape.nodes.get(usize::from(cell.node)).is_some_and(|node| node.name(Format::Csv) == cell.text)
        }
        _ => false,
    }
}

/// Whether a cell looks like a column's name.
fn is_name(cell: &str) -> bool {
    cell.starts_with(|first: char| first.is_ascii_uppercase()) && cell.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What is wrong with a line that is a header row, but another command's: fewer than two thirds of its names
/// are known, or of the names that are documented.
fn other_header(shape: &'static Shape, line: &str) -> Option<String> {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let names: Vec<&str> = line.trim().trim_end_matches(',').split(',').map(str::trim).collect();
    let known = names.iter().filter(|name| column(shape, name).is_some()).count();
    let foreign = known * 3 < names.len() * 2 || known * 3 < columns(shape).count() * 2;
    (names.len() > 1 && names.iter().all(|name| is_name(name)) && foreign)
        .then(|| format!("the header row has {known} of {} names of this command's rows", names.len()))
}

/// Position after white space and line ends.
fn skip_lines(body: &str, pos: usize) -> usize {
    let rest = &body.as_bytes()[pos..];
    let blank = rest.iter().position(|byte| !matches!(byte, b'\n' | b'\r' | b' ' | b'\t')).unwrap_or(rest.len());
    // Blanks before a cell are the cell's.
    let line = rest[..blank].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
    pos + if blank == rest.len() { blank } else { line }
}

/// Reads the cell at `pos` and moves behind it and its comma or line end. `None` for an open quote.
fn cell<'a>(body: &'a str, pos: &mut usize, walker: &mut Walker) -> Option<(Cow<'a, str>, usize, After)> {
    let bytes = body.as_bytes();
    let start = *pos;
    let rest = &bytes[start..];
    let end = memchr2(b',', walker.line_end, rest).map_or(bytes.len(), |end| start + end);
    let raw = &body[start..end];
    let Some(first) = raw.as_bytes().first() else {
        *pos = end + usize::from(end < bytes.len());
        return Some((Cow::Borrowed(""), start, after(bytes, end)));
    };
    if *first == b'"' || first.is_ascii_whitespace() && raw.trim_start().starts_with('"') {
        return quoted(body, pos, walker);
    }
    let line = raw.strip_suffix('\r').unwrap_or(raw);
    let text = line.trim_matches([' ', '\t']);
    if text.len() != line.len() {
        walker.note(NoteKind::PaddedCell, start, line);
    }
    *pos = end + usize::from(end < bytes.len());
    let offset = start + (line.len() - line.trim_start_matches([' ', '\t']).len());
    Some((Cow::Borrowed(text), offset, after(bytes, end)))
}

fn after(bytes: &[u8], end: usize) -> After {
    match bytes.get(end) {
        Some(b',') => After::Comma,
        Some(_) => After::Line,
        None => After::End,
    }
}

fn quoted<'a>(body: &'a str, pos: &mut usize, walker: &mut Walker) -> Option<(Cow<'a, str>, usize, After)> {
    let bytes = body.as_bytes();
    let open = *pos + memchr(b'"', &bytes[*pos..])?;
    walker.note(NoteKind::QuotedCell, open, "");
    let start = open + 1;
    let mut owned: Option<String> = None;
    let mut kept = start;
    let mut at = start;
    loop {
        at += memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) == Some(&b'"') {
            owned.get_or_insert_default().push_str(&body[kept..=at]);
            at += 2;
            kept = at;
            continue;
        }
        // The quote closes the cell when nothing but blanks stands before the next comma or line end.
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t') || **byte == b'\r' && walker.line_end != b'\r';
        let tail = at + 1 + bytes[at + 1..].iter().take_while(blank).count();
        if bytes.get(tail).is_none_or(|byte| *byte == b',' || *byte == walker.line_end) {
            let text = match owned {
                None => Cow::Borrowed(&body[start..at]),
                Some(mut text) => {
                    text.push_str(&body[kept..at]);
                    Cow::Owned(text)
                }
            };
            *pos = tail + usize::from(tail < bytes.len());
            return Some((text, start, after(bytes, tail)));
        }
        // A quote inside the cell that is not doubled: when none closes the cell on its line, the quotes are text.
        if !closes_on_line(bytes, at + 1, walker.line_end) {
            let end = memchr2(b',', walker.line_end, &bytes[open..]).map_or(bytes.len(), |end| open + end);
            *pos = end + usize::from(end < bytes.len());
            return Some((Cow::Borrowed(body[open..end].trim_end()), open, after(bytes, end)));
        }
        at += 1;
    }
}

/// Bytes of a line that are looked through for a closing quote.
const LINE: usize = 1024;

/// Whether a quote before a comma or the line's end follows on the line.
fn closes_on_line(bytes: &[u8], from: usize, line_end: u8) -> bool {
    let rest = &bytes[from.min(bytes.len())..bytes.len().min(from + LINE)];
    let line = &rest[..rest.iter().position(|byte| *byte == line_end).map_or(rest.len(), |end| end + 1)];
    line.windows(2).any(|pair| pair[0] == b'"' && (pair[1] == b',' || pair[1] == line_end))
}

/// `ok` and `error` as the code that they stand for.
fn code_of(text: &str, walker: &Walker) -> Text {
    if text.eq_ignore_ascii_case("ok") {
        let code = walker.reply.api.success.first().copied().unwrap_or(0);
        return Text::from(code.to_string());
    }
    Text::from("-1")
}

/// Whether a status is the beginning of a known one.
fn is_cut_status(text: &str, walker: &Walker) -> bool {
    let known = || walker.reply.api.outcomes.iter().map(|(known, _)| *known).chain(["success"]);
    !known().any(|known| known == text) && known().any(|known| known.starts_with(text))
}

fn is_known_status(text: &str, walker: &Walker) -> bool {
    let known = walker.reply.api.outcomes.iter().map(|(known, _)| *known);
    known.chain(["success"]).any(|known| known.eq_ignore_ascii_case(text))
}

/// A status is a word or two, not prose.
fn plausible_status(text: &str) -> bool {
    text.split_whitespace().count() <= 2
        && text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b' '))
}

/// The list called `field` and the shape of its rows.
fn rows_of(shape: &'static Shape, field: &str) -> Option<(u16, &'static Shape)> {
    shape.nodes.iter().enumerate().find_map(|(at, node)| match node.kind {
        NodeKind::Child { shape: inner, many: true, .. } if node.field == field => Some((at as u16, inner)),
        _ => None,
    })
}

/// The leaves that have a column, in the order of the documented header row.
fn columns(shape: &'static Shape) -> impl Iterator<Item = u16> {
    shape
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| matches!(node.kind, NodeKind::Leaf { .. }) && !node.name(Format::Csv).is_empty())
        .map(|(at, _)| at as u16)
}

/// The leaf whose column is called `name`.
fn column(shape: &'static Shape, name: &str) -> Option<u16> {
    let exact = columns(shape).find(|at| shape.nodes[usize::from(*at)].name(Format::Csv) == name);
    exact.or_else(|| {
        columns(shape).find(|at| {
            let node = &shape.nodes[usize::from(*at)];
            node.names.iter().chain(node.aliases).any(|known| same_name(known, name))
        })
    })
}

/// Whether most cells of `line` are names of columns: a header row that begins with a new one.
fn same_start(shape: &'static Shape, line: &str) -> bool {
    let (mut known, mut all) = (0, 0);
    for name in line.split(',').take(columns(shape).count() + 4) {
        all += 1;
        known += usize::from(column(shape, name.trim().trim_matches('"')).is_some());
    }
    known * 2 > all
}
