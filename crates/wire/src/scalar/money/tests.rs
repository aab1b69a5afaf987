//! Tests of amounts of money.

use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed, read};
use super::{Currency, Decimal, Money, Notation, Place, Plain, Scalar, Sign};
use crate::Leaf;
use proptest::prelude::*;

fn money(amount: &str) -> Money {
    Money::new(amount.parse().unwrap())
}

#[test]
fn reads_what_the_pages_print() {
    for (text, value) in [
        ("8.00", money("8.00")),
        ("$8.00", money("8.00").with_sign(Sign::Dollar)),
        ("-$8.00", money("-8.00").with_sign(Sign::Dollar)),
        ("$-8.00", money("-8.00").with_sign(Sign::Dollar)),
        ("-0.1", money("-0.1")),
        ("1000.0", money("1000.0")),
        ("86", money("86")),
        ("1,234.50", money("1234.50")),
        ("$1,234.50", money("1234.50").with_sign(Sign::Dollar)),
        ("1,234,567", money("1234567")),
        ("77.00 in USD", money("77.00").in_currency(Currency::USD)),
        ("77.00 USD", money("77.00").in_currency(Currency::USD)),
        ("USD 77.00", money("77.00").in_currency(Currency::USD)),
        ("77.00 in eur", money("77.00").in_currency(Currency::EUR)),
        ("$8.00 in CAD", money("8.00").in_currency(Currency::CAD).with_sign(Sign::Dollar)),
        ("£5.99", money("5.99").with_sign(Sign::Pound)),
        ("USD -$1,234.50", money("-1234.50").in_currency(Currency::USD).with_sign(Sign::Dollar)),
    ] {
        assert_eq!(read(text), Ok(Some(value)), "{text}");
        assert_eq!(read::<Option<Money>>(text).unwrap().unwrap().amount.scale(), value.amount.scale());
        assert_same_text::<Option<Money>>(&[text]);
    }
}

#[test]
fn tolerates_blanks_and_case() {
    for (text, written) in [
        (" 8.00 ", "8.00"),
        ("$ 8.00", "$8.00"),
        ("77.00  IN  USD", "77.00 in USD"),
        ("77.00USD", "77.00 USD"),
        ("USD77.00", "USD 77.00"),
        ("+8.00", "8.00"),
        (".50", "0.50"),
        ("1.0E7", "10000000"),
    ] {
        assert_eq!(read::<Option<Money>>(text).unwrap().unwrap().to_string(), written);
    }
}

#[test]
fn leaves_what_could_mean_something_else() {
    assert_unparsed::<Option<Money>>(&[
        "€5,00",
        "5,00",
        "1.234,50",
        "1,23",
        "0,123",
        "1234,567",
        "12,34,567",
        "1,234.5,0",
        ",123",
        "1,,234",
        "1,234e2",
        "1,2e3",
        "1,234.",
        "1 234.50",
        "1'234.50",
        "5.",
        "$",
        "-",
        "--8.00",
        "-$-8.00",
        "+$-8.00",
        "- 8.00",
        "(8.00)",
        "8.00-",
        "8.00$",
        "$$8.00",
        "8.00 off",
        "8.00 usd",
        "usd 8.00",
        "8.00 in",
        "in USD",
        "USD",
        "8.00in USD",
        "8.00 in USDT",
        "8.00 in US",
        "8.00 per USD",
        "USD 8.00 USD",
        "USD 8.00 in USD",
        "free",
        "N/A",
        "8.00 9.00",
        "٨",
        "8\u{a0}USD",
        "€€€",
        "é.00",
        "8.00 in é",
    ]);
}

#[test]
fn a_sign_tells_no_currency() {
    let order = read::<Option<Money>>("$100.00").unwrap().unwrap();
    assert_eq!((order.currency, order.sign), (None, Some(Sign::Dollar)));
    assert_ne!(order, money("100.00").in_currency(Currency::USD));
}

#[test]
fn is_an_object_in_plain_form() {
    let text = |text: &str| Plain::Text(text.to_owned());
    assert_eq!(
        read::<Option<Money>>("$1,008.00").unwrap().plain(),
        Plain::object([("amount", text("1008.00")), ("currency", Plain::Null), ("sign", text("$"))])
    );
    assert_eq!(
        Some(money("1").in_currency(Currency::USD)).plain(),
        Plain::object([("amount", text("1")), ("currency", text("USD")), ("sign", Plain::Null)])
    );
}

prop_compose! {
    /// Any money that reading can give.
    pub(crate) fn any_money()(
        mantissa in -(1_i128 << 96) + 1..1_i128 << 96,
        digits in 0..29_u32,
        scale in 0..=28_u32,
        currency in prop::option::of("[A-Z]{3}"),
        sign in prop::option::of(prop::sample::select(&Sign::ALL[..])),
        grouped in any::<bool>(),
        minus_inside in any::<bool>(),
        place in prop::sample::select(&[Place::AfterIn, Place::After, Place::Before][..]),
    ) -> Money {
        let amount = Decimal::from_i128_with_scale(mantissa / 10_i128.pow(digits), scale);
        let currency = currency.and_then(|code| Currency::new(&code));
        Money { amount, currency, sign, notation: Notation { grouped, minus_inside, place } }
    }
}

proptest! {
    #[test]
    fn round_trips(money in any_money()) {
        assert_round_trip(&Some(money));
        assert_same_text::<Option<Money>>(&[&money.to_string()]);
        assert_eq!(read::<Option<Money>>(&money.to_string()).unwrap().unwrap().amount.scale(), money.amount.scale());
    }

    #[test]
    fn the_short_way_says_what_the_long_one_does(text in "[0-9]{1,20}|[0-9]{0,9}[.][0-9]{0,9}|[0-9.,$ USD-]{1,12}") {
        prop_assert_eq!(format!("{:?}", Money::parse(&text)), format!("{:?}", super::read(&text)));
    }

    #[test]
    fn what_is_read_says_the_digits_of_the_text(text in "-?[$€£]?-?[0-9,.]{1,12}( in | )?(USD|usd)?") {
        if let Ok(Some(money)) = read::<Option<Money>>(&text) {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let (read, written) = (digits(&text), digits(&money.amount.to_string()));
            assert_eq!(read.trim_start_matches('0'), written.trim_start_matches('0'), "{text:?}");
            assert_eq!(text.contains('-'), money.amount.is_sign_negative(), "{text:?}");
        }
    }
}
