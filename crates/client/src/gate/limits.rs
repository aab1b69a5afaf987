//! The limits of an account: by its tier, of one's own, or from the environment.

use bindwire_wire::{ApiInfo, Tier};
use std::fmt;

/// Most requests that an account may have under way, and in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Requests under way at a time, at least 1.
    pub concurrent: u32,
    /// Requests in any 60 seconds; 0 for any number.
    pub per_minute: u32,
    /// Requests in any second; 0 for as many as the minute allows.
    pub per_second: u32,
}

impl Limits {
    /// `concurrent` requests at a time and `per_minute` in any 60 seconds; 0 for any number of them.
    pub const fn new(concurrent: u32, per_minute: u32) -> Self {
        Self { concurrent: if concurrent == 0 { 1 } else { concurrent }, per_minute, per_second: 0 }
    }

    /// At most so many requests in any second too; 0 for as many as the minute allows.
    pub const fn per_second(mut self, per_second: u32) -> Self {
        self.per_second = per_second;
        self
    }

    /// Those of a tier that the API has.
    pub const fn of(tier: &Tier) -> Self {
        Self::new(tier.concurrent, tier.per_minute).per_second(tier.per_second)
    }

    /// Those of the tier of that name.
    ///
    /// # Errors
    /// When the API has none of that name.
    pub fn of_tier(api: &ApiInfo, name: &str) -> Result<Self, LimitsError> {
        api.tiers.iter().find(|tier| tier.name == name).map(Self::of).ok_or_else(|| {
            let names: Vec<_> = api.tiers.iter().map(|tier| tier.name).collect();
            LimitsError(format!("{} has no tier called `{name}`; these are: {}", api.title, names.join(", ")))
        })
    }

    /// The strictest tier of the API.
    pub(crate) fn strictest(api: &ApiInfo) -> Self {
        api.tiers.first().map_or(Self::new(1, 60), Self::of)
    }

    /// What the environment says: `DYNADOT_TIER`, `DYNADOT_MAX_CONCURRENT` and `DYNADOT_MAX_PER_MINUTE` for Dynadot; the numbers
    /// count before the tier, and what is not set stays as in the strictest tier.
    ///
    /// # Errors
    /// When a variable is no number, or names no tier.
    pub fn from_env(api: &ApiInfo) -> Result<Self, LimitsError> {
        Self::from_lookup(api, |name| std::env::var(name).ok())
    }

    fn from_lookup(api: &ApiInfo, value_of: impl Fn(&str) -> Option<String>) -> Result<Self, LimitsError> {
        let prefix = api.name.to_uppercase();
        let mut limits = match value_of(&format!("{prefix}_TIER")) {
            Some(name) => Self::of_tier(api, &name)
                .map_err(|LimitsError(what)| LimitsError(format!("environment variable {prefix}_TIER: {what}")))?,
            None => Self::strictest(api),
        };
        let number = |name: &str| match value_of(name) {
            None => Ok(None),
            Some(text) => text.trim().parse().map(Some).map_err(|_| {
                LimitsError(format!("environment variable {name} must be a number of requests, but is `{text}`"))
            }),
        };
        if let Some(concurrent) = number(&format!("{prefix}_MAX_CONCURRENT"))? {
            limits = Self::new(concurrent, limits.per_minute).per_second(limits.per_second);
        }
        if let Some(per_minute) = number(&format!("{prefix}_MAX_PER_MINUTE"))? {
            limits.per_minute = per_minute;
        }
        Ok(limits)
    }
}

/// Limits that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitsError(String);

impl fmt::Display for LimitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LimitsError {}

#[cfg(all(test, feature = "dynadot"))]
mod tests {
    use super::*;
    use bindwire_dynadot::registry::API_INFO;

    fn read(set: &[(&str, &str)]) -> Result<(u32, u32), String> {
        let value_of = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Limits::from_lookup(&API_INFO, value_of)
            .map(|limits| (limits.concurrent, limits.per_minute))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn limits_come_from_the_environment() {
        assert_eq!(read(&[]), Ok((1, 60)));
        assert_eq!(read(&[("DYNADOT_TIER", "bulk")]), Ok((5, 600)));
        assert_eq!(read(&[("DYNADOT_TIER", "super_bulk")]), Ok((25, 6000)));
        assert_eq!(read(&[("DYNADOT_TIER", "bulk"), ("DYNADOT_MAX_PER_MINUTE", "90")]), Ok((5, 90)));
        assert_eq!(read(&[("DYNADOT_MAX_CONCURRENT", "0")]), Ok((1, 60)), "none at all would wait for ever");
        assert_eq!(
            read(&[("DYNADOT_TIER", "gold")]),
            Err("environment variable DYNADOT_TIER: Dynadot API3 has no tier called `gold`; \
                 these are: regular, bulk, super_bulk"
                .to_owned())
        );
        assert_eq!(
            read(&[("DYNADOT_MAX_CONCURRENT", "many")]),
            Err("environment variable DYNADOT_MAX_CONCURRENT must be a number of requests, but is `many`".to_owned())
        );
    }
}
