//! The session of an account: opened when it is first needed, shared by all clients of the account, opened anew when it has ended.
//!
//! Who opens and closes it, and how it is looked after, is each API's business ([`Sessions`]); when that is done is decided here.

use crate::call::{outgoing, reading};
use crate::engine::{CallOptions, Engine, Outgoing, Read};
use crate::exchange::Judged;
use crate::gate::Queue;
use crate::{Error, Future, Result};
use bindwire_wire::{Class, Command, Effect, Reply, Secret};
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
    fn open<'a>(&'a self, engine: &'a Engine, options: CallOptions) -> Future<'a, Result<SecretString>>;

    /// Sends a request about one, by [`ask`].
    fn ask<'a>(
        &'a self,
        engine: &'a Engine,
        about: About,
        token: &'a SecretString,
        options: CallOptions,
    ) -> Future<'a, Result<()>>;

    /// Whether the answer to a request about one says that there is none.
    fn has_ended(&self, error: &Error) -> bool;

    /// Whether the answer to closing one says that it is over already.
    fn is_over(&self, error: &Error) -> bool {
        self.has_ended(error)
    }
}

/// What a session is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Whether it lasts.
    IsAlive,
    /// To last.
    KeepAlive,
    /// To end.
    Close,
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
    /// Something said that it may have ended, and nobody could look.
    is_doubtful: bool,
    /// How often opening one was refused.
    refusals: u64,
    /// The last refusal, where none was opened since.
    refused: Option<Error>,
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

    /// How often opening one was refused.
    pub fn refusals(&self) -> u64 {
        self.state().refusals
    }

    /// Forgets the session, if it is still this one.
    pub fn forget(&self, token: &SecretString) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|known| known.expose_secret() == token.expose_secret()) {
            (state.token, state.used_at, state.is_doubtful) = (None, None, false);
        }
    }

    /// Whether it is to be looked after before something is changed in it.
    fn may_have_ended(&self, now: Instant, limit: Duration) -> bool {
        let state = self.state();
        state.is_doubtful || state.used_at.is_some_and(|used_at| now.saturating_duration_since(used_at) >= limit)
    }

    /// It lasts, as its having been used shows.
    pub fn used(&self, now: Instant) {
        let mut state = self.state();
        (state.used_at, state.is_doubtful) = (Some(now), false);
    }

    fn doubt(&self) {
        self.state().is_doubtful = true;
    }

    /// Why none could be opened since there had been so many refusals.
    fn refused_since(&self, refusals: Option<u64>) -> Option<Error> {
        let state = self.state();
        refusals.filter(|known| state.refusals > *known).and_then(|_| state.refused.clone())
    }

    /// The token of the session; one is opened when there is none. Of those who come at a time one opens it, and the others wait:
    /// for the session, or for the refusal, since too many wrong passwords may lock an account.
    async fn opened(&self, engine: &Engine, sessions: &dyn Sessions, outgoing: &Outgoing) -> Result<SecretString> {
        if let Some(token) = self.token() {
            return Ok(token);
        }
        let turn = self.turn();
        let _turn = engine.in_time(&outgoing.subject, outgoing.options.deadline, turn.enter()).await?;
        if let Some(token) = self.token() {
            return Ok(token);
        }
        if let Some(error) = self.refused_since(outgoing.soap.refusals) {
            return Err(error);
        }
        let opened = sessions.open(engine, within(outgoing)).await;
        let mut state = self.state();
        match &opened {
            Ok(token) => {
                (state.token, state.used_at) = (Some(token.clone()), Some(engine.timer.now()));
                state.is_doubtful = false;
                state.refused = None;
            }
            Err(error) if error.class() == Some(Class::Auth) => {
                state.refusals += 1;
                state.refused = Some(error.clone());
            }
            Err(_) => {}
        }
        opened
    }
}

/// Opens a session by a command whose answer holds its token. A session that nobody knows of changes nothing of the account, and ends
/// by itself.
pub(crate) async fn open_by<C>(
    engine: &Engine,
    command: &C,
    options: CallOptions,
    token: impl FnOnce(C::Reply) -> Option<Secret> + Send,
) -> Result<SecretString>
where
    C: Command,
    C::Reply: Send,
{
    let mut outgoing = outgoing(command, options)?;
    outgoing.subject.effect = Effect::Read;
    outgoing.soap.answer_is_secret = true;
    let mut value = None;
    engine.run(&outgoing, &mut reading::<C, _>(&mut value, |reply| reply.value)).await?;
    let token = value.flatten().and_then(token).filter(|token| !token.expose().is_empty());
    token
        .map(|token| SecretString::from(token.expose()))
        .ok_or_else(|| Error::unreadable(outgoing.subject, "the answer holds no token of a session"))
}

/// Sends a command about a session, without opening another one. It changes nothing of the account, whatever becomes of it, and does no
/// harm a second time.
pub(crate) async fn ask<C>(
    engine: &Engine,
    command: &C,
    param: &'static str,
    token: &SecretString,
    options: CallOptions,
) -> Result<()>
where
    C: Command,
    C::Reply: Send,
{
    let mut outgoing = outgoing(command, options)?;
    outgoing.subject.effect = Effect::Read;
    outgoing.soap.common.push((param, token.clone()));
    engine.run(&outgoing, &mut reading::<C, _>(&mut None, |_| ())).await?;
    Ok(())
}

/// Keeps the session that is open alive.
pub(crate) async fn keep_alive(engine: &Engine, sessions: &dyn Sessions, options: CallOptions) -> Result<()> {
    let session = &engine.session;
    let Some(token) = session.token() else { return Ok(()) };
    let kept = sessions.ask(engine, About::KeepAlive, &token, options).await;
    match &kept {
        Ok(()) => session.used(engine.timer.now()),
        Err(error) if sessions.has_ended(error) => session.forget(&token),
        Err(_) => {}
    }
    kept
}

/// Closes the session that is open. One that is over already is closed, as after a request whose answer was lost.
pub(crate) async fn close(engine: &Engine, sessions: &dyn Sessions, options: CallOptions) -> Result<()> {
    let session = &engine.session;
    let Some(token) = session.token() else { return Ok(()) };
    session.forget(&token);
    match sessions.ask(engine, About::Close, &token, options).await {
        Err(error) if !sessions.is_over(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Whether a session still lasts.
async fn is_alive(
    engine: &Engine,
    sessions: &dyn Sessions,
    token: &SecretString,
    options: CallOptions,
) -> Result<bool> {
    match sessions.ask(engine, About::IsAlive, token, options).await {
        Ok(()) => Ok(true),
        Err(error) if sessions.has_ended(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What requests are sent with that a command needs before it: the same deadline.
fn within(outgoing: &Outgoing) -> CallOptions {
    CallOptions { deadline: outgoing.options.deadline, ..CallOptions::default() }
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
    let session = &engine.session;
    let options = within(outgoing);
    let mut token = session.opened(engine, sessions, outgoing).await?;
    let reads = outgoing.subject.effect == Effect::Read;
    if !reads
        && session.may_have_ended(engine.timer.now(), sessions.idle_limit())
        && !is_alive(engine, sessions, &token, options).await?
    {
        session.forget(&token);
        token = session.opened(engine, sessions, outgoing).await?;
    }
    let mut is_second = false;
    loop {
        let result = attempt(engine, sessions, outgoing, read, &token).await;
        let Err(error) = &result else { return result };
        if may_have_ended(error) && outgoing.soap.is_bound {
            session.doubt();
            return result;
        }
        if !may_have_ended(error) || is_alive(engine, sessions, &token, options).await.unwrap_or(true) {
            return result;
        }
        session.forget(&token);
        if !reads || is_second {
            return Err(error.in_ended_session());
        }
        token = session.opened(engine, sessions, outgoing).await?;
        is_second = true;
    }
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
    // What was not answered may not have come, and then it did not keep the session.
    if result.as_ref().err().is_none_or(|error| error.refusal().is_some()) {
        engine.session.used(engine.timer.now());
    }
    result
}

/// Whether a refusal can mean that the session has ended: it says that the caller is not let in, or nothing that excludes it.
fn may_have_ended(error: &Error) -> bool {
    matches!(error.class(), Some(Class::Auth | Class::InvalidRequest | Class::Other))
}
