//! Checks that no two fields of a reply or a record stand at the same place, or one below another.

use super::{Check, to};
use crate::model::{Command, Envelope, Field, FieldKind, Path};
use std::collections::BTreeMap;

/// What stands at a path: how messages call it, and whether only texts stand below.
struct Owner {
    name: String,
    record: bool,
}

/// Paths and what stands there.
type Taken = BTreeMap<Vec<String>, Owner>;

/// Checks a record's fields.
pub fn record(check: &mut Check<'_>, path: &[&str], fields: &[Field]) {
    format(check, path, fields, "xml", |field| field.xml.as_ref(), Taken::new());
    format(check, path, fields, "json", |field| field.json.as_ref(), Taken::new());
}

/// Checks a reply's fields, the head included.
pub fn reply(check: &mut Check<'_>, path: &[&str], command: &Command) {
    let path = to(&to(path, "reply"), "fields");
    let fields = &command.reply.fields;
    format(check, &path, fields, "xml", |field| field.xml.as_ref(), head(&command.reply.xml));
    format(check, &path, fields, "json", |field| field.json.as_ref(), head(&command.reply.json));
}

fn head(envelope: &Envelope) -> Taken {
    let mut taken = Taken::new();
    for (name, what) in [(envelope.code.as_str(), "code"), (&envelope.status, "status"), ("Error", "error")] {
        if name.is_empty() {
            continue;
        }
        let level = Some(&envelope.header).filter(|level| !level.is_empty());
        let path = level.into_iter().map(String::as_str).chain([name]).map(str::to_owned).collect();
        taken.insert(path, Owner { name: format!("the {what} of the head"), record: false });
    }
    taken
}

fn format<'a>(
    check: &mut Check<'_>,
    path: &[&str],
    fields: &'a [Field],
    format: &str,
    place: impl Fn(&'a Field) -> Option<&'a Path>,
    mut taken: Taken,
) {
    for field in fields {
        let Some(own) = place(field) else { continue };
        let here = to(&to(path, &field.name), format);
        if let Some(other) = taken.get(&own.names) {
            let message = format!(
                "field `{}` stands at {} in {}, where {} stands",
                field.name,
                own.names.join("/"),
                format.to_uppercase(),
                other.name
            );
            check.report(&here, message);
            continue;
        }
        let owner = || Owner { name: format!("field `{}`", field.name), record: matches!(field.kind, FieldKind::Record(_)) };
        taken.insert(own.names.clone(), owner());
        let Some((_, levels)) = own.names.split_last() else { continue };
        for alias in &field.aliases {
            let names: Vec<String> = levels.iter().chain([alias]).cloned().collect();
            match taken.get(&names) {
                Some(other) if other.name != owner().name => {
                    let message = format!("the alias `{alias}` of field `{}` is where {} stands in {}", field.name, other.name, format.to_uppercase());
                    check.report(&to(&to(path, &field.name), "aliases"), message);
                }
                _ => {
                    taken.insert(names, owner());
                }
            }
        }
    }
    for field in fields {
        let Some(own) = place(field) else { continue };
        let above = (1..own.names.len()).find_map(|length| taken.get(&own.names[..length]));
        if let Some(other) = above {
            let hint = if other.record { "put it into the record" } else { "a text has nothing below it" };
            let message = format!(
                "field `{}` stands at {} in {}, below {}; {hint}",
                field.name,
                own.names.join("/"),
                format.to_uppercase(),
                other.name
            );
            check.report(&to(&to(path, &field.name), format), message);
        }
    }
}
