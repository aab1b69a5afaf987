//! How values become a URL: percent-encoding, and what is written of the types that are no texts.

use bindwire_dynadot::auction::{GetOpenAuctions, PlaceAuctionBid};
use bindwire_dynadot::dns::{SetDns2, SetStealth};
use bindwire_dynadot::domain::{Register, Search, SetNote, SetPrivacy};
use bindwire_dynadot::name_server::{RegisterNs, SetNsIp};
use bindwire_dynadot::order::OrderList;
use bindwire_dynadot::push::Push;
use bindwire_dynadot::types::{AuctionType, DnsRecordType, MainRecord, OrderSearch, PrivacyOption};
use bindwire_wire::{Command, Currency, Date, OpenEnum, Query};
use std::net::IpAddr;

#[track_caller]
fn assert_sent(command: &impl Command, expected: &str) {
    assert_eq!(Query::of(command).unwrap().to_query_string(), expected);
}

#[test]
fn characters_with_a_meaning_in_a_url_are_encoded() {
    for (note, encoded) in [
        ("a b", "a%20b"),
        ("1+1", "1%2B1"),
        ("a&key=stolen", "a%26key%3Dstolen"),
        ("a;b,c", "a%3Bb%2Cc"),
        ("100% #1?", "100%25%20%231%3F"),
        ("a/b:c@d", "a%2Fb%3Ac%40d"),
        ("line\r\nline\t\0", "line%0D%0Aline%09%00"),
        ("ünï €", "%C3%BCn%C3%AF%20%E2%82%AC"),
        ("\u{1F600}", "%F0%9F%98%80"),
        ("'\"<>", "%27%22%3C%3E"),
        ("A-Z_a.z~09", "A-Z_a.z~09"),
        ("", ""),
    ] {
        assert_sent(&SetNote::new("a.com", note), &format!("command=set_note&domain=a.com&note={encoded}"));
    }
}

#[test]
fn a_value_that_is_encoded_already_is_encoded_again() {
    let stealth = SetStealth::new(["a.com"], "http://b.com/?q=%20");
    assert_sent(&stealth, "command=set_stealth&domain=a.com&stealth_url=http%3A%2F%2Fb.com%2F%3Fq%3D%2520");
}

#[test]
fn the_separators_of_lists_are_encoded_too() {
    assert_sent(
        &Push::new(["a.com", "b.com"], "someone"),
        "command=push&domain=a.com%3Bb.com&receiver_push_username=someone",
    );
    assert_sent(
        &GetOpenAuctions::new([AuctionType::Expired, AuctionType::RegistryExpired]),
        "command=get_open_auctions&type=expired%2Cregistry_expired",
    );
}

#[test]
fn a_domain_is_sent_in_its_ascii_form() {
    assert_sent(
        &Search::new(["Bücher.example", "пример.испытание"]),
        "command=search&domain0=xn--bcher-kva.example&domain1=xn--e1afmkfd.xn--80akhbyknj4f",
    );
}

#[test]
fn names_of_extra_params_are_encoded() {
    assert_sent(&SetNote::new("a.com", "x").extra("a&b", "c=d"), "command=set_note&domain=a.com&note=x&a%26b=c%3Dd");
}

#[test]
fn other_types_are_written_as_documented() {
    assert_sent(
        &SetPrivacy::new(["a.com"], PrivacyOption::Off).whois_privacy_option(false),
        "command=set_privacy&domain=a.com&option=off&whois_privacy_option=no",
    );
    assert_sent(&Register::new("a.com", 10).premium(true), "command=register&domain=a.com&duration=10&premium=1");
    assert_sent(&Register::new("a.com", 1).premium(false), "command=register&domain=a.com&duration=1");
    let orders = OrderList::new(OrderSearch::DateRange)
        .start_date(Date::constant(2024, 1, 2))
        .end_date(Date::constant(2024, 12, 31));
    assert_sent(&orders, "command=order_list&searchBy=date_range&startDate=2024%2F01%2F02&endDate=2024%2F12%2F31");
    let v6: IpAddr = "2001:DB8::0001".parse().unwrap();
    assert_sent(&RegisterNs::new("ns1.a.com", v6), "command=register_ns&host=ns1.a.com&ip=2001%3Adb8%3A%3A1");
    assert_sent(&SetNsIp::new("7", [v6]), "command=set_ns_ip&server_id=7&ip0=2001%3Adb8%3A%3A1");
}

#[test]
fn an_amount_keeps_its_digits() {
    for amount in ["99.90", "0.1", "1000000000000000000.01", "-1"] {
        let bid = PlaceAuctionBid::new("a.com", amount.parse().unwrap()).currency(Currency::EUR);
        assert_sent(&bid, &format!("command=place_auction_bid&domain=a.com&bid_amount={amount}&currency=eur"));
    }
}

#[test]
fn a_value_that_the_spec_does_not_list_is_sent_as_it_is() {
    let kind: DnsRecordType = OpenEnum::parse("CAA");
    assert_eq!(kind.wire_text(), "CAA");
    let record = MainRecord::new(kind, "0 issue \"ca.example\"");
    assert_sent(
        &SetDns2::new(["a.com"]).main_records([record]),
        "command=set_dns2&domain=a.com&main_record_type0=CAA&main_record0=0%20issue%20%22ca.example%22",
    );
    let known: DnsRecordType = OpenEnum::parse("AAAA");
    assert_eq!(known, DnsRecordType::Aaaa);
    assert_eq!(known.wire_text(), "aaaa", "it is sent in lower case");
}
