//! `bindwire request` for APIs that speak SOAP: the envelope, after the checks that the spec allows without a server.

mod checks;
mod given;
mod layout;
mod level;
mod path;
mod put;

use super::{deprecation, endpoint, without_command};
use crate::apis::Api;
use crate::arguments::Request;
use crate::catalog::{Catalog, Command, Soap};
use bindwire_wire::{Entry, Format, Query, RequestUrl, SoapOptions, SoapRequest, request_url, soap_request};
use checks::{Findings, is_before};
use given::Given;

pub use level::{is_numbered, written};

/// What stands for the session, which only a client has: it is secret, so that nobody sees it.
const SESSION: &str = "session";

/// What stands in place of an address that only the customer knows.
const ELSEWHERE: &str = "(the address is the customer's own, as its WSDL tells it)";

/// A request that can be sent.
#[derive(Debug)]
pub struct Checked {
    /// Where it goes; nothing where each customer has an address of its own.
    pub url: Option<RequestUrl>,
    /// Its body and its action.
    pub request: SoapRequest,
    /// What is unusual about it.
    pub warnings: Vec<String>,
}

impl Checked {
    /// Address, headers and body, each line `indent` columns from the left; secrets redacted.
    pub fn shown(self, indent: usize) -> String {
        let Self { url, request, .. } = self;
        let blanks = " ".repeat(indent);
        let action = request.action().to_owned();
        let body = layout::lines(request, indent);
        let url = url.map_or_else(|| ELSEWHERE.to_owned(), |url| url.to_string());
        format!(
            "{blanks}POST {url}\n{blanks}Content-Type: text/xml; charset=utf-8\n{blanks}SOAPAction: \"{action}\"\n\n{body}"
        )
    }
}

/// The request that the arguments ask for, or everything that is wrong with them.
pub fn check(
    api: &Api,
    entry: &Entry,
    catalog: &Catalog,
    soap: &Soap,
    command: &Command,
    arguments: &Request,
) -> Result<Checked, Vec<String>> {
    let mut found = Findings::default();
    found.warnings.extend(deprecation(command));
    let mut given = Given::read(catalog, soap, command, arguments, &mut found.problems);
    found.values(&mut given.params);
    found.presence(catalog, &given.params);
    found.problems.extend(switches(api, soap, arguments));
    if let Some(version) = arguments.api_version.as_deref() {
        found.warnings.extend(command_since(command, version));
        found.since(&given.params, version);
    }
    let format = arguments.format.unwrap_or(Format::Xml);
    let spoken = entry.info.check_format(format).err();
    found.problems.extend(spoken.map(|error| without_command(&error.to_string(), command)));
    let has_none = api.info.endpoints.is_empty() && !arguments.sandbox;
    let endpoint = match has_none {
        true => None,
        false => endpoint(api, arguments.sandbox).map_err(|problem| found.problems.push(problem)).ok(),
    };
    if !found.problems.is_empty() {
        return Err(found.problems);
    }
    let query = put::query(api.info, catalog, command, &given);
    let request = envelope(api, soap, &given, &query, arguments)
        .ok_or_else(|| vec![format!("the registry of {} has no SOAP; build the program anew", api.info.name)])?;
    let url = endpoint.map(|endpoint| request_url(endpoint, "", &[], &Query::new("")));
    Ok(Checked { url, request, warnings: found.warnings })
}

/// The query in its envelope.
fn envelope(api: &Api, soap: &Soap, given: &Given<'_>, query: &Query, arguments: &Request) -> Option<SoapRequest> {
    let sessions = soap.common.iter().filter(|common| common.session).map(|common| (common.wire.as_str(), SESSION));
    let common: Vec<(&str, &str)> =
        sessions.chain(given.common.iter().map(|(wire, value)| (*wire, value.as_str()))).collect();
    let version = arguments.api_version.as_deref().unwrap_or_default();
    let options = SoapOptions { version, common: &common, positional: arguments.positional };
    soap_request(api.info, query, &options)
}

/// What is wrong with the switches that only some APIs have.
fn switches(api: &Api, soap: &Soap, arguments: &Request) -> Vec<String> {
    let name = api.info.name;
    let mut problems = Vec::new();
    if arguments.positional && !soap.is_rpc() {
        problems.push(format!("{name} takes its params by their names only; leave `--positional` out"));
    }
    if arguments.api_version.is_some() && !soap.has_versions() {
        problems.push(format!("requests of {name} do not say a version; leave `--api-version` out"));
    }
    problems
}

/// What is said of a command that a version is not known to have.
fn command_since(command: &Command, version: &str) -> Option<String> {
    let since = command.since.as_deref().filter(|since| is_before(version, since))?;
    Some(format!("the command is known since version {since}, but {version} is asked for"))
}

#[cfg(test)]
mod tests;
