//! The zone of one domain of a stand-in account, over any transport.

use bindwire_client::dynadot::Dynadot;
use bindwire_client::dynadot::dns::{Changes, DnsRecordType, Plan, Record, Zone as Snapshot};
use bindwire_client::{Builder, Limits, Result};
use bindwire_client_tests::{Leap, Set, Via, Wire};
use bindwire_loopback::{Account, Answer, Request, Server, Zone, ZoneRecord};
use std::sync::Arc;

/// The domain.
pub const DOMAIN: &str = "example.com";

struct Settings(String);

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(5, 0))
    }
}

/// A client, and the account that it is of.
pub struct Zones {
    pub client: Via,
    pub account: Arc<Account>,
    pub server: Server,
    wire: Wire,
}

/// A record of the domain itself, or of the subdomain that is not empty.
pub fn stored(subdomain: &str, record_type: &str, value: &str, extra: &str) -> ZoneRecord {
    ZoneRecord {
        subdomain: subdomain.into(),
        record_type: record_type.into(),
        value: value.into(),
        extra: extra.into(),
    }
}

/// A zone with these records.
pub fn zone(records: impl IntoIterator<Item = ZoneRecord>) -> Zone {
    let (main, sub) = records.into_iter().partition(|record| record.subdomain.is_empty());
    Zone { main, sub, ttl: Some(300), ..Zone::default() }
}

/// Ten records of several types.
pub fn ten() -> Zone {
    let texts = (0..5).map(|at| stored(&format!("t{at}"), "TXT", &format!("text {at}"), ""));
    let others = [
        stored("", "A", "192.0.2.1", ""),
        stored("", "MX", "mail.example.com", "10"),
        stored("", "TXT", "v=spf1 -all", ""),
        stored("www", "CNAME", "example.com", ""),
        stored("old", "FORWARD", "https://example.com/?a=b&c", "1"),
    ];
    zone(others.into_iter().chain(texts))
}

impl Zones {
    /// An account with a zone, whose answers are its own.
    pub fn new(wire: Wire, zone: Zone) -> Self {
        Self::answered(wire, zone, |account, request| Answer::Reply(account.answer(request)))
    }

    /// With answers that something is done to.
    pub fn answered(
        wire: Wire,
        zone: Zone,
        answer: impl Fn(&Account, &Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let account = Arc::new(Account::new("2026-03-01T12:00:00Z".parse().expect("a time")));
        account.set_zone(DOMAIN, zone);
        let server = Server::start({
            let account = account.clone();
            move |request| answer(&account, request)
        });
        Self { client: client(wire, &server), account, server, wire }
    }

    /// Another client of the same key.
    pub fn another_client(&self) -> Via {
        client(self.wire, &self.server)
    }

    /// The zone as it is stored.
    pub fn stored(&self) -> Zone {
        self.account.zone(DOMAIN).expect("a zone")
    }

    /// How often `set_dns2` was sent.
    pub fn writes(&self) -> usize {
        self.server.requests().iter().filter(|request| request.param("command") == Some("set_dns2")).count()
    }

    pub fn snapshot(&self) -> Result<Snapshot> {
        self.client
            .either(|client| async move { client.dns(DOMAIN).snapshot().await }, |client| client.dns(DOMAIN).snapshot())
    }

    pub fn plan(&self, changes: &Changes) -> Result<Plan> {
        self.client.either(
            |client| async move { client.dns(DOMAIN).plan(changes).await },
            |client| client.dns(DOMAIN).plan(changes),
        )
    }

    pub fn apply(&self, plan: &Plan) -> Result<()> {
        self.client.either(
            |client| async move { client.dns(DOMAIN).apply(plan).await },
            |client| client.dns(DOMAIN).apply(plan),
        )
    }

    pub fn change(&self, changes: &Changes) -> Result<Plan> {
        self.client.either(
            |client| async move { client.dns(DOMAIN).change(changes).await },
            |client| client.dns(DOMAIN).change(changes),
        )
    }

    pub fn add(&self, record: &Record) -> Result<Plan> {
        self.client.either(
            |client| async move { client.dns(DOMAIN).add(record.clone()).await },
            |client| client.dns(DOMAIN).add(record.clone()),
        )
    }

    pub fn remove(&self, record: &Record) -> Result<Plan> {
        self.client.either(
            |client| async move { client.dns(DOMAIN).remove(record.clone()).await },
            |client| client.dns(DOMAIN).remove(record.clone()),
        )
    }

    pub fn set_rrset(&self, name: &str, record_type: DnsRecordType, data: &[&str]) -> Result<Plan> {
        let of_async = record_type.clone();
        self.client.either(
            |client| async move { client.dns(DOMAIN).set_rrset(name, of_async, data.to_vec()).await },
            |client| client.dns(DOMAIN).set_rrset(name, record_type, data.to_vec()),
        )
    }
}

fn client(wire: Wire, server: &Server) -> Via {
    let timer = Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"));
    Via::new(wire, "key", timer, Settings(server.origin()))
}
