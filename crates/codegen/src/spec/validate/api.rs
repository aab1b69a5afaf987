//! Checks api.toml, and that everything declared there is about formats and files that exist.

use super::{Check, combine};
use crate::spec::tree::Node;

pub fn check(check: &mut Check<'_>) {
    let api = check.api;
    let folder = check.files.folder.rsplit('/').next().unwrap_or_default();
    if !api.name.is_empty() && api.name != folder {
        let message = format!("the API is called `{}`, but its folder `{folder}`; give both one name", api.name);
        check.report(&["api", "name"], message);
    }
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
        .filter(|wire| !wire.is_empty())
        .collect();
    for (later, _) in combine::repeated(&wires) {
        let message = format!("two of the params that every request has are called `{}` on the wire", wires[later]);
        check.report(&["api", "credentials"], message);
    }
}

/// A code that means success is none of a refusal.
fn codes(check: &mut Check<'_>) {
    let rules = &check.api.envelope;
    for known in rules.codes.iter().filter(|known| known.class.is_some() && rules.success_codes.contains(&known.code)) {
        let message = format!("code {} means success, so that no refusal has it; leave its class out", known.code);
        check.report(&["api", "envelope", "codes"], message);
    }
}

fn phrases(check: &mut Check<'_>) {
    let files = check.files;
    for file in files.of(crate::spec::files::Kind::Api) {
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
