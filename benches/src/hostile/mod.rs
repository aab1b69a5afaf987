//! Hostile bodies: one thing over and over, in the place where it could hurt.

mod csv;
mod json;
mod xml;

use crate::ours;
use bindwire_wire::Format;

/// A kind of hostile body: `unit` as often as it fits, between `head` and `tail`.
#[derive(Debug)]
pub struct Kind {
    /// The format that it claims to be in.
    pub format: Format,
    /// What it is, for the table.
    pub name: &'static str,
    head: String,
    unit: &'static str,
    tail: String,
}

impl Kind {
    fn new(format: Format, name: &'static str, head: String, unit: &'static str, tail: String) -> Self {
        Self { format, name, head, unit, tail }
    }

    /// A body of this kind of about `size` bytes. `#` in the unit is its number.
    pub fn body(&self, size: usize) -> Vec<u8> {
        let mut body = Vec::with_capacity(size + 64);
        body.extend_from_slice(self.head.as_bytes());
        let numbered = self.unit.contains('#');
        let mut number = 0usize;
        while body.len() + self.tail.len() < size {
            if numbered {
                body.extend_from_slice(self.unit.replace('#', &number.to_string()).as_bytes());
                number += 1;
            } else {
                body.extend_from_slice(self.unit.as_bytes());
            }
        }
        body.extend_from_slice(self.tail.as_bytes());
        body
    }
}

/// Every kind.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = xml::kinds();
    kinds.extend(json::kinds());
    kinds.extend(csv::kinds());
    kinds
}

/// The ways to read a body.
pub const READERS: [&str; 3] = ["owned", "borrowed", "from a reader"];

/// Reads a body in one of the [`READERS`]' ways; whether it could be decoded.
pub fn read(kind: &Kind, reader: &str, body: &[u8]) -> bool {
    match (kind.format, reader) {
        (Format::Csv, "owned") => ours::auctions(body).is_ok(),
        (Format::Csv, "borrowed") => ours::bare(ours::AUCTIONS, body).is_ok(),
        (Format::Csv, _) => ours::read_auctions(body).is_ok(),
        (_, "owned") => ours::list_domain(body).is_ok(),
        (_, "borrowed") => ours::bare(ours::DOMAINS, body).is_ok(),
        (_, _) => ours::read_domains(body).is_ok(),
    }
}
