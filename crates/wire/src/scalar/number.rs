//! Integers and exact decimal numbers as leaves, and the scanning of digits for the other values.

use super::Scalar;
use crate::{FlagStyle, LeafKind, Plain};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// The value of a run of digits; `None` when it is empty, holds anything else, or is beyond 64 bits.
pub(super) fn digits(bytes: &[u8]) -> Option<u64> {
    // 19 digits cannot overflow, so that the usual case is a bare loop.
    let (safe, more) = bytes.split_at(bytes.len().min(19));
    let (eights, rest) = safe.as_chunks::<8>();
    let mut value = 0_u64;
    for eight in eights {
        value = value * 100_000_000 + eight_digits(*eight)?;
    }
    for byte in rest {
        value = value * 10 + digit(*byte)?;
    }
    for byte in more {
        value = value.checked_mul(10)?.checked_add(digit(*byte)?)?;
    }
    (!bytes.is_empty()).then_some(value)
}

fn digit(byte: u8) -> Option<u64> {
    let digit = byte.wrapping_sub(b'0');
    (digit <= 9).then_some(u64::from(digit))
}

/// The value of eight digits, all at once.
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(bytes);
    // The upper half of a digit's byte is 3, and stays so when 6 is added.
    let upper = |word: u64| word & (ONES * 0xF0);
    if upper(word) | upper(word.wrapping_add(ONES * 6)) >> 4 != ONES * 0x33 {
        return None;
    }
    // Neighbours are put together: digits to pairs, pairs to fours, fours to the eight.
    let pairs = (word & (ONES * 0x0F)).wrapping_mul(2561) >> 8 & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(6_553_601) >> 16 & 0x0000_FFFF_0000_FFFF;
    Some(fours.wrapping_mul(42_949_672_960_001) >> 32)
}

/// Takes a sign off: which, and what follows.
pub(super) fn signed(text: &str) -> (Option<u8>, &str) {
    match text.as_bytes().first() {
        Some(sign @ (b'-' | b'+')) => (Some(*sign), &text[1..]),
        _ => (None, text),
    }
}

/// The value of digits with an optional sign.
pub(super) fn integer(text: &str) -> Option<i64> {
    let (sign, rest) = signed(text);
    let magnitude = digits(rest.as_bytes())?;
    if sign == Some(b'-') { 0_i64.checked_sub_unsigned(magnitude) } else { magnitude.try_into().ok() }
}

/// What [`unsigned_decimal`] says of at most 18 digits with at most one point among them; `None` for anything else.
///
/// Amounts nearly always are such, and 64 bits are enough for them.
pub(super) fn short_decimal(text: &[u8]) -> Option<Decimal> {
    if text.len() > 18 {
        return None;
    }
    let mut mantissa = 0_u64;
    let mut point = None;
    for (at, byte) in text.iter().enumerate() {
        if let Some(digit) = digit(*byte) {
            mantissa = mantissa * 10 + digit;
        } else if *byte == b'.' && point.is_none() {
            point = Some(at);
        } else {
            return None;
        }
    }
    // A point without digits after it is no number, as the empty text is none.
    let scale = point.map_or(0, |point| text.len() - 1 - point);
    if !text.last()?.is_ascii_digit() {
        return None;
    }
    let (low, high) = (mantissa as u32, (mantissa >> 32) as u32);
    Some(Decimal::from_parts(low, high, 0, false, scale as u32))
}

/// The value of digits with at most one point, and a power of ten if there is an `e`: `8.00`, `.5`, `1.0E7`.
///
/// The scale stays as written. `None` for anything else, a point without digits after it, and a value that cannot be held
/// exactly (28 decimal places, 96 bits).
pub(super) fn unsigned_decimal(mut bytes: impl Iterator<Item = u8>) -> Option<Decimal> {
    let mut mantissa = 0_u128;
    let mut scale = 0_u32;
    let mut after_point = false;
    let mut complete = false;
    let mut power = 0_i32;
    while let Some(byte) = bytes.next() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u128::from(byte - b'0');
                scale += u32::from(after_point);
                complete = true;
                if mantissa >> 96 != 0 || scale > Decimal::MAX_SCALE {
                    return None;
                }
            }
            b'.' if !after_point => (after_point, complete) = (true, false),
            b'e' | b'E' if complete => {
                power = exponent(bytes)?;
                break;
            }
            _ => return None,
        }
    }
    let scale = i32::try_from(scale).ok()? - power;
    if scale < 0 {
        mantissa = mantissa.checked_mul(10_u128.checked_pow(scale.unsigned_abs())?)?;
    }
    let held = Decimal::try_from_i128_with_scale(mantissa.try_into().ok()?, scale.max(0).unsigned_abs()).ok();
    held.filter(|_| complete)
}

/// An exponent of at most three digits.
fn exponent(bytes: impl Iterator<Item = u8>) -> Option<i32> {
    let mut bytes = bytes.peekable();
    let negative = bytes.next_if_eq(&b'-').is_some();
    if !negative {
        bytes.next_if_eq(&b'+');
    }
    let mut value = None;
    for byte in bytes {
        let digit = byte.is_ascii_digit().then(|| i32::from(byte - b'0'))?;
        value = Some(value.unwrap_or(0) * 10 + digit).filter(|value| *value < 1000);
        value?;
    }
    value.map(|value| if negative { -value } else { value })
}

/// A decimal number with an optional sign.
fn decimal(text: &str) -> Option<Decimal> {
    if let Some(value) = short_decimal(text.as_bytes()) {
        return Some(value);
    }
    let (sign, rest) = signed(text);
    let value = unsigned_decimal(rest.bytes())?;
    Some(if sign == Some(b'-') { -value } else { value })
}

macro_rules! integers {
    ($($type:ty),+) => {$(
        /// Digits with an optional sign and nothing else: no separators, no point.
        impl Scalar for $type {
            const KIND: LeafKind = LeafKind::Int;

            fn parse(text: &str) -> Option<Self> {
                integer(text)?.try_into().ok()
            }

            fn print(&self, _flag: FlagStyle, out: &mut String) {
                let _ = write!(out, "{self}");
            }

            fn plain(&self) -> Plain {
                Plain::Int((*self).into())
            }
        }
    )+};
}

integers!(i64, u32);

/// Digits with an optional plus sign and nothing else.
impl Scalar for u64 {
    const KIND: LeafKind = LeafKind::Int;

    fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = signed(text);
        digits(rest.as_bytes()).filter(|value| sign != Some(b'-') || *value == 0)
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        let _ = write!(out, "{self}");
    }

    /// A text where the plain form's integers do not reach.
    fn plain(&self) -> Plain {
        i64::try_from(*self).map_or_else(|_| Plain::Text(self.to_string()), Plain::Int)
    }
}

/// Digits with an optional sign, point and power of ten; the number of decimal places is kept.
impl Scalar for Decimal {
    const KIND: LeafKind = LeafKind::Decimal;

    fn parse(text: &str) -> Option<Self> {
        decimal(text)
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        let _ = write!(out, "{self}");
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, assert_unparsed, read, written};
    use super::*;
    use crate::{Format, Leaf};
    use proptest::prelude::*;

    #[test]
    fn reads_integers_to_their_bounds() {
        assert_same_text::<Option<i64>>(&["0", "-1", "1430244248274", "9223372036854775807", "-9223372036854775808"]);
        assert_same_text::<Option<u32>>(&["0", "4294967295"]);
        assert_same_text::<Option<u64>>(&["0", "18446744073709551615"]);
        assert_eq!(read::<Option<i64>>(" +007\n"), Ok(Some(7)));
        assert_eq!(read::<Option<u32>>("-0"), Ok(Some(0)));
        assert_eq!(read::<Option<i64>>(&"0".repeat(1000)), Ok(Some(0)));
        assert_eq!(Some(u64::MAX).plain(), Plain::Text(u64::MAX.to_string()));
    }

    #[test]
    fn reads_no_integer_from_anything_else() {
        let garbage = ["-", "+", "--1", "1-", "1,000", "1 000", "1.0", "1e3", "0x1", "١", "1_0", "a"];
        assert_unparsed::<Option<i64>>(&garbage);
        assert_unparsed::<Option<u64>>(&garbage);
        assert_unparsed::<Option<i64>>(&["9223372036854775808", "-9223372036854775809"]);
        assert_unparsed::<Option<u32>>(&["4294967296", "-1"]);
        assert_unparsed::<Option<u64>>(&["18446744073709551616", "-1"]);
    }

    #[test]
    fn keeps_the_scale_of_decimals() {
        assert_same_text::<Option<Decimal>>(&[
            "8.00",
            "8",
            "0.0",
            "-0.1",
            "1000.0",
            "92.990",
            "79228162514264337593543950335",
        ]);
        assert_same_text::<Option<Decimal>>(&["0.0000000000000000000000000001"]);
        for (text, value) in [
            (".5", "0.5"),
            ("+8.0", "8.0"),
            ("007.50", "7.50"),
            ("1.0E7", "10000000"),
            ("1.25e-1", "0.125"),
            ("1E+2", "100"),
        ] {
            assert_eq!(written(&read::<Option<Decimal>>(text).unwrap(), Format::Xml), value);
        }
    }

    #[test]
    fn reads_no_decimal_from_anything_else() {
        assert_unparsed::<Option<Decimal>>(&[
            "5.", ".", "-", "1..2", "1.2.3", "1,5", "1_0", "--1", "1e", "1e+", "1e-+2", "e5", "1e1000", "1e29",
        ]);
        assert_unparsed::<Option<Decimal>>(&[
            "79228162514264337593543950336",
            "0.00000000000000000000000000001",
            "NaN",
            "inf",
            "$8.00",
        ]);
    }

    proptest! {
        #[test]
        fn integers_round_trip(signed in any::<i64>(), small in any::<u32>(), large in any::<u64>()) {
            assert_round_trip(&Some(signed));
            assert_round_trip(&Some(small));
            assert_round_trip(&Some(large));
        }

        #[test]
        fn short_ways_say_what_the_long_ones_do(text in "[0-9]{0,22}|[0-9]{0,9}[.][0-9]{0,9}|[0-9./:@]{0,24}|0{0,9}[.]0{1,9}") {
            if let Some(short) = short_decimal(text.as_bytes()) {
                let long = unsigned_decimal(text.bytes()).unwrap();
                prop_assert_eq!(long.serialize(), short.serialize());
            }
            let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(digits(text.as_bytes()), text.parse().ok().filter(|_| all));
        }

        #[test]
        fn eight_bytes_are_digits_or_not(bytes in prop::array::uniform8(prop_oneof![b'0'..=b'9', 0x28..0x42_u8, any::<u8>()])) {
            let number = std::str::from_utf8(&bytes).ok().filter(|_| bytes.iter().all(u8::is_ascii_digit));
            prop_assert_eq!(eight_digits(bytes), number.map(|number| number.parse().unwrap()));
        }

        #[test]
        fn decimals_round_trip(mantissa in -(1_i128 << 96) + 1..1_i128 << 96, scale in 0..=28_u32) {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            assert_round_trip(&Some(value));
            assert_same_text::<Option<Decimal>>(&[&value.to_string()]);
        }
    }
}
