//! Checks fields: which keys make sense together.

use super::{Check, Path, to};
use crate::model::{Field, FieldKind, FieldScalar, Format, JsonAs};
use crate::spec::tree::Node;
use crate::spec::words::{self, FIELD_SCALARS};

/// Keys that only lists have.
const LIST_KEYS: [&str; 5] = ["json_repeat", "numbered", "in_string", "skip_empty", "ignore"];

/// Checks fields that stand together; `formats` are the command's, for a reply.
pub fn list(check: &mut Check<'_>, path: &Path<'_>, fields: &[Field], formats: Option<&[Format]>) {
    for field in fields {
        let path = to(path, &field.name);
        if check.is_resolved(&path, kind_name(&field.kind)) {
            kind(check, &path, field);
        }
        lists(check, &path, field);
        formats_of(check, &path, field, formats);
        paths(check, &path, field, formats.is_some());
    }
}

fn kind_name(kind: &FieldKind) -> &str {
    match kind {
        FieldKind::Scalar(scalar) => words::word(FIELD_SCALARS, scalar),
        FieldKind::Enum(name) | FieldKind::Record(name) => name,
    }
}

fn kind(check: &mut Check<'_>, path: &Path<'_>, field: &Field) {
    let FieldKind::Scalar(scalar) = field.kind else {
        if let FieldKind::Record(name) = &field.kind {
            let why = format!("record `{name}` says it of its own fields");
            check.forbid(path, &["json_as", "none", "as", "in_string", "ignore"], &why);
        } else {
            check.forbid(path, &["as"], "only flags are spelt, and this is an enum");
        }
        return;
    };
    use FieldScalar as S;
    let name = words::word(FIELD_SCALARS, &scalar);
    let flag = matches!(scalar, S::Flag | S::Availability);
    if !flag {
        check.forbid(path, &["as"], &format!("only flags are spelt, and this is of type `{name}`"));
    }
    let numeric =
        !matches!(scalar, S::Domain | S::Ip | S::Email | S::Url | S::Currency | S::Date | S::LocalTime | S::Price);
    let message = match field.json_as {
        JsonAs::Bool if !flag => "bool",
        JsonAs::Number if !numeric => "number",
        _ => return,
    };
    check.report(&to(path, "json_as"), format!("field `{}` of type `{name}` cannot be a JSON {message}", field.name));
}

fn lists(check: &mut Check<'_>, path: &Path<'_>, field: &Field) {
    if !field.many {
        check.forbid(path, &LIST_KEYS, "it is about a list, and `many` is not true");
    }
    for (one, other) in [(field.json_repeat, "json_repeat"), (field.numbered, "numbered")] {
        if field.in_string && one {
            let message = format!("JSON cannot write the list in one string and have `{other}` too; keep one");
            check.report(&to(path, other), message);
        }
    }
}

fn formats_of(check: &mut Check<'_>, path: &Path<'_>, field: &Field, formats: Option<&[Format]>) {
    if field.json.is_none() {
        check.forbid(path, &["json_as", "json_repeat", "in_string"], "JSON does not have the field");
    }
    let has = |format: &Format| match format {
        Format::Xml => field.xml.is_some(),
        Format::Json => field.json.is_some(),
        Format::Csv => field.csv.is_some(),
    };
    let there = formats.unwrap_or(&Format::ALL);
    if !there.is_empty() && !there.iter().any(has) {
        let names: Vec<&str> = there.iter().map(|format| format.name()).collect();
        let message = format!(
            "field `{}` stands in none of its formats, {}; say where, or take it out",
            field.name,
            names.join(", ")
        );
        check.report(path, message);
    }
}

fn paths(check: &mut Check<'_>, path: &Path<'_>, field: &Field, reply: bool) {
    let Some(node) = check.node(path) else { return };
    for key in ["wire", "xml", "json"] {
        let Some(text) = node.text(key).filter(|_| node.says(key)) else { continue };
        let here = to(path, key);
        if text.starts_with('/') && !reply {
            check.report(
                &here,
                format!("`{text}` begins at the root, but a record can stand anywhere; write a path within it"),
            );
        }
        let marks = text.matches("[]").count();
        let message = match (marks, key) {
            (0, _) => continue,
            (_, "wire" | "xml") => "only `json` can hold `[]`",
            _ if !field.many => "`[]` is about a list, and `many` is not true",
            _ if text.ends_with("[]") => "the last name of a list is an array as it is; leave `[]` out",
            (1, _) => continue,
            _ => "only one level besides the last can be an array",
        };
        check.report(&here, format!("`{text}`: {message}"));
    }
    if let Some(column) = node.get("csv").and_then(Node::as_text).filter(|column| column.contains('/')) {
        check.report(&to(path, "csv"), format!("`{column}` is a path, but CSV has columns; write one name"));
    }
    aliases(check, path, field);
}

fn aliases(check: &mut Check<'_>, path: &Path<'_>, field: &Field) {
    let here = to(path, "aliases");
    let last = |path: &Option<crate::model::Path>| path.as_ref().and_then(|path| path.names.last().cloned());
    let own: Vec<String> = [last(&field.xml), last(&field.json), field.csv.clone()].into_iter().flatten().collect();
    for alias in &field.aliases {
        if alias.contains('/') {
            check.report(&here, format!("`{alias}` is a path, but an alias is a last name alone"));
        } else if !own.is_empty() && own.iter().all(|name| name == alias) {
            check.report(
                &here,
                format!("`{alias}` is what field `{}` is called in every format; leave it out", field.name),
            );
        }
    }
    for (later, _) in super::combine::repeated(&field.aliases) {
        check.report(&here, format!("`{}` is listed twice; keep one", field.aliases[later]));
    }
}
