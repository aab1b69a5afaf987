//! The catalog of an API: its spec as data, as `catalog.json` of its generated crate holds it.

mod types;

pub use types::{Field, Soap, Type};

use crate::apis::Api;
use crate::failure::Failure;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What an API offers.
#[derive(Debug, Deserialize)]
pub struct Catalog {
    /// The documents that sources cite, by key.
    #[serde(default)]
    pub documents: BTreeMap<String, Document>,
    /// Every command, sorted by name.
    pub commands: Vec<Command>,
    /// What replies and params are made of, by name.
    #[serde(default)]
    pub types: BTreeMap<String, Type>,
    /// Where a page is overruled that tells of more than one command.
    #[serde(default)]
    pub errata: Vec<Erratum>,
    /// What all requests have in common, where the API speaks SOAP.
    pub soap: Option<Soap>,
}

/// A document that sources cite.
#[derive(Debug, Deserialize)]
pub struct Document {
    /// How it is called in prose.
    pub title: String,
}

/// A command.
#[derive(Debug, Deserialize)]
pub struct Command {
    /// Name on the wire.
    pub name: String,
    /// The family that it belongs to.
    pub family: String,
    /// One sentence.
    pub doc: String,
    /// What it does to the account.
    pub effect: String,
    /// Params that change the effect, and to what.
    #[serde(default)]
    pub effect_when: Map<String, Value>,
    /// Why it has this effect.
    pub why: Option<String>,
    /// A caution.
    pub note: Option<String>,
    /// How well it is known.
    pub status: String,
    /// What it answers in.
    pub formats: Vec<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
    /// What takes its place.
    pub successor: Option<String>,
    /// Stands outside the rate limit.
    #[serde(default)]
    pub exempt: bool,
    /// The command that tells beforehand what it costs.
    pub price: Option<String>,
    /// The commands that tell, when its answer was lost, whether it was carried out.
    #[serde(default)]
    pub reconcile: Vec<String>,
    /// For reseller accounts only.
    #[serde(default)]
    pub reseller: bool,
    /// No source tells params and reply.
    #[serde(default)]
    pub open: bool,
    /// The first version of the API that is known to have it.
    pub since: Option<String>,
    /// Needs no session.
    #[serde(default)]
    pub sessionless: bool,
    /// Params, those of groups and choices included.
    #[serde(default)]
    pub params: Vec<Param>,
    /// What the reply holds.
    #[serde(default)]
    pub reply_fields: Vec<Field>,
    /// Every name of the reply, in any format.
    #[serde(default)]
    pub reply_tags: Vec<String>,
    /// Where a page is overruled.
    #[serde(default)]
    pub errata: Vec<Erratum>,
    /// Citations.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A param as it is sent.
#[derive(Debug, Clone, Deserialize)]
pub struct Param {
    /// Name on the wire, without an index.
    pub wire: String,
    /// Name in Rust.
    pub name: String,
    /// What it holds: a scalar of the spec, `choice`, or the name of an enum.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it must be given.
    pub required: Required,
    /// A list: each value has its number behind the name, in brackets.
    #[serde(default)]
    pub many: bool,
    /// The first version of the API that is known to have it.
    pub since: Option<String>,
    /// First and last index.
    pub indexed: Option<(u32, u32)>,
    /// What parts the values of a list in one value.
    pub separator: Option<String>,
    /// Values that can be given at most.
    pub max: Option<u32>,
    /// Values that it takes.
    #[serde(default)]
    pub values: Vec<String>,
    /// Whether it takes others too.
    #[serde(default)]
    pub open: bool,
    /// Bounds of a number.
    pub range: Option<(i64, i64)>,
    /// How a date is written, for people.
    pub date: Option<String>,
    /// How a date is written, in strftime notation.
    pub strftime: Option<String>,
    /// The two words of a flag.
    #[serde(rename = "as")]
    pub words: Option<String>,
    /// Never printed.
    #[serde(default)]
    pub secret: bool,
    /// Not on the pages.
    #[serde(default)]
    pub newer: bool,
    /// A value for examples.
    pub example: Option<String>,
    /// The list of records, or the choice, that it is a part of.
    pub group: Option<String>,
    /// The value of a choice that it goes with.
    pub when: Option<Condition>,
    /// The value of another param that makes it required.
    pub required_when: Option<Condition>,
    /// One sentence.
    #[serde(default)]
    pub doc: String,
}

/// Whether a param must be given.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Required {
    /// Always, or never.
    Always(bool),
    /// Under a condition, in words.
    When(String),
}

/// That another param has one of some values, or is sent, or is not.
#[derive(Debug, Clone, Deserialize)]
pub struct Condition {
    /// The other param's name on the wire.
    pub param: String,
    /// The values.
    #[serde(default)]
    pub is: Vec<String>,
    /// Whether it is to be sent; only where no values are told.
    pub sent: Option<bool>,
}

/// A place where a page is overruled.
#[derive(Debug, Deserialize)]
pub struct Erratum {
    /// Its id.
    pub id: String,
    /// What it corrects, by its path in the spec.
    pub target: String,
    /// What the page says.
    #[serde(default)]
    pub says: Vec<Reading>,
    /// What the spec holds.
    pub follows: String,
    /// Why.
    pub why: String,
}

/// A reading of a page.
#[derive(Debug, Deserialize)]
pub struct Reading {
    /// The page's words.
    pub text: String,
    /// Where they stand.
    #[serde(default)]
    pub at: Vec<String>,
}

impl Catalog {
    /// The catalog of `api`.
    pub fn of(api: &Api) -> Result<Self, Failure> {
        serde_json::from_str(api.catalog).map_err(|error| broken(api.info.name, &error))
    }

    /// The command called `name`.
    pub fn command(&self, api: &Api, name: &str) -> Result<&Command, Failure> {
        api.command(name)?;
        let known = self.commands.iter().find(|command| command.name == name);
        known.ok_or_else(|| broken(api.info.name, &format!("it lacks `{name}`")))
    }
}

/// The entry of the command called `name` as it stands in the catalog of `api`, keys that are not read here included.
pub fn entry(api: &Api, name: &str) -> Result<Value, Failure> {
    api.command(name)?;
    let mut catalog: Value = serde_json::from_str(api.catalog).map_err(|error| broken(api.info.name, &error))?;
    let entries = catalog.get_mut("commands").and_then(Value::as_array_mut);
    let is_it = |entry: &&mut Value| entry.get("name").and_then(Value::as_str) == Some(name);
    let entry = entries.and_then(|entries| entries.iter_mut().find(is_it)).map(Value::take);
    entry.ok_or_else(|| broken(api.info.name, &format!("it lacks `{name}`")))
}

impl Command {
    /// The param called `wire` on the wire, without an index.
    pub fn param(&self, wire: &str) -> Option<&Param> {
        self.params.iter().find(|param| param.wire == wire)
    }
}

impl Param {
    /// The name on the wire at `index`.
    pub fn numbered(&self, index: Option<u32>) -> String {
        index.map_or_else(|| self.wire.clone(), |index| format!("{}{index}", self.wire))
    }

    /// Whether its value must never be printed.
    pub fn is_secret(&self) -> bool {
        self.secret || self.kind == "secret"
    }

    /// Whether each of its values stands under a name of its own in an item of a group.
    pub fn is_item(&self) -> bool {
        self.group.is_some() && self.indexed.is_some()
    }
}

fn broken(api: &str, why: &dyn std::fmt::Display) -> Failure {
    Failure::internal(format_args!("the built-in catalog of {api} cannot be read: {why}; build the program anew"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_every_api_can_be_read() {
        for api in crate::apis::find_or_all(None).unwrap() {
            let catalog = Catalog::of(api).unwrap();
            let names: Vec<&str> = catalog.commands.iter().map(|command| command.name.as_str()).collect();
            let registry: Vec<&str> = api.commands.iter().map(|entry| entry.info.name).collect();
            assert_eq!(names, registry);
        }
    }
}
