//! Holds a document against the table of WSDL and XSD: what is unknown or out of place, and what is left out.
//!
//! The readers after it take what they know and may leave the rest, since nothing is passed over here in silence.

mod table;

use super::names::{self, quoted};
use super::report::Findings;
use super::xml::{Child, Document, Node};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use table::{Fate, RULES, Rule};

static BY_NAME: LazyLock<BTreeMap<&'static str, &'static Rule>> =
    LazyLock::new(|| RULES.iter().map(|rule| (rule.name, rule)).collect());

/// Namespaces of bindings that are never taken; the reader of the service tells of them as a whole.
const OTHER_BINDINGS: [&str; 3] = [names::SOAP_12, names::HTTP, names::MIME];

/// Tells what in the document is unknown, out of place or left out.
pub fn check(document: &Document, findings: &mut Findings) {
    let root = document.node();
    if let Some(rule) = rule(root) {
        element(root, rule, findings);
    }
}

fn rule(node: Node<'_>) -> Option<&'static Rule> {
    name(node).and_then(|name| BY_NAME.get(name.as_str()).copied())
}

/// The name of an element of one of the vocabularies, as the table has it.
fn name(node: Node<'_>) -> Option<String> {
    let prefix = match &*node.element.namespace {
        names::WSDL => "wsdl",
        names::SOAP => "soap",
        names::XSD => "xsd",
        _ => return None,
    };
    Some(format!("{prefix}:{}", node.element.local))
}

fn element(node: Node<'_>, rule: &'static Rule, findings: &mut Findings) {
    attributes(node, rule, findings);
    let documentation = matches!(rule.name, "wsdl:documentation" | "xsd:documentation");
    if documentation {
        return;
    }
    let text = node.element.children.iter().find_map(|child| match child {
        Child::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    });
    if let Some(text) = text {
        findings.problem(
            node,
            format!("the text {} stands in {}, where only elements may stand", quoted(text), node.tag()),
        );
    }
    for child in node.children() {
        within(node, rule, child, findings);
    }
}

/// Holds `child` against what may stand in `parent`.
fn within(parent: Node<'_>, rule: &'static Rule, child: Node<'_>, findings: &mut Findings) {
    let Some(name) = name(child) else {
        let namespace = &*child.element.namespace;
        if rule.name.starts_with("xsd:") {
            let message = format!("{} is no element of XML Schema; only `xsd:appinfo` may hold others", child.tag());
            findings.problem(child, message);
        } else if !OTHER_BINDINGS.contains(&namespace) {
            findings.remark(child, format!("{} of {} is not read", child.tag(), quoted(namespace)));
        }
        return;
    };
    let documentation = if rule.name.starts_with("xsd:") { "xsd:annotation" } else { "wsdl:documentation" };
    // An annotation holds documentation only, and has none of its own.
    let documented = rule.name != "xsd:annotation" && name == documentation;
    let allowed = documented || rule.children.iter().any(|names| names.contains(&name.as_str()));
    match BY_NAME.get(name.as_str()) {
        Some(found) if allowed => match found.fate {
            Fate::Read => element(child, found, findings),
            Fate::Left(meaning) => findings.remark(child, format!("{} is not read: {meaning}", child.tag())),
            Fate::Refused(advice) => findings.problem(child, format!("{} is not read; {advice}", child.tag())),
        },
        _ => {
            let locals: Vec<&str> =
                rule.children.iter().copied().flatten().filter(|name| is_read(name)).map(|name| local(name)).collect();
            let meant = findings.meant(&child.element.local, locals.iter().copied());
            let what = if locals.is_empty() { "nothing".to_owned() } else { locals.join(", ") };
            let message =
                format!("{} may not stand in {}{} allowed: {what}", child.tag(), parent.tag(), or_else(&meant));
            findings.problem(child, message);
        }
    }
}

fn attributes(node: Node<'_>, rule: &'static Rule, findings: &mut Findings) {
    for attribute in &node.element.attributes {
        match &*attribute.namespace {
            "" if attribute.local == "id" || rule.attributes.contains(&attribute.local.as_str()) => {}
            "" => {
                let meant = findings.meant(&attribute.local, rule.attributes.iter().copied());
                let allowed = if rule.attributes.is_empty() { "none".to_owned() } else { rule.attributes.join(", ") };
                let name = quoted(&attribute.local);
                let message = format!("{name} is no attribute of {}{} allowed: {allowed}", node.tag(), or_else(&meant));
                findings.problem_of(node, &attribute.local, message);
            }
            names::XML | names::XSI => {}
            // Read with the array that it tells the items of.
            names::WSDL if attribute.local == "arrayType" && rule.name == "xsd:attribute" => {}
            namespace => {
                let name = quoted(&attribute.written);
                findings.remark(node, format!("the attribute {name} of {} is not read", quoted(namespace)));
            }
        }
    }
}

/// The question in front of what is allowed, or what separates that where there is none.
fn or_else(meant: &str) -> &str {
    if meant.is_empty() { ";" } else { meant }
}

fn is_read(name: &str) -> bool {
    BY_NAME.get(name).is_some_and(|rule| matches!(rule.fate, Fate::Read))
}

fn local(name: &'static str) -> &'static str {
    name.split_once(':').map_or(name, |(_, local)| local)
}
