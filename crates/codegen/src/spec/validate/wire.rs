//! Checks that no two params of a request meet on the wire, once groups, choices and indices are written out.

use super::{Check, Path, to};
use crate::model::{Api, Command, ListStyle, Param, ParamKind, TypeKind};
use std::collections::BTreeMap;

/// A wire name and the param that it comes from.
type Taken<'a> = BTreeMap<String, &'a str>;

/// Checks a command's params.
pub fn command(check: &mut Check<'_>, path: &Path<'_>, command: &Command) {
    let api = check.api;
    let mut taken = common(api);
    for param in &command.params {
        let mut names = Vec::new();
        written_out(api, param, None, &mut names);
        names.sort();
        names.dedup();
        if let Some((name, owner)) = clash(&names, &taken) {
            let other = if owner.is_empty() { "every request has".to_owned() } else { format!("`{owner}` sends too") };
            let message = format!("param `{}` of command `{}` sends `{name}`, which {other}", param.name, command.name);
            check.report(&to(&to(path, "params"), &param.name), message);
        }
        taken.extend(names.into_iter().map(|name| (name, param.name.as_str())));
    }
}

/// Checks the params of a group, or of a variant that `tag` decides on.
pub fn together(check: &mut Check<'_>, path: &Path<'_>, params: &[Param], tag: Option<&str>) {
    let api = check.api;
    let mut taken: Taken<'_> = tag.iter().map(|tag| ((*tag).to_owned(), "")).collect();
    let allowed = |param: &&Param| is_plain(param) || (tag.is_some() && matches!(param.kind, ParamKind::Group(_)));
    for param in params.iter().filter(allowed) {
        let mut names = Vec::new();
        written_out(api, param, None, &mut names);
        if let Some((name, owner)) = clash(&names, &taken) {
            let other = if owner.is_empty() { "is the tag".to_owned() } else { format!("`{owner}` sends too") };
            check.report(&to(path, &param.name), format!("param `{}` sends `{name}`, which {other}", param.name));
        }
        taken.extend(names.into_iter().map(|name| (name, param.name.as_str())));
    }
}

fn clash<'a>(names: &'a [String], taken: &Taken<'a>) -> Option<(&'a str, &'a str)> {
    names.iter().find_map(|name| Some((name.as_str(), *taken.get(name)?)))
}

/// What every request has.
fn common<'a>(api: &Api) -> Taken<'a> {
    if api.soap.is_some() {
        // With sessions, the credentials are params of the command that opens one.
        return api.common.iter().map(|common| (common.wire.clone(), "")).collect();
    }
    let credentials = api.credentials.iter().map(|credential| &credential.wire);
    credentials.chain([&api.command_param]).map(|name| (name.clone(), "")).collect()
}

fn written_out(api: &Api, param: &Param, index: Option<u32>, names: &mut Vec<String>) {
    let indices: Vec<Option<u32>> = match param.list {
        // A range that is turned around, or far too long, is reported elsewhere.
        Some(ListStyle::Indexed { from, to }) => (from..=to).take(10_000).map(Some).collect(),
        _ => vec![index],
    };
    for index in indices {
        match &param.kind {
            ParamKind::Scalar(_) | ParamKind::Enum(_) | ParamKind::Record(_) => names.push(match index {
                Some(index) => format!("{}{index}", param.wire),
                None => param.wire.clone(),
            }),
            ParamKind::Group(name) => {
                if let Some(TypeKind::Group(params)) = api.types.get(name).map(|ty| &ty.kind) {
                    params
                        .iter()
                        .filter(|param| is_plain(param))
                        .for_each(|param| written_out(api, param, index, names));
                }
            }
            ParamKind::Choice(name) => {
                if let Some(TypeKind::Choice { tag, variants }) = api.types.get(name).map(|ty| &ty.kind) {
                    names.push(tag.clone());
                    let params = variants.iter().flat_map(|variant| &variant.params);
                    let params = params.filter(|param| !matches!(param.kind, ParamKind::Choice(_)));
                    params.for_each(|param| written_out(api, param, None, names));
                }
            }
        }
    }
}

fn is_plain(param: &Param) -> bool {
    !matches!(param.kind, ParamKind::Group(_) | ParamKind::Choice(_))
}
