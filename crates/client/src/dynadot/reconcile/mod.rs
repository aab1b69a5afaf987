//! Finds out what became of a command whose answer was lost, by asking what the spec names for it.

mod evidence;
mod orders;

pub use evidence::{NameOutcome, Reconciliation, Verdict};

use super::names;
use crate::Result;
use crate::engine::{CallOptions, Engine};
use crate::error::{Error, ErrorKind, Failure, Lost, Subject};
use bindwire_dynadot::auction::{GetAuctionBids, GetAuctionDetails};
use bindwire_dynadot::backorder::{BackorderRequestList, GetBackorderAuctionDetails};
use bindwire_dynadot::domain::DomainInfo;
use bindwire_dynadot::registry;
use bindwire_dynadot::transfer::GetTransferStatus;
use bindwire_dynadot::types::TransferDirection;
use bindwire_wire::{Class, Command, Decimal, DomainName, Money};
use evidence::{Case, Sign};
use jiff::ToSpan as _;
use jiff::tz::TimeZone;

/// How long after a command was given up it may still be carried out: a registration may not show for 30 minutes
/// (facts/dynadot.md, "Behaviour").
const SETTLES: std::time::Duration = std::time::Duration::from_secs(30 * 60);

/// How long before a name drops it can be put on backorder, with room to spare.
const BACKORDER_DAYS: i64 = 120;

/// Asks after a request.
pub(super) async fn reconcile(engine: &Engine, lost: &Lost) -> Result<Reconciliation> {
    let Some(entry) = registry::find(lost.command()) else {
        return Err(unknown(engine, lost, "the spec does not have the command"));
    };
    let questions = entry.info.reconcile;
    if questions.is_empty() {
        return Err(unknown(engine, lost, "no command is known that tells what became of it"));
    }
    let mut case = Case::new(names(lost.params()));
    let mut failed = None;
    for question in questions {
        if case.is_settled() {
            break;
        }
        if let Err(error) = ask(engine, lost, question, &mut case).await {
            case.note(format!("{question} could not be asked: {error}"));
            failed.get_or_insert(error);
        }
    }
    match failed {
        Some(error) if case.has_no_sign() => Err(error),
        failed => {
            let now = engine.timer.timestamp();
            let settled_at = lost.given_up_at().checked_add(SETTLES).unwrap_or(now);
            // What did not answer could have shown it: an order that is still to be carried out stands in the orders alone.
            let settled_at = if failed.is_some() { settled_at.max(now) } else { settled_at };
            Ok(case.close(failed.is_none() && now >= settled_at, settled_at))
        }
    }
}

fn unknown(engine: &Engine, lost: &Lost, why: &str) -> Error {
    let mut subject = Subject::client(engine.api);
    subject.command = lost.command().into();
    Error::new(
        subject,
        Failure::new(ErrorKind::InvalidRequest, format!("cannot be reconciled: {why}; look at the account")),
        0,
        None,
    )
}

async fn ask(engine: &Engine, lost: &Lost, question: &str, case: &mut Case) -> Result<()> {
    match question {
        "order_list" => orders::ask(engine, lost, case).await,
        "domain_info" => domain_info(engine, lost, case).await,
        "get_transfer_status" => transfers(engine, case).await,
        "backorder_request_list" => backorders(engine, lost, case).await,
        "get_auction_details" => auction(engine, lost, case).await,
        "get_auction_bids" => bids(engine, lost, case).await,
        "get_backorder_auction_details" => backorder_auction(engine, lost, case).await,
        other => Err(unknown(engine, lost, &format!("nothing is known of what {other} tells about it"))),
    }
}

async fn value<C>(engine: &Engine, question: &C) -> Result<C::Reply>
where
    C: Command + Sync,
    C::Reply: Send,
{
    crate::call::value(engine, question, CallOptions::default()).await
}

/// Whether a domain is in the account, and until when.
async fn domain_info(engine: &Engine, lost: &Lost, case: &mut Case) -> Result<()> {
    for name in case.open() {
        let found = match value(engine, &DomainInfo::new(name.clone())).await {
            Ok(reply) => Some(reply),
            Err(error) if error.class() == Some(Class::NotFound) => None,
            Err(error) => return Err(error),
        };
        let is_there = found.is_some();
        let sign = match lost.command() {
            "delete" => {
                let what = if is_there { "is in the account still" } else { "is not in the account any more" };
                case.note(format!("domain_info: {name} {what}"));
                if is_there { Sign::Absent } else { Sign::Done }
            }
            "renew" => {
                renewed(lost, &name, found.and_then(|reply| reply.domain).and_then(|domain| domain.expiration), case)
            }
            // The others bring a name in that was not in the account before.
            _ => {
                let what = if is_there { "is in the account" } else { "is not in the account" };
                case.note(format!("domain_info: {name} {what}"));
                if is_there { Sign::Done } else { Sign::Absent }
            }
        };
        case.put(&name, sign);
    }
    Ok(())
}

/// What the date of expiry says of a renewal; nothing where the order did not name the year that it found.
fn renewed(lost: &Lost, name: &DomainName, expiration: Option<bindwire_wire::Timestamp>, case: &mut Case) -> Sign {
    let before = lost.param("year").and_then(|year| year.parse::<i16>().ok());
    let now = expiration.map(|expiration| expiration.to_zoned(TimeZone::UTC).year());
    match (before, now) {
        (Some(before), Some(now)) => {
            case.note(format!("domain_info: {name} expires in {now}, and did in {before}"));
            if now > before { Sign::Done } else { Sign::Absent }
        }
        _ => Sign::Silent,
    }
}

/// A transfer order may be an older one, so that it proves nothing alone.
async fn transfers(engine: &Engine, case: &mut Case) -> Result<()> {
    for name in case.open() {
        let reply = value(engine, &GetTransferStatus::new(name.clone(), TransferDirection::Incoming)).await;
        let found = match reply {
            Ok(reply) => reply.transfers.len(),
            Err(error) if error.class() == Some(Class::NotFound) => 0,
            Err(error) => return Err(error),
        };
        case.note(format!("get_transfer_status: {found} transfer orders of {name}"));
        case.put(&name, if found == 0 { Sign::Absent } else { Sign::Unclear });
    }
    Ok(())
}

async fn backorders(engine: &Engine, lost: &Lost, case: &mut Case) -> Result<()> {
    let day = lost.sent_at().to_zoned(TimeZone::UTC).date();
    let (from, to) = (day.saturating_sub(2.days()), day.saturating_add(BACKORDER_DAYS.days()));
    let list = value(engine, &BackorderRequestList::new(from, to)).await?.requests;
    for name in case.open() {
        let is_there = list.iter().any(|request| request.domain.is(name.as_given()));
        let what = if is_there { "is" } else { "is not" };
        case.note(format!("backorder_request_list: {name} {what} on backorder"));
        case.put(&name, if is_there { Sign::Done } else { Sign::Absent });
    }
    Ok(())
}

async fn auction(engine: &Engine, lost: &Lost, case: &mut Case) -> Result<()> {
    for name in case.open() {
        let mut question = GetAuctionDetails::new([name.clone()]);
        question.currency = currency(lost);
        let found = value(engine, &question).await?.auctions;
        match found.iter().find(|auction| auction.domain.is(name.as_given())) {
            Some(auction) => {
                bid(case, lost, &name, "get_auction_details", [auction.your_current_bid, auction.your_proxy_bid]);
            }
            None => case.note(format!("get_auction_details: no auction of {name}")),
        }
    }
    Ok(())
}

async fn bids(engine: &Engine, lost: &Lost, case: &mut Case) -> Result<()> {
    let mut question = GetAuctionBids::new();
    question.currency = currency(lost);
    let found = value(engine, &question).await?.bids;
    for name in case.open() {
        let of_name = found.iter().filter(|bid| bid.domain.is(name.as_given()));
        let highest = of_name.filter_map(|bid| bid.proxy_bid).max_by_key(|bid| bid.amount);
        bid(case, lost, &name, "get_auction_bids", [highest, None]);
    }
    Ok(())
}

async fn backorder_auction(engine: &Engine, lost: &Lost, case: &mut Case) -> Result<()> {
    for name in case.open() {
        let mut question = GetBackorderAuctionDetails::new(name.clone());
        question.currency = currency(lost);
        let found = value(engine, &question).await?;
        let amounts = [found.your_current_bid, found.your_proxy_bid];
        bid(case, lost, &name, "get_backorder_auction_details", amounts);
    }
    Ok(())
}

fn currency(lost: &Lost) -> Option<bindwire_wire::Currency> {
    lost.param("currency").and_then(bindwire_wire::Currency::new)
}

/// A bid that is as high as the one that was sent stands for it: the account is bound to that much.
fn bid(case: &mut Case, lost: &Lost, name: &DomainName, by: &str, amounts: [Option<Money>; 2]) {
    let sent = lost.param("bid_amount").and_then(|amount| amount.parse::<Decimal>().ok());
    let highest = amounts.into_iter().flatten().map(|bid| bid.amount).max();
    let sign = match (sent, highest) {
        (None, _) => Sign::Silent,
        (Some(_), None) => Sign::Absent,
        (Some(sent), Some(highest)) if highest >= sent => Sign::Done,
        (Some(_), Some(_)) => Sign::Absent,
    };
    let highest = highest.map_or("no bid".to_owned(), |amount| format!("a bid of {amount}"));
    case.note(format!("{by}: this account has {highest} for {name}"));
    case.put(name, sign);
}
