//! Commands about auctions, those of backordered names included.

use super::calendar::{days_later, local_time};
use super::call::{Call, Done, Outcome, Refused};
use super::state::State;
use bindwire_dynadot::auction::{GetAuctionBidsReply, GetAuctionDetailsReply, PlaceAuctionBidReply};
use bindwire_dynadot::backorder::GetBackorderAuctionDetailsReply;
use bindwire_dynadot::types::{AuctionBid, AuctionDetails, AuctionStatus, AuctionType, BidHistoryEntry, BidStatus};
use bindwire_wire::{Currency, Decimal, DomainName, Money, Sign, Timestamp};
use std::collections::BTreeMap;

/// A running auction.
#[derive(Clone, Copy)]
pub(super) struct Auction {
    id: u64,
    start: Timestamp,
    current: Decimal,
    /// The highest bid of this account.
    yours: Option<Decimal>,
    bids: i64,
}

impl Auction {
    pub(super) fn new(id: u64, start: Timestamp, current: Decimal) -> Self {
        Self { id, start, current, yours: None, bids: 0 }
    }

    /// Another account bids.
    pub(super) fn outbid(&mut self, current: Decimal) {
        self.current = current;
        self.bids += 1;
    }

    fn end(&self) -> Timestamp {
        days_later(self.start, 7)
    }

    fn is_high_bidder(&self) -> bool {
        self.yours == Some(self.current)
    }

    fn bidders(&self) -> i64 {
        i64::from(self.yours.is_some()) + i64::from(self.bids > 0 && !self.is_high_bidder())
    }

    /// The first bid may be the price at which the auction stands, every later one has to be higher.
    fn bid(&mut self, amount: Decimal) -> Result<(), Refused> {
        if amount < self.current || (amount == self.current && self.bids > 0) {
            return Err(Refused::error("bid amount is too low"));
        }
        self.current = amount;
        self.yours = Some(amount);
        self.bids += 1;
        Ok(())
    }
}

fn find<'a>(auctions: &'a mut BTreeMap<String, Auction>, name: &str) -> Result<&'a mut Auction, Refused> {
    auctions.get_mut(name).ok_or_else(|| Refused::error("could not find auction"))
}

/// The currency as answers write it.
fn upper(currency: Currency) -> Currency {
    Currency::new(&currency.code().to_ascii_uppercase()).unwrap_or(currency)
}

fn details(name: &str, auction: &Auction, currency: Currency) -> AuctionDetails {
    let mut shown = AuctionDetails::default();
    shown.status_text = "In Progress".into();
    shown.auction_id = auction.id.to_string().into();
    shown.domain = name.into();
    shown.unicode_domain = DomainName::from(name).unicode().as_ref().into();
    shown.is_idn = Some(shown.unicode_domain != shown.domain);
    shown.auction_type = Some(AuctionType::Expired);
    shown.current_bid = Some(Money::new(auction.current));
    let step = if auction.bids > 0 { Decimal::ONE } else { Decimal::ZERO };
    shown.accepted_bid = Some(Money::new(auction.current + step));
    shown.currency = Some(currency);
    shown.is_high_bidder = Some(auction.is_high_bidder());
    shown.bids = Some(auction.bids);
    shown.bidders = Some(auction.bidders());
    shown.time_left = "7 days, 0 hours".into();
    shown.start_time = Some(local_time(auction.start));
    shown.start_timestamp = Some(auction.start);
    shown.end_time = Some(local_time(auction.end()));
    shown.end_timestamp = Some(auction.end());
    shown.revenue = Some(Money::new(Decimal::ZERO));
    shown.revenue_currency = Some(currency);
    shown.age = Some(10);
    shown.has_ended = Some(false);
    shown.has_bid = Some(auction.yours.is_some());
    shown.your_current_bid = auction.yours.map(Money::new);
    shown.your_proxy_bid = shown.your_current_bid;
    if let Some(yours) = auction.yours {
        let mut bid = BidHistoryEntry::default();
        bid.bidder_name = "You".into();
        bid.bid_price = Some(Money::new(yours));
        bid.currency = Some(currency);
        bid.timestamp = Some(auction.start);
        bid.bid_status = Some(bid_status(auction));
        bid.is_proxy_bid = Some(false);
        shown.bid_history.push(bid);
    }
    shown
}

fn bid_status(auction: &Auction) -> BidStatus {
    if auction.is_high_bidder() { BidStatus::HighBidder } else { BidStatus::Outbid }
}

pub(super) fn get_auction_details(state: &mut State, call: &Call<'_>) -> Outcome {
    let currency = upper(call.currency()?);
    let mut reply = GetAuctionDetailsReply::default();
    for name in call.domains()? {
        let mut shown = details(&name, find(&mut state.auctions, &name)?, currency);
        shown.status = Some(AuctionStatus::InProgress);
        shown.is_premium = Some(false);
        shown.renewal_price = Some(Money::new(state.prices(&name).renewal()));
        reply.auctions.push(shown);
    }
    reply.size = i64::try_from(reply.auctions.len()).ok();
    Ok(Done::told(reply))
}

pub(super) fn get_auction_bids(state: &mut State, _call: &Call<'_>) -> Outcome {
    let mut reply = GetAuctionBidsReply::default();
    for (name, auction) in &state.auctions {
        let Some(yours) = auction.yours else { continue };
        let mut bid = AuctionBid::default();
        bid.bid_id = auction.bids.to_string().into();
        bid.auction_id = auction.id.to_string().into();
        bid.account_id = "1".into();
        bid.domain = name.as_str().into();
        bid.unicode_domain = DomainName::from(name.as_str()).unicode().as_ref().into();
        bid.auction_type = Some(AuctionType::Expired);
        bid.is_idn = Some(bid.unicode_domain != bid.domain);
        bid.current_bid = Some(Money::new(auction.current).with_sign(Sign::Dollar));
        bid.your_status = Some(bid_status(auction));
        bid.proxy_bid = Some(Money::new(yours).with_sign(Sign::Dollar));
        bid.active_bidders = Some(auction.bidders());
        bid.time_left = "7 days, 0 hours".into();
        bid.end_time = Some(local_time(auction.end()));
        bid.end_timestamp = Some(auction.end());
        reply.bids.push(bid);
    }
    Ok(Done::told(reply))
}

pub(super) fn place_auction_bid(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, amount, currency) = (call.domain()?, call.amount("bid_amount")?, upper(call.currency()?));
    let auction = find(&mut state.auctions, &name)?;
    auction.bid(amount)?;
    let mut reply = PlaceAuctionBidReply::default();
    reply.auction = Some(details(&name, auction, currency));
    Ok(Done::changed(reply))
}

pub(super) fn get_backorder_auction_details(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, currency) = (call.domain()?, upper(call.currency()?));
    let auction = find(&mut state.backorder_auctions, &name)?;
    let mut reply = GetBackorderAuctionDetailsReply::default();
    reply.status = Some(AuctionStatus::InProgress);
    reply.status_text = "In Progress".into();
    reply.is_high_bidder = Some(auction.is_high_bidder());
    reply.your_current_bid = auction.yours.map(Money::new);
    reply.your_proxy_bid = reply.your_current_bid;
    reply.auction.auction_id = auction.id.to_string().into();
    reply.auction.domain = name.into();
    reply.auction.current_bid = Some(Money::new(auction.current));
    reply.auction.currency = Some(currency);
    reply.auction.bids = Some(auction.bids);
    reply.auction.end_time = Some(local_time(auction.end()));
    reply.auction.end_timestamp = Some(auction.end());
    Ok(Done::told(reply))
}

pub(super) fn place_backorder_auction_bid(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, amount) = (call.domain()?, call.amount("bid_amount")?);
    find(&mut state.backorder_auctions, &name)?.bid(amount)?;
    Ok(Done::just_changed())
}
