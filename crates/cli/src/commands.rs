//! `bindwire commands`: what an API offers, as a table or as JSON.

use crate::apis::{self, Api};
use crate::arguments::Commands;
use crate::catalog::{Catalog, Command};
use crate::failure::Failure;
use crate::nearest::hint;
use crate::output::print;
use crate::text::table;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: &Commands) -> Result<ExitCode, Failure> {
    let apis = apis::find_or_all(arguments.api.as_deref())?;
    let mut listed = Vec::new();
    let mut families = BTreeSet::new();
    for api in &apis {
        for command in Catalog::of(api)?.commands {
            families.insert(command.family.clone());
            if arguments.family.as_ref().is_none_or(|family| *family == command.family) {
                listed.push((*api, command));
            }
        }
    }
    if let Some(family) = arguments.family.as_ref().filter(|family| !families.contains(*family)) {
        let names: Vec<&str> = families.iter().map(String::as_str).collect();
        let hint = hint(family, names.iter().copied(), &format!("the families are: {}", names.join(", ")));
        return Err(Failure::usage(format_args!("there is no family `{family}`; {hint}")));
    }
    listed.sort_by(|(_, one), (_, other)| (&one.family, &one.name).cmp(&(&other.family, &other.name)));
    print(&if arguments.json { as_json(&listed) } else { as_table(&listed, apis.len() > 1) })?;
    Ok(ExitCode::SUCCESS)
}

fn as_json(listed: &[(&Api, Command)]) -> String {
    let of = |(api, command): &(&Api, Command)| {
        json!({
            "api": api.info.name,
            "name": command.name,
            "family": command.family,
            "doc": command.doc,
            "effect": command.effect,
            "formats": command.formats,
            "status": command.status,
            "deprecated": command.deprecated,
        })
    };
    format!("{:#}", Value::Array(listed.iter().map(of).collect()))
}

/// With the API in front where there are several.
fn as_table(listed: &[(&Api, Command)], several: bool) -> String {
    let mut rows = vec![["API", "COMMAND", "FAMILY", "EFFECT", "FORMATS", "REMARKS"].map(str::to_owned).to_vec()];
    rows.extend(listed.iter().map(|(api, command)| {
        let Command { name, family, effect, formats, .. } = command;
        let cells = [api.info.name, name, family, effect, &formats.join(" "), &remarks(command)];
        cells.map(str::to_owned).to_vec()
    }));
    if !several {
        rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    table(&rows)
}

/// What sets a command apart, in few words.
fn remarks(command: &Command) -> String {
    let status = command.status.replace('_', " ");
    let mut remarks = Vec::new();
    if command.status != "documented" {
        remarks.push(status);
    }
    if command.deprecated.is_some() {
        remarks.push("deprecated".to_owned());
    }
    remarks.extend(command.since.as_ref().map(|version| format!("since {version}")));
    if command.reseller {
        remarks.push("resellers".to_owned());
    }
    if !command.effect_when.is_empty() {
        let changes = command
            .effect_when
            .iter()
            .map(|(param, effect)| format!("{} with {param}", effect.as_str().unwrap_or_default()));
        remarks.extend(changes);
    }
    remarks.join(", ")
}
