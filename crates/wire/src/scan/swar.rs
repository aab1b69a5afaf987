//! Bytes looked at many at a time: which of them are of a kind, a bit a byte.

const ONES: u64 = 0x0101_0101_0101_0101;

/// A bit for each of 64 bytes that is below `limit`.
#[inline(always)]
pub(crate) fn below_64(block: &[u8; 64], limit: u8) -> u64 {
    // One bit of its eight for each byte: compilers do this many bytes at a time.
    let mut own = [0; 64];
    for (at, byte) in block.iter().enumerate() {
        own[at] = if *byte < limit { 1 << (at % 8) } else { 0 };
    }
    let (words, _) = own.as_chunks::<8>();
    let mut bits = 0;
    for (number, word) in words.iter().enumerate() {
        // The highest byte of the product is the sum of all eight.
        bits |= u64::from_le_bytes(*word).wrapping_mul(ONES) >> 56 << (number * 8);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tells_what_a_look_at_each_byte_tells(bytes in prop::array::uniform32(any::<u8>()), limit in any::<u8>()) {
            let mut block = [0; 64];
            block[..32].copy_from_slice(&bytes);
            block[32..].copy_from_slice(&bytes.map(|byte| byte.rotate_left(3)));
            let bits = below_64(&block, limit);
            prop_assert!((0..64).all(|at| (bits >> at & 1 == 1) == (block[at] < limit)));
        }
    }
}
