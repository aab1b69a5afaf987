//! The session of a reseller: opening it, a look whether it lasts, closing it.
//!
//! An account may have only so many sessions: one is used again and again, by all clients of the account, until it is closed.

use super::Settings;
use crate::call::{outgoing, reading};
use crate::engine::{CallOptions, Engine};
use crate::soap::{Sessions, ask};
use crate::{Error, Future, Result};
use bindwire_netim::session::{SessionClose, SessionInfo, SessionOpen, SessionOpenReply, SessionSetPreference};
use bindwire_netim::types::SessionPreference;
use bindwire_wire::{Class, Effect, Reply};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::Duration;

/// The param that carries the session's id.
const SESSION: &str = "IDSession";

/// The code of a fault about a session that is over (facts/netim.md, "B4. Error codes attested").
const OVER: &str = "E02";

/// What this API does with sessions.
pub(super) struct Ids<'a>(pub &'a Settings);

impl Sessions for Ids<'_> {
    fn param(&self) -> &'static str {
        SESSION
    }

    fn idle_limit(&self) -> Duration {
        self.0.idle_limit
    }

    fn open<'a>(&'a self, engine: &'a Engine, options: CallOptions) -> Future<'a, Result<SecretString>> {
        Box::pin(async move {
            let [reseller, password] = &*engine.credentials else {
                unreachable!("a client has the credentials that the spec names")
            };
            let open = SessionOpen::new(reseller.expose_secret(), password.expose_secret(), self.0.language.clone());
            let mut outgoing = outgoing(&open, options)?;
            // A session that nobody knows of changes nothing of the account, and ends by itself.
            outgoing.subject.effect = Effect::Read;
            outgoing.soap.answer_is_secret = true;
            let mut id = None;
            let keep = |reply: Reply<'_, SessionOpenReply>| reply.value.and_then(|value| value.session);
            engine.run(&outgoing, &mut reading::<SessionOpen, _>(&mut id, keep)).await?;
            let id = id.flatten().filter(|id| !id.expose().is_empty());
            let id = id
                .map(|id| SecretString::from(id.expose()))
                .ok_or_else(|| Error::unreadable(outgoing.subject, "the answer holds no id of a session"))?;
            if self.0.asynchronous {
                let asked = SessionSetPreference::new(SessionPreference::Sync, "0");
                if let Err(error) = ask(engine, &asked, SESSION, &id, options).await {
                    // Nobody would use it, and an account may have only so many.
                    let _ = ask(engine, &SessionClose::new(), SESSION, &id, options).await;
                    return Err(error);
                }
            }
            Ok(id)
        })
    }

    fn is_alive<'a>(
        &'a self,
        engine: &'a Engine,
        token: &'a SecretString,
        options: CallOptions,
    ) -> Future<'a, Result<bool>> {
        Box::pin(async move {
            match ask(engine, &SessionInfo::new(), SESSION, token, options).await {
                Ok(_) => Ok(true),
                Err(error) if has_ended(&error) => Ok(false),
                Err(error) => Err(error),
            }
        })
    }
}

/// Whether the answer to a request about the session says that there is none.
fn has_ended(error: &Error) -> bool {
    error.class() == Some(Class::Auth)
}

/// Uses the session that is open, so that it lasts.
pub(super) async fn keep_alive(engine: &Engine) -> Result<()> {
    let session = &engine.session;
    let Some(id) = session.token() else { return Ok(()) };
    match ask(engine, &SessionInfo::new(), SESSION, &id, CallOptions::default()).await {
        Ok(_) => {
            session.used(engine.timer.now());
            Ok(())
        }
        Err(error) => {
            if has_ended(&error) {
                session.forget(&id);
            }
            Err(error)
        }
    }
}

/// Closes the session that is open. One that is over already is closed.
pub(super) async fn close(engine: &Engine) -> Result<()> {
    let session = &engine.session;
    let Some(id) = session.token() else { return Ok(()) };
    session.forget(&id);
    match ask(engine, &SessionClose::new(), SESSION, &id, CallOptions::default()).await {
        Err(error) if !error.refusal().is_some_and(|refusal| is_over(&refusal.code_word)) => Err(error),
        _ => Ok(()),
    }
}

/// Whether a code is that of a session that is over, with or without a further number.
fn is_over(code: &str) -> bool {
    code.strip_prefix(OVER).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
