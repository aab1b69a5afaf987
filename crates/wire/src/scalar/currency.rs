//! Currency codes.

use super::Scalar;
use crate::{FlagStyle, LeafKind, Plain};
use std::fmt;
use std::hash::{Hash, Hasher};

/// A currency by its code: three letters, as of ISO 4217.
///
/// Any three ASCII letters are a code, because the list of those that an API takes grows. Held in upper case; one that was
/// read in lower case is written so again, which equality does not see.
#[derive(Clone, Copy)]
pub struct Currency {
    code: [u8; 3],
    lower: bool,
}

macro_rules! currencies {
    ($($(#[$doc:meta])+ $code:ident,)+) => {
        $($(#[$doc])+ pub const $code: Self = match Self::new(stringify!($code)) {
            Some(currency) => currency,
            None => panic!("a currency code has three letters"),
        };)+
    };
}

impl Currency {
    currencies! {
        /// The US dollar.
        USD,
        /// The euro.
        EUR,
        /// The pound sterling.
        GBP,
        /// The Chinese yuan.
        CNY,
        /// The Indian rupee.
        INR,
        /// The Canadian dollar.
        CAD,
    }

    /// The currency with this code, in any case; `None` when it is not three ASCII letters.
    pub const fn new(code: &str) -> Option<Self> {
        let &[a, b, c] = code.as_bytes() else { return None };
        if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_uppercase() {
            return Some(Self { code: [a, b, c], lower: false });
        }
        if !(a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_alphabetic()) {
            return None;
        }
        let lower = a.is_ascii_lowercase() && b.is_ascii_lowercase() && c.is_ascii_lowercase();
        Some(Self { code: [a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()], lower })
    }

    /// The code in upper case: `USD`.
    pub const fn code(&self) -> &str {
        match str::from_utf8(&self.code) {
            Ok(code) => code,
            // Never taken: the code is ASCII.
            Err(_) => "",
        }
    }

    /// Appends the code in the case in which it was read.
    pub(super) fn push_to(self, out: &mut String) {
        out.extend(self.code.map(|byte| char::from(if self.lower { byte.to_ascii_lowercase() } else { byte })));
    }
}

impl PartialEq for Currency {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Currency {}

impl Hash for Currency {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code.hash(state);
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Scalar for Currency {
    const KIND: LeafKind = LeafKind::Currency;

    fn parse(text: &str) -> Option<Self> {
        Self::new(text)
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        self.push_to(out);
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.code().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed, read};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_the_case_without_comparing_it() {
        assert_same_text::<Option<Currency>>(&["USD", "usd", "EUR"]);
        assert_eq!(read("usd"), Ok(Some(Currency::USD)));
        assert_eq!(read("Usd"), Ok(Some(Currency::USD)));
        assert_eq!(Currency::new("cad").unwrap().to_string(), "CAD");
        assert_unparsed::<Option<Currency>>(&["$", "US", "USDT", "U D", "12", "€", "-", "U5D"]);
    }

    proptest! {
        #[test]
        fn round_trips(code in "[A-Z]{3}|[a-z]{3}") {
            let currency = Currency::new(&code);
            assert!(currency.is_some());
            assert_round_trip(&currency);
            assert_same_text::<Option<Currency>>(&[&code]);
        }
    }
}
