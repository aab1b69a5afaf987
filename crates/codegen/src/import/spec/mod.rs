//! From what was read of a description to the files of a spec.
//!
//! `operations` chooses what becomes a command and finds what all of it has in common; `meaning` says what each type is in the
//! spec language, `graph` which types are needed and where they go round in a circle; `members` writes params and fields.
//! What a spec cannot say is told in the report, so that every operation and type is in the one or in the other.

mod api;
mod commands;
mod families;
mod graph;
mod meaning;
mod members;
pub(super) mod names;
mod operations;
mod patterns;
mod records;
mod scalars;
mod slots;
mod sources;
mod text;
mod toml;

use super::model::{Place, Service, Type};
use super::names::quoted;
use super::report::Report;
use super::schemas::in_words;
use super::{Imported, limits, published};
use crate::spec::Problem;
use members::Writer;
use operations::Binding;
use slots::Slot;
use sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// A spec that was made of a description.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Name of the API, and so of the folder.
    pub name: String,
    /// The files by their path in the folder, sorted.
    pub files: Vec<(PathBuf, String)>,
    /// How many commands there are.
    pub commands: usize,
    /// How many records and enums.
    pub types: usize,
    /// What the description says that the spec does not, or less exactly.
    pub report: Report,
}

/// The spec of what was imported, called `name`, or after the service.
///
/// # Errors
/// When no operation is left that a spec can say, when types nest without reasonable end, or when the API cannot be called so.
pub fn spec(imported: &Imported, name: Option<&str>) -> Result<Spec, Problem> {
    let Imported { service, report } = imported;
    let at = whole(service);
    let problem =
        |at: &Place, message: String| Problem { file: at.file.to_string(), line: at.line, column: 1, message };
    let name = name.map_or_else(|| names::api(&service.name), str::to_owned);
    if let Some(mistake) = names::api_mistake(&name) {
        return Err(problem(&at, mistake));
    }
    let mut report = report.clone();
    let binding = operations::choose(service, &mut report);
    if binding.kept.is_empty() {
        let why = report.iter().filter(|remark| remark.what.starts_with("the operation "));
        let why: Vec<String> = why.take(TOLD).map(|remark| remark.what.clone()).collect();
        let why = if why.is_empty() { "it has none".to_owned() } else { why.join("; ") };
        return Err(problem(&at, format!("no operation of {} can become a command: {why}", quoted(&service.name))));
    }
    let sources = Sources::new(&service.files);
    let (requests, replies) = slots_of(&binding);
    let mut writer = Writer::new(service, binding.encoded, &requests, &replies, report).map_err(|ty| {
        let (name, most) = (quoted(&ty.name.local), limits::RECORDS);
        problem(&ty.at, format!("types stand in each other more than {most} deep in {name}; a spec has an end"))
    })?;
    let declared = records::declare(&mut writer, &requests, &replies);
    let base = names::api(&service.name);
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    for (family, text) in commands::files(&mut writer, &binding, &base, &service.name, &sources) {
        files.insert(PathBuf::from(format!("commands/{family}.toml")), text);
    }
    for (stem, text) in records::files(&mut writer, &declared, &base, &sources) {
        files.insert(PathBuf::from(format!("types/{stem}.toml")), text);
    }
    let of_commands: Vec<_> = binding.kept.iter().flat_map(|kept| kept.types.iter().copied()).collect();
    let all: Vec<Slot<'_>> = requests.iter().chain(&replies).copied().collect();
    records::unused(&mut writer, &of_commands, &all);
    faults(&binding, &mut writer.report);
    let (qualified, told) = qualified(&writer, &requests, &declared, binding.namespace);
    if let Some(what) = told {
        writer.report.add(&at, what);
    }
    let is_silent =
        binding.kept.iter().any(|kept| published::effect(&kept.element.namespace, &kept.element.local).is_none());
    summary(&mut writer, &at, is_silent);
    let Writer { mut report, mut sentences, .. } = writer;
    files.insert("api.toml".into(), api::file(service, &binding, &name, qualified, &mut sentences, &mut report));
    files.insert("sources.toml".into(), sources.file(&service.name));
    if sentences.lost > 0 {
        let what = "documentation that is no single sentence is not taken, or not whole; times that it was so";
        report.add(&at, format!("{what}: {}", sentences.lost));
    }
    let (commands, types) = (binding.kept.len(), declared.len());
    Ok(Spec { name, files: files.into_iter().collect(), commands, types, report })
}

/// What stands in all requests, and in all replies.
fn slots_of<'a>(binding: &Binding<'a>) -> (Vec<Slot<'a>>, Vec<Slot<'a>>) {
    let requests = binding.kept.iter().flat_map(|kept| kept.request.iter().copied()).collect();
    let replies = binding.kept.iter().flat_map(|kept| kept.reply.iter().copied()).collect();
    (requests, replies)
}

/// The place of the description as a whole.
fn whole(service: &Service) -> Place {
    Place { file: service.files.first().cloned().unwrap_or_else(|| Arc::from("")), line: 1 }
}

/// Tells what faults may hold: each kind once.
fn faults(binding: &Binding<'_>, report: &mut Report) {
    let mut known: BTreeMap<&str, (&Place, usize)> = BTreeMap::new();
    for kept in &binding.kept {
        for fault in &kept.operation.faults {
            let name = fault.part.element.as_ref().map_or(fault.name.as_str(), |element| &element.local);
            known.entry(name).or_insert((&kept.operation.at, 0)).1 += 1;
        }
    }
    for (name, (at, count)) in known {
        let faults = if count == 1 { "a fault holds".to_owned() } else { format!("{count} faults hold") };
        report.add(at, format!("{faults} {}, which is read as in any fault, as a tree", quoted(name)));
    }
}

/// Whether most elements of requests are of the requests' namespace, and what is to be told of the others.
fn qualified(
    writer: &Writer<'_>,
    requests: &[Slot<'_>],
    declared: &[&Type],
    namespace: &str,
) -> (bool, Option<String>) {
    let within = declared.iter().filter(|ty| writer.graph.requested.contains(&ty.name)).flat_map(|ty| writer.kept(ty));
    let all: Vec<Slot<'_>> = requests.iter().copied().chain(within).filter(|slot| !slot.attribute).collect();
    let same = all.iter().filter(|slot| slot.namespace == namespace).count();
    let qualified = !writer.encoded && same * 2 > all.len();
    let sent = if qualified { namespace } else { "" };
    let others = all.iter().filter(|slot| slot.namespace != sent);
    let names: BTreeSet<String> = others.map(|slot| quoted(slot.name)).collect();
    let first = names.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(TOLD);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let told = (!names.is_empty()).then(|| {
        format!("elements of requests are sent as of {}, and these are of another: {first}{more}", in_words(sent))
    });
    (qualified, told)
}

/// How many names a remark has.
const TOLD: usize = 8;

/// Tells once what holds for many commands.
fn summary(writer: &mut Writer<'_>, at: &Place, is_silent: bool) {
    if is_silent {
        let effect = "no description tells what an operation changes: every command has the effect `write`, \
                      and is sent once; correct those that only read";
        writer.report.add(at, effect.to_owned());
    }
    if !writer.secrets.is_empty() {
        let names: Vec<String> = writer.secrets.iter().map(|name| quoted(name)).collect();
        let what = format!("what is called {} is taken for secret, and never printed", names.join(", "));
        writer.report.add(at, what);
    }
    for (own, label) in std::mem::take(&mut writer.mislabelled) {
        writer.report.add(at, format!("encoded values of `xsd:{own}` say that they are of `xsd:{label}`"));
    }
    for name in std::mem::take(&mut writer.unsigned) {
        writer.report.add(at, format!("encoded params of `xsd:{name}` cannot be negative"));
    }
}
