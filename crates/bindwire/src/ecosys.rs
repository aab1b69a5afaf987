//! The EcoSys SOAP object API: the commands of the documentation's samples, objects that no spec describes, and the client.

pub use bindwire_ecosys::*;

#[cfg(any(feature = "client", feature = "blocking", feature = "tower"))]
pub use bindwire_client::ecosys::{
    Call, Client, DynamicCreate, DynamicCreateOrUpdate, DynamicDelete, DynamicObject, DynamicRead, DynamicRecord,
    DynamicTrigger, DynamicUpdate, DynamicWrite, Ecosys, Outcomes, RecordOutcome, RecordState, ResultNote, blocking,
    match_results, results_of,
};
