//! The session of a user: login, a look whether it lasts, keeping it alive, logout.

use crate::call::{outgoing, reading};
use crate::engine::{CallOptions, Engine};
use crate::soap::{Sessions, ask};
use crate::{Error, Future, Result};
use bindwire_dynect::codes::ErrorCode;
use bindwire_dynect::session::{SessionIsAlive, SessionKeepAlive, SessionLogin, SessionLogout};
use bindwire_wire::{Class, Effect};
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
            let mut outgoing = outgoing(&login, options)?;
            // A session that nobody knows of changes nothing of the account, and ends by itself.
            outgoing.subject.effect = Effect::Read;
            outgoing.soap.answer_is_secret = true;
            let mut token = None;
            let keep = |reply: bindwire_wire::Reply<'_, _>| {
                reply.value.and_then(|value: bindwire_dynect::session::SessionLoginReply| value.data.token)
            };
            let run = engine.run(&outgoing, &mut reading::<SessionLogin, _>(&mut token, keep)).await;
            // The service calls wrong credentials invalid data.
            run.map_err(|error| error.of_credentials())?;
            let token = token.flatten().filter(|token| !token.expose().is_empty());
            token
                .map(|token| SecretString::from(token.expose()))
                .ok_or_else(|| Error::unreadable(outgoing.subject, "the answer to the login holds no token"))
        })
    }

    fn is_alive<'a>(
        &'a self,
        engine: &'a Engine,
        token: &'a SecretString,
        options: CallOptions,
    ) -> Future<'a, Result<bool>> {
        Box::pin(async move {
            match ask(engine, &SessionIsAlive::new(), TOKEN, token, options).await {
                Ok(_) => Ok(true),
                Err(error) if has_ended(&error) => Ok(false),
                Err(error) => Err(error),
            }
        })
    }
}

/// Whether the answer to a request about the session says that there is none: in which words, no source tells. That the service
/// lost its way, or is busy with a job of the session, is none of them.
fn has_ended(error: &Error) -> bool {
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

/// Keeps the session that is open alive.
pub(super) async fn keep_alive(engine: &Engine, options: CallOptions) -> Result<()> {
    let session = &engine.session;
    let Some(token) = session.token() else { return Ok(()) };
    match ask(engine, &SessionKeepAlive::new(), TOKEN, &token, options).await {
        Ok(_) => {
            session.used(engine.timer.now());
            Ok(())
        }
        Err(error) => {
            if has_ended(&error) {
                session.forget(&token);
            }
            Err(error)
        }
    }
}

/// Closes the session that is open. One that is over already is closed, as after a logout whose answer was lost.
pub(super) async fn close(engine: &Engine, options: CallOptions) -> Result<()> {
    let session = &engine.session;
    let Some(token) = session.token() else { return Ok(()) };
    session.forget(&token);
    match ask(engine, &SessionLogout::new(), TOKEN, &token, options).await {
        Err(error) if !has_ended(&error) => Err(error),
        _ => Ok(()),
    }
}
