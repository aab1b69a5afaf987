//! Jobs: what the service could not finish within five seconds is asked after until it is done.

use super::Dynect;
use crate::call::outgoing;
use crate::engine::{CallOptions, Outgoing};
use crate::error::Subject;
use crate::soap::run_for_reply;
use crate::{Error, Lost, Result};
use bindwire_dynect::job::GetJob;
use bindwire_wire::{Command, Query, Reply, Text, Timestamp};
use std::time::{Duration, Instant};

/// The delay before a job is asked after for the first time; it doubles from then on.
const FIRST_DELAY: Duration = Duration::from_millis(500);

/// The longest delay.
const LONGEST_DELAY: Duration = Duration::from_secs(8);

/// A job under way, and the command that it belongs to.
pub(super) struct Job<'a> {
    dynect: &'a Dynect,
    id: Text,
    pub(super) subject: Subject,
    /// The command as it was sent; nothing of it where the job is resumed.
    query: Query,
    sent_at: Timestamp,
    version: Option<String>,
    options: CallOptions,
    pub(super) deadline: Option<Instant>,
}

impl<'a> Job<'a> {
    /// The job that a command made.
    pub fn of(dynect: &'a Dynect, id: Text, outgoing: Outgoing, sent_at: Timestamp) -> Self {
        let Outgoing { subject, query, options, soap, .. } = outgoing;
        Self::new(dynect, id, subject, query, sent_at, soap.version, options)
    }

    /// The job of a command of the type `C` of which no more than its id is known.
    pub fn resumed<C: Command>(dynect: &'a Dynect, id: &str) -> Self {
        let subject = Subject::new(C::INFO, C::INFO.name, C::INFO.effect);
        let (query, sent_at) = (Query::new(C::INFO.name), dynect.engine.timer.timestamp());
        Self::new(dynect, id.into(), subject, query, sent_at, None, CallOptions::default())
    }

    fn new(
        dynect: &'a Dynect,
        id: Text,
        subject: Subject,
        query: Query,
        sent_at: Timestamp,
        version: Option<String>,
        options: CallOptions,
    ) -> Self {
        let patience = dynect.engine.deadline.unwrap_or(dynect.settings.job_deadline);
        let deadline = options.deadline.or_else(|| dynect.engine.timer.now().checked_add(patience));
        Self { dynect, id, subject, query, sent_at, version, options, deadline }
    }

    /// The error of a command whose job goes on without a name.
    pub fn nameless(&self, body: &[u8]) -> Error {
        Error::without_job(&self.subject, body.to_vec(), self.lost())
    }

    /// Asks at once, and then until the job is done.
    pub async fn resume<C>(self) -> Result<Reply<'static, C::Reply>>
    where
        C: Command,
        C::Reply: Send,
    {
        let reply = self.ask::<C>().await?;
        if reply.pending { self.finish::<C>().await } else { Ok(reply) }
    }

    /// Asks until the job is done.
    pub async fn finish<C>(self) -> Result<Reply<'static, C::Reply>>
    where
        C: Command,
        C::Reply: Send,
    {
        let timer = &self.dynect.engine.timer;
        let mut delay = FIRST_DELAY;
        loop {
            if self.deadline.is_some_and(|deadline| timer.now() + delay >= deadline) {
                return Err(Error::unfinished(&self.subject, &self.id, self.lost()));
            }
            timer.sleep(delay).await;
            delay = LONGEST_DELAY.min(delay * 2);
            let reply = self.ask::<C>().await?;
            if !reply.pending {
                return Ok(reply);
            }
        }
    }

    fn lost(&self) -> Lost {
        let given_up_at = self.dynect.engine.timer.timestamp();
        Lost::new(self.subject.command.clone(), self.query.public_pairs(), self.sent_at, given_up_at)
    }

    /// Asks once. Only the job's own verdict is one on the command: whatever else goes wrong leaves it open.
    async fn ask<C>(&self) -> Result<Reply<'static, C::Reply>>
    where
        C: Command,
        C::Reply: Send,
    {
        let options = CallOptions { deadline: self.deadline, ..self.options };
        let mut outgoing = outgoing(&GetJob::new(self.id.clone()), options)?;
        outgoing.soap.version.clone_from(&self.version);
        outgoing.soap.is_bound = true;
        self.dynect.say_version(&mut outgoing);
        let asked = run_for_reply::<C>(&self.dynect.engine, &self.dynect.tokens(), &mut outgoing).await;
        asked.map_err(|error| match error.refusal() {
            Some(refusal) if refusal.job == self.id => error.of_job(&self.subject, self.lost()),
            _ => error.asking_after(&self.subject, &self.id, self.lost()),
        })
    }
}
