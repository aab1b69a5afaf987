//! Helpers of the drivers in this package.
