//! DNS records of a domain: what a snapshot holds, what is to change in it, and the one request that changes it.
//!
//! The API has no command that changes or deletes a single record: `set_dns2` puts the records that it sends in the place of all
//! that were there. So a [`Zone`] is read first, a [`Plan`] is made of it and of the [`Changes`], and only the plan has a request.
//! A zone that could not be written back exactly as it was read has no plan: [`Zone::unwritable`] tells why.
//!
//! Only [`Dns`] sends anything: the rest is worked out without.
//!
//! # Which format to read
//! JSON. Its strings hold every text, blanks at both ends and control characters included. In XML blanks around a text are layout
//! and are not part of it, so that a TXT value that begins or ends with one cannot be told from an indented one; and a character
//! that was written by its number is kept, but noted. Either makes a zone unwritable that was read in XML. No format can tell an
//! empty value from none: such a record is unwritable in both.

mod changes;
mod check;
mod diff;
mod dns;
mod error;
mod name;
mod notes;
mod plan;
mod record;
mod show;
mod snapshot;
mod target;
mod unwritable;

#[cfg(test)]
mod formats;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod testing;

pub use bindwire_dynadot::types::{DnsRecordType, NameServerKind};
pub use changes::{Changes, RecordData};
pub use dns::Dns;
pub use error::{PlanError, PlanErrorKind, ZoneError, ZoneErrorKind};
pub use plan::Plan;
pub use record::Record;
pub use snapshot::Zone;
pub use unwritable::{Unwritable, UnwritableKind};
