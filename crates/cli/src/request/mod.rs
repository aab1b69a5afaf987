//! `bindwire request`: a request as it is sent, after the checks that the spec allows without a server.
//!
//! Here that is a URL; requests in SOAP are made in `soap`.

pub mod example;
mod given;
mod presence;
pub mod soap;
mod value;

use crate::apis::{self, Api};
use crate::arguments::Request;
use crate::catalog::{Catalog, Command, Param};
use crate::failure::Failure;
use crate::output::print;
use bindwire_wire::{Entry, Format, Query, RequestUrl, Secret, Text, request_url};
use given::Given;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: &Request) -> Result<ExitCode, Failure> {
    let api = apis::find(&arguments.api)?;
    let entry = api.command(&arguments.command)?;
    let catalog = Catalog::of(api)?;
    let command = catalog.command(api, &arguments.command)?;
    let made = match &catalog.soap {
        None => check(api, entry, command, arguments).map(|made| (made.url.to_string(), made.warnings)),
        Some(soap) => soap::check(api, entry, &catalog, soap, command, arguments).map(|mut made| {
            let warnings = std::mem::take(&mut made.warnings);
            (made.shown(0), warnings)
        }),
    };
    let (text, warnings) = made.map_err(|problems| {
        let lines = problems.into_iter().map(|problem| format!("{}: {problem}", command.name));
        Failure::problems(lines.collect())
    })?;
    print(&text)?;
    for warning in warnings {
        // The request stands; a warning that cannot be written is lost.
        let _ =
            std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("bindwire: {}: {warning}\n", command.name));
    }
    Ok(ExitCode::SUCCESS)
}

/// A request that can be sent.
pub struct Checked {
    /// Its address; Display shows it without secrets.
    pub url: RequestUrl,
    /// What is unusual about it.
    pub warnings: Vec<String>,
}

/// The request that the arguments ask for, or everything that is wrong with them.
pub fn check(api: &Api, entry: &Entry, command: &Command, arguments: &Request) -> Result<Checked, Vec<String>> {
    let mut problems = Vec::new();
    let mut given = Given::read(api, command, arguments, &mut problems);
    let mut warnings: Vec<String> = deprecation(command).into_iter().collect();
    for pair in &mut given.pairs {
        let Some(param) = pair.param.filter(|_| !pair.is_extra) else { continue };
        match value::check(param, &pair.name, &pair.value) {
            Ok(value) => {
                pair.value = value.text;
                warnings.extend(value.warnings);
            }
            Err(wrong) => problems.extend(wrong),
        }
    }
    presence::check(command, &given, &mut problems);
    for (is_given, switch) in
        [(arguments.api_version.is_some(), "--api-version"), (arguments.positional, "--positional")]
    {
        if is_given {
            problems.push(format!("{} does not speak SOAP; leave `{switch}` out", api.info.name));
        }
    }
    let format = arguments.format.unwrap_or_else(|| default_format(entry));
    problems.extend(entry.info.check_format(format).err().map(|error| without_command(&error.to_string(), command)));
    let endpoint = endpoint(api, arguments.sandbox).map_err(|problem| problems.push(problem)).ok();
    let Some(endpoint) = endpoint.filter(|_| problems.is_empty()) else { return Err(problems) };
    Ok(Checked { url: url(api, command, &given, endpoint, format), warnings })
}

/// JSON where the command has it, else its first format.
pub fn default_format(entry: &Entry) -> Format {
    let formats = entry.info.formats;
    if formats.contains(&Format::Json) { Format::Json } else { formats.first().copied().unwrap_or(Format::Json) }
}

fn endpoint(api: &Api, sandbox: bool) -> Result<&'static str, String> {
    let name = if sandbox { "sandbox" } else { "live" };
    api.info.endpoint(name).ok_or_else(|| {
        let names: Vec<_> = api.info.endpoints.iter().map(|(name, _)| *name).collect();
        let names = if names.is_empty() { "none at all".to_owned() } else { format!("only: {}", names.join(", ")) };
        format!("{} has no address called `{name}`, {names}", api.info.name)
    })
}

fn url(api: &Api, command: &Command, given: &Given<'_>, endpoint: &str, format: Format) -> RequestUrl {
    let mut query = Query::new(&command.name);
    query.put(api.info.command_param, command.name.as_str());
    for pair in &given.pairs {
        if pair.param.is_some_and(Param::is_secret) {
            query.put(&pair.name, &Secret::from(pair.value.as_str()));
        } else {
            query.put(&pair.name, &Text::from(pair.value.as_str()));
        }
    }
    // No key is at hand, and none is needed: it would not be shown.
    let key = Secret::from("key");
    let credentials: Vec<_> = api.info.credentials.iter().map(|credential| (credential.wire, &key)).collect();
    request_url(endpoint, api.info.suffix(format).unwrap_or_default(), &credentials, &query)
}

/// The message of an error without the command that it begins with.
fn without_command(message: &str, command: &Command) -> String {
    let rest = message.strip_prefix(&command.name).and_then(|rest| rest.strip_prefix(": "));
    rest.unwrap_or(message).to_owned()
}

fn deprecation(command: &Command) -> Option<String> {
    let why = command.deprecated.as_ref()?;
    Some(format!("deprecated: {why}"))
}

#[cfg(test)]
mod tests;
