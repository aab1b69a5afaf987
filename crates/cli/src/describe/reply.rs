//! The fields of a reply as `bindwire decode` prints them, with those of the records in it.

use crate::catalog::{Catalog, Field};
use crate::text::wrap;
use std::collections::BTreeSet;

/// Appends the fields, a paragraph each. A record that stands in several places is told once.
pub fn fields(out: &mut String, catalog: &Catalog, fields: &[Field]) {
    below(out, catalog, fields, 2, &mut BTreeSet::new());
}

fn below<'a>(out: &mut String, catalog: &'a Catalog, fields: &'a [Field], indent: usize, told: &mut BTreeSet<&'a str>) {
    for field in fields {
        let list = if field.many { "list of " } else { "" };
        let record = catalog.types.get(&field.kind).filter(|declared| !declared.fields.is_empty());
        let is_new = record.is_some() && told.insert(&field.kind);
        let again = if record.is_some() && !is_new { ", as above" } else { "" };
        let always = if field.required { "; always there" } else { "" };
        let since = field.since.as_ref().map_or(String::new(), |version| format!("; since {version}"));
        let first = format!("{:indent$}{}  ", "", field.name);
        wrap(
            out,
            &first,
            &" ".repeat(indent + 4),
            &format!("({list}{}{again}{always}{since}) {}", field.kind, field.doc),
        );
        if let Some(record) = record.filter(|_| is_new) {
            below(out, catalog, &record.fields, indent + 4, told);
        }
    }
}
