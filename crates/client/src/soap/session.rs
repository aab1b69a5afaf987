//! The session of an account: opened when it is first needed, shared by all clients of the account, opened anew when it has ended.
//!
//! Who opens and closes it, and how it is looked after, is each API's business ([`Sessions`]); when that is done is decided here.

use crate::call::reading;
use crate::engine::{Engine, Outgoing, Read};
use crate::exchange::Judged;
use crate::gate::Queue;
use crate::{Error, Future, Result};
use bindwire_wire::{Class, Command, Effect, Reply};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What an API does with sessions.
pub(crate) trait Sessions: Sync {
    /// The param that stands for the session, on the wire.
    fn param(&self) -> &'static str;

    /// After how long without a request a session is looked after before something is changed in it.
    fn idle_limit(&self) -> Duration;

    /// Opens one.
    fn open<'a>(&'a self, engine: &'a Engine) -> Future<'a, Result<SecretString>>;

    /// Whether one still lasts.
    fn is_alive<'a>(&'a self, engine: &'a Engine, token: &'a SecretString) -> Future<'a, Result<bool>>;
}

/// The session of an account.
#[derive(Default)]
pub(crate) struct Session {
    state: Mutex<State>,
    /// Whose turn it is to open one.
    turn: Mutex<Option<Arc<Queue>>>,
}

#[derive(Default)]
struct State {
    token: Option<SecretString>,
    used_at: Option<Instant>,
}

impl Session {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self) -> Arc<Queue> {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        turn.get_or_insert_with(|| Queue::new(1)).clone()
    }

    /// The token of the session that is open.
    pub fn token(&self) -> Option<SecretString> {
        self.state().token.clone()
    }

    /// Forgets the session, if it is still this one.
    pub fn forget(&self, token: &SecretString) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|known| known.expose_secret() == token.expose_secret()) {
            *state = State::default();
        }
    }

    fn is_idle(&self, now: Instant, limit: Duration) -> bool {
        self.state().used_at.is_some_and(|used_at| now.saturating_duration_since(used_at) >= limit)
    }

    pub fn used(&self, now: Instant) {
        self.state().used_at = Some(now);
    }

    /// The token of the session; one is opened when there is none. Of those who come at a time one opens it, and the others wait.
    pub async fn opened(&self, engine: &Engine, sessions: &dyn Sessions) -> Result<SecretString> {
        if let Some(token) = self.token() {
            return Ok(token);
        }
        let _turn = self.turn().enter().await;
        if let Some(token) = self.token() {
            return Ok(token);
        }
        let token = sessions.open(engine).await?;
        *self.state() = State { token: Some(token.clone()), used_at: Some(engine.timer.now()) };
        Ok(token)
    }
}

/// Sends a command of the type `C` in the account's session, and gives its reply.
pub(crate) async fn run_for_reply<C>(
    engine: &Engine,
    sessions: &dyn Sessions,
    outgoing: &mut Outgoing,
) -> Result<Reply<'static, C::Reply>>
where
    C: Command,
    C::Reply: Send,
{
    let mut reply = None;
    run(engine, sessions, outgoing, &mut reading::<C, _>(&mut reply, |reply| reply.into_owned())).await?;
    Ok(reply.expect("what was judged was read"))
}

/// Sends a command in the account's session.
///
/// Before something is changed in a session that may have ended meanwhile, it is asked whether it has. A command that only reads
/// and finds the session ended goes once more in a new one.
async fn run(engine: &Engine, sessions: &dyn Sessions, outgoing: &mut Outgoing, read: &mut Read<'_>) -> Result<Judged> {
    if engine.api.soap.is_some_and(|soap| soap.sessionless.contains(&outgoing.subject.command.as_str())) {
        return engine.run(outgoing, read).await;
    }
    let session = engine.account.session();
    let mut token = session.opened(engine, sessions).await?;
    let reads = outgoing.subject.effect == Effect::Read;
    if !reads
        && session.is_idle(engine.timer.now(), sessions.idle_limit())
        && !sessions.is_alive(engine, &token).await?
    {
        session.forget(&token);
        token = session.opened(engine, sessions).await?;
    }
    let first = attempt(engine, sessions, outgoing, read, &token).await;
    let Err(error) = first else { return first };
    if !may_have_ended(&error) || sessions.is_alive(engine, &token).await.unwrap_or(true) {
        return Err(error);
    }
    session.forget(&token);
    if !reads {
        return Err(error);
    }
    token = session.opened(engine, sessions).await?;
    attempt(engine, sessions, outgoing, read, &token).await
}

async fn attempt(
    engine: &Engine,
    sessions: &dyn Sessions,
    outgoing: &mut Outgoing,
    read: &mut Read<'_>,
    token: &SecretString,
) -> Result<Judged> {
    outgoing.soap.common.retain(|(name, _)| *name != sessions.param());
    outgoing.soap.common.push((sessions.param(), token.clone()));
    let result = engine.run(outgoing, read).await;
    engine.account.session().used(engine.timer.now());
    result
}

/// Whether a refusal can mean that the session has ended: it says that the caller is not let in, or nothing that excludes it.
fn may_have_ended(error: &Error) -> bool {
    matches!(error.class(), Some(Class::Auth | Class::InvalidRequest | Class::Other))
}
