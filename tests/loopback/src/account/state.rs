//! What the account holds, and what several commands do with it.

use super::auctions::Auction;
use super::call::Refused;
use super::zones::Zone;
use bindwire_wire::{Currency, Decimal, Timestamp};
use std::collections::BTreeMap;

/// Everything of an account; names are keys in ASCII and lower case.
pub(super) struct State {
    pub(super) now: Timestamp,
    pub(super) calls: Vec<String>,
    pub(super) executions: BTreeMap<String, u64>,
    pub(super) refusals: Vec<(String, Refused)>,
    pub(super) domains: BTreeMap<String, Holding>,
    pub(super) deleted: BTreeMap<String, Holding>,
    pub(super) prices: BTreeMap<String, Prices>,
    pub(super) price_texts: BTreeMap<String, String>,
    pub(super) renewal_price_texts: BTreeMap<String, String>,
    pub(super) orders: Vec<Order>,
    /// Domain and order of each transfer to the account.
    pub(super) transfers: Vec<(String, u64)>,
    pub(super) backorders: Vec<String>,
    pub(super) auctions: BTreeMap<String, Auction>,
    pub(super) backorder_auctions: BTreeMap<String, Auction>,
    pub(super) closeouts: BTreeMap<String, Sale>,
    pub(super) listings: BTreeMap<String, Sale>,
    pub(super) zones: BTreeMap<String, Zone>,
    last_id: u64,
}

/// A domain of the account.
#[derive(Clone, Copy)]
pub(super) struct Holding {
    pub(super) registration: Timestamp,
    pub(super) expiration: Timestamp,
}

/// What a name costs a year.
#[derive(Clone, Copy)]
pub(super) struct Prices {
    pub(super) registration: Decimal,
    pub(super) renewal: Option<Decimal>,
    pub(super) premium: bool,
}

impl Prices {
    /// The price of a renewal; that of a registration where none was set.
    pub(super) fn renewal(&self) -> Decimal {
        self.renewal.unwrap_or(self.registration)
    }

    /// The price of a transfer, which renews for a year.
    pub(super) fn transfer(&self) -> Decimal {
        self.renewal()
    }
}

/// A name that can be bought at once.
#[derive(Clone, Copy)]
pub(super) struct Sale {
    pub(super) id: u64,
    pub(super) price: Decimal,
    pub(super) sold: bool,
    pub(super) end: Timestamp,
}

/// An order, which is completed and paid as soon as it is made.
pub(super) struct Order {
    pub(super) id: u64,
    pub(super) at: Timestamp,
    pub(super) currency: Currency,
    pub(super) items: Vec<Item>,
}

/// One item of an order.
pub(super) struct Item {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) years: i16,
    pub(super) cost: Decimal,
}

impl State {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            now,
            calls: Vec::new(),
            executions: BTreeMap::new(),
            refusals: Vec::new(),
            domains: BTreeMap::new(),
            deleted: BTreeMap::new(),
            prices: BTreeMap::new(),
            price_texts: BTreeMap::new(),
            renewal_price_texts: BTreeMap::new(),
            orders: Vec::new(),
            transfers: Vec::new(),
            backorders: Vec::new(),
            auctions: BTreeMap::new(),
            backorder_auctions: BTreeMap::new(),
            closeouts: BTreeMap::new(),
            listings: BTreeMap::new(),
            zones: BTreeMap::new(),
            last_id: 1000,
        }
    }

    /// An identifier that nothing else has.
    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// What a name costs: its own prices, or those of the longest ending that has any (`.co.uk`), or the usual ones.
    pub(super) fn prices(&self, name: &str) -> Prices {
        let endings = name.match_indices('.').map(|(at, _)| &name[at..]);
        let set = std::iter::once(name).chain(endings).find_map(|name| self.prices.get(name)).copied();
        set.unwrap_or(Prices {
            registration: Decimal::new(199, 2),
            renewal: Some(Decimal::new(999, 2)),
            premium: false,
        })
    }

    /// A domain of the account, or the refusal that says that there is no such.
    pub(super) fn domain(&mut self, name: &str) -> Result<&mut Holding, Refused> {
        self.domains.get_mut(name).ok_or_else(Refused::no_domain)
    }

    /// Makes an order of one item, and gives its number.
    pub(super) fn order(&mut self, currency: Currency, item: Item) -> u64 {
        self.order_all(currency, vec![item])
    }

    /// Makes an order, and gives its number.
    pub(super) fn order_all(&mut self, currency: Currency, items: Vec<Item>) -> u64 {
        let id = self.next_id();
        self.orders.push(Order { id, at: self.now, currency, items });
        id
    }
}
