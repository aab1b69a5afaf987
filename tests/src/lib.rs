//! Helpers of the drivers in this package.

pub mod arbitrary;
pub mod expected;
pub mod notation;
pub mod vectors;

/// The README's example, held to by the doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
