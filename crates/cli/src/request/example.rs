//! An example of a request, made from what the catalog tells: the params that are required, and those
//! for which the spec has an example.

use super::soap::written;
use crate::catalog::{Catalog, Command, Condition, Param, Required};

/// Names on the wire with values, in the order of the catalog.
pub fn params(catalog: &Catalog, command: &Command) -> Vec<(String, String)> {
    let mut sent: Vec<(&Param, String)> = Vec::new();
    // A value may demand another param, which stands before it or behind it.
    loop {
        let missing = command
            .params
            .iter()
            .find(|param| sent.iter().all(|(known, _)| known.wire != param.wire) && is_shown(param, &sent));
        let Some(param) = missing else { break };
        sent.push((param, value(command, param)));
    }
    if sent.is_empty() && catalog.soap.is_some() {
        // An envelope without anything in it shows nothing.
        sent.extend(command.params.first().map(|param| (param, value(command, param))));
    }
    let place = |wire: &str| command.params.iter().position(|param| param.wire == wire);
    sent.sort_by_key(|(param, _)| place(&param.wire));
    if catalog.soap.is_none() {
        return sent
            .into_iter()
            .map(|(param, value)| (param.numbered(param.indexed.map(|(from, _)| from)), value))
            .collect();
    }
    let mut out = Vec::new();
    sent.into_iter().for_each(|(param, value)| add(catalog, command, param, written(param), value, &mut out));
    out
}

/// Adds a param under its path: of a structure what it must have, and its first field where that is nothing.
fn add(
    catalog: &Catalog,
    command: &Command,
    param: &Param,
    path: String,
    value: String,
    out: &mut Vec<(String, String)>,
) {
    let fields = catalog.params_of(&param.kind);
    if param.kind == "map" {
        return out.push((path.replace("/NAME", "/name"), "value".to_owned()));
    }
    if fields.is_empty() {
        return out.push((path, value));
    }
    let is_required = |field: &&Param| matches!(field.required, Required::Always(true));
    let needed: Vec<&Param> = fields.iter().filter(is_required).collect();
    let shown = if needed.is_empty() { fields.iter().take(1).collect() } else { needed };
    for field in shown {
        add(catalog, command, field, format!("{path}/{}", written(field)), self::value(command, field), out);
    }
}

fn is_shown(param: &Param, sent: &[(&Param, String)]) -> bool {
    let holds = |condition: &Condition| {
        let other = sent.iter().find(|(known, _)| known.wire == condition.param);
        match condition.sent {
            Some(sent) => other.is_some() == sent,
            None => other.is_some_and(|(_, value)| condition.is.contains(value)),
        }
    };
    if let Some(condition) = &param.required_when {
        return holds(condition);
    }
    match (&param.required, &param.when) {
        (Required::Always(true), _) => true,
        (Required::Always(false), _) => param.example.is_some() && param.group.is_none(),
        (Required::When(words), None) if words.starts_with("an item of ") => {
            param.example.is_some() || sent.iter().any(|(known, _)| known.group == param.group)
        }
        (Required::When(_), Some(when)) => holds(when),
        (Required::When(_), None) => false,
    }
}

fn value(command: &Command, param: &Param) -> String {
    if let Some(example) = &param.example {
        return example.clone();
    }
    // The value that demands the least.
    let demands = |value: &String| {
        let causes = command.params.iter().filter_map(|other| other.required_when.as_ref().or(other.when.as_ref()));
        causes.filter(|cause| cause.param == param.wire && cause.is.contains(value)).count()
    };
    if let Some(value) = param.values.iter().min_by_key(|value| demands(value)) {
        return value.clone();
    }
    let value = match param.kind.as_str() {
        "domain" => "example.com",
        "ip" => "192.0.2.1",
        "int" => return param.range.map_or(1, |(min, max)| max.min(min.max(1))).to_string(),
        "decimal" => "9.99",
        "currency" => "USD",
        "date" => {
            let pattern = param.strftime.as_deref().unwrap_or("%Y-%m-%d");
            return pattern.replace("%Y", "2024").replace("%m", "05").replace("%d", "10");
        }
        "flag" => param.words.as_deref().and_then(|words| words.split('/').next()).unwrap_or("yes"),
        "url" => "https://example.com/",
        "email" => "user@example.com",
        "id" | "one" | "long" => "1",
        "secret" => "secret",
        _ => "text",
    };
    value.to_owned()
}
