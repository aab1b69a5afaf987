//! The session of a reseller: opening it, a look whether it lasts, closing it.
//!
//! An account may have only so many sessions: one is used again and again, by all clients of the account, until it is closed.

use super::Settings;
use crate::engine::{CallOptions, Engine};
use crate::soap::{About, Sessions, ask, open_by};
use crate::{Error, Future, Result};
use bindwire_netim::session::{SessionClose, SessionInfo, SessionOpen, SessionSetPreference};
use bindwire_netim::types::SessionPreference;
use bindwire_wire::Class;
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
            let id = open_by(engine, &open, options, |reply| reply.session).await?;
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

    fn ask<'a>(
        &'a self,
        engine: &'a Engine,
        about: About,
        token: &'a SecretString,
        options: CallOptions,
    ) -> Future<'a, Result<()>> {
        Box::pin(async move {
            match about {
                // Being used is what keeps one.
                About::IsAlive | About::KeepAlive => ask(engine, &SessionInfo::new(), SESSION, token, options).await,
                About::Close => ask(engine, &SessionClose::new(), SESSION, token, options).await,
            }
        })
    }

    fn has_ended(&self, error: &Error) -> bool {
        error.class() == Some(Class::Auth)
    }

    fn is_over(&self, error: &Error) -> bool {
        error.refusal().is_some_and(|refusal| is_over(&refusal.code_word))
    }
}

/// Whether a code is that of a session that is over, with or without a further number.
fn is_over(code: &str) -> bool {
    code.strip_prefix(OVER).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
