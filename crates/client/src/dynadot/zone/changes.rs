//! What is to change in a zone, before it is known what is there.

use super::record::Record;
use bindwire_dynadot::types::DnsRecordType;
use bindwire_wire::Text;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Changes of the DNS records of a domain, made one after the other.
///
/// They are for any domain until a plan is made of them; names are understood as in [`Record`].
///
/// ```
/// use bindwire_client::dynadot::zone::{Changes, DnsRecordType, Record};
///
/// let changes = Changes::new()
///     .add(Record::txt("_acme-challenge", "gfj9Xq-Rg85_nM"))
///     .remove(Record::cname("old", "www.example.com"))
///     .set_rrset("www", DnsRecordType::A, ["192.0.2.1", "192.0.2.2"]);
/// assert!(!changes.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    pub(super) list: Vec<Change>,
    pub(super) removals_allowed: bool,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    Add(Record),
    Remove(Record),
    SetRrset { name: Text, record_type: DnsRecordType, data: Vec<RecordData> },
}

impl Changes {
    /// No change.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record; nothing changes when it is there already.
    #[expect(clippy::should_implement_trait, reason = "`changes + record` would hide what a plan does with it")]
    pub fn add(mut self, record: Record) -> Self {
        self.list.push(Change::Add(record));
        self
    }

    /// Removes a record. It must be there, with this value and extra value.
    pub fn remove(mut self, record: Record) -> Self {
        self.list.push(Change::Remove(record));
        self
    }

    /// Puts these records in the place of all of this name and type.
    ///
    /// An item is a value, a value and its extra value, or a [`Record`] of this name and type. A record that is there already
    /// stays where it is.
    pub fn set_rrset(
        mut self,
        name: impl Into<Text>,
        record_type: DnsRecordType,
        data: impl IntoIterator<Item = impl Into<RecordData>>,
    ) -> Self {
        let data = data.into_iter().map(Into::into).collect();
        self.list.push(Change::SetRrset { name: name.into(), record_type, data });
        self
    }

    /// Removes all records of this name and type; nothing changes when there are none.
    pub fn remove_rrset(self, name: impl Into<Text>, record_type: DnsRecordType) -> Self {
        self.set_rrset(name, record_type, std::iter::empty::<RecordData>())
    }

    /// Lets the plan remove more than 30 % of the records that are there.
    pub fn allow_removals(mut self) -> Self {
        self.removals_allowed = true;
        self
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// What a record of [`Changes::set_rrset`] holds beside its name and type: a value, and the extra value that some types have.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordData {
    pub(super) value: Text,
    pub(super) extra: Text,
    /// The record that it was made of, whose name and type must be those of the set.
    pub(super) record: Option<Record>,
}

impl RecordData {
    /// A value and its extra value; an empty one is none.
    pub fn new(value: impl Into<Text>, extra: impl Into<Text>) -> Self {
        Self { value: value.into(), extra: extra.into(), record: None }
    }
}

impl From<&str> for RecordData {
    fn from(value: &str) -> Self {
        Self::new(value, "")
    }
}

impl From<&String> for RecordData {
    fn from(value: &String) -> Self {
        Self::new(value, "")
    }
}

impl From<String> for RecordData {
    fn from(value: String) -> Self {
        Self::new(value, "")
    }
}

impl From<Text> for RecordData {
    fn from(value: Text) -> Self {
        Self::new(value, "")
    }
}

impl From<Ipv4Addr> for RecordData {
    fn from(address: Ipv4Addr) -> Self {
        Self::new(address.to_string(), "")
    }
}

impl From<Ipv6Addr> for RecordData {
    fn from(address: Ipv6Addr) -> Self {
        Self::new(address.to_string(), "")
    }
}

/// A value and its extra value.
impl<V: Into<Text>, E: Into<Text>> From<(V, E)> for RecordData {
    fn from((value, extra): (V, E)) -> Self {
        Self::new(value, extra)
    }
}

impl From<Record> for RecordData {
    fn from(record: Record) -> Self {
        Self { record: Some(record.clone()), ..Self::new(record.value(), record.extra().unwrap_or_default()) }
    }
}

impl From<&Record> for RecordData {
    fn from(record: &Record) -> Self {
        record.clone().into()
    }
}
