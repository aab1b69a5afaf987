//! The APIs that there are clients of, so that one test support serves all of them.

use bindwire_client::{Async, Blocking, Build, Builder, Result, dynadot, dynect, ecosys, netim};
use bindwire_loopback::{dynect as dynect_account, ecosys as ecosys_account, netim as netim_account};
use bindwire_wire::{Command, Reply};
use std::fmt::Debug;
use std::future::Future;

/// An API that there is a client of.
pub trait Provider: Sized + 'static {
    /// Its client, by its face.
    type Client<F>: Build + Clone + Debug;

    /// Sets a client up that has a key: the password where there are several credentials.
    fn builder<F>(key: &str) -> Builder<Self::Client<F>, F>;

    /// Sends a command by a client that is awaited, and gives its value.
    fn value<C>(client: &Self::Client<Async>, command: C) -> impl Future<Output = Result<C::Reply>>
    where
        C: Command + Send + Sync,
        C::Reply: Send;

    /// The same, blocking.
    fn value_blocking<C>(client: &Self::Client<Blocking>, command: C) -> Result<C::Reply>
    where
        C: Command + Send + Sync,
        C::Reply: Send;

    /// The same, and gives the whole reply.
    fn reply<C>(client: &Self::Client<Async>, command: C) -> impl Future<Output = Result<Reply<'static, C::Reply>>>
    where
        C: Command + Send + Sync,
        C::Reply: Send;

    /// The same, blocking.
    fn reply_blocking<C>(client: &Self::Client<Blocking>, command: C) -> Result<Reply<'static, C::Reply>>
    where
        C: Command + Send + Sync,
        C::Reply: Send;
}

/// Makes a type stand for an API.
macro_rules! provider {
    ($(#[$doc:meta])* $name:ident, $client:ty, $builder:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl Provider for $name {
            type Client<F> = $client;

            fn builder<F>(key: &str) -> Builder<Self::Client<F>, F> {
                $builder(key)
            }

            async fn value<C>(client: &Self::Client<Async>, command: C) -> Result<C::Reply>
            where
                C: Command + Send + Sync,
                C::Reply: Send,
            {
                client.send(command).await
            }

            fn value_blocking<C>(client: &Self::Client<Blocking>, command: C) -> Result<C::Reply>
            where
                C: Command + Send + Sync,
                C::Reply: Send,
            {
                client.send(command)
            }

            async fn reply<C>(client: &Self::Client<Async>, command: C) -> Result<Reply<'static, C::Reply>>
            where
                C: Command + Send + Sync,
                C::Reply: Send,
            {
                client.send_reply(command).await
            }

            fn reply_blocking<C>(client: &Self::Client<Blocking>, command: C) -> Result<Reply<'static, C::Reply>>
            where
                C: Command + Send + Sync,
                C::Reply: Send,
            {
                client.send_reply(command)
            }
        }
    };
}

provider! {
    /// Dynadot API3.
    Dynadot, dynadot::Dynadot<F>, dynadot::Dynadot::<F>::builder
}

provider! {
    /// The DynECT SOAP API, with the user of the stand-in.
    Dynect, bindwire_client::SoapClient<dynect::Dynect, F>,
    |password| bindwire_client::SoapClient::<dynect::Dynect, F>::builder(dynect_account::CUSTOMER, dynect_account::USER, password)
}

provider! {
    /// The Netim SOAP API, with the reseller of the stand-in.
    Netim, bindwire_client::SoapClient<netim::Netim, F>,
    |password| bindwire_client::SoapClient::<netim::Netim, F>::builder(netim_account::RESELLER, password)
}

provider! {
    /// The EcoSys SOAP object API, with the user of the stand-in; the address is to be set, for each customer has one.
    Ecosys, bindwire_client::SoapClient<ecosys::Ecosys, F>,
    |password| bindwire_client::SoapClient::<ecosys::Ecosys, F>::builder("", ecosys_account::USER, password)
}
