//! From a spec to typed bindings: loading, validation, lowering and emission.
//!
//! `spec` reads the TOML files of one API into [`model::Api`], with every mistake reported at its place; `emit` turns the
//! model into the files of a crate, its `catalog.json` and its `COMMANDS.md`. `import` reads what a WSDL says of a
//! service, and makes a spec of it; [`generate()`] makes a crate of any spec. Nothing in here depends on the API at hand.

pub mod emit;
mod generate;
pub mod import;
pub mod model;
pub mod spec;

pub use generate::{Form, GenerateError, Generated, Options, Wire, generate};
