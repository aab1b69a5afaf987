//! Dynadot API3: the commands by family, the records that they share, and the client.

pub use bindwire_dynadot::*;

#[cfg(any(feature = "client", feature = "blocking", feature = "tower"))]
pub use bindwire_client::dynadot::{
    Call, Client, Dynadot, Many, NameOutcome, NameResult, Progress, Reconciliation, Verdict, blocking, zone,
};
