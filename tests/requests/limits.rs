//! How many values a list takes: every limit of the catalogue, at it and one over it.

use bindwire_dynadot::registry::CATALOG;
use bindwire_dynadot::types::{
    ClearableService, DnsRecordType, EmailAlias, EmailForward, Hosting, MainRecord, MxHost, PlainSubRecord,
    PrivacyOption, RenewOption, SubRecord,
};
use bindwire_dynadot::{account_default::*, backorder::*, contact::*, dns::*, domain::*, folder::*, name_server::*};
use bindwire_wire::{Query, RequestError, RequestErrorKind};
use serde_json::Value;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// A list param of a command, and the command with so many values in it.
type Limit = (&'static str, &'static str, fn(usize) -> Result<Query, RequestError>);

fn domains(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("d{index}.com")).collect()
}

fn main(count: usize) -> Vec<MainRecord> {
    vec![MainRecord::new(DnsRecordType::Txt, "text"); count]
}

fn sub(count: usize) -> Vec<SubRecord> {
    vec![SubRecord::new("www", DnsRecordType::Txt, "text"); count]
}

fn plain(count: usize) -> Vec<PlainSubRecord> {
    vec![PlainSubRecord::new("www", DnsRecordType::Txt, "text"); count]
}

fn hosts(count: usize) -> Vec<MxHost> {
    vec![MxHost::new("mail.com"); count]
}

fn mx(count: usize) -> EmailForward {
    EmailForward::Mx { hosts: hosts(count) }
}

fn forward(count: usize) -> EmailForward {
    EmailForward::Forward { aliases: vec![EmailAlias::new("peter", "name@example.com"); count] }
}

#[allow(deprecated)] // Their limits hold as long as they are there.
const LIMITS: &[Limit] = &[
    ("add_backorder_request", "domain", |count| Query::of(&AddBackorderRequest::new(domains(count)))),
    ("bulk_register", "domain", |count| Query::of(&BulkRegister::new(domains(count)))),
    ("delete_backorder_request", "domain", |count| Query::of(&DeleteBackorderRequest::new(domains(count)))),
    ("search", "domain", |count| Query::of(&Search::new(domains(count)))),
    ("search", "language", |count| Query::of(&Search::new(["a.com"]).languages(vec!["de"; count]))),
    ("set_clear_domain_setting", "domain", |count| {
        Query::of(&SetClearDomainSetting::new(domains(count), ClearableService::Dns))
    }),
    ("set_customer_id", "domain", |count| Query::of(&SetCustomerId::new(domains(count), "1"))),
    ("set_default_dns", "subdomain", |count| {
        Query::of(&SetDefaultDns::new(DnsRecordType::Txt, "text").sub_records(plain(count)))
    }),
    ("set_default_dns", "mx_host", |count| {
        Query::of(&SetDefaultDns::new(DnsRecordType::Txt, "text").mx_hosts(hosts(count)))
    }),
    ("set_default_dns2", "main_record_type", |count| Query::of(&SetDefaultDns2::new(main(count)))),
    ("set_default_dns2", "subdomain", |count| Query::of(&SetDefaultDns2::new(main(1)).sub_records(sub(count)))),
    ("set_default_email_forward", "mx_host", |count| Query::of(&SetDefaultEmailForward::new(mx(count)))),
    ("set_default_email_forward", "username", |count| Query::of(&SetDefaultEmailForward::new(forward(count)))),
    ("set_default_ns", "ns", |count| Query::of(&SetDefaultNs::new(domains(count)))),
    ("set_dns2", "domain", |count| Query::of(&SetDns2::new(domains(count)).main_records(main(1)))),
    ("set_dns2", "main_record_type", |count| Query::of(&SetDns2::new(["a.com"]).main_records(main(count)))),
    ("set_dns2", "subdomain", |count| Query::of(&SetDns2::new(["a.com"]).sub_records(sub(count)))),
    ("set_email_forward", "domain", |count| Query::of(&SetEmailForward::new(domains(count), EmailForward::DoNot))),
    ("set_email_forward", "mx_host", |count| Query::of(&SetEmailForward::new(["a.com"], mx(count)))),
    ("set_email_forward", "username", |count| Query::of(&SetEmailForward::new(["a.com"], forward(count)))),
    ("set_folder_dns", "subdomain", |count| {
        Query::of(&SetFolderDns::new("0", DnsRecordType::Txt, "text").sub_records(plain(count)))
    }),
    ("set_folder_dns", "mx_host", |count| {
        Query::of(&SetFolderDns::new("0", DnsRecordType::Txt, "text").mx_hosts(hosts(count)))
    }),
    ("set_folder_dns2", "main_record_type", |count| Query::of(&SetFolderDns2::new("0", main(count)))),
    ("set_folder_dns2", "subdomain", |count| Query::of(&SetFolderDns2::new("0", main(1)).sub_records(sub(count)))),
    ("set_folder_email_forward", "mx_host", |count| Query::of(&SetFolderEmailForward::new("0", mx(count)))),
    ("set_folder_email_forward", "username", |count| Query::of(&SetFolderEmailForward::new("0", forward(count)))),
    ("set_folder_ns", "ns", |count| Query::of(&SetFolderNs::new("0", domains(count)))),
    ("set_forwarding", "domain", |count| Query::of(&SetForwarding::new(domains(count), "http://a.com"))),
    ("set_hosting", "domain", |count| Query::of(&SetHosting::new(domains(count), Hosting::Basic))),
    ("set_ns", "domain", |count| Query::of(&SetNs::new(domains(count), ["ns1.a.com"]))),
    ("set_ns", "ns", |count| Query::of(&SetNs::new(["a.com"], domains(count)))),
    ("set_ns_ip", "ip", |count| Query::of(&SetNsIp::new("1", vec![Ipv4Addr::LOCALHOST; count]))),
    ("set_parking", "domain", |count| Query::of(&SetParking::new(domains(count)))),
    ("set_privacy", "domain", |count| Query::of(&SetPrivacy::new(domains(count), PrivacyOption::Off))),
    ("set_renew_option", "domain", |count| Query::of(&SetRenewOption::new(domains(count), RenewOption::Auto))),
    ("set_stealth", "domain", |count| Query::of(&SetStealth::new(domains(count), "http://a.com"))),
    ("set_whois", "domain", |count| Query::of(&SetWhois::new(domains(count), "0", "0", "0", "0"))),
];

/// Command, param and limit of every list with a limit; of a group, the param that its items are counted by.
fn documented() -> BTreeSet<(String, String, usize)> {
    let catalog: Value = serde_json::from_str(CATALOG).expect("the catalogue is JSON");
    let mut found = BTreeSet::new();
    for command in catalog["commands"].as_array().expect("commands") {
        let mut groups = BTreeSet::new();
        for param in command["params"].as_array().expect("params") {
            let Some(max) = param["max"].as_u64() else { continue };
            if param["group"].as_str().is_none_or(|group| groups.insert(group)) {
                let text = |value: &Value| value.as_str().expect("a text").to_owned();
                found.insert((text(&command["name"]), text(&param["wire"]), max as usize));
            }
        }
    }
    found
}

#[test]
fn every_limit_is_kept_and_told() {
    let mut texts = String::new();
    for (command, param, max) in documented() {
        let Some((_, _, with)) = LIMITS.iter().find(|(of, name, _)| *of == command && *name == param) else {
            panic!("{command}: the limit of {param}, {max}, is not tested");
        };
        let query = with(max).unwrap_or_else(|error| panic!("{max} values are allowed: {error}"));
        let sent = query.pairs().find(|(name, _)| *name == format!("{param}{}", max - 1) || *name == param);
        assert!(sent.is_some(), "{command}: the last {param} is sent: {query}");
        let error = with(max + 1).unwrap_err();
        assert_eq!((error.kind(), error.command(), error.param()), (RequestErrorKind::TooMany, &*command, &*param));
        texts += &format!("{error}\n");
    }
    assert_eq!(LIMITS.len(), documented().len(), "a limit is tested that the catalogue does not have");
    insta::assert_snapshot!(texts);
}

#[test]
fn an_index_begins_where_the_documentation_begins() {
    let query = Query::of(&SetNs::new(["a.com"], ["ns1.a.com", "ns2.a.com"])).unwrap();
    assert_eq!(query.to_string(), "command=set_ns&domain=a.com&ns0=ns1.a.com&ns1=ns2.a.com");
}
