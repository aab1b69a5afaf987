//! Time: what `bench-speed` does.

mod auctions;
mod domains;
mod hostile;
mod single;

pub use hostile::hostile;

use crate::measure::Contender;
use crate::row::Row;
use std::time::Duration;

/// Bodies as in the pages, clean and damaged, beside the peers; about `budget` a body.
///
/// # Errors
/// When something cannot be decoded.
pub fn pages(budget: Duration) -> Result<(), String> {
    domains::all(budget)?;
    auctions::all(budget)?;
    single::all(budget)
}

/// A row for a contender: time, throughput, spread.
fn row(group: &str, contender: &Contender<'_>, bytes: usize) -> Row {
    let seconds = contender.median();
    let rate = bytes as f64 / 1e6 / seconds;
    let figure = format!("{} {rate:6.0} MB/s ±{:.0} %", time(seconds), contender.spread() * 50.0);
    Row::new(group, contender.name, figure)
        .number("seconds", seconds)
        .number("mb_per_second", rate)
        .number("spread", contender.spread())
        .number("rounds", contender.seconds.len() as f64)
}

/// Says what a row is beside a peer.
fn beside(mut row: Row, ratio: f64, peer: &str) -> Row {
    row.figure.push_str(&format!("  {ratio:.2} times {peer}"));
    row.number("ratio", ratio)
}

/// A time for eyes.
fn time(seconds: f64) -> String {
    if seconds < 1e-3 { format!("{:7.3} us", seconds * 1e6) } else { format!("{:7.2} ms", seconds * 1e3) }
}

/// Says how long a damaged body takes beside a clean one.
fn slow(mut row: Row, ratio: f64) -> Row {
    row.figure.push_str(&format!("  {ratio:.2} of the clean time"));
    row.number("of_clean", ratio)
}

/// Tells how many records of a damaged body were read, and how many of them as if they were whole; whether it was decoded.
fn repaired<T: PartialEq>(
    group: &str,
    name: &str,
    clean: &[T],
    damaged: Result<Vec<T>, String>,
) -> Result<bool, String> {
    let wanted = clean.len();
    let (figure, count, same) = match &damaged {
        Ok(records) => {
            let same = clean.iter().zip(records).filter(|(clean, damaged)| clean == damaged).count();
            (format!("{} of {wanted} records read, {same} as if clean", records.len()), records.len(), same)
        }
        Err(error) => (error.clone(), 0, 0),
    };
    Row::new(group, name, figure)
        .number("records", count as f64)
        .number("same", same as f64)
        .at_least("records", wanted as f64, "")
        .print()?;
    Ok(damaged.is_ok())
}

/// Fails unless as many records were read as there are.
fn check(what: &str, count: usize, wanted: usize) -> Result<(), String> {
    if count == wanted {
        return Ok(());
    }
    Err(format!("{what}: {count} of {wanted} records were read"))
}
