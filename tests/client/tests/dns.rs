//! DNS records are changed without losing one: over the wire, at the same time, and when answers are lost.

mod zones;

use bindwire_client::dynadot::dns::{Changes, DnsRecordType, Record};
use bindwire_client::{Error, ErrorKind};
use bindwire_client_tests::{Via, Wire};
use bindwire_loopback::{Answer, Reply, Zone};
use futures_util::future::join_all;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use zones::{DOMAIN, Zones, stored, ten, zone};

/// Changes of every kind, all records being sent.
fn replacing() -> Changes {
    Changes::new()
        .remove(Record::txt("t0", "text 0"))
        .set_rrset("@", DnsRecordType::Mx, [("mail.example.com", "20")])
        .add(Record::txt("_acme-challenge", "token"))
}

/// What becomes of ten records by them.
fn replaced() -> Zone {
    let mut zone = ten();
    zone.main[1].extra = "20".to_owned();
    zone.sub.retain(|record| record.subdomain != "t0");
    zone.sub.push(stored("_acme-challenge", "TXT", "token", ""));
    zone
}

#[test]
fn a_plan_is_looked_at_and_then_carried_out() {
    for wire in Wire::ALL {
        let zones = Zones::new(wire, ten());
        let snapshot = zones.snapshot().expect("a zone");
        assert_eq!((snapshot.records().len(), snapshot.ttl(), snapshot.is_writable()), (10, Some(300), true));
        let plan = zones.plan(&replacing()).expect("a plan");
        assert_eq!(
            plan.to_string(),
            "- t0 TXT \"text 0\"\n\
             ~ @ MX mail.example.com 10 -> mail.example.com 20\n\
             + _acme-challenge TXT token\n\
             example.com: 1 added, 1 changed, 1 removed, 8 kept"
        );
        assert_eq!((zones.stored(), zones.writes()), (ten(), 0), "{wire:?}: nothing was done yet");
        zones.apply(&plan).expect("it is carried out");
        assert_eq!((zones.stored(), zones.writes()), (replaced(), 1), "{wire:?}");
        assert_eq!(zones.snapshot().expect("a zone"), *plan.target());

        zones.apply(&plan).expect("it was carried out already");
        assert_eq!(zones.writes(), 1, "{wire:?}: it is not sent again");
    }
}

#[test]
fn a_plan_of_what_has_changed_since_is_not_carried_out() {
    for wire in Wire::ALL {
        let adding = Changes::new().add(Record::txt("_acme-challenge", "token"));
        for changes in [replacing(), adding] {
            let zones = Zones::new(wire, ten());
            let plan = zones.plan(&changes).expect("a plan");
            let mut changed = [ten(), ten(), ten()];
            changed[0].sub[1].value.push('!');
            changed[1].main.pop();
            changed[2].ttl = Some(60);
            for zone in changed {
                zones.account.set_zone(DOMAIN, zone.clone());
                let error = zones.apply(&plan).expect_err("it has changed");
                assert_eq!((error.kind(), error.may_have_run()), (ErrorKind::Guard, false), "{wire:?}");
                assert_eq!(
                    error.to_string(),
                    "set_dns2 not sent: example.com: the records have changed since the plan was made; make it again and look \
                     at it; nothing was changed"
                );
                assert_eq!((zones.stored(), zones.writes()), (zone, 0), "{wire:?}");
            }
            // Only the order is another one, which DNS does not know.
            let mut turned = ten();
            turned.sub.reverse();
            zones.account.set_zone(DOMAIN, turned);
            zones.apply(&plan).expect("the same records");
        }
    }
}

#[test]
fn two_values_of_a_challenge_live_beside_each_other() {
    for wire in Wire::ALL {
        let zones = Zones::new(wire, ten());
        let [one, two] = ["token-1", "token-2"].map(|token| Record::txt("_acme-challenge", token));
        zones.add(&one).expect("it is added");
        zones.add(&two).expect("it is added");
        assert!(zones.add(&one).expect("it is there").is_empty());
        let tokens = || -> Vec<String> {
            let snapshot = zones.snapshot().expect("a zone");
            let set = snapshot.rrset("_acme-challenge.example.com", &DnsRecordType::Txt);
            set.map(|record| record.value().to_owned()).collect()
        };
        assert_eq!((tokens().join(" "), zones.writes()), ("token-1 token-2".to_owned(), 2), "{wire:?}");
        zones.remove(&one).expect("it is removed");
        assert_eq!(tokens(), ["token-2"], "{wire:?}");
        zones.remove(&two).expect("it is removed");
        assert_eq!(zones.stored(), ten(), "{wire:?}");
    }
}

/// Makes changes at the same time, some by a clone and some by a second client.
fn at_once(zones: &Zones, changes: &[Changes]) {
    let second = zones.another_client();
    match (&zones.client, &second) {
        (Via::Awaited(first, runtime), Via::Awaited(second, _)) => {
            let first_clone = first.clone();
            let zones = [first.dns(DOMAIN), second.dns(DOMAIN), first_clone.dns(DOMAIN)];
            let all = changes.iter().enumerate().map(|(at, changes)| zones[at % 3].change(changes));
            for done in runtime.block_on(join_all(all)) {
                done.expect("it is done");
            }
        }
        (Via::Blocks(first), Via::Blocks(second)) => thread::scope(|scope| {
            for (at, changes) in changes.iter().enumerate() {
                let client = if at % 2 == 0 { first.clone() } else { second.clone() };
                scope.spawn(move || client.dns(DOMAIN).change(changes).expect("it is done"));
            }
        }),
        _ => unreachable!("both are of one face"),
    }
}

fn sorted(zone: Zone) -> Vec<String> {
    let mut records: Vec<_> = zone.main.iter().chain(&zone.sub).map(|record| format!("{record:?}")).collect();
    records.sort_unstable();
    records
}

#[test]
fn what_is_added_at_the_same_time_survives() {
    for wire in Wire::ALL {
        let zones = Zones::new(wire, ten());
        let changes: Vec<_> = (0..20).map(|at| Changes::new().add(Record::txt("a", format!("token-{at}")))).collect();
        at_once(&zones, &changes);
        let mut all = ten();
        all.sub.extend((0..20).map(|at| stored("a", "TXT", &format!("token-{at}"), "")));
        assert_eq!(sorted(zones.stored()), sorted(all), "{wire:?}");
    }
}

#[test]
fn what_is_changed_at_the_same_time_survives() {
    for wire in Wire::ALL {
        let texts = |text: &str| zone((0..20).map(|at| stored(&format!("t{at}"), "TXT", &format!("{text} {at}"), "")));
        let zones = Zones::new(wire, texts("old"));
        let change = |at| Changes::new().set_rrset(format!("t{at}"), DnsRecordType::Txt, [format!("new {at}")]);
        at_once(&zones, &(0..20).map(change).collect::<Vec<_>>());
        assert_eq!(zones.stored(), texts("new"), "{wire:?}");
        assert_eq!(zones.writes(), 20);
    }
}

/// What becomes of the answer to a request that writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    BeforeExecution,
    AfterExecution,
    /// And the server stays away.
    ForGood,
}

fn losing(wire: Wire, loss: Loss) -> Zones {
    let is_away = Arc::new(AtomicBool::new(false));
    Zones::answered(wire, ten(), move |account, request| {
        if is_away.load(Ordering::SeqCst) {
            return Answer::Hangup;
        }
        if request.param("command") != Some("set_dns2") {
            return Answer::Reply(account.answer(request));
        }
        if loss != Loss::BeforeExecution {
            account.answer(request);
        }
        is_away.store(loss == Loss::ForGood, Ordering::SeqCst);
        Answer::Hangup
    })
}

#[test]
fn a_lost_answer_is_cleared_up_by_looking() {
    let adding = Changes::new().add(Record::txt("_acme-challenge", "token"));
    let mut added = ten();
    added.sub.push(stored("_acme-challenge", "TXT", "token", ""));
    for wire in Wire::ALL {
        for (changes, done) in [(replacing(), replaced()), (adding.clone(), added.clone())] {
            let zones = losing(wire, Loss::AfterExecution);
            zones.change(&changes).expect("it was carried out");
            assert_eq!((zones.stored(), zones.writes()), (done.clone(), 1), "{wire:?}");

            let zones = losing(wire, Loss::AfterExecution);
            let plan = zones.plan(&changes).expect("a plan");
            zones.apply(&plan).expect("it was carried out");
            assert_eq!((zones.stored(), zones.writes()), (done.clone(), 1), "{wire:?}");

            for (loss, stored) in [(Loss::BeforeExecution, ten()), (Loss::ForGood, done)] {
                let zones = losing(wire, loss);
                let error = zones.change(&changes).expect_err("nobody knows");
                assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{wire:?} {loss:?}: {error}");
                assert_eq!(error.lost().map(|lost| lost.command()), Some("set_dns2"));
                assert_eq!((zones.stored(), zones.writes()), (stored, 1), "{wire:?} {loss:?}");
            }
        }
    }
}

#[track_caller]
fn assert_refused(zones: &Zones, error: &Error, words: &str) {
    assert_eq!((error.kind(), error.may_have_run(), error.lost()), (ErrorKind::Guard, false, None), "{error}");
    assert!(error.to_string().contains(words), "{error}");
    assert_eq!(zones.writes(), 0, "{error}");
}

#[test]
fn a_zone_that_cannot_be_written_back_is_left_alone() {
    let with = |change: fn(&mut Zone)| {
        let mut zone = ten();
        change(&mut zone);
        zone
    };
    let cases = [
        (with(|zone| zone.main.push(stored("", "CAA", "0 issue \"a\"", ""))), "is of type \"CAA\""),
        (with(|zone| zone.kind = Some("Dynadot Parking".to_owned())), "\"Dynadot Parking\""),
        (with(|zone| zone.kind = Some("Name Servers".to_owned())), "\"Name Servers\""),
        (with(|zone| zone.kind = None), "does not say what resolves it"),
        (with(|zone| zone.main[1].extra.clear()), "has no Value2"),
        (with(|zone| zone.sub[1].value.clear()), "has no value"),
    ];
    for wire in Wire::ALL {
        for (zone, words) in &cases {
            let zones = Zones::new(wire, zone.clone());
            for changes in [replacing().allow_removals(), Changes::new().add(Record::txt("a", "b"))] {
                assert_refused(&zones, &zones.change(&changes).expect_err(words), words);
                assert_refused(&zones, &zones.plan(&changes).expect_err(words), words);
            }
            assert_eq!(zones.stored(), *zone, "{wire:?}");
            let snapshot = zones.snapshot().expect("it can be looked at");
            assert!(!snapshot.is_writable() && snapshot.records().len() >= 10);
        }
    }
}

#[test]
fn a_record_with_something_unknown_is_not_written_over() {
    for wire in Wire::ALL {
        let zones = Zones::answered(wire, ten(), |account, request| {
            let mut reply = account.answer(request);
            let body = String::from_utf8(reply.body.clone()).expect("a text");
            reply.body = body.replace(r#""text 3""#, r#""text 3","Weight":"5""#).into_bytes();
            Answer::Reply(reply)
        });
        let error = zones.change(&replacing()).expect_err("it would be lost");
        assert_refused(&zones, &error, "Weight");
        let error = zones.add(&Record::txt("a", "b")).expect_err("it could be lost");
        assert_refused(&zones, &error, "Weight");
        assert_eq!(zones.snapshot().expect("it can be looked at").records().len(), 10);
    }
}

#[test]
fn much_goes_only_when_that_is_allowed() {
    for wire in Wire::ALL {
        let zones = Zones::new(wire, ten());
        let removing = |count: usize| {
            (0..count)
                .fold(Changes::new(), |changes, at| changes.remove(Record::txt(format!("t{at}"), format!("text {at}"))))
        };
        let error = zones.change(&removing(4)).expect_err("four of ten");
        assert_refused(&zones, &error, "4 of 10 records would be removed");
        assert_eq!(zones.stored(), ten());
        zones.change(&removing(4).allow_removals()).expect("it is allowed");
        assert_eq!(zones.stored().sub.len(), ten().sub.len() - 4, "{wire:?}");

        zones.account.set_zone(DOMAIN, ten());
        zones.change(&removing(3)).expect("three of ten are not many");
        assert_eq!(zones.stored().sub.len(), ten().sub.len() - 3, "{wire:?}");
    }
}

#[test]
fn a_set_takes_the_place_of_the_one_that_was_there() {
    for wire in Wire::ALL {
        let zones = Zones::new(wire, ten());
        let plan = zones.set_rrset("www", DnsRecordType::Cname, &["other.example.com"]).expect("it is set");
        assert_eq!((plan.changed().len(), plan.added().len(), plan.removed().len()), (1, 0, 0));
        zones.set_rrset("@", DnsRecordType::A, &["192.0.2.7", "192.0.2.1"]).expect("it is set");
        let mut expected = ten();
        expected.sub[0].value = "other.example.com".to_owned();
        expected.main.push(stored("", "A", "192.0.2.7", ""));
        assert_eq!(zones.stored(), expected, "{wire:?}");
        assert!(zones.set_rrset("@", DnsRecordType::A, &["192.0.2.1", "192.0.2.7"]).expect("it is so").is_empty());
        assert_eq!(zones.writes(), 2, "{wire:?}");
        let error = zones.set_rrset("www", DnsRecordType::Txt, &["beside"]).expect_err("beside a CNAME");
        assert_eq!(error.kind(), ErrorKind::Guard);
        assert_eq!(zones.stored(), expected, "{wire:?}");
    }
}

#[test]
fn what_the_api_refuses_or_never_takes_changes_nothing() {
    for wire in Wire::ALL {
        let zones = Zones::new(wire, ten());
        zones.account.refuse_next("get_dns", "error", "could not find domain in your account");
        let error = zones.change(&replacing()).expect_err("it is refused");
        assert_eq!((error.kind(), error.command(), zones.writes()), (ErrorKind::Refused, "get_dns", 0), "{wire:?}");
        zones.account.refuse_next("set_dns2", "error", "too many records");
        let error = zones.change(&replacing()).expect_err("it is refused");
        assert_eq!((error.kind(), error.command(), zones.writes()), (ErrorKind::Refused, "set_dns2", 1), "{wire:?}");
        assert_eq!(zones.stored(), ten());

        // The first reading fails, and the second one does not.
        let asked = AtomicU64::new(0);
        let zones = Zones::answered(wire, ten(), move |account, request| {
            if asked.fetch_add(1, Ordering::SeqCst) == 0 {
                return Answer::Reply(Reply::status(500, ""));
            }
            Answer::Reply(account.answer(request))
        });
        zones.change(&replacing()).expect("a reading is repeated");
        assert_eq!((zones.stored(), zones.writes()), (replaced(), 1), "{wire:?}");
    }
}

mod any_zone {
    use super::*;
    use bindwire_loopback::ZoneRecord;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    fn text() -> impl Strategy<Value = String> {
        let pieces = vec![
            "\"", "'", ";", "+", "\\", "=", "%", "%20", "&", "&amp;", "<", "</Value>", "{", "]", ",", "v=spf1 ", "ü",
            "😀", "\u{a0}", " ", "\n", "\t", "\0", "a",
        ];
        prop_oneof![
            vec(prop::sample::select(pieces), 1..30).prop_map(|pieces| pieces.concat()),
            "\\PC{1,40}",
            "[a-zA-Z0-9+/= ]{256,600}",
        ]
    }

    /// A type, a value, and the extra value that the type has.
    fn data() -> impl Strategy<Value = (&'static str, String, String)> {
        let none = String::new;
        prop_oneof![
            any::<[u8; 4]>().prop_map(move |at| ("A", std::net::Ipv4Addr::from(at).to_string(), none())),
            any::<[u8; 16]>().prop_map(move |at| ("AAAA", std::net::Ipv6Addr::from(at).to_string(), none())),
            "[a-z]{1,5}\\.example\\.org\\.?".prop_map(move |host| ("CNAME", host, none())),
            ("[a-z]{1,5}\\.example\\.org", any::<u16>()).prop_map(|(host, at)| ("MX", host, at.to_string())),
            ("[0-9]{1,3} [0-9]{1,3} [a-z.]{1,9}", "[0-9]{0,3}").prop_map(|(to, extra)| ("SRV", to, extra)),
            ("https://[a-z.]{1,9}/\\?a=b&c", "[12]").prop_map(|(to, kind)| ("FORWARD", to, kind)),
            ("https://[a-z.]{1,9}/", text()).prop_map(|(to, title)| ("STEALTH", to, title)),
            ("[a-z]{1,5}@[a-z]{1,5}\\.org", "[a-z+]{1,5}").prop_map(|(to, alias)| ("EMAIL", to, alias)),
            text().prop_map(move |text| ("TXT", text, none())),
            text().prop_map(move |text| ("TXT", text, none())),
        ]
    }

    fn record(name: impl Strategy<Value = String>) -> impl Strategy<Value = ZoneRecord> {
        (name, data()).prop_map(|(name, (kind, value, extra))| stored(&name, kind, &value, &extra))
    }

    fn subdomain() -> impl Strategy<Value = String> {
        prop_oneof!["[a-zA-Z0-9_-]{1,8}", "[a-z]{1,3}\\.[a-zü]{1,3}", Just("*".to_owned()), Just("www".to_owned())]
    }

    fn any_zone() -> impl Strategy<Value = Zone> {
        let main = vec(record(Just(String::new())), 0..10);
        let sub = vec(record(subdomain()), 0..20);
        (main, sub, proptest::option::of(any::<u32>())).prop_map(|(main, sub, ttl)| Zone {
            main,
            sub,
            ttl,
            ..Zone::default()
        })
    }

    fn as_it_was(wire: Wire) {
        let zones = Zones::new(wire, Zone::default());
        let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
        let names = prop_oneof![Just("@"), Just("_acme-challenge"), Just("a.b.example.com.")];
        let result = runner.run(&(any_zone(), names, text()), |(zone, name, text)| {
            zones.account.set_zone(DOMAIN, zone.clone());
            let record = Record::txt(name, text);
            let is_there = zone.main.iter().any(|other| name == "@" && other.value == record.value());
            let has_cname = zone.main.iter().any(|other| name == "@" && other.record_type == "CNAME");
            prop_assume!(!is_there && !has_cname);
            zones.add(&record).expect("it is added");
            let added = zones.stored();
            prop_assert_eq!(added.main.len() + added.sub.len(), zone.main.len() + zone.sub.len() + 1);
            let removing = Changes::new().remove(record).allow_removals();
            zones.change(&removing).expect("it is removed");
            prop_assert_eq!(zones.stored(), zone);
            Ok(())
        });
        result.unwrap_or_else(|failure| panic!("{wire:?}: {failure}"));
        assert!(zones.writes() >= 80);
    }

    #[test]
    fn is_as_it_was_over_reqwest() {
        as_it_was(Wire::Reqwest);
    }

    #[test]
    fn is_as_it_was_over_ureq() {
        as_it_was(Wire::Ureq);
    }

    #[test]
    fn is_as_it_was_over_tower() {
        as_it_was(Wire::Tower);
    }
}
