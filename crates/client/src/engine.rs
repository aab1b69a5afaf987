//! Drives a call: through the gate, over the transport, again where that does no harm, and watched all the way.

use crate::error::{Error, ErrorKind, Failure, Lost, Problem, Subject};
use crate::exchange::{Answer, Budget, Exchange, Judged, Next, RetryPolicy};
use crate::gate::{Account, Gate, Permit};
use crate::secrets::Secrets;
#[cfg(feature = "soap")]
use crate::soap::{Carried, Session};
#[cfg(feature = "soap")]
use crate::transport::Body;
use crate::transport::{Request, Transport};
use crate::watch::Watch;
use crate::{AuditLog, Future, Timer};
use bindwire_wire::{ApiInfo, CommandInfo, DecodeError, Effect, Format, Options, Query, Secret, request_url};
#[cfg(feature = "soap")]
use bindwire_wire::{SoapOptions, soap_request};
use futures_util::future::{Either, select};
use secrecy::{ExposeSecret as _, SecretString};
#[cfg(feature = "soap")]
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// What the calls of a client have in common.
pub(crate) struct Engine {
    pub api: &'static ApiInfo,
    /// The address, with `{format}` where the format's suffix goes.
    pub endpoint: String,
    /// In the order of the spec.
    pub credentials: Vec<SecretString>,
    /// The credentials in every form in which an answer may repeat them.
    pub secrets: Secrets,
    pub transport: Arc<dyn Transport>,
    pub timer: Arc<dyn Timer>,
    pub gate: Arc<dyn Gate>,
    #[allow(dead_code, reason = "of the APIs, each of which is a feature, only some have sessions or locks")]
    pub account: Arc<Account>,
    #[cfg(feature = "dynadot")]
    pub limits: crate::Limits,
    pub retry: RetryPolicy,
    pub budget: Arc<Budget>,
    pub timeout: Duration,
    pub deadline: Option<Duration>,
    pub strict: bool,
    pub max_body: usize,
    pub audit: Option<Arc<dyn AuditLog>>,
    #[cfg(feature = "soap")]
    pub soap: SoapSettings,
    #[cfg(feature = "soap")]
    pub session: Arc<Session>,
}

/// What the requests of a client have in common where the API speaks SOAP.
#[cfg(feature = "soap")]
#[derive(Debug, Clone, Default)]
pub(crate) struct SoapSettings {
    /// The version of the API; the spec's own where it is empty.
    pub version: String,
    /// Params that every command takes, by their names on the wire.
    pub common: Vec<(&'static str, String)>,
    /// Arguments go by their position.
    pub positional: bool,
    /// How long to wait after HTTP 429 where the server does not say.
    pub blocked_for: Option<Duration>,
}

/// What one call sets for itself; the client's own settings count for the rest.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CallOptions {
    pub format: Option<Format>,
    pub timeout: Option<Duration>,
    /// When to give up at the latest, all attempts and waits together.
    pub deadline: Option<Instant>,
    pub strict: Option<bool>,
}

/// A command that is to be sent.
pub(crate) struct Outgoing {
    pub info: &'static CommandInfo,
    pub subject: Subject,
    pub query: Query,
    pub format: Format,
    pub options: CallOptions,
    /// What it was found to cost, for the audit log.
    pub price: Option<String>,
    #[cfg(feature = "soap")]
    pub soap: SoapParts,
}

/// What a SOAP request has beside the params of its command.
#[cfg(feature = "soap")]
#[derive(Default)]
pub(crate) struct SoapParts {
    /// The session's token; all of it is secret.
    pub common: Vec<(&'static str, SecretString)>,
    /// What is no secret.
    pub plain: Vec<(&'static str, String)>,
    /// The version of the API, where the call has one of its own.
    pub version: Option<String>,
    /// How often opening a session had been refused when the call was made; unknown of what is no call of its own.
    pub refusals: Option<u64>,
    /// It asks about something in the session, which another one does not know, and while nothing else may be asked.
    pub is_bound: bool,
    /// The answer holds a secret that nobody knows before it was read: what cannot be read of it is not shown.
    pub answer_is_secret: bool,
    /// What the request carries beside its command, where the API has more of that.
    pub carried: Option<Box<dyn Carried>>,
}

#[cfg(feature = "soap")]
impl SoapParts {
    /// The secrets with those that the request carries beside its command: an answer may add to them, and repeat them.
    fn and_carried(&self, secrets: &Secrets) -> Option<Secrets> {
        self.carried.as_ref().map(|carried| secrets.and_common(&carried.secrets()))
    }
}

impl Outgoing {
    /// Puts a command together.
    pub fn new(
        info: &'static CommandInfo,
        name: &str,
        effect: Effect,
        query: Result<Query, bindwire_wire::RequestError>,
        options: CallOptions,
    ) -> Result<Self, Error> {
        let subject = Subject::new(info, name, effect);
        // JSON is the shorter one to read and keeps white space; a command that lacks it is asked in what it has.
        let default =
            if info.formats.contains(&Format::Json) { Some(Format::Json) } else { info.formats.first().copied() };
        let format = options.format.or(default).unwrap_or(Format::Json);
        let checked = query.and_then(|query| info.check_format(format).map(|()| query));
        match checked {
            Ok(query) => Ok(Self {
                info,
                subject,
                query,
                format,
                options,
                price: None,
                #[cfg(feature = "soap")]
                soap: SoapParts::default(),
            }),
            Err(error) => Err(Error::new(subject, error.into(), 0, None)),
        }
    }
}

/// Decodes a body into where the caller wants the value, cleaning what it keeps of secrets.
pub(crate) type Read<'a> =
    dyn FnMut(Vec<u8>, &Options, &Secrets) -> Result<Answer, Box<(DecodeError, Vec<u8>)>> + Send + 'a;

impl Engine {
    /// Sends a command until there is a result.
    ///
    /// The future is boxed here, once for every command: what stands around it is moved about and stays small.
    pub fn run<'a>(&'a self, outgoing: &'a Outgoing, read: &'a mut Read<'_>) -> Future<'a, Result<Judged, Error>> {
        let span = tracing::debug_span!(
            "bindwire.call",
            api = self.api.name,
            command = outgoing.subject.command.as_str(),
            effect = outgoing.subject.effect.name(),
            format = outgoing.format.name(),
            attempts = tracing::field::Empty,
            status = tracing::field::Empty,
            outcome = tracing::field::Empty,
        );
        if span.is_disabled() {
            return Box::pin(self.watched(outgoing, read, span));
        }
        Box::pin(self.watched(outgoing, read, span.clone()).instrument(span))
    }

    async fn watched(&self, outgoing: &Outgoing, read: &mut Read<'_>, span: tracing::Span) -> Result<Judged, Error> {
        let secrets = self.secrets.and(&outgoing.query);
        #[cfg(feature = "soap")]
        let secrets = secrets.and_common(&outgoing.soap.common);
        #[cfg(feature = "soap")]
        let secrets = outgoing.soap.and_carried(&secrets).unwrap_or(secrets);
        let mut watch = Watch::start(self, outgoing, span);
        // What only reads is never lost.
        let sent_at = (outgoing.subject.effect != Effect::Read).then(|| self.timer.timestamp());
        let mut attempts = 0;
        let result = match watch.before() {
            Ok(()) => self.attempts(outgoing, &secrets, read, &mut watch, &mut attempts).await,
            Err(failure) => Err(failure),
        };
        #[cfg(feature = "soap")]
        let secrets = outgoing.soap.and_carried(&secrets).unwrap_or(secrets);
        let result = result.map_err(|mut failure| {
            if failure.cause == ErrorKind::Unreadable
                && failure.body.as_ref().is_some_and(|body| secrets.stand_in(body))
            {
                // What was found there can be any part of a secret.
                failure.what = "the answer is no reply to the command, and repeats a secret of the request".to_owned();
            }
            #[cfg(feature = "soap")]
            if failure.cause == ErrorKind::Unreadable && outgoing.soap.answer_is_secret {
                failure.what =
                    "the answer is no reply to the command, and may hold the secret that it was to tell".to_owned();
            }
            secrets.clean_string(&mut failure.what);
            if let Some(refusal) = &mut failure.refusal {
                refusal.for_each_text(&mut |text| secrets.clean(text));
            }
            let command = outgoing.subject.command.clone();
            let lost = sent_at
                .filter(|_| failure.may_have_run)
                .map(|sent_at| Lost::new(command, outgoing.query.public_pairs(), sent_at, self.timer.timestamp()));
            Error::new(outgoing.subject.clone(), failure, attempts, lost)
        });
        watch.finish(&result);
        result
    }

    async fn attempts(
        &self,
        outgoing: &Outgoing,
        secrets: &Secrets,
        read: &mut Read<'_>,
        watch: &mut Watch<'_>,
        attempts: &mut u32,
    ) -> Result<Judged, Failure> {
        let options = Options {
            format: Some(outgoing.format),
            strict: outgoing.options.strict.unwrap_or(self.strict),
            max_body: self.max_body,
            #[cfg(feature = "soap")]
            names: outgoing.query.names().cloned(),
            ..Options::default()
        };
        let deadline = outgoing.options.deadline.or_else(|| self.deadline_from_now());
        let mut exchange = Exchange::new(self.request(outgoing)?, deadline, &self.retry, self.budget.clone());
        loop {
            let permit =
                if outgoing.info.exempt { None } else { Some(self.enter(deadline, exchange.attempts()).await?) };
            let request = exchange.request(&*self.timer)?;
            watch.attempt();
            *attempts += 1;
            let outcome = self.transport.send(request).await;
            #[cfg(feature = "soap")]
            let outcome = outcome.map(|response| response.blocked_for(self.soap.blocked_for));
            drop(permit);
            #[cfg(feature = "soap")]
            if let (Some(carried), Ok(response)) = (&outgoing.soap.carried, &outcome) {
                carried.take(response, self.timer.timestamp());
            }
            #[cfg(feature = "soap")]
            let with_carried = outgoing.soap.and_carried(secrets);
            #[cfg(feature = "soap")]
            let secrets = with_carried.as_ref().unwrap_or(secrets);
            let mut decode = |body| read(body, &options, secrets);
            watch.answered(&outcome);
            match exchange.receive(outcome, &mut decode, &*self.timer) {
                Next::Done(judged) => return Ok(judged),
                Next::Fail(failure) => return Err(failure),
                Next::Wait(delay) => {
                    watch.wait(delay);
                    self.timer.sleep(delay).await;
                }
            }
        }
    }

    fn request(&self, outgoing: &Outgoing) -> Result<Request, Failure> {
        #[cfg(feature = "soap")]
        if let Some(request) = self.soap_request(outgoing) {
            return Ok(request);
        }
        let suffix = self.api.suffix(outgoing.format).ok_or_else(|| {
            Problem::new(format!("{} does not say how {} is asked for", self.api.title, outgoing.format))
        })?;
        let name = self.api.credentials.first().map_or("key", |credential| credential.wire);
        let key = Secret::from(self.credentials.first().map_or("", |key| key.expose_secret()));
        let url = request_url(&self.endpoint, suffix, &[(name, &key)], &outgoing.query);
        let timeout = outgoing.options.timeout.unwrap_or(self.timeout);
        Ok(Request::new(url, outgoing.subject.effect, timeout, self.max_body))
    }

    /// The request in an envelope, where the API speaks SOAP.
    #[cfg(feature = "soap")]
    fn soap_request(&self, outgoing: &Outgoing) -> Option<Request> {
        let plain = self.soap.common.iter().chain(&outgoing.soap.plain);
        let settings = plain.map(|(name, value)| (*name, value.as_str()));
        let own = outgoing.soap.common.iter().map(|(name, value)| (*name, value.expose_secret()));
        let common: Vec<(&str, &str)> = settings.chain(own).collect();
        let version = outgoing.soap.version.as_deref().unwrap_or(&self.soap.version);
        let options = SoapOptions { version, common: &common, positional: self.soap.positional };
        let carried = outgoing.soap.carried.as_deref();
        let filled = carried.map(|carried| carried.fill(&outgoing.query));
        let query = filled.as_ref().unwrap_or(&outgoing.query);
        // Bindings of an API of objects are each their own.
        let envelope = soap_request(outgoing.info.api, query, &options)?;
        let action = format!("\"{}\"", envelope.action());
        let (whole, secrets) = envelope.into_parts();
        // An address without a query.
        let address = carried.map_or(&*self.endpoint, |carried| carried.address());
        let url = request_url(address, "", &[], &Query::new(""));
        let timeout = outgoing.options.timeout.unwrap_or(self.timeout);
        let request = Request::new(url, outgoing.subject.effect, timeout, self.max_body)
            .post(Body::new(whole, secrets))
            .header("Content-Type", "text/xml; charset=utf-8", false)
            .header("SOAPAction", action, false);
        Some(match carried {
            Some(carried) => carried.dress(request),
            None => request,
        })
    }

    /// The deadline of a call that is made now.
    pub fn deadline_from_now(&self) -> Option<Instant> {
        // One that no clock reaches is none.
        self.deadline.and_then(|deadline| self.timer.now().checked_add(deadline))
    }

    /// Waits for what a command needs before it is sent, or gives up at the deadline.
    #[cfg(feature = "soap")]
    pub async fn in_time<T>(
        &self,
        subject: &Subject,
        deadline: Option<Instant>,
        wait: impl std::future::Future<Output = T>,
    ) -> Result<T, Error> {
        self.until(deadline, 0, pin!(wait)).await.map_err(|failure| Error::new(subject.clone(), failure, 0, None))
    }

    async fn until<T>(
        &self,
        deadline: Option<Instant>,
        attempts: u32,
        wait: impl std::future::Future<Output = T> + Unpin,
    ) -> Result<T, Failure> {
        let Some(deadline) = deadline else { return Ok(wait.await) };
        let left = deadline.saturating_duration_since(self.timer.now());
        match select(wait, self.timer.sleep(left)).await {
            Either::Left((value, _)) => Ok(value),
            Either::Right(_) => Err(Failure::deadline(attempts)),
        }
    }

    /// Passes the gate, or gives up at the deadline.
    async fn enter(&self, deadline: Option<Instant>, attempts: u32) -> Result<Permit, Failure> {
        let entered = self.until(deadline, attempts, self.gate.enter(&*self.timer)).await?;
        entered.map_err(|what| Failure {
            is_transient: true,
            ..Failure::new(ErrorKind::Gate, format!("the gate of the account: {what}"))
        })
    }
}
