//! The body of a request, which can hold secrets and so is never printed whole.

use crate::secrets::REDACTED;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The text that a request carries, and where in it secrets stand.
///
/// Debug and Display show it with `<redacted>` in place of each secret part. Clones share the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    whole: Arc<str>,
    /// In order, apart from one another, and each from one character's start to another's.
    secrets: Arc<[Range<usize>]>,
}

impl Body {
    /// A text, and the bytes of it that are secret, in any order.
    ///
    /// A range that begins or ends within a character hides all of it.
    pub fn new(whole: String, mut secrets: Vec<Range<usize>>) -> Self {
        secrets.sort_unstable_by_key(|secret| secret.start);
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(secrets.len());
        for secret in secrets {
            let start = whole.floor_char_boundary(secret.start);
            let end = whole.ceil_char_boundary(secret.end).max(start);
            match apart.last_mut() {
                Some(last) if start < last.end => last.end = last.end.max(end),
                _ => apart.push(start..end),
            }
        }
        Self { whole: whole.into(), secrets: apart.into() }
    }

    /// The text with everything that is secret in it: for sending, never for a log.
    pub fn expose(&self) -> &str {
        &self.whole
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = 0;
        for secret in &*self.secrets {
            f.write_str(&self.whole[shown..secret.start])?;
            f.write_str(REDACTED)?;
            shown = secret.end;
        }
        f.write_str(&self.whole[shown..])
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_parts_are_not_shown() {
        let text = "<token>s3cr3t</token><password>ü</password>";
        for (secrets, shown) in [
            (&[][..], text),
            (&[(7, 13)][..], "<token><redacted></token><password>ü</password>"),
            (&[(31, 33), (7, 13)][..], "<token><redacted></token><password><redacted></password>"),
            // Within one another, and one after the other.
            (&[(7, 13), (8, 10), (12, 13)][..], "<token><redacted></token><password>ü</password>"),
            (&[(7, 10), (9, 13)][..], "<token><redacted></token><password>ü</password>"),
            (&[(7, 10), (10, 13)][..], "<token><redacted><redacted></token><password>ü</password>"),
            // In the middle of a character.
            (&[(32, 33)][..], "<token>s3cr3t</token><password><redacted></password>"),
            (&[(31, 32)][..], "<token>s3cr3t</token><password><redacted></password>"),
            // An empty one is not to be told from others.
            (&[(7, 7)][..], "<token><redacted>s3cr3t</token><password>ü</password>"),
            // Beyond the end.
            (&[(31, 99)][..], "<token>s3cr3t</token><password><redacted>"),
        ] {
            let body = Body::new(text.to_owned(), secrets.iter().map(|(start, end)| *start..*end).collect());
            assert_eq!(body.to_string(), shown, "{secrets:?}");
            assert_eq!(format!("{body:?}"), format!("Body({shown})"), "{secrets:?}");
            assert_eq!(body.expose(), text);
        }
    }
}
