//! Dates, terms of years and local times of points in time, all in UTC.

use bindwire_wire::{Date, LocalTime, Timestamp};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Date and rest of the RFC 3339 form; the years of a test have four digits.
fn split(at: Timestamp) -> (Date, String) {
    let text = at.to_string();
    let (date, rest) = text.split_at(10);
    (date.parse().expect("a timestamp begins with its date"), rest.to_owned())
}

/// The day that `at` lies in.
pub(super) fn date(at: Timestamp) -> Date {
    split(at).0
}

/// The same day and time of the year `years` later; February 29 becomes 28 where there is none.
pub(super) fn years_later(at: Timestamp, years: i16) -> Timestamp {
    let (date, rest) = split(at);
    let year = date.year() + years;
    let date = Date::new(year, date.month(), date.day())
        .or_else(|_| Date::new(year, date.month(), 28))
        .expect("every month has 28 days");
    format!("{date}{rest}").parse().expect("a date and a time make a timestamp")
}

/// `days` after `at`.
pub(super) fn days_later(at: Timestamp, days: i64) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond() + days * DAY).expect("the days of a test stay within bounds")
}

/// What a clock shows in UTC, to the minute.
pub(super) fn local_time(at: Timestamp) -> LocalTime {
    let text = at.to_string();
    LocalTime::new(format!("{}:00", &text[..16]).parse().expect("a timestamp begins with date and time"), "UTC")
}

/// A date as a param spells it, `2024/05/10` or `2024-05-10`.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    text.replace('/', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_days_are_counted_in_utc() {
        let at: Timestamp = "2024-02-29T23:59:30.5Z".parse().unwrap();
        assert_eq!(date(at), Date::constant(2024, 2, 29));
        assert_eq!(years_later(at, 1).to_string(), "2025-02-28T23:59:30.5Z");
        assert_eq!(years_later(at, 4).to_string(), "2028-02-29T23:59:30.5Z");
        assert_eq!(days_later(at, 1).to_string(), "2024-03-01T23:59:30.5Z");
        assert_eq!(local_time(at).to_string(), "2024/02/29 23:59 UTC");
        assert_eq!(local_time(at).timestamp().map(|time| time.to_string()), Some("2024-02-29T23:59:00Z".to_owned()));
        assert_eq!(parse_date("2024/02/29"), Some(date(at)));
        assert_eq!(parse_date("29.2.2024"), None);
    }
}
