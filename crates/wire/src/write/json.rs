//! JSON as a notation: objects, arrays, and scalars with or without quotes.

use super::notation::{Notation, Output, Place};
use crate::JsonAs;
use crate::plain::print_json_string;

/// Objects and arrays, two spaces a level.
pub(super) struct Json;

impl Notation for Json {
    fn begin(&self, out: &mut Output) {
        out.push(["{"]);
        out.depth += 1;
    }

    fn end(&self, out: &mut Output) {
        end(out, "{", "}");
    }

    fn open(&self, out: &mut Output, name: &str, place: Place) {
        lead(out, name, place);
        out.push(["{"]);
        out.depth += 1;
    }

    fn close(&self, out: &mut Output, _: &str) {
        end(out, "{", "}");
    }

    fn scalar(&self, out: &mut Output, name: &str, place: Place, text: &str, json_as: JsonAs) {
        lead(out, name, place);
        let bare = match json_as {
            JsonAs::String => false,
            JsonAs::Number | JsonAs::Any => is_number(text),
            JsonAs::Bool => matches!(text, "true" | "false"),
        };
        if bare {
            out.push([text]);
        } else {
            string(out, text);
        }
    }

    fn text(&self, out: &mut Output, text: &str) {
        self.scalar(out, "", Place::Member, text, JsonAs::String);
    }

    fn open_list(&self, out: &mut Output, name: &str, place: Place) {
        lead(out, name, place);
        out.push(["["]);
        out.depth += 1;
    }

    fn close_list(&self, out: &mut Output) {
        end(out, "[", "]");
    }
}

/// Writes what stands before a value: a comma after another one, and the key unless it is an item.
fn lead(out: &mut Output, name: &str, place: Place) {
    // Only an opening leaves a bracket at the end: strings end in a quote.
    if !out.text.ends_with(['{', '[']) {
        out.push([","]);
    }
    out.line();
    if place == Place::Member {
        string(out, name);
        out.push([if out.compact { ":" } else { ": " }]);
    }
}

fn end(out: &mut Output, opening: &str, closing: &str) {
    out.depth -= 1;
    if !out.text.ends_with(opening) {
        out.line();
    }
    out.push([closing]);
}

fn string(out: &mut Output, text: &str) {
    // Writing into a String cannot fail.
    let _ = print_json_string(text, &mut out.text);
}

/// Whether `text` is a number by the grammar of JSON.
pub(super) fn is_number(text: &str) -> bool {
    fn digits(text: &str) -> Option<&str> {
        let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
        (rest.len() < text.len()).then_some(rest)
    }
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some(mut rest) = text.strip_prefix('0').or_else(|| digits(text)) else { return false };
    if let Some(fraction) = rest.strip_prefix('.') {
        let Some(after) = digits(fraction) else { return false };
        rest = after;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let Some(after) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)) else { return false };
        rest = after;
    }
    rest.is_empty()
}
