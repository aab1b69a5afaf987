//! What must hold of a description beyond the language table: one name, what an event cannot have, names that can be elements.

use super::{of, rust_name};
use crate::spec::files::{File, Place};
use crate::spec::names::{self, Rule};
use crate::spec::problems::Problem;
use crate::spec::tree::{Entry, Node};
use heck::ToSnakeCase as _;

/// Modules that each crate has beside those of its families.
const MODULES: [&str; 4] = ["codes", "registry", "types", "wire"];

/// Checks a description.
pub fn check(file: &File, problems: &mut Vec<Problem>) {
    let root = &file.root;
    let mut report = |at: usize, message: String| problems.push(Place { file, at }.problem(message));
    let Some((key, name)) = of(root) else {
        return report(
            root.at,
            "this describes nothing; name what it describes: `object = \"...\"`, or `event`".to_owned(),
        );
    };
    if key == "object"
        && let Some(event) = root.entry("event")
    {
        report(event.at, "this is an object already; describe the event in a file of its own".to_owned());
    }
    for (key, entry) in [(key, name)].into_iter().chain(root.entry("api").map(|api| ("api", api))) {
        if let Some(found) = entry.node.as_text().filter(|name| !is_api_name(name)) {
            let rule = "begin with a letter, and use letters, digits, `-`, `_` and `.`, no two dots together";
            report(entry.node.at, format!("{key} `{found}` cannot be the name of an API; {rule}"));
        }
    }
    if let Some(text) = name.node.as_text().filter(|name| is_api_name(name)) {
        let rust = rust_name(root, text);
        let at = root.entry("rust").unwrap_or(name).at;
        if let Some(mistake) = names::mistake(Rule::Type, "type", &rust).filter(|_| root.get("rust").is_some()) {
            report(at, mistake);
        } else if MODULES.contains(&rust.to_snake_case().as_str()) {
            let message =
                format!("each crate has a module `{}` of its own; give another name in `rust`", rust.to_snake_case());
            report(at, message);
        }
    }
    match (key, root.entry("attributes")) {
        ("event", Some(attributes)) => {
            report(attributes.at, "an event has no attributes; it has parameters, if anything".to_owned());
        }
        ("object", None) => {
            report(name.at, "the object has no `attributes`; describe what its records have".to_owned());
        }
        _ => {}
    }
    for table in ["attributes", "parameters"] {
        elements(root.table(table), &mut report);
    }
}

fn is_api_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && !name.contains("..")
}

/// Holds that each is an element, and another one than the others.
fn elements(entries: &[Entry], report: &mut dyn FnMut(usize, String)) {
    let wires: Vec<(&str, &Node)> = entries
        .iter()
        .map(|entry| (entry.node.get("wire").and_then(Node::as_text).unwrap_or(&entry.key), &entry.node))
        .collect();
    for (index, (wire, node)) in wires.iter().enumerate() {
        let at = node.entry("wire").map_or(entries[index].at, |entry| entry.node.at);
        if wires[..index].iter().any(|(earlier, _)| earlier == wire) {
            report(at, format!("two of them are called `{wire}` on the wire; an element has one meaning"));
        }
        let starts_well = wire.starts_with(|first: char| first.is_alphabetic() || first == '_');
        if !starts_well || wire.contains(|other: char| !(other.is_alphanumeric() || "-_.".contains(other))) {
            report(
                at,
                format!(
                    "`{wire}` cannot be the name of an element; begin with a letter, and use letters, digits, `-`, `_` and `.`"
                ),
            );
        }
    }
}
