//! Long lists of names: how they are split, what becomes of each name, and what is sent when nobody takes the results.

use bindwire_client::dynadot::{Client, Dynadot, NameResult, Progress};
use bindwire_client::{Builder, ErrorKind, Limits};
use bindwire_client_tests::{Door, Leap, Set, Via, Wire};
use bindwire_dynadot::domain::{Search, SetNote};
use bindwire_dynadot::types::{Domain, SearchResult};
use bindwire_loopback::{Account, Answer, Reply, Request, Server};
use bindwire_wire::Class;
use futures_util::StreamExt as _;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// An origin, and how many requests may be under way.
struct Settings(String, u32);

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(self.1, 0))
    }
}

fn account() -> Account {
    Account::new("2026-03-01T12:00:00Z".parse().expect("a time"))
}

fn client(wire: Wire, server: &Server, concurrent: u32) -> Via {
    let timer = Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"));
    Via::new(wire, "key", timer, Settings(server.origin(), concurrent))
}

/// A server that does something to some requests for an account, and answers the others.
fn server(odd: impl Fn(&Account, &Request) -> Option<Answer> + Send + Sync + 'static) -> Server {
    let account = account();
    Server::start(move |request| odd(&account, request).unwrap_or_else(|| account.answer(request).into()))
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("n{n}.example")).collect()
}

/// The names that a request looks up.
fn looked_up(request: &Request) -> Vec<&str> {
    let numbered = |name: &str| name.strip_prefix("domain").is_some_and(|rest| rest.parse::<usize>().is_ok());
    request.params.iter().filter(|(name, _)| numbered(name)).map(|(_, value)| value.as_str()).collect()
}

/// How many names each request looked up, the largest first.
fn sizes(server: &Server) -> Vec<usize> {
    let mut sizes: Vec<_> = server.requests().iter().map(|request| looked_up(request).len()).collect();
    sizes.sort_unstable_by(|one, two| two.cmp(one));
    sizes
}

/// Looks names up, with prices, and takes all results.
fn search_all(client: &Via, names: &[String]) -> Vec<NameResult<SearchResult>> {
    client.either(
        |client| async move { client.search_many(names, |search| search.show_price(true)).collect().await },
        |client| client.search_many(names, |search| search.show_price(true)).collect(),
    )
}

fn info_all(client: &Via, names: &[String]) -> Vec<NameResult<Domain>> {
    client.either(
        |client| async move { client.domain_info_many(names).collect().await },
        |client| client.domain_info_many(names).collect(),
    )
}

#[track_caller]
fn assert_order<T>(results: &[NameResult<T>], names: &[String]) {
    let given: Vec<_> = results.iter().map(|result| result.name.as_given()).collect();
    assert_eq!(given, names);
}

#[test]
fn a_list_is_split_as_the_account_may_ask() {
    for wire in Wire::ALL {
        for (concurrent, count, split) in [
            (1, 5, vec![1; 5]),
            (2, 99, vec![99]),
            (5, 100, vec![100]),
            (5, 101, vec![100, 1]),
            (25, 1050, [vec![100; 10], vec![50]].concat()),
        ] {
            let server = server(|_, _| None);
            let names = names(count);
            let results = search_all(&client(wire, &server, concurrent), &names);
            assert_eq!(sizes(&server), split, "{wire:?} {concurrent} {count}");
            assert_order(&results, &names);
            for result in &results {
                let found = result.result.as_ref().expect("a result");
                assert!(found.domain.is(&result.name) && found.price.is_some(), "{wire:?}: {found:?}");
            }
        }
    }
}

#[test]
fn domains_are_asked_for_one_a_request() {
    for wire in Wire::ALL {
        for concurrent in [1, 5] {
            let server = server(|account, request| {
                // All but the fourth are in the account.
                let name = request.param("domain").expect("a name");
                if name != "n3.example" {
                    account.add_domain(name, "2027-01-01T00:00:00Z".parse().expect("a time"));
                }
                None
            });
            let names = names(12);
            let results = info_all(&client(wire, &server, concurrent), &names);
            assert_order(&results, &names);
            assert_eq!(server.requests().len(), 12, "{wire:?} {concurrent}");
            for (n, result) in results.iter().enumerate() {
                match &result.result {
                    Ok(domain) => assert!(domain.name.is(&names[n]), "{wire:?}"),
                    Err(error) => assert_eq!((n, error.class()), (3, Some(Class::NotFound)), "{wire:?}: {error}"),
                }
            }
            assert_eq!(results.iter().filter(|result| result.result.is_err()).count(), 1, "{wire:?}");
        }
    }
}

#[test]
fn results_are_in_order_whatever_order_they_come_in() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        let door = Door::default();
        // The first request is answered when all others are there.
        let server = server(move |_, request| {
            door.meet(if looked_up(request)[0] == "n0.example" { 4 } else { 1 });
            None
        });
        let names = names(350);
        let results = search_all(&client(wire, &server, 5), &names);
        assert_order(&results, &names);
        assert!(results.iter().all(|result| result.result.is_ok()), "{wire:?}");
    }
}

#[test]
fn a_name_that_the_answer_leaves_out_is_an_error_and_the_others_are_not() {
    for wire in Wire::ALL {
        let server = server(|account, request| {
            let mut request = request.clone();
            request.params.retain(|(_, value)| value != "n7.example");
            // And in another order and spelling.
            request.params.iter_mut().for_each(|(name, value)| {
                if let Some(n) = name.strip_prefix("domain").and_then(|n| n.parse::<usize>().ok()) {
                    *name = format!("domain{}", 500 - n);
                    *value = value.to_uppercase();
                }
            });
            Some(account.answer(&request).into())
        });
        let names = names(150);
        let results = search_all(&client(wire, &server, 5), &names);
        assert_order(&results, &names);
        for result in results {
            match result.result {
                Ok(found) => assert!(found.domain.is(&result.name), "{wire:?}"),
                Err(error) => {
                    assert_eq!(result.name.as_given(), "n7.example", "{wire:?}");
                    assert_eq!(error.kind(), ErrorKind::Unreadable, "{wire:?}");
                    assert!(error.to_string().starts_with("search: the answer says nothing of n7.example"), "{error}");
                }
            }
        }
        assert_eq!(server.requests().len(), 2, "{wire:?}");
    }
}

#[test]
fn a_batch_that_one_name_spoils_is_asked_for_without_it() {
    for wire in Wire::ALL {
        for bad in [&["n142.example"][..], &["n0.example", "n99.example", "n100.example"]] {
            let server = server(|_, request| {
                let names = looked_up(request);
                names.iter().any(|name| name.starts_with("bad")).then(|| {
                    let body =
                        r#"{"SearchResponse":{"ResponseCode":"-1","Status":"error","Error":"Domain must be in ASCII"}}"#;
                    Reply::ok("application/json", body).into()
                })
            });
            let spoil = |name: String| if bad.contains(&&*name) { format!("bad-{name}") } else { name };
            let names: Vec<_> = names(250).into_iter().map(spoil).collect();
            let results = search_all(&client(wire, &server, 5), &names);
            assert_order(&results, &names);
            for result in results {
                let is_bad = result.name.as_given().starts_with("bad");
                match result.result {
                    Ok(_) => assert!(!is_bad, "{wire:?}"),
                    Err(error) => {
                        assert!(is_bad, "{wire:?} {}: {error}", result.name);
                        assert_eq!(error.class(), Some(Class::InvalidRequest), "{wire:?}: {error}");
                    }
                }
            }
            // Three batches, and two halves for each time that a batch is halved until one name is left: at most seven times.
            assert!(server.requests().len() <= 3 + 14 * bad.len(), "{wire:?}: {}", server.requests().len());
        }
    }
}

#[test]
fn a_batch_that_fails_leaves_the_others_as_they_are() {
    for wire in Wire::ALL {
        let server =
            server(|_, request| looked_up(request).contains(&"n150.example").then(|| Reply::status(500, "").into()));
        let names = names(250);
        let results = search_all(&client(wire, &server, 5), &names);
        assert_order(&results, &names);
        for (n, result) in results.iter().enumerate() {
            match &result.result {
                Ok(_) => assert!(!(100..200).contains(&n), "{wire:?} {n}"),
                Err(error) => {
                    assert!((100..200).contains(&n), "{wire:?} {n}: {error}");
                    assert_eq!((error.http_status(), error.attempts()), (Some(500), 4), "{wire:?}: {error}");
                }
            }
        }
        assert_eq!(server.requests().len(), 2 + 4, "{wire:?}: it is repeated, and not halved");
    }
}

#[test]
fn progress_is_told_after_each_name() {
    for wire in Wire::ALL {
        let server =
            server(|_, request| looked_up(request).contains(&"n5.example").then(|| Reply::status(404, "").into()));
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = |told: &Arc<Mutex<Vec<Progress>>>| {
            let told = told.clone();
            move |progress| told.lock().expect("a list").push(progress)
        };
        let names = names(250);
        let last = client(wire, &server, 5).either(
            |client| {
                let (tell, names) = (tell(&told), names.clone());
                async move {
                    let mut many = client.search_many(names, |search| search).on_progress(tell);
                    while many.next().await.is_some() {}
                    many.progress()
                }
            },
            |client| {
                let mut many = client.search_many(names.clone(), |search| search).on_progress(tell(&told));
                while many.next().is_some() {}
                many.progress()
            },
        );
        let told = told.lock().expect("a list");
        assert_eq!(told.len(), 250, "{wire:?}");
        for (n, progress) in told.iter().enumerate() {
            let expected = (n + 1, (n + 1).min(100), 250);
            assert_eq!((progress.done, progress.failed, progress.total), expected, "{wire:?}");
        }
        assert_eq!(Some(&last), told.last(), "{wire:?}");
    }
}

#[test]
fn nothing_is_sent_for_who_takes_no_results() {
    for wire in Wire::ALL {
        for (concurrent, most) in [(1, 1), (5, 5)] {
            let server = server(|_, _| None);
            let client = client(wire, &server, concurrent);
            let names = &names(3000);
            let first = client.either(
                |client| async move {
                    let _ = client.search_many(names, |search| search);
                    let mut many = client.search_many(names, |search| search);
                    many.next().await
                },
                |client| {
                    let _ = client.search_many(names, |search| search);
                    let mut many = client.search_many(names, |search| search);
                    many.next()
                },
            );
            assert_eq!(first.expect("a result").name.as_given(), "n0.example");
            client.send(Search::new(["after.example"])).expect("every place is free");
            let sent = server.requests().len() - 1;
            let most = if wire == Wire::Ureq { 1 } else { most };
            assert!((1..=most).contains(&sent), "{wire:?} {concurrent}: {sent}");
        }
    }
}

#[test]
fn an_empty_list_asks_nothing() {
    for wire in Wire::ALL {
        let server = server(|_, _| None);
        let client = client(wire, &server, 5);
        assert!(search_all(&client, &[]).is_empty() && info_all(&client, &[]).is_empty());
        assert_eq!(server.connections(), 0, "{wire:?}");
    }
}

/// Takes the results of a list, and does something with each over the same client.
async fn noting(client: &Client, names: &[String]) -> usize {
    let (mut many, mut noted) = (client.search_many(names, |search| search), 0);
    while let Some(result) = many.next().await {
        client.send(SetNote::new(result.name, "seen")).await.expect("a place");
        noted += 1;
    }
    noted
}

#[test]
fn who_takes_the_results_may_send_meanwhile() {
    for wire in [Wire::Reqwest, Wire::Tower] {
        let door = Door::default();
        let closed = door.clone();
        let server = server(move |_, request| {
            if looked_up(request) == ["held.example"] {
                closed.pass();
            }
            None
        });
        let via = client(wire, &server, 2);
        let other = client(wire, &server, 2);
        thread::scope(|scope| {
            // Another call has one of the two places, so that of two requests of the list one waits at the gate.
            let held = scope.spawn(|| other.send(Search::new(["held.example"])));
            door.came(1);
            let names = names(350);
            let noted = via.either(
                |client| async move {
                    let noting = noting(&client, &names);
                    tokio::time::timeout(Duration::from_secs(10), noting).await.expect("nobody is held up")
                },
                |_| unreachable!("it is awaited"),
            );
            door.open();
            assert_eq!(noted, 350, "{wire:?}");
            held.join().expect("no panic").expect("an answer");
        });
    }
}
