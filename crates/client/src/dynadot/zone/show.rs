//! How names and texts of records are printed: as they are, in quotes where that could be misread.

use super::name::APEX;

/// The name of a record; `@` for the domain itself.
pub(super) fn name(name: &str) -> String {
    if name.is_empty() { APEX.to_owned() } else { text(name) }
}

/// A text, in quotes and with escapes where it is empty, has a blank, or has a character that would not print as itself.
pub(super) fn text(text: &str) -> String {
    let quoted = format!("{text:?}");
    let is_plain = !text.is_empty() && quoted.len() == text.len() + 2 && !text.contains(char::is_whitespace);
    if is_plain { text.to_owned() } else { quoted }
}

/// The first texts of a list, and how many more there are: an error is one line.
pub(super) fn some(texts: impl IntoIterator<Item = String>) -> String {
    const SHOWN: usize = 8;
    let texts: Vec<String> = texts.into_iter().collect();
    let mut out = texts[..texts.len().min(SHOWN)].join(", ");
    if texts.len() > SHOWN {
        out.push_str(&format!(" and {} more", texts.len() - SHOWN));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_be_misread_is_quoted() {
        for (given, shown) in [
            ("192.0.2.1", "192.0.2.1"),
            ("gfj9Xq-Rg85_nM", "gfj9Xq-Rg85_nM"),
            ("bücher", "bücher"),
            ("it's", "it's"),
            ("", r#""""#),
            ("v=spf1 -all", r#""v=spf1 -all""#),
            ("a\u{a0}b", r#""a\u{a0}b""#),
            ("a\"b", r#""a\"b""#),
            ("a\\b", r#""a\\b""#),
            ("a\nb", r#""a\nb""#),
            ("a\u{202e}b", r#""a\u{202e}b""#),
        ] {
            assert_eq!(text(given), shown);
        }
        assert_eq!((name(""), name("www")), ("@".to_owned(), "www".to_owned()));
    }

    #[test]
    fn a_long_list_is_cut() {
        let list = |count: usize| some((0..count).map(|at| at.to_string()));
        assert_eq!(list(3), "0, 1, 2");
        assert_eq!(list(8), "0, 1, 2, 3, 4, 5, 6, 7");
        assert_eq!(list(10), "0, 1, 2, 3, 4, 5, 6, 7 and 2 more");
    }
}
