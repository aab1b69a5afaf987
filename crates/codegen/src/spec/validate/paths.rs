//! Checks that no two fields of a reply or a record stand at the same place, or one below another.

use super::{Check, to};
use crate::model::{Command, Envelope, Field, FieldKind, Path};
use std::collections::BTreeMap;

/// What stands at a path.
struct Owner<'a> {
    /// How messages call it.
    what: String,
    /// The field; empty for a part of the head.
    field: &'a str,
    /// Whether it is a record, in which other things can stand.
    record: bool,
}

/// Paths and what stands there.
type Taken<'a> = BTreeMap<Vec<String>, Owner<'a>>;

/// Checks a record's fields.
pub fn record(check: &mut Check<'_>, path: &[&str], fields: &[Field]) {
    format(check, path, fields, "xml", |field| field.xml.as_ref(), Taken::new());
    format(check, path, fields, "json", |field| field.json.as_ref(), Taken::new());
}

/// Checks a reply's fields, the head included.
pub fn reply(check: &mut Check<'_>, path: &[&str], command: &Command) {
    let path = to(&to(path, "reply"), "fields");
    let fields = &command.reply.fields;
    // SOAP tells of errors in faults, so that an element may well be called so.
    let error = if check.api.soap.is_some() { "" } else { "Error" };
    format(check, &path, fields, "xml", |field| field.xml.as_ref(), head(&command.reply.xml, error));
    format(check, &path, fields, "json", |field| field.json.as_ref(), head(&command.reply.json, error));
}

fn head(envelope: &Envelope, error: &str) -> Taken<'static> {
    let mut taken = Taken::new();
    for (name, what) in [(envelope.code.as_str(), "code"), (&envelope.status, "status"), (error, "error")] {
        if name.is_empty() {
            continue;
        }
        let level = Some(&envelope.header).filter(|level| !level.is_empty());
        let path = level.into_iter().map(String::as_str).chain([name]).map(str::to_owned).collect();
        taken.insert(path, Owner { what: format!("the {what} of the head"), field: "", record: false });
    }
    taken
}

fn format<'a>(
    check: &mut Check<'_>,
    path: &[&str],
    fields: &'a [Field],
    format: &str,
    place: impl Fn(&'a Field) -> Option<&'a Path>,
    mut taken: Taken<'a>,
) {
    let shown = format.to_uppercase();
    for field in fields {
        let Some(own) = place(field) else { continue };
        let path = to(path, &field.name);
        let owner = |what| Owner { what, field: &field.name, record: matches!(field.kind, FieldKind::Record(_)) };
        let place = own.names.join("/");
        if let Some(other) = taken.get(&own.names) {
            let message = format!("field `{}` stands at {place} in {shown}, where {} stands", field.name, other.what);
            check.report(&to(&path, format), message);
            continue;
        }
        taken.insert(own.names.clone(), owner(format!("field `{}`", field.name)));
        let levels = own.names.split_last().map(|(_, levels)| levels).unwrap_or_default();
        for alias in &field.aliases {
            let names: Vec<String> = levels.iter().chain([alias]).cloned().collect();
            match taken.get(&names) {
                Some(other) if other.field == field.name => {}
                Some(other) => {
                    let message = format!(
                        "the alias `{alias}` of field `{}` is where {} stands in {shown}",
                        field.name, other.what
                    );
                    check.report(&to(&path, "aliases"), message);
                }
                None => {
                    taken.insert(names, owner(format!("field `{}`, by its alias,", field.name)));
                }
            }
        }
    }
    for field in fields {
        let Some(own) = place(field) else { continue };
        let above = (1..own.names.len()).find_map(|length| taken.get(&own.names[..length]));
        if let Some(other) = above {
            let hint = if other.record { "put it into the record" } else { "a text has nothing below it" };
            let place = own.names.join("/");
            let message = format!("field `{}` stands at {place} in {shown}, below {}; {hint}", field.name, other.what);
            check.report(&to(&to(path, &field.name), format), message);
        }
    }
}
