//! What must hold of the params of a request in SOAP: values, what has to be there, lists without gaps.

use super::level::{Held, Level, Slot, is_numbered, written};
use super::path::join;
use crate::catalog::{Catalog, Param, Required};
use crate::request::value;

/// Structures in structures that are looked into for what they must have.
const DEEPEST: usize = 8;

/// What came of the checks.
#[derive(Debug, Default)]
pub struct Findings {
    /// What forbids to send the request.
    pub problems: Vec<String>,
    /// What is unusual about it.
    pub warnings: Vec<String>,
}

impl Findings {
    /// Checks each value that is given, and writes it as it is sent.
    pub fn values(&mut self, level: &mut Level<'_>) {
        let schema = level.schema.clone();
        let is_record = !level.path.is_empty();
        let path = level.path.clone();
        for (place, slot) in &mut level.slots {
            let Some(param) = schema.get(*place) else { continue };
            for (index, held) in slot {
                let here = join(&path, &param.wire);
                let name = if is_numbered(param) { format!("{here}[{index}]") } else { here };
                match held {
                    Held::Value(_, true) | Held::Map(_) => {}
                    Held::Record(below) => self.values(below),
                    // A field that is empty is not sent; nothing but a text is empty.
                    Held::Value(text, false)
                        if text.is_empty() && (param.kind != "text" || is_record && !param.many) =>
                    {
                        self.problems.push(match param.required {
                            Required::Always(true) => {
                                format!("param `{name}` is required, but an empty value was given")
                            }
                            _ => format!("param `{name}` is empty; give a value or leave it out"),
                        });
                    }
                    Held::Value(text, false) => match value::check(param, &name, text) {
                        Ok(checked) => {
                            *text = checked.text;
                            self.warnings.extend(checked.warnings);
                        }
                        Err(problems) => self.problems.extend(problems),
                    },
                }
            }
        }
    }

    /// Looks for what is missing: params and fields that are required, items in the middle of lists.
    pub fn presence(&mut self, known: &Catalog, level: &Level<'_>) {
        for (place, param) in level.schema.iter().enumerate() {
            let Some(slot) = level.slots.get(&place).filter(|slot| !slot.is_empty()) else {
                self.problems.extend(required(known, level, param));
                continue;
            };
            let gap = (0..).zip(slot.keys()).find(|(expected, found)| expected != *found);
            if let Some((expected, _)) = gap {
                let missing = level.item_of(param, expected);
                self.problems.push(format!("param `{missing}` is missing; number the items without gaps, from 0"));
            }
            for held in slot.values() {
                if let Held::Record(below) = held {
                    self.presence(known, below);
                }
            }
        }
    }

    /// Warns of what a version of the API is not known to have.
    pub fn since(&mut self, level: &Level<'_>, version: &str) {
        for (place, slot) in &level.slots {
            let Some(param) = level.schema.get(*place) else { continue };
            if let Some(since) = param.since.as_deref().filter(|since| is_before(version, since)) {
                let path = level.path_of(param);
                self.warnings
                    .push(format!("param `{path}` is known since version {since}, but {version} is asked for"));
            }
            for held in slot.values() {
                if let Held::Record(below) = held {
                    self.since(below, version);
                }
            }
        }
    }
}

/// What is said of a param that is not given and should be.
fn required(known: &Catalog, level: &Level<'_>, param: &Param) -> Option<String> {
    let why = match (&param.required, &param.required_when) {
        (Required::Always(true), _) => String::new(),
        // A condition in words cannot be checked.
        (Required::Always(false), _) | (Required::When(_), None) => return None,
        (Required::When(_), Some(cause)) => {
            let value = value_of(level, &cause.param);
            match cause.sent {
                Some(sent) => {
                    let no = if sent { "" } else { "no " };
                    (value.is_some() == sent).then(|| format!(" when {no}`{}` is sent", cause.param))?
                }
                None => {
                    let value = value.filter(|value| cause.is.iter().any(|known| known == value))?;
                    format!(" when `{}` is `{value}`", cause.param)
                }
            }
        }
    };
    let name = join(&level.path, &written(param));
    let how = match known.record(&param.kind) {
        None => String::new(),
        Some(_) => {
            let mut leaves = Vec::new();
            must_have(known, &param.kind, &name, DEEPEST, &mut leaves);
            let leaves: Vec<String> = leaves.iter().map(|leaf| format!("`{leaf}`")).collect();
            match leaves.as_slice() {
                [] => format!("; write `{name}=` for one without fields"),
                leaves => format!("; give {}", leaves.join(", ")),
            }
        }
    };
    Some(format!("param `{name}` is required{why}, but no value was given{how}"))
}

/// The paths of what a structure must have.
fn must_have(known: &Catalog, kind: &str, path: &str, depth: usize, leaves: &mut Vec<String>) {
    for field in known.params_of(kind).iter().filter(|field| matches!(field.required, Required::Always(true))) {
        let path = join(path, &written(field));
        match known.record(&field.kind) {
            Some(_) if depth > 0 => must_have(known, &field.kind, &path, depth - 1, leaves),
            _ => leaves.push(path),
        }
    }
}

/// The first value of a param that is given and is not empty; empty itself where it is no text.
fn value_of<'l>(level: &'l Level<'_>, wire: &str) -> Option<&'l str> {
    let place = level.schema.iter().position(|param| param.wire == wire)?;
    let slot: &Slot<'_> = level.slots.get(&place)?;
    let given = slot.values().map(|held| match held {
        Held::Value(text, _) => Some(text.as_str()).filter(|text| !text.is_empty()),
        Held::Record(_) | Held::Map(_) => Some(""),
    });
    given.flatten().next()
}

/// Whether a version is earlier than another: by their numbers, part by part.
pub fn is_before(version: &str, other: &str) -> bool {
    let parts = |version: &str| version.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>();
    parts(version).zip(parts(other)).is_some_and(|(version, other)| version < other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(is_before("3.7.9", "3.7.11"));
        assert!(is_before("2.3.1", "3"));
        assert!(!is_before("3.7.11", "3.7.11"));
        assert!(!is_before("current", "3.7.11"));
    }
}
