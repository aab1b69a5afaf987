//! `csv` with serde, and its bare loop over records.

#![allow(missing_docs)] // The fields are the wire's.

use csv::{ByteRecord, Reader, ReaderBuilder};
use serde::Deserialize;
use std::hint::black_box;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Auction {
    pub auction_id: String,
    pub domain: String,
    pub bid_price: String,
    pub bid_price_currency: String,
    pub bids: String,
    pub end_time: String,
    pub end_timestamp: String,
    pub revenue: String,
    pub revenue_currency: String,
    pub visitors: String,
    pub links: String,
    pub age: String,
}

/// A reader behind the two lines that the crate cannot read.
fn reader(body: &[u8]) -> Reader<&[u8]> {
    let mut rest = body;
    for _ in 0..2 {
        let line = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        rest = &rest[line..];
    }
    ReaderBuilder::new().from_reader(rest)
}

/// Reads an answer to `get_open_auctions`.
///
/// # Errors
/// When it is not as documented.
pub fn auctions(body: &[u8]) -> Result<Vec<Auction>, String> {
    reader(body).into_deserialize().collect::<Result<_, _>>().map_err(|error| format!("csv: {error}"))
}

/// Goes over the rows without looking at them; how many there are.
///
/// # Errors
/// When a row is not as long as the others.
pub fn bare(body: &[u8]) -> Result<usize, String> {
    let mut reader = reader(body);
    let mut record = ByteRecord::new();
    let mut count = 0;
    while reader.read_byte_record(&mut record).map_err(|error| format!("csv: {error}"))? {
        black_box(&record);
        count += 1;
    }
    Ok(count)
}
