//! What the documentation of generated things says, besides the spec's own sentences.

use super::names::command_type;
use crate::model::{
    Api, Command, Effect, Field, FlagStyle, Format, ListStyle, Param, ParamKind, ParamScalar, Path, Required, Source,
    Status,
};
use std::collections::BTreeSet;

/// The documentation of a request type, without its example.
pub fn command(api: &Api, command: &Command) -> String {
    let mut facts = Vec::new();
    if command_type(command) != command.name {
        facts.push(format!("Wire name: `{}`.", command.name));
    }
    let formats: Vec<String> = command.formats.iter().map(|format| format.name().to_uppercase()).collect();
    if api.soap.is_none() {
        facts.push(format!("Answers in {}.", and(&formats)));
    }
    if let Some(since) = &command.since {
        facts.push(format!("Since version {since}."));
    }
    facts.push(effect(command));
    facts.extend(command.why.clone());
    if command.exempt {
        facts.push("Stands outside the account's rate limit.".to_owned());
    }
    if let Some(price) = &command.price {
        facts.push(format!("What it costs is told beforehand by `{price}`."));
    }
    if !command.reconcile.is_empty() {
        let asked: Vec<String> = command.reconcile.iter().map(|name| format!("`{name}`")).collect();
        let verb = if asked.len() > 1 { "tell" } else { "tells" };
        facts.push(format!("When its answer was lost, {} {verb} whether it was carried out.", and(&asked)));
    }
    if command.reseller {
        facts.push("For reseller accounts only.".to_owned());
    }
    let mut text = format!("{}\n\n{}", command.doc, facts.join(" "));
    for paragraph in [command.note.clone(), standing(command), documented(api, &command.sources)].into_iter().flatten()
    {
        text.push_str("\n\n");
        text.push_str(&paragraph);
    }
    text
}

/// What a command does, and which params change that.
fn effect(command: &Command) -> String {
    let mut text = format!("Effect: {}", words(command.effect));
    for (param, effect) in &command.effect_when {
        text.push_str(&format!("; {} with `{param}`", words(*effect)));
    }
    text.push('.');
    text
}

fn words(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::IdempotentWrite => "idempotent write",
        Effect::Write => "write",
        Effect::Spend => "spend",
    }
}

/// How well a command is known, where the pages do not describe it.
fn standing(command: &Command) -> Option<String> {
    let known = match command.status {
        Status::Documented => return None,
        Status::Newer => "Newer than the documentation pages.",
        Status::ListedOnly => "The documentation pages list it without describing it.",
        Status::Unverified => "No source tells how it answers.",
    };
    let open = if command.open { " It takes any params, and its reply is given as it comes." } else { "" };
    Some(format!("{known}{open}"))
}

/// Where the documentation says so: `Documented in a.txt, line 48, and b.txt, lines 30 and 52.`
pub fn documented(api: &Api, sources: &[Source]) -> Option<String> {
    let mut documents: Vec<&str> = sources.iter().map(|source| source.document.as_str()).collect();
    let mut seen = BTreeSet::new();
    documents.retain(|document| seen.insert(*document));
    let places: Vec<String> = documents
        .into_iter()
        .map(|key| {
            let places = sources.iter().filter(|source| source.document == key).map(|source| source.place.as_str());
            let (lines, headings): (Vec<&str>, Vec<&str>) =
                places.partition(|place| place.bytes().all(|byte| byte.is_ascii_digit()));
            let word = if lines.len() > 1 { "lines" } else { "line" };
            let lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
            let lines = (!lines.is_empty()).then(|| format!("{word} {}", and(&lines)));
            let headings = headings.into_iter().map(|heading| format!("\"{heading}\""));
            let parts: Vec<String> = lines.into_iter().chain(headings).collect();
            let file = api.sources.get(key).map_or(key, |document| &document.file);
            format!("{file}, {}", and(&parts))
        })
        .collect();
    match &*places {
        [] => None,
        [one] => Some(format!("Documented in {one}.")),
        [start @ .., last] => Some(format!("Documented in {}, and {last}.", start.join(", "))),
    }
}

/// The documentation of a param: meaning, bounds, the wire's spelling.
pub fn param(param: &Param) -> String {
    let mut text = param.doc.clone();
    let mut add = |sentence: &str| {
        text.push(' ');
        text.push_str(sentence);
    };
    if let Some((min, max)) = param.range {
        add(&format!("From {min} to {max}."));
    }
    if !param.values.is_empty() {
        let values: Vec<String> = param.values.iter().map(|value| format!("`{value}`")).collect();
        add(&format!("One of {}{}.", values.join(", "), if param.open { ", or another" } else { "" }));
    }
    if let Required::When { text: condition, .. } = &param.required {
        add(&format!("Required when {condition}."));
    }
    if param.newer {
        add("Newer than the documentation pages.");
    }
    if let Some(since) = &param.since {
        add(&format!("Since version {since}."));
    }
    if let Some(wire) = sent_as(param) {
        add(&wire);
    }
    text
}

/// How a param is sent, where its name does not say so.
fn sent_as(param: &Param) -> Option<String> {
    let wire = &param.wire;
    let name = match &param.list {
        _ if wire.is_empty() => return None,
        Some(ListStyle::Indexed { from, to }) => format!("Sent as `{wire}{from}` to `{wire}{to}`."),
        Some(ListStyle::Repeated) if *wire == param.name => return None,
        Some(ListStyle::Repeated) => format!("Sent as `{wire}`."),
        Some(ListStyle::Separated { separator, max }) => {
            let most = max.map_or(String::new(), |max| format!(", at most {max}"));
            format!("Sent as `{wire}`, with `{separator}` between the values{most}.")
        }
        None => {
            let spelling = match (&param.kind, &param.date) {
                (ParamKind::Scalar(ParamScalar::Date), Some((_, pattern))) => format!(", written `{pattern}`"),
                (ParamKind::Scalar(ParamScalar::Flag), _) if param.flag != FlagStyle::YesNo => {
                    format!(", written `{}`", flag(param.flag))
                }
                _ if *wire == param.name => return None,
                _ => String::new(),
            };
            format!("Sent as `{wire}`{spelling}.")
        }
    };
    Some(name)
}

/// A flag's spelling as in the spec.
pub fn flag(style: FlagStyle) -> &'static str {
    match style {
        FlagStyle::YesNo => "yes/no",
        FlagStyle::YesNoCapital => "Yes/No",
        FlagStyle::TrueFalse => "true/false",
        FlagStyle::OnOff => "on/off",
        FlagStyle::EnableDisable => "enable/disable",
        FlagStyle::LockedUnlocked => "locked/unlocked",
        FlagStyle::OneZero => "1/0",
        FlagStyle::YesNoLetter => "Y/N",
    }
}

/// The documentation of a field: meaning, and where it stands on the wire.
pub fn field(field: &Field, csv: bool) -> String {
    let doc = match &field.since {
        Some(since) => format!("{} Since version {since}.", field.doc),
        None => field.doc.clone(),
    };
    let show = |path: &Option<Path>| path.as_ref().map(|path| path.names.join("/"));
    let column = field.csv.clone().filter(|_| csv);
    let places = [(Format::Xml, show(&field.xml)), (Format::Json, show(&field.json)), (Format::Csv, column)];
    let known: Vec<(Format, String)> =
        places.into_iter().filter_map(|(format, place)| place.map(|place| (format, place))).collect();
    let formats = if csv { 3 } else { 2 };
    let Some((_, first)) = known.first() else { return doc };
    if known.len() == formats && known.iter().all(|(_, place)| place == first) {
        return if *first == field.name { doc } else { format!("{doc} On the wire `{first}`.") };
    }
    let places: Vec<String> =
        known.iter().map(|(format, place)| format!("`{place}` in {}", format.name().to_uppercase())).collect();
    format!("{doc} On the wire {}.", and(&places))
}

/// `a`, `b` and `c`.
fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}
