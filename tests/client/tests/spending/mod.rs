//! Every command that spends, with an account in which it can be carried out.

use bindwire_client::Result;
use bindwire_client_tests::Via;
use bindwire_dynadot::auction::PlaceAuctionBid;
use bindwire_dynadot::backorder::{AddBackorderRequest, PlaceBackorderAuctionBid};
use bindwire_dynadot::closeout::BuyExpiredCloseoutDomain;
use bindwire_dynadot::domain::{BulkRegister, Register, Renew, Restore};
use bindwire_dynadot::marketplace::BuyItNow;
use bindwire_dynadot::transfer::Transfer;
use bindwire_loopback::Account;
use bindwire_wire::{Decimal, Timestamp};

/// A command that spends.
pub struct Spending {
    /// Its name on the wire.
    pub command: &'static str,
    /// An account in which it can be carried out.
    pub account: fn(Timestamp) -> Account,
    /// Sends it.
    pub send: fn(&Via) -> Result<()>,
}

/// Ten units of money.
fn ten() -> Decimal {
    Decimal::from(10)
}

fn expiring(now: Timestamp) -> Account {
    let account = Account::new(now);
    account.add_domain("example.com", "2026-09-01T00:00:00Z".parse().expect("a time"));
    account
}

/// All of them.
pub const SPENDING: &[Spending] = &[
    Spending {
        command: "register",
        account: Account::new,
        send: |client| client.send(Register::new("example.com", 1)).map(drop),
    },
    Spending {
        command: "bulk_register",
        account: Account::new,
        send: |client| client.send(BulkRegister::new(["example.com", "example.net"])).map(drop),
    },
    Spending {
        command: "renew",
        account: expiring,
        send: |client| client.send(Renew::new("example.com", 2)).map(drop),
    },
    Spending {
        command: "restore",
        account: expiring,
        send: |client| client.send(Restore::new("example.com")).map(drop),
    },
    Spending {
        command: "transfer",
        account: Account::new,
        send: |client| client.send(Transfer::new("example.com", "code")).map(drop),
    },
    Spending {
        command: "add_backorder_request",
        account: Account::new,
        send: |client| client.send(AddBackorderRequest::new(["example.com", "example.net"])).map(drop),
    },
    Spending {
        command: "place_auction_bid",
        account: |now| {
            let account = Account::new(now);
            account.add_auction("example.com", Decimal::ONE);
            account
        },
        send: |client| client.send(PlaceAuctionBid::new("example.com", ten())).map(drop),
    },
    Spending {
        command: "place_backorder_auction_bid",
        account: |now| {
            let account = Account::new(now);
            account.add_backorder_auction("example.com", Decimal::ONE);
            account
        },
        send: |client| client.send(PlaceBackorderAuctionBid::new("example.com", ten())).map(drop),
    },
    Spending {
        command: "buy_expired_closeout_domain",
        account: |now| {
            let account = Account::new(now);
            account.add_closeout("example.com", ten());
            account
        },
        send: |client| client.send(BuyExpiredCloseoutDomain::new("example.com")).map(drop),
    },
    Spending {
        command: "buy_it_now",
        account: |now| {
            let account = Account::new(now);
            account.add_listing("example.com", ten());
            account
        },
        send: |client| client.send(BuyItNow::new("example.com")).map(drop),
    },
];
