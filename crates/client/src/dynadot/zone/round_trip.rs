//! What is planned is what is there afterwards, over arbitrary zones in both formats.

use super::testing::{DOMAIN, Server};
use super::{Changes, DnsRecordType, Plan, Record, RecordData};
use bindwire_wire::Format;
use proptest::collection::vec;
use proptest::prelude::*;

/// What breaks notations, requests and careless clients.
const PIECES: &[&str] = &[
    "\"",
    "'",
    ";",
    "+",
    "\\",
    "\\\"",
    "=",
    "%",
    "%20",
    "&",
    "&amp;",
    "<",
    ">",
    "</Value>",
    "<Value>",
    "]]>",
    "<!--",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\",\"Value\":\"",
    "v=spf1",
    "p=MIIB",
    "ü",
    "😀",
    "\u{a0}",
    "a",
    "0",
    " ",
];

/// What only JSON carries.
const WILD: &[&str] = &["\n", "\r\n", "\t", "\0", "\u{1b}", "\u{85}", "\u{ffff}", " ", "  "];

fn text(format: Format) -> BoxedStrategy<String> {
    let pieces =
        |pieces: Vec<&'static str>| vec(prop::sample::select(pieces), 1..40).prop_map(|pieces| pieces.concat());
    match format {
        Format::Json => prop_oneof![
            "\\PC{1,40}",
            pieces([PIECES, WILD].concat()),
            "[a-zA-Z0-9+/ ]{256,600}",
            pieces(WILD.to_vec()),
        ]
        .boxed(),
        _ => prop_oneof!["\\PC{1,40}", pieces(PIECES.to_vec()), "[a-zA-Z0-9+/ ]{256,600}"]
            .prop_map(|text| text.trim().to_owned())
            .prop_filter("not empty", |text| !text.is_empty())
            .boxed(),
    }
}

fn subdomain() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9_-]{1,8}",
        "[a-z]{1,3}\\.[a-zü]{1,3}",
        Just("*".to_owned()),
        Just("www".to_owned()),
        Just("_acme-challenge".to_owned()),
    ]
}

/// A record under this name.
fn record(name: impl Strategy<Value = String>, format: Format) -> impl Strategy<Value = Record> {
    let data = prop_oneof![
        any::<[u8; 4]>().prop_map(|address| Record::a("", address.into())),
        any::<[u8; 16]>().prop_map(|address| Record::aaaa("", address.into())),
        "[a-z]{1,5}\\.example\\.(com|org)\\.?".prop_map(|host| Record::cname("", host)),
        ("[a-z]{1,5}\\.example\\.(com|org)", any::<u16>()).prop_map(|(host, distance)| Record::mx("", host, distance)),
        (0..9, "[a-z.]{1,9}").prop_map(|(priority, host)| Record::srv("", format!("{priority} 5 5060 {host}"))),
        ("[a-z.]{1,9}", any::<bool>()).prop_map(|(to, fixed)| Record::forward(
            "",
            format!("https://{to}/?a=b&c"),
            fixed
        )),
        (text(format), text(format)).prop_map(|(url, title)| Record::stealth("", url, title)),
        ("[a-z+]{1,5}", "[a-z]{1,5}@[a-z]{1,5}\\.org").prop_map(|(alias, to)| Record::email("", alias, to)),
        text(format).prop_map(|text| Record::txt("", text)),
        text(format).prop_map(|text| Record::txt("", text)),
    ];
    (name, data).prop_map(|(name, data)| data.named(name.into()))
}

fn any_record(format: Format) -> impl Strategy<Value = Record> {
    record(prop_oneof![Just(String::new()), subdomain()], format)
}

fn server(format: Format) -> impl Strategy<Value = Server> {
    let main = vec(record(Just(String::new()), format), 0..8);
    let sub = vec(record(subdomain(), format), 0..16);
    (main, sub, proptest::option::of(any::<u32>())).prop_map(|(main, sub, ttl)| Server::new(&[main, sub].concat(), ttl))
}

fn server_and_record() -> impl Strategy<Value = (Format, Server, Record)> {
    prop_oneof![Just(Format::Xml), Just(Format::Json)]
        .prop_flat_map(|format| (Just(format), server(format), any_record(format)))
}

#[derive(Debug, Clone)]
enum Step {
    Add(Record),
    /// Removes the record of this number.
    Remove(prop::sample::Index),
    /// Gives the set of the record of this number other data.
    Set(prop::sample::Index, Vec<Record>),
}

fn step(format: Format) -> impl Strategy<Value = Step> {
    prop_oneof![
        any_record(format).prop_map(Step::Add),
        any::<prop::sample::Index>().prop_map(Step::Remove),
        (any::<prop::sample::Index>(), vec(any_record(format), 0..3)).prop_map(|(index, data)| Step::Set(index, data)),
    ]
}

fn server_and_steps() -> impl Strategy<Value = (Format, Server, Vec<Step>)> {
    prop_oneof![Just(Format::Xml), Just(Format::Json)]
        .prop_flat_map(|format| (Just(format), server(format), vec(step(format), 1..5)))
}

proptest! {
    /// Add a record, and take it away again: every byte of all others is as before, and so is their order.
    #[test]
    fn adding_and_removing_leaves_a_zone_as_it_was((format, mut server, record) in server_and_record()) {
        let original = server.clone();
        let zone = server.read(format);
        prop_assert_eq!(zone.unwritable(), &[]);
        prop_assume!(!zone.records().contains(&record));
        let Ok(plan) = Plan::new(&zone, &Changes::new().add(record.clone())) else {
            // A CNAME would stand beside others.
            return Err(TestCaseError::reject("conflict"));
        };
        prop_assert!(!plan.is_replacement());
        server.set(&plan.request().unwrap());
        prop_assert_eq!(server.main.len() + server.sub.len(), zone.records().len() + 1);
        let zone = server.read(format);
        prop_assert_eq!(&zone, plan.target());

        let plan = Plan::new(&zone, &Changes::new().remove(record.clone()).allow_removals()).unwrap();
        prop_assert!(plan.is_replacement());
        prop_assert_eq!(plan.removed(), std::slice::from_ref(&record));
        server.set(&plan.request().unwrap());
        prop_assert_eq!(&server, &original);
        prop_assert_eq!(server.body(format), original.body(format));
    }

    /// Whatever is planned: what the server has after the request is what the plan said.
    #[test]
    fn what_is_planned_is_what_is_there_afterwards((format, mut server, steps) in server_and_steps()) {
        let zone = server.read(format);
        prop_assert_eq!(zone.unwritable(), &[]);
        let mut changes = Changes::new().allow_removals();
        for step in &steps {
            changes = match step {
                Step::Add(record) => changes.add(record.clone()),
                Step::Remove(index) if !zone.records().is_empty() => changes.remove(index.get(zone.records()).clone()),
                Step::Set(index, data) if !zone.records().is_empty() => {
                    let of = index.get(zone.records());
                    let data = data.iter().filter(|data| data.record_type() == of.record_type());
                    let data = data.map(|data| RecordData::new(data.value(), data.extra().unwrap_or_default()));
                    changes.set_rrset(format!("{}.{DOMAIN}.", of.name()).trim_start_matches('.'), of.record_type().clone(), data)
                }
                _ => changes,
            };
        }
        let Ok(plan) = Plan::new(&zone, &changes) else { return Err(TestCaseError::reject("refused")) };
        if let Some(request) = plan.request() {
            server.set(&request);
        }
        prop_assert_eq!(&server.read(format), plan.target());
        prop_assert_eq!(plan.to_string().lines().count(), plan.added().len() + plan.changed().len() + plan.removed().len() + 1);
        // What was planned of a newer snapshot is the same as long as nothing changed.
        let again = plan.rebase(&zone).unwrap();
        prop_assert_eq!((again.added(), again.changed(), again.removed()), (plan.added(), plan.changed(), plan.removed()));
    }
}

#[test]
fn two_values_of_a_challenge_live_beside_each_other() {
    let mut server = Server::new(&[Record::mx("@", "mail.example.com", 10)], Some(300));
    let original = server.clone();
    let (one, two) =
        (Record::txt("_acme-challenge", "token-1"), Record::txt("_acme-challenge.example.com.", "token-2"));
    for record in [&one, &two] {
        let plan = Plan::new(&server.read(Format::Json), &Changes::new().add(record.clone())).unwrap();
        server.set(&plan.request().unwrap());
    }
    let there = server.read(Format::Json);
    let tokens: Vec<&str> = there.rrset("_acme-challenge", &DnsRecordType::Txt).map(Record::value).collect();
    assert_eq!(tokens, ["token-1", "token-2"]);

    // A second time, the first one is there already.
    assert!(Plan::new(&there, &Changes::new().add(one.clone())).unwrap().is_empty());

    for (record, left) in [(one, vec!["token-2"]), (two, vec![])] {
        let changes = Changes::new().remove(record).allow_removals();
        server.set(&Plan::new(&server.read(Format::Json), &changes).unwrap().request().unwrap());
        let zone = server.read(Format::Json);
        let tokens: Vec<&str> = zone.rrset("_acme-challenge", &DnsRecordType::Txt).map(Record::value).collect();
        assert_eq!(tokens, left);
    }
    assert_eq!(server, original);
}
