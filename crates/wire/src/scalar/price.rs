//! Prices in the words of a search.

use super::{Money, Scalar};
use crate::{FlagStyle, LeafKind, Plain};

/// What a domain name costs, as the prose of a search tells it.
///
/// Two wordings are known: `77.00 in USD`, which is the price of a registration, and
/// `Registration Price: 1.99 in USD and Renewal price: 9.99 in USD and Domain is not a Premium Domain`. The clauses are
/// taken in any order and case, and any of them may be missing; prices of transfer and restore are taken in the same words.
/// A text with another clause, or one twice, is left unparsed as a whole.
///
/// Equality is that of the fields, not of the wording.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Price {
    /// Price of a registration.
    pub registration: Option<Money>,
    /// Price of a renewal.
    pub renewal: Option<Money>,
    /// Price of a transfer.
    pub transfer: Option<Money>,
    /// Price of getting a deleted name back.
    pub restore: Option<Money>,
    /// Whether it is a premium domain, where the text tells.
    pub premium: Option<bool>,
    /// The price of a registration has its label even where it stands alone.
    labelled: bool,
}

impl Price {
    /// The price of a registration and nothing else.
    pub fn new(registration: Money) -> Self {
        Self { registration: Some(registration), ..Self::default() }
    }

    /// Reads the prose; `None` when it is another wording, or empty.
    pub fn from_text(text: &str) -> Option<Self> {
        let text = <Self as Scalar>::trim(text);
        (!text.is_empty()).then(|| Self::parse(text)).flatten()
    }

    /// The prices with their labels on the wire, in the order of writing.
    fn prices(&self) -> [(&'static str, Option<Money>); 4] {
        [
            ("Registration Price: ", self.registration),
            ("Renewal price: ", self.renewal),
            ("Transfer price: ", self.transfer),
            ("Restore price: ", self.restore),
        ]
    }

    /// Takes one clause in; `None` when it is unknown or there already.
    fn take(&mut self, clause: &str) -> Option<()> {
        if let Some(premium) = premium(clause) {
            return set(&mut self.premium, premium);
        }
        let (place, amount) = match labelled(clause) {
            Some((label, amount)) => {
                let place = match label {
                    Label::Registration => &mut self.registration,
                    Label::Renewal => &mut self.renewal,
                    Label::Transfer => &mut self.transfer,
                    Label::Restore => &mut self.restore,
                };
                self.labelled = true;
                (place, amount)
            }
            None => (&mut self.registration, clause),
        };
        set(place, Money::parse(amount)?)
    }
}

fn set<T>(place: &mut Option<T>, value: T) -> Option<()> {
    if place.is_some() {
        return None;
    }
    *place = Some(value);
    Some(())
}

/// What an amount is for.
#[derive(Clone, Copy)]
enum Label {
    Registration,
    Renewal,
    Transfer,
    Restore,
}

/// Takes a label such as `Renewal price:` off a clause.
fn labelled(clause: &str) -> Option<(Label, &str)> {
    const WORDS: &[(&str, Label)] = &[
        ("registration", Label::Registration),
        ("renewal", Label::Renewal),
        ("transfer", Label::Transfer),
        ("restore", Label::Restore),
    ];
    let (word, rest) = clause.split_once(|c: char| c.is_ascii_whitespace())?;
    let (_, label) = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word))?;
    let (word, amount) = rest.trim_ascii_start().split_at_checked("price".len())?;
    let amount = amount.trim_ascii_start().strip_prefix(':').or_else(|| amount.strip_prefix(' '))?;
    word.eq_ignore_ascii_case("price").then_some((*label, amount.trim_ascii()))
}

/// Whether a clause says that the domain is a premium domain.
fn premium(clause: &str) -> Option<bool> {
    let mut words = clause.split_ascii_whitespace().peekable();
    let mut next_is = |word: &str| words.next_if(|next| next.eq_ignore_ascii_case(word)).is_some();
    if !(next_is("domain") && next_is("is")) {
        return None;
    }
    let value = !next_is("not");
    next_is("a");
    let complete = next_is("premium") && next_is("domain");
    (complete && words.next().is_none()).then_some(value)
}

/// The parts of `text` between the word `and`.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut at = 0;
        for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let end = at + word.len();
            if word.trim_ascii_end().eq_ignore_ascii_case("and") {
                rest = Some(&text[end..]);
                return Some(text[..at].trim_ascii());
            }
            at = end;
        }
        rest = None;
        Some(text.trim_ascii())
    })
}

impl PartialEq for Price {
    fn eq(&self, other: &Self) -> bool {
        self.prices() == other.prices() && self.premium == other.premium
    }
}

impl Eq for Price {}

impl Scalar for Price {
    const KIND: LeafKind = LeafKind::Price;

    fn parse(text: &str) -> Option<Self> {
        let mut price = Self::default();
        for clause in clauses(text) {
            price.take(clause)?;
        }
        Some(price)
    }

    /// A price of registration alone is written without label, unless it was read with one.
    fn print(&self, flag: FlagStyle, out: &mut String) {
        let [_, others @ ..] = self.prices();
        let bare = !self.labelled && self.premium.is_none() && others.iter().all(|(_, price)| price.is_none());
        if let (true, Some(registration)) = (bare, self.registration) {
            return registration.print(flag, out);
        }
        let start = out.len();
        let clause = |label: &str, out: &mut String| {
            out.push_str(if out.len() > start { " and " } else { "" });
            out.push_str(label);
        };
        for (label, price) in self.prices() {
            if let Some(price) = price {
                clause(label, out);
                price.print(flag, out);
            }
        }
        if let Some(premium) = self.premium {
            clause(if premium { "Domain is a Premium Domain" } else { "Domain is not a Premium Domain" }, out);
        }
    }

    /// An object of the prices, each as [`Money`]'s, and `premium`.
    fn plain(&self) -> Plain {
        let money = |money: Option<Money>| money.as_ref().map_or(Plain::Null, Scalar::plain);
        Plain::object([
            ("registration", money(self.registration)),
            ("renewal", money(self.renewal)),
            ("transfer", money(self.transfer)),
            ("restore", money(self.restore)),
            ("premium", self.premium.map_or(Plain::Null, Plain::Bool)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::super::money::tests::any_money;
    use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed, read};
    use super::super::{Currency, Sign};
    use super::*;
    use crate::Leaf;
    use proptest::prelude::*;

    fn usd(amount: &str) -> Option<Money> {
        Some(Money::new(amount.parse().unwrap()).in_currency(Currency::USD))
    }

    #[test]
    fn reads_both_wordings_and_writes_them_again() {
        let long = "Registration Price: 1.99 in USD and Renewal price: 9.99 in USD and Domain is not a Premium Domain";
        let price = read::<Option<Price>>(long).unwrap().unwrap();
        assert_eq!(price.registration, usd("1.99"));
        assert_eq!(price.renewal, usd("9.99"));
        assert_eq!((price.transfer, price.restore, price.premium), (None, None, Some(false)));
        assert_eq!(read("77.00 in USD"), Ok(usd("77.00").map(Price::new)));
        assert_same_text::<Option<Price>>(&[
            long,
            "77.00 in USD",
            "44.00 in USD",
            "$8.00",
            "Registration Price: 77.00 in USD",
            "Registration Price: 1,999.00 in USD and Renewal price: 9.99 in USD and Domain is a Premium Domain",
            "Renewal price: 9.99 in USD and Transfer price: 8.99 in USD and Restore price: 80.00 in USD",
            "Domain is a Premium Domain",
        ]);
    }

    #[test]
    fn tolerates_case_blanks_order_and_missing_clauses() {
        for text in [
            "DOMAIN IS A PREMIUM DOMAIN AND RENEWAL PRICE: 9.99 IN USD AND REGISTRATION PRICE: 1.99 IN USD",
            "  registration   price :1.99 in usd \n and renewal price 9.99 in USD and domain is premium domain",
            "1.99 in USD and Renewal price: 9.99 in USD and Domain is a Premium Domain",
        ] {
            let mut price = Price::new(usd("1.99").unwrap());
            price.renewal = usd("9.99");
            price.premium = Some(true);
            assert_eq!(read(text), Ok(Some(price)), "{text}");
        }
    }

    #[test]
    fn leaves_texts_with_other_clauses_whole() {
        assert_unparsed::<Option<Price>>(&[
            "free",
            "and",
            "77.00 in USD and",
            "and 77.00 in USD",
            "77.00 in USD and and Domain is a Premium Domain",
            "77.00 in USD, Domain is a Premium Domain",
            "77.00 in USD and tax",
            "77.00 in USD and 88.00 in USD",
            "77.00 in USD and Registration Price: 77.00 in USD",
            "Registration Price: 1.99 in USD and Backorder price: 2.00 in USD",
            "Registration Price: and Renewal price: 9.99 in USD",
            "Registration Price: 1,99 in USD",
            "Registration Price: 1.99 in USD Renewal price: 9.99 in USD",
            "Registration Pricey: 1.99 in USD",
            "Registration Price1.99",
            "Registration: 1.99 in USD",
            "Domain is a Premium Domain and Domain is not a Premium Domain",
            "Domain is not not a Premium Domain",
            "Domain is maybe a Premium Domain",
            "Domain is a Premium Domain.",
            "Domain is a",
            "Domain is reserved",
        ]);
    }

    #[test]
    fn is_an_object_in_plain_form() {
        let Plain::Object(fields) =
            read::<Option<Price>>("77.00 in USD and Domain is a Premium Domain").unwrap().plain()
        else {
            panic!("no object");
        };
        assert_eq!(fields[0], ("registration".into(), usd("77.00").plain()));
        assert_eq!(fields[1], ("renewal".into(), Plain::Null));
        assert_eq!(fields[4], ("premium".into(), Plain::Bool(true)));
    }

    proptest! {
        #[test]
        fn round_trips(
            registration in prop::option::of(any_money()),
            renewal in prop::option::of(any_money()),
            transfer in prop::option::of(any_money()),
            restore in prop::option::of(any_money()),
            premium in any::<Option<bool>>(),
            labelled in any::<bool>(),
        ) {
            // The prose joins its clauses by this word, which no currency is called.
            let and = Currency::new("AND");
            let prices = [registration, renewal, transfer, restore];
            prop_assume!(prices.iter().flatten().all(|money| money.currency.is_none() || money.currency != and));
            let price = Price { registration, renewal, transfer, restore, premium, labelled };
            assert_round_trip(&Some(price).filter(|price| *price != Price::default()));
        }
    }

    #[test]
    fn an_empty_price_is_absent() {
        let mut out = String::new();
        assert!(!Some(Price::default()).write(0, &crate::LeafSpec::PLAIN, crate::Format::Xml, &mut out));
        assert_eq!(Price::new(Money::new(1.into()).with_sign(Sign::Euro)).registration.unwrap().to_string(), "€1");
    }
}
