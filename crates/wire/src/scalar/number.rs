//! Integers and exact decimal numbers as leaves, and the scanning of digits for the other values.

use super::Scalar;
use crate::{FlagStyle, LeafKind, Plain};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// The value of a run of digits; `None` when it is empty, holds anything else, or is beyond 64 bits.
pub(super) fn digits(bytes: &[u8]) -> Option<u64> {
    // 19 digits cannot overflow, so that the usual case is a bare loop.
    const SAFE: usize = 19;
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = if index < SAFE {
            value * 10 + u64::from(digit)
        } else {
            value.checked_mul(10)?.checked_add(u64::from(digit))?
        };
    }
    (!bytes.is_empty()).then_some(value)
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
        fn decimals_round_trip(mantissa in -(1_i128 << 96) + 1..1_i128 << 96, scale in 0..=28_u32) {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            assert_round_trip(&Some(value));
            assert_same_text::<Option<Decimal>>(&[&value.to_string()]);
        }
    }
}
