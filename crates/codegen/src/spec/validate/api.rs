//! Checks api.toml, and that everything declared there is about formats and files that exist.

use super::{Check, combine};
use crate::model::{Code, Protocol, SoapStyle};
use crate::spec::files::Kind;
use crate::spec::tree::Node;
use crate::spec::words;

pub fn check(check: &mut Check<'_>) {
    let api = check.api;
    let folder = check.files.name();
    if !api.name.is_empty() && api.name != folder {
        let message = format!("the API is called `{}`, but its folder `{folder}`; give both one name", api.name);
        check.report(&["api", "name"], message);
    }
    protocol(check);
    for (name, address) in &api.endpoints {
        let message = match (address.starts_with("https://"), address.contains("{format}")) {
            (false, _) => "must begin with https://",
            (true, false) if api.suffixes.len() > 1 => "must say where the format's suffix goes: `{format}`",
            _ => continue,
        };
        check.report(&["api", "endpoints", name], format!("endpoint `{name}` is `{address}`, which {message}"));
    }
    phrases(check);
    codes(check);
    let wires: Vec<&str> = api
        .credentials
        .iter()
        .map(|credential| credential.wire.as_str())
        .chain([api.command_param.as_str()])
        .chain(api.common.iter().map(|common| common.wire.as_str()))
        .filter(|wire| !wire.is_empty())
        .collect();
    for (later, _) in combine::repeated(&wires) {
        let message = format!("two of the params that every request has are called `{}` on the wire", wires[later]);
        check.report(&["api", "credentials"], message);
    }
}

/// Demands what the protocol needs, and forbids what it has no place for.
fn protocol(check: &mut Check<'_>) {
    let api = check.api;
    if check.files.lacks(Kind::Api) {
        return;
    }
    let soap = api.protocol == Protocol::Soap;
    let (needed, useless): (&[&str], &[&str]) =
        if soap { (&["soap"], &["command_param"]) } else { (&["command_param", "credentials"], &["soap", "common"]) };
    let node = check.node(&["api"]).or_else(|| check.files.of(Kind::Api).next().map(|file| &file.root));
    let lacks = |key: &&&str| node.is_some_and(|node| node.get(key).is_none());
    for key in needed.iter().filter(lacks) {
        let word = words::word(words::PROTOCOLS, &api.protocol);
        check.report(&["api", "protocol"], format!("an API whose protocol is `{word}` needs `{key}`"));
    }
    check.forbid(&["api"], useless, "the protocol has no place for it");
    let rules = &api.envelope;
    if !soap && api.endpoints.is_empty() {
        check.report(&["api", "endpoints"], "a query goes to an address of the API's own; give one at least");
    }
    if !soap {
        let lists = [
            ("code_names", rules.code_names.is_empty()),
            ("status_names", rules.status_names.is_empty()),
            ("error_names", rules.error_names.is_empty()),
            ("success_codes", rules.success_codes.is_empty()),
            ("generic", rules.generic.is_empty()),
        ];
        for (key, _) in lists.into_iter().filter(|(_, empty)| *empty) {
            check.report(
                &["api", "envelope"],
                format!("the envelope lacks `{key}`, which a query's answers are told by"),
            );
        }
        for (format, _) in api.suffixes.iter().filter(|(_, suffix)| suffix.is_empty()) {
            let message = "the format lacks `suffix`: what takes the place of `{format}` in an endpoint";
            check.report(&["api", "formats", format.name()], message);
        }
        check.forbid(&["api", "envelope"], &["job", "messages", "by_fault", "levels"], "only SOAP answers have it");
    } else if rules.status_names.is_empty() && !rules.by_fault {
        let message = "nothing tells success from failure; name the status in `status_names`, or say `by_fault = true`";
        check.report(&["api", "envelope"], message);
    }
    if api.soap.as_ref().is_some_and(|soap| soap.style == SoapStyle::Rpc) {
        check.forbid(&["api", "soap"], &["qualified"], "parts of style `rpc` are of no namespace");
    }
    let nested = api.soap.as_ref().and_then(|soap| soap.nested.as_ref());
    if let Some(nested) = nested.filter(|nested| !api.commands().any(|command| command.name == nested.command))
        && !check.files.lacks(Kind::Commands)
    {
        let message = format!("no command is called `{}`; name the one whose reply holds others", nested.command);
        check.report(&["api", "soap"], message);
    }
}

/// A code that means success is none of a refusal.
fn codes(check: &mut Check<'_>) {
    let rules = &check.api.envelope;
    for known in rules.codes.iter().filter(|known| known.class.is_some()) {
        let Code::Number(code) = known.code else { continue };
        if rules.success_codes.contains(&code) {
            let message = format!("code {code} means success, so that no refusal has it; leave its class out");
            check.report(&["api", "envelope", "codes"], message);
        }
    }
}

fn phrases(check: &mut Check<'_>) {
    let files = check.files;
    for file in files.of(Kind::Api) {
        let rows = file.root.get("phrases").map(Node::items).unwrap_or_default();
        let texts: Vec<&Node> =
            rows.iter().flat_map(|row| row.get("contains").map(Node::items).unwrap_or_default()).collect();
        let mut report = |node: &Node, message: String| {
            check.problems.push(crate::spec::files::Place { file, at: node.at }.problem(message));
        };
        for node in &texts {
            let text = node.as_text().unwrap_or_default();
            if text != text.to_lowercase() {
                let lower = text.to_lowercase();
                report(node, format!("`{text}` can never match, as texts are compared in lower case; write `{lower}`"));
            }
        }
        for (later, first) in combine::repeated(texts.iter().map(|node| node.as_text())) {
            let text = texts[first].as_text().unwrap_or_default();
            report(texts[later], format!("`{text}` stands in an earlier phrase, which always matches first; keep one"));
        }
    }
}
