//! The client over each transport, called in one way.

use bindwire_client::dynadot::{Call, Client, Dynadot, Reconciliation, blocking};
use bindwire_client::transport::Tower;
use bindwire_client::{Async, Blocking, Builder, Error, Result, Timer};
use bindwire_wire::{Command, Reply};
use bytes::Bytes;
use http_body_util::Full;
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::rt::TokioExecutor;
use std::future::Future;
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

/// A client over one of the transports; its calls block.
pub enum Via {
    /// One that is awaited, with the runtime that it runs on.
    Awaited(Client, Runtime),
    /// One that blocks.
    Blocks(blocking::Client),
}

/// Sets a builder of either face.
pub trait Set {
    /// Sets it.
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F>;
}

/// Sets a call of either face.
pub trait SetCall<C: Command> {
    /// Sets it.
    fn set<F>(self, call: Call<'_, C, F>) -> Call<'_, C, F>;
}

impl Via {
    /// A client with `key`, over `wire`, whose waits are those of `timer`.
    pub fn new(wire: Wire, key: &str, timer: impl Timer + 'static, set: impl Set) -> Self {
        let awaited = |builder: Builder<Client, Async>| {
            let runtime = RuntimeBuilder::new_current_thread().enable_all().build().expect("a runtime");
            let client = {
                let _guard = runtime.enter();
                builder.build().expect("a client")
            };
            Self::Awaited(client, runtime)
        };
        match wire {
            Wire::Reqwest => awaited(set.set(Client::builder(key)).timer(timer)),
            Wire::Tower => {
                let service: Hyper<_, Full<Bytes>> = Hyper::builder(TokioExecutor::new())
                    .retry_canceled_requests(false)
                    .pool_max_idle_per_host(0)
                    .build_http();
                let builder = set.set(Client::builder(key));
                awaited(builder.transport(Tower::new(service, bindwire_client::TokioTimer)).timer(timer))
            }
            Wire::Ureq => {
                let builder: Builder<blocking::Client, Blocking> = set.set(blocking::Client::builder(key)).timer(timer);
                Self::Blocks(builder.build().expect("a client"))
            }
        }
    }

    /// Sends a command.
    pub fn send<C>(&self, command: C) -> Result<C::Reply>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(client.send(command)),
            Self::Blocks(client) => client.send(command),
        }
    }

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

    /// Sends a command and gives the whole reply.
    pub fn send_reply<C>(&self, command: C) -> Result<Reply<'static, C::Reply>>
    where
        C: Command + Send + Sync,
        C::Reply: Send,
    {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(client.send_reply(command)),
            Self::Blocks(client) => client.send_reply(command),
        }
    }

    /// Asks what became of a command.
    pub fn reconcile(&self, error: &Error) -> Result<Reconciliation> {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(client.reconcile(error)),
            Self::Blocks(client) => client.reconcile(error),
        }
    }

    /// Runs what needs one face or the other.
    pub fn either<T, R>(&self, awaited: impl FnOnce(Client) -> R, blocks: impl FnOnce(blocking::Client) -> T) -> T
    where
        R: Future<Output = T>,
    {
        match self {
            Self::Awaited(client, runtime) => runtime.block_on(awaited(client.clone())),
            Self::Blocks(client) => blocks(client.clone()),
        }
    }
}
