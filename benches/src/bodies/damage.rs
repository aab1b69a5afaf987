//! Damage: one defect a record, of kinds that were met in the wild or that a hand-written writer makes.

use super::Markup;

/// Which records of a body are damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// None.
    Clean,
    /// One of ten.
    Tenth,
    /// All.
    Every,
}

/// What is written instead of something; the first place counts.
type Defect = (&'static str, &'static str);

/// A misspelt end tag, a bare `&`, a leaf without end tag, stray text, an unknown entity, a bare `<`, an end tag that is
/// not closed, an attribute without quotes.
const XML: [Defect; 8] = [
    ("</Registration>", "</Registraton>"),
    ("<WithAds>Yes<", "<WithAds>Yes & No<"),
    ("</Locked>", ""),
    ("<Hold>", "oops<Hold>"),
    ("<RenewOption>no renew", "<RenewOption>no&nbsp;renew"),
    ("<Type>Dynadot Parking<", "<Type>Dynadot < Parking<"),
    ("</Privacy>", "</Privacy"),
    ("<Disabled>", "<Disabled since=2015>"),
];

/// A missing comma, a comma too many, single quotes, a bare name, a line break in a string, a missing colon, a value
/// without quotes, an unknown escape.
const JSON: [(Defect, Defect); 8] = [
    (("\"Locked\": \"yes\",", "\"Locked\": \"yes\""), ("\"Locked\":\"yes\",", "\"Locked\":\"yes\"")),
    (("\"WithAds\": \"Yes\"", "\"WithAds\": \"Yes\","), ("\"WithAds\":\"Yes\"", "\"WithAds\":\"Yes\",")),
    (("\"Hold\": \"no\"", "\"Hold\": 'no'"), ("\"Hold\":\"no\"", "\"Hold\":'no'")),
    (("\"Disabled\"", "Disabled"), ("\"Disabled\"", "Disabled")),
    (("no renew option", "no renew\noption"), ("no renew option", "no renew\noption")),
    (("\"Privacy\": ", "\"Privacy\" "), ("\"Privacy\":", "\"Privacy\" ")),
    (("\"isForSale\": \"no\"", "\"isForSale\": no"), ("\"isForSale\":\"no\"", "\"isForSale\":no")),
    (("Dynadot Parking", "Dynadot\\ Parking"), ("Dynadot Parking", "Dynadot\\ Parking")),
];

/// A quote within a cell, a cell too few, a cell too many, blanks around a cell, an empty line before the row, a cell
/// whose quotes end early.
const CSV: [Defect; 6] =
    [(" UTC", "\" UTC"), (",-1,", ","), (",USD,", ",USD,,"), (",USD,", ", USD ,"), ("", "\n"), (",USD,", ",\"US\"D,")];

impl Damage {
    /// The number of the defect that the record with this number has.
    fn defect(self, number: usize) -> Option<usize> {
        match self {
            Self::Clean => None,
            Self::Tenth => number.is_multiple_of(10).then_some(number / 10),
            Self::Every => Some(number),
        }
    }

    /// Damages the record with this number, or not.
    pub fn apply(self, record: &mut String, markup: Markup, number: usize) {
        let Some(defect) = self.defect(number) else { return };
        match markup {
            Markup::Xml => replace(record, XML[defect % XML.len()]),
            Markup::Json => {
                let (indented, compact) = JSON[defect % JSON.len()];
                replace(record, if record.contains(indented.0) { indented } else { compact });
            }
        }
    }

    /// Damages the row with this number, or not.
    pub fn apply_csv(self, row: &mut String, number: usize) {
        if let Some(defect) = self.defect(number) {
            replace(row, CSV[defect % CSV.len()]);
        }
    }
}

fn replace(record: &mut String, (from, to): Defect) {
    assert!(record.contains(from), "the record has no `{from}` to damage: {record}");
    *record = record.replacen(from, to, 1);
}
