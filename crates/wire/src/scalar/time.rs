//! Timestamps and dates as leaves.

use super::Scalar;
use super::number::{digits, integer};
use crate::{FlagStyle, LeafKind, Plain};
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt::Write as _;

/// Milliseconds since 1970-01-01 UTC, negative before; what is finer is not written.
impl Scalar for Timestamp {
    const KIND: LeafKind = LeafKind::EpochMillis;

    fn parse(text: &str) -> Option<Self> {
        Self::from_millisecond(integer(text)?).ok()
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        let _ = write!(out, "{}", self.as_millisecond());
    }

    /// The time of RFC 3339, in UTC.
    fn plain(&self) -> Plain {
        Plain::Text(self.to_string())
    }
}

/// A date as year, month and day with `/` or `-` between them; written `2024/05/10`.
impl Scalar for Date {
    const KIND: LeafKind = LeafKind::Date;

    fn parse(text: &str) -> Option<Self> {
        date(text)
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        push_date(*self, out);
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.to_string())
    }
}

/// The date that `text` spells: four digits of the year, one or two of month and day, the same separator twice.
pub(super) fn date(text: &str) -> Option<Date> {
    match text.as_bytes().as_array::<10>() {
        Some(bytes) => full_date(bytes),
        None => short_date(text),
    }
}

/// The date in ten bytes: two digits of month and day.
pub(super) fn full_date(bytes: &[u8; 10]) -> Option<Date> {
    let [y0, y1, y2, y3, first, m0, m1, second, d0, d1] = *bytes;
    if first != second || !matches!(first, b'/' | b'-') {
        return None;
    }
    let year = i16::from(two_digits(y0, y1)?) * 100 + i16::from(two_digits(y2, y3)?);
    Date::new(year, two_digits(m0, m1)?, two_digits(d0, d1)?).ok()
}

/// The value of two digits.
pub(super) fn two_digits(tens: u8, ones: u8) -> Option<i8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| (tens * 10 + ones).cast_signed())
}

/// The date in other than ten bytes.
fn short_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '-'))?;
    let (month, day) = rest[1..].split_once(separator)?;
    Date::new(digits(year.as_bytes())?.try_into().ok()?, short(month)?, short(day)?).ok()
}

/// The value of one or two digits.
pub(super) fn short(text: &str) -> Option<i8> {
    if text.len() > 2 { None } else { digits(text.as_bytes())?.try_into().ok() }
}

/// Appends `date` as `2024/05/10`.
pub(super) fn push_date(date: Date, out: &mut String) {
    let _ = write!(out, "{:04}/{:02}/{:02}", date.year(), date.month(), date.day());
}

/// A date, or a time in milliseconds since 1970-01-01 UTC, whichever stands on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateOrTimestamp {
    /// A date; the wire does not tell in which time zone.
    Date(Date),
    /// A time.
    Timestamp(Timestamp),
}

impl DateOrTimestamp {
    /// The date, where one stands.
    pub fn date(self) -> Option<Date> {
        if let Self::Date(date) = self { Some(date) } else { None }
    }

    /// The time, where one stands.
    pub fn timestamp(self) -> Option<Timestamp> {
        if let Self::Timestamp(timestamp) = self { Some(timestamp) } else { None }
    }
}

impl From<Date> for DateOrTimestamp {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Timestamp> for DateOrTimestamp {
    fn from(timestamp: Timestamp) -> Self {
        Self::Timestamp(timestamp)
    }
}

/// No text is both: a date has separators within.
impl Scalar for DateOrTimestamp {
    const KIND: LeafKind = LeafKind::DateOrEpochMillis;

    fn parse(text: &str) -> Option<Self> {
        date(text).map(Self::Date).or_else(|| Timestamp::parse(text).map(Self::Timestamp))
    }

    fn print(&self, flag: FlagStyle, out: &mut String) {
        match self {
            Self::Date(date) => date.print(flag, out),
            Self::Timestamp(timestamp) => timestamp.print(flag, out),
        }
    }

    fn plain(&self) -> Plain {
        match self {
            Self::Date(date) => date.plain(),
            Self::Timestamp(timestamp) => timestamp.plain(),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed, read};
    use super::*;
    use crate::Leaf;
    use proptest::prelude::*;

    #[test]
    fn reads_milliseconds_within_the_range_of_time() {
        assert_same_text::<Option<Timestamp>>(&["1430244248274", "0", "-1", "253402207200000", "-377705023201000"]);
        let time = read::<Option<Timestamp>>("1430244248274").unwrap();
        assert_eq!(time.plain(), Plain::Text("2015-04-28T18:04:08.274Z".to_owned()));
        assert_unparsed::<Option<Timestamp>>(&[
            "253402207200001",
            "-377705023201001",
            "9223372036854775807",
            "1430244248274.0",
            "1.4E12",
            "1,430",
            "2015/04/28",
            "-",
            "--1",
            "never",
        ]);
    }

    #[test]
    fn reads_dates_with_either_separator() {
        let date = Date::constant(2024, 5, 9);
        for text in ["2024/05/09", "2024-05-09", "2024-5-9", " 2024/5/09 "] {
            assert_eq!(read(text), Ok(Some(date)), "{text:?}");
            assert_eq!(read(text), Ok(Some(DateOrTimestamp::from(date))), "{text:?}");
        }
        assert_same_text::<Option<Date>>(&["2024/05/10", "1970/01/01", "0001/02/03"]);
        assert_eq!(Some(date).plain(), Plain::Text("2024-05-09".to_owned()));
    }

    #[test]
    fn reads_no_date_from_anything_else() {
        let garbage = [
            "2024/05-10",
            "1/12/05",
            "05/1/2024",
            "05/10/2024",
            "10.05.2024",
            "24/05/10",
            "2024/13/01",
            "2023/02/29",
            "2024/00/10",
            "2024/05/10/",
            "2024/05",
            "2024//10",
            "2024/005/10",
            "2024/05/+1",
            "2024/05/10 02:20",
            "2024-05-10T00:00:00Z",
            "202é/05/10",
            "0000/00/00",
            "２０２４/05/10",
        ];
        assert_unparsed::<Option<Date>>(&garbage);
        assert_unparsed::<Option<DateOrTimestamp>>(&garbage);
        assert_unparsed::<Option<Date>>(&["20240510", "1430244248274"]);
    }

    #[test]
    fn tells_a_date_from_a_timestamp() {
        let time = read::<Option<DateOrTimestamp>>("1715299200000").unwrap().unwrap();
        assert_eq!(time.timestamp(), Timestamp::from_millisecond(1_715_299_200_000).ok());
        assert_eq!(time.date(), None);
        assert_eq!(Some(time).plain(), Plain::Text("2024-05-10T00:00:00Z".to_owned()));
        assert_same_text::<Option<DateOrTimestamp>>(&["2024/05/10", "1715299200000", "-1"]);
    }

    /// Any date that can be written.
    pub(in super::super) fn any_date() -> impl Strategy<Value = Date> {
        (0..=9999_i16, 1..=12_i8, 1..=31_i8)
            .prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day).ok())
    }

    proptest! {
        #[test]
        fn the_full_way_says_what_the_short_one_does(text in "[0-9]{4}[/-][0-1][0-9][/-][0-3][0-9]|[0-9/:é-]{8,12}") {
            prop_assert_eq!(super::date(&text), short_date(&text));
        }

        #[test]
        fn round_trips(date in any_date(), millis in Timestamp::MIN.as_millisecond()..=Timestamp::MAX.as_second() * 1000) {
            let time = Timestamp::from_millisecond(millis).unwrap();
            assert_round_trip(&Some(date));
            assert_round_trip(&Some(time));
            assert_round_trip(&Some(DateOrTimestamp::from(date)));
            assert_round_trip(&Some(DateOrTimestamp::from(time)));
        }
    }
}
