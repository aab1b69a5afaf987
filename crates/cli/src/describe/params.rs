//! The params of a command, with the fields of structures below those that hold them.

use crate::catalog::{Catalog, Command, Param, Required, Soap};
use crate::request::soap::{is_numbered, written};
use crate::text::{alternatives, wrap};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Appends the params, a paragraph each. A structure that stands in several places is told once.
pub fn all(out: &mut String, catalog: &Catalog, params: &[Param]) {
    below(out, catalog, params, 2, &mut BTreeSet::new());
}

fn below(out: &mut String, catalog: &Catalog, params: &[Param], indent: usize, told: &mut BTreeSet<String>) {
    for param in params {
        let fields = catalog.params_of(&param.kind);
        let is_new = !fields.is_empty() && told.insert(param.kind.clone());
        one(out, param, !fields.is_empty() && !is_new, indent);
        if is_new {
            below(out, catalog, &fields, indent + 4, told);
        }
    }
}

fn one(out: &mut String, param: &Param, is_told: bool, indent: usize) {
    let name = match param.indexed {
        Some((from, to)) => format!("{} .. {}", param.numbered(Some(from)), param.numbered(Some(to))),
        None if is_numbered(param) => format!("{} ..", written(param)),
        None => written(param),
    };
    let list = if is_numbered(param) { "list of " } else { "" };
    let again = if is_told { ", as above" } else { "" };
    let mut facts = vec![format!("{list}{}{again}", param.kind)];
    facts.extend(match &param.required {
        Required::Always(true) => Some("required".to_owned()),
        Required::Always(false) => None,
        Required::When(condition) => Some(format!("required when {condition}")),
    });
    if let Some(when) = param.when.as_ref().filter(|_| matches!(param.required, Required::Always(_))) {
        facts.push(format!("only with `{}` {}", when.param, alternatives(&when.is, "or")));
    }
    if let Some(separator) = &param.separator {
        let most = param.max.map_or(String::new(), |max| format!(", at most {max}"));
        facts.push(format!("values with `{separator}` between them{most}"));
    }
    facts.extend(param.since.as_ref().map(|version| format!("since {version}")));
    for (holds, words) in [(param.secret && param.kind != "secret", "secret"), (param.newer, "newer than the pages")] {
        if holds {
            facts.push(words.to_owned());
        }
    }
    let doc_indent = " ".repeat(indent + 4);
    wrap(out, &format!("{:indent$}{name}  ", ""), &doc_indent, &format!("({})", facts.join("; ")));
    let mut doc = param.doc.clone();
    if let Some((min, max)) = param.range {
        let _ = write!(doc, " From {min} to {max}.");
    }
    if let Some(date) = &param.date {
        let _ = write!(doc, " Written `{date}`.");
    }
    if let Some(words) = &param.words {
        let words: Vec<String> = words.split('/').map(str::to_owned).collect();
        let _ = write!(doc, " Written {}.", alternatives(&words, "or"));
    }
    if !param.values.is_empty() {
        let others = if param.open { "; others are sent too" } else { "" };
        let _ = write!(doc, " Takes {}{others}.", alternatives(&param.values, "or"));
    }
    wrap(out, &doc_indent, &doc_indent, &doc);
}

/// Appends the params that every command takes.
pub fn common(out: &mut String, soap: &Soap, command: &Command) {
    let shown: Vec<_> = soap.common.iter().filter(|common| !(common.session && command.sessionless)).collect();
    if shown.is_empty() {
        out.push_str("  None.\n");
    }
    for common in shown {
        let put = if common.session { "; put by the client" } else { "" };
        wrap(out, &format!("  {}  ", common.wire), "      ", &format!("({}{put})", common.kind));
        wrap(out, "      ", "      ", &common.doc);
    }
}
