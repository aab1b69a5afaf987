//! Amounts of money.

use super::number::{short_decimal, signed, unsigned_decimal};
use super::{Currency, Scalar};
use crate::{FlagStyle, LeafKind, Plain};
use rust_decimal::Decimal;
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};

/// The sign of a currency, as it stands before an amount.
///
/// It tells no currency: `$` belongs to several, and Dynadot's pages print `$100.00` for an order in euros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sign {
    /// `$`
    Dollar,
    /// `€`
    Euro,
    /// `£`
    Pound,
    /// `¥`, of the yen and the yuan.
    Yen,
    /// `₹`
    Rupee,
}

impl Sign {
    const ALL: [Self; 5] = [Self::Dollar, Self::Euro, Self::Pound, Self::Yen, Self::Rupee];

    /// The character.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dollar => "$",
            Self::Euro => "€",
            Self::Pound => "£",
            Self::Yen => "¥",
            Self::Rupee => "₹",
        }
    }

    /// Takes a sign off the start of `text`.
    fn strip(text: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|sign| text.strip_prefix(sign.as_str()).map(|rest| (sign, rest)))
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of money, exact and with the decimal places that it was written with.
///
/// Reads `8.00`, `$8.00`, `-$8.00`, `$-8.00`, `1,234.50`, `77.00 in USD`, `77.00 USD` and `USD 77.00`, and writes each as it
/// was read. A comma separates thousands where groups of three digits follow and the first group does not begin with 0.
/// Everything else is left unparsed, `5,00` and `1.234,50` too. Without a code the currency is not known: a [`Sign`] does
/// not tell it.
///
/// Equality is that of amount, currency and sign, not of the notation.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Money {
    /// The amount, negative for a debt.
    pub amount: Decimal,
    /// The currency, where the text names it.
    pub currency: Option<Currency>,
    /// The currency's sign, where one stands.
    pub sign: Option<Sign>,
    notation: Notation,
}

/// How an amount was written.
#[derive(Debug, Clone, Copy, Default)]
struct Notation {
    /// Commas between the thousands.
    grouped: bool,
    /// The minus stands after the sign.
    minus_inside: bool,
    place: Place,
}

/// Where the code stands.
#[derive(Debug, Clone, Copy, Default)]
enum Place {
    /// `77.00 in USD`
    #[default]
    AfterIn,
    /// `77.00 USD`
    After,
    /// `USD 77.00`
    Before,
}

impl Money {
    /// An amount without currency and sign.
    pub fn new(amount: Decimal) -> Self {
        Self { amount, currency: None, sign: None, notation: Notation::default() }
    }

    /// The same amount in a currency; written `77.00 in USD`.
    #[must_use]
    pub fn in_currency(mut self, currency: Currency) -> Self {
        self.currency = Some(currency);
        self
    }

    /// The same amount with a sign before it; written `$77.00`.
    #[must_use]
    pub fn with_sign(mut self, sign: Sign) -> Self {
        self.sign = Some(sign);
        self
    }

    fn push_to(&self, out: &mut String) {
        let Notation { grouped, minus_inside, place } = self.notation;
        if let (Place::Before, Some(currency)) = (place, self.currency) {
            currency.push_to(out);
            out.push(' ');
        }
        let minus = if self.amount.is_sign_negative() { "-" } else { "" };
        match self.sign {
            Some(sign) if minus_inside => out.extend([sign.as_str(), minus]),
            Some(sign) => out.extend([minus, sign.as_str()]),
            None => out.push_str(minus),
        }
        let start = out.len();
        let _ = write!(out, "{}", self.amount.abs());
        if grouped {
            let end = out[start..].find('.').map_or(out.len(), |point| start + point);
            for at in (start + 1..end).rev().filter(|at| (end - at).is_multiple_of(3)) {
                out.insert(at, ',');
            }
        }
        if let (Place::After | Place::AfterIn, Some(currency)) = (place, self.currency) {
            out.push_str(if matches!(place, Place::After) { " " } else { " in " });
            currency.push_to(out);
        }
    }
}

/// Takes the code of a currency off either end of `text`; what is left is the amount.
fn split_currency(text: &str) -> (&str, Option<(Currency, Place)>) {
    let split = |at: usize| text.split_at_checked(at);
    let upper = |code: &str| Currency::new(code).filter(|_| code.bytes().all(|byte| byte.is_ascii_uppercase()));
    if let Some((code, rest)) = split(3)
        && let Some(currency) = upper(code)
    {
        return (rest.trim_ascii_start(), Some((currency, Place::Before)));
    }
    let Some((rest, code)) = text.len().checked_sub(3).and_then(split) else { return (text, None) };
    let amount = rest.trim_ascii_end();
    if amount.len() < rest.len()
        && let Some((amount, word)) = amount.len().checked_sub(2).and_then(|at| amount.split_at_checked(at))
        && word.eq_ignore_ascii_case("in")
        && amount.ends_with(|before: char| before.is_ascii_whitespace())
    {
        let currency = Currency::new(code).map(|currency| (currency, Place::AfterIn));
        return (amount.trim_ascii_end(), currency);
    }
    // Without `in` any word of three letters could stand here; only capitals are taken for a code.
    match upper(code) {
        Some(currency) => (amount, Some((currency, Place::After))),
        None => (text, None),
    }
}

/// The value of digits with commas between the thousands.
fn grouped(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let regular = (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    // A power of ten beside separators is no notation that anything writes.
    if !regular || fraction.contains(',') || text.contains(['e', 'E']) {
        return None;
    }
    unsigned_decimal(text.bytes().filter(|byte| *byte != b','))
}

/// Reads an amount in any of its notations.
fn read(text: &str) -> Option<Money> {
    let (text, currency) = split_currency(text);
    let (minus, rest) = signed(text);
    let (sign, rest) = Sign::strip(rest).map_or((None, rest), |(sign, rest)| (Some(sign), rest.trim_ascii_start()));
    let (minus_inside, rest) = match rest.strip_prefix('-') {
        Some(rest) if minus.is_none() && sign.is_some() => (true, rest),
        _ => (false, rest),
    };
    let with_commas = rest.contains(',');
    let amount = if with_commas { grouped(rest) } else { unsigned_decimal(rest.bytes()) }?;
    Some(Money {
        amount: if minus_inside || minus == Some(b'-') { -amount } else { amount },
        currency: currency.map(|(currency, _)| currency),
        sign,
        notation: Notation {
            grouped: with_commas,
            minus_inside,
            place: currency.map(|(_, place)| place).unwrap_or_default(),
        },
    })
}

impl PartialEq for Money {
    fn eq(&self, other: &Self) -> bool {
        (self.amount, self.currency, self.sign) == (other.amount, other.currency, other.sign)
    }
}

impl Eq for Money {}

impl Hash for Money {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.amount, self.currency, self.sign).hash(state);
    }
}

impl From<Decimal> for Money {
    fn from(amount: Decimal) -> Self {
        Self::new(amount)
    }
}

/// Prints the amount as it is written on the wire.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.pad(&text)
    }
}

impl Scalar for Money {
    const KIND: LeafKind = LeafKind::Money;

    fn parse(text: &str) -> Option<Self> {
        match short_decimal(text.as_bytes()) {
            Some(amount) => Some(Self::new(amount)),
            None => read(text),
        }
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        self.push_to(out);
    }

    /// An object of amount, currency and sign, each a text.
    fn plain(&self) -> Plain {
        Plain::object([
            ("amount", Plain::Text(self.amount.to_string())),
            ("currency", self.currency.as_ref().map_or(Plain::Null, Scalar::plain)),
            ("sign", self.sign.map_or(Plain::Null, |sign| Plain::Text(sign.as_str().to_owned()))),
        ])
    }
}

#[cfg(test)]
pub(super) mod tests;
