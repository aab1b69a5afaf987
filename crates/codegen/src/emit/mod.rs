//! Emission.
mod lower;
