//! Commands about domains: searching, prices, registering, renewing, restoring, transferring, deleting.

use super::calendar::{date, years_later};
use super::call::{Call, Done, Outcome, Refused, key};
use super::state::{Holding, Item, Prices, State};
use super::worded::Worded;
use bindwire_dynadot::domain::{
    BulkRegisterReply, DeleteReply, DomainInfoReply, RegisterReply, RenewReply, RestoreReply, SearchReply,
    TldPriceReply,
};
use bindwire_dynadot::transfer::{GetTransferStatusReply, TransferReply};
use bindwire_dynadot::types::{
    Domain, NameServerKind, PrivacyStatus, RegisterOutcome, RegisterResult, RenewStatus, SearchResult, TldPrice,
    Transfer,
};
use bindwire_wire::{Availability, Currency, Decimal, Money, Price};

pub(super) fn search(state: &mut State, call: &Call<'_>) -> Outcome {
    let currency = call.currency()?;
    let results: Vec<_> =
        call.indexed("domain").into_iter().map(|(_, name)| found(state, call, name, currency)).collect();
    if results.is_empty() {
        return Err(Refused::error("missing domain"));
    }
    Ok(Done::told(Worded::new(SearchReply::default()).child("results", results)))
}

fn found(state: &State, call: &Call<'_>, name: &str, currency: Currency) -> Worded<SearchResult> {
    let name_key = key(name);
    let available = !state.domains.contains_key(&name_key);
    let mut result = SearchResult::default();
    result.code = Some(0);
    result.domain = name.into();
    result.available = if available { Availability::Yes } else { Availability::No };
    if !(available && call.flag("show_price")) {
        return Worded::new(result);
    }
    let prices = state.prices(&name_key);
    let mut price = Price::new(Money::new(prices.registration).in_currency(currency));
    price.renewal = prices.renewal.map(|renewal| Money::new(renewal).in_currency(currency));
    price.premium = Some(prices.premium);
    result.price = Some(price);
    match state.price_texts.get(&name_key) {
        Some(text) => Worded::new(result).text("price", text),
        None => Worded::new(result),
    }
}

pub(super) fn tld_price(state: &mut State, call: &Call<'_>) -> Outcome {
    let mut tlds = vec![".com".to_owned(), ".net".to_owned(), ".org".to_owned()];
    tlds.extend(state.prices.keys().filter(|name| name.starts_with('.')).cloned());
    tlds.sort();
    tlds.dedup();
    let mut reply = TldPriceReply::default();
    reply.price_level = "Regular Pricing".into();
    reply.currency = Some(call.currency()?);
    reply.prices = tlds.into_iter().map(|tld| tld_row(&tld, state.prices(&tld))).collect();
    Ok(Done::told(reply))
}

fn tld_row(tld: &str, prices: Prices) -> TldPrice {
    let mut row = TldPrice::default();
    row.tld = tld.into();
    row.usage = "Usage".into();
    row.price.unit = "(Price/1 year)".into();
    row.price.register = Some(Money::new(prices.registration));
    row.price.renew = Some(Money::new(prices.renewal()));
    row.price.transfer = Some(Money::new(prices.transfer()));
    row.privacy = Some(true);
    row.grace_period.unit = "(Grace Period/days)".into();
    row.grace_period.renew = Some(40);
    row.grace_period.delete = Some(5);
    row.idn = Some(true);
    row
}

/// Checks that a name can be registered, and adds it to the account.
fn registered(state: &mut State, call: &Call<'_>, name: &str, years: i16) -> Result<(Holding, Item), Refused> {
    if state.domains.contains_key(name) {
        return Err(Refused::not_available());
    }
    let prices = state.prices(name);
    if prices.premium && !call.flag("premium") {
        return Err(Refused::error("this domain is a premium domain, please use premium option"));
    }
    let holding = state.add(name, years);
    let cost = prices.registration * Decimal::from(years);
    Ok((holding, Item { kind: "Domain Registration", name: name.to_owned(), years, cost }))
}

impl State {
    /// Adds a domain from now on.
    pub(super) fn add(&mut self, name: &str, years: i16) -> Holding {
        let holding = Holding { registration: self.now, expiration: years_later(self.now, years) };
        self.domains.insert(name.to_owned(), holding);
        holding
    }
}

pub(super) fn register(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, years, currency) = (call.domain()?, call.duration()?, call.currency()?);
    let (holding, item) = registered(state, call, &name, years)?;
    state.order(currency, item);
    let mut reply = RegisterReply::default();
    reply.domain = name.into();
    reply.expiration = Some(holding.expiration);
    reply.registration = Some(holding.registration);
    Ok(Done::changed(reply))
}

pub(super) fn bulk_register(state: &mut State, call: &Call<'_>) -> Outcome {
    let (names, currency) = (call.indexed("domain"), call.currency()?);
    if names.is_empty() {
        return Err(Refused::error("missing domain"));
    }
    let (mut reply, mut items) = (BulkRegisterReply::default(), Vec::new());
    for (_, name) in names {
        let mut result = RegisterResult::default();
        result.domain = name.into();
        match registered(state, call, &key(name), 1) {
            Ok((holding, item)) => {
                result.result = Some(RegisterOutcome::Success);
                result.expiration = Some(holding.expiration);
                items.push(item);
            }
            Err(refused) => {
                result.result = Some(RegisterOutcome::Error);
                result.message = if refused.error.is_empty() { refused.status } else { refused.error }.into();
            }
        }
        reply.results.push(result);
    }
    if items.is_empty() {
        return Ok(Done::told(reply));
    }
    state.order_all(currency, items);
    Ok(Done::changed(reply))
}

pub(super) fn renew(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, years, currency) = (call.domain()?, call.duration()?, call.currency()?);
    let expiration = state.domain(&name)?.expiration;
    let cost = state.prices(&name).renewal() * Decimal::from(years);
    let mut reply = RenewReply::default();
    if call.flag("price_check") {
        let text = || Money::new(cost).in_currency(currency).to_string();
        reply.price_info = state.renewal_price_texts.get(&name).cloned().unwrap_or_else(text).into();
        return Ok(Done { status: "price_check_success", ..Done::told(reply) });
    }
    if call.param("year").is_some_and(|year| year.parse() != Ok(date(expiration).year())) {
        return Err(Refused::error("year is not that of the expiration"));
    }
    let renewed = years_later(expiration, years);
    state.domain(&name)?.expiration = renewed;
    state.order(currency, Item { kind: "Domain Renewal", name: name.clone(), years, cost });
    reply.domain = name.into();
    reply.expiration = Some(renewed);
    Ok(Done::changed(reply))
}

/// A deleted domain comes back; one that is still there is paid for all the same.
pub(super) fn restore(state: &mut State, call: &Call<'_>) -> Outcome {
    let name = call.domain()?;
    if let Some(holding) = state.deleted.remove(&name) {
        state.domains.insert(name.clone(), holding);
    }
    state.domain(&name)?;
    let cost = Decimal::new(8000, 2);
    state.order(Currency::USD, Item { kind: "Domain Restore", name: name.clone(), years: 1, cost });
    let mut reply = RestoreReply::default();
    reply.domain = name.into();
    Ok(Done::changed(reply))
}

pub(super) fn transfer(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, currency) = (call.domain()?, call.currency()?);
    call.required("auth")?;
    if state.domains.contains_key(&name) {
        return Err(Refused::not_available());
    }
    let cost = state.prices(&name).transfer();
    let order = state.order(currency, Item { kind: "Domain Transfer", name: name.clone(), years: 1, cost });
    state.transfers.push((name.clone(), order));
    let mut reply = TransferReply::default();
    reply.domain = name.into();
    Ok(Done { status: "order created", ..Done::changed(reply) })
}

pub(super) fn get_transfer_status(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, direction) = (call.domain()?, call.required("transfer_type")?);
    let mut reply = GetTransferStatusReply::default();
    for (_, order) in state.transfers.iter().filter(|transfer| direction == "in" && transfer.0 == name) {
        let mut transfer = Transfer::default();
        transfer.order_id = order.to_string().into();
        transfer.status = "processing".into();
        reply.transfers.push(transfer);
    }
    Ok(Done::told(reply))
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Outcome {
    let name = call.domain()?;
    let holding = state.domains.remove(&name).ok_or_else(Refused::no_domain)?;
    state.deleted.insert(name.clone(), holding);
    let mut reply = DeleteReply::default();
    reply.domain = name.into();
    Ok(Done::changed(reply))
}

pub(super) fn domain_info(state: &mut State, call: &Call<'_>) -> Outcome {
    let name = call.domain()?;
    let holding = *state.domain(&name)?;
    let mut domain = Domain::default();
    domain.expiration = Some(holding.expiration);
    domain.registration = Some(holding.registration);
    domain.name_server_settings.kind = Some(match state.zones.contains_key(&name) {
        true => NameServerKind::Dns,
        false => NameServerKind::Parking,
    });
    domain.name = name.into();
    for contact in
        [&mut domain.whois.registrant, &mut domain.whois.admin, &mut domain.whois.technical, &mut domain.whois.billing]
    {
        *contact = "0".into();
    }
    domain.locked = Some(true);
    for flag in [
        &mut domain.disabled,
        &mut domain.udrp_locked,
        &mut domain.registrant_unverified,
        &mut domain.hold,
        &mut domain.for_sale,
    ] {
        *flag = Some(false);
    }
    domain.privacy = Some(PrivacyStatus::None);
    domain.renew_option = Some(RenewStatus::NoRenewOption);
    let mut reply = DomainInfoReply::default();
    reply.domain = Some(domain);
    Ok(Done::told(reply))
}
