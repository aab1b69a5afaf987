//! Finds the messages on a page that prints each as a table: rows of the message on the left, remarks on the right.
//!
//! The page was saved row by row, so that a row of a message is a line that begins with `<` and ends with ` |`, and what follows it,
//! up to the next one that ends with ` |`, is its remark, which begins with `←`. A message is the left cells of rows that follow each
//! other, with a line feed between them, from the first `<` to the last `>`; elisions (`. . .`) are part of their rows.

use super::page::{Example, Format, Kind};

/// What ends a cell.
const CELL: &str = " |";

/// What a remark begins with.
const REMARK: &str = "←";

/// What a request's element ends with.
const REQUEST: &str = "RequestElement";

/// Operations of a request, the longer ones before those that they end with.
const OPERATIONS: [&str; 5] = ["CreateOrUpdate", "Create", "Update", "Delete", "Read"];

/// Operations that one and the same element answers, as the page says of its sample.
const WRITES: [&str; 4] = ["Create", "CreateOrUpdate", "Delete", "Update"];

/// What their answer's element ends with.
const WRITTEN: &str = "WriteResponseElement";

/// A message on the page.
struct Message {
    /// Where its first row stands, from 1.
    line: usize,
    cells: Vec<String>,
}

/// The messages of a page in its order; one that answers several operations stands once for each.
pub fn examples<'a>(document: &str, page: &'a [u8]) -> Result<Vec<Example<'a>>, String> {
    let text = str::from_utf8(page).map_err(|error| format!("{document}: the page is not UTF-8: {error}"))?;
    let mut examples = Vec::new();
    for message in messages(text).map_err(|error| format!("{document}:{error}"))? {
        let line = message.line;
        let bytes = message.cells.join("\n").into_bytes();
        let (kind, commands) = commands(&message).ok_or_else(|| {
            format!("{document}:{line}: no element of this message tells whose request or answer it is")
        })?;
        for command in commands {
            let in_form = bytes.ends_with(b":Envelope>");
            let bytes = bytes.clone().into();
            examples.push(Example { command, format: Format::Xml, kind, line, bytes, in_form });
        }
    }
    Ok(examples)
}

fn messages(text: &str) -> Result<Vec<Message>, String> {
    let mut found: Vec<Message> = Vec::new();
    let mut open = None;
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(cell) = line.strip_prefix('<').and_then(|rest| rest.strip_suffix(CELL)) else {
            open = None;
            continue;
        };
        let remark = lines.next().filter(|(_, line)| line.starts_with(REMARK));
        let Some((_, mut remark)) = remark else {
            return Err(format!("{}: no remark that begins with `{REMARK}` follows this row", at + 1));
        };
        while !remark.ends_with(CELL) {
            remark = lines.next().ok_or_else(|| format!("{}: the remark on this row has no end", at + 1))?.1;
        }
        let message = match open {
            Some(index) => index,
            None => {
                found.push(Message { line: at + 1, cells: Vec::new() });
                *open.insert(found.len() - 1)
            }
        };
        found[message].cells.push(format!("<{cell}"));
    }
    Ok(found)
}

/// Whether a message is a request, and the commands that it is one of, or answers.
fn commands(message: &Message) -> Option<(Kind, Vec<String>)> {
    message.cells.iter().find_map(|cell| {
        let tag = cell.strip_prefix('<')?.split([' ', '/', '>']).next()?;
        let element = tag.split_once(':')?.1;
        if let Some(object) = element.strip_suffix(WRITTEN) {
            return Some((Kind::Reply, WRITES.map(|operation| format!("{operation}{object}")).to_vec()));
        }
        let request = element.strip_suffix(REQUEST)?;
        let (object, operation) =
            OPERATIONS.into_iter().find_map(|operation| Some((request.strip_suffix(operation)?, operation)))?;
        Some((Kind::Request, vec![format!("{operation}{object}")]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Requests\nProse with a <tag>.\n<e:Envelope> <e:Body> |\n← Envelope |\n<m:ThingUpdateRequestElement> |\n\
        ← Element |\n<a>1</a> . . . |\n← Objects,\nof any number |\n</m:ThingUpdateRequestElement> </e:Body> </e:Envelope> |\n\
        ← End |\nAnswers\n<e:Envelope> |\n← Envelope |\n<n:ThingWriteResponseElement/> </e:Envelope> |\n← All |\n";

    #[test]
    fn a_message_is_its_left_cells() {
        let examples = examples("page", PAGE.as_bytes()).unwrap();
        let found: Vec<_> =
            examples.iter().map(|example| (example.kind, &*example.command, example.line, example.in_form)).collect();
        let reply = |command| (Kind::Reply, command, 13, true);
        assert_eq!(
            found,
            [
                (Kind::Request, "UpdateThing", 3, true),
                reply("CreateThing"),
                reply("CreateOrUpdateThing"),
                reply("DeleteThing"),
                reply("UpdateThing"),
            ]
        );
        assert_eq!(
            String::from_utf8_lossy(&examples[0].bytes),
            "<e:Envelope> <e:Body>\n<m:ThingUpdateRequestElement>\n<a>1</a> . . .\n\
             </m:ThingUpdateRequestElement> </e:Body> </e:Envelope>"
        );
    }

    #[test]
    fn what_is_no_table_is_an_error() {
        let wrong = |page: &str| examples("page", page.as_bytes()).err().unwrap_or_default();
        assert!(wrong("<a> |\nmore\n").contains("page:1: no remark"), "{}", wrong("<a> |\nmore\n"));
        assert!(wrong("<a> |\n← no end\n").contains("page:1: the remark"));
        assert!(wrong("<a> |\n← a |\n").contains("page:1: no element"));
    }
}
