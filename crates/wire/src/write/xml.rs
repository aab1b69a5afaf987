//! XML as a notation: elements, attributes, and the escapes that bring every text back as it was.

use super::notation::{Notation, Output, Place};
use crate::JsonAs;
use std::fmt::Write as _;

/// Elements, two spaces a level; lists are repeated elements.
pub(super) struct Xml;

impl Notation for Xml {
    fn begin(&self, _: &mut Output) {}

    fn end(&self, _: &mut Output) {}

    fn open(&self, out: &mut Output, name: &str, _: Place) {
        out.line();
        out.push(["<", name, ">"]);
        out.depth += 1;
        out.start_tag = out.text.len();
    }

    fn close(&self, out: &mut Output, name: &str) {
        out.depth -= 1;
        // A start tag at the very end is this element's own: what it held would stand after it.
        if out.start_tag == out.text.len() {
            out.text.pop();
            out.push(["/>"]);
        } else {
            out.line();
            out.push(["</", name, ">"]);
        }
    }

    fn scalar(&self, out: &mut Output, name: &str, _: Place, text: &str, _: JsonAs) {
        if let Some(name) = name.strip_prefix('@') {
            return attribute(out, name, text);
        }
        out.line();
        if text.is_empty() {
            out.push(["<", name, "/>"]);
        } else {
            out.push(["<", name, ">"]);
            escape(text, &mut out.text);
            out.push(["</", name, ">"]);
        }
    }

    fn text(&self, out: &mut Output, text: &str) {
        escape(text, &mut out.text);
    }

    fn open_list(&self, _: &mut Output, _: &str, _: Place) {}

    fn close_list(&self, _: &mut Output) {}
}

/// Puts an attribute into the start tag that was written last.
fn attribute(out: &mut Output, name: &str, text: &str) {
    if out.start_tag != out.text.len() || !out.text.ends_with('>') {
        return;
    }
    out.text.pop();
    out.push([" ", name, "=\""]);
    for character in text.chars() {
        match character {
            '&' => out.push(["&amp;"]),
            '<' => out.push(["&lt;"]),
            '>' => out.push(["&gt;"]),
            '"' => out.push(["&quot;"]),
            '\u{fffe}' | '\u{ffff}' => out.push(["&#", &u32::from(character).to_string(), ";"]),
            _ if character.is_control() => out.push(["&#", &u32::from(character).to_string(), ";"]),
            _ => out.text.push(character),
        }
    }
    out.push(["\">"]);
    out.start_tag = out.text.len();
}

/// Appends `text` so that a reader that trims texts and normalises line ends gives it back unchanged.
fn escape(text: &str, out: &mut String) {
    let first = text.len() - text.trim_start().len();
    let last = text.trim_end().len();
    let mut from = 0;
    for (at, character) in text.char_indices() {
        let entity = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\u{fffe}' | '\u{ffff}' => "",
            _ if character.is_control() || at < first || at >= last => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        from = at + character.len_utf8();
        if entity.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(out, "&#{};", u32::from(character));
        } else {
            out.push_str(entity);
        }
    }
    out.push_str(&text[from..]);
}
