//! Lists of made-up records: varied values, fields that are left out, and damage, in a few forms that come again and again.

use super::random::Random;
use bindwire_wire::Format;

/// A reply with one list.
pub struct List {
    pub command: &'static str,
    pub format: Format,
    before: &'static str,
    after: &'static str,
    records: Vec<String>,
}

/// A piece of a record.
#[derive(Debug, Clone, Copy)]
enum Part {
    Open(&'static str),
    Close(&'static str),
    Leaf(&'static str, &'static [&'static str]),
}

use Part::{Close, Leaf, Open};

const NAMES: &[&str] = &["a.com", "xn--bcher-kva.de", "two words", "example.co.uk"];
const NUMBERS: &[&str] = &["0", "7", "1361430589062", "-1"];
const AMOUNTS: &[&str] = &["92.99", "0.64", "1000.0", "86"];
const FLAGS: &[&str] = &["yes", "no", "Yes", "no"];
const WORDS: &[&str] = &["some words", "none", "a, b", "-", "(no folder)"];
const TYPES: &[&str] = &["Dynadot Parking", "Dynadot DNS"];
const PRIVACY: &[&str] = &["none", "partial", "full"];
const RENEWALS: &[&str] = &["auto-renew", "no renew option", "do not renew"];
const CURRENCIES: &[&str] = &["USD", "EUR"];
const AUCTIONS: &[&str] = &["expired"];
const TIMES: &[&str] = &["2015/04/28 18:04 UTC", "2022/04/04 02:20 PST"];

const XML_DOMAIN: &[Part] = &[
    Leaf("Name", NAMES),
    Leaf("Expiration", NUMBERS),
    Leaf("Registration", NUMBERS),
    Open("NameServerSettings"),
    Leaf("Type", TYPES),
    Leaf("WithAds", FLAGS),
    Close("NameServerSettings"),
    Open("Whois"),
    Open("Registrant"),
    Leaf("ContactId", NUMBERS),
    Close("Registrant"),
    Open("Admin"),
    Leaf("ContactId", NUMBERS),
    Close("Admin"),
    Close("Whois"),
    Leaf("Locked", FLAGS),
    Leaf("Hold", FLAGS),
    Leaf("Privacy", PRIVACY),
    Leaf("RenewOption", RENEWALS),
    Leaf("Note", WORDS),
    Open("Folder"),
    Leaf("FolderId", NUMBERS),
    Leaf("FolderName", WORDS),
    Close("Folder"),
];

const XML_AUCTION: &[Part] = &[
    Leaf("AuctionId", NUMBERS),
    Leaf("Domain", NAMES),
    Leaf("BidPrice", AMOUNTS),
    Leaf("BidPriceCurrency", CURRENCIES),
    Leaf("Bids", NUMBERS),
    Leaf("EndTime", TIMES),
    Leaf("EndTimestamp", NUMBERS),
    Leaf("Revenue", AMOUNTS),
    Leaf("Visitors", NUMBERS),
    Leaf("Age", NUMBERS),
];

const JSON_AUCTION: &[Part] = &[
    Leaf("auction_id", NUMBERS),
    Leaf("domain", NAMES),
    Leaf("is_idn", FLAGS),
    Leaf("auction_type", AUCTIONS),
    Leaf("currency", CURRENCIES),
    Leaf("current_bid_price", AMOUNTS),
    Leaf("bids", NUMBERS),
    Leaf("time_left", WORDS),
    Leaf("start_time", TIMES),
    Leaf("end_time_stamp", NUMBERS),
    Leaf("age", NUMBERS),
];

/// How often something is odd, in a thousand: a field left out of a form, damage in a form, damage in a single record.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    pub absent: usize,
    pub form: usize,
    pub record: usize,
}

/// A reply of `count` records.
pub fn list(kind: Kind, count: usize, rates: Rates, random: &mut Random) -> List {
    let (command, format, before, after, name, parts) = match kind {
        Kind::XmlDomains => (
            "list_domain",
            Format::Xml,
            "<ListDomainInfoResponse><ListDomainInfoHeader><ResponseCode>0</ResponseCode><Status>success</Status></ListDomainInfoHeader><ListDomainInfoContent><DomainInfoList><DomainInfo>",
            "</DomainInfo></DomainInfoList></ListDomainInfoContent></ListDomainInfoResponse>",
            "Domain",
            XML_DOMAIN,
        ),
        Kind::XmlAuctions => (
            "get_open_auctions",
            Format::Xml,
            "<GetOpenAuctionsResponse><GetOpenAuctionsHeader><SuccessCode>0</SuccessCode><Status>success</Status></GetOpenAuctionsHeader><GetOpenAuctionsContent>",
            "</GetOpenAuctionsContent></GetOpenAuctionsResponse>",
            "Auction",
            XML_AUCTION,
        ),
        Kind::JsonDomains => (
            "list_domain",
            Format::Json,
            r#"{"ListDomainInfoResponse":{"ResponseCode":0,"Status":"success","MainDomains":["#,
            "]}}",
            "",
            XML_DOMAIN,
        ),
        Kind::JsonAuctions => {
            ("get_open_auctions", Format::Json, r#"{"status":"success","auction_list":["#, "]}", "", JSON_AUCTION)
        }
    };
    let chance = |random: &mut Random, rate: usize| random.below(1000) < rate;
    // A form: which parts there are, and what is odd about them.
    let forms: Vec<Vec<(Part, Option<usize>)>> = (0..3)
        .map(|_| {
            let there: Vec<Part> = parts
                .iter()
                .copied()
                .filter(|part| !matches!(part, Leaf(..)) || !chance(random, rates.absent))
                .collect();
            there.into_iter().map(|part| (part, chance(random, rates.form).then(|| random.below(100)))).collect()
        })
        .collect();
    let records = (0..count)
        .map(|_| {
            let form = random.pick(&forms);
            let mut text = String::new();
            let mut last_is_open = true;
            for (part, odd) in form {
                let odd = if chance(random, rates.record) { Some(random.below(100)) } else { *odd };
                match format {
                    Format::Xml => xml(*part, odd, random, &mut text),
                    _ => json(*part, odd, random, last_is_open, &mut text),
                }
                last_is_open = matches!(part, Open(_));
            }
            let lost_end = chance(random, rates.record);
            match format {
                Format::Xml if lost_end => format!("<{name}>{text}"),
                Format::Xml => format!("<{name}>{text}\n</{name}>"),
                _ => format!("{{{text}}}"),
            }
        })
        .collect();
    List { command, format, before, after, records }
}

/// Which list.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    XmlDomains,
    XmlAuctions,
    JsonDomains,
    JsonAuctions,
}

impl List {
    /// The body, with `separator(n)` before record `n`.
    pub fn body(&self, separator: impl Fn(usize) -> String) -> String {
        let mut body = self.before.to_owned();
        for (index, record) in self.records.iter().enumerate() {
            if index > 0 && self.format == Format::Json {
                body.push(',');
            }
            body += &separator(index);
            body += record;
        }
        body + self.after
    }
}

/// Writes a part as XML; `odd` picks what is wrong with it.
fn xml(part: Part, odd: Option<usize>, random: &mut Random, out: &mut String) {
    let (name, values) = match part {
        Open(name) => return *out += &format!("\n<{name}>"),
        Close(_) if odd.is_some_and(|odd| odd % 4 == 0) => return,
        Close(name) => return *out += &format!("\n</{name}>"),
        Leaf(name, values) => (name, values),
    };
    let value = random.pick(values);
    let misspelt = &name[..name.len() - 1];
    *out += &match odd.map(|odd| odd % 15) {
        None => format!("\n<{name}>{value}</{name}>"),
        Some(0) => format!("\n<{name}>{value}</{misspelt}>"),
        Some(1) => format!("\n<{name}>{value}"),
        Some(2) => format!("\n<{name}>{value} & more</{name}>"),
        Some(3) => format!("\n<{name}>{value}</{name}> stray"),
        Some(4) => format!("\n<{name}>{value}</{name}><New>{value}</New>"),
        Some(5) => format!("\n<{name} lang=\"en\">{value}</{name}>"),
        Some(6) => format!("\n<!-- {value} --><{name}>{value}</{name}>"),
        Some(7) => format!("\n<{name}/>"),
        Some(8) => format!("\n<{name}>{value}</{name}><{name}>{value}</{name}>"),
        Some(9) => format!("\n<{name}><![CDATA[{value}]]></{name}>"),
        Some(10) => format!("\n<{name}> {value}\n</{name}>"),
        Some(11) => format!("\n<{name}>R&amp;D &#65; &nbsp;</{name}>"),
        Some(12) => format!("\n<{0}>{value}</{0}>", name.to_lowercase()),
        Some(13) => format!("\n<{name}>no such value</{name}>"),
        Some(_) => format!("\n<{name}></{name}>"),
    };
}

/// Writes a part as JSON; `first` tells that it is the first one of its level.
fn json(part: Part, odd: Option<usize>, random: &mut Random, first: bool, out: &mut String) {
    let comma = match (first, odd) {
        (_, Some(0)) => "",
        (true, _) => "",
        (false, Some(1)) => ",,",
        (false, _) => ",",
    };
    let (name, values) = match part {
        Open(name) => return *out += &format!("{comma}\n\"{name}\": {{"),
        Close(_) => return out.push('}'),
        Leaf(name, values) => (name, values),
    };
    let value = random.pick(values);
    *out += comma;
    *out += &match odd.map(|odd| odd % 15) {
        None => format!("\n\"{name}\": \"{value}\""),
        Some(2) => format!("\n\"{name}\": '{value}'"),
        Some(3) => format!("\n{name}: \"{value}\""),
        Some(4) => format!("\n\"{name}\": 12"),
        Some(5) => format!("\n\"{name}\": null"),
        Some(6) => format!("\n\"{name}\": true"),
        Some(7) => format!("\n\"{name}\": \"{value}\", \"New\": \"{value}\""),
        Some(8) => format!("\n\"{name}\": \"{value}\", \"{name}\": \"{value}\""),
        Some(9) => format!("\n\"{name}\": \"{value}\" ..."),
        Some(10) => format!("\n/* {value} */ \"{name}\": \"{value}\""),
        Some(11) => format!("\n\"{name}\": \"R\\u0026D \\q\t\""),
        Some(12) => format!("\n\"{name}: \": \"{value}\""),
        Some(13) => format!("\n\"{name}\" \"{value}\""),
        Some(14) => format!("\n\"{name}\": \"no such value\""),
        Some(_) => format!("\n\"{name}\": \"\""),
    };
}
