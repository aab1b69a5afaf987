//! `get_open_auctions` in CSV with 50,000 rows.

use super::{beside, check, repaired, row, slow};
use crate::bodies::{Damage, auctions};
use crate::measure::{Contender, rounds};
use crate::row::Row;
use crate::{ours, peers};
use std::time::Duration;

const COUNT: usize = 50_000;
const GROUP: &str = "CSV";

/// Measures it.
pub fn all(budget: Duration) -> Result<(), String> {
    let (clean, tenth, every) =
        (auctions(COUNT, Damage::Clean), auctions(COUNT, Damage::Tenth), auctions(COUNT, Damage::Every));
    let repairs = verify(&clean, &tenth, &every)?;
    let mut contenders = [
        Contender::new("owned", || ours::auctions_unlimited(&clean)),
        Contender::new("borrowed", || ours::bare(ours::AUCTIONS, &clean)),
        Contender::new("owned, a tenth damaged", || ours::auctions_unlimited(&tenth)),
        Contender::new("owned, all damaged", || ours::auctions_unlimited(&every)),
        Contender::new("borrowed, texts looked at", || ours::texts(ours::AUCTIONS, &clean)),
        Contender::new("csv with serde", || peers::csv::auctions(&clean)),
        Contender::new("csv, bare ByteRecord loop", || peers::csv::bare(&clean)),
    ];
    rounds(&mut contenders, budget);
    let [owned, borrowed, tenth_time, every_time, looked, serde, bare] = &contenders;
    let bytes = clean.len();
    beside(row(GROUP, owned, bytes), owned.times_faster_than(serde), "csv with serde")
        .at_least("ratio", 1.5, "")
        .print()?;
    let part = bare.times_faster_than(borrowed);
    let mut row_borrowed = row(GROUP, borrowed, bytes).number("of_bare", part).at_most("of_bare", 0.8, " of the time");
    row_borrowed.figure.push_str(&format!("  {part:.2} of the bare loop's time"));
    row_borrowed.print()?;
    if repairs {
        let times = [tenth_time, every_time].map(|damaged| owned.times_faster_than(damaged));
        slow(row(GROUP, tenth_time, tenth.len()), times[0]).at_most("of_clean", 1.2, "").print()?;
        slow(row(GROUP, every_time, every.len()), times[1]).print()?;
    }
    row(GROUP, looked, bytes).print()?;
    row(GROUP, serde, bytes).print()?;
    row(GROUP, bare, bytes).print()
}

/// Checks that everyone reads the same; whether the damaged bodies can be decoded.
fn verify(clean: &[u8], tenth: &[u8], every: &[u8]) -> Result<bool, String> {
    let (figure, decodes) = match ours::auctions(clean) {
        Ok(_) => ("decoded".to_owned(), true),
        Err(error) => (error, false),
    };
    Row::new(GROUP, "owned, with the default limits", figure).aim("decoded".to_owned(), decodes).print()?;
    let own = ours::auctions_unlimited(clean)?.auctions;
    let theirs = peers::csv::auctions(clean)?;
    check("owned", own.len(), COUNT)?;
    check("csv with serde", theirs.len(), COUNT)?;
    check("borrowed", ours::bare(ours::AUCTIONS, clean)?, COUNT)?;
    check("csv, bare", peers::csv::bare(clean)?, COUNT)?;
    if let Some((own, other)) = own.iter().zip(&theirs).find(|(own, other)| *own.domain != *other.domain) {
        return Err(format!("CSV: {own:?} is not {other:?}"));
    }
    let tenth = repaired(GROUP, "a tenth damaged", &own, ours::auctions_unlimited(tenth).map(|reply| reply.auctions))?;
    let every = repaired(GROUP, "all damaged", &own, ours::auctions_unlimited(every).map(|reply| reply.auctions))?;
    Ok(tenth && every)
}
