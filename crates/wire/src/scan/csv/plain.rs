//! Rows that are as they should be: no quotes, no blanks around cells, known columns alone, and as many cells as columns.

use super::columns::Column;
use crate::Text;
use crate::decode::fill::Place;
use crate::decode::tape::{Cell, Mark, Tape};
use crate::scan::swar;
use crate::shape::Shape;
use std::borrow::Cow;
use std::sync::Arc;

/// Columns all of which are known.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    /// The leaf of each.
    leaves: Arc<[u16]>,
    /// Where the cells of a row belong, marks and all; empty when a column stands twice.
    places: Arc<[Place]>,
    /// Where each cell of a row ends.
    ends: Vec<usize>,
    /// What the first is called in the header row and where it is documented: a row that begins so may be a header row again.
    names: [Text; 2],
}

/// Every byte that means something in a row is below this: comma, quote, line ends and blanks; and few others are.
const LIMIT: u8 = b',' + 1;

impl Plain {
    /// `None` when a column is not known. `shape` is that of a row, and `documented` the name of the first column.
    pub(super) fn of(columns: &[Column], shape: &'static Shape, documented: &str) -> Option<Self> {
        let leaves = columns.iter().map(|column| column.leaf).collect::<Option<Arc<[u16]>>>()?;
        let once = (1..leaves.len()).all(|at| !leaves[..at].contains(&leaves[at]));
        let places = leaves.iter().filter(|_| once).map(|leaf| Place::of(shape, *leaf));
        let mut places = places.collect::<Option<Vec<Place>>>()?;
        if once {
            // One for the mark before the cells, so that the numbers agree; filling begins behind it.
            places.insert(0, Place::Leave);
            places.push(Place::Leave);
        }
        Some(Self {
            places: places.into(),
            ends: vec![0; leaves.len()],
            leaves,
            names: [columns.first()?.name.clone(), Text::new(documented)],
        })
    }

    /// Where the cells of a row belong, its marks among them; nothing when a column stands twice.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Takes in the row at `start`, or tells why it cannot; then the tape is as it was. `crlf` says that CR LF may end a row.
    pub(super) fn row<'a>(&mut self, body: &'a str, start: usize, list: u16, crlf: bool, tape: &mut Tape<'a>) -> Row {
        let Some((cells, next)) = self.cut(body.as_bytes(), start, crlf) else { return Row::Odd };
        if cells != self.leaves.len() {
            return if is_much_shorter(cells, self.leaves.len()) { Row::Short } else { Row::Odd };
        }
        let first = self.ends.first().and_then(|end| body.get(start..*end));
        if first.is_none_or(|first| self.names.iter().any(|name| **name == *first)) {
            return Row::Odd;
        }
        tape.push(Cell::mark(Mark::Enter, list, start));
        let mut from = start;
        // At once, so that the room on the tape is looked at once. Both ends of a text stand beside ASCII.
        tape.extend(self.leaves.iter().zip(&self.ends).map(|(leaf, end)| {
            let at = std::mem::replace(&mut from, end + 1);
            Cell::text(*leaf, Cow::Borrowed(&body[at..*end]), at)
        }));
        tape.push(Cell::mark(Mark::Leave, list, next));
        Row::Whole(next)
    }

    /// How many lines from `start` on are too short for a row, and where they end. Only such as are followed by a letter or
    /// the like: what blanks mean is told elsewhere.
    pub(super) fn short_lines(&self, bytes: &[u8], start: usize) -> (usize, usize) {
        let (mut lines, mut cells, mut from, mut at) = (0, 1, start, start);
        while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<64>()) {
            let mut hits = swar::below_64(block, LIMIT);
            while hits != 0 {
                let index = hits.trailing_zeros() as usize;
                hits &= hits - 1;
                let next = at + index + 1;
                match block[index] {
                    b',' => cells += 1,
                    b'\n'
                        if is_much_shorter(cells, self.leaves.len())
                            && bytes.get(next).is_some_and(|byte| *byte > b' ') =>
                    {
                        lines += 1;
                        (cells, from) = (1, next);
                    }
                    ..=b' ' | b'"' => return (lines, from),
                    _ => {}
                }
            }
            at += 64;
        }
        (lines, from)
    }

    /// Finds where the cells of the row end: how many they are, and where the next row begins.
    fn cut(&mut self, bytes: &[u8], start: usize, crlf: bool) -> Option<(usize, usize)> {
        let mut cells = 0;
        let mut from = start;
        let mut at = start;
        let mut padded = [u8::MAX; 64];
        loop {
            let rest = bytes.get(at..)?;
            let block = match rest.first_chunk::<64>() {
                Some(block) => block,
                None if rest.is_empty() => return None,
                None => {
                    padded[..rest.len()].copy_from_slice(rest);
                    &padded
                }
            };
            let mut hits = swar::below_64(block, LIMIT);
            while hits != 0 {
                let index = hits.trailing_zeros() as usize;
                hits &= hits - 1;
                let end = at + index;
                if block[index] != b',' {
                    match aside(bytes, from, end, crlf) {
                        Aside::Text => continue,
                        Aside::Odd => return None,
                        Aside::Next(next) => {
                            *self.ends.get_mut(cells)? = end;
                            return Some((cells + 1, next));
                        }
                    }
                }
                *self.ends.get_mut(cells)? = end;
                cells += 1;
                from = end + 1;
            }
            at += 64;
        }
    }
}

/// What a row came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// Its cells are on the tape; the next one begins there.
    Whole(usize),
    /// Plain, but with much too few cells: perhaps it is no row.
    Short,
    /// Not plain: it must be read a cell at a time.
    Odd,
}

/// Whether a line with so many cells is no row of so many columns, unless its text says otherwise.
pub(super) fn is_much_shorter(cells: usize, columns: usize) -> bool {
    columns > 3 && cells * 3 < columns
}

/// What a byte below [`LIMIT`] is that is no comma.
enum Aside {
    /// A part of the cell.
    Text,
    /// The row's end; the next one begins there.
    Next(usize),
    /// Something that this is not for: a quote, a blank around the cell, a line end of another kind.
    Odd,
}

/// Looks at the byte at `end` of the cell that begins at `from`. Not inlined: it is for few bytes, and the others have the
/// registers for themselves.
#[inline(never)]
fn aside(bytes: &[u8], from: usize, end: usize, crlf: bool) -> Aside {
    let next = bytes.get(end + 1);
    match bytes.get(end) {
        Some(b'\n') => Aside::Next(end + 1),
        Some(b'\r') if crlf && next == Some(&b'\n') => Aside::Next(end + 2),
        None | Some(b'"' | b'\r') => Aside::Odd,
        Some(0..=b' ') if end == from || matches!(next, Some(b',' | b'\n' | b'\r')) => Aside::Odd,
        Some(_) => Aside::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Node;
    use proptest::prelude::*;

    const SHAPE: &Shape = &Shape {
        name: "Row",
        nodes: &[
            Node::leaf(0, "a", "a"),
            Node::leaf(1, "b", "b"),
            Node::leaf(2, "c", "c"),
            Node::leaf(3, "d", "d"),
            Node::leaf(4, "e", "e"),
        ],
    };

    /// What a row should come to: its cells and where the next one begins.
    fn expected(body: &str, start: usize, columns: usize, name: &str, crlf: bool) -> Option<(Vec<String>, usize)> {
        let end = start + body[start..].find('\n')?;
        let line = &body[start..end];
        let line = line.strip_suffix('\r').filter(|_| crlf).unwrap_or(line);
        let cells: Vec<&str> = line.split(',').collect();
        let padded = |cell: &&str| cell.starts_with(|c| c <= ' ') || cell.ends_with(|c| c <= ' ');
        let named = cells.len() == columns && (cells[0] == name || cells[0] == "aa");
        let odd = line.contains(['"', '\r']) || cells.iter().any(padded) || cells.len() > columns || named;
        (!odd).then(|| (cells.into_iter().map(str::to_owned).collect(), end + 1))
    }

    proptest! {
        #[test]
        fn takes_in_what_needs_no_repair(
            before in "a{0,70}",
            body in "(a{0,9}|[-a, ]{0,3}|,a|é|,,| |\n|\r\n|\r|\"|\t|#){0,16}\n?",
            columns in 1..6_usize,
            crlf in any::<bool>(),
        ) {
            let start = before.len();
            let body = before + &body;
            let columns: Vec<Column> = (0..columns as u16).map(|leaf| Column { leaf: Some(leaf), name: Text::new("a") }).collect();
            let mut plain = Plain::of(&columns, SHAPE, "aa").unwrap();
            let mut tape = Tape::new();
            let row = plain.row(&body, start, 7, crlf, &mut tape);
            let Some((cells, end)) = expected(&body, start, columns.len(), "a", crlf) else {
                prop_assert_eq!((row, tape.len()), (Row::Odd, 0));
                return Ok(());
            };
            if cells.len() < columns.len() {
                let short = if is_much_shorter(cells.len(), columns.len()) { Row::Short } else { Row::Odd };
                prop_assert_eq!((row, tape.len()), (short, 0));
                return Ok(());
            }
            prop_assert_eq!(row, Row::Whole(end));
            let [enter, texts @ .., leave] = &tape[..] else { panic!("no marks around the cells") };
            prop_assert_eq!((enter.mark, enter.node, enter.offset as usize), (Mark::Enter, 7, start));
            prop_assert_eq!((leave.mark, leave.node, leave.offset as usize), (Mark::Leave, 7, end));
            prop_assert!(texts.iter().map(|cell| &*cell.text).eq(&cells));
            prop_assert!(texts.iter().all(|cell| body[cell.offset as usize..].starts_with(&*cell.text)));
            prop_assert!(texts.iter().enumerate().all(|(leaf, cell)| usize::from(cell.node) == leaf && cell.mark == Mark::Text));
        }
    }
}
