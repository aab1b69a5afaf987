//! The DNS records of one domain: read, planned, and written under a lock.

use super::{Changes, DnsRecordType, Plan, Record, RecordData, Zone};
use crate::Result;
use crate::engine::{CallOptions, Engine};
use crate::error::{Error, ErrorKind, Failure, Subject};
use crate::face::{Async, Blocking, block_on};
use bindwire_dynadot::dns::{GetDns, SetDns2};
use bindwire_wire::{Command as _, DomainName, Effect, Format, Text};
use std::fmt;
use std::marker::PhantomData;

/// The DNS records of one domain, by the face of the client that it came from.
///
/// Nothing of it is kept between calls. Who writes holds a lock, one a domain and account, that all clients of this process share:
/// of two changes at the same time the second sees the first. Against changes from elsewhere the records are read just before they
/// are written; records that are only added are sent as additions, which take nothing away.
///
/// Reading and planning change nothing. Everything that writes refuses when the zone could not be written back exactly as it was
/// read, when the answer had notes about records, and when more than 30 % of the records would go that were not
/// [allowed](Changes::allow_removals) to.
pub struct Dns<'c, F> {
    engine: &'c Engine,
    domain: DomainName,
    face: PhantomData<fn() -> F>,
}

impl<F> fmt::Debug for Dns<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dns").field("domain", &self.domain).finish_non_exhaustive()
    }
}

impl<'c, F> Dns<'c, F> {
    pub(in crate::dynadot) fn new(engine: &'c Engine, domain: DomainName) -> Self {
        Self { engine, domain, face: PhantomData }
    }

    /// The domain.
    pub fn domain(&self) -> &DomainName {
        &self.domain
    }

    async fn read(&self) -> Result<Zone> {
        // JSON keeps every text as it is; XML cannot tell blanks from layout.
        let options = CallOptions { format: Some(Format::Json), strict: Some(false), ..CallOptions::default() };
        let reply = crate::call::reply(self.engine, &GetDns::new(self.domain.clone()), options).await?;
        Zone::read(&self.domain, &reply).map_err(|error| self.refused(&error))
    }

    async fn planned(&self, changes: &Changes) -> Result<Plan> {
        Plan::new(&self.read().await?, changes).map_err(|error| self.refused(&error))
    }

    /// Carries a plan out that was made before.
    async fn carry_out(&self, plan: &Plan) -> Result<()> {
        if !plan.base().domain().is(&self.domain) {
            return Err(self.refused(&format_args!("the plan is one of {}", plan.base().domain())));
        }
        let _held = self.lock().await;
        let now = self.read().await?;
        if is_same(&now, plan.base()) {
            return self.write(plan).await;
        }
        if is_same(&now, plan.target()) {
            return Ok(());
        }
        Err(self.refused(&format_args!(
            "{}: the records have changed since the plan was made; make it again and look at it",
            self.domain
        )))
    }

    /// Plans and carries out in one, so that nothing of this process comes between.
    async fn changed(&self, changes: &Changes) -> Result<Plan> {
        let _held = self.lock().await;
        let plan = self.planned(changes).await?;
        self.write(&plan).await?;
        Ok(plan)
    }

    /// Sends what a plan comes to. A lost answer is cleared up by looking at the records.
    async fn write(&self, plan: &Plan) -> Result<()> {
        let Some(request) = plan.request() else { return Ok(()) };
        match crate::call::value(self.engine, &request, CallOptions::default()).await {
            Ok(_) => Ok(()),
            Err(error) if error.may_have_run() => match self.read().await {
                Ok(now) if is_same(&now, plan.target()) => Ok(()),
                _ => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    async fn lock(&self) -> crate::gate::Place {
        let name = format!("dns {}", self.domain.ascii().to_ascii_lowercase());
        self.engine.account.lock(&name).enter().await
    }

    fn refused(&self, why: &dyn fmt::Display) -> Error {
        let subject = Subject::new(SetDns2::INFO, SetDns2::INFO.name, Effect::IdempotentWrite);
        Error::new(subject, Failure::new(ErrorKind::Guard, why.to_string()), 0, None)
    }
}

/// Whether two snapshots hold the same, whatever the order that the server gives them in.
fn is_same(one: &Zone, other: &Zone) -> bool {
    one.has_same_records(other) && one.ttl() == other.ttl() && one.kind() == other.kind()
}

impl Dns<'_, Async> {
    /// The records as they are now. A zone can be looked at even where it cannot be written back: [`Zone::unwritable`] says why.
    ///
    /// # Errors
    /// Those of `get_dns`.
    pub async fn snapshot(&self) -> Result<Zone> {
        self.read().await
    }

    /// What `changes` would do; its Display form is a diff.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Guard`] with every reason why it would not be done; and those of `get_dns`.
    pub async fn plan(&self, changes: &Changes) -> Result<Plan> {
        self.planned(changes).await
    }

    /// Carries a plan out, when the records are still those that it was made of. One that was carried out already is no error.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Guard`] when the records have changed since; and those of `get_dns` and `set_dns2`.
    pub async fn apply(&self, plan: &Plan) -> Result<()> {
        self.carry_out(plan).await
    }

    /// Makes changes, and gives the plan that was carried out.
    ///
    /// # Errors
    /// As [`Self::plan`] and [`Self::apply`].
    pub async fn change(&self, changes: &Changes) -> Result<Plan> {
        self.changed(changes).await
    }

    /// Adds a record; nothing changes when it is there already.
    ///
    /// # Errors
    /// As [`Self::change`].
    pub async fn add(&self, record: Record) -> Result<Plan> {
        self.changed(&Changes::new().add(record)).await
    }

    /// Removes a record, which must be there with this value and extra value.
    ///
    /// # Errors
    /// As [`Self::change`]; in a zone of up to three records one is more than 30 %, which [`Changes::allow_removals`] allows.
    pub async fn remove(&self, record: Record) -> Result<Plan> {
        self.changed(&Changes::new().remove(record)).await
    }

    /// Puts these records in the place of all of this name and type.
    ///
    /// # Errors
    /// As [`Self::change`].
    pub async fn set_rrset(
        &self,
        name: impl Into<Text>,
        record_type: DnsRecordType,
        data: impl IntoIterator<Item = impl Into<RecordData>>,
    ) -> Result<Plan> {
        let changes = Changes::new().set_rrset(name, record_type, data);
        self.changed(&changes).await
    }
}

impl Dns<'_, Blocking> {
    /// The records as they are now. A zone can be looked at even where it cannot be written back: [`Zone::unwritable`] says why.
    ///
    /// # Errors
    /// Those of `get_dns`.
    pub fn snapshot(&self) -> Result<Zone> {
        block_on(self.read())
    }

    /// What `changes` would do; its Display form is a diff.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Guard`] with every reason why it would not be done; and those of `get_dns`.
    pub fn plan(&self, changes: &Changes) -> Result<Plan> {
        block_on(self.planned(changes))
    }

    /// Carries a plan out, when the records are still those that it was made of. One that was carried out already is no error.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Guard`] when the records have changed since; and those of `get_dns` and `set_dns2`.
    pub fn apply(&self, plan: &Plan) -> Result<()> {
        block_on(self.carry_out(plan))
    }

    /// Makes changes, and gives the plan that was carried out.
    ///
    /// # Errors
    /// As [`Self::plan`] and [`Self::apply`].
    pub fn change(&self, changes: &Changes) -> Result<Plan> {
        block_on(self.changed(changes))
    }

    /// Adds a record; nothing changes when it is there already.
    ///
    /// # Errors
    /// As [`Self::change`].
    pub fn add(&self, record: Record) -> Result<Plan> {
        self.change(&Changes::new().add(record))
    }

    /// Removes a record, which must be there with this value and extra value.
    ///
    /// # Errors
    /// As [`Self::change`]; in a zone of up to three records one is more than 30 %, which [`Changes::allow_removals`] allows.
    pub fn remove(&self, record: Record) -> Result<Plan> {
        self.change(&Changes::new().remove(record))
    }

    /// Puts these records in the place of all of this name and type.
    ///
    /// # Errors
    /// As [`Self::change`].
    pub fn set_rrset(
        &self,
        name: impl Into<Text>,
        record_type: DnsRecordType,
        data: impl IntoIterator<Item = impl Into<RecordData>>,
    ) -> Result<Plan> {
        self.change(&Changes::new().set_rrset(name, record_type, data))
    }
}
