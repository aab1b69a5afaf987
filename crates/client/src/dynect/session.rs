//! The session of a user: login, a look whether it lasts, keeping it alive, logout.

use crate::engine::{CallOptions, Engine};
use crate::soap::{About, Sessions, ask, open_by};
use crate::{Error, Future, Result};
use bindwire_dynect::codes::ErrorCode;
use bindwire_dynect::session::{SessionIsAlive, SessionKeepAlive, SessionLogin, SessionLogout};
use bindwire_wire::Class;
use secrecy::{ExposeSecret as _, SecretString};
use std::time::Duration;

/// The param that carries the token.
const TOKEN: &str = "token";

/// What this API does with sessions.
pub(super) struct Tokens {
    pub idle_limit: Duration,
}

impl Sessions for Tokens {
    fn param(&self) -> &'static str {
        TOKEN
    }

    fn idle_limit(&self) -> Duration {
        self.idle_limit
    }

    fn open<'a>(&'a self, engine: &'a Engine, options: CallOptions) -> Future<'a, Result<SecretString>> {
        Box::pin(async move {
            let [customer, user, password] = &*engine.credentials else {
                unreachable!("a client has the credentials that the spec names")
            };
            let [customer, user, password] = [customer, user, password].map(|known| known.expose_secret());
            let login = SessionLogin::new(user, customer, password);
            let opened = open_by(engine, &login, options, |reply| reply.data.token).await;
            // The service calls wrong credentials invalid data.
            opened.map_err(|error| error.of_credentials())
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
                About::IsAlive => ask(engine, &SessionIsAlive::new(), TOKEN, token, options).await,
                About::KeepAlive => ask(engine, &SessionKeepAlive::new(), TOKEN, token, options).await,
                About::Close => ask(engine, &SessionLogout::new(), TOKEN, token, options).await,
            }
        })
    }

    /// In which words, no source tells. That the service lost its way, or is busy with a job of the session, is none of them.
    fn has_ended(&self, error: &Error) -> bool {
        let Some(refusal) = error.refusal() else { return false };
        match refusal.class {
            Class::Auth | Class::InvalidRequest | Class::NotFound => true,
            Class::Other => !matches!(
                ErrorCode::of(refusal),
                Some(ErrorCode::InternalError | ErrorCode::OperationFailed | ErrorCode::UnknownError)
            ),
            _ => false,
        }
    }
}
