//! IP addresses as leaves.

use super::Scalar;
use crate::{FlagStyle, LeafKind, Plain};
use std::fmt::Write as _;
use std::net::IpAddr;

/// Version 4 in dotted notation, version 6 in any; version 6 is written in its canonical form.
impl Scalar for IpAddr {
    const KIND: LeafKind = LeafKind::Ip;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        // Writing into a String cannot fail; so everywhere in these modules.
        let _ = write!(out, "{self}");
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_addresses_only() {
        assert_same_text::<Option<IpAddr>>(&["192.168.1.1", "2001:db8::1", "::"]);
        assert_unparsed::<Option<IpAddr>>(&[
            "192.168.1",
            "192.168.1.256",
            "192.168.01.1",
            "ns1.example.com",
            "[::1]",
            "1.1.1.1:53",
        ]);
    }

    proptest! {
        #[test]
        fn round_trips(address in any::<IpAddr>()) {
            assert_round_trip(&Some(address));
        }
    }
}
