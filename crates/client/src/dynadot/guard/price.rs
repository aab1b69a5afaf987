//! What a command would cost, by what the spec names for it. A price that cannot be read refuses.

use super::{MaxPrice, ask, param, refuse};
use crate::Result;
use crate::dynadot::names;
use crate::engine::{CallOptions, Engine, Outgoing};
use bindwire_dynadot::auction::GetAuctionDetails;
use bindwire_dynadot::backorder::GetBackorderAuctionDetails;
use bindwire_dynadot::closeout::GetExpiredCloseoutDomains;
use bindwire_dynadot::domain::{Renew, Search, TldPrice};
use bindwire_dynadot::marketplace::GetListingItem;
use bindwire_wire::{Currency, Decimal, DomainName, Money, Price, Sign};

/// Holds what a command would cost against its limit, and gives it.
pub(super) async fn check(engine: &Engine, outgoing: &Outgoing, options: CallOptions, max: MaxPrice) -> Result<Money> {
    if let Some(currency) = param(outgoing, "currency").filter(|name| Currency::new(name) != Some(max.currency)) {
        let what = format!("the order is in {currency}, and the limit is {max}; give both in one currency");
        return Err(refuse(outgoing, what));
    }
    let asked = Asked { engine, outgoing, options, max };
    let domains = names(outgoing.query.pairs());
    let amount = match outgoing.info.price {
        Some("search") => asked.registration(&domains, years(outgoing)).await?,
        Some("renew") => asked.renewal(&domains, years(outgoing)).await?,
        Some("tld_price") => asked.transfer(&domains).await?,
        Some("get_listing_item") => asked.listing(&domains).await?,
        Some("get_expired_closeout_domains") => asked.closeout(&domains).await?,
        Some("get_auction_details") => asked.auction_bid(&domains).await?,
        Some("get_backorder_auction_details") => asked.backorder_bid(&domains).await?,
        // A command that the spec names and that nothing is known of here tells no more than none.
        _ => {
            let command = &outgoing.subject.command;
            let what = format!("no command tells what {command} costs, so that the limit of {max} cannot be held");
            return Err(refuse(outgoing, format!("{what}; leave the limit out to send it all the same")));
        }
    };
    if amount > max.amount {
        let price = Money::new(amount).in_currency(max.currency);
        let what = format!("{} would cost {price}, and the limit is {max}", list(&domains));
        return Err(refuse(outgoing, what));
    }
    Ok(Money::new(amount).in_currency(max.currency))
}

fn list(domains: &[DomainName]) -> String {
    match domains {
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => "it".to_owned(),
    }
}

fn years(outgoing: &Outgoing) -> u32 {
    param(outgoing, "duration").and_then(|years| years.parse().ok()).unwrap_or(1)
}

struct Asked<'a> {
    engine: &'a Engine,
    outgoing: &'a Outgoing,
    options: CallOptions,
    max: MaxPrice,
}

impl Asked<'_> {
    fn unreadable(&self, domain: &DomainName, by: &str, why: &str) -> crate::Error {
        let what = format!(
            "what {domain} costs cannot be read from {by} ({why}), so that the limit of {} cannot be held",
            self.max
        );
        refuse(self.outgoing, what)
    }

    /// The amount, in the currency of the limit; `bare` tells whether one without currency is in the one that was asked for.
    fn amount(&self, money: Option<Money>, bare: bool, domain: &DomainName, by: &str) -> Result<Decimal> {
        let money = money.ok_or_else(|| self.unreadable(domain, by, "no price is told"))?;
        if money.amount.is_sign_negative() {
            return Err(self.unreadable(domain, by, "the price is negative"));
        }
        if money.sign.is_some_and(|sign| !can_mean(sign, self.max.currency)) {
            return Err(self.unreadable(domain, by, "its sign is that of another currency"));
        }
        match money.currency {
            Some(currency) if currency == self.max.currency => Ok(money.amount),
            None if bare => Ok(money.amount),
            Some(currency) => {
                let why = format!("it is told in {}", currency.code());
                Err(self.unreadable(domain, by, &why))
            }
            None => Err(self.unreadable(domain, by, "no currency is told")),
        }
    }

    /// The first year at the price of a registration, each further one at that of a renewal.
    async fn registration(&self, domains: &[DomainName], years: u32) -> Result<Decimal> {
        // A regular account may look up one name a command.
        let at_once = if self.engine.limits.concurrent > 1 { 100 } else { 1 };
        let mut total = Decimal::ZERO;
        for names in domains.chunks(at_once) {
            let search = Search::new(names.iter().cloned()).show_price(true).currency(self.max.currency);
            let found = ask(self.engine, self.outgoing, &search, self.options).await?;
            for domain in names {
                let result = found.results.iter().find(|result| result.domain.is(domain.as_given()));
                let price = result.and_then(|result| result.price);
                let first = self.amount(price.and_then(|price| price.registration), false, domain, "search")?;
                total += first;
                if years > 1 {
                    let renewal = price.and_then(|price| price.renewal);
                    total += self.amount(renewal, false, domain, "search")? * Decimal::from(years - 1);
                }
            }
        }
        Ok(total)
    }

    async fn renewal(&self, domains: &[DomainName], years: u32) -> Result<Decimal> {
        let domain = self.only(domains)?;
        let mut check = Renew::new(domain.clone(), years).price_check(true).currency(self.max.currency);
        if let Some(coupon) = param(self.outgoing, "coupon") {
            check = check.coupon(coupon);
        }
        let found = ask(self.engine, self.outgoing, &check, self.options).await?;
        let text = found.price_info;
        // A bare amount is that of what was asked for, which Price takes for a registration; a labelled one is another price.
        let is_bare = !text.to_ascii_lowercase().contains("registration");
        let price = Price::from_text(&text)
            .and_then(|price| price.renewal.or(price.registration.filter(|_| is_bare)))
            .ok_or_else(|| {
                self.unreadable(domain, "renew with price_check", &format!("it says {:?}", text.as_str()))
            })?;
        self.amount(Some(price), false, domain, "renew with price_check")
    }

    async fn transfer(&self, domains: &[DomainName]) -> Result<Decimal> {
        let domain = self.only(domains)?;
        let found = ask(self.engine, self.outgoing, &TldPrice::new().currency(self.max.currency), self.options).await?;
        if found.currency.is_some_and(|currency| currency != self.max.currency) {
            return Err(self.unreadable(domain, "tld_price", "it is told in another currency"));
        }
        let name = domain.to_string().to_ascii_lowercase();
        let longest = found
            .prices
            .iter()
            .filter(|price| price.tld.starts_with('.') && name.ends_with(&*price.tld.to_ascii_lowercase()));
        let price = longest.max_by_key(|price| price.tld.len()).and_then(|price| price.price.transfer);
        self.amount(price, found.currency.is_some(), domain, "tld_price")
    }

    async fn listing(&self, domains: &[DomainName]) -> Result<Decimal> {
        let domain = self.only(domains)?;
        let ask_for = GetListingItem::new(domain.clone()).currency(self.max.currency);
        let found = ask(self.engine, self.outgoing, &ask_for, self.options).await?.listing;
        if !found.domain.is(domain.as_given()) {
            return Err(self.unreadable(domain, "get_listing_item", "it tells of another name"));
        }
        self.amount(found.price, true, domain, "get_listing_item")
    }

    async fn closeout(&self, domains: &[DomainName]) -> Result<Decimal> {
        let domain = self.only(domains)?;
        let ask_for = GetExpiredCloseoutDomains::new().domain(domain.clone()).currency(self.max.currency);
        let found = ask(self.engine, self.outgoing, &ask_for, self.options).await?;
        let found = found.domains.iter().find(|found| found.domain.is(domain.as_given()));
        let price = found.and_then(|found| in_its_currency(found.current_price, found.currency));
        self.amount(price, false, domain, "get_expired_closeout_domains")
    }

    async fn auction_bid(&self, domains: &[DomainName]) -> Result<Decimal> {
        let domain = self.only(domains)?;
        let ask_for = GetAuctionDetails::new([domain.clone()]).currency(self.max.currency);
        let found = ask(self.engine, self.outgoing, &ask_for, self.options).await?;
        let found = found.auctions.iter().find(|auction| auction.domain.is(domain.as_given()));
        let price = found.and_then(|auction| in_its_currency(auction.current_bid, auction.currency));
        self.bid(self.amount(price, false, domain, "get_auction_details")?)
    }

    async fn backorder_bid(&self, domains: &[DomainName]) -> Result<Decimal> {
        let domain = self.only(domains)?;
        let ask_for = GetBackorderAuctionDetails::new(domain.clone()).currency(self.max.currency);
        let found = ask(self.engine, self.outgoing, &ask_for, self.options).await?.auction;
        let price =
            (found.domain.is(domain.as_given())).then(|| in_its_currency(found.current_bid, found.currency)).flatten();
        self.bid(self.amount(price, false, domain, "get_backorder_auction_details")?)
    }

    /// What a bid can come to: its own amount, or that of the auction where it is higher already.
    fn bid(&self, current: Decimal) -> Result<Decimal> {
        if param(self.outgoing, "currency").is_none() && self.max.currency != Currency::USD {
            let what = format!(
                "the bid is in USD, which is the default, and the limit is {}; give both in one currency",
                self.max
            );
            return Err(refuse(self.outgoing, what));
        }
        let bid = param(self.outgoing, "bid_amount").and_then(|amount| amount.parse::<Decimal>().ok());
        let bid = bid.ok_or_else(|| refuse(self.outgoing, "the amount of the bid cannot be read"))?;
        Ok(bid.max(current))
    }

    fn only<'d>(&self, domains: &'d [DomainName]) -> Result<&'d DomainName> {
        match domains {
            [domain] => Ok(domain),
            _ => Err(refuse(self.outgoing, format!("it names {} domains, where a limit needs one", domains.len()))),
        }
    }
}

/// Whether a sign can stand before an amount in that currency: `$` before any, as the pages print it.
fn can_mean(sign: Sign, currency: Currency) -> bool {
    match sign {
        Sign::Dollar => true,
        Sign::Euro => currency == Currency::EUR,
        Sign::Pound => currency == Currency::GBP,
        Sign::Yen => matches!(currency.code(), "CNY" | "JPY"),
        Sign::Rupee => currency == Currency::INR,
        _ => false,
    }
}

/// An amount whose currency stands beside it.
fn in_its_currency(money: Option<Money>, currency: Option<Currency>) -> Option<Money> {
    let money = money?;
    Some(match currency {
        Some(currency) if money.currency.is_none() => money.in_currency(currency),
        _ => money,
    })
}
