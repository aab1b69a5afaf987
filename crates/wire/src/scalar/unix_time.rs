//! Points in time as seconds since 1970-01-01 UTC.

use super::Scalar;
use super::number::integer;
use crate::{FlagStyle, LeafKind, Plain};
use jiff::Timestamp;
use std::fmt::{self, Write as _};

/// A point in time, on the wire in whole seconds since 1970-01-01 UTC: `1681259368`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(Timestamp);

impl UnixTime {
    /// The second that `timestamp` is in.
    pub fn new(timestamp: Timestamp) -> Self {
        Self(Timestamp::from_second(timestamp.as_second()).unwrap_or(timestamp))
    }

    /// The point in time.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl From<UnixTime> for Timestamp {
    fn from(time: UnixTime) -> Self {
        time.0
    }
}

/// As RFC 3339 has it, in UTC.
impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Scalar for UnixTime {
    const KIND: LeafKind = LeafKind::EpochSeconds;

    fn parse(text: &str) -> Option<Self> {
        Timestamp::from_second(integer(text)?).ok().map(Self)
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        let _ = write!(out, "{}", self.0.as_second());
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.0.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed, read};
    use super::*;
    use crate::Leaf;
    use proptest::prelude::*;

    #[test]
    fn reads_whole_seconds() {
        assert_same_text::<Option<UnixTime>>(&["1681259368", "0", "-1"]);
        let time = read::<Option<UnixTime>>("1681259368").unwrap();
        assert_eq!(time.plain(), Plain::Text("2023-04-12T00:29:28Z".to_owned()));
        assert_unparsed::<Option<UnixTime>>(&["1681259368.5", "253402207201", "2023-04-12", "never", "1e9"]);
    }

    proptest! {
        #[test]
        fn round_trips(seconds in Timestamp::MIN.as_second()..=Timestamp::MAX.as_second()) {
            assert_round_trip(&Some(UnixTime::new(Timestamp::from_second(seconds).unwrap())));
        }
    }
}
