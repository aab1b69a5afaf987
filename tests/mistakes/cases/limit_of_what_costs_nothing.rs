//! A limit of the price goes with a command that spends.

use bindwire_client::dynadot::{Client, blocking};
use bindwire_dynadot::domain::{Delete, Search};
use bindwire_wire::{Currency, Decimal};

fn awaited(client: &Client) {
    let _ = client.call(Search::new(["a.com"])).max_price(Decimal::ONE, Currency::USD);
}

fn blocks(client: &blocking::Client) {
    let _ = client.call(Delete::new("a.com")).max_price(Decimal::ONE, Currency::USD);
}

fn main() {}
