//! A list read item by item, from a body or from a reader that gives a few bytes at a time, is the list of the whole reply.

use super::decode::documented;
use super::limit::within;
use super::random::Random;
use super::records::{Kind, Rates, list};
use bindwire_dynadot::auction::{GetOpenAuctions, GetOpenAuctionsReply};
use bindwire_dynadot::domain::{ListDomain, ListDomainReply};
use bindwire_dynadot::types::{Auction, Domain};
use bindwire_wire::{
    Body, Command, DecodeErrorKind, Head, ItemsError, Note, NoteKind, Options, ReadItems, Record, ReplyShape, decode,
};
use std::fmt::Debug;
use std::io::{self, Read};

/// A reader that gives from one to `most` bytes at a time.
struct Trickle<'b> {
    rest: &'b [u8],
    most: usize,
    random: Random,
}

impl Read for Trickle<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let len = (1 + self.random.below(self.most)).min(self.rest.len()).min(out.len());
        let (now, rest) = self.rest.split_at(len);
        out[..len].copy_from_slice(now);
        self.rest = rest;
        Ok(len)
    }
}

/// A list and what the reply says beside it, or why there is none.
#[derive(Debug, PartialEq)]
struct Seen<T> {
    items: Vec<T>,
    end: Result<(Head, Vec<Note>), String>,
}

fn failure(error: &ItemsError) -> String {
    match error {
        ItemsError::Unreadable(error) => kind(error.kind()),
        other => format!("{other}"),
    }
}

fn kind(kind: DecodeErrorKind) -> String {
    kind.name().to_owned()
}

fn whole<R: Record + Default, T>(shape: &'static ReplyShape, body: &[u8], list: impl Fn(R) -> Vec<T>) -> Seen<T> {
    let reply = match decode::<R>(shape, body, &Options::default()) {
        Err(error) => return Seen { items: Vec::new(), end: Err(kind(error.kind())) },
        Ok(reply) => reply,
    };
    let (head, notes) = (reply.head.clone(), reply.notes.to_vec());
    match reply.into_result() {
        Ok(value) => Seen { items: list(value), end: Ok((head, notes)) },
        Err(refusal) => Seen { items: Vec::new(), end: Err(refusal.to_string()) },
    }
}

fn read<T: Record + Default>(shape: &'static ReplyShape, field: &str, body: &[u8], most: usize) -> Seen<T> {
    let reader = Trickle { rest: body, most, random: Random::new(most as u64) };
    let mut read = ReadItems::<_, T>::new(reader, shape, field, &Options::default()).expect("the reply has the list");
    let mut items = Vec::new();
    for item in &mut read {
        match item {
            Ok(item) => items.push(item),
            Err(error) => return Seen { items, end: Err(failure(&error)) },
        }
    }
    let ending = read.ending().expect("the list has ended");
    Seen { items, end: Ok((ending.head.clone(), ending.notes.to_vec())) }
}

/// The notes on values come with the items: those that are of the reply, and the texts of the others.
fn borrowed<T: Record + Default>(shape: &'static ReplyShape, field: &str, body: &[u8]) -> (Seen<T>, Vec<String>) {
    let (mut items, mut texts) = (Vec::new(), Vec::new());
    let seen = |items, end| Seen { items, end };
    let body = Body::new(body);
    let mut list = match body.items(shape, field, &Options::default()) {
        Ok(list) => list,
        Err(error) => return (seen(items, Err(failure(&error))), texts),
    };
    loop {
        match list.next() {
            Ok(Some(item)) => {
                let owned: T = item.to_owned();
                texts.extend(item.to_owned_with_notes::<T>().1.into_iter().map(|(_, text)| text));
                items.push(owned);
            }
            Ok(None) => break,
            Err(error) => return (seen(items, Err(failure(&error))), texts),
        }
    }
    let ending = list.ending().expect("the list has ended");
    let end = (ending.head.clone(), ending.notes.to_vec());
    (seen(items, Ok(end)), texts)
}

fn is_of_value(note: &Note) -> bool {
    matches!(note.kind, NoteKind::Unparsed | NoteKind::UnknownValue | NoteKind::DuplicateField)
}

/// The same head and notes, or the same failure; shows the first note that differs.
fn same_end(what: &str, seen: &Result<(Head, Vec<Note>), String>, whole: &Result<(Head, Vec<Note>), String>) {
    let (Ok((head, notes)), Ok((whole_head, whole_notes))) = (seen, whole) else {
        return assert_eq!(seen.as_ref().err(), whole.as_ref().err(), "{what}");
    };
    assert_eq!(head, whole_head, "{what}");
    for at in 0..notes.len().max(whole_notes.len()) {
        assert_eq!(notes.get(at), whole_notes.get(at), "{what}: note {at}");
    }
}

/// The same items; shows the first one that differs.
fn same_items<T: PartialEq + Debug>(what: &str, items: &[T], whole: &[T]) {
    assert_eq!(items.len(), whole.len(), "{what}: items");
    for (at, (item, whole)) in items.iter().zip(whole).enumerate() {
        assert_eq!(item, whole, "{what}: item {at}");
    }
}

/// Compares the three ways. `what` names the body; it has to be long where windows are to be moved.
fn compare<R, T>(what: &str, shape: &'static ReplyShape, field: &str, body: &[u8], list: impl Fn(R) -> Vec<T>)
where
    R: Record + Default,
    T: Record + Default + PartialEq + Debug,
{
    let whole = whole(shape, body, list);
    for most in [1, 7, 4096, 1 << 20] {
        let read = read::<T>(shape, field, body, most);
        same_end(&format!("{what}, in pieces of {most}"), &read.end, &whole.end);
        if whole.end.is_ok() {
            same_items(&format!("{what}, in pieces of {most}"), &read.items, &whole.items);
        }
    }
    let (borrowed, texts) = borrowed::<T>(shape, field, body);
    let (of_values, of_reply): (Vec<Note>, Vec<Note>) = match &whole.end {
        Ok((_, notes)) => notes.iter().cloned().partition(is_of_value),
        Err(_) => Default::default(),
    };
    let whole_end = whole.end.map(|(head, _)| (head, of_reply));
    same_end(&format!("{what}, borrowed"), &borrowed.end, &whole_end);
    if whole_end.is_ok() {
        same_items(&format!("{what}, borrowed"), &borrowed.items, &whole.items);
        let whole_texts: Vec<String> = of_values.iter().map(|note| note.text.to_string()).collect();
        assert_eq!(texts, whole_texts, "{what}, borrowed");
    }
}

fn domains(what: &str, body: &[u8]) {
    compare::<ListDomainReply, Domain>(what, ListDomain::INFO.reply, "domains", body, |reply| reply.domains);
}

fn auctions(what: &str, body: &[u8]) {
    compare::<GetOpenAuctionsReply, Auction>(what, GetOpenAuctions::INFO.reply, "auctions", body, |reply| {
        reply.auctions
    });
}

const LIMIT: u64 = 120;

/// Items that are never closed cannot be given one by one: a reader holds so many of them, and no more.
#[test]
fn items_that_are_never_closed_come_to_a_limit() {
    let head = "<ListDomainInfoResponse><ListDomainInfoHeader><ResponseCode>0</ResponseCode></ListDomainInfoHeader>\
                <ListDomainInfoContent><DomainInfoList><DomainInfo>";
    let body = format!("{head}{}", "<Domain>".repeat(100_000));
    let seen = read::<Domain>(ListDomain::INFO.reply, "domains", body.as_bytes(), 1 << 16);
    assert_eq!((seen.items.len(), seen.end), (0, Err("limit".to_owned())));
}

#[test]
fn documented_lists() {
    within(LIMIT, "documented lists", || {
        for vector in documented() {
            match vector.command.as_str() {
                "list_domain" => domains(&vector.id, &vector.body),
                "get_open_auctions" => auctions(&vector.id, &vector.body),
                _ => {}
            }
        }
    });
}

/// A record that ends only because the next one begins is an item, and so is the next one.
#[test]
fn records_without_an_end() {
    let xml = "<ListDomainInfoResponse><ListDomainInfoHeader><ResponseCode>0</ResponseCode></ListDomainInfoHeader>\
        <ListDomainInfoContent><DomainInfoList><DomainInfo><Domain><Name>a.com</Name><Domain><Name>b.com</Name></Domain>\
        <Domain><Name>c.com</Name></Domain></DomainInfo></DomainInfoList></ListDomainInfoContent></ListDomainInfoResponse>";
    let json = r#"{"ListDomainInfoResponse":{"ResponseCode":0,"MainDomains":[{"Name":"a.com",{"Name":"b.com"},{"Name":"c.com"}]}}"#;
    domains("XML without an end tag", xml.as_bytes());
    domains("JSON without a brace", json.as_bytes());
}

/// A few odd records: many notes would go beyond what is kept of them, which depends on the length of the body.
const RATES: Rates = Rates { absent: 30, form: 0, record: 1 };

fn long_list(kind: Kind, seed: u64) -> String {
    let count = if matches!(kind, Kind::XmlDomains | Kind::JsonDomains) { 260 } else { 700 };
    list(kind, count, RATES, &mut Random::new(seed)).body(|_| "\n".to_owned())
}

#[test]
fn lists_longer_than_the_window() {
    within(LIMIT, "lists longer than the window", || {
        for seed in 0..4 {
            for kind in [Kind::XmlDomains, Kind::JsonDomains] {
                domains(&format!("{kind:?} seed {seed}"), long_list(kind, seed).as_bytes());
            }
            for kind in [Kind::XmlAuctions, Kind::JsonAuctions] {
                auctions(&format!("{kind:?} seed {seed}"), long_list(kind, seed).as_bytes());
            }
            auctions(&format!("CSV seed {seed}"), csv(seed).as_bytes());
        }
    });
}

fn csv(seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut body = "ok,\nsuccess,\nAuctionId,Domain,BidPrice,BidPriceCurrency,Bids,EndTime,EndTimestamp,Revenue,RevenueCurrency,Visitors,Links,Age\n".to_owned();
    for row in 0..1500 {
        let name = random.pick(&["a.com", " b.com", "\"c,d.com\"", "xn--wkccg.com"]);
        let bids = random.pick(&["0", "12", "many", ""]);
        let odd = random.below(100) == 0;
        body += &format!(
            "{row},{name},92.99,USD,{bids},2015/04/28 18:04 UTC,1430244248274,0.64,USD,-1,-1,1{}\n",
            if odd { ",more" } else { "" }
        );
    }
    body
}

/// A list that is cut off is cut off in every way, and the items before are whole.
#[test]
fn long_lists_that_are_cut_off() {
    within(LIMIT, "long lists that are cut off", || {
        for kind in [Kind::XmlDomains, Kind::JsonDomains] {
            let body = long_list(kind, 9);
            assert!(body.len() > 80_000, "longer than the window of 64 KiB");
            for end in [100, 65_535, 65_536, 65_537, 80_000, body.len() - 40, body.len() - 1] {
                domains(&format!("{kind:?} cut off at {end}"), &body.as_bytes()[..end]);
            }
        }
    });
}
