//! What can be seen of a call: tracing events, metrics, the audit log. None of it holds a URL or a value of a param that is
//! secret.

mod audit;
mod metrics;

#[cfg(feature = "audit")]
pub use audit::FileAuditLog;
pub use audit::{AuditEntry, AuditEvent, AuditLog};

use crate::engine::{Engine, Outgoing};
use crate::error::{Error, ErrorKind, Failure};
use crate::exchange::Judged;
use crate::transport::{Response, TransportError};
use bindwire_wire::Effect;
use std::time::Duration;
use tracing::Span;

/// Watches one call. When it is dropped before [`Watch::finish`], the caller has given the call up.
pub(crate) struct Watch<'a> {
    engine: &'a Engine,
    outgoing: &'a Outgoing,
    span: Span,
    clock: metrics::Clock,
    attempts: u32,
    id: String,
    /// The log has the call, so that it must have its outcome.
    is_logged: bool,
    is_over: bool,
}

impl<'a> Watch<'a> {
    pub fn start(engine: &'a Engine, outgoing: &'a Outgoing, span: Span) -> Self {
        let id = audit::next_id(engine.audit.is_some() && outgoing.subject.effect != Effect::Read);
        let clock = metrics::Clock::start(&*engine.timer);
        Self { engine, outgoing, span, clock, attempts: 0, id, is_logged: false, is_over: false }
    }

    /// Writes down what is about to be sent.
    pub fn before(&mut self) -> Result<(), Failure> {
        if self.outgoing.subject.effect == Effect::Read {
            return Ok(());
        }
        self.record(AuditEvent::Before).map_err(|what| {
            Failure::new(ErrorKind::Audit, format!("the audit log cannot be written, so nothing was sent: {what}"))
        })?;
        self.is_logged = true;
        Ok(())
    }

    pub fn attempt(&mut self) {
        self.attempts += 1;
        metrics::attempt(self.engine.api.name, &self.outgoing.subject.command);
        tracing::trace!(attempt = self.attempts, "sending");
    }

    pub fn answered(&self, outcome: &Result<Response, TransportError>) {
        match outcome {
            Ok(response) => tracing::trace!(status = response.status(), bytes = response.body().len(), "answered"),
            Err(error) => tracing::debug!(error = error.what(), may_have_left = error.may_have_left(), "no answer"),
        }
    }

    pub fn wait(&self, delay: Duration) {
        tracing::debug!(attempt = self.attempts, delay_ms = delay.as_millis() as u64, "waiting before another attempt");
        metrics::retry(self.engine.api.name, &self.outgoing.subject.command);
    }

    /// Writes down how it ended.
    pub fn finish(mut self, result: &Result<Judged, Error>) {
        self.is_over = true;
        let outcome = match result {
            Ok(judged) => {
                self.span.record("status", judged.status);
                if judged.pending { "pending" } else { "ok" }
            }
            Err(error) => {
                if let Some(status) = error.http_status() {
                    self.span.record("status", status);
                }
                error.kind().name()
            }
        };
        self.count(outcome);
        match result {
            Ok(judged) => tracing::debug!(outcome, notes = judged.notes, "done"),
            Err(error) if error.may_have_run() => tracing::warn!(outcome, %error, "failed"),
            Err(error) => tracing::debug!(outcome, %error, "failed"),
        }
        self.record_after(match result {
            Ok(judged) => AuditEvent::Done { pending: judged.pending },
            Err(error) => AuditEvent::Failed { error },
        });
    }

    /// Puts an ending down where calls are counted.
    fn count(&self, outcome: &'static str) {
        self.span.record("attempts", self.attempts).record("outcome", outcome);
        let elapsed = self.clock.elapsed(&*self.engine.timer);
        metrics::call(self.engine.api.name, &self.outgoing.subject.command, outcome, elapsed);
    }

    /// What happened cannot be undone when the log fails after it.
    fn record_after(&self, event: AuditEvent<'_>) {
        if !self.is_logged {
            return;
        }
        if let Err(what) = self.record(event) {
            tracing::error!(command = self.outgoing.subject.command.as_str(), what, "the audit log lacks an outcome");
        }
    }

    fn record(&self, event: AuditEvent<'_>) -> Result<(), String> {
        let Some(log) = &self.engine.audit else { return Ok(()) };
        log.record(&AuditEntry {
            id: &self.id,
            at: self.engine.timer.timestamp(),
            api: self.engine.api.name,
            command: &self.outgoing.subject.command,
            effect: self.outgoing.subject.effect,
            params: self.outgoing.query.public_pairs().collect(),
            price: self.outgoing.price.as_deref(),
            attempts: self.attempts,
            event,
        })
        .map_err(|error| error.to_string())
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        self.count("abandoned");
        let command = self.outgoing.subject.command.as_str();
        if self.attempts > 0 && self.outgoing.subject.effect != Effect::Read {
            tracing::warn!(command, "given up by the caller while it was under way: it may have been carried out");
        } else {
            tracing::debug!(command, "given up by the caller");
        }
        self.record_after(AuditEvent::Abandoned);
    }
}
