//! What a request must hold before it is sent, and the texts that say so.

use bindwire_dynadot::account_default::SetDefaultNs;
use bindwire_dynadot::auction::{GetOpenAuctions, PlaceAuctionBid};
use bindwire_dynadot::contact::{CreateCnAudit, CreateContact, DeleteContact, SetContactEuSetting};
use bindwire_dynadot::dns::{SetDns2, SetDnssec, SetEmailForward};
use bindwire_dynadot::domain::{DomainInfo, Renew, Search, SetFolder, SetNote, TldPrice};
use bindwire_dynadot::order::OrderList;
use bindwire_dynadot::registry::{API_INFO, COMMANDS, find, raw};
use bindwire_dynadot::transfer::{SetTransferAuthCode, Transfer};
use bindwire_dynadot::types::{
    ContactType, DigestType, DnsRecordType, DnskeyFlags, EmailAlias, EmailForward, IndividualIdType, MainRecord,
    MxHost, OrderSearch, SubRecord,
};
use bindwire_wire::{Command, Currency, Date, Effect, Format, Query, RequestErrorKind};

fn error(command: &impl Command) -> (RequestErrorKind, String) {
    let error = Query::of(command).expect_err("a request that cannot be sent");
    (error.kind(), format!("{:?} {:?}: {error}", error.kind(), error.param()))
}

const NONE: [&str; 0] = [];

#[test]
fn what_is_required_is_demanded() {
    let audit = |kind| CreateCnAudit::new("c", kind, IndividualIdType::Passport, "1", "u");
    let errors = [
        error(&Search::new(NONE)),
        error(&SetDefaultNs::new(NONE)),
        error(&DeleteContact::new(NONE)),
        error(&GetOpenAuctions::new([])),
        error(&SetDns2::new(NONE).main_records([MainRecord::new(DnsRecordType::A, "1.2.3.4")])),
        error(&DomainInfo::new("")),
        error(&Transfer::new("a.com", "")),
        error(&SetTransferAuthCode::new("", "code")),
        error(&CreateContact::new("n", "", "1", "1", "a", "c", "z", "US")),
        error(&OrderList::new(OrderSearch::DateRange)),
        error(&OrderList::new(OrderSearch::DateRange).start_date(Date::constant(2024, 1, 1))),
        error(&audit(ContactType::Enterprise)),
        error(&audit(ContactType::Enterprise).enterprise_license_id("1").enterprise_url("u")),
        error(&SetEmailForward::new(["a.com"], EmailForward::Mx { hosts: Vec::new() })),
        error(&SetEmailForward::new(["a.com"], EmailForward::Forward { aliases: Vec::new() })),
        error(&SetEmailForward::new(["a.com"], EmailForward::Forward { aliases: vec![EmailAlias::new("a", "")] })),
        error(&SetEmailForward::new(["a.com"], EmailForward::Mx { hosts: vec![MxHost::new("")] })),
        error(&SetDns2::new(["a.com"]).main_records([
            MainRecord::new(DnsRecordType::A, "1.2.3.4"),
            MainRecord::new(DnsRecordType::Mx, "mail.a.com"),
        ])),
        error(&SetDns2::new(["a.com"]).sub_records([
            SubRecord::new("w", DnsRecordType::Forward, "http://b.com").extra("1"),
            SubRecord::new("v", DnsRecordType::Forward, "http://b.com").extra(""),
        ])),
    ];
    assert!(errors.iter().all(|(kind, _)| *kind == RequestErrorKind::Missing));
    let texts: Vec<_> = errors.into_iter().map(|(_, text)| text).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_condition_that_does_not_hold_demands_nothing() {
    for query in [
        Query::of(&OrderList::new(OrderSearch::Domain)),
        Query::of(&CreateCnAudit::new("c", ContactType::Individual, IndividualIdType::Passport, "1", "u")),
        Query::of(&SetEmailForward::new(["a.com"], EmailForward::DoNot)),
        Query::of(&SetDns2::new(["a.com"]).main_records([MainRecord::new(DnsRecordType::Txt, "")])),
        Query::of(&SetFolder::new("a.com", "")),
        Query::of(&SetNote::new("a.com", "")),
    ] {
        query.unwrap();
    }
}

#[test]
fn a_key_or_its_digest_is_demanded_with_what_belongs_to_it() {
    let set = || SetDnssec::new("a.com", 13);
    let texts = [
        error(&set()),
        error(&set().public_key("AQ==")),
        error(&set().digest("AB")),
        error(&set().digest("AB").key_tag(1)),
        error(&set().flags(DnskeyFlags::KeySigningKey)),
    ]
    .map(|(_, text)| text);
    insta::assert_snapshot!(texts.join("\n"));
    let key = Query::of(&set().public_key("AQ==").flags(DnskeyFlags::KeySigningKey)).unwrap();
    assert_eq!(key.to_string(), "command=set_dnssec&domain_name=a.com&algorithm=13&flags=257&public_key=AQ%3D%3D");
}

#[test]
fn bounds_and_values_are_checked() {
    let errors = [
        error(&SetDnssec::new("a.com", 256)),
        error(&SetDnssec::new("a.com", 13).key_tag(65_536)),
        error(&SetContactEuSetting::new("1", "US")),
        error(&SetContactEuSetting::new("1", "")),
        error(&TldPrice::new().currency(Currency::GBP)),
        error(&PlaceAuctionBid::new("a.com", 1.into()).currency(Currency::GBP)),
        error(&GetOpenAuctions::new([bindwire_wire::OpenEnum::parse("a,b")])),
        error(&DeleteContact::new(["1,2"])),
    ];
    let texts: Vec<_> = errors.into_iter().map(|(_, text)| text).collect();
    insta::assert_snapshot!(texts.join("\n"));
    Query::of(&SetDnssec::new("a.com", 255).digest("AB").digest_type(DigestType::Sha256).key_tag(65_535)).unwrap();
    let lower = Query::of(&SetContactEuSetting::new("1", "at")).unwrap();
    assert_eq!(lower.to_string(), "command=set_contact_eu_setting&contact_id=1&country_of_citizenship=AT");
}

#[test]
fn a_format_is_checked_at_run_time() {
    let mut texts = Vec::new();
    for entry in COMMANDS {
        for format in Format::ALL {
            match entry.info.check_format(format) {
                Ok(()) => assert!(entry.info.formats.contains(&format), "{} {format}", entry.info.name),
                Err(error) => {
                    assert!(!entry.info.formats.contains(&format), "{} {format}", entry.info.name);
                    assert_eq!(
                        (error.kind(), error.command(), error.param()),
                        (RequestErrorKind::Format, entry.info.name, "")
                    );
                    if ["search", "get_open_auctions", "get_open_backorder_auctions", "get_dnssec"]
                        .contains(&entry.info.name)
                    {
                        texts.push(error.to_string());
                    }
                }
            }
        }
        assert!(entry.info.formats.iter().all(|format| API_INFO.suffix(*format).is_some()));
    }
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn raw_commands_and_extra_params() {
    let new = raw("get_weather").param("domain0", "a.com").param("domain1", "b.com").param("note", "a b");
    assert_eq!(Query::of(&new).unwrap().to_string(), "command=get_weather&domain0=a.com&domain1=b.com&note=a%20b");
    assert_eq!((new.name(), new.effect()), ("get_weather", Effect::Spend));
    assert_eq!(new.with_effect(Effect::Read).effect(), Effect::Read);
    for format in Format::ALL {
        raw("get_weather").param("a", "b");
        <bindwire_wire::RawCommand<bindwire_dynadot::registry::Dynadot> as Command>::INFO.check_format(format).unwrap();
    }
    let extra = DomainInfo::new("a.com").extra("show_contacts", "1").extra("page", "");
    assert_eq!(Query::of(&extra).unwrap().to_string(), "command=domain_info&domain=a.com&show_contacts=1&page=");
    assert_eq!((extra.name(), extra.effect()), ("domain_info", Effect::Read));
    let errors = [
        error(&DomainInfo::new("a.com").extra("domain", "b.com")),
        error(&DomainInfo::new("a.com").extra("command", "delete")),
        error(&DomainInfo::new("a.com").extra("key", "other")),
        error(&DomainInfo::new("a.com").extra("x", "1").extra("x", "2")),
        error(&raw("get_weather").param("key", "other")),
        error(&raw("get_weather").param("command", "delete")),
        error(&Search::new(["a.com"]).extra("domain0", "b.com")),
    ];
    let texts: Vec<_> = errors.into_iter().map(|(_, text)| text).collect();
    insta::assert_snapshot!(texts.join("\n"));
    assert_eq!(
        Query::of(&Search::new(["a.com"]).extra("domain1", "b.com")).unwrap().to_string(),
        "command=search&domain0=a.com&domain1=b.com",
    );
}

#[test]
fn params_change_the_effect_where_the_spec_says_so() {
    assert_eq!(Renew::new("a.com", 1).effect(), Effect::Spend);
    assert_eq!(Renew::new("a.com", 1).price_check(true).effect(), Effect::Read);
    assert_eq!(SetDns2::new(["a.com"]).effect(), Effect::IdempotentWrite);
    assert_eq!(SetDns2::new(["a.com"]).add_to_current(true).effect(), Effect::Write);
    assert_eq!(Renew::new("a.com", 1).price_check(true).extra("x", "1").effect(), Effect::Read);
    assert_eq!(find("renew").unwrap().info.effect, Effect::Spend);
}
