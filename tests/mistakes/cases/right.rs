//! What the mistakes beside this file go wrong at compiles when it is done right.

use bindwire_client::dynadot::{Client, blocking};
use bindwire_dynadot::auction::GetOpenAuctions;
use bindwire_dynadot::dns::SetEmailForward;
use bindwire_dynadot::domain::{Register, Renew, Search};
use bindwire_dynadot::registry::raw;
use bindwire_dynadot::types::{AuctionType, EmailForward, Hosting, MxHost, RenewOption};
use bindwire_wire::{AsFormat, Command, Csv, Currency, Date, Decimal, Json, OpenEnum, Secret, Speaks, Xml};

fn ask<F: AsFormat, C: Speaks<F>>(_: &C) {}

fn awaited(client: &Client) {
    let _ = client.call(Register::new("a.com", 1)).max_price(Decimal::ONE, Currency::USD);
}

fn blocks(client: &blocking::Client) {
    let call = client.call(Renew::new("a.com", 1)).max_price(Decimal::ONE, Currency::USD);
    let _ = call.expected_expiry(Date::constant(2026, 9, 1));
}

fn main() {
    let _ = (awaited, blocks);
    ask::<Xml, _>(&Search::new(["a.com"]));
    ask::<Json, _>(&Search::new(["a.com"]).extra("page", "2"));
    ask::<Csv, _>(&GetOpenAuctions::new([AuctionType::User]));
    ask::<Csv, _>(&raw("whatever"));
    let _ = Register::new("a.com", 1);
    let _ = SetEmailForward::new(["a.com"], EmailForward::Mx { hosts: vec![MxHost::new("mail.a.com")] });
    let _ = Hosting::Advanced { mobile_view: None };
    let option = RenewOption::parse("later");
    let _ = match &option {
        RenewOption::Auto => "auto",
        RenewOption::Unknown(value) => value.as_str(),
        _ => "another",
    };
    let _ = Secret::from("code").expose();
}
