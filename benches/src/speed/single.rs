//! One `domain_info`, indented XML.

use super::{beside, row};
use crate::bodies::domain_info;
use crate::measure::{Contender, rounds};
use crate::{ours, peers};
use std::time::Duration;

const GROUP: &str = "Single XML reply";

/// Measures it.
pub fn all(budget: Duration) -> Result<(), String> {
    let body = domain_info();
    let theirs = peers::xml::domain_info(&body)?;
    let own = ours::domain_info(&body)?.domain.ok_or("domain_info: no domain was read")?;
    if *own.name != *theirs.content.domain.name {
        return Err(format!("domain_info: {own:?} is not {theirs:?}"));
    }
    let mut contenders = [
        Contender::repeated("owned", 2000, || ours::domain_info(&body)),
        Contender::repeated("owned, its form not seen before", 2000, || ours::domain_info_by_name(&body)),
        Contender::repeated("quick_xml::de", 200, || peers::xml::domain_info(&body)),
    ];
    rounds(&mut contenders, budget / 3);
    let [owned, by_name, peer] = &contenders;
    let row_owned = beside(row(GROUP, owned, body.len()), owned.times_faster_than(peer), "quick_xml::de");
    row_owned.number("us", owned.median() * 1e6).at_most("us", 1.0, " us").print()?;
    beside(row(GROUP, by_name, body.len()), by_name.times_faster_than(peer), "quick_xml::de").print()?;
    row(GROUP, peer, body.len()).print()
}
