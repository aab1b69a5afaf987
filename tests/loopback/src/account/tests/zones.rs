//! Zones: what is set comes out, and what is sent takes the place of what was there.

use super::*;
use bindwire_dynadot::dns::{GetDns, SetDns2};
use bindwire_dynadot::types::{DnsRecordType, MainRecord, NameServerKind, SubRecord};
use bindwire_wire::Class;

fn record(subdomain: &str, record_type: &str, value: &str, extra: &str) -> ZoneRecord {
    ZoneRecord {
        subdomain: subdomain.to_owned(),
        record_type: record_type.to_owned(),
        value: value.to_owned(),
        extra: extra.to_owned(),
    }
}

#[test]
fn a_zone_that_was_set_comes_out() {
    let account = Account::new(now());
    let txt = "v=spf1 \"a&b\" <c> +x %20 \u{fc}";
    let zone = Zone {
        main: vec![
            record("", "A", "192.0.2.1", ""),
            record("", "MX", "mail.domain1.com", "10"),
            record("", "TXT", txt, ""),
        ],
        sub: vec![record("www", "CNAME", "domain1.com", "")],
        ttl: Some(300),
        ..Zone::default()
    };
    account.set_zone("Domain1.com", zone.clone());
    for format in BOTH {
        let settings = value(&account, &GetDns::new("domain1.com"), format).name_server_settings;
        assert_eq!((settings.kind, settings.ttl), (Some(NameServerKind::Dns), Some(300)));
        let types: Vec<_> = settings.main_records.iter().map(|record| record.record_type.clone().unwrap()).collect();
        assert_eq!(types, [DnsRecordType::A, DnsRecordType::Mx, DnsRecordType::Txt]);
        assert_eq!(settings.main_records[1].extra.as_str(), "10");
        assert_eq!(settings.main_records[2].value.as_str(), txt);
        assert_eq!((settings.sub_records[0].subdomain.as_str(), settings.sub_records.len()), ("www", 1));
    }
    let body = account.answer(&Request::get("/api3.json?key=k&command=get_dns&domain=domain1.com")).body;
    let body = String::from_utf8(body).unwrap();
    assert!(body.contains("\"MainDomains\": [") && body.contains("\"RecordType\": \"MX\""), "{body}");
    assert_eq!(account.zone("domain1.com"), Some(zone));
}

#[test]
fn the_kind_may_be_another_or_none() {
    let account = Account::new(now());
    account.add_domain("empty.com", at("2025-01-01T00:00:00Z"));
    for (name, kind) in
        [("none.com", None), ("parking.com", Some("Dynadot Parking")), ("new.com", Some("Dynadot Email"))]
    {
        account.set_zone(name, Zone { kind: kind.map(str::to_owned), ttl: Some(60), ..Zone::default() });
    }
    for format in BOTH {
        let kind = |name: &str| value(&account, &GetDns::new(name), format).name_server_settings.kind;
        assert_eq!(kind("empty.com"), Some(NameServerKind::Dns));
        assert_eq!((kind("none.com"), kind("parking.com")), (None, Some(NameServerKind::Parking)));
        assert_eq!(refusal(&account, &GetDns::new("other.com"), format).class, Class::NotFound);
    }
    let body = account.answer(&Request::get("/api3.json?key=k&command=get_dns&domain=new.com")).body;
    assert!(String::from_utf8(body).unwrap().contains("\"Type\": \"Dynadot Email\""));
}

#[test]
fn what_is_sent_replaces_or_is_added() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_domain("a.com", at("2025-01-01T00:00:00Z"));
        account.add_domain("b.com", at("2025-01-01T00:00:00Z"));
        let value = " v=spf1  a+b&c=%41;\t\u{fc}\n";
        let mut set = SetDns2::new(["a.com", "b.com"]);
        set.main_records = vec![
            MainRecord::new(DnsRecordType::Mx, "mail.a.com").extra("0"),
            MainRecord::new(DnsRecordType::Txt, value),
        ];
        set.sub_records = vec![SubRecord::new("www", DnsRecordType::Cname, "a.com")];
        set.ttl = Some(300);
        assert!(ask(&account, &set, format).is_ok());
        let zone = account.zone("a.com").unwrap();
        assert_eq!(zone.main, [record("", "MX", "mail.a.com", "0"), record("", "TXT", value, "")]);
        assert_eq!((zone.sub.clone(), zone.ttl), (vec![record("www", "CNAME", "a.com", "")], Some(300)));
        assert_eq!(account.zone("b.com"), Some(zone.clone()));

        let mut add = SetDns2::new(["a.com"]);
        add.add_to_current = true;
        add.main_records = vec![MainRecord::new(DnsRecordType::A, "192.0.2.1")];
        assert!(ask(&account, &add, format).is_ok());
        let added = account.zone("a.com").unwrap();
        assert_eq!((added.main.len(), added.sub, added.ttl), (3, zone.sub, Some(300)));

        add.add_to_current = false;
        assert!(ask(&account, &add, format).is_ok());
        let replaced = account.zone("a.com").unwrap();
        assert_eq!(replaced, Zone { main: vec![record("", "A", "192.0.2.1", "")], ..Zone::default() });
        assert_eq!(account.executions("set_dns2"), 3);
    }
}

#[test]
fn numbers_pair_the_parts_of_a_record() {
    let account = Account::new(now());
    account.set_zone("a.com", Zone::default());
    let set = |params: &str| {
        let target = format!("/api3.json?key=k&command=set_dns2&domain=a.com&{params}");
        String::from_utf8(account.answer(&Request::get(&target)).body).unwrap()
    };
    set("main_record5=2.2.2.2&main_record_type5=a&main_record_type1=mx&main_recordx1=20&main_record1=m.a.com\
         &subdomain10=x&sub_record_type10=txt&sub_record10=t&subdomain2=y&sub_record_type2=email&sub_record2=e&sub_recordx2=f");
    let zone = account.zone("a.com").unwrap();
    assert_eq!(zone.main, [record("", "MX", "m.a.com", "20"), record("", "A", "2.2.2.2", "")]);
    assert_eq!(zone.sub, [record("y", "EMAIL", "e", "f"), record("x", "TXT", "t", "")]);
    for (params, error) in [
        ("main_record0=1.1.1.1", "missing main_record_type0"),
        ("main_record_type0=a", "missing main_record0"),
        ("main_recordx3=1", "missing main_record_type3"),
        ("sub_record_type0=a&sub_record0=1.1.1.1", "missing subdomain0"),
        ("main_record_type20=a&main_record20=1.1.1.1", "main_record_type20 is beyond the last of 20"),
        ("ttl=soon", "ttl is no number"),
    ] {
        let body = set(params);
        assert!(body.contains(error), "{params}: {body}");
    }
    assert_eq!((account.zone("a.com"), account.executions("set_dns2")), (Some(zone), 1));
}

#[test]
fn all_domains_are_set_or_none() {
    let account = Account::new(now());
    account.set_zone("a.com", Zone { ttl: Some(60), ..Zone::default() });
    let mut set = SetDns2::new(["a.com", "other.com"]);
    set.main_records = vec![MainRecord::new(DnsRecordType::A, "192.0.2.1")];
    assert_eq!(refusal(&account, &set, Format::Xml).class, Class::NotFound);
    assert_eq!(account.zone("a.com"), Some(Zone { ttl: Some(60), ..Zone::default() }));
    assert_eq!((account.zone("other.com"), account.executions("set_dns2")), (None, 0));
}
