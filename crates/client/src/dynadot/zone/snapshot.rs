//! A snapshot of a domain's records, and whether it could be written back.

use super::error::{ZoneError, ZoneErrorKind};
use super::name::resolve;
use super::record::{Record, needed_extra};
use super::unwritable::{Unwritable, UnwritableKind};
use super::{notes, show};
use bindwire_dynadot::dns::GetDnsReply;
use bindwire_dynadot::types::{DnsRecord, DnsRecordType, NameServerKind, NameServerSettings};
use bindwire_wire::{DomainName, Format, OpenEnum, Reply};

/// Records of the domain itself that `set_dns2` takes (dynadot-api3-fr.txt, line 868).
pub(super) const MAX_MAIN: usize = 20;

/// Records of its subdomains that `set_dns2` takes (dynadot-api3-fr.txt, line 871).
pub(super) const MAX_SUB: usize = 100;

/// The DNS records of a domain at one time, as `get_dns` told them.
///
/// A zone can always be looked at; whether it can be written back exactly, [`unwritable`](Self::unwritable) says.
///
/// Zones are equal when domain, kind, time to live and records are, the records in the same order, and when both can be written
/// back or neither can. [`has_same_records`](Self::has_same_records) does not ask for the order.
///
/// Documented in dynadot-api3-fr.txt, line 2441, dynadot-api3-ru.txt, line 2099, and facts/dynadot.md, "Answers that differ from
/// the pages 9".
#[derive(Debug, Clone)]
pub struct Zone {
    domain: DomainName,
    kind: Option<NameServerKind>,
    /// Those of the domain itself come first.
    records: Vec<Record>,
    ttl: Option<u32>,
    unwritable: Vec<Unwritable>,
}

impl Zone {
    /// The zone of `domain`, from what `get_dns` answered for it. The answer does not name the domain.
    ///
    /// Ask for JSON: see the [module](super) for what XML cannot carry.
    ///
    /// # Errors
    /// When the server refused to tell.
    pub fn read(domain: &DomainName, reply: &Reply<'_, GetDnsReply>) -> Result<Self, ZoneError> {
        let settings = match (&reply.value, &reply.refusal) {
            (Some(value), None) => &value.name_server_settings,
            (_, refusal) => {
                let why = refusal.as_ref().map_or_else(|| "refused".to_owned(), ToString::to_string);
                let message = format!("{domain}: get_dns told no records, it was {why}");
                return Err(ZoneError::new(ZoneErrorKind::Refused, message));
            }
        };
        let mut unwritable = Vec::new();
        unwritable.extend(kind_reason(settings));
        unwritable.extend(name_servers_reason(settings));
        let mut records = Vec::new();
        for (level, list) in [(MAIN, &settings.main_records), (SUB, &settings.sub_records)] {
            for (index, record) in list.iter().enumerate() {
                let at = format!("record {} of {level}", index + 1);
                unwritable.extend(record_reasons(&at, level == MAIN, record, domain));
                // A record of no type is told by its reason alone.
                if let Some(record_type) = &record.record_type {
                    let (name, value, extra) = (&record.subdomain, &record.value, &record.extra);
                    records.push(Record::read(name.clone(), record_type.clone(), value.clone(), extra.clone()));
                }
            }
        }
        for what in too_many(settings.main_records.len(), settings.sub_records.len()) {
            unwritable.push(Unwritable::new(UnwritableKind::TooMany, format!("it has {what}")));
        }
        let ttl = settings.ttl.and_then(|ttl| u32::try_from(ttl).ok());
        if let Some(odd) = settings.ttl.filter(|_| ttl.is_none()) {
            let message = format!("its TTL is {odd}, and set_dns2 takes 0 to {}", u32::MAX);
            unwritable.push(Unwritable::new(UnwritableKind::Ttl, message));
        }
        if reply.format == Format::Xml {
            unwritable.extend(blanks_reason(&reply.body));
        }
        unwritable.extend(notes::reasons(&reply.notes, reply.format));
        Ok(Self { domain: domain.clone(), kind: settings.kind.clone(), records, ttl, unwritable })
    }

    /// The domain that was asked for.
    pub fn domain(&self) -> &DomainName {
        &self.domain
    }

    /// What resolves the domain. On the wire `Type`, which may be missing.
    pub fn kind(&self) -> Option<&NameServerKind> {
        self.kind.as_ref()
    }

    /// The records in the order of the answer, those of the domain itself first. On the wire `MainDomains` and `SubDomains`.
    ///
    /// Records of an unknown type are among them, records without a type are not; both make the zone unwritable.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records of one name and type. The name is understood as in [`Record`].
    pub fn rrset<'a>(&'a self, name: &str, record_type: &'a DnsRecordType) -> impl Iterator<Item = &'a Record> {
        let name = resolve(name, &self.domain).ok();
        self.records.iter().filter(move |record| name.as_deref().is_some_and(|name| record.is_in(name, record_type)))
    }

    /// Time to live of all records in seconds, where the answer tells a usable one. On the wire `TTL`.
    ///
    /// A request that is made of a zone without one sends none, and what comes of that is the server's to say.
    pub fn ttl(&self) -> Option<u32> {
        self.ttl
    }

    /// Every reason why the zone cannot be written back exactly as it was read; empty when it can.
    pub fn unwritable(&self) -> &[Unwritable] {
        &self.unwritable
    }

    /// Whether the zone can be written back exactly as it was read.
    pub fn is_writable(&self) -> bool {
        self.unwritable.is_empty()
    }

    /// Whether both are the same zone but for the order of the records, which DNS does not know.
    pub fn has_same_records(&self, other: &Self) -> bool {
        let mut left: Vec<&Record> = other.records.iter().collect();
        let mut take = |record: &Record| left.iter().position(|left| *left == record).map(|at| left.swap_remove(at));
        self.is_like(other)
            && self.records.len() == other.records.len()
            && self.records.iter().all(|record| take(record).is_some())
    }

    /// Whether all but the records is the same.
    fn is_like(&self, other: &Self) -> bool {
        self.domain.is(&other.domain)
            && self.kind == other.kind
            && self.ttl == other.ttl
            && self.is_writable() == other.is_writable()
    }

    /// The same zone with other records.
    pub(super) fn with_records(&self, records: Vec<Record>) -> Self {
        Self { records, ..self.clone() }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.is_like(other) && self.records == other.records
    }
}

const MAIN: &str = "MainDomains";
const SUB: &str = "SubDomains";

fn kind_reason(settings: &NameServerSettings) -> Option<Unwritable> {
    let what = match &settings.kind {
        Some(NameServerKind::Dns) => return None,
        Some(other) => format!("it is resolved by {:?}", other.wire_text()),
        None => "the answer does not say what resolves it (Type)".to_owned(),
    };
    let message = format!("{what}, and set_dns2 would switch it to \"Dynadot DNS\"");
    Some(Unwritable::new(UnwritableKind::NotDynadotDns, message))
}

fn name_servers_reason(settings: &NameServerSettings) -> Option<Unwritable> {
    let servers = &settings.name_servers;
    (!servers.is_empty()).then(|| {
        let names = show::some(servers.iter().map(|server| show::text(&server.name)));
        let message = format!("name servers are listed beside the records, and set_dns2 cannot keep them: {names}");
        Unwritable::new(UnwritableKind::NameServers, message)
    })
}

/// What is wrong with a record; `at` says which it is.
fn record_reasons(at: &str, main: bool, record: &DnsRecord, domain: &DomainName) -> Vec<Unwritable> {
    let mut found = Vec::new();
    match &record.record_type {
        None => found.push("has no type (RecordType)".to_owned()),
        Some(DnsRecordType::Unknown(unknown)) => {
            found.push(format!("is of type {:?}, which set_dns2 is not known to take", unknown.as_str()));
        }
        Some(record_type) => {
            if let Some(extra) = needed_extra(record_type).filter(|_| record.extra.is_empty()) {
                let record_type = record_type.wire_text();
                found.push(format!("has no Value2, and set_dns2 demands one of {record_type} ({extra})"));
            }
        }
    }
    if record.value.is_empty() {
        found.push("has no value (Value), or an empty one".to_owned());
    }
    let name = &record.subdomain;
    match (main, name.is_empty()) {
        (true, false) => found.push(format!("has the subdomain {:?} (Subhost), where none belongs", name.as_str())),
        (false, true) => found.push("has no subdomain (Subhost)".to_owned()),
        // Otherwise a change of `www` would pass by `www.example.com`, which is the same.
        (false, false) if resolve(name, domain).ok().as_ref() != Some(name) => {
            found.push(format!("has the subdomain {:?} (Subhost), which is not one without the domain", name.as_str()));
        }
        _ => {}
    }
    found.into_iter().map(|what| Unwritable::new(UnwritableKind::Record, format!("{at} {what}"))).collect()
}

/// What there is more of than the server takes.
pub(super) fn too_many(main: usize, sub: usize) -> Vec<String> {
    let lists = [(main, MAX_MAIN, "the domain itself"), (sub, MAX_SUB, "subdomains")];
    let too_long = lists.into_iter().filter(|(count, max, _)| count > max);
    too_long.map(|(count, max, of)| format!("{count} records of {of}, and set_dns2 takes {max}")).collect()
}

/// Where XML has a text that is not what was meant, and no note: blanks around it are layout to the decoder, and a line end in it
/// may have been translated on the way.
///
/// Blanks alone are as no text, which the record tells where it needs one. Comments and CDATA are noted.
fn blanks_reason(body: &[u8]) -> Option<Unwritable> {
    let mut at = 0;
    for part in body.split(|byte| *byte == b'<') {
        let tag = part.iter().position(|byte| *byte == b'>').map_or(part.len(), |end| end + 1);
        let text = &part[tag..];
        let trimmed = text.trim_ascii();
        if !trimmed.is_empty() && (trimmed.len() < text.len() || trimmed.contains(&b'\r')) {
            let message = format!(
                "the text at byte {} of the answer has blanks around it or a carriage return in it, which XML does not keep; \
                 read the records in JSON",
                at + tag
            );
            return Some(Unwritable::new(UnwritableKind::Blanks, message));
        }
        at += part.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Server, decoded, domain, json, read, xml, zone};
    use super::*;

    const DNS: &str = r#""Type":"Dynadot DNS","TTL":"300""#;

    fn reasons(settings: &str) -> Vec<(UnwritableKind, String)> {
        let zone = read(&json(settings), Format::Json);
        assert_eq!(zone.is_writable(), zone.unwritable().is_empty());
        zone.unwritable().iter().map(|reason| (reason.kind(), reason.to_string())).collect()
    }

    fn with(settings: &str) -> Vec<(UnwritableKind, String)> {
        reasons(&format!("{DNS},{settings}"))
    }

    fn only(reason: (UnwritableKind, &str)) -> Vec<(UnwritableKind, String)> {
        vec![(reason.0, reason.1.to_owned())]
    }

    #[test]
    fn a_zone_is_what_the_answer_lists() {
        let body = json(
            r#""Type":"Dynadot DNS","MainDomains":[{"RecordType":"MX","Value":"mail.example.com","Value2":"10"},
            {"RecordType":"A","Value":"192.0.2.1","Value2":null}],
            "SubDomains":[{"Subhost":"www","RecordType":"CNAME","Value":"example.com"}],"TTL":"300""#,
        );
        let zone = read(&body, Format::Json);
        let records: Vec<String> = zone.records().iter().map(ToString::to_string).collect();
        assert_eq!(records, ["@ MX mail.example.com 10", "@ A 192.0.2.1", "www CNAME example.com"]);
        assert_eq!(zone.domain(), &domain());
        assert_eq!(zone.kind(), Some(&NameServerKind::Dns));
        assert_eq!(zone.ttl(), Some(300));
        assert_eq!(zone.unwritable(), []);
        for name in ["@", "", "example.com."] {
            assert_eq!(zone.rrset(name, &DnsRecordType::Mx).count(), 1, "{name}");
        }
        assert_eq!(zone.rrset("WWW.example.com", &DnsRecordType::Cname).count(), 1);
        assert_eq!(zone.rrset("www.example.org.", &DnsRecordType::Cname).count(), 0);
    }

    #[test]
    fn an_empty_zone_can_be_written() {
        assert_eq!(reasons(DNS), []);
        assert_eq!(reasons(r#""Type":"Dynadot DNS""#), []);
        assert_eq!(with(r#""MainDomains":[],"SubDomains":null"#), []);
    }

    #[test]
    fn a_refusal_holds_no_zone() {
        let body = r#"{"Response":{"ResponseCode":"-1","Error":"could not find domain in your account"}}"#;
        let error = Zone::read(&domain(), &decoded(body, Format::Json)).unwrap_err();
        assert_eq!(error.kind(), ZoneErrorKind::Refused);
        assert_eq!(
            error.to_string(),
            "example.com: get_dns told no records, it was refused: code -1, \"could not find domain in your account\" \
             (not_found)"
        );
    }

    #[test]
    fn only_what_dynadot_dns_resolves_can_be_written() {
        for (settings, message) in [
            (
                r#""Type":"Dynadot Parking","WithAds":"Yes""#,
                "it is resolved by \"Dynadot Parking\", and set_dns2 would switch it to \"Dynadot DNS\"",
            ),
            (
                r#""Type":"Dynadot Forwarding""#,
                "it is resolved by \"Dynadot Forwarding\", and set_dns2 would switch it to \"Dynadot DNS\"",
            ),
            (
                r#""TTL":"300""#,
                "the answer does not say what resolves it (Type), and set_dns2 would switch it to \"Dynadot DNS\"",
            ),
        ] {
            assert_eq!(reasons(settings), only((UnwritableKind::NotDynadotDns, message)));
        }
        let settings = r#""NameServers":[{"ServerName":"ns1.a.com","ServerId":""},{"ServerName":"","ServerId":""}]"#;
        let message = "name servers are listed beside the records, and set_dns2 cannot keep them: ns1.a.com";
        assert_eq!(with(settings), only((UnwritableKind::NameServers, message)));
    }

    #[test]
    fn a_record_that_would_change_makes_a_zone_unwritable() {
        for (settings, message) in [
            (r#""MainDomains":[{"Value":"a"}]"#, "record 1 of MainDomains has no type (RecordType)"),
            (
                r#""MainDomains":[{"RecordType":"CAA","Value":"a"}]"#,
                "record 1 of MainDomains is of type \"CAA\", which set_dns2 is not known to take",
            ),
            (
                r#""MainDomains":[{"RecordType":"TXT","Value":""}]"#,
                "record 1 of MainDomains has no value (Value), or an empty one",
            ),
            (
                r#""MainDomains":[{"RecordType":"A","Value":"a"},{"RecordType":"MX","Value":"a"}]"#,
                "record 2 of MainDomains has no Value2, and set_dns2 demands one of mx (its distance)",
            ),
            (
                r#""SubDomains":[{"Subhost":"a","RecordType":"STEALTH","Value":"a","Value2":""}]"#,
                "record 1 of SubDomains has no Value2, and set_dns2 demands one of stealth (the page's title)",
            ),
            (
                r#""MainDomains":[{"Subhost":"a","RecordType":"A","Value":"a"}]"#,
                "record 1 of MainDomains has the subdomain \"a\" (Subhost), where none belongs",
            ),
            (r#""SubDomains":[{"RecordType":"A","Value":"a"}]"#, "record 1 of SubDomains has no subdomain (Subhost)"),
            (
                r#""SubDomains":[{"Subhost":"www.example.com","RecordType":"A","Value":"a"}]"#,
                "record 1 of SubDomains has the subdomain \"www.example.com\" (Subhost), which is not one without the domain",
            ),
            (
                r#""SubDomains":[{"Subhost":"@","RecordType":"A","Value":"a"}]"#,
                "record 1 of SubDomains has the subdomain \"@\" (Subhost), which is not one without the domain",
            ),
        ] {
            assert_eq!(with(settings), only((UnwritableKind::Record, message)));
        }
        // What there is can be looked at all the same.
        let body = json(&format!(r#"{DNS},"MainDomains":[{{"RecordType":"CAA","Value":"a"}},{{"Value":"b"}}]"#));
        let zone = read(&body, Format::Json);
        assert_eq!(zone.unwritable().len(), 2);
        assert_eq!(zone.records().iter().map(ToString::to_string).collect::<Vec<_>>(), ["@ CAA a"]);
    }

    #[test]
    fn there_are_limits_of_what_can_be_written() {
        let main = |count: usize| -> Vec<Record> { (0..count).map(|at| Record::txt("@", at.to_string())).collect() };
        let sub = |count: usize| -> Vec<Record> { (0..count).map(|at| Record::txt("a", at.to_string())).collect() };
        let reasons = |records: Vec<Record>| -> Vec<String> {
            zone(&records).unwritable().iter().map(ToString::to_string).collect()
        };
        assert!(reasons([main(20), sub(100)].concat()).is_empty());
        assert_eq!(reasons(main(21)), ["it has 21 records of the domain itself, and set_dns2 takes 20"]);
        assert_eq!(reasons(sub(101)), ["it has 101 records of subdomains, and set_dns2 takes 100"]);
        assert_eq!(reasons([main(21), sub(101)].concat()).len(), 2);
    }

    #[test]
    fn the_time_to_live_must_be_one_that_can_be_sent() {
        for (ttl, read) in [("0", 0), ("4294967295", u32::MAX)] {
            assert_eq!(
                self::read(&json(&format!(r#""Type":"Dynadot DNS","TTL":{ttl}"#)), Format::Json).ttl(),
                Some(read)
            );
        }
        for (ttl, message) in [
            ("4294967296", "its TTL is 4294967296, and set_dns2 takes 0 to 4294967295"),
            ("-1", "its TTL is -1, and set_dns2 takes 0 to 4294967295"),
        ] {
            let settings = format!(r#""Type":"Dynadot DNS","TTL":"{ttl}""#);
            assert_eq!(reasons(&settings), only((UnwritableKind::Ttl, message)));
            assert_eq!(read(&json(&settings), Format::Json).ttl(), None);
        }
    }

    #[test]
    fn all_reasons_are_told() {
        let kinds: Vec<UnwritableKind> =
            reasons(r#""MainDomains":[{"RecordType":"MX","Value":"","Priority":"10"}],"TTL":"-1""#)
                .into_iter()
                .map(|(kind, _)| kind)
                .collect();
        use UnwritableKind::{Deviation, NotDynadotDns, Record, Ttl};
        assert_eq!(kinds, [NotDynadotDns, Record, Record, Ttl, Deviation]);
    }

    #[test]
    fn zones_are_equal_when_what_matters_is() {
        let (one, two) = (Record::txt("a", "1"), Record::txt("a", "2"));
        let base = zone(&[one.clone(), two.clone()]);
        assert_eq!(base, Server::new(&[one.clone(), two.clone()], Some(300)).read(Format::Xml));
        assert_ne!(base, Server::new(&[one.clone(), two.clone()], Some(60)).read(Format::Json));
        let other_order = zone(&[two.clone(), one.clone()]);
        assert_ne!(base, other_order);
        assert!(base.has_same_records(&other_order));
        for records in [vec![one.clone()], vec![one.clone(), one.clone()], vec![one.clone(), two.clone(), two]] {
            assert!(!base.has_same_records(&zone(&records)) && !zone(&records).has_same_records(&base));
        }
        let settings = r#""SubDomains":[{"Subhost":"a","RecordType":"TXT","Value":"1","New":"x"}]"#;
        let unwritable = read(&json(&format!("{DNS},{settings}")), Format::Json);
        assert_eq!(unwritable.records(), zone(std::slice::from_ref(&one)).records());
        assert_ne!(unwritable, zone(std::slice::from_ref(&one)));
        let elsewhere = Zone::read(&"example.org".into(), &decoded(&json(DNS), Format::Json)).unwrap();
        assert_ne!(elsewhere, read(&json(DNS), Format::Json));
        assert_eq!(read(&xml("<Type>Dynadot DNS</Type><TTL>300</TTL>"), Format::Xml), read(&json(DNS), Format::Json));
    }
}
