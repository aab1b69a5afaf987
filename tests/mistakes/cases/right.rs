//! What the mistakes beside this file go wrong at compiles when it is done right.

use bindwire_dynadot::auction::GetOpenAuctions;
use bindwire_dynadot::dns::SetEmailForward;
use bindwire_dynadot::domain::{Register, Search};
use bindwire_dynadot::registry::raw;
use bindwire_dynadot::types::{AuctionType, EmailForward, Hosting, MxHost, RenewOption};
use bindwire_wire::{AsFormat, Command, Csv, Json, OpenEnum, Secret, Speaks, Xml};

fn ask<F: AsFormat, C: Speaks<F>>(_: &C) {}

fn main() {
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
