//! Learnt shapes say what reading by name says: the same values, the same notes, at the same bytes.
//!
//! A list is decoded twice. Its records are the same; once the white space between them is the same everywhere, so that their
//! forms can be learnt, and once no two pieces of it are equal, so that no form fits. Both bodies have the same length.

use super::decode::{command, decode};
use super::limit::within;
use super::random::Random;
use super::records::{Kind, Rates, list};
use bindwire_tests::vectors::value;
use bindwire_wire::{Format, Note};
use serde_json::Value;

/// White space that is the same before every record.
fn same(_: usize) -> String {
    "\n       ".to_owned()
}

/// White space as long, that no other record has: the index in ternary.
fn own(index: usize) -> String {
    let digits = (0..7).map(|place| [' ', '\t', '\n'][index / 3usize.pow(place) % 3]);
    std::iter::once('\n').chain(digits).collect()
}

/// What a body decodes to.
fn seen(name: &str, body: &str, format: Format) -> Result<(Value, Vec<Note>, String), String> {
    let (reply, record) = decode(command(name), body.as_bytes(), format).map_err(|error| error.to_string())?;
    Ok((
        value(&*record),
        reply.notes.to_vec(),
        format!("{:?} {:?}, {} omitted", reply.head, reply.refusal, reply.notes.omitted()),
    ))
}

/// Decodes lists of all `kinds` in both ways.
fn compare(kinds: [Kind; 2], rates: Rates, seeds: impl Iterator<Item = u64> + Clone) {
    let mut different = String::new();
    for kind in kinds {
        for seed in seeds.clone() {
            let list = list(kind, 60, rates, &mut Random::new(seed));
            let (learnt, by_name) = (list.body(same), list.body(own));
            assert_eq!(learnt.len(), by_name.len());
            let [fast, slow] = [&learnt, &by_name].map(|body| seen(list.command, body, list.format));
            if fast != slow {
                different += &format!("{kind:?} seed {seed} {rates:?}\n{}\n", difference(&fast, &slow, &learnt));
            }
        }
    }
    assert!(different.is_empty(), "learnt and by name differ:\n{different}");
}

type Seen = Result<(Value, Vec<Note>, String), String>;

/// The first thing that differs, and the body around it.
fn difference(fast: &Seen, slow: &Seen, body: &str) -> String {
    let ((value, notes, head), (slow_value, slow_notes, slow_head)) = match (fast, slow) {
        (Ok(fast), Ok(slow)) => (fast, slow),
        _ => {
            let outcome = |seen: &Seen| seen.as_ref().map_or_else(Clone::clone, |_| "a reply".to_owned());
            return format!("  learnt {}\n  by name {}", outcome(fast), outcome(slow));
        }
    };
    if head != slow_head {
        return format!("  learnt {head}\n  by name {slow_head}");
    }
    if let Some(at) = (0..notes.len().max(slow_notes.len())).find(|at| notes.get(*at) != slow_notes.get(*at)) {
        let (note, slow_note) = (notes.get(at), slow_notes.get(at));
        let offset = [note, slow_note].into_iter().flatten().map(|note| note.offset).min().unwrap_or_default();
        let around = &body[offset.saturating_sub(120)..body.len().min(offset + 80)];
        return format!("  learnt note {at} {note:?}\n  by name {slow_note:?}\n  {around:?}");
    }
    let (Some(items), Some(slow_items)) = (items(value), items(slow_value)) else { return "  other values".to_owned() };
    let at = (0..items.len().max(slow_items.len())).find(|at| items.get(*at) != slow_items.get(*at));
    let at = at.unwrap_or_default();
    format!(
        "  learnt item {at} of {} {:?}\n  by name {} {:?}",
        items.len(),
        items.get(at),
        slow_items.len(),
        slow_items.get(at)
    )
}

fn items(value: &Value) -> Option<&Vec<Value>> {
    value.as_object()?.values().find_map(Value::as_array)
}

const CLEAN: Rates = Rates { absent: 200, form: 0, record: 0 };
const DAMAGED_RECORDS: Rates = Rates { absent: 100, form: 0, record: 12 };
const DAMAGED_FORMS: Rates = Rates { absent: 100, form: 40, record: 0 };
const BOTH: Rates = Rates { absent: 100, form: 40, record: 12 };

/// What is tried; the last one showed a note twice, once.
fn seeds() -> impl Iterator<Item = u64> + Clone {
    (0..40).chain([1214])
}

const LIMIT: u64 = 120;

/// Bytes that are put into a record, or stand instead of one of its.
const CHANGES: &[&str] = &[
    "<", ">", "/", "&", "&amp;", "&#65;", "x", " ", "\n", "\"", "'", "\\", "\\n", ",", ":", "{", "}", "[", "]", "</",
    "<!--x-->", "1", "-", "null", "é", "",
];

/// Changes both bodies alike, at up to four places inside records; the changes of two places need have nothing in common.
fn change(bodies: [&mut String; 2], random: &mut Random) {
    let [learnt, by_name] = bodies;
    for _ in 0..=random.below(4) {
        let at = random.below(learnt.len());
        let end = (at + random.below(3)).min(learnt.len());
        let around = at.saturating_sub(12)..(end + 12).min(learnt.len());
        // What stands between two records is not the same in both.
        let same = learnt.as_bytes()[around.clone()] == by_name.as_bytes()[around];
        if same && learnt.is_char_boundary(at) && learnt.is_char_boundary(end) {
            let change = random.pick(CHANGES);
            learnt.replace_range(at..end, change);
            by_name.replace_range(at..end, change);
        }
    }
}

/// Decodes lists with changes at any place in both ways.
fn compare_changed(kinds: [Kind; 2]) {
    // The last ones once showed a difference.
    let seeds = (0..250).chain([375, 539, 5186, 12346, 14388]);
    for kind in kinds {
        for seed in seeds.clone() {
            let mut random = Random::new(seed);
            let list = list(kind, 40, BOTH, &mut random);
            let (mut learnt, mut by_name) = (list.body(same), list.body(own));
            change([&mut learnt, &mut by_name], &mut random);
            let [fast, slow] = [&learnt, &by_name].map(|body| seen(list.command, body, list.format));
            // A text that runs on into the next record has the white space between them in it.
            let bare = |seen: &Seen| format!("{seen:?}").replace("\\n", "").replace("\\t", "").replace(' ', "");
            assert!(bare(&fast) == bare(&slow), "{kind:?} seed {seed}\n{}", difference(&fast, &slow, &learnt));
        }
    }
}

#[test]
fn changed_xml() {
    within(LIMIT, "learnt shapes of changed XML", || compare_changed([Kind::XmlDomains, Kind::XmlAuctions]));
}

#[test]
fn changed_json() {
    within(LIMIT, "learnt shapes of changed JSON", || compare_changed([Kind::JsonDomains, Kind::JsonAuctions]));
}

#[test]
fn xml() {
    within(LIMIT, "learnt shapes of XML", || {
        for rates in [CLEAN, DAMAGED_RECORDS, DAMAGED_FORMS, BOTH] {
            compare([Kind::XmlDomains, Kind::XmlAuctions], rates, seeds());
        }
    });
}

#[test]
fn json() {
    within(LIMIT, "learnt shapes of JSON", || {
        for rates in [CLEAN, DAMAGED_RECORDS, DAMAGED_FORMS, BOTH] {
            compare([Kind::JsonDomains, Kind::JsonAuctions], rates, seeds());
        }
    });
}
