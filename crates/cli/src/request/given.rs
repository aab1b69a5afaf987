//! What is given on the command line: names with values, each with the param that it is.

use crate::apis::Api;
use crate::arguments::Request;
use crate::catalog::{Command, Param};
use crate::nearest::nearest;

/// The params of a request as they are given, in order.
#[derive(Debug, Default)]
pub struct Given<'a> {
    /// Name and value of each.
    pub pairs: Vec<Pair<'a>>,
}

/// A name with its value.
#[derive(Debug)]
pub struct Pair<'a> {
    /// As sent, with the index where there is one.
    pub name: String,
    /// As given, until it is checked.
    pub value: String,
    /// The param that it is.
    pub param: Option<&'a Param>,
    /// Its index.
    pub index: Option<u32>,
    /// Given with `--extra`: not checked.
    pub is_extra: bool,
}

impl<'a> Given<'a> {
    /// Reads the command line; what cannot be a param of the command becomes a problem.
    pub fn read(api: &Api, command: &'a Command, arguments: &Request, problems: &mut Vec<String>) -> Self {
        let mut given = Self::default();
        for (at, (text, is_extra)) in arguments.pairs().enumerate() {
            // A text without a name may be a secret, so it is not quoted.
            let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.is_empty()) else {
                problems.push(nameless(at + 1));
                continue;
            };
            match given.add(api, command, name, value, is_extra) {
                Ok(pair) => given.pairs.push(pair),
                Err(problem) => problems.push(problem),
            }
        }
        given
    }

    fn add(
        &self,
        api: &Api,
        command: &'a Command,
        name: &str,
        value: &str,
        is_extra: bool,
    ) -> Result<Pair<'a>, String> {
        if name == api.info.command_param || api.info.credentials.iter().any(|credential| credential.wire == name) {
            return Err(format!("param `{name}` is put by the program; leave it out"));
        }
        if self.pairs.iter().any(|pair| pair.name == name) {
            return Err(format!("param `{name}` is given twice; leave one out"));
        }
        let (param, index) = match resolve(command, name) {
            Ok((param, index)) => (Some(param), index),
            Err(_) if is_extra || command.open => (None, None),
            Err(problem) => return Err(problem),
        };
        Ok(Pair { name: name.to_owned(), value: value.to_owned(), param, index, is_extra })
    }

    /// The value of a param at an index.
    pub fn value(&self, wire: &str, index: Option<u32>) -> Option<&str> {
        let is_it = |pair: &&Pair<'_>| pair.index == index && pair.param.is_some_and(|param| param.wire == wire);
        self.pairs.iter().find(is_it).map(|pair| pair.value.as_str())
    }
}

/// What is said of the param with this number when it has no name.
pub fn nameless(number: usize) -> String {
    format!("param number {number} is not written as NAME=VALUE; put a name and `=` before the value")
}

/// The param that a name stands for, and its index.
fn resolve<'a>(command: &'a Command, name: &str) -> Result<(&'a Param, Option<u32>), String> {
    if let Some(param) = command.param(name).filter(|param| param.indexed.is_none()) {
        return Ok((param, None));
    }
    let base = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = name.get(base.len()..).unwrap_or_default();
    if let Some((param, (from, to))) = command.param(base).and_then(|param| Some((param, param.indexed?))) {
        let (first, last) = (param.numbered(Some(from)), param.numbered(Some(to)));
        if digits.is_empty() {
            return Err(format!("param `{name}` has an index; write `{first}` to `{last}`"));
        }
        return match digits
            .parse()
            .ok()
            .filter(|index: &u32| (from..=to).contains(index) && index.to_string() == digits)
        {
            Some(index) => Ok((param, Some(index))),
            None => {
                let count = u64::from(to).saturating_sub(u64::from(from)) + 1;
                Err(format!(
                    "param `{name}` is out of bounds: `{first}` to `{last}` are taken, {count} at most; number from {from}, and no more fit in one request"
                ))
            }
        };
    }
    if let Some(param) = command.params.iter().find(|param| param.name == name) {
        let wire = param.numbered(param.indexed.map(|(from, _)| from));
        return Err(format!("param `{name}` is not known; on the wire it is called `{wire}`"));
    }
    let spelt: Vec<String> = command
        .params
        .iter()
        .map(|param| match param.indexed {
            Some((from, _)) if digits.is_empty() => param.numbered(Some(from)),
            Some(_) => format!("{}{digits}", param.wire),
            None => param.wire.clone(),
        })
        .collect();
    let hint = match nearest(name, spelt.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if spelt.is_empty() => "the command takes none.".to_owned(),
        None => format!("the command takes {}.", shown(command)),
    };
    Err(format!("param `{name}` is not known; {hint} `--extra {name}=...` sends it unchecked"))
}

/// The names of all params.
fn shown(command: &Command) -> String {
    let name = |param: &Param| match param.indexed {
        Some((from, to)) => format!("`{}` to `{}`", param.numbered(Some(from)), param.numbered(Some(to))),
        None => format!("`{}`", param.wire),
    };
    command.params.iter().map(name).collect::<Vec<_>>().join(", ")
}
