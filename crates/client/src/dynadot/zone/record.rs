//! A DNS record as the API knows it: name, type, value, and the extra value that some types have.

use super::name::{APEX, same_name};
use super::show;
use bindwire_dynadot::types::{DnsRecordType, MainRecord, SubRecord};
use bindwire_wire::{OpenEnum, Text};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A DNS record of a domain or of one of its subdomains.
///
/// A name may be given without the domain (`www`), as `@` or empty for the domain itself, or whole (`www.example.com`, with or
/// without the dot of the root); it is understood once a plan is made for a domain. The values are taken as they are given, byte
/// for byte: no dot, no quote and no case is changed in them.
///
/// Two records are equal when their names are, in any case, and type, value and extra value are the same bytes.
///
/// Documented in dynadot-api3-fr.txt, line 868, dynadot-api3-ru.txt, line 721, and facts/dynadot.md, "Answers that differ from
/// the pages 9".
///
/// ```
/// use bindwire_client::dynadot::zone::Record;
///
/// let record = Record::mx("@", "mail.example.com", 10);
/// assert_eq!(record.to_string(), "@ MX mail.example.com 10");
/// assert_eq!(Record::txt("WWW", "a"), Record::txt("www", "a"));
/// ```
#[derive(Debug, Clone)]
pub struct Record {
    name: Text,
    record_type: DnsRecordType,
    value: Text,
    extra: Text,
}

impl Record {
    /// Any record. An empty `extra` is none.
    ///
    /// `record_type` must be one that the bindings know when the record is to be sent.
    pub fn new(
        name: impl Into<Text>,
        record_type: DnsRecordType,
        value: impl Into<Text>,
        extra: impl Into<Text>,
    ) -> Self {
        let name = name.into();
        let name = if name == APEX { Text::empty() } else { name };
        Self { name, record_type, value: value.into(), extra: extra.into() }
    }

    /// A record as it was read, whose name is never taken for another.
    pub(super) fn read(name: Text, record_type: DnsRecordType, value: Text, extra: Text) -> Self {
        Self { name, record_type, value, extra }
    }

    /// An IPv4 address. Type `a`.
    pub fn a(name: impl Into<Text>, address: Ipv4Addr) -> Self {
        Self::new(name, DnsRecordType::A, address.to_string(), "")
    }

    /// An IPv6 address. Type `aaaa`.
    pub fn aaaa(name: impl Into<Text>, address: Ipv6Addr) -> Self {
        Self::new(name, DnsRecordType::Aaaa, address.to_string(), "")
    }

    /// Another name of `host`. Type `cname`.
    pub fn cname(name: impl Into<Text>, host: impl Into<Text>) -> Self {
        Self::new(name, DnsRecordType::Cname, host, "")
    }

    /// A text, without quotes around it. Type `txt`.
    pub fn txt(name: impl Into<Text>, text: impl Into<Text>) -> Self {
        Self::new(name, DnsRecordType::Txt, text, "")
    }

    /// A mail host; that with the smallest distance is preferred. Type `mx`, the distance in the extra value.
    pub fn mx(name: impl Into<Text>, host: impl Into<Text>, distance: u16) -> Self {
        Self::new(name, DnsRecordType::Mx, host, distance.to_string())
    }

    /// The host of a service. Type `srv`.
    ///
    /// The pages do not say how priority, weight, port and host stand in the value: write it as `get_dns` shows another one.
    /// An extra value is given with [`Record::new`].
    pub fn srv(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self::new(name, DnsRecordType::Srv, value, "")
    }

    /// A redirect to `url`. Type `forward`, the extra value `1` for a permanent one (301) and `2` for a temporary one (302).
    pub fn forward(name: impl Into<Text>, url: impl Into<Text>, permanent: bool) -> Self {
        Self::new(name, DnsRecordType::Forward, url, if permanent { "1" } else { "2" })
    }

    /// A page with this title that shows `url` in a frame. Type `stealth`, the title in the extra value; it must not be empty.
    pub fn stealth(name: impl Into<Text>, url: impl Into<Text>, title: impl Into<Text>) -> Self {
        Self::new(name, DnsRecordType::Stealth, url, title)
    }

    /// E-mail to `alias` at the name goes on to the address `to`. Type `email`, the alias in the extra value.
    pub fn email(name: impl Into<Text>, alias: impl Into<Text>, to: impl Into<Text>) -> Self {
        Self::new(name, DnsRecordType::Email, to, alias)
    }

    /// The name as it was given or read; empty for the domain itself. On the wire `subdomain`, read as `Subhost`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type. On the wire `main_record_type` or `sub_record_type`, read as `RecordType`.
    pub fn record_type(&self) -> &DnsRecordType {
        &self.record_type
    }

    /// The value: an address, a host, a text or where to forward to. On the wire `main_record` or `sub_record`, read as `Value`.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The distance of a mail host, kind of a redirect, title of a page or alias of an e-mail address. On the wire
    /// `main_recordx` or `sub_recordx`, read as `Value2`.
    pub fn extra(&self) -> Option<&str> {
        (!self.extra.is_empty()).then_some(&*self.extra)
    }

    /// The same record under another name.
    pub(super) fn named(&self, name: Text) -> Self {
        Self { name, ..self.clone() }
    }

    /// Whether the record is one of the domain itself, which the API keeps apart.
    pub(super) fn is_main(&self) -> bool {
        self.name.is_empty()
    }

    /// Whether the record belongs to the set of this name and type.
    pub(super) fn is_in(&self, name: &str, record_type: &DnsRecordType) -> bool {
        self.record_type == *record_type && same_name(&self.name, name)
    }

    /// Whether both records belong to one set.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.is_in(&other.name, &other.record_type)
    }

    /// Value and extra value, as they are printed.
    pub(super) fn shown_data(&self) -> String {
        match self.extra() {
            Some(extra) => format!("{} {}", show::text(&self.value), show::text(extra)),
            None => show::text(&self.value),
        }
    }

    /// As one of the domain itself.
    pub(super) fn to_main(&self) -> MainRecord {
        let record = MainRecord::new(self.record_type.clone(), &self.value);
        if self.extra.is_empty() { record } else { record.extra(&self.extra) }
    }

    /// As one of a subdomain.
    pub(super) fn to_sub(&self) -> SubRecord {
        let record = SubRecord::new(&self.name, self.record_type.clone(), &self.value);
        if self.extra.is_empty() { record } else { record.extra(&self.extra) }
    }
}

/// Whether `set_dns2` demands an extra value, and what that is.
///
/// Documented in dynadot-api3-fr.txt, line 870, and dynadot-api3-ru.txt, line 723.
pub(super) fn needed_extra(record_type: &DnsRecordType) -> Option<&'static str> {
    match record_type {
        DnsRecordType::Mx => Some("its distance"),
        DnsRecordType::Forward => Some("1 for a permanent redirect, 2 for a temporary one"),
        DnsRecordType::Stealth => Some("the page's title"),
        DnsRecordType::Email => Some("its alias"),
        _ => None,
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.is_beside(other) && self.value == other.value && self.extra == other.extra
    }
}

impl Eq for Record {}

/// Name, type, value and extra value, with one blank between; `@` is the domain itself. What could be misread stands in quotes.
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record_type = show::text(&self.record_type.wire_text().to_ascii_uppercase());
        write!(f, "{} {record_type} {}", show::name(&self.name), self.shown_data())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_what_the_api_takes() {
        let shown = |record: Record| {
            let sub = record.to_sub();
            (record.to_string(), sub.record_type.wire_text().to_owned(), sub.extra.unwrap_or_default())
        };
        for (record, line, wire, extra) in [
            (Record::a("www", [192, 0, 2, 1].into()), "www A 192.0.2.1", "a", ""),
            (Record::aaaa("www", Ipv6Addr::LOCALHOST), "www AAAA ::1", "aaaa", ""),
            (Record::cname("www", "example.com."), "www CNAME example.com.", "cname", ""),
            (Record::txt("_acme-challenge", "token"), "_acme-challenge TXT token", "txt", ""),
            (Record::txt("@", "v=spf1 -all"), "@ TXT \"v=spf1 -all\"", "txt", ""),
            (Record::mx("", "mail.example.com", 10), "@ MX mail.example.com 10", "mx", "10"),
            (Record::srv("_sip._tcp", "0 5 5060 sip"), "_sip._tcp SRV \"0 5 5060 sip\"", "srv", ""),
            (Record::forward("old", "https://a.example/", true), "old FORWARD https://a.example/ 1", "forward", "1"),
            (Record::forward("old", "https://a.example/", false), "old FORWARD https://a.example/ 2", "forward", "2"),
            (
                Record::stealth("", "https://a.example/", "A b"),
                "@ STEALTH https://a.example/ \"A b\"",
                "stealth",
                "A b",
            ),
            (Record::email("", "info", "me@b.example"), "@ EMAIL me@b.example info", "email", "info"),
        ] {
            assert_eq!(shown(record), (line.to_owned(), wire.to_owned(), extra.into()));
        }
    }

    #[test]
    fn names_compare_without_case_and_values_byte_for_byte() {
        let record = Record::txt("www", "a");
        assert_eq!(record, Record::txt("WWW", "a"));
        for other in [Record::txt("www", "A"), Record::txt("ww", "a"), Record::new("www", DnsRecordType::Txt, "a", "1")]
        {
            assert_ne!(record, other);
        }
        assert_ne!(record, Record::cname("www", "a"));
        assert_eq!(Record::txt("@", "a"), Record::txt("", "a"));
    }
}
