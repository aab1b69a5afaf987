//! Which params have to be there, and which only go with others.

use super::given::Given;
use crate::catalog::{Command, Param, Required};
use crate::text::alternatives;
use std::collections::BTreeSet;

/// Adds a problem for each param that is missing, or that the value of another one rules out.
pub fn check(command: &Command, given: &Given<'_>, problems: &mut Vec<String>) {
    for param in &command.params {
        if rules_out(command, given, param, problems) {
            continue;
        }
        for (index, why) in demanded(command, given, param) {
            let name = param.numbered(index);
            match given.value(&param.wire, index) {
                Some(value) if !value.is_empty() || param.kind == "text" => {}
                Some(_) => problems.push(format!("param `{name}` is required{why}, but an empty value was given")),
                None => problems.push(format!("param `{name}` is required{why}, but no value was given")),
            }
        }
    }
}

/// Whether the choice that a param belongs to is made otherwise; a problem when the param is given nevertheless.
fn rules_out(command: &Command, given: &Given<'_>, param: &Param, problems: &mut Vec<String>) -> bool {
    let Some(when) = &param.when else { return false };
    let tag = command.param(&when.param);
    let chosen = given.value(&when.param, None);
    if chosen.is_some_and(|chosen| when.is.iter().any(|value| value == chosen)) {
        return false;
    }
    // A choice that is wrong or missing is told once, by its own param.
    let is_told = match chosen {
        Some(chosen) => tag.is_some_and(|tag| !tag.values.iter().any(|value| value == chosen)),
        None => tag.is_some_and(|tag| matches!(tag.required, Required::Always(true))),
    };
    if !is_told {
        let found = chosen.map_or_else(|| "not given".to_owned(), |chosen| format!("`{chosen}`"));
        let strays = given.pairs.iter().filter(|pair| pair.param.is_some_and(|known| known.wire == param.wire));
        problems.extend(strays.map(|stray| {
            let (name, tag, values) = (&stray.name, &when.param, alternatives(&when.is, "or"));
            format!("param `{name}` only goes with {values} as `{tag}`, which is {found}; leave it out")
        }));
    }
    true
}

/// The indices at which a param has to be there, each with the reason.
fn demanded(command: &Command, given: &Given<'_>, param: &Param) -> Vec<(Option<u32>, String)> {
    let items = if param.group.is_some() { items(command, given, param) } else { BTreeSet::from([None]) };
    let first = param.indexed.map(|(from, _)| from);
    let everywhere = || items.iter().map(|index| (*index, String::new())).collect::<Vec<_>>();
    if let Some(cause) = &param.required_when {
        let is_cause = |index: &Option<u32>| {
            if let Some(sent) = cause.sent {
                let found = given.value(&cause.param, *index).is_some_and(|value| !value.is_empty());
                let no = if sent { "" } else { "no " };
                return (found == sent).then(|| (*index, format!(" when {no}`{}` is sent", cause.param)));
            }
            let value = given.value(&cause.param, *index)?;
            let name = index.map_or_else(|| cause.param.clone(), |index| format!("{}{index}", cause.param));
            cause.is.iter().any(|known| known == value).then(|| (*index, format!(" when `{name}` is `{value}`")))
        };
        return items.iter().filter_map(is_cause).collect();
    }
    let needed = match (&param.required, &param.when) {
        (Required::Always(false), _) => return Vec::new(),
        (Required::Always(true), _) => String::new(),
        (Required::When(_), Some(when)) => format!(" when `{}` is {}", when.param, alternatives(&when.is, "or")),
        // A field of a list that need not be there.
        (Required::When(words), None) if param.group.is_some() && words.starts_with("an item of ") => {
            return everywhere();
        }
        // A condition in words cannot be checked.
        (Required::When(_), None) => return Vec::new(),
    };
    if param.is_item() {
        let indices = if items.is_empty() { BTreeSet::from([first]) } else { items };
        return indices.into_iter().map(|index| (index, needed.clone())).collect();
    }
    let is_there = given.pairs.iter().any(|pair| pair.param.is_some_and(|known| known.wire == param.wire));
    if first.is_some() && is_there { Vec::new() } else { vec![(first, needed)] }
}

/// The indices at which anything of a param's group is given.
fn items(command: &Command, given: &Given<'_>, param: &Param) -> BTreeSet<Option<u32>> {
    let is_fellow = |wire: &str| {
        let fellow = command.param(wire);
        fellow.is_some_and(|fellow| fellow.group == param.group && fellow.indexed == param.indexed)
    };
    let pairs = given.pairs.iter().filter(|pair| pair.param.is_some_and(|known| is_fellow(&known.wire)));
    pairs.map(|pair| pair.index).collect()
}
