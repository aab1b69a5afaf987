//! Zones for tests: bodies as a server writes them, and a server that keeps the records of one domain.

use super::{Record, Zone};
use bindwire_dynadot::dns::{GetDns, GetDnsReply, SetDns2};
use bindwire_dynadot::types::{DnsRecord, DnsRecordType, NameServerKind};
use bindwire_wire::{Command, DomainName, Format, Head, OpenEnum, Options, Query, Reply, decode, write_reply};

pub(super) const DOMAIN: &str = "example.com";

pub(super) fn domain() -> DomainName {
    DOMAIN.into()
}

/// Decodes a body as the answer to `get_dns`.
pub(super) fn decoded(body: &str, format: Format) -> Reply<'_, GetDnsReply> {
    decode(GetDns::INFO.reply, body.as_bytes(), &Options::default().format(format)).unwrap()
}

/// The zone that a body holds.
pub(super) fn read(body: &str, format: Format) -> Zone {
    Zone::read(&domain(), &decoded(body, format)).unwrap()
}

/// A JSON body with these settings.
pub(super) fn json(settings: &str) -> String {
    format!(
        r#"{{"GetDnsResponse":{{"ResponseCode":0,"Status":"success","GetDns":{{"NameServerSettings":{{{settings}}}}}}}}}"#
    )
}

/// An XML body with these settings.
pub(super) fn xml(settings: &str) -> String {
    format!(
        "<GetDnsResponse><GetDnsHeader><ResponseCode>0</ResponseCode><Status>success</Status></GetDnsHeader>\
         <GetDnsContent><NameServerSettings>{settings}</NameServerSettings></GetDnsContent></GetDnsResponse>"
    )
}

/// A zone with these records.
pub(super) fn zone(records: &[Record]) -> Zone {
    Server::new(records, Some(300)).read(Format::Json)
}

/// A record as it stands on the wire: name, type, value, extra value.
pub(super) type Row = (String, String, String, String);

pub(super) fn row(record: &Record) -> Row {
    let record_type = record.record_type().wire_text().to_owned();
    (record.name().into(), record_type, record.value().into(), record.extra().unwrap_or_default().into())
}

/// A server with the records of one domain.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Server {
    pub main: Vec<Row>,
    pub sub: Vec<Row>,
    pub ttl: Option<i64>,
}

impl Server {
    pub fn new(records: &[Record], ttl: Option<u32>) -> Self {
        let (main, sub) = records.iter().partition(|record: &&Record| record.is_main());
        let rows = |records: Vec<&Record>| records.into_iter().map(row).collect();
        Self { main: rows(main), sub: rows(sub), ttl: ttl.map(i64::from) }
    }

    /// The answer to `get_dns`.
    pub fn body(&self, format: Format) -> String {
        let mut reply = GetDnsReply::default();
        let settings = &mut reply.name_server_settings;
        settings.kind = Some(NameServerKind::Dns);
        settings.ttl = self.ttl;
        for (rows, records) in [(&self.main, &mut settings.main_records), (&self.sub, &mut settings.sub_records)] {
            for (name, record_type, value, extra) in rows {
                let mut record = DnsRecord::default();
                record.subdomain = name.into();
                record.record_type = Some(DnsRecordType::parse(record_type));
                record.value = value.into();
                record.extra = extra.into();
                records.push(record);
            }
        }
        let head = Head { code: Some(0), status: Some("success".into()), error: None, ..Head::default() };
        write_reply(GetDns::INFO.reply, &head, &reply, format).unwrap()
    }

    pub fn read(&self, format: Format) -> Zone {
        read(&self.body(format), format)
    }

    /// Carries a request out, from what is sent.
    pub fn set(&mut self, request: &SetDns2) {
        let query = Query::of(request).unwrap();
        let sent = |name: &str| query.pairs().find(|(other, _)| *other == name).map(|(_, value)| value.to_owned());
        assert_eq!(sent("domain").as_deref(), Some(DOMAIN));
        if sent("add_dns_to_current_setting").as_deref() != Some("1") {
            self.main.clear();
            self.sub.clear();
        }
        let row = |name: String, prefix: &str, index: usize| {
            let record_type = sent(&format!("{prefix}_record_type{index}"))?;
            let value = sent(&format!("{prefix}_record{index}")).unwrap();
            Some((name, record_type, value, sent(&format!("{prefix}_recordx{index}")).unwrap_or_default()))
        };
        self.main.extend((0..20).map_while(|index| row(String::new(), "main", index)));
        self.sub.extend((0..100).map_while(|index| row(sent(&format!("subdomain{index}"))?, "sub", index)));
        if let Some(ttl) = sent("ttl") {
            self.ttl = Some(ttl.parse().unwrap());
        }
    }
}
