//! Writing TOML: texts, keys and tables on one line.

use std::fmt::Write as _;

/// A text in quotes.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Writing into a String cannot fail.
            letter if letter.is_control() => drop(write!(out, "\\u{:04X}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Texts in brackets.
pub fn texts<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<String> = all.into_iter().map(text).collect();
    format!("[{}]", all.join(", "))
}

/// A table on one line.
#[derive(Debug, Default)]
pub struct Inline(Vec<String>);

impl Inline {
    /// Adds a key with a text.
    pub fn text(self, key: &str, value: &str) -> Self {
        self.raw(key, &text(value))
    }

    /// Adds a key with `true`, where that is so.
    pub fn flag(self, key: &str, value: bool) -> Self {
        if value { self.raw(key, "true") } else { self }
    }

    /// Adds a key with what is TOML already.
    pub fn raw(mut self, key: &str, value: &str) -> Self {
        self.0.push(format!("{key} = {value}"));
        self
    }

    /// The table.
    pub fn end(self) -> String {
        format!("{{ {} }}", self.0.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let odd = "a \"b\" \\ \n\r\t\u{7f}\u{1}\u{85} \u{202e} ü";
        let line = format!("it = {}", Inline::default().text("a", odd).flag("b", true).flag("c", false).end());
        let table: toml::Table = line.parse().expect("TOML");
        assert_eq!(table["it"]["a"].as_str(), Some(odd));
        assert_eq!(table["it"].as_table().map(toml::Table::len), Some(2));
    }
}
