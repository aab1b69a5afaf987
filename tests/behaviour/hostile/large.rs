//! A mebibyte of one thing: each is decoded in time, whatever comes of it.

use super::decode::{command, decode};
use super::limit::within;
use bindwire_wire::{DecodeErrorKind, Format, NoteKind};

/// Bytes of a body.
const SIZE: usize = 1 << 20;

/// Bytes of the bodies in which a unit stands at its other places.
const SMALL: usize = 1 << 16;

/// Seconds for one body. One is taken at most, even without optimisation; with a step for each pair of bytes it would be hours.
const LIMIT: u64 = 30;

/// Decodes `before`, then `unit` again and again, then `after`, each as the reply to `name`: every unit at every place, and at
/// one of them, which changes from unit to unit, a mebibyte of it.
fn decode_all(name: &'static str, format: Format, befores: &[&str], units: &[&str], after: &'static str) {
    for (number, unit) in units.iter().enumerate() {
        for (place, before) in befores.iter().enumerate() {
            let size = if number % befores.len() == place { SIZE } else { SMALL };
            let body = format!("{before}{}{after}", unit.repeat(size / unit.len()));
            within(LIMIT, &format!("{name} in {format}: {before:?} and {size} bytes of {unit:?}"), move || {
                // Whatever it is taken for.
                drop(decode(command(name), body.as_bytes(), format));
            });
        }
    }
}

/// Around the envelope, in it, in the list and in a leaf.
#[rustfmt::skip]
const XML_PLACES: &[&str] = &[
    "",
    "<ListDomainInfoResponse>",
    "<ListDomainInfoResponse><ListDomainInfoHeader><ResponseCode>0</ResponseCode></ListDomainInfoHeader><ListDomainInfoContent><DomainInfoList><DomainInfo><Domain><Name>a.com</Name></Domain>",
    "<ListDomainInfoResponse><ListDomainInfoContent><DomainInfoList><DomainInfo><Domain><Name>",
];

#[rustfmt::skip]
const XML_UNITS: &[&str] = &[
    // Nesting.
    "<a>", "<Domain>", "<Name>", "<Whois>", "<ListDomainInfoResponse>", "<Response>",
    // Tags that are empty, without end, or only an end.
    "<a/>", "<Name/>", "<Domain/>", "<Domain></Domain>", "</a>", "</Domain>", "</Nmae>", "</", "<", "<a", "<Name", "<a ", ">", "/>",
    // Attributes.
    "<Name a=\"", "<Name Type='x' ", " a=\"1\"", "=\"", "='",
    // Text, entities and what is no entity.
    "0", "x ", " ", "\n", "&", "&amp;", "&a", "&#", "&#65;", "&nosuch;",
    // Sections that do not end, and such that do.
    "<!--", "<!---->", "<![CDATA[", "<![CDATA[x]]>", "]]>", "<?", "<?a?>", "<!DOCTYPE a [", "<!", "--",
    // Fields doubled, misspelt and astray.
    "<Name>a</Name>", "<Name>a</Nmae>", "<Name>a", "<name>a</name>", "<Locked>yes</Locked>", "<Status>success</Status>", "<New>1</New>",
    "x<New>",
    // Records, whole and damaged.
    "<Domain><Name>a.com</Name><Locked>yes</Locked></Domain>",
    "<Domain><Name>a.com</Name><Locked>yes</Domain>",
    "<Domain><Name>a.com</Nmae><Locked>yes</Locked></Domain>",
    "<Domain><Name>a.com</Name><Locked>yes</Locked>",
    "<Domain><Name>a & b</Name>stray<Locked>yes</Locked></Domain> ",
    "<Domain><Whois><Registrant><ContactId>1</ContactId></Registrant></Whois></Domain><Domain><Name>a</Name></Domain>",
    "<Domain><Whois><Registrant><ContactId>1",
];

#[test]
fn xml() {
    let after = "</Name></Domain></DomainInfo></DomainInfoList></ListDomainInfoContent></ListDomainInfoResponse>";
    decode_all("list_domain", Format::Xml, XML_PLACES, XML_UNITS, after);
}

#[rustfmt::skip]
const JSON_PLACES: &[&str] = &[
    "",
    "{\"ListDomainInfoResponse\":{\"ResponseCode\":0,",
    "{\"ListDomainInfoResponse\":{\"ResponseCode\":0,\"MainDomains\":[{\"Name\":\"a.com\"},",
    "{\"ListDomainInfoResponse\":{\"ResponseCode\":0,\"MainDomains\":[{\"Name\":",
    "{\"ListDomainInfoResponse\":{\"ResponseCode\":0,\"MainDomains\":[{\"Name\":\"",
];

#[rustfmt::skip]
const JSON_UNITS: &[&str] = &[
    // Nesting.
    "[", "{", "[{", "{\"a\":", "{\"Name\":", "{\"MainDomains\":[", "{\"Whois\":", "{\"ListDomainInfoResponse\":",
    // Ends and separators.
    "]", "}", "]}", ",", ":", ",,{", "[]", "{},", "[],", "...", "... ,",
    // Strings that do not end, escapes, quotes.
    "\"", "'", "\"a", "\"a\n", "\\", "\\\"", "\\u", "\\ud800", "\\u0041", "\"a\",", "'a',", "\"\",", "`", "\u{201C}",
    // Scalars.
    "0", "-", "1e", "0,", "null,", "true", "x", "x ", "x,", " ", "\n", "\t", "\u{1}",
    // Comments.
    "/*", "/**/", "//", "//\n", "#\n", "/",
    // Keys that are doubled, unknown, without quotes or without values.
    "\"Name\":\"a\",", "\"a\":1,", "a:1,", "\"a\":", "\"Name\"", "\"Name\":\"a\"", "\"Status\":\"success\",", "\"MainDomains\":[],",
    "\"Name0\":\"a\",",
    // Records, whole and damaged.
    "{\"Name\":\"a.com\",\"Locked\":\"yes\"},",
    "{\"Name\":\"a.com\" \"Locked\":\"yes\"},",
    "{\"Name\":\"a.com\",\"Locked\":\"yes\",",
    "{\"Name\":\"a.com,\"Locked\":\"yes\"},\n",
    "{\"Name\":\"a \"b\" c\",\"Locked\":'yes',},",
    "{\"Name\":\"a.com\",\"Whois\":{\"Registrant\":{\"ContactId\":1},\n",
    "<Domain>",
];

#[test]
fn json() {
    decode_all("list_domain", Format::Json, JSON_PLACES, JSON_UNITS, "}]}}");
}

#[rustfmt::skip]
const CSV_PLACES: &[&str] = &[
    "",
    "ok,",
    "ok,\nsuccess,\n",
    "ok,success,AuctionId,Domain,BidPrice,BidPriceCurrency,Bids,EndTime,EndTimestamp,Revenue,RevenueCurrency,Visitors,Links,Age,",
    "ok,\nsuccess,\nAuctionId,Domain,BidPrice,BidPriceCurrency,Bids,EndTime,EndTimestamp,Revenue,RevenueCurrency,Visitors,Links,Age\n",
    "error,",
];

#[rustfmt::skip]
const CSV_UNITS: &[&str] = &[
    ",", ",\n", "\n", "\r\n", " ", "\"", "\"\"", "\"a", "\"a\",", "\"a\nb\",", "'", "0", "0,", "0\n", "a b,", ".\n", "...",
    "ok,", "error,", "AuctionId,", "AuctionId,Domain\n", "Unknown,", "<a>,", "{\"a\":1},",
    "1,a.com,92.99,USD,0,2015/04/28 18:04 UTC,1430244248274,0.64,USD,-1,-1,1\n",
    "1,a.com,92.99,USD,0,2015/04/28 18:04 UTC,1430244248274,0.64,USD,-1,-1,1,",
    "1,a.com,92.99,USD\n",
    "1,\"a,b\",92.99,USD,0,2015/04/28 18:04 UTC,1430244248274,0.64,USD,-1,-1,1,more,and more\n",
];

#[test]
fn csv() {
    decode_all("get_open_auctions", Format::Csv, CSV_PLACES, CSV_UNITS, "");
    decode_all("place_auction_bid", Format::Csv, &CSV_PLACES[..2], CSV_UNITS, "");
}

/// Shapes with rules of their own: numbered keys, lists inside a string, padding, no envelope, and no shape at all.
#[test]
fn other_shapes() {
    let get_ns = "{\"GetNsResponse\":{\"ResponseCode\":0,\"NsContent\":{";
    decode_all(
        "get_ns",
        Format::Json,
        &[get_ns],
        &["\"Host\":\"a\",", "\"Host0\":\"a\",", "\"Host\":[", "\"Host\":{"],
        "}}}",
    );
    let get_ns = "<GetNsResponse><GetNsContent>";
    decode_all(
        "get_ns",
        Format::Xml,
        &[get_ns],
        &["<Host/>", "<Host>a</Host>", "<NsName>Name Servers</NsName>", "<Host>"],
        "",
    );
    let push = "{\"GetDomainPushRequestResponse\":{\"ResponseCode\":0,\"pushDomainName\":\"[";
    decode_all("get_domain_push_request", Format::Json, &[push], &[",", "a.com,", "[", "\\\"", " "], "]\"}}");
    let padded = "<DomainInfoResponse><DomainInfoContent><Domain><NameServerSettings><NameServers>";
    let servers = [
        "<ServerId/><ServerName/>",
        "<ServerId>1</ServerId>",
        "<ServerName>a</ServerName>",
        "<NameServer/>",
        "<NameServer>",
    ];
    decode_all("domain_info", Format::Xml, &[padded], &servers, "");
    decode_all(
        "get_open_auctions",
        Format::Json,
        &["{\"auction_list\":["],
        &["{\"domain\":\"a.com\"}", "{\"domain\":", "[", ","],
        "]}",
    );
    let results = [
        "<SearchResponse><SearchHeader><SuccessCode>0</SuccessCode></SearchHeader></SearchResponse>",
        "<SearchResponse>",
        "<SuccessCode>0</SuccessCode>",
    ];
    decode_all("search", Format::Xml, &["<Results>"], &results, "</Results>");
    for (format, units) in
        [(Format::Xml, ["<a>", "<a/>", "<a>b</a>", "</a>"]), (Format::Json, ["{\"a\":", "[", "\"a\":1,", "[1],"])]
    {
        let before =
            if format == Format::Xml { "<GetWhoisStatsResponse>" } else { "{\"GetWhoisStatsResponse\":{\"b\":[" };
        decode_all("get_whois_stats", format, &[before], &units, "");
    }
}

/// Texts that the beginning of a reply is searched for in.
/// What a note says of how a value is written is not the whole value once more.
#[test]
fn a_long_bare_value_is_noted_in_part() {
    for (value, kind) in [("1", NoteKind::ScalarType), ("-", NoteKind::UnquotedValue)] {
        let value = value.repeat(SIZE);
        let body = format!(
            "{{\"CreateContactResponse\":{{\"ResponseCode\":\"0\",\"Status\":\"success\",\"CreateContactContent\":{{\"ContactId\":{value}}}}}}}"
        );
        let (reply, record) = decode(command("create_contact"), body.as_bytes(), Format::Json).unwrap();
        let note = reply.notes.iter().find(|note| note.kind == kind).unwrap();
        assert_eq!(*note.text, value[..4096]);
        assert!(bindwire_tests::vectors::value(&*record).to_string().contains(&value));
    }
}

/// A CSV body whose lines are hardly ever rows is none; with a row among five lines it is one.
#[test]
fn lines_that_are_no_rows() {
    const HEAD: &str = "ok,\nsuccess,\nAuctionId,Domain,BidPrice,BidPriceCurrency,Bids,EndTime,EndTimestamp,Revenue,RevenueCurrency,Visitors,Links,Age\n";
    const ROW: &str = "1,a.com,2.00,USD,3,2015/04/28 18:04 UTC,1430244248274,4.00,USD,5,6,7\n";
    let entry = command("get_open_auctions");
    let body = format!("{HEAD}{ROW}{}", "<b>line\n".repeat(70_000));
    let Err(error) = decode(entry, body.as_bytes(), Format::Csv) else { panic!("it is a reply") };
    assert_eq!(error.kind(), DecodeErrorKind::NotAReply);
    assert!(error.to_string().contains("lines are no rows beside 1 that are"), "{error}");
    let body = format!("{HEAD}{}", format!("{}{ROW}", "<b>line\n".repeat(4)).repeat(17_000));
    let (reply, _) = decode(entry, body.as_bytes(), Format::Csv).unwrap();
    assert_eq!(reply.notes.len() + reply.notes.omitted(), 68_000);
}

#[test]
fn preambles() {
    let units = [
        "x",
        "x\n",
        "{ ",
        "<",
        "</",
        "<x",
        "ok\n",
        "\nok",
        "<br>",
        "<!-- ",
        "\u{FEFF}",
        "<?xml ",
        "{{",
        "[",
        "Warning: x in y\n",
    ];
    for format in Format::ALL {
        decode_all("get_open_auctions", format, &["x ", "<!--"], &units, "");
    }
}
