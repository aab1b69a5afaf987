//! Texts come back as they were from every format.

use super::fixtures::*;
use super::*;
use crate::write::json::is_number;
use crate::{CsvLayout, JsonAs, Node};
use proptest::prelude::*;

record! { One { 0 = text: Word, 1 = loose: Word, 2 = number: Word } &[
    Node::leaf(0, "text", "Text"),
    Node::leaf(1, "loose", "Loose").json_as(JsonAs::Any).optional().csv(""),
    Node::leaf(2, "number", "Number").json_as(JsonAs::Number).optional().csv(""),
] }
record! { Many {; 0 = rows: Vec<One>} &[Node::list(0, "rows", "Row", One::SHAPE)] }

fn one(text: &str) -> One {
    One { text: text.into(), ..One::default() }
}

#[test]
fn xml() {
    let written = |text| write_reply(&reply("", "", One::SHAPE), &Head::default(), &one(text), Format::Xml).unwrap();
    assert_eq!(written("AT&T <\"1\"> 'x'"), "<Text>AT&amp;T &lt;\"1\"&gt; 'x'</Text>");
    assert_eq!(written("]]>"), "<Text>]]&gt;</Text>");
    assert_eq!(written(" a  b\u{a0}"), "<Text>&#32;a  b&#160;</Text>");
    assert_eq!(written("\n \t"), "<Text>&#10;&#32;&#9;</Text>");
    assert_eq!(
        written("a\r\nb\u{0}\u{1}\u{7f}\u{85}é\u{ffff}"),
        "<Text>a&#13;&#10;b&#0;&#1;&#127;&#133;é&#65535;</Text>"
    );
}

#[test]
fn json() {
    let texts = One { text: "\u{0}\u{1f}\"\\/\u{7f}é😀\n".into(), loose: "1.50".into(), number: "1,5".into() };
    let written = write_reply(&reply("", "", One::SHAPE), &Head::default(), &texts, Format::Json).unwrap();
    assert_eq!(
        written,
        "{\n  \"Text\": \"\\u0000\\u001f\\\"\\\\/\u{7f}é😀\\n\",\n  \"Loose\": 1.50,\n  \"Number\": \"1,5\"\n}"
    );
    assert_eq!(super::json(&written)["Text"], texts.text.0);
}

#[test]
fn numbers_of_json() {
    for text in ["0", "-0", "10", "-1.50", "0.0", "1e5", "1E-05", "2.5e+3"] {
        assert!(is_number(text), "{text}");
    }
    for text in ["", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1,5", " 1", "1 ", "NaN", "--1", "٣", "1.5.5"] {
        assert!(!is_number(text), "{text}");
    }
}

proptest! {
    #[test]
    fn numbers_are_those_of_serde_json(text in "[-+0-9.eE]{0,8}") {
        let read = serde_json::from_str::<serde_json::Number>(&text);
        // Beyond the range of f64 serde_json stops before it has seen the whole text.
        prop_assume!(!read.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range")));
        prop_assert_eq!(is_number(&text), read.is_ok());
    }

    #[test]
    fn texts_come_back(text in any::<String>(), compact in any::<bool>()) {
        let reply = ReplyShape {
            csv: Some(CsvLayout { cells: &["code"], lines: !compact, rows: "rows" }),
            ..reply("R", "", Many::SHAPE)
        };
        let record = Many { rows: vec![one(&text), one("end")] };
        let write = |format| write_reply_with(&reply, &Head::default(), &record, format, WriteOptions { compact }).unwrap();

        let read = super::json(&write(Format::Json));
        prop_assert_eq!(read["R"]["Row"][0]["Text"].as_str(), Some(text.as_str()));

        let read: Vec<String> = oracle::csv(&write(Format::Csv)).into_iter().flatten().collect();
        prop_assert_eq!(&read[read.len() - 2], &text);

        // Strict parsers refuse a reference to U+0000.
        if !text.contains('\0') {
            let read = super::xml(&write(Format::Xml));
            prop_assert_eq!(&read[0], &("R/Row/Text".to_owned(), text));
        }
    }
}
