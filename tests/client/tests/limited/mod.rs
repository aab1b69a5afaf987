//! Every command that spends, with a limit, and what is asked before it is sent.

use bindwire_client::dynadot::{Call, Dynadot};
use bindwire_client::{Builder, Limits, Result};
use bindwire_client_tests::{Leap, Set, SetCall, Via, Wire};
use bindwire_dynadot::auction::PlaceAuctionBid;
use bindwire_dynadot::backorder::PlaceBackorderAuctionBid;
use bindwire_dynadot::closeout::BuyExpiredCloseoutDomain;
use bindwire_dynadot::domain::{BulkRegister, Register, Renew};
use bindwire_dynadot::marketplace::BuyItNow;
use bindwire_dynadot::registry::COMMANDS;
use bindwire_dynadot::transfer::Transfer;
use bindwire_loopback::{Account, Server};
use bindwire_wire::{Command, Currency, Decimal, Effect, Spends, Timestamp};
use std::sync::Arc;

/// What a call may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limit(pub Decimal, pub Currency);

impl<C: Command + Spends> SetCall<C> for Limit {
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F> {
        call.max_price(self.0, self.1)
    }
}

/// So many US dollars.
pub fn usd(amount: &str) -> Limit {
    Limit(amount.parse().expect("an amount"), Currency::USD)
}

/// An account behind a server, with a client.
pub struct Shop {
    /// The account.
    pub account: Arc<Account>,
    /// The client.
    pub client: Via,
    server: Server,
}

/// The time at which every account begins.
pub fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("a time")
}

impl Shop {
    /// Opens one.
    pub fn open(wire: Wire) -> Self {
        Self::open_for(wire, 1)
    }

    /// Opens one for an account that may have so many requests under way.
    pub fn open_for(wire: Wire, concurrent: u32) -> Self {
        let account = Arc::new(Account::new(now()));
        let server = Server::start({
            let account = account.clone();
            move |request| account.answer(request).into()
        });
        let client = Via::new(wire, "s3cr3t", Leap::new(now()), Settings(server.origin(), concurrent));
        Self { account, client, server }
    }

    /// How often something that spends was sent.
    pub fn spent(&self) -> usize {
        let spends = |name: &str| COMMANDS.iter().any(|c| c.info.name == name && c.info.effect == Effect::Spend);
        let requests = self.server.requests();
        let sent = requests.iter().filter(|request| request.param("price_check").is_none());
        sent.filter(|request| request.param("command").is_some_and(spends)).count()
    }

    /// The value of a param of the last request.
    pub fn last_param(&self, name: &str) -> Option<String> {
        self.server.requests().last().expect("a request").param(name).map(str::to_owned)
    }
}

/// The settings of a regular account's client of that server.
pub fn settings(server: &Server) -> Settings {
    Settings(server.origin(), 1)
}

/// Where a client sends to, and how many requests at a time.
pub struct Settings(String, u32);

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(self.1, 0))
    }
}

/// A command that spends, and whose price can be asked for.
pub struct Priced {
    /// Its name on the wire.
    pub command: &'static str,
    /// What it costs.
    pub price: &'static str,
    /// What is asked before.
    pub asked: &'static [&'static str],
    /// What the account needs.
    pub set_up: fn(&Account),
    /// Sends it.
    pub send: fn(&Via, Limit) -> Result<()>,
}

/// Ten units of money.
fn ten() -> Decimal {
    Decimal::from(10)
}

/// All of them, each about example.com alone, or first.
pub const PRICED: &[Priced] = &[
    Priced {
        command: "register",
        price: "1.99",
        asked: &["search"],
        set_up: |_| (),
        send: |client, limit| client.call(Register::new("example.com", 1), limit).map(drop),
    },
    Priced {
        command: "bulk_register",
        price: "3.98",
        // A regular account may look up one name at a time.
        asked: &["search", "search"],
        set_up: |_| (),
        send: |client, limit| client.call(BulkRegister::new(["example.com", "example.net"]), limit).map(drop),
    },
    Priced {
        command: "renew",
        price: "19.98",
        asked: &["renew"],
        set_up: |account| account.add_domain("example.com", "2026-09-01T00:00:00Z".parse().expect("a time")),
        send: |client, limit| client.call(Renew::new("example.com", 2), limit).map(drop),
    },
    Priced {
        command: "transfer",
        price: "9.99",
        asked: &["tld_price"],
        set_up: |_| (),
        send: |client, limit| client.call(Transfer::new("example.com", "code"), limit).map(drop),
    },
    Priced {
        command: "place_auction_bid",
        price: "10",
        asked: &["get_auction_details"],
        set_up: |account| account.add_auction("example.com", Decimal::ONE),
        send: |client, limit| client.call(PlaceAuctionBid::new("example.com", ten()), limit).map(drop),
    },
    Priced {
        command: "place_backorder_auction_bid",
        price: "10",
        asked: &["get_backorder_auction_details"],
        set_up: |account| account.add_backorder_auction("example.com", Decimal::ONE),
        send: |client, limit| client.call(PlaceBackorderAuctionBid::new("example.com", ten()), limit).map(drop),
    },
    Priced {
        command: "buy_expired_closeout_domain",
        price: "10",
        asked: &["get_expired_closeout_domains"],
        set_up: |account| account.add_closeout("example.com", ten()),
        send: |client, limit| client.call(BuyExpiredCloseoutDomain::new("example.com"), limit).map(drop),
    },
    Priced {
        command: "buy_it_now",
        price: "10",
        asked: &["get_listing_item"],
        set_up: |account| account.add_listing("example.com", ten()),
        send: |client, limit| client.call(BuyItNow::new("example.com"), limit).map(drop),
    },
];

/// Those whose price nothing tells.
pub const UNPRICED: [&str; 2] = ["restore", "add_backorder_request"];
