//! Names of params with what leads to them: `rdata/address`, `masters[0]`, `additional/NAME`.

/// A name on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'t> {
    /// The name on the wire.
    pub name: &'t str,
    /// The number of the item, where it stands in brackets behind the name.
    pub index: Option<u32>,
    /// What follows the name, its number and the slash before the next name included.
    pub tail: &'t str,
}

impl<'t> Segment<'t> {
    /// The first name of a path, and what follows it; nothing when the path is not written as one.
    pub fn split(path: &'t str) -> Option<(Self, Option<&'t str>)> {
        let end = path.find(['/', '[']).unwrap_or(path.len());
        let (name, tail) = path.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
        let (index, rest) = match tail.strip_prefix('[') {
            None => (None, tail),
            Some(inner) => {
                let (digits, rest) = inner.split_once(']')?;
                let index: u32 = digits.parse().ok().filter(|index: &u32| index.to_string() == digits)?;
                (Some(index), rest)
            }
        };
        let below = match rest.strip_prefix('/') {
            Some(below) if !below.is_empty() => Some(below),
            None if rest.is_empty() => None,
            _ => return None,
        };
        Some((Self { name, index, tail }, below))
    }
}

/// A name below a level; the uppermost has none.
pub fn join(level: &str, name: &str) -> String {
    if level.is_empty() { name.to_owned() } else { format!("{level}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_names_and_numbers() {
        let split = |path| Segment::split(path).map(|(segment, below)| (segment.name, segment.index, below));
        assert_eq!(split("zone"), Some(("zone", None, None)));
        assert_eq!(split("rdata/address"), Some(("rdata", None, Some("address"))));
        assert_eq!(split("ARecords[12]/rdata/address"), Some(("ARecords", Some(12), Some("rdata/address"))));
        assert_eq!(split("additional/a[b]/c"), Some(("additional", None, Some("a[b]/c"))));
        for wrong in ["", "/a", "a/", "a[", "a[]", "a[01]", "a[x]", "a[-1]", "a[1", "a[1]b", "[0]"] {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }
}
