//! Bodies as in the documentation pages, with names, ids, dates, contact ids and notes that vary; always the same ones.

mod csv;
mod damage;
mod domain;
mod json;
mod xml;

pub use csv::auctions;
pub use damage::Damage;

use domain::Part;

/// How a body is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Two blanks a level, as in the pages.
    Indented,
    /// No white space between names and values.
    Compact,
}

/// What a body is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// As `/api3.xml` answers.
    Xml,
    /// As `/api3.json` answers.
    Json,
}

/// Answer to `list_domain` with `count` domains.
pub fn list_domain(markup: Markup, layout: Layout, count: usize, damage: Damage) -> Vec<u8> {
    let mut body = String::from(list_head(markup, layout));
    body.push_str(&list_items(markup, layout, 0..count, damage));
    body.push_str(list_tail(markup, layout));
    body.into_bytes()
}

/// What stands before the domains.
pub fn list_head(markup: Markup, layout: Layout) -> &'static str {
    match (markup, layout) {
        (Markup::Xml, Layout::Indented) => xml::HEAD_INDENTED,
        (Markup::Xml, Layout::Compact) => xml::HEAD_COMPACT,
        (Markup::Json, Layout::Indented) => json::HEAD_INDENTED,
        (Markup::Json, Layout::Compact) => json::HEAD_COMPACT,
    }
}

/// What stands after the domains.
pub fn list_tail(markup: Markup, layout: Layout) -> &'static str {
    match (markup, layout) {
        (Markup::Xml, Layout::Indented) => xml::TAIL_INDENTED,
        (Markup::Xml, Layout::Compact) => xml::TAIL_COMPACT,
        (Markup::Json, Layout::Indented) => json::TAIL_INDENTED,
        (Markup::Json, Layout::Compact) => json::TAIL_COMPACT,
    }
}

/// The domains with these numbers, and what stands between them.
pub fn list_items(markup: Markup, layout: Layout, numbers: std::ops::Range<usize>, damage: Damage) -> String {
    let mut out = String::new();
    let first = numbers.start;
    for number in numbers {
        let parts = domain::record(number);
        let mut record = String::new();
        match markup {
            Markup::Xml => xml::element(&mut record, &Part::Level("Domain", parts), layout, 4),
            Markup::Json => {
                if number > first {
                    out.push(',');
                }
                json::item(&mut record, &parts, layout, 3);
            }
        }
        damage.apply(&mut record, markup, number);
        out.push_str(&record);
    }
    out
}

/// Answer to `domain_info`, indented.
pub fn domain_info() -> Vec<u8> {
    let mut body = String::from(xml::INFO_HEAD);
    xml::element(&mut body, &Part::Level("Domain", domain::record(7)), Layout::Indented, 2);
    body.push_str(xml::INFO_TAIL);
    body.into_bytes()
}

/// A sequence of numbers that looks random and is always the same.
struct Dice(u64);

impl Dice {
    fn of(number: usize) -> Self {
        Self(number as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

const WORDS: [&str; 12] =
    ["cedar", "harbor", "north", "pixel", "quartz", "river", "solar", "tidal", "urban", "velvet", "willow", "zenith"];

/// A name that differs from that of every other number.
fn name(dice: &mut Dice, number: usize) -> String {
    let tld = ["com", "net", "org", "info"][dice.below(4) as usize];
    let mut word = || WORDS[dice.below(WORDS.len() as u64) as usize];
    format!("{}-{}{number}.{tld}", word(), word())
}
