//! Every command that spends.

use bindwire_client::Result;
use bindwire_client::netim::Operation;
use bindwire_client_tests::{Netim, Via};
use bindwire_netim::domain::{DomainCreate, DomainRenew, DomainRestore};
use bindwire_netim::hosting::{WebHostingCreate, WebHostingRenew};
use bindwire_netim::launch_phase::DomainCreateLp;
use bindwire_netim::ssl::{SslCreate, SslRenew};
use bindwire_netim::transfer::{DomainTransferIn, DomainTransferOwner, DomainTransferTrade};
use bindwire_netim::types::StructCSR;

use super::support::operate;

/// A command that spends.
pub struct Spending {
    /// Its name on the wire.
    pub command: &'static str,
    /// A param that tells what it was about, and its value.
    pub about: (&'static str, &'static str),
    /// Sends it, with a secret where it takes one.
    pub send: fn(&Via<Netim>, &str) -> Result<Operation>,
}

const fn of_domain(command: &'static str, send: fn(&Via<Netim>, &str) -> Result<Operation>) -> Spending {
    Spending { command, about: ("domain", "example.com"), send }
}

const NS: [&str; 2] = ["ns1.example.com", "ns2.example.com"];

/// All of them.
pub const SPENDING: [Spending; 11] = [
    of_domain("domainCreate", |client, _| {
        operate(client, DomainCreate::new("example.com", "A1", "A2", "A3", "A4", NS[0], NS[1], 1))
    }),
    of_domain("domainCreateLP", |client, _| {
        operate(client, DomainCreateLp::new("example.com", "A1", "A2", "A3", "A4", NS[0], NS[1], 1, "sunrise"))
    }),
    of_domain("domainRenew", |client, _| operate(client, DomainRenew::new("example.com", 1))),
    of_domain("domainRestore", |client, _| operate(client, DomainRestore::new("example.com"))),
    of_domain("domainTransferIn", |client, secret| {
        let transfer = DomainTransferIn::new("example.com", "A1", "A2", "A3", "A4", NS[0], NS[1]);
        operate(client, transfer.auth_id(secret))
    }),
    of_domain("domainTransferTrade", |client, secret| {
        let transfer = DomainTransferTrade::new("example.com", "A1", "A2", "A3", "A4", NS[0], NS[1]);
        operate(client, transfer.auth_id(secret))
    }),
    of_domain("domainTransferOwner", |client, _| operate(client, DomainTransferOwner::new("example.com", "A1"))),
    Spending {
        about: ("prod", "SSL"),
        ..of_domain("sslCreate", |client, _| operate(client, SslCreate::new("SSL", 1, StructCSR::default(), "dns")))
    },
    Spending { about: ("IDSSL", "12"), ..of_domain("sslRenew", |client, _| operate(client, SslRenew::new("12", 1))) },
    Spending {
        about: ("fqdn", "example.com"),
        ..of_domain("webHostingCreate", |client, _| operate(client, WebHostingCreate::new("example.com", "OFFER", 1)))
    },
    Spending {
        about: ("id", "34"),
        ..of_domain("webHostingRenew", |client, _| operate(client, WebHostingRenew::new("34", 1)))
    },
];
