//! Typed bindings for Dynadot API3.
