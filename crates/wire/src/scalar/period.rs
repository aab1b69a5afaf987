//! Spans of years, as registries allow them.

use super::Scalar;
use super::number::digits;
use crate::{FlagStyle, LeafKind, Plain};
use std::fmt::{self, Write as _};
use std::ops::RangeInclusive;

/// For how many years something can be had: spans and single numbers with `;` between them, as `1-10`, `1;3;5` or `1-5;10`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Period(Vec<RangeInclusive<u16>>);

impl Period {
    /// The spans, in the order of the wire; a single number is a span from itself to itself.
    pub fn spans(&self) -> &[RangeInclusive<u16>] {
        &self.0
    }

    /// Whether it can be had for so many years.
    pub fn allows(&self, years: u16) -> bool {
        self.0.iter().any(|span| span.contains(&years))
    }

    /// Every number of years, the fewest first.
    pub fn years(&self) -> Vec<u16> {
        let mut years: Vec<u16> = self.0.iter().flat_map(Clone::clone).collect();
        years.sort_unstable();
        years.dedup();
        years
    }
}

fn span(text: &str) -> Option<RangeInclusive<u16>> {
    let number = |text: &str| {
        let text = text.trim_ascii();
        if text.is_empty() { None } else { digits(text.as_bytes())?.try_into().ok() }
    };
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (number(from)?, number(to)?),
        None => (number(text)?, number(text)?),
    };
    (from <= to).then_some(from..=to)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, span) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ";" };
            write!(f, "{separator}{}", span.start())?;
            if span.start() != span.end() {
                write!(f, "-{}", span.end())?;
            }
        }
        Ok(())
    }
}

/// A span that ends before it begins is none.
impl Scalar for Period {
    const KIND: LeafKind = LeafKind::Period;

    fn parse(text: &str) -> Option<Self> {
        text.split(';').map(span).collect::<Option<Vec<_>>>().map(Self)
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        let _ = write!(out, "{self}");
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_same_text, assert_unparsed, read};
    use super::*;

    #[test]
    fn spans_and_numbers_are_told_apart() {
        let period = read::<Option<Period>>("1-5;10").unwrap().unwrap();
        assert_eq!(period.spans(), [1..=5, 10..=10]);
        assert_eq!(period.years(), [1, 2, 3, 4, 5, 10]);
        assert!(period.allows(5) && period.allows(10) && !period.allows(6) && !period.allows(0));
        assert_same_text::<Option<Period>>(&["1-10", "1;3;5", "1-5;10", "1", "2-9;1"]);
        assert_eq!(read::<Option<Period>>("1-1").unwrap().unwrap().to_string(), "1");
        assert_eq!(read::<Option<Period>>(" 1 - 5 ; 10 ").unwrap(), Some(period));
    }

    #[test]
    fn anything_else_is_no_period() {
        assert_unparsed::<Option<Period>>(&["1-", "-1", "5-1", "1,2", "a", "1;;2", ";", "1-2-3", "70000", "1.5", "１"]);
    }
}
