//! What the abbreviations of time zones mean, where they mean one thing.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;

/// The offset from UTC that `zone` tells at this local time.
pub(super) fn offset(zone: &str, at: DateTime) -> Option<Offset> {
    // Name, hours, and where the name of a standard time stops telling them: in the summer time of the US or of the EU.
    const ZONES: &[(&str, i8, Option<Rule>)] = &[
        ("UTC", 0, None),
        ("GMT", 0, None),
        ("PDT", -7, None),
        ("MDT", -6, None),
        ("CDT", -5, None),
        ("EDT", -4, None),
        ("CEST", 2, None),
        ("MST", -7, Some(Rule::Us)),
        ("EST", -5, Some(Rule::Us)),
        ("CET", 1, Some(Rule::Eu)),
    ];
    let hours = if zone.eq_ignore_ascii_case("PST") {
        // Dynadot calls Pacific time so all the year round.
        match Rule::Us.season(at) {
            Season::Standard => -8,
            Season::Summer => -7,
            Season::Unclear => return None,
        }
    } else {
        let (_, hours, rule) = ZONES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(zone))?;
        if rule.is_some_and(|rule| rule.season(at) != Season::Standard) {
            return None;
        }
        *hours
    };
    Offset::from_hours(hours).ok()
}

/// Whose summer time it is.
#[derive(Clone, Copy)]
enum Rule {
    Us,
    Eu,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Season {
    Standard,
    Summer,
    /// In an hour that the clocks skip or show twice, or before the years whose rules are known here.
    Unclear,
}

impl Rule {
    fn season(self, at: DateTime) -> Season {
        self.changes(at.year()).map_or(Season::Unclear, |(start, end)| {
            // Clocks go from 2 to 3 at the start. At the end they go back by an hour to 1 in the US, to 2 in the EU.
            let (start, end) = (start.at(2, 0, 0, 0), end.at(if matches!(self, Self::Us) { 1 } else { 2 }, 0, 0, 0));
            let within_an_hour = |change: DateTime| at.date() == change.date() && at.hour() == change.hour();
            if within_an_hour(start) || within_an_hour(end) {
                Season::Unclear
            } else if start < at && at < end {
                Season::Summer
            } else {
                Season::Standard
            }
        })
    }

    /// The days on which the clocks change: in the US by the laws of 1987 and 2007, in the EU by that of 1996.
    fn changes(self, year: i16) -> Option<(Date, Date)> {
        let sunday = |month: i8, nth: i8| {
            Date::new(year, month, 1).and_then(|first| first.nth_weekday_of_month(nth, Weekday::Sunday)).ok()
        };
        Some(match (self, year) {
            (Self::Us, 2007..) => (sunday(3, 2)?, sunday(11, 1)?),
            (Self::Us, 1987..) => (sunday(4, 1)?, sunday(10, -1)?),
            (Self::Eu, 1996..) => (sunday(3, -1)?, sunday(10, -1)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(zone: &str, month: i8, day: i8, hour: i8) -> Option<i32> {
        offset(zone, Date::constant(2022, month, day).at(hour, 30, 0, 0)).map(|offset| offset.seconds() / 3600)
    }

    #[test]
    fn names_tell_an_offset_or_nothing() {
        for (zone, winter, summer) in [
            ("UTC", Some(0), Some(0)),
            ("gmt", Some(0), Some(0)),
            ("PST", Some(-8), Some(-7)),
            ("PDT", Some(-7), Some(-7)),
            ("MST", Some(-7), None),
            ("MDT", Some(-6), Some(-6)),
            ("CDT", Some(-5), Some(-5)),
            ("EST", Some(-5), None),
            ("EDT", Some(-4), Some(-4)),
            ("CET", Some(1), None),
            ("CEST", Some(2), Some(2)),
            ("CST", None, None),
            ("IST", None, None),
            ("", None, None),
        ] {
            assert_eq!((hours(zone, 1, 15, 12), hours(zone, 7, 15, 12)), (winter, summer), "{zone}");
        }
    }

    #[test]
    fn the_hours_of_the_change_tell_nothing() {
        // 2022: March 13 and November 6 in the US, March 27 and October 30 in the EU.
        assert_eq!([1, 2, 3].map(|hour| hours("PST", 3, 13, hour)), [Some(-8), None, Some(-7)]);
        assert_eq!([0, 1, 2].map(|hour| hours("PST", 11, 6, hour)), [Some(-7), None, Some(-8)]);
        assert_eq!([1, 2, 3].map(|hour| hours("CET", 3, 27, hour)), [Some(1), None, None]);
        assert_eq!([1, 2, 3].map(|hour| hours("CET", 10, 30, hour)), [None, None, Some(1)]);
    }

    #[test]
    fn earlier_laws_hold_for_earlier_years() {
        let pacific = |year, month| {
            offset("PST", Date::constant(year, month, 28).at(12, 0, 0, 0)).map(|offset| offset.seconds() / 3600)
        };
        assert_eq!((pacific(2006, 3), pacific(2007, 3)), (Some(-8), Some(-7)));
        assert_eq!((pacific(1987, 4), pacific(1986, 4)), (Some(-7), None));
    }
}
