//! Commands about names that are sold at once: closeouts and listings on the marketplace.

use super::call::{Call, Done, Outcome, Refused, key};
use super::state::{Item, Sale, State};
use bindwire_dynadot::closeout::GetExpiredCloseoutDomainsReply;
use bindwire_dynadot::marketplace::{BuyItNowReply, GetListingItemReply};
use bindwire_dynadot::types::CloseoutDomain;
use bindwire_wire::{Currency, Decimal, DomainName, Money};

pub(super) fn get_expired_closeout_domains(state: &mut State, call: &Call<'_>) -> Outcome {
    let currency = call.currency()?;
    let asked = call.param("domain").map(key);
    let mut reply = GetExpiredCloseoutDomainsReply::default();
    for (name, sale) in &state.closeouts {
        if !sale.sold && asked.as_ref().is_none_or(|asked| asked == name) {
            reply.domains.push(closeout(state, name, sale, currency));
        }
    }
    reply.size = i64::try_from(reply.domains.len()).ok();
    Ok(Done::told(reply))
}

fn closeout(state: &State, name: &str, sale: &Sale, currency: Currency) -> CloseoutDomain {
    let mut shown = CloseoutDomain::default();
    shown.domain = name.into();
    shown.unicode_domain = DomainName::from(name).unicode().as_ref().into();
    shown.current_price = Some(Money::new(sale.price));
    shown.is_idn = Some(shown.unicode_domain != shown.domain);
    shown.end_timestamp = Some(sale.end);
    shown.renewal_price = Some(Money::new(state.prices(name).renewal()));
    shown.expired_revenue = Some(Money::new(Decimal::ZERO));
    shown.currency = Some(currency);
    shown
}

pub(super) fn buy_expired_closeout_domain(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, currency) = (call.domain()?, call.currency()?);
    let sale = state.closeouts.get_mut(&name).filter(|sale| !sale.sold).ok_or_else(Refused::not_available)?;
    sale.sold = true;
    let cost = sale.price;
    state.order(currency, Item { kind: "Expired Closeout Domain", name: name.clone(), years: 1, cost });
    state.add(&name, 1);
    Ok(Done::just_changed())
}

pub(super) fn get_listing_item(state: &mut State, call: &Call<'_>) -> Outcome {
    let name = call.domain()?;
    let sale = state.listings.get(&name).ok_or_else(|| Refused::error("could not find listing"))?;
    let mut reply = GetListingItemReply::default();
    reply.listing.listing_id = sale.id.to_string().into();
    reply.listing.price = Some(Money::new(sale.price));
    reply.listing.inbound_links = Some(0);
    reply.listing.age = Some(0);
    reply.listing.pending_sale_locked = Some(sale.sold);
    reply.listing.domain = name.into();
    Ok(Done::told(reply))
}

/// The name stays with its seller until the order is worked on: the listing is locked, and the account does not have it yet.
pub(super) fn buy_it_now(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, currency) = (call.domain()?, call.currency()?);
    let sale = state.listings.get_mut(&name).filter(|sale| !sale.sold).ok_or_else(Refused::not_available)?;
    sale.sold = true;
    let cost = sale.price;
    state.order(currency, Item { kind: "Marketplace Domain", name, years: 1, cost });
    let mut reply = BuyItNowReply::default();
    reply.message = "domain order created".into();
    Ok(Done::changed(reply))
}
