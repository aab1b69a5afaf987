//! Zones: what a domain resolves to, and the commands that read and replace it.

use super::call::{Call, Done, Outcome, Refused};
use super::state::State;
use super::worded::Worded;
use bindwire_dynadot::dns::GetDnsReply;
use bindwire_dynadot::types::{DnsRecord, NameServerKind, NameServerSettings};
use bindwire_wire::OpenEnum;
use std::collections::BTreeSet;

/// How a domain is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// What resolves it, as `Dynadot DNS`, which is the default; without one the answer leaves it out, as some do.
    pub kind: Option<String>,
    /// Records of the domain itself.
    pub main: Vec<ZoneRecord>,
    /// Records of its subdomains.
    pub sub: Vec<ZoneRecord>,
    /// Time to live of the records, in seconds.
    pub ttl: Option<u32>,
}

impl Default for Zone {
    fn default() -> Self {
        Self { kind: Some("Dynadot DNS".to_owned()), main: Vec::new(), sub: Vec::new(), ttl: None }
    }
}

/// A record of a zone, as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneRecord {
    /// Subdomain without the domain; empty in a record of the domain itself.
    pub subdomain: String,
    /// Type in upper case, as `MX`.
    pub record_type: String,
    /// The value, byte for byte as it was sent.
    pub value: String,
    /// The second value, as the distance of an MX record; empty where there is none.
    pub extra: String,
}

pub(super) fn get_dns(state: &mut State, call: &Call<'_>) -> Outcome {
    let zone = zone(state, &call.domain()?)?;
    let mut settings = NameServerSettings::default();
    settings.kind = zone.kind.as_deref().map(<NameServerKind as OpenEnum>::parse);
    settings.ttl = zone.ttl.map(i64::from);
    let shown = |records: Vec<ZoneRecord>| records.into_iter().map(record).collect::<Vec<_>>();
    let settings = Worded::new(settings).child("main_records", shown(zone.main)).child("sub_records", shown(zone.sub));
    Ok(Done::told(Worded::new(GetDnsReply::default()).child("name_server_settings", settings)))
}

/// The type word for word: its typed value is written in lower case, as it is sent.
fn record(record: ZoneRecord) -> Worded<DnsRecord> {
    let mut shown = DnsRecord::default();
    shown.subdomain = record.subdomain.into();
    shown.value = record.value.into();
    shown.extra = record.extra.into();
    Worded::new(shown).text("record_type", &record.record_type)
}

/// The zone of a domain; one of the account has one without records as long as none was set.
fn zone(state: &State, name: &str) -> Result<Zone, Refused> {
    match state.zones.get(name) {
        Some(zone) => Ok(zone.clone()),
        None if state.domains.contains_key(name) => Ok(Zone::default()),
        None => Err(Refused::no_domain()),
    }
}

pub(super) fn set_dns2(state: &mut State, call: &Call<'_>) -> Outcome {
    let names = call.domains()?;
    let main = records(call, ["main_record_type", "main_record", "main_recordx"], None, 20)?;
    let sub = records(call, ["sub_record_type", "sub_record", "sub_recordx"], Some("subdomain"), 100)?;
    let ttl = call.param("ttl").map(|ttl| ttl.parse().map_err(|_| Refused::error("ttl is no number"))).transpose()?;
    // All of them before the first is changed.
    let zones = names.iter().map(|name| zone(state, name)).collect::<Result<Vec<_>, _>>()?;
    for (name, before) in names.into_iter().zip(zones) {
        let mut zone = Zone { ttl, ..Zone::default() };
        if call.flag("add_dns_to_current_setting") {
            zone.main = before.main;
            zone.sub = before.sub;
            zone.ttl = ttl.or(before.ttl);
        }
        zone.main.extend_from_slice(&main);
        zone.sub.extend_from_slice(&sub);
        state.zones.insert(name, zone);
    }
    Ok(Done::just_changed())
}

/// The records of one kind by their numbers, in which gaps do not matter; a record without type, value or subdomain is refused.
fn records(
    call: &Call<'_>,
    [type_name, value_name, extra_name]: [&str; 3],
    subdomain_name: Option<&str>,
    max: usize,
) -> Result<Vec<ZoneRecord>, Refused> {
    let names = [type_name, value_name, extra_name].into_iter().chain(subdomain_name);
    let indices: BTreeSet<usize> = names.flat_map(|name| call.indexed(name)).map(|(index, _)| index).collect();
    let mut records = Vec::new();
    for index in indices {
        if index >= max {
            return Err(Refused::error(format!("{type_name}{index} is beyond the last of {max}")));
        }
        let required = |name: &str| call.required(&format!("{name}{index}")).map(str::to_owned);
        records.push(ZoneRecord {
            subdomain: subdomain_name.map(required).transpose()?.unwrap_or_default(),
            record_type: required(type_name)?.to_ascii_uppercase(),
            value: required(value_name)?,
            extra: call.param(&format!("{extra_name}{index}")).unwrap_or_default().to_owned(),
        });
    }
    Ok(records)
}
