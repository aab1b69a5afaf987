//! Sentences: what the description says of a thing, where that can stand in a doc comment, or else its name and type.

use super::super::names::is_unseen;

/// Characters of documentation that is taken as it is.
const LONG: usize = 200;

/// Makes sentences, and counts what it could not take.
#[derive(Debug, Default)]
pub struct Sentences {
    /// Documentation that was cut, or left out.
    pub lost: usize,
}

impl Sentences {
    /// What `doc` says, or else `neutral`.
    pub fn of(&mut self, doc: &str, neutral: impl FnOnce() -> String) -> String {
        if doc.is_empty() {
            return neutral();
        }
        let paragraph = doc.lines().next().unwrap_or_default();
        let taken = if paragraph.chars().count() <= LONG { paragraph } else { first_sentence(paragraph) };
        let sentence = sentence(taken);
        self.lost += usize::from(sentence.is_none() || taken.len() < doc.len());
        sentence.unwrap_or_else(neutral)
    }
}

/// The text up to its first full stop.
fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

/// The text as a sentence; nothing where it is too long, or holds what means something else in Markdown or to the compiler.
fn sentence(text: &str) -> Option<String> {
    let text = text.trim_end_matches(|last: char| last.is_whitespace() || matches!(last, '.' | ',' | ';' | ':'));
    let first = text.chars().next().filter(|first| first.is_alphanumeric())?;
    let is_odd = |letter: char| matches!(letter, '<' | '>' | '[' | ']' | '`' | '\\' | '*' | '|') || is_unseen(letter);
    if text.chars().any(is_odd) || text.chars().count() > LONG {
        return None;
    }
    let rest = &text[first.len_utf8()..];
    let end = if text.ends_with(['!', '?']) { "" } else { "." };
    let begin: String = first.to_uppercase().collect();
    // A sentence of the spec ends in a full stop.
    let rest = if end.is_empty() { &rest[..rest.len() - 1] } else { rest };
    Some(format!("{begin}{rest}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_a_sentence_is_one() {
        let mut sentences = Sentences::default();
        let mut of = |doc: &str| sentences.of(doc, || "Neutral.".to_owned());
        assert_eq!(of("name of zone"), "Name of zone.");
        assert_eq!(of("Type of zone. Primary or Secondary."), "Type of zone. Primary or Secondary.");
        assert_eq!(of("really?"), "Really.");
        assert_eq!(of(""), "Neutral.");
        assert_eq!(sentences.lost, 0);
    }

    #[test]
    fn what_cannot_is_counted() {
        let mut sentences = Sentences::default();
        let mut of = |doc: &str| sentences.of(doc, || "Neutral.".to_owned());
        assert_eq!(of("Places an order.\nCosts money."), "Places an order.");
        assert_eq!(of(&format!("Short. {}", "long ".repeat(50))), "Short.");
        for odd in ["see <b>", "[link]", "`code`", "- a list", "\u{202e}turned", "...", &"x".repeat(300)] {
            assert_eq!(of(odd), "Neutral.", "{odd}");
        }
        assert_eq!(sentences.lost, 9);
    }
}
