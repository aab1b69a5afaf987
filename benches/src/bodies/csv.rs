//! Running auctions as CSV.

use super::{Damage, Dice, name};

/// The lines before the names of the columns.
pub const HEAD: &str = "ok,\nsuccess,\n";

const COLUMNS: &str =
    "AuctionId,Domain,BidPrice,BidPriceCurrency,Bids,EndTime,EndTimestamp,Revenue,RevenueCurrency,Visitors,Links,Age\n";

/// Answer to `get_open_auctions` with `count` rows.
pub fn auctions(count: usize, damage: Damage) -> Vec<u8> {
    let mut body = format!("{HEAD}{COLUMNS}");
    for number in 0..count {
        let mut row = row(number);
        damage.apply_csv(&mut row, number);
        body.push_str(&row);
        body.push('\n');
    }
    body.into_bytes()
}

fn row(number: usize) -> String {
    let mut dice = Dice::of(number);
    let end = 1_430_244_248_274 + dice.below(30_000_000_000);
    let visitors = match dice.below(3) {
        0 => "-1".to_owned(),
        _ => dice.below(900).to_string(),
    };
    format!(
        "{},{},{}.{:02},USD,{},2015/{:02}/{:02} {:02}:04 UTC,{end},{}.{:02},USD,{visitors},-1,{}",
        10_001 + number,
        name(&mut dice, number),
        dice.below(400),
        dice.below(100),
        dice.below(30),
        1 + dice.below(12),
        1 + dice.below(28),
        dice.below(24),
        dice.below(90),
        dice.below(100),
        1 + dice.below(15),
    )
}
