//! `list_domain` with 10,000 domains: XML and JSON, indented and compact, clean and damaged.

use super::{beside, check, repaired, row, slow};
use crate::bodies::{Damage, Layout, Markup, list_domain};
use crate::measure::{Contender, rounds};
use crate::row::Row;
use crate::{ours, peers};
use std::time::Duration;

const COUNT: usize = 10_000;

/// What is aimed at for a body.
struct Aim {
    group: &'static str,
    markup: Markup,
    layout: Layout,
    owned: f64,
    borrowed: f64,
}

const AIMS: [Aim; 4] = [
    Aim { group: "XML indented", markup: Markup::Xml, layout: Layout::Indented, owned: 15.0, borrowed: 20.0 },
    Aim { group: "XML compact", markup: Markup::Xml, layout: Layout::Compact, owned: 10.0, borrowed: 14.0 },
    Aim { group: "JSON indented", markup: Markup::Json, layout: Layout::Indented, owned: 2.5, borrowed: 4.0 },
    Aim { group: "JSON compact", markup: Markup::Json, layout: Layout::Compact, owned: 2.5, borrowed: 4.0 },
];

/// Measures the four bodies.
pub fn all(budget: Duration) -> Result<(), String> {
    AIMS.iter().try_for_each(|aim| one(aim, budget))
}

fn one(aim: &Aim, budget: Duration) -> Result<(), String> {
    let group = aim.group;
    let make = |damage| list_domain(aim.markup, aim.layout, COUNT, damage);
    let (clean, tenth, every) = (make(Damage::Clean), make(Damage::Tenth), make(Damage::Every));
    verify(aim, &clean, &tenth, &every)?;
    let mut contenders = vec![
        Contender::new("owned", || ours::list_domain(&clean)),
        Contender::new("borrowed", || ours::texts(ours::DOMAINS, &clean)),
        Contender::new("owned, a tenth damaged", || ours::list_domain(&tenth)),
        Contender::new("owned, all damaged", || ours::list_domain(&every)),
    ];
    let peer = match aim.markup {
        Markup::Xml => {
            contenders.push(Contender::new("quick_xml::de", || peers::xml::list_domain(&clean)));
            "quick_xml::de"
        }
        Markup::Json => {
            contenders.push(Contender::new("serde_json", || peers::json::serde(&clean)));
            contenders.push(Contender::new("sonic_rs", || peers::json::sonic(&clean)));
            "serde_json"
        }
    };
    rounds(&mut contenders, budget);
    let [owned, borrowed, tenth_time, every_time, first_peer, others @ ..] = &contenders[..] else {
        return Err("contenders are missing".to_owned());
    };
    let bytes = clean.len();
    beside(row(group, owned, bytes), owned.times_faster_than(first_peer), peer)
        .at_least("ratio", aim.owned, "")
        .print()?;
    beside(row(group, borrowed, bytes), borrowed.times_faster_than(first_peer), peer)
        .at_least("ratio", aim.borrowed, "")
        .print()?;
    let slower = owned.times_faster_than(tenth_time);
    slow(row(group, tenth_time, tenth.len()), slower).at_most("of_clean", 1.2, "").print()?;
    let all = beside(row(group, every_time, every.len()), every_time.times_faster_than(first_peer), peer);
    let all = slow(all, owned.times_faster_than(every_time));
    // As on the pages; a compact body that is clean is held to that already.
    let as_on_the_pages = aim.markup == Markup::Xml && aim.layout == Layout::Indented;
    if as_on_the_pages { all.at_least("ratio", 10.0, "") } else { all }.print()?;
    row(group, first_peer, bytes).print()?;
    for other in others {
        row(group, other, bytes).print()?;
        let ratio = owned.times_faster_than(other);
        beside(Row::new(group, "owned beside the last", ""), ratio, other.name).print()?;
    }
    Ok(())
}

/// Checks that everyone reads the same before anyone is timed, and tells how much of the damaged bodies is repaired.
fn verify(aim: &Aim, clean: &[u8], tenth: &[u8], every: &[u8]) -> Result<(), String> {
    let own = ours::list_domain(clean)?.domains;
    check(aim.group, own.len(), COUNT)?;
    check(aim.group, ours::texts(ours::DOMAINS, clean)?.0, COUNT)?;
    let theirs = match aim.markup {
        Markup::Xml => peers::xml::list_domain(clean)?.content.domain_info_list.domain_info.domain,
        Markup::Json => {
            check("sonic_rs", peers::json::sonic(clean)?.response.main_domains.len(), COUNT)?;
            peers::json::serde(clean)?.response.main_domains
        }
    };
    check("peer", theirs.len(), COUNT)?;
    for (own, other) in own.iter().zip(&theirs) {
        let same =
            *own.name == *other.name && *own.note == *other.note && *own.whois.admin == *other.whois.admin.contact_id;
        if !same {
            return Err(format!("{}: {own:?} is not {other:?}", aim.group));
        }
    }
    for (name, body) in [("a tenth damaged", tenth), ("all damaged", every)] {
        repaired(aim.group, name, &own, Ok(ours::list_domain(body)?.domains))?;
    }
    Ok(())
}
