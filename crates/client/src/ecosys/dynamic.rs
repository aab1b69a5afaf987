//! Objects and events without bindings: attributes are names with texts, and the rows of a read are trees.

use bindwire_ecosys::registry::{API, API_INFO};
use bindwire_ecosys::sample_object::UpdateSampleObjectReply;
use bindwire_wire::{
    Command, CommandInfo, Effect, OpenReply, Query, ReplyShape, RequestError, RowField, SoapNames, Speaks, Text, Tree,
    Xml,
};
use std::fmt;

/// The namespace of a published API, without its name.
const NAMESPACE: &str = "http://ecosys.net/api/";

/// An object or an event that a customer has published, known by its name alone.
///
/// It serves without any description; [`bindwire_codegen`'s `generate`] makes typed bindings of one.
///
/// ```
/// use bindwire_client::ecosys::DynamicObject;
///
/// let object = DynamicObject::new("SampleObject");
/// let update = object.update([[("CostObjectID", "Project ABC"), ("CostObjectName", "New Name")]]);
/// let delete = object.delete([[("CostObjectID", "Project DEF")]]).parameter("filter", "ABC");
/// ```
///
/// [`bindwire_codegen`'s `generate`]: https://docs.rs/bindwire-codegen
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DynamicObject {
    name: Text,
    api: Text,
}

/// What a record is told by or made of: elements by their names, each with a text.
///
/// An attribute that is left out keeps its value; one with an empty text is sent as an empty element.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DynamicRecord(Vec<RowField>);

/// Reads records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DynamicRead(Request);

/// Writes records: updates, creates or deletes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DynamicWrite<const OPERATION: u8>(Request);

/// Triggers an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DynamicTrigger(Request);

/// Changes records.
pub type DynamicUpdate = DynamicWrite<UPDATE>;
/// Adds records.
pub type DynamicCreate = DynamicWrite<CREATE>;
/// Adds records, and changes those that are there already.
pub type DynamicCreateOrUpdate = DynamicWrite<CREATE_OR_UPDATE>;
/// Deletes records.
pub type DynamicDelete = DynamicWrite<DELETE>;

const UPDATE: u8 = 0;
const CREATE: u8 = 1;
const CREATE_OR_UPDATE: u8 = 2;
const DELETE: u8 = 3;

/// The operations that write, and what each does to the account.
const WRITES: [(&str, Effect); 4] = [
    ("Update", Effect::IdempotentWrite),
    ("Create", Effect::Write),
    ("CreateOrUpdate", Effect::IdempotentWrite),
    ("Delete", Effect::IdempotentWrite),
];

/// What all requests have.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Request {
    command: String,
    operation: &'static str,
    object: DynamicObject,
    parameters: DynamicRecord,
    records: Vec<DynamicRecord>,
}

impl DynamicObject {
    /// The object or event called `name` in messages.
    pub fn new(name: impl Into<Text>) -> Self {
        let name = name.into();
        Self { api: name.clone(), name }
    }

    /// The name of the published API, which the namespace ends in, where it is another one than the object's.
    pub fn api(mut self, api: impl Into<Text>) -> Self {
        self.api = api.into();
        self
    }

    /// Reads its records.
    pub fn read(&self) -> DynamicRead {
        DynamicRead(self.request("Read", Vec::new()))
    }

    /// Changes records, each of which says its key; an attribute that is left out keeps its value.
    pub fn update<R: Into<DynamicRecord>>(&self, records: impl IntoIterator<Item = R>) -> DynamicUpdate {
        self.write(records)
    }

    /// Adds records.
    pub fn create<R: Into<DynamicRecord>>(&self, records: impl IntoIterator<Item = R>) -> DynamicCreate {
        self.write(records)
    }

    /// Adds records, and changes those that are there already.
    pub fn create_or_update<R: Into<DynamicRecord>>(
        &self,
        records: impl IntoIterator<Item = R>,
    ) -> DynamicCreateOrUpdate {
        self.write(records)
    }

    /// Deletes records by their keys.
    pub fn delete<R: Into<DynamicRecord>>(&self, keys: impl IntoIterator<Item = R>) -> DynamicDelete {
        self.write(keys)
    }

    /// Triggers it, if it is an event.
    pub fn trigger(&self) -> DynamicTrigger {
        DynamicTrigger(self.request("Trigger", Vec::new()))
    }

    /// The records of an answer, as trees.
    pub fn records<'r>(&self, reply: &'r OpenReply) -> impl Iterator<Item = &'r [(Text, Tree)]> {
        let name = self.name.clone();
        reply.fields.iter().filter(move |(known, _)| *known == name).map(|(_, tree)| match tree {
            Tree::Level(fields) => fields.as_slice(),
            Tree::Text(_) => &[],
        })
    }

    fn write<R: Into<DynamicRecord>, const OPERATION: u8>(
        &self,
        records: impl IntoIterator<Item = R>,
    ) -> DynamicWrite<OPERATION> {
        let (operation, _) = WRITES[usize::from(OPERATION)];
        DynamicWrite(self.request(operation, records.into_iter().map(Into::into).collect()))
    }

    fn request(&self, operation: &'static str, records: Vec<DynamicRecord>) -> Request {
        let command = format!("{operation}{}", self.name);
        Request { command, operation, object: self.clone(), parameters: DynamicRecord::default(), records }
    }
}

impl DynamicRecord {
    /// One without any element.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an element.
    pub fn set(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.0.push((name.into(), value.into(), false));
        self
    }

    /// Adds an element whose text is never printed.
    pub fn set_secret(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.0.push((name.into(), value.into(), true));
        self
    }
}

impl<N: Into<Text>, V: Into<Text>, const COUNT: usize> From<[(N, V); COUNT]> for DynamicRecord {
    fn from(fields: [(N, V); COUNT]) -> Self {
        fields.into_iter().collect()
    }
}

impl<N: Into<Text>, V: Into<Text>> FromIterator<(N, V)> for DynamicRecord {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        fields.into_iter().fold(Self::new(), |record, (name, value)| record.set(name, value))
    }
}

impl fmt::Debug for DynamicRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value, secret): &RowField| {
            (name.clone(), if *secret { Text::from(crate::secrets::REDACTED) } else { value.clone() })
        };
        f.debug_map().entries(self.0.iter().map(shown)).finish()
    }
}

impl Request {
    fn write(&self, reply: &str, records: &str, query: &mut Query) -> Result<(), RequestError> {
        let DynamicObject { name, api } = &self.object;
        query.set_names(SoapNames {
            request: format!("{name}{}RequestElement", self.operation).into(),
            reply: format!("{name}{reply}ResponseElement").into(),
            namespace: format!("{NAMESPACE}{api}").into(),
        })?;
        if !self.parameters.0.is_empty() {
            query.row(&format!("{name}Parameters"), &self.parameters.0)?;
        }
        match reply {
            "Write" => query.rows(&format!("{name}{records}"), self.records.iter().map(|record| record.0.as_slice())),
            _ => Ok(()),
        }
    }
}

/// What the requests have in common for their callers.
macro_rules! request {
    ([$($generics:tt)*] $type:ty) => {
        impl $($generics)* $type {
            /// Adds a runtime parameter.
            pub fn parameter(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
                self.0.parameters = self.0.parameters.set(name, value);
                self
            }
        }

        impl $($generics)* Speaks<Xml> for $type {}
    };
}

request!([] DynamicRead);
request!([<const OPERATION: u8>] DynamicWrite<OPERATION>);
request!([] DynamicTrigger);

impl Command for DynamicRead {
    type Reply = OpenReply;
    const INFO: &'static CommandInfo = &READ;

    fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        self.0.write("Read", "", query)
    }

    fn name(&self) -> &str {
        &self.0.command
    }
}

impl<const OPERATION: u8> Command for DynamicWrite<OPERATION> {
    type Reply = UpdateSampleObjectReply;
    const INFO: &'static CommandInfo = &WRITE;

    fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        self.0.write("Write", if OPERATION == DELETE { "Key" } else { "" }, query)
    }

    fn name(&self) -> &str {
        &self.0.command
    }

    fn effect(&self) -> Effect {
        WRITES[usize::from(OPERATION)].1
    }
}

impl Command for DynamicTrigger {
    type Reply = OpenReply;
    const INFO: &'static CommandInfo = &TRIGGER;

    fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        self.0.write("Trigger", "", query)
    }

    fn name(&self) -> &str {
        &self.0.command
    }
}

static READ: CommandInfo = CommandInfo::soap("ReadObject", "dynamic", Effect::Read, &READ_REPLY, &API_INFO);
static READ_REPLY: ReplyShape = ReplyShape::soap("ReadObject", "ReadResponseElement", "", OpenReply::SHAPE, &API);

static WRITE: CommandInfo = CommandInfo::soap("WriteObject", "dynamic", Effect::Write, &WRITE_REPLY, &API_INFO);
static WRITE_REPLY: ReplyShape =
    ReplyShape::soap("WriteObject", "WriteResponseElement", "", UpdateSampleObjectReply::SHAPE, &API);

static TRIGGER: CommandInfo = CommandInfo::soap("TriggerEvent", "dynamic", Effect::Write, &TRIGGER_REPLY, &API_INFO);
static TRIGGER_REPLY: ReplyShape =
    ReplyShape::soap("TriggerEvent", "TriggerResponseElement", "", OpenReply::SHAPE, &API);

#[cfg(test)]
#[path = "dynamic_tests.rs"]
mod tests;
