//! The Netim SOAP API 2.0: the functions by family, the records that they share, and the client.

pub use bindwire_netim::*;

#[cfg(any(feature = "client", feature = "blocking", feature = "tower"))]
pub use bindwire_client::netim::{Call, Client, Netim, Operation, OperationState, Reconciliation, Verdict, blocking};
