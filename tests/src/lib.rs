//! Helpers of the drivers in this package.

pub mod arbitrary;
pub mod expected;
pub mod notation;
pub mod vectors;
