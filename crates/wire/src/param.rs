//! What can be the value of a param, and params that belong together.

use crate::{Currency, DomainName, OpenEnum, Query, RequestError, Secret, Text};
use rust_decimal::Decimal;
use std::fmt::Write as _;
use std::net::IpAddr;

/// A value of a param.
pub trait ParamValue {
    /// Appends the value as it is sent, before percent-encoding.
    fn write(&self, out: &mut String);

    /// Whether the value must never be printed.
    fn is_secret(&self) -> bool {
        false
    }

    /// The type of XML Schema that an encoded request names for it.
    fn xsd(&self) -> &'static str {
        "string"
    }
}

/// Params that belong together: an item of an indexed group, or a choice with what goes with it.
pub trait ParamGroup {
    /// Puts the params.
    ///
    /// # Errors
    /// When a param is missing, or out of its bounds.
    fn write(&self, query: &mut Query) -> Result<(), RequestError>;
}

impl ParamValue for str {
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl ParamValue for Text {
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl ParamValue for DomainName {
    /// The ASCII form: the API takes no other.
    fn write(&self, out: &mut String) {
        out.push_str(&self.ascii());
    }
}

impl ParamValue for Currency {
    fn write(&self, out: &mut String) {
        out.push_str(self.code());
    }
}

impl ParamValue for Secret {
    fn write(&self, out: &mut String) {
        out.push_str(self.expose());
    }

    fn is_secret(&self) -> bool {
        true
    }
}

impl<E: OpenEnum> ParamValue for E {
    fn write(&self, out: &mut String) {
        out.push_str(self.wire_text());
    }
}

impl ParamValue for u32 {
    fn write(&self, out: &mut String) {
        // Writing into a String cannot fail.
        let _ = write!(out, "{self}");
    }

    fn xsd(&self) -> &'static str {
        "int"
    }
}

impl ParamValue for i64 {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }

    fn xsd(&self) -> &'static str {
        "long"
    }
}

impl ParamValue for Decimal {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }

    fn xsd(&self) -> &'static str {
        "double"
    }
}

impl ParamValue for IpAddr {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

/// As `2024-05-10`; [`Query::date`] writes other patterns.
impl ParamValue for jiff::civil::Date {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}
