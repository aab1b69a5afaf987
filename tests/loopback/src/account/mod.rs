//! A stand-in for a Dynadot account: it answers the commands that tests of money and zones need with a state of its own, every
//! other one with its empty envelope, and counts what it carried out.
//!
//! It is no sandbox: balances, limits and waiting are left out, and an order is complete as soon as it is made.

mod auctions;
mod backorders;
mod calendar;
mod call;
mod domains;
mod orders;
mod sales;
mod state;
#[cfg(test)]
mod tests;
mod worded;
mod zones;

pub use zones::{Zone, ZoneRecord};

use crate::server::{Reply, Request};
use auctions::Auction;
use bindwire_dynadot::account::IsProcessing;
use bindwire_dynadot::registry::{API_INFO, find};
use bindwire_wire::{Command, CommandInfo, Decimal, Effect, Entry, Format, Head, Text, Timestamp, write_reply};
use calendar::days_later;
use call::{Call, Done, Outcome, Refused, key};
use state::{Holding, Prices, Sale, State};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An account; clones of an `Arc` of it can be asked from several threads, and calls are carried out one after another.
pub struct Account {
    state: Mutex<State>,
}

impl Account {
    /// An empty account at `now`.
    pub fn new(now: Timestamp) -> Self {
        Self { state: Mutex::new(State::new(now)) }
    }

    /// Sets its clock.
    pub fn set_now(&self, now: Timestamp) {
        self.lock().now = now;
    }

    /// Carries out a request, and answers in the format that the path asks for: `.xml`, `.json`, `.html` or `.csv`.
    pub fn answer(&self, request: &Request) -> Reply {
        let suffix = request.path.rsplit_once('.').map(|(_, suffix)| suffix);
        let Some(format) = suffix.and_then(format_of) else { return Reply::status(404, "no such path") };
        let name = request.param(API_INFO.command_param).unwrap_or_default();
        let entry = find(name);
        let outcome = self.carry_out(name, entry, request, format);
        let info = match (&outcome, entry) {
            // What is said before a command is looked at stands in the common envelope.
            (Err(refused), Some(_)) if refused.error == INVALID_KEY => IsProcessing::INFO,
            (_, Some(entry)) => entry.info,
            (_, None) => IsProcessing::INFO,
        };
        Reply::ok(&content_type(format), body(info, outcome, format))
    }

    /// How often a command was really carried out; refusals, and requests that only ask, do not count.
    pub fn executions(&self, command: &str) -> u64 {
        self.lock().executions.get(command).copied().unwrap_or_default()
    }

    /// The names of all commands that came, in order, those that were refused included.
    pub fn calls(&self) -> Vec<String> {
        self.lock().calls.clone()
    }

    /// Adds a domain, registered now.
    pub fn add_domain(&self, name: &str, expiration: Timestamp) {
        let mut state = self.lock();
        let holding = Holding { registration: state.now, expiration };
        state.domains.insert(key(name), holding);
    }

    /// Sets what a name costs a year, or every name of an ending such as `.com`. Without a price of renewal a search tells none,
    /// and a renewal costs as much as a registration. What has no price set costs 1.99, renewed 9.99.
    pub fn set_price(&self, name: &str, registration: Decimal, renewal: Option<Decimal>, premium: bool) {
        self.lock().prices.insert(key(name), Prices { registration, renewal, premium });
    }

    /// Sets what `search` says word for word as the price of a name.
    pub fn set_price_text(&self, name: &str, text: &str) {
        self.lock().price_texts.insert(key(name), text.to_owned());
    }

    /// Sets what `renew` with `price_check` says word for word as the price of a domain; by default it is the whole price, as
    /// `9.99 in USD`.
    pub fn set_renewal_price_text(&self, name: &str, text: &str) {
        self.lock().renewal_price_texts.insert(key(name), text.to_owned());
    }

    /// Puts a name of another account on the marketplace.
    pub fn add_listing(&self, name: &str, price: Decimal) {
        self.lock().sell(name, price, |state| &mut state.listings);
    }

    /// Puts an expired name on closeout sale.
    pub fn add_closeout(&self, name: &str, price: Decimal) {
        self.lock().sell(name, price, |state| &mut state.closeouts);
    }

    /// Starts an auction of an expired name; in one that runs, another account bids `current_bid`.
    pub fn add_auction(&self, name: &str, current_bid: Decimal) {
        self.lock().auction(name, current_bid, |state| &mut state.auctions);
    }

    /// Starts an auction of a backordered name; in one that runs, another account bids `current_bid`.
    pub fn add_backorder_auction(&self, name: &str, current_bid: Decimal) {
        self.lock().auction(name, current_bid, |state| &mut state.backorder_auctions);
    }

    /// Sets the zone of a domain, which need not be in the account.
    pub fn set_zone(&self, domain: &str, zone: Zone) {
        self.lock().zones.insert(key(domain), zone);
    }

    /// The zone of a domain, where one was set.
    pub fn zone(&self, domain: &str) -> Option<Zone> {
        self.lock().zones.get(&key(domain)).cloned()
    }

    /// Refuses the next call of a command with the code -1, a status and an error text; an empty one is left out. Several
    /// refusals of a command are given one a call, in order.
    pub fn refuse_next(&self, command: &str, status: &str, error: &str) {
        let refused = Refused { code: -1, status: status.to_owned(), error: error.to_owned() };
        self.lock().refusals.push((command.to_owned(), refused));
    }

    /// The state; a test that panicked with it left it whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn carry_out(&self, name: &str, entry: Option<&Entry>, request: &Request, format: Format) -> Outcome {
        let mut state = self.lock();
        state.calls.push(name.to_owned());
        if request.param("key").is_none_or(str::is_empty) {
            return Err(Refused::error(INVALID_KEY));
        }
        let entry = entry.ok_or_else(|| Refused::error("incorrect command name"))?;
        if let Some(at) = state.refusals.iter().position(|(command, _)| command == name) {
            return Err(state.refusals.remove(at).1);
        }
        if !entry.info.formats.contains(&format) {
            return Err(Refused::error(format!("the command does not answer in {format}")));
        }
        let done = dispatch(&mut state, entry, &Call { request }, format)?;
        if done.changed {
            *state.executions.entry(name.to_owned()).or_default() += 1;
        }
        Ok(done)
    }
}

impl State {
    fn sell(&mut self, name: &str, price: Decimal, sales: fn(&mut Self) -> &mut BTreeMap<String, Sale>) {
        let sale = Sale { id: self.next_id(), price, sold: false, end: days_later(self.now, 7) };
        sales(self).insert(key(name), sale);
    }

    fn auction(&mut self, name: &str, current: Decimal, auctions: fn(&mut Self) -> &mut BTreeMap<String, Auction>) {
        if let Some(auction) = auctions(self).get_mut(&key(name)) {
            return auction.outbid(current);
        }
        let auction = Auction::new(self.next_id(), self.now, current);
        auctions(self).insert(key(name), auction);
    }
}

/// What is said when no key came.
const INVALID_KEY: &str = "invalid key";

fn dispatch(state: &mut State, entry: &Entry, call: &Call<'_>, format: Format) -> Outcome {
    let command = match entry.info.name {
        "search" => domains::search,
        "tld_price" => domains::tld_price,
        "register" => domains::register,
        "bulk_register" => domains::bulk_register,
        "renew" => domains::renew,
        "restore" => domains::restore,
        "transfer" => domains::transfer,
        "get_transfer_status" => domains::get_transfer_status,
        "delete" => domains::delete,
        "domain_info" => domains::domain_info,
        "order_list" => return orders::order_list(state, call, format),
        "get_order_status" => orders::get_order_status,
        "add_backorder_request" => backorders::add_backorder_request,
        "backorder_request_list" => backorders::backorder_request_list,
        "delete_backorder_request" => backorders::delete_backorder_request,
        "get_auction_details" => auctions::get_auction_details,
        "get_auction_bids" => auctions::get_auction_bids,
        "place_auction_bid" => auctions::place_auction_bid,
        "get_backorder_auction_details" => auctions::get_backorder_auction_details,
        "place_backorder_auction_bid" => auctions::place_backorder_auction_bid,
        "get_expired_closeout_domains" => sales::get_expired_closeout_domains,
        "buy_expired_closeout_domain" => sales::buy_expired_closeout_domain,
        "get_listing_item" => sales::get_listing_item,
        "buy_it_now" => sales::buy_it_now,
        "get_dns" => zones::get_dns,
        "set_dns2" => zones::set_dns2,
        name => {
            // A read that some of its params make a write of.
            let writes =
                name == "get_transfer_auth_code" && (call.flag("new_code") || call.flag("unlock_domain_for_transfer"));
            let changed = writes || entry.info.effect != Effect::Read;
            return Ok(Done { status: "success", record: (entry.new_reply)(), changed });
        }
    };
    command(state, call)
}

fn format_of(suffix: &str) -> Option<Format> {
    match suffix {
        "csv" => Some(Format::Csv),
        _ => API_INFO.suffixes.iter().find(|(_, known)| *known == suffix).map(|(format, _)| *format),
    }
}

fn content_type(format: Format) -> String {
    let kind = if format == Format::Json { "application" } else { "text" };
    format!("{kind}/{format}; charset=utf-8")
}

fn body(info: &CommandInfo, outcome: Outcome, format: Format) -> String {
    let (head, record) = match outcome {
        Ok(done) => {
            (Head { code: Some(0), status: Some(done.status.into()), error: None, ..Head::default() }, done.record)
        }
        Err(refused) => {
            if format == Format::Csv && info.reply.csv.is_none() {
                // The command has no layout in CSV, but a refusal needs none.
                return format!("error,{}\n", refused.error);
            }
            let some = |text: String| Some(Text::from(text)).filter(|text| !text.is_empty());
            let head = Head {
                code: Some(refused.code),
                status: some(refused.status),
                error: some(refused.error),
                ..Head::default()
            };
            (head, Done::just_changed().record)
        }
    };
    write_reply(info.reply, &head, &*record, format).expect("the command answers in the format")
}
