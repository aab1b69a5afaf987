//! What the tests of the values have in common.

use crate::{Format, Leaf, LeafSpec, Unparsed};
use std::fmt::Debug;

/// Reads `text` into an empty leaf.
pub(super) fn read<T: Leaf + Default>(text: &str) -> Result<T, Unparsed> {
    let mut leaf = T::default();
    leaf.read(text, &LeafSpec::PLAIN).map(|()| leaf)
}

/// What `format` writes for `leaf`; empty when it is absent.
pub(super) fn written(leaf: &impl Leaf, format: Format) -> String {
    let mut out = String::new();
    assert_eq!(leaf.write(0, &LeafSpec::PLAIN, format, &mut out), !out.is_empty());
    out
}

/// Checks that `leaf` is read from what each format writes for it.
pub(super) fn assert_round_trip<T: Leaf + Default + PartialEq + Debug>(leaf: &T) {
    for format in Format::ALL {
        let text = written(leaf, format);
        assert_eq!(read::<T>(&text).as_ref(), Ok(leaf), "from {text:?}");
    }
}

/// Checks that each text is read, and written again byte for byte.
pub(super) fn assert_same_text<T: Leaf + Default + Debug>(texts: &[&str]) {
    for text in texts {
        let leaf = read::<T>(text);
        assert!(leaf.is_ok(), "{text:?} is not read");
        assert_eq!(written(&leaf.unwrap(), Format::Xml), *text);
    }
}

/// Checks that no text is read.
pub(super) fn assert_unparsed<T: Leaf + Default + PartialEq + Debug>(texts: &[&str]) {
    for text in texts {
        assert_eq!(read::<T>(text), Err(Unparsed), "{text:?}");
    }
}
