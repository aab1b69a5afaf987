//! Every documented request is what the builders make of typed values.

use super::built::{Built, built};
use super::page::{Request, damages, parts, requests};
use bindwire_dynadot::registry::{API_INFO, find};
use bindwire_wire::{Query, Secret, request_url};
use std::collections::BTreeSet;

/// The expression that builds `request`: that of its format, else that of its command.
fn expression<'a>(all: &'a [Built], request: &Request) -> &'a Built {
    let of = |format| all.iter().find(|entry| entry.command == request.command && entry.format == format);
    of(Some(request.format))
        .or_else(|| of(None))
        .unwrap_or_else(|| panic!("{}: documented.rs does not build the command", request.id))
}

fn build(all: &[Built], request: &Request) -> Query {
    expression(all, request).query.clone().unwrap_or_else(|error| panic!("{}: {error}", request.id))
}

#[test]
fn every_documented_request_is_built() {
    let (all, damages) = (built(), damages());
    let mut shown = vec![0; damages.len()];
    let mut wrong = Vec::new();
    let requests = requests();
    for request in &requests {
        let mut url = request.url.clone();
        for (damage, shown) in damages.iter().zip(&mut shown) {
            if let Some(read) = damage.read(request, &url) {
                *shown += 1;
                url = read;
            }
        }
        let (address, mut documented) = parts(&url);
        let key = documented.iter().position(|(name, _)| name == "key").map(|at| documented.remove(at).1);
        let key = Secret::from(key.unwrap_or_else(|| panic!("{} has no key", request.id)));
        documented.sort();

        let query = build(&all, request);
        let mut built: Vec<_> = query.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        built.sort();
        if built != documented {
            wrong.push(format!("{}\n  page  {documented:?}\n  built {built:?}", request.id));
        }
        let (endpoint, suffix) = (API_INFO.endpoint("live").unwrap(), API_INFO.suffix(request.format).unwrap());
        let whole = request_url(endpoint, suffix, &[("key", &key)], &query);
        assert_eq!(parts(whole.expose()).0, address, "{}", request.id);
        let entry = find(&request.command).expect("a command of the registry");
        assert!(
            entry.info.formats.contains(&request.format),
            "{} is documented, the binding has {:?}",
            request.id,
            entry.info.formats
        );
    }
    assert!(wrong.is_empty(), "{} of {} requests differ:\n{}", wrong.len(), requests.len(), wrong.join("\n"));
    for (damage, shown) in damages.iter().zip(shown) {
        assert_eq!(shown, damage.requests, "requests that show the damage {:?}: {}", damage.text, damage.why);
    }
}

#[test]
fn every_expression_is_of_a_documented_request() {
    let documented: BTreeSet<_> = requests().into_iter().map(|request| request.command).collect();
    let all = built();
    let built: BTreeSet<_> = all.iter().map(|entry| entry.command.to_owned()).collect();
    assert_eq!(built, documented);
    assert_eq!(documented.len(), 98 + 10, "of the pages, and constructed on the facts");
    let used: BTreeSet<_> = requests()
        .iter()
        .map(|request| {
            let entry = expression(&all, request);
            (entry.command, entry.format)
        })
        .collect();
    assert_eq!(used.len(), all.len(), "each expression builds an example");
}

#[test]
fn what_is_sent_is_read_back_as_it_was_meant() {
    for entry in built() {
        let query = entry.query.unwrap_or_else(|error| panic!("{error}"));
        let url = format!("https://host/?{}", query.to_query_string());
        let meant: Vec<_> = query.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        assert_eq!(parts(&url).1, meant);
        assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url}");
    }
}
