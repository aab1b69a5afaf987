//! Whether two bodies say the same in the same order, whatever their white space.

use bindwire_wire::Format;
use quick_xml::Reader;
use quick_xml::events::Event;

/// Whether `one` and `other` have the same tokens.
pub fn same(format: Format, one: &str, other: &str) -> bool {
    match format {
        Format::Xml => xml(one) == xml(other),
        Format::Json => json(one) == json(other),
        Format::Csv => csv(one) == csv(other),
    }
}

/// Tags and texts, without the declaration and white space between tags.
fn xml(body: &str) -> Vec<String> {
    let mut reader = Reader::from_str(body);
    reader.config_mut().expand_empty_elements = true;
    let mut tokens = Vec::new();
    let mut text = String::new();
    loop {
        let tag = match reader.read_event().expect("the body is XML") {
            Event::Text(part) => {
                text += &part.decode().expect("the body is UTF-8");
                continue;
            }
            Event::GeneralRef(name) => {
                text += &format!("&{};", name.decode().expect("the body is UTF-8"));
                continue;
            }
            Event::Start(tag) => format!("<{}>", String::from_utf8_lossy(&tag)),
            Event::End(tag) => format!("</{}>", String::from_utf8_lossy(&tag)),
            Event::Eof => break,
            _ => String::new(),
        };
        let before = std::mem::take(&mut text);
        let opened = tokens.last().is_some_and(|last: &String| last.starts_with('<') && !last.starts_with("</"));
        if opened && tag.starts_with("</") || !before.trim().is_empty() {
            tokens.push(before.trim().to_owned());
        }
        tokens.push(tag);
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// The text without white space between the tokens: order, doubled keys and the spelling of numbers count.
fn json(body: &str) -> String {
    serde_json::from_str::<serde::de::IgnoredAny>(body).expect("the body is JSON");
    let (mut in_string, mut escaped) = (false, false);
    let kept = body.chars().filter(|character| {
        let keep = in_string || !character.is_ascii_whitespace();
        in_string ^= *character == '"' && !escaped;
        escaped = in_string && *character == '\\' && !escaped;
        keep
    });
    kept.collect()
}

/// The cells of each line.
fn csv(body: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(body.as_bytes());
    reader.records().map(|row| row.expect("the body is CSV").iter().map(str::to_owned).collect()).collect()
}
