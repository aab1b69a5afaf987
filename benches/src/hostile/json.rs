//! Hostile JSON for `list_domain`.

use super::Kind;
use crate::bodies::{Layout, Markup, list_head, list_tail};
use bindwire_wire::Format;

/// Where the unit stands.
enum Place {
    /// It is all of the body, behind a brace.
    Alone,
    /// Instead of the domains.
    List,
    /// In a domain.
    Domain,
    /// In a domain's note, between quotes.
    Note,
    /// As a value without quotes.
    Value,
}

use Place::{Alone, Domain, List, Note, Value};

const KINDS: &[(&str, Place, &str)] = &[
    ("deep nesting of arrays", List, "["),
    ("deep nesting of objects", Domain, "\"a\":{"),
    ("deep nesting of a known name", Domain, "\"Whois\":{"),
    ("deep nesting of records", List, "{\"MainDomains\":["),
    ("braces only", Alone, "{"),
    ("a million empty objects", List, "{},"),
    ("a million empty objects in a level", Domain, "\"a\":{},"),
    ("a million empty arrays", List, "[],"),
    ("a million commas", List, ","),
    ("a million commas in a record", Domain, ","),
    ("a million colons", Domain, ":"),
    ("a million duplicate keys", Domain, "\"Note\":\"a\","),
    ("different keys", Domain, "\"a#\":\"a\","),
    ("keys without values", Domain, "\"Note\" "),
    ("one huge string", Note, "a"),
    ("backslashes", Note, "\\"),
    ("escapes", Note, "\\u0041"),
    ("halves of surrogates", Note, "\\ud800"),
    ("control characters", Note, "\n"),
    ("unclosed strings with commas", Domain, "\"a,"),
    ("quotes only", Domain, "\""),
    ("single quotes only", Domain, "'"),
    ("a number of a million digits", Value, "1"),
    ("a number of a million signs", Value, "-"),
    ("bare words", Domain, "a "),
    ("& only", Note, "&"),
    ("closing brackets", Domain, "}"),
    ("wrong closing brackets", Domain, "]"),
    ("comments", Domain, "/**/"),
    ("unfinished comments", Domain, "/*"),
    ("line comments", Domain, "//"),
    ("bare values in the list", List, "1,"),
    ("strings in the list", List, "\"a\","),
    ("white space", List, " "),
    ("small good records", List, "{\"Name\":\"a\"},"),
    ("different keys a record", List, "{\"a#\":1},"),
];

/// Every kind in JSON.
pub fn kinds() -> Vec<Kind> {
    let list = list_head(Markup::Json, Layout::Compact);
    let end = list_tail(Markup::Json, Layout::Compact);
    let kind = |(name, place, unit): &(&'static str, Place, &'static str)| {
        let (head, tail) = match place {
            Alone => ("{".to_owned(), String::new()),
            List => (list.to_owned(), end.to_owned()),
            Domain => (format!("{list}{{\"Name\":\"a.com\","), format!("}}{end}")),
            Note => (format!("{list}{{\"Note\":\""), format!("\"}}{end}")),
            Value => (format!("{list}{{\"Note\":"), format!("}}{end}")),
        };
        Kind::new(Format::Json, name, head, unit, tail)
    };
    KINDS.iter().map(kind).collect()
}
