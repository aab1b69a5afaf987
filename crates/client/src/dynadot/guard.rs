//! Limits that a caller sets on a command that spends: what it may cost, and when the domain must expire before it is renewed.
//!
//! They are held against answers that are asked for just before the command is sent. What changes between the two, nobody can
//! guard against from here.

mod price;

use crate::Result;
use crate::engine::{CallOptions, Engine, Outgoing};
use crate::error::{Error, ErrorKind, Failure};
use bindwire_dynadot::domain::DomainInfo;
use bindwire_wire::{Command, Currency, Date, Decimal, Money};
use std::fmt;

/// What a command may cost in all.
#[derive(Debug, Clone, Copy)]
pub(super) struct MaxPrice {
    pub amount: Decimal,
    pub currency: Currency,
}

impl fmt::Display for MaxPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Money::new(self.amount).in_currency(self.currency))
    }
}

/// What is set for a command that spends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Guards {
    pub max_price: Option<MaxPrice>,
    pub expected_expiry: Option<Date>,
}

impl Guards {
    pub fn are_set(&self) -> bool {
        self.max_price.is_some() || self.expected_expiry.is_some()
    }

    /// Holds a command against the limits; it must not be sent when they are not met.
    pub async fn check(&self, engine: &Engine, outgoing: &mut Outgoing) -> Result<()> {
        let options = CallOptions { format: None, strict: None, ..outgoing.options };
        if let Some(date) = self.expected_expiry {
            expiry(engine, outgoing, options, date).await?;
        }
        if let Some(max) = self.max_price {
            let price = price::check(engine, outgoing, options, max).await?;
            outgoing.price = Some(price.to_string());
        }
        Ok(())
    }
}

/// Demands that the domain expires on that day, and tells the API the year, so that it refuses as well when it is another one.
async fn expiry(engine: &Engine, outgoing: &mut Outgoing, options: CallOptions, date: Date) -> Result<()> {
    let domain = param(outgoing, "domain").unwrap_or_default().to_owned();
    let info = ask(engine, outgoing, &DomainInfo::new(domain.as_str()), options).await?;
    let found = info.domain.as_ref().and_then(|domain| domain.expiration);
    let found = found.map(|expiration| expiration.to_zoned(jiff::tz::TimeZone::UTC).date());
    match found {
        Some(found) if found == date => {}
        Some(found) => {
            return Err(refuse(outgoing, format!("{domain} expires on {found}, and {date} was expected")));
        }
        None => {
            let what = format!("domain_info does not tell when {domain} expires, and {date} was expected");
            return Err(refuse(outgoing, what));
        }
    }
    match param(outgoing, "year") {
        None => outgoing.query.put("year", &u32::try_from(date.year()).unwrap_or_default()),
        Some(year) if year == date.year().to_string() => {}
        Some(year) => {
            let what = format!("param `year` is {year}, and {date} was expected");
            return Err(refuse(outgoing, what));
        }
    }
    Ok(())
}

/// Asks something before a command is sent. Where that fails, the command is not sent.
async fn ask<C>(engine: &Engine, outgoing: &Outgoing, question: &C, options: CallOptions) -> Result<C::Reply>
where
    C: Command + Sync,
    C::Reply: Send,
{
    let asked = crate::call::value(engine, question, options).await;
    asked.map_err(|error| {
        let failure = Failure::new(ErrorKind::Guard, format!("the limits cannot be held against what is: {error}"));
        Error::new(outgoing.subject.clone(), Failure { is_transient: error.is_retryable(), ..failure }, 0, None)
    })
}

/// The value of a param of a command.
fn param<'a>(outgoing: &'a Outgoing, name: &str) -> Option<&'a str> {
    outgoing.query.pairs().find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The error of a limit that is not met: nothing was sent.
fn refuse(outgoing: &Outgoing, what: impl Into<String>) -> Error {
    Error::new(outgoing.subject.clone(), Failure::new(ErrorKind::Guard, what), 0, None)
}
