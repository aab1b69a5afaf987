//! What a plan must not do: go beyond what the server takes, break names, or remove much unasked.

use super::changes::Changes;
use super::diff::Diff;
use super::error::{PlanError, PlanErrorKind};
use super::name::same_name;
use super::record::Record;
use super::show;
use super::snapshot::{Zone, too_many};
use bindwire_dynadot::types::DnsRecordType;

/// Percent of the records that a plan removes unasked at most.
const REMOVALS: usize = 30;

/// Only a zone that is known whole may be replaced.
pub(super) fn base(zone: &Zone) -> Result<(), PlanError> {
    if zone.is_writable() {
        return Ok(());
    }
    let reasons: Vec<String> = zone.unwritable().iter().map(ToString::to_string).collect();
    Err(PlanError::new(
        PlanErrorKind::Unwritable,
        zone.domain(),
        format!(
            "its records cannot be written back as they are, so that no plan is made: {}; change them on Dynadot's site",
            reasons.join("; ")
        ),
    ))
}

/// What the target must keep to, and the way to it.
pub(super) fn target(zone: &Zone, target: &[Record], diff: &Diff, changes: &Changes) -> Result<(), PlanError> {
    let main = target.iter().filter(|record| record.is_main()).count();
    let too_many = too_many(main, target.len() - main);
    if !too_many.is_empty() {
        return Err(PlanError::new(
            PlanErrorKind::TooMany,
            zone.domain(),
            format!("there would be {}; remove some with the same changes", too_many.join(", and there would be ")),
        ));
    }
    let conflict = target.iter().find(|record| is_conflict(record, target) && !is_conflict(record, zone.records()));
    if let Some(cname) = conflict {
        let beside = target.iter().filter(|record| same_name(record.name(), cname.name()) && *record != cname);
        return Err(PlanError::new(
            PlanErrorKind::CnameConflict,
            zone.domain(),
            format!(
                "{cname} would stand beside {}, and a CNAME must be alone; remove the one or the other with the same changes",
                show::some(beside.map(ToString::to_string))
            ),
        ));
    }
    let (removed, all) = (diff.removed.len(), zone.records().len());
    if !changes.removals_allowed && removed * 100 > all * REMOVALS {
        return Err(PlanError::new(
            PlanErrorKind::Removals,
            zone.domain(),
            format!(
                "{removed} of {all} records would be removed, more than {REMOVALS} %: {}; call allow_removals if that is meant",
                show::some(diff.removed.iter().map(ToString::to_string))
            ),
        ));
    }
    Ok(())
}

/// Whether `cname` is a CNAME whose name has another record in `records`.
fn is_conflict(cname: &Record, records: &[Record]) -> bool {
    *cname.record_type() == DnsRecordType::Cname && {
        let of_name = |record: &&Record| same_name(record.name(), cname.name());
        let mut of_name = records.iter().filter(of_name);
        let has_cname = of_name.clone().any(|record| *record.record_type() == DnsRecordType::Cname);
        has_cname && of_name.nth(1).is_some()
    }
}
