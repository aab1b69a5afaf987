//! Asks something of the server whose origin is given, over each transport that brings TLS along.
//!
//! A program of its own, since which certificates are trusted is read from the environment once a process: `tests/tls.rs` runs it
//! with one to trust.

use bindwire_client::dynadot::Dynadot;
use bindwire_client::{Builder, Limits, RetryPolicy, TokioTimer};
use bindwire_client_tests::{Set, Via, Wire};
use bindwire_dynadot::account::IsProcessing;

struct Settings(String);

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(1, 0)).retry(RetryPolicy::never())
    }
}

fn main() {
    let origin = std::env::args().nth(1).expect("the origin of a server");
    for wire in [Wire::Reqwest, Wire::Ureq] {
        let client = Via::new(wire, "key", TokioTimer, Settings(origin.clone()));
        client.send(IsProcessing::new()).unwrap_or_else(|error| panic!("{wire:?}: {error}"));
    }
}
