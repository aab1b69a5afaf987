//! Bytes looked at many at a time: which of them are of a kind, a bit a byte.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A mask whose lowest high bit of a byte is that of the first of eight bytes that is `byte`; none when none is.
///
/// High bits above the lowest one may stand for other bytes: a borrow runs upwards from a hit. The other bits mean nothing;
/// [`find`] looks past them.
#[inline(always)]
pub(crate) fn first(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    difference.wrapping_sub(ONES) & !difference
}

/// As [`first`], for the first byte that is below `limit`, which is at most 0x80.
#[inline(always)]
pub(crate) fn first_below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(limit)) & !word
}

/// Position of the first byte of a kind from `from` on. `mask` tells it in eight bytes, and its lowest bit counts; `is` tells
/// it of one.
#[inline(always)]
pub(crate) fn find(bytes: &[u8], from: usize, mask: impl Fn(u64) -> u64, is: impl Fn(u8) -> bool) -> Option<usize> {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let hits = mask(u64::from_le_bytes(*chunk)) & HIGH;
        if hits != 0 {
            return Some(at + (hits.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    bytes.get(at..)?.iter().position(|byte| is(*byte)).map(|found| at + found)
}

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
        fn tells_what_a_look_at_each_byte_tells(
            bytes in prop::array::uniform8(prop::sample::select(&[0, 1, b' ', b',', b'-', b'.', 0x7F, 0x80, 0xAC, 0xFF][..])),
            limit in 0..=0x80_u8,
            byte in any::<u8>(),
        ) {
            let word = u64::from_le_bytes(bytes);
            let mask = first_below(word, limit) & HIGH;
            let found = (mask != 0).then(|| (mask.trailing_zeros() / 8) as usize);
            prop_assert_eq!(found, bytes.iter().position(|own| *own < limit));
            for byte in [byte, b',', 0, 0x80] {
                let mask = first(word, byte) & HIGH;
                let found = (mask != 0).then(|| (mask.trailing_zeros() / 8) as usize);
                prop_assert_eq!(found, bytes.iter().position(|own| *own == byte));
            }
        }

        #[test]
        fn finds_the_first(bytes in prop::collection::vec(b'*'..b'/', 0..40), from in 0..41_usize) {
            let found = find(&bytes, from, |word| first(word, b',') | first(word, b'.'), |byte| matches!(byte, b',' | b'.'));
            let rest = bytes.get(from..).unwrap_or_default();
            let expected = rest.iter().position(|byte| matches!(byte, b',' | b'.')).map(|at| from + at);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn tells_it_of_many_bytes(bytes in prop::array::uniform32(any::<u8>()), limit in any::<u8>()) {
            let mut block = [0; 64];
            block[..32].copy_from_slice(&bytes);
            block[32..].copy_from_slice(&bytes.map(|byte| byte.rotate_left(3)));
            let bits = below_64(&block, limit);
            prop_assert!((0..64).all(|at| (bits >> at & 1 == 1) == (block[at] < limit)));
        }
    }
}
