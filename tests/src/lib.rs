//! Helpers of the drivers in this package.

pub mod expected;
pub mod vectors;
