//! Checks params: which keys make sense together, and whether conditions and examples hold.

use super::{Check, Path, to};
use crate::model::{Api, ListStyle, Param, ParamKind, ParamScalar, Required, TypeKind};
use crate::spec::problems::{allowed, any_of};
use crate::spec::words::{self, PARAM_SCALARS};

/// Where a param is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In a command.
    Command,
    /// In a group, whose items have the index.
    Group,
    /// In a variant of a choice.
    Variant,
}

/// Keys that only scalars, or scalars and enums, take.
const SCALAR_KEYS: [&str; 7] = ["wire", "values", "open", "range", "date", "as", "secret"];

/// Checks params that stand together.
pub fn list(check: &mut Check<'_>, path: &Path<'_>, params: &[Param], scope: Scope) {
    for param in params {
        let path = to(path, &param.name);
        if check.is_resolved(&path, kind_name(&param.kind)) {
            kind(check, &path, param, scope);
            if let ParamKind::Scalar(scalar) = param.kind {
                self::scalar(check, &path, param, scalar);
            }
            example(check, &path, param);
        }
        lists(check, &path, param);
        condition(check, &path, param, params);
        let newer = param.newer && param.sources.is_empty();
        if newer {
            check.report(
                &to(&path, "newer"),
                format!("param `{}` is newer than the pages; cite its source in `sources`", param.name),
            );
        }
    }
}

fn kind_name(kind: &ParamKind) -> &str {
    match kind {
        ParamKind::Scalar(scalar) => words::word(PARAM_SCALARS, scalar),
        ParamKind::Enum(name) | ParamKind::Record(name) | ParamKind::Group(name) | ParamKind::Choice(name) => name,
    }
}

fn kind(check: &mut Check<'_>, path: &Path<'_>, param: &Param, scope: Scope) {
    let place = to(path, "type");
    match (&param.kind, scope) {
        (ParamKind::Group(_) | ParamKind::Choice(_), Scope::Group) => {
            check.report(
                &place,
                format!(
                    "param `{}` of a group cannot be a group or a choice itself; give it a scalar or an enum",
                    param.name
                ),
            );
        }
        (ParamKind::Choice(_), Scope::Variant) => {
            check.report(
                &place,
                format!("param `{}` of a variant cannot be a choice itself; make the choices one", param.name),
            );
        }
        (ParamKind::Group(name), _) => {
            check.forbid(path, &SCALAR_KEYS, "a group's own params say it");
            check.forbid(path, &["separator", "max", "example"], "a group is sent with an index");
            if !matches!(param.list, Some(ListStyle::Indexed { .. })) {
                check.report(&place, format!("group `{name}` is sent with an index; say which, as indexed = [0, 9]"));
            }
        }
        (ParamKind::Choice(_), _) => {
            check.forbid(path, &SCALAR_KEYS, "a choice's own params say it");
            check.forbid(path, &["indexed", "separator", "max", "example"], "a choice is made once");
        }
        (ParamKind::Record(name), _) => {
            let why = format!("record `{name}` says it of its own fields");
            check.forbid(
                path,
                &["values", "open", "range", "date", "as", "secret", "example", "indexed", "separator"],
                &why,
            );
        }
        (ParamKind::Enum(name), _) => {
            let why = format!("enum `{name}` says which values there are");
            check.forbid(path, &["values", "open", "range", "date", "as"], &why);
        }
        (ParamKind::Scalar(_), _) => {}
    }
    if scope == Scope::Group {
        check.forbid(path, &["indexed"], "the index is that of the group");
    }
}

fn lists(check: &mut Check<'_>, path: &Path<'_>, param: &Param) {
    let Some(node) = check.node(path) else { return };
    if node.flag("many") && (node.says("indexed") || node.says("separator")) {
        let message = format!("param `{}` is sent as repeated elements or in one of other ways; keep one", param.name);
        check.report(&to(path, "many"), message);
    }
    if node.flag("many") && check.api.soap.is_none() {
        check.report(&to(path, "many"), "only SOAP repeats elements; a query has `indexed` and `separator`");
    }
    if node.says("indexed") && node.says("separator") {
        let message = format!("param `{}` is sent either with an index or with a separator; keep one", param.name);
        check.report(&to(path, "separator"), message);
    }
    if !node.says("separator") {
        let why = match param.list {
            Some(_) => "the index is the limit",
            None => "it limits a list in one value, which takes a `separator`",
        };
        check.forbid(path, &["max"], why);
    }
    if let Some(ListStyle::Indexed { from, to: last }) = param.list
        && from > last
    {
        let message = format!("the first index {from} is greater than the last, {last}; write [{last}, {from}]");
        check.report(&to(path, "indexed"), message);
    }
}

fn scalar(check: &mut Check<'_>, path: &Path<'_>, param: &Param, scalar: ParamScalar) {
    use ParamScalar as S;
    let name = words::word(PARAM_SCALARS, &scalar);
    let text_like = matches!(scalar, S::Text | S::Domain | S::Ip | S::Currency | S::Url | S::Email | S::Id);
    if !text_like {
        check.forbid(path, &["values", "open"], &format!("only text has listed values, and this is of type `{name}`"));
    } else if param.open && param.values.is_empty() {
        check.report(
            &to(path, "open"),
            format!("param `{}` takes any value as it is; leave `open` out or list `values`", param.name),
        );
    }
    if !matches!(scalar, S::Int | S::Long | S::Decimal) {
        check.forbid(path, &["range"], &format!("only numbers have bounds, and this is of type `{name}`"));
    } else if let Some((from, last)) = param.range
        && from > last
    {
        check.report(
            &to(path, "range"),
            format!("the lower bound {from} is greater than the upper, {last}; write [{last}, {from}]"),
        );
    }
    if scalar == S::Date {
        date(check, path, param);
    } else {
        check.forbid(path, &["date"], &format!("only dates have a pattern, and this is of type `{name}`"));
    }
    if scalar != S::Flag {
        check.forbid(path, &["as"], &format!("only flags are spelt, and this is of type `{name}`"));
    }
    if scalar == S::One {
        check.forbid(path, &["required", "indexed", "separator", "example"], "it is sent as 1 or not at all");
    }
    if let Some(ListStyle::Separated { separator, .. }) = &param.list
        && let Some(value) = param.values.iter().find(|value| value.contains(separator.as_str()))
    {
        check.report(&to(path, "values"), format!("the value `{value}` holds the separator `{separator}`"));
    }
    for (later, _) in super::combine::repeated(&param.values) {
        check.report(&to(path, "values"), format!("the value `{}` is listed twice; keep one", param.values[later]));
    }
}

fn date(check: &mut Check<'_>, path: &Path<'_>, param: &Param) {
    let Some(node) = check.node(path) else { return };
    match node.text("date") {
        None => {
            let message = format!(
                "param `{}` is a date without a pattern; say how it is written, as date = \"yyyy-MM-dd\"",
                param.name
            );
            check.report(&to(path, "type"), message);
        }
        Some(pattern) if param.date.is_none() => {
            let message =
                format!("`{pattern}` is no date pattern; write it with yyyy, MM, dd, HH, mm and ss, as `yyyy-MM-dd`");
            check.report(&to(path, "date"), message);
        }
        Some(_) => {}
    }
}

/// The values that a param can have, where they are a closed list.
fn values<'a>(api: &'a Api, param: &'a Param) -> Option<Vec<&'a str>> {
    match &param.kind {
        ParamKind::Enum(name) => match &api.types.get(name)?.kind {
            TypeKind::Enum(values) => Some(values.iter().map(|value| value.wire.as_str()).collect()),
            _ => None,
        },
        ParamKind::Scalar(ParamScalar::One) => Some(vec!["1"]),
        ParamKind::Scalar(ParamScalar::Flag) => {
            words::word(words::PARAM_FLAGS, &param.flag).split('/').map(Some).collect()
        }
        ParamKind::Scalar(_) if param.values.is_empty() || param.open => None,
        ParamKind::Scalar(_) => Some(param.values.iter().map(String::as_str).collect()),
        ParamKind::Record(_) | ParamKind::Group(_) | ParamKind::Choice(_) => None,
    }
}

fn condition(check: &mut Check<'_>, path: &Path<'_>, param: &Param, siblings: &[Param]) {
    let Required::When { param: decides, is, sent, .. } = &param.required else { return };
    let here = to(path, "required");
    let place = to(&here, "param");
    match (decides.is_empty(), is.is_empty(), sent.is_none()) {
        (true, true, true) => return,
        (true, false, _) => {
            return check.report(&to(&here, "is"), "`is` names values of a param; say which in `param`");
        }
        (true, true, false) => {
            return check.report(&to(&here, "sent"), "`sent` is about another param; say which in `param`");
        }
        (false, true, true) => {
            return check.report(
                &place,
                "`param` decides by its values or by being sent; say which in `is`, or `sent = true` or `false`",
            );
        }
        (false, false, false) => {
            return check.report(&to(&here, "sent"), "`is` says that the param is sent already; leave `sent` out");
        }
        (false, true, false) | (false, false, true) => {}
    }
    let others = || siblings.iter().filter(|other| other.name != param.name);
    let Some(other) = others().find(|other| other.name == *decides) else {
        let by_wire = others().find(|other| other.wire == *decides);
        let message = match by_wire {
            Some(other) => format!("the condition names `{decides}`, which is a wire name; write `{}`", other.name),
            None if *decides == param.name => format!("param `{decides}` cannot decide over itself"),
            None => format!(
                "no param `{decides}` stands beside `{}`{}",
                param.name,
                allowed(decides, others().map(|other| other.name.as_str()))
            ),
        };
        return check.report(&place, message);
    };
    let is_plain = matches!(other.kind, ParamKind::Scalar(_) | ParamKind::Enum(_));
    let is_single = is_plain && other.list.is_none();
    if !is_single && sent.is_none() {
        return check.report(
            &place,
            format!("param `{decides}` has no single value that could decide; say the condition in `text` alone"),
        );
    }
    let Some(known) = values(check.api, other) else { return };
    for value in is.iter().filter(|value| !known.contains(&value.as_str())) {
        check.report(&to(&here, "is"), format!("param `{decides}` is never `{value}`{}", allowed(value, known.iter())));
    }
}

fn example(check: &mut Check<'_>, path: &Path<'_>, param: &Param) {
    let Some(example) = param.example.as_deref() else { return };
    let wanted = match &param.kind {
        ParamKind::Scalar(ParamScalar::Int) => match example.parse::<u32>() {
            Err(_) => Some("a whole number".to_owned()),
            Ok(number) => outside(param, i64::from(number)),
        },
        ParamKind::Scalar(ParamScalar::Decimal) => {
            let digits = example.trim_start_matches('-').replacen('.', "", 1);
            (digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| "a number".to_owned())
        }
        _ => values(check.api, param).filter(|known| !known.contains(&example)).map(|known| any_of(&known)),
    };
    if let Some(wanted) = wanted {
        check
            .report(&to(path, "example"), format!("the example `{example}` of param `{}` is not {wanted}", param.name));
    }
}

fn outside(param: &Param, number: i64) -> Option<String> {
    let (from, to) = param.range.filter(|(from, to)| from <= to)?;
    (!(from..=to).contains(&number)).then(|| format!("from {from} to {to}"))
}
