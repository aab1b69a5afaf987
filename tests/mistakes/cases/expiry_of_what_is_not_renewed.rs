//! The expected expiry goes with a renewal.

use bindwire_client::dynadot::{Client, blocking};
use bindwire_dynadot::domain::{Register, Restore};
use bindwire_wire::Date;

fn awaited(client: &Client) {
    let _ = client.call(Register::new("a.com", 1)).expected_expiry(Date::constant(2026, 9, 1));
}

fn blocks(client: &blocking::Client) {
    let _ = client.call(Restore::new("a.com")).expected_expiry(Date::constant(2026, 9, 1));
}

fn main() {}
