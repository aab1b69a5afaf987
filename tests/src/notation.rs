//! Bodies as their tokens, so that two can be compared whatever their white space.

use bindwire_wire::Format;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The tokens of a well-formed body, a line each.
pub fn tokens(format: Format, body: &str) -> String {
    match format {
        Format::Xml => xml(body),
        Format::Json => json(body),
        _ => csv(body),
    }
}

/// Tags and texts, without the declaration and white space between tags; `<a/>` is `<a></a>`.
fn xml(body: &str) -> String {
    let mut reader = Reader::from_str(body);
    reader.config_mut().expand_empty_elements = true;
    let mut tokens = String::new();
    let mut text = String::new();
    loop {
        let tag = match reader.read_event().expect("the body is XML") {
            Event::Text(part) => {
                text += &part;
                continue;
            }
            Event::GeneralRef(name) => {
                text += &format!("&{};", &*name);
                continue;
            }
            Event::Start(tag) => format!("<{}>\n", &*tag),
            Event::End(tag) => format!("</{}>\n", tag.name().as_ref()),
            Event::Eof => return tokens,
            _ => continue,
        };
        let text = std::mem::take(&mut text);
        if !text.trim().is_empty() {
            tokens += &format!("{}\n", text.trim());
        }
        tokens += &tag;
    }
}

/// The text with line ends between the tokens alone: order, doubled keys and the spelling of numbers count.
fn json(body: &str) -> String {
    serde_json::from_str::<serde::de::IgnoredAny>(body).expect("the body is JSON");
    let mut tokens = String::new();
    let (mut in_string, mut escaped) = (false, false);
    for character in body.chars() {
        if in_string || !character.is_ascii_whitespace() {
            tokens.push(character);
        }
        if !in_string && matches!(character, '{' | '[' | ',' | '}' | ']') {
            tokens.push('\n');
        }
        in_string ^= character == '"' && !escaped;
        escaped = in_string && character == '\\' && !escaped;
    }
    tokens
}

/// The cells; an empty line between the rows.
fn csv(body: &str) -> String {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(body.as_bytes());
    let row = |row: Result<csv::StringRecord, _>| {
        row.expect("the body is CSV").iter().map(|cell| format!("{cell:?}\n")).collect::<String>()
    };
    reader.records().map(row).collect::<Vec<_>>().join("\n")
}
