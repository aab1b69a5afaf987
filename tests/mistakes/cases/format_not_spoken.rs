//! A command cannot be asked for a format that it does not answer in.

#![allow(deprecated)]

use bindwire_dynadot::backorder::GetOpenBackorderAuctions;
use bindwire_dynadot::dns::GetDnssec;
use bindwire_dynadot::domain::Search;
use bindwire_wire::{AsFormat, Command, Csv, Json, Speaks, Xml};

fn ask<F: AsFormat, C: Speaks<F>>(_: &C) {}

fn main() {
    ask::<Csv, _>(&Search::new(["a.com"]));
    ask::<Json, _>(&GetOpenBackorderAuctions::new());
    ask::<Xml, _>(&GetDnssec::new("a.com"));
    ask::<Csv, _>(&Search::new(["a.com"]).extra("page", "2"));
}
