//! From a spec to typed bindings: loading, validation, lowering and emission.
//!
//! `spec` reads the TOML files of one API into [`model::Api`], with every mistake reported at its place; `emit` turns the
//! model into the files of a crate, its `catalog.json` and its `COMMANDS.md`. `import` reads what a WSDL says of a
//! service, from which a spec is made. Nothing in here depends on the API at hand.

pub mod emit;
pub mod import;
pub mod model;
pub mod spec;
