//! Params and fields: each a line of the spec, or a remark where it cannot be one.

use super::super::model::{Builtin, Place, Service, Type, Types};
use super::super::names::{QName, is_unseen, quoted};
use super::super::report::Report;
use super::super::show::reference;
use super::graph::{self, Graph};
use super::meaning::{self, Kind, Many, Meaning};
use super::scalars;
use super::slots::{self, Slot};
use super::text::Sentences;
use super::toml::Inline;
use std::collections::{BTreeMap, BTreeSet};

/// What params and fields are written with.
pub struct Writer<'a> {
    /// The types of the description.
    pub types: &'a Types,
    /// Which records are where.
    pub graph: Graph<'a>,
    /// Whether values are encoded.
    pub encoded: bool,
    /// Records of which nothing can be sent.
    pub hollow: BTreeSet<&'a QName>,
    /// Names of the types that are declared.
    pub names: BTreeMap<&'a QName, String>,
    /// What is told.
    pub report: Report,
    /// Makes documentation.
    pub sentences: Sentences,
    /// Names that were taken for those of secrets.
    pub secrets: BTreeSet<String>,
    /// Types whose encoded values say that they are of another.
    pub mislabelled: BTreeSet<(&'static str, &'static str)>,
    /// Types whose encoded values are never negative in a param.
    pub unsigned: BTreeSet<&'static str>,
}

/// Where a slot stands.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// The record; nothing for a request or a reply itself.
    pub record: Option<&'a QName>,
    /// Whether it is sent.
    pub requested: bool,
    /// How remarks call it.
    pub called: &'a str,
}

/// Words of names whose values must not be printed, and pairs of words.
const SECRET_WORDS: [&str; 7] = ["passphrase", "passwd", "password", "pwd", "secret", "token", "idsession"];
const SECRET_PAIRS: [(&str, &str); 6] =
    [("api", "key"), ("auth", "code"), ("id", "session"), ("private", "key"), ("session", "id"), ("session", "key")];

impl<'a> Writer<'a> {
    /// A writer for what stands in these requests and replies.
    ///
    /// # Errors
    /// A type in which records stand within each other without reasonable end.
    pub fn new(
        service: &'a Service,
        encoded: bool,
        requests: &[Slot<'a>],
        replies: &[Slot<'a>],
        report: Report,
    ) -> Result<Self, &'a Type> {
        let types = &service.types;
        let graph = Graph::new(types, requests, replies)?;
        let mut writer = Self {
            types,
            graph,
            encoded,
            hollow: BTreeSet::new(),
            names: BTreeMap::new(),
            report,
            sentences: Sentences::default(),
            secrets: BTreeSet::new(),
            mislabelled: BTreeSet::new(),
            unsigned: BTreeSet::new(),
        };
        let requested: Vec<&Type> = writer.graph.requested.iter().filter_map(|name| types.get(name)).collect();
        for ty in requested {
            if writer.sent(ty).is_empty() {
                writer.hollow.insert(&ty.name);
            }
        }
        Ok(writer)
    }

    /// The slots of a record.
    pub fn slots(ty: &'a Type) -> Vec<Slot<'a>> {
        graph::complex(ty).map(|complex| slots::of_type(complex).0).unwrap_or_default()
    }

    /// What of a record can be sent.
    fn sent(&self, ty: &'a Type) -> Vec<Slot<'a>> {
        let owner = Owner { record: Some(&ty.name), requested: true, called: "" };
        Self::slots(ty).into_iter().filter(|slot| self.keeps(slot, owner).is_ok()).collect()
    }

    /// What of a record is in the spec.
    pub fn kept(&self, ty: &'a Type) -> Vec<Slot<'a>> {
        if self.graph.requested.contains(&ty.name) { self.sent(ty) } else { Self::slots(ty) }
    }

    /// What a slot is; why it is left out, where a request cannot have it.
    pub fn keeps(&self, slot: &Slot<'a>, owner: Owner<'_>) -> Result<Meaning<'a>, &'static str> {
        let mut meaning = meaning::of(self.types, slot);
        let is_cut = owner.record.is_some_and(|record| self.graph.cut.contains(&(record, slot.name)));
        if owner.requested {
            match meaning.kind {
                _ if slot.attribute => return Err("a request has no attributes"),
                Kind::Record(_) if is_cut => return Err("it leads back to a type that it stands in"),
                Kind::Map if !self.encoded => return Err("a map is encoded, and the request is not"),
                Kind::Map if meaning.is_many() => return Err("a request has no lists of maps"),
                Kind::Array if meaning.is_many() => return Err("a request has no arrays of arrays"),
                _ => {}
            }
        }
        if let Kind::Record(ty) = meaning.kind
            && (is_cut || self.hollow.contains(&ty.name))
        {
            meaning.kind = Kind::Any;
        }
        Ok(meaning)
    }

    /// A param as it stands in the spec; nothing where it is only told of.
    pub fn param(&mut self, slot: &Slot<'a>, name: &str, called: &str) -> Option<String> {
        let owner = Owner { record: None, requested: true, called };
        let meaning = self.meaning(slot, owner)?;
        let mut line = Inline::default();
        if name != slot.name {
            line = line.text("wire", slot.name);
        }
        let many = meaning.is_many() || matches!(meaning.kind, Kind::Array);
        line = match meaning.kind {
            Kind::Scalar(builtin, simple) => self.param_scalar(line, slot, builtin, simple),
            Kind::Enum(ty) | Kind::Record(ty) => line.text("type", self.named(ty)),
            Kind::Map => line.text("type", "map"),
            Kind::Any | Kind::Array => line.text("type", "text"),
        };
        if !slot.is_optional() && slot.nillable {
            self.tell(slot, owner, "`xsi:nil` is not sent; it must have a value");
        }
        let doc = self.doc(slot, owner);
        Some(line.flag("many", many).flag("required", !slot.is_optional()).text("doc", &doc).end())
    }

    /// A field as it stands in the spec; nothing where it is only told of. `part` says that it is the one part of an encoded reply.
    pub fn field(&mut self, slot: &Slot<'a>, name: &str, owner: Owner<'_>, part: bool) -> Option<String> {
        let meaning = self.meaning(slot, owner)?;
        let (word, many) = match (meaning.kind, meaning.many) {
            (Kind::Scalar(builtin, simple), many) => (self.field_scalar(slot, owner, builtin, simple), many),
            (Kind::Enum(ty) | Kind::Record(ty), many) => (self.named(ty).to_owned(), many),
            (Kind::Map, Many::No) => ("map".to_owned(), Many::No),
            (Kind::Any, many) if owner.requested => ("text".to_owned(), many),
            // What stands in an array of anything is a list of texts to send, and a tree to read.
            (Kind::Array, _) if owner.requested => ("text".to_owned(), Many::Array(None)),
            (Kind::Array, Many::Array(_)) => ("any".to_owned(), Many::No),
            (Kind::Any | Kind::Array | Kind::Map, many) => ("any".to_owned(), many),
        };
        let at = if slot.attribute { "@" } else { "" };
        let (path, alias) = match many {
            Many::Array(item) => (format!("{}/item", slot.name), item.filter(|item| *item != "item")),
            Many::No | Many::Repeats => (format!("{at}{}", slot.name), None),
        };
        let mut line = Inline::default();
        if name != path {
            line = line.text("wire", &path);
        }
        if let Some(alias) = alias {
            line = line.raw("aliases", &super::toml::texts([alias]));
        }
        if owner.requested && self.encoded && matches!(meaning.many, Many::Repeats) {
            self.tell(slot, owner, "it repeats, and is sent as an encoded array");
        }
        let is_many = !matches!(many, Many::No);
        let optional = slot.is_optional() || (slot.nillable && !owner.requested);
        let doc = self.doc(slot, owner);
        line = line.text("type", &word);
        if word == "flag" {
            line = line.text("as", "true/false");
        }
        let line = line.flag("many", is_many).flag("part", part).flag("optional", optional);
        Some(line.text("doc", &doc).end())
    }

    /// What a slot is, with everything told that the spec cannot say of it; nothing where it is left out.
    fn meaning(&mut self, slot: &Slot<'a>, owner: Owner<'_>) -> Option<Meaning<'a>> {
        let found = match self.keeps(slot, owner) {
            Ok(meaning) => meaning,
            Err(why) => {
                let must = if slot.is_optional() { "" } else { "; a request should have it" };
                self.tell(slot, owner, &format!("it is left out: {why}{must}"));
                return None;
            }
        };
        for attribute in meaning::attributes_of_text(self.types, slot.ty) {
            let what = format!("the attribute {} beside its text is not read, and not sent", quoted(&attribute.name));
            self.tell(slot, owner, &what);
        }
        let is_record = matches!(meaning::of(self.types, slot).kind, Kind::Record(_));
        match (found.kind, found.many) {
            (Kind::Any, _) if owner.requested && is_record => {
                self.tell(slot, owner, "nothing of its type can be sent but a text");
            }
            (Kind::Any, _) if owner.requested => self.tell(slot, owner, "anything may stand there; a text is sent"),
            (Kind::Any, _) if is_record => {
                self.tell(slot, owner, "it leads back to a type that it stands in; it is read as a tree");
            }
            (Kind::Array, _) if owner.requested => {
                self.tell(slot, owner, "anything may stand in the array; texts are sent");
            }
            (_, Many::Array(_)) if owner.requested && !self.encoded => {
                self.tell(slot, owner, "an encoded array stands in a message that is not; its element repeats");
            }
            _ => {}
        }
        Some(found)
    }

    fn param_scalar(&mut self, line: Inline, slot: &Slot<'a>, builtin: Builtin, simple: Option<&'a Type>) -> Inline {
        let scalar = scalars::of_param(builtin, self.encoded);
        let found = simple.map(|ty| scalars::restrictions(self.types, ty)).unwrap_or_default();
        self.restricted(simple, &found.others, None);
        self.numbers(slot.at, builtin);
        self.label(builtin, false);
        let mut line = line.text("type", scalar.word);
        let is_number = matches!(scalar.word, "int" | "long" | "decimal");
        if let Some((from, to)) = scalars::narrowed(scalar.bounds, found.bounds).filter(|_| is_number) {
            line = line.raw("range", &format!("[{from}, {to}]"));
        }
        match scalar.word {
            "date" => line.text("date", "yyyy-MM-dd"),
            "flag" => line.text("as", "true/false"),
            "text" => line.flag("secret", self.is_secret(slot.name)),
            _ => line,
        }
    }

    fn field_scalar(
        &mut self,
        slot: &Slot<'a>,
        owner: Owner<'_>,
        builtin: Builtin,
        simple: Option<&'a Type>,
    ) -> String {
        let found = simple.map(|ty| scalars::restrictions(self.types, ty)).unwrap_or_default();
        self.restricted(simple, &found.others, Some(found.bounds));
        self.numbers(slot.at, builtin);
        if owner.requested {
            self.label(builtin, true);
        }
        match scalars::of_field(builtin) {
            "text" if self.is_secret(slot.name) => "secret".to_owned(),
            word => word.to_owned(),
        }
    }

    /// Tells which restrictions nothing is held against.
    fn restricted(&mut self, simple: Option<&Type>, others: &[&str], bounds: Option<(Option<i64>, Option<i64>)>) {
        let Some(ty) = simple else { return };
        let (min, max) = bounds.unwrap_or_default();
        let mut all: Vec<&str> = others.to_vec();
        all.extend(min.map(|_| "minInclusive"));
        all.extend(max.map(|_| "maxInclusive"));
        if !all.is_empty() {
            let name = quoted(ty.path.as_deref().unwrap_or(&ty.name.local));
            self.report.add(&ty.at, format!("values of {name} are not held against its {}", all.join(", ")));
        }
    }

    fn numbers(&mut self, at: &Place, builtin: Builtin) {
        if scalars::is_unbounded(builtin) {
            self.report.add(at, format!("{builtin} may have any number of digits; one of 64 bits is taken"));
        }
    }

    /// Keeps in mind that an encoded value does not say of itself that it is of its type.
    fn label(&mut self, builtin: Builtin, in_record: bool) {
        let label = scalars::encoded_as(builtin, in_record);
        if self.encoded && label != builtin.name() {
            self.mislabelled.insert((builtin.name(), label));
        }
        if self.encoded && !in_record && matches!(builtin, Builtin::Int | Builtin::Short | Builtin::Byte) {
            self.unsigned.insert(builtin.name());
        }
    }

    /// The name that a type is declared by.
    pub fn named(&self, ty: &Type) -> &str {
        self.names.get(&ty.name).map_or("", String::as_str)
    }

    /// Whether a name says that its value is a secret.
    fn is_secret(&mut self, name: &str) -> bool {
        let snake = super::names::snake(name);
        let words: Vec<&str> = snake.split('_').collect();
        let is_word = words.iter().any(|word| SECRET_WORDS.contains(word) || *word == "apikey");
        let is_pair = words.windows(2).any(|pair| SECRET_PAIRS.contains(&(pair[0], pair[1])));
        let is_secret = is_word || is_pair;
        if is_secret {
            self.secrets.insert(name.to_owned());
        }
        is_secret
    }

    fn doc(&mut self, slot: &Slot<'a>, owner: Owner<'_>) -> String {
        let what = if slot.attribute { "Attribute" } else { "Element" };
        let mut doc =
            self.sentences.of(slot.doc, || format!("{what} `{}` of type `{}`.", slot.name, reference(slot.ty)));
        match slot.max {
            Some(most) if most != 1 => doc.push_str(&format!(" At most {most}.")),
            _ => {}
        }
        if slot.min > 1 {
            doc.push_str(&format!(" At least {}.", slot.min));
        }
        for (value, says) in [(slot.default, "When it is left out, `"), (slot.fixed, "Always `")] {
            match value {
                Some(value) if can_be_shown(value) => doc.push_str(&format!(" {says}{value}`.")),
                Some(_) => self.tell(slot, owner, "its `default` or `fixed` is not told"),
                None => {}
            }
        }
        doc
    }

    /// Tells something of a slot.
    pub fn tell(&mut self, slot: &Slot<'a>, owner: Owner<'_>, what: &str) {
        self.report.add(slot.at, format!("{} of {}: {what}", quoted(slot.name), quoted(owner.called)));
    }
}

/// Whether a value can stand in backquotes.
fn can_be_shown(value: &str) -> bool {
    let is_odd = |letter: char| letter == '`' || is_unseen(letter);
    !value.trim().is_empty() && value.chars().count() <= super::super::limits::QUOTED && !value.chars().any(is_odd)
}
