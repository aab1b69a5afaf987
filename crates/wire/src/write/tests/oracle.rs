//! Reads what was written with `quick-xml`, `serde_json` and `csv`; what they refuse fails the test.

use quick_xml::events::Event;

/// Every element without elements in it, as its path and text.
#[track_caller]
pub(super) fn xml(written: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(written);
    reader.config_mut().expand_empty_elements = true;
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut ends = false;
    let mut leaves = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                path.push(tag.name().as_ref().to_owned());
                text.clear();
                ends = true;
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                Some(character) => text.push(character),
                None => text.push_str(quick_xml::escape::resolve_predefined_entity(&entity).unwrap()),
            },
            Event::End(_) => {
                if ends {
                    leaves.push((path.join("/"), std::mem::take(&mut text)));
                }
                ends = false;
                path.pop();
            }
            Event::Eof => break,
            other => panic!("{other:?} is never written"),
        }
    }
    assert!(path.is_empty(), "{path:?} is not closed");
    leaves
}

/// The value that was written.
#[track_caller]
pub(super) fn json(written: &str) -> serde_json::Value {
    serde_json::from_str(written).unwrap()
}

/// The cells that were written, line by line.
#[track_caller]
pub(super) fn csv(written: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(written.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}
