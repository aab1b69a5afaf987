//! The records that there are after some changes.

use super::changes::{Change, Changes, RecordData};
use super::error::{PlanError, PlanErrorKind};
use super::name::{BadName, resolve};
use super::record::{Record, needed_extra};
use super::show;
use super::snapshot::Zone;
use bindwire_dynadot::types::DnsRecordType;
use bindwire_wire::{DomainName, OpenEnum, Text};
use std::collections::VecDeque;
use std::fmt;

/// The records of `zone` after `changes`, in order: what is new comes last, or stands where it took the place of another.
pub(super) fn records(zone: &Zone, changes: &Changes) -> Result<Vec<Record>, PlanError> {
    let domain = zone.domain();
    let mut records = zone.records().to_vec();
    for change in &changes.list {
        match change {
            Change::Add(record) => {
                let record = sendable(record, domain)?;
                if !records.contains(&record) {
                    append(&mut records, record);
                }
            }
            Change::Remove(record) => {
                let record = record.named(name(record.name(), domain)?);
                if !records.contains(&record) {
                    return Err(not_there(&record, &records, domain));
                }
                records.retain(|other| *other != record);
            }
            Change::SetRrset { name, record_type, data } => set(&mut records, domain, (name, record_type), data)?,
        }
    }
    Ok(records)
}

/// Puts a record behind all others of the domain itself or of subdomains: there the server appends it too.
pub(super) fn append(records: &mut Vec<Record>, record: Record) {
    let at = if record.is_main() { records.iter().position(|other| !other.is_main()) } else { None };
    records.insert(at.unwrap_or(records.len()), record);
}

fn set(
    records: &mut Vec<Record>,
    domain: &DomainName,
    (given, record_type): (&Text, &DnsRecordType),
    data: &[RecordData],
) -> Result<(), PlanError> {
    let name = name(given, domain)?;
    let mut wanted: Vec<Record> = Vec::new();
    for data in data {
        let record = Record::read(name.clone(), record_type.clone(), data.value.clone(), data.extra.clone());
        if let Some(other) = data.record.as_ref().filter(|other| !belongs(other, &record, domain)) {
            return Err(PlanError::new(
                PlanErrorKind::Record,
                domain,
                format_args!(
                    "the record {other} is not of the set {} {} that it was given for; give it to the set of its own name and type",
                    show::name(&name),
                    record_type.wire_text().to_ascii_uppercase()
                ),
            ));
        }
        let record = sendable(&record, domain)?;
        if !wanted.contains(&record) {
            wanted.push(record);
        }
    }
    let mut new: VecDeque<Record> = wanted.iter().filter(|record| !records.contains(record)).cloned().collect();
    let mut kept = Vec::with_capacity(records.len());
    for record in records.drain(..) {
        if !record.is_in(&name, record_type) || wanted.contains(&record) {
            kept.push(record);
        } else if let Some(successor) = new.pop_front() {
            kept.push(successor);
        }
    }
    for record in new {
        append(&mut kept, record);
    }
    *records = kept;
    Ok(())
}

fn belongs(record: &Record, of: &Record, domain: &DomainName) -> bool {
    resolve(record.name(), domain).is_ok_and(|name| record.named(name).is_beside(of))
}

fn name(given: &str, domain: &DomainName) -> Result<Text, PlanError> {
    resolve(given, domain).map_err(|bad| {
        let given = show::text(given);
        match bad {
            BadName::Outside => PlanError::new(
                PlanErrorKind::Name,
                domain,
                format_args!(
                    "the name {given} lies outside the domain; leave its last dot out if a subdomain is meant"
                ),
            ),
            BadName::Malformed => PlanError::new(
                PlanErrorKind::Name,
                domain,
                format_args!(
                    "the name {given} has an empty label, a blank or a control character; give labels with dots between"
                ),
            ),
        }
    })
}

/// The record under its name without the domain, when it is one that the server takes.
fn sendable(record: &Record, domain: &DomainName) -> Result<Record, PlanError> {
    let record = record.named(name(record.name(), domain)?);
    let record_type = record.record_type();
    let refuse = |what: fmt::Arguments<'_>| {
        Err(PlanError::new(PlanErrorKind::Record, domain, format_args!("the record {record} {what}")))
    };
    if record_type.index().is_none() {
        let known = DnsRecordType::VALUES.join(", ");
        return refuse(format_args!("is of a type that set_dns2 is not known to take; it takes {known}"));
    }
    if record.value().is_empty() {
        return refuse(format_args!(
            "has an empty value, which set_dns2 does not take; give it one, or remove the record"
        ));
    }
    if let Some(extra) = needed_extra(record_type).filter(|_| record.extra().is_none()) {
        let record_type = record_type.wire_text();
        return refuse(format_args!("has no extra value, which set_dns2 demands of {record_type}; give it {extra}"));
    }
    Ok(record)
}

fn not_there(record: &Record, records: &[Record], domain: &DomainName) -> PlanError {
    let there: Vec<String> = records.iter().filter(|other| other.is_beside(record)).map(Record::shown_data).collect();
    let rrset = format!("{} {}", show::name(record.name()), record.record_type().wire_text().to_ascii_uppercase());
    PlanError::new(
        PlanErrorKind::NotThere,
        domain,
        if there.is_empty() {
            format!("{record} is not there to be removed, nor is any other {rrset}; leave the removal out")
        } else {
            let there = show::some(there);
            format!("{record} is not there to be removed; there is {rrset} with {there}; name one of those")
        },
    )
}
