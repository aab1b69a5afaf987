//! The DynECT SOAP API: the commands by family, the records that they share, and the client.

pub use bindwire_dynect::*;

#[cfg(any(feature = "client", feature = "blocking", feature = "tower"))]
pub use bindwire_client::dynect::{Call, Client, Dynect, blocking};
