//! Local times with the abbreviation of their zone.

use super::time::{date, full_date, push_date, short, two_digits};
use super::{Scalar, zone};
use crate::{FlagStyle, LeafKind, Plain, Text};
use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};

/// A local time and the abbreviation of its zone: `2022/03/28 02:20 PST`.
///
/// On the wire the date has `/` or `-` between its parts, and seconds may follow the minutes; it is written with `/`, and with
/// seconds where it was read so. Equality does not see the difference.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LocalTime {
    /// What calendar and clock show; fractions of a second are not written.
    pub datetime: DateTime,
    /// The abbreviation; empty where none stands.
    pub zone: Text,
    seconds: bool,
}

impl LocalTime {
    /// A local time; its seconds are written unless they are 0.
    pub fn new(datetime: DateTime, zone: impl Into<Text>) -> Self {
        Self { datetime, zone: zone.into(), seconds: datetime.second() != 0 }
    }

    /// The point in time, where the abbreviation tells it: `UTC`, `GMT`, `PST`, `PDT`, `MST`, `MDT`, `CDT`, `EST`, `EDT`, `CET`
    /// and `CEST`, in any case.
    ///
    /// `PST` is the time of the US Pacific coast, summer time included: Dynadot writes `2022/03/28 02:20 PST` beside the
    /// timestamp of 09:20 UTC. The other names of a standard time tell nothing while their zone keeps summer time, nor does
    /// any name in the hours of the change. `CST` is the name of several zones and tells nothing at all.
    pub fn timestamp(&self) -> Option<Timestamp> {
        zone::offset(&self.zone, self.datetime)?.to_timestamp(self.datetime).ok()
    }

    fn push_clock(&self, out: &mut String) {
        let _ = write!(out, "{:02}:{:02}", self.datetime.hour(), self.datetime.minute());
        if self.seconds || self.datetime.second() != 0 {
            let _ = write!(out, ":{:02}", self.datetime.second());
        }
        if !self.zone.is_empty() {
            out.push(' ');
            out.push_str(&self.zone);
        }
    }
}

/// The time of day that `text` spells, and whether with seconds.
fn clock(text: &str) -> Option<(Time, bool)> {
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let second = parts.next();
    if parts.next().is_some() || minute.len() != 2 || second.is_some_and(|second| second.len() != 2) {
        return None;
    }
    let time = Time::new(short(hour)?, short(minute)?, second.map_or(Some(0), short)?, 0).ok()?;
    Some((time, second.is_some()))
}

/// The time in the notation of nearly every reply, `2022/03/28 02:20` with a zone or none; `None` for any other, which
/// [`words`] may yet read.
fn full(text: &str) -> Option<LocalTime> {
    let (date, rest) = text.as_bytes().split_first_chunk::<10>()?;
    let (&[b' ', h0, h1, b':', m0, m1], rest) = rest.split_first_chunk::<6>()? else { return None };
    let zone = match rest {
        [] => "",
        [b' ', ..] => text.get(17..).filter(|zone| is_zone(zone))?,
        _ => return None,
    };
    let time = Time::new(two_digits(h0, h1)?, two_digits(m0, m1)?, 0, 0).ok()?;
    Some(LocalTime { datetime: full_date(date)?.to_datetime(time), zone: zone.into(), seconds: false })
}

/// The time in date, clock and zone with blanks between.
fn words(text: &str) -> Option<LocalTime> {
    let mut words = text.split_ascii_whitespace();
    let date = date(words.next()?)?;
    let (time, seconds) = clock(words.next()?)?;
    let zone = words.next().unwrap_or_default();
    let complete = words.next().is_none() && (zone.is_empty() || is_zone(zone));
    complete.then(|| LocalTime { datetime: date.to_datetime(time), zone: zone.into(), seconds })
}

/// Whether `word` can name a zone; the halves of the day cannot, since they would change the hour.
fn is_zone(word: &str) -> bool {
    let half_of_day = word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm");
    (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !half_of_day
}

impl PartialEq for LocalTime {
    fn eq(&self, other: &Self) -> bool {
        self.datetime == other.datetime && self.zone == other.zone
    }
}

impl Eq for LocalTime {}

impl Hash for LocalTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.datetime, &self.zone).hash(state);
    }
}

/// Prints the time as it is written on the wire.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.print(FlagStyle::YesNo, &mut text);
        f.pad(&text)
    }
}

impl Scalar for LocalTime {
    const KIND: LeafKind = LeafKind::LocalTime;

    fn parse(text: &str) -> Option<Self> {
        full(text).or_else(|| words(text))
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        push_date(self.datetime.date(), out);
        out.push(' ');
        self.push_clock(out);
    }

    /// A text: `2022-03-28T02:20 PST`.
    fn plain(&self) -> Plain {
        let mut text = format!("{}T", self.datetime.date());
        self.push_clock(&mut text);
        Plain::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed, read};
    use super::super::time::tests::any_date;
    use super::*;
    use crate::Leaf;
    use jiff::civil::Date;
    use proptest::prelude::*;

    #[test]
    fn reads_what_the_pages_print() {
        assert_same_text::<Option<LocalTime>>(&[
            "2022/03/28 02:20 PST",
            "2022/04/04 02:20:34 PST",
            "2022/04/04 02:20:00 PST",
            "2015/04/28 05:46 UTC",
            "1970/01/01 00:00 UTC",
            "2015/04/28 05:46",
        ]);
        for (text, plain) in [
            ("2022/03/28 02:20 PST", "2022-03-28T02:20 PST"),
            ("2022-3-28  2:20:34  PST", "2022-03-28T02:20:34 PST"),
            ("2022/03/28 02:20", "2022-03-28T02:20"),
        ] {
            assert_eq!(read::<Option<LocalTime>>(text).unwrap().plain(), Plain::Text(plain.to_owned()));
        }
        let time = read::<Option<LocalTime>>("2022/04/04 02:20:34 PST").unwrap().unwrap();
        assert_eq!(time, LocalTime::new(Date::constant(2022, 4, 4).at(2, 20, 34, 0), "PST"));
        assert_eq!(time.to_string(), "2022/04/04 02:20:34 PST");
    }

    #[test]
    fn reads_no_time_from_anything_else() {
        assert_unparsed::<Option<LocalTime>>(&[
            "2022/03/28",
            "02:20 PST",
            "2022/03/28 02 PST",
            "2022/03/28 02:20 AM",
            "2022/03/28 02:20 pm",
            "2022/03/28 02:20 PM PST",
            "2022/03/28 02:20 PST today",
            "2022/03/28 24:00 UTC",
            "2022/03/28 02:60 UTC",
            "2022/03/28 02:20:60 UTC",
            "2022/03/28 02:20:34.5 UTC",
            "2022/03/28 02:2 UTC",
            "2022/03/28 02:20: UTC",
            "2022/03/28 02:20:34:00 UTC",
            "2022/02/29 02:20 UTC",
            "2022/03/28T02:20 UTC",
            "2022/03/28 02:20 +08:00",
            "2022/03/28 02:20 Z",
            "2022/03/28 -2:20 UTC",
            "1648459234033",
            "1 day, 23 hours",
        ]);
    }

    #[test]
    fn tells_the_point_in_time_that_the_api_gives_beside_it() {
        // Pairs of the pages: start_time and start_time_stamp, EndTime and EndTimestamp, to the shown minute or second.
        for (text, millis) in [
            ("2022/03/28 02:20 PST", 1_648_459_234_033_i64),
            ("2022/03/29 02:20 PST", 1_648_545_634_049),
            ("2022/04/04 02:20:34 PST", 1_649_064_034_033),
            ("2015/04/28 18:04 UTC", 1_430_244_248_274),
            ("2017/08/29 17:53 UTC", 1_504_029_194_453),
        ] {
            let shown = if text.matches(':').count() == 2 { 1000 } else { 60_000 };
            let time = read::<Option<LocalTime>>(text).unwrap().unwrap();
            assert_eq!(time.timestamp(), Timestamp::from_millisecond(millis - millis % shown).ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_full_way_says_what_the_words_do(
            text in "[0-9]{4}[/-][0-1][0-9][/-][0-3][0-9] [0-2][0-9]:[0-6][0-9]( ?[A-Za-z ]{1,6})?",
            garbage in "[0-9/: A-Pé-]{14,24}",
        ) {
            for text in [text, garbage] {
                prop_assert_eq!(format!("{:?}", LocalTime::parse(&text)), format!("{:?}", words(&text)));
            }
        }

        #[test]
        fn round_trips(date in any_date(), hour in 0..24_i8, minute in 0..60_i8, second in 0..60_i8, seconds in any::<bool>(), zone in "([A-Z]{3,5})?") {
            let time = LocalTime { seconds, ..LocalTime::new(date.at(hour, minute, second, 0), zone) };
            assert_round_trip(&Some(time.clone()));
            assert_same_text::<Option<LocalTime>>(&[&time.to_string()]);
            let _ = time.timestamp();
        }
    }
}
