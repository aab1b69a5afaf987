//! Params and the fields of structures as they are given, each in its place of the schema.

use super::path::{Segment, join};
use crate::catalog::{Catalog, Param};
use crate::nearest::nearest;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The params of a request, or the fields of a structure in one.
#[derive(Debug)]
pub struct Level<'a> {
    /// What leads here; empty for the params themselves.
    pub path: String,
    /// What can stand here, in the order of sending.
    pub schema: Cow<'a, [Param]>,
    /// What is given, by its place in the schema.
    pub slots: BTreeMap<usize, Slot<'a>>,
}

/// What is given for a param: by its number in a list, else under 0.
pub type Slot<'a> = BTreeMap<u32, Held<'a>>;

/// One value, or what stands for one.
#[derive(Debug)]
pub enum Held<'a> {
    /// A text, and whether it goes unchecked.
    Value(String, bool),
    /// A structure.
    Record(Level<'a>),
    /// Names with values.
    Map(Vec<(String, String)>),
}

/// Why a name cannot be taken.
#[derive(Debug)]
pub enum Wrong {
    /// No source tells of it.
    Unknown(String),
    /// It is known, but not written as it must be.
    Miswritten(String),
}

/// A name with its value, as it is given.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'t> {
    /// The whole path.
    pub name: &'t str,
    /// The value.
    pub value: &'t str,
    /// Whether the value goes unchecked.
    pub is_extra: bool,
}

impl<'a> Level<'a> {
    /// Nothing given yet.
    pub fn new(path: String, schema: Cow<'a, [Param]>) -> Self {
        Self { path, schema, slots: BTreeMap::new() }
    }

    /// The path of a param that stands here.
    pub fn path_of(&self, param: &Param) -> String {
        join(&self.path, &param.wire)
    }

    /// The path of an item of a param's list, or of the param when it has only one value.
    pub fn item_of(&self, param: &Param, index: u32) -> String {
        let path = self.path_of(param);
        if is_numbered(param) { format!("{path}[{index}]") } else { path }
    }

    /// Puts a value into its place; `rest` is what of its name is below this level.
    pub fn insert(&mut self, known: &Catalog, pair: Pair<'_>, rest: &str) -> Result<(), Wrong> {
        let Some((segment, below)) = Segment::split(rest) else {
            return Err(Wrong::Miswritten(format!(
                "param `{}` is not written as a name; write fields as `rdata/address` and items as `masters[0]`",
                pair.name
            )));
        };
        let Some(place) = self.schema.iter().position(|param| param.wire == segment.name) else {
            return Err(Wrong::Unknown(self.unknown(pair.name, segment)));
        };
        let schema = self.schema.clone();
        let Some(param) = schema.get(place) else { return Ok(()) };
        let index = self.index(param, segment)?;
        let path = self.item_of(param, index);
        let twice = || Wrong::Miswritten(format!("param `{}` is given twice; leave one out", pair.name));
        let slot = self.slots.entry(place).or_default();
        if param.kind == "map" {
            let key = below.ok_or_else(|| {
                Wrong::Miswritten(format!("param `{path}` has names of its own; write `{path}/NAME=VALUE`"))
            })?;
            let Held::Map(entries) = slot.entry(index).or_insert_with(|| Held::Map(Vec::new())) else { return Ok(()) };
            if entries.iter().any(|(known, _)| known == key) {
                return Err(twice());
            }
            entries.push((key.to_owned(), pair.value.to_owned()));
            return Ok(());
        }
        let fields = known.params_of(&param.kind);
        if let Some(first) = fields.first() {
            let first = format!("{path}/{}", first.wire);
            if below.is_none() && !pair.value.is_empty() {
                return Err(Wrong::Miswritten(format!("param `{path}` is a structure; give its fields, as `{first}`")));
            }
            let new = || Held::Record(Level::new(path, Cow::Owned(fields)));
            let Held::Record(level) = slot.entry(index).or_insert_with(new) else { return Ok(()) };
            return below.map_or(Ok(()), |below| level.insert(known, pair, below));
        }
        if below.is_some() {
            return Err(Wrong::Miswritten(format!("param `{}` cannot be: `{path}` has no fields", pair.name)));
        }
        if slot.contains_key(&index) {
            return Err(twice());
        }
        slot.insert(index, Held::Value(pair.value.to_owned(), pair.is_extra));
        Ok(())
    }

    /// The number of an item; 0 where there is no list.
    fn index(&self, param: &Param, segment: Segment<'_>) -> Result<u32, Wrong> {
        let (path, first) = (self.path_of(param), self.item_of(param, 0));
        match (segment.index, is_numbered(param)) {
            (Some(index), true) => Ok(index),
            (None, false) => Ok(0),
            (Some(index), false) => {
                Err(Wrong::Miswritten(format!("param `{path}[{index}]` is no list; write `{path}`")))
            }
            (None, true) => Err(Wrong::Miswritten(format!("param `{path}` is a list; number from `{first}`"))),
        }
    }

    /// What is said of a name that cannot stand here.
    fn unknown(&self, name: &str, segment: Segment<'_>) -> String {
        let names = || self.schema.iter().map(|param| param.wire.as_str());
        let spelt = |wire: &str| format!("{}{}", join(&self.path, wire), segment.tail);
        if let Some(param) = self.schema.iter().find(|param| param.name == segment.name) {
            return format!("param `{name}` is not known; on the wire it is called `{}`", spelt(&param.wire));
        }
        let hint = match nearest(segment.name, names()) {
            Some(near) => format!("did you mean `{}`?", spelt(near)),
            None if self.schema.is_empty() => "the command takes none.".to_owned(),
            None => {
                let all: Vec<String> = self.schema.iter().map(|param| format!("`{}`", written(param))).collect();
                let who = if self.path.is_empty() { "the command takes" } else { "the structure has" };
                format!("{who} {}.", all.join(", "))
            }
        };
        format!("param `{name}` is not known; {hint} `--extra {name}=...` sends it unchecked")
    }
}

/// Whether the values of a param are numbered.
pub fn is_numbered(param: &Param) -> bool {
    param.many && param.kind != "map"
}

/// A param's name as its first value is written.
pub fn written(param: &Param) -> String {
    match param.kind.as_str() {
        "map" => format!("{}/NAME", param.wire),
        _ if param.many => format!("{}[0]", param.wire),
        _ => param.wire.clone(),
    }
}
