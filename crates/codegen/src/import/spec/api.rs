//! `api.toml`: what all operations have in common.

use super::super::model::Service;
use super::super::names::{one_line, quoted};
use super::super::report::Report;
use super::names::{Given, snake};
use super::operations::Binding;
use super::text::Sentences;
use super::toml;
use std::fmt::Write as _;

/// An address that leads nowhere, for a description that has none.
const NOWHERE: &str = "https://address.invalid/";

/// The file.
pub fn file(
    service: &Service,
    binding: &Binding<'_>,
    name: &str,
    qualified: bool,
    sentences: &mut Sentences,
    report: &mut Report,
) -> String {
    let (namespace, version) = match version(binding.namespace) {
        Some((from, to)) => {
            let (before, after) = (&binding.namespace[..from], &binding.namespace[to..]);
            (format!("{before}{{version}}{after}"), &binding.namespace[from..to])
        }
        None => (binding.namespace.to_owned(), "1"),
    };
    let title = format!("{} SOAP API", service.name);
    let doc = sentences
        .of(&service.doc, || format!("What the service `{}` offers, as its description has it.", service.name));
    let [title, doc, namespace, action, request, response] =
        [&title, &doc, &namespace, &binding.action, &binding.request, &binding.response].map(|text| toml::text(text));
    let mut out = format!(
        "\
#:schema ../schema.json#/$defs/api

name = \"{name}\"
title = {title}
version = \"{version}\"
doc = {doc}
protocol = \"soap\"

[endpoints]
"
    );
    for (name, address) in endpoints(service, report) {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{name} = {}", toml::text(&address));
    }
    let style = if binding.encoded { "rpc" } else { "document" };
    let qualified = if qualified { "qualified = true\n" } else { "" };
    let _ = write!(
        out,
        "
[formats]
xml = {{}}

[soap]
style = \"{style}\"
namespace = {namespace}
{qualified}action = {action}
request = {request}
response = {response}

[envelope]
by_fault = true
"
    );
    out
}

/// Names and addresses: the first is `live`, others are called after their ports.
fn endpoints(service: &Service, report: &mut Report) -> Vec<(String, String)> {
    let mut given = Given::default();
    let mut known: Vec<(String, String)> = Vec::new();
    for address in &service.addresses {
        let Some((scheme, rest)) = address.location.split_once("://") else {
            tell(service, report, format!("the address {} is left out: it is no URL", quoted(&address.location)));
            continue;
        };
        let location = format!("https://{}", one_line(rest, usize::MAX));
        if scheme.eq_ignore_ascii_case("http") {
            let (own, location) = (quoted(&address.location), quoted(&location));
            tell(service, report, format!("the address {own} is written as {location}: nothing is sent without TLS"));
        } else if !scheme.eq_ignore_ascii_case("https") {
            tell(service, report, format!("the address {} is left out: it is not HTTP", quoted(&address.location)));
            continue;
        }
        if known.iter().any(|(_, other)| *other == location) {
            continue;
        }
        let name = if known.is_empty() { "live".to_owned() } else { snake(&address.port) };
        known.push((given.give(&name), location));
    }
    if known.is_empty() {
        let what = format!("no address is known; `live` is {NOWHERE}, which leads nowhere: write the right one there");
        tell(service, report, what);
        known.push(("live".to_owned(), NOWHERE.to_owned()));
    }
    known
}

fn tell(service: &Service, report: &mut Report, what: String) {
    report.add(&super::whole(service), what);
}

/// Where a version such as 2.3.1 stands in a namespace: numbers with full stops between them, behind the host.
fn version(namespace: &str) -> Option<(usize, usize)> {
    let host = namespace.find("://").map_or(0, |scheme| {
        let rest = scheme + "://".len();
        namespace[rest..].find('/').map_or(namespace.len(), |end| rest + end)
    });
    let bytes = namespace.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    let mut at = host;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| is_part(**byte)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let found = &namespace[at..at + length];
        let is_version = found.contains('.') && found.split('.').all(|number| !number.is_empty());
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphabetic() || is_marked(&namespace[..at]);
        let ends = bytes.get(at + length).is_none_or(|next| !next.is_ascii_alphanumeric());
        if is_version && begins && ends {
            return Some((at, at + length));
        }
        at += length;
    }
    None
}

/// Whether a `v` that begins a word stands at the end.
fn is_marked(before: &str) -> bool {
    let before = before.strip_suffix(['v', 'V']);
    before.is_some_and(|rest| !rest.ends_with(|last: char| last.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn a_version_stands_behind_the_host() {
        let found = |namespace: &str| version(namespace).map(|(from, to)| namespace[from..to].to_owned());
        assert_eq!(found("https://api2.dynect.net/wsdl/2.3.1/Dynect/").as_deref(), Some("2.3.1"));
        assert_eq!(found("urn:shop:v1.2").as_deref(), Some("1.2"));
        assert_eq!(found("http://192.168.1.1:80/shop/1.0#a").as_deref(), Some("1.0"));
        for without in
            ["http://192.168.1.1", "http://10.0.0.1/shop", "urn:shop", "http://a/2004/05/x", "urn:a/.5.", "urn:x1.2b"]
        {
            assert_eq!(found(without), None, "{without}");
        }
    }
}
