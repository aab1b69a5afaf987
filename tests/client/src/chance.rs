//! Chance by a seed, so that what failed fails again.

/// The number that a seed draws as its `n`th: SplitMix64, in which every bit depends on every other.
pub fn chance(seed: u64, n: u64) -> u64 {
    let mut x = (seed << 8 | n).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ x >> 31
}
