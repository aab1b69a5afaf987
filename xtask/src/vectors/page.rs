//! Finds the examples on a documentation page, as ranges of its bytes: headings are looked for, and an example ends
//! where its format says that it ends. Nothing is repaired. Knows no verdicts and no files.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a reply is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Xml,
    Json,
    Csv,
}

/// Which half of an exchange an example is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Request,
    Reply,
}

/// An example: whole lines of the page, without the last one's line feed, or the cells of a table.
pub struct Example<'a> {
    pub command: String,
    pub format: Format,
    pub kind: Kind,
    /// Where its first line stands, from 1.
    pub line: usize,
    pub bytes: Cow<'a, [u8]>,
    /// Whether it begins and ends as its format does; a request always does.
    pub in_form: bool,
}

impl Format {
    /// The format's name in ids and file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Xml, Self::Json, Self::Csv].into_iter().find(|format| word.eq_ignore_ascii_case(format.name()))
    }
}

impl Kind {
    /// The kind's name in ids and file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Reply => "reply",
        }
    }
}

const REQUEST_HEADINGS: [&str; 3] = ["Demande", "Requête", "Запрос"];
const REPLY_HEADINGS: [&str; 2] = ["Réponse", "Ответ"];
const FORMAT_WORDS: [&str; 2] = ["format", "формат"];

/// The lines `first..end` of a page, from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    first: usize,
    end: usize,
}

/// One request with its reply, and the section that it stands in.
struct Exchange {
    format: Format,
    request: Span,
    reply: Span,
    in_form: bool,
    section: usize,
}

/// The examples of a page in its order, each request before its reply.
pub fn examples<'a>(document: &str, page: &'a [u8]) -> Result<Vec<Example<'a>>, String> {
    let lines: Vec<&[u8]> = page.split(|byte| *byte == b'\n').collect();
    let exchanges = exchanges(&lines).map_err(|error| format!("{document}:{error}"))?;
    let mut examples = Vec::with_capacity(2 * exchanges.len());
    let mut seen = Vec::new();
    for exchange in &exchanges {
        let line = exchange.request.first + 1;
        let command =
            command(&lines, &exchanges, exchange.section).map_err(|error| format!("{document}:{line}: {error}"))?;
        if seen.contains(&(command.clone(), exchange.format)) {
            return Err(format!(
                "{document}:{line}: a second {} example of {command}; cases are one a page, so give it a case of its own",
                exchange.format.name()
            ));
        }
        seen.push((command.clone(), exchange.format));
        for (kind, span) in [(Kind::Request, exchange.request), (Kind::Reply, exchange.reply)] {
            examples.push(Example {
                command: command.clone(),
                format: exchange.format,
                kind,
                line: span.first + 1,
                bytes: bytes(page, &lines, span).into(),
                in_form: kind == Kind::Request || exchange.in_form,
            });
        }
    }
    Ok(examples)
}

/// The page's bytes from a span's first line to its last one's end.
fn bytes<'a>(page: &'a [u8], lines: &[&[u8]], span: Span) -> &'a [u8] {
    let length = |lines: &[&[u8]]| lines.iter().map(|line| line.len() + 1).sum::<usize>();
    let start = length(&lines[..span.first]);
    &page[start..start + length(&lines[span.first..span.end]) - 1]
}

/// All exchanges; an error begins with the line.
fn exchanges(lines: &[&[u8]]) -> Result<Vec<Exchange>, String> {
    let headings: Vec<(usize, Format)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, heading(line, &REQUEST_HEADINGS)??))).collect();
    let mut exchanges = Vec::with_capacity(headings.len());
    let mut section = 0;
    for (nth, &(at, format)) in headings.iter().enumerate() {
        let until = headings.get(nth + 1).map_or(lines.len(), |next| next.0);
        let (reply_at, reply_format) = (at + 1..until)
            .find_map(|at| Some((at, heading(lines[at], &REPLY_HEADINGS)?)))
            .ok_or_else(|| format!("{}: no heading of a reply follows this request", at + 1))?;
        if reply_format.is_some_and(|found| found != format) {
            return Err(format!("{}: the reply to a request for {} says another format", reply_at + 1, format.name()));
        }
        let request = trimmed(lines, at + 1, reply_at)
            .filter(|span| lines[span.first].starts_with(b"http"))
            .ok_or_else(|| format!("{}: no URL stands between this heading and the reply's", at + 1))?;
        let region = trimmed(lines, reply_at + 1, until)
            .ok_or_else(|| format!("{}: nothing follows the reply's heading", reply_at + 1))?;
        let end = reply_end(format, &lines[region.first..region.end]).map(|count| region.first + count);
        let reply = Span { first: region.first, end: end.unwrap_or(region.end) };
        let after = trimmed(lines, reply.end, until);
        if let Some(after) = after
            && lines[after.first].first().is_some_and(|byte| b"<{}[]\",.&".contains(byte))
        {
            return Err(format!("{}: this line looks like more of the reply above it", after.first + 1));
        }
        exchanges.push(Exchange { format, request, reply, in_form: end.is_some(), section });
        section += usize::from(after.is_some());
    }
    Ok(exchanges)
}

/// The format that a heading names, if the line is a heading of these words: `Demande (format XML)`, `Réponse`,
/// `Ответ (CSV формат)`.
fn heading(line: &[u8], words: &[&str]) -> Option<Option<Format>> {
    let text = str::from_utf8(line).ok()?.trim();
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?.trim_start();
    if rest.is_empty() {
        return Some(None);
    }
    let inside = rest.strip_prefix('(')?.strip_suffix(')')?;
    let word = inside.split_whitespace().find(|word| !FORMAT_WORDS.contains(word))?;
    Some(Some(Format::of(word)?))
}

/// The lines from the first to the last that is not blank.
fn trimmed(lines: &[&[u8]], first: usize, end: usize) -> Option<Span> {
    let first = (first..end).find(|at| !is_blank(lines[*at]))?;
    let last = (first..end).rfind(|at| !is_blank(lines[*at]))?;
    Some(Span { first, end: last + 1 })
}

/// Whether a line shows nothing. The French page separates sections by a no-break space.
fn is_blank(line: &[u8]) -> bool {
    str::from_utf8(line).is_ok_and(|text| text.trim().is_empty())
}

/// How many lines the reply takes up; none where it does not begin or never ends as its format does.
fn reply_end(format: Format, lines: &[&[u8]]) -> Option<usize> {
    match format {
        Format::Xml => xml_end(lines),
        Format::Json => json_end(lines),
        Format::Csv => csv_end(lines),
    }
}

/// XML ends with the line that ends with the root's end tag.
fn xml_end(lines: &[&[u8]]) -> Option<usize> {
    if !lines.first()?.starts_with(b"<") {
        return None;
    }
    let root = lines.iter().find(|line| !line.starts_with(b"<?"))?.strip_prefix(b"<")?;
    let name = root.split(|byte| !byte.is_ascii_alphanumeric()).next().filter(|name| !name.is_empty())?;
    let end_tag = [b"</", name, b">"].concat();
    lines.iter().position(|line| line.trim_ascii_end().ends_with(&end_tag)).map(|at| at + 1)
}

/// JSON ends with the line that closes the first brace. Commas and the like may be wrong; strings must be whole.
fn json_end(lines: &[&[u8]]) -> Option<usize> {
    if !lines.first()?.starts_with(b"{") {
        return None;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, line) in lines.iter().enumerate() {
        for (column, byte) in line.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' if !in_string => depth += 1,
                b'}' if !in_string => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return is_blank(&line[column + 1..]).then_some(at + 1);
                    }
                }
                _ => {}
            }
        }
    }
    None
}

/// CSV ends before the first line that is no row: a row has a comma, or is the `.` of an elision. Blank lines
/// between rows belong to it.
fn csv_end(lines: &[&[u8]]) -> Option<usize> {
    let is_row = |line: &[u8]| line.contains(&b',') || line.trim_ascii() == b".";
    let rows = lines.iter().take_while(|line| is_row(line) || is_blank(line)).count();
    lines[..rows].iter().rposition(|line| is_row(line)).map(|at| at + 1)
}

/// The command of a section: what the URLs of its requests name, for one of them may leave it out.
fn command(lines: &[&[u8]], exchanges: &[Exchange], section: usize) -> Result<String, String> {
    let mut commands: Vec<String> = exchanges
        .iter()
        .filter(|exchange| exchange.section == section)
        .flat_map(|exchange| &lines[exchange.request.first..exchange.request.end])
        .flat_map(|line| line.split(|byte| b"?&".contains(byte)).skip(1))
        .filter_map(|param| param.strip_prefix(b"command="))
        .map(name_at_start)
        .collect();
    commands.dedup();
    match commands.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err("no request of this section has a `command` param to tell whose it is".into()),
        several => {
            Err(format!("the requests of this section name `{}`; one command was expected", several.join("`, `")))
        }
    }
}

/// The command's name that a value begins with. More may follow: an `&currency` behind it has become `¤cy` on the
/// pages.
fn name_at_start(value: &[u8]) -> String {
    let of_a_name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
    value.iter().copied().take_while(of_a_name).map(char::from).collect()
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
