//! The client over each transport, called in one way.

use crate::{Dynadot, Provider};
use bindwire_client::dynadot::{Call, Reconciliation};
use bindwire_client::transport::Tower;
use bindwire_client::{Async, Blocking, Builder, Error, Result, Timer};
use bindwire_wire::{Command, Reply};
use bytes::Bytes;
use futures_util::future::join_all;
use http_body_util::Full;
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::rt::TokioExecutor;
use std::future::Future;
use std::thread;
use tokio::runtime::{Builder as RuntimeBuilder, Runtime};

/// A transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// reqwest, awaited.
    Reqwest,
    /// ureq, blocking.
    Ureq,
    /// hyper-util's client as a tower service, awaited.
    Tower,
}

impl Wire {
    /// Every transport.
    pub const ALL: [Self; 3] = [Self::Reqwest, Self::Ureq, Self::Tower];
}

/// A client of an API over one of the transports; its calls block.
pub enum Via<A: Provider = Dynadot> {
    /// One that is awaited, with the runtime that it runs on.
    Awaited(A::Client<Async>, Runtime),
    /// One that blocks.
    Blocks(A::Client<Blocking>),
}

/// Sets a builder of either face.
pub trait Set<A: Provider = Dynadot> {
    /// Sets it.
    fn set<F>(self, builder: Builder<A::Client<F>, F>) -> Builder<A::Client<F>, F>;
}

/// Sets a call of Dynadot's, of either face.
pub trait SetCall<C: Command> {
    /// Sets it.
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F>;
}

impl<A: Provider> Via<A> {
    /// A client with `key`, over `wire`, whose waits are those of `timer`.
    pub fn new(wire: Wire, key: &str, timer: impl Timer + 'static, set: impl Set<A>) -> Self {
        let awaited = |builder: Builder<A::Client<Async>, Async>| {
            let runtime = RuntimeBuilder::new_current_thread().enable_all().build().expect("a runtime");
            let client = {
                let _guard = runtime.enter();
                builder.build().expect("a client")
            };
            Self::Awaited(client, runtime)
        };
        match wire {
            Wire::Reqwest => awaited(set.set(A::builder(key)).timer(timer)),
            Wire::Tower => {
                let service: Hyper<_, Full<Bytes>> = Hyper::builder(TokioExecutor::new())
                    .retry_canceled_requests(false)
                    .pool_max_idle_per_host(0)
                    .build_http();
                let builder = set.set(A::builder::<Async>(key));
                awaited(builder.transport(Tower::new(service, bindwire_client::TokioTimer)).timer(timer))
            }
            Wire::Ureq => Self::Blocks(set.set(A::builder(key)).timer(timer).build().expect("a client")),
        }
    }

    /// Sends a command.
    pub fn send<C>(&self, command: C) -> Result<C::Reply>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(A::value(client, command)),
            Self::Blocks(client) => A::value_blocking(client, command),
        }
    }

    /// Sends commands at a time.
    pub fn send_all<C>(&self, commands: Vec<C>) -> Vec<Result<C::Reply>>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
        A::Client<Blocking>: Sync,
    {
        match self {
            Self::Awaited(client, runtime) => {
                let calls = commands.into_iter().map(|command| A::value(client, command));
                runtime.block_on(join_all(calls))
            }
            Self::Blocks(client) => thread::scope(|scope| {
                let send = |command| scope.spawn(move || A::value_blocking(client, command));
                let calls: Vec<_> = commands.into_iter().map(send).collect();
                calls.into_iter().map(|call| call.join().expect("no panic")).collect()
            }),
        }
    }

    /// Sends a command and gives the whole reply.
    pub fn send_reply<C>(&self, command: C) -> Result<Reply<'static, C::Reply>>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(A::reply(client, command)),
            Self::Blocks(client) => A::reply_blocking(client, command),
        }
    }

    /// Runs what needs one face or the other.
    pub fn either<T, R>(
        &self,
        awaited: impl FnOnce(A::Client<Async>) -> R,
        blocks: impl FnOnce(A::Client<Blocking>) -> T,
    ) -> T
    where
        R: Future<Output = T>,
    {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(awaited(client.clone())),
            Self::Blocks(client) => blocks(client.clone()),
        }
    }
}

impl Via {
    /// Sends a command with what is set for the call.
    pub fn call<C>(&self, command: C, set: impl SetCall<C>) -> Result<C::Reply>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(set.set(client.call(command)).send()),
            Self::Blocks(client) => set.set(client.call(command)).send(),
        }
    }

    /// Asks what became of a command.
    pub fn reconcile(&self, error: &Error) -> Result<Reconciliation> {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(client.reconcile(error)),
            Self::Blocks(client) => client.reconcile(error),
        }
    }
}
