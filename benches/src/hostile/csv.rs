//! Hostile CSV for `get_open_auctions`.

use super::Kind;
use bindwire_wire::Format;

const HEAD: &str = "ok,\nsuccess,\n";
const COLUMNS: &str =
    "AuctionId,Domain,BidPrice,BidPriceCurrency,Bids,EndTime,EndTimestamp,Revenue,RevenueCurrency,Visitors,Links,Age\n";
const ROW: &str = "1,a.com,2.00,USD,3,2015/04/28 18:04 UTC,1430244248274,4.00,USD,5,6,7\n";

const KINDS: &[(&str, &str, &str)] = &[
    ("a row of a million cells", COLUMNS, ","),
    ("a million columns", "AuctionId", ",a"),
    ("a million different columns", "AuctionId", ",a#"),
    ("a million columns of one name", "AuctionId", ",Domain"),
    ("a million rows", COLUMNS, "1\n"),
    ("a million good rows", COLUMNS, ROW),
    ("rows that are too short", COLUMNS, "1,a.com,2,,,\n"),
    ("rows that are too long", COLUMNS, "1,,,,,,,,,,,,,\n"),
    ("small rows", COLUMNS, ",,,,,,,,,,,\n"),
    ("empty lines", COLUMNS, "\n"),
    ("carriage returns", COLUMNS, "\r"),
    ("quotes only", COLUMNS, "\""),
    ("quotes that do not close", COLUMNS, "1,\"a\n"),
    ("quotes that end early", COLUMNS, "\"a\"b,"),
    ("quoted line breaks", COLUMNS, "\"\n\","),
    ("one huge cell", COLUMNS, "a"),
    ("heads only", "", "ok,\nsuccess,\n"),
    ("white space", COLUMNS, " "),
    ("& only", COLUMNS, "&"),
];

/// Every kind in CSV.
pub fn kinds() -> Vec<Kind> {
    let kind = |(name, columns, unit): &(&'static str, &'static str, &'static str)| {
        Kind::new(Format::Csv, name, format!("{HEAD}{columns}"), unit, String::new())
    };
    KINDS.iter().map(kind).collect()
}
