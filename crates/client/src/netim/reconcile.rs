//! Finds out what became of a function whose answer was lost, by asking what the spec names for it.

use super::Netim;
use crate::call::outgoing;
use crate::engine::CallOptions;
use crate::error::{ErrorKind, Failure, Subject};
use crate::soap::Service;
use crate::{Error, Lost, Result};
use bindwire_netim::domain::DomainInfo;
use bindwire_netim::operation::QueryOpePending;
use bindwire_netim::registry;
use bindwire_netim::types::{StructDomainInfo, StructQueryOpePending};
use bindwire_wire::{Class, Command, OpenEnum as _};
use jiff::ToSpan as _;
use jiff::tz::TimeZone;

/// The functions after which a domain is in the account that was not there before.
const BRING_IN: [&str; 5] =
    ["domainCreate", "domainCreateLP", "domainTransferIn", "domainTransferTrade", "domainInternalTransfer"];

/// What became of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It was carried out.
    CarriedOut,
    /// It was taken, and its operation is pending: [`super::Operation::with_id`] can be waited for.
    Pending,
    /// Neither an operation nor what it would have done can be seen. How long that may take to show is not known
    /// (facts/netim.md, "B3. Session / operation semantics"): look again after a while before it is sent again.
    NotSeen,
    /// What can be seen proves nothing: look at the account before it is sent again.
    Unclear,
}

/// What was found out about a function whose answer was lost.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reconciliation {
    /// What became of it.
    pub verdict: Verdict,
    /// Its operations that are pending.
    pub operations: Vec<StructQueryOpePending>,
    /// The domain as it stands in the account, where the function is about one and it is there.
    pub domain: Option<StructDomainInfo>,
}

/// Asks after a request.
pub(super) async fn reconcile(netim: &Netim, lost: &Lost) -> Result<Reconciliation> {
    let known = registry::find(lost.command()).filter(|entry| !entry.info.reconcile.is_empty());
    let Some(entry) = known else { return Err(unknown(netim, lost)) };
    let name = lost.param("domain").or(lost.param("fqdn"));
    let mut found = Reconciliation { verdict: Verdict::Unclear, operations: Vec::new(), domain: None };
    for question in entry.info.reconcile {
        match (*question, name) {
            ("queryOpePending", _) => found.operations = pending(netim, lost, name).await?,
            ("domainInfo", Some(name)) => found.domain = domain(netim, name).await?,
            _ => {}
        }
    }
    found.verdict = verdict(lost, &found, entry.info.reconcile.contains(&"domainInfo"));
    Ok(found)
}

fn verdict(lost: &Lost, found: &Reconciliation, asked_domain: bool) -> Verdict {
    if !found.operations.is_empty() {
        return Verdict::Pending;
    }
    if !asked_domain || !BRING_IN.contains(&lost.command()) {
        return Verdict::Unclear;
    }
    let Some(domain) = &found.domain else { return Verdict::NotSeen };
    if !lost.command().starts_with("domainCreate") {
        return Verdict::CarriedOut;
    }
    // A name that was there before was not registered by this request; days differ by the zone that they are told in.
    let sent = lost.sent_at().to_zoned(TimeZone::UTC).date();
    let is_new = domain.date_create.is_some_and(|created| sent.checked_sub(1.day()).is_ok_and(|day| created >= day));
    if is_new { Verdict::CarriedOut } else { Verdict::Unclear }
}

/// The pending operations that can be the request's.
async fn pending(netim: &Netim, lost: &Lost, name: Option<&str>) -> Result<Vec<StructQueryOpePending>> {
    let reply = value(netim, &QueryOpePending::new()).await?;
    let is_its = |operation: &StructQueryOpePending| {
        let kind = operation.code_ope.as_ref().map_or("", |kind| kind.wire_text());
        let about = operation.data_ope.to_lowercase();
        let is_about = name.is_none_or(|name| about.is_empty() || about.contains(&name.to_lowercase()));
        kind.eq_ignore_ascii_case(lost.command()) && is_about
    };
    Ok(reply.operations.into_iter().filter(is_its).collect())
}

/// The domain, where it is in the account.
async fn domain(netim: &Netim, name: &str) -> Result<Option<StructDomainInfo>> {
    match value(netim, &DomainInfo::new(name)).await {
        Ok(reply) => Ok(Some(reply.domain)),
        Err(error) if error.class() == Some(Class::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn value<C>(netim: &Netim, question: &C) -> Result<C::Reply>
where
    C: Command,
    C::Reply: Send,
{
    let reply = netim.send::<C>(outgoing(question, CallOptions::default())?, ()).await?;
    Ok(reply.value.unwrap_or_default())
}

fn unknown(netim: &Netim, lost: &Lost) -> Error {
    let mut subject = Subject::client(netim.engine().api);
    subject.command = lost.command().into();
    let what = "cannot be reconciled: no function is known that tells what became of it; look at the account";
    Error::new(subject, Failure::new(ErrorKind::InvalidRequest, what), 0, None)
}
