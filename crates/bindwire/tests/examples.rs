//! The examples, run against a server on loopback.

#![allow(dead_code, reason = "the examples' main functions read the environment")]

#[path = "../examples/acme_txt.rs"]
mod acme_txt;
#[path = "../examples/renew_safely.rs"]
mod renew_safely;
#[path = "../examples/search.rs"]
mod search;

use bindwire::Limits;
use bindwire::dynadot::{Client, blocking};
use bindwire_loopback::{Account, Answer, Server, Zone, ZoneRecord};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// An account with a domain and a zone.
fn account() -> Arc<Account> {
    let account = Account::new("2026-03-01T12:00:00Z".parse().expect("a time"));
    account.add_domain("mine.com", "2026-09-01T00:00:00Z".parse().expect("a time"));
    account.set_price("new.com", "8.99".parse().expect("an amount"), None, false);
    let main = vec![ZoneRecord {
        subdomain: String::new(),
        record_type: "MX".to_owned(),
        value: "mail.example.com".to_owned(),
        extra: "10".to_owned(),
    }];
    account.set_zone("mine.com", Zone { main, ..Zone::default() });
    Arc::new(account)
}

fn serve(account: &Arc<Account>) -> Server {
    let account = account.clone();
    Server::start(move |request| Answer::Reply(account.answer(request)))
}

fn awaited(server: &Server) -> Client {
    Client::builder("key").origin(server.origin()).limits(Limits::new(1, 0)).build().expect("a client")
}

#[tokio::test]
async fn names_are_looked_up() {
    let account = account();
    let server = serve(&account);
    let names = ["new.com".to_owned(), "mine.com".to_owned()];
    let lines = search::run(&awaited(&server), &names).await;
    assert_eq!(lines, ["new.com: available, 8.99 in USD", "mine.com: not available, no price"]);
}

#[tokio::test]
async fn a_domain_is_renewed_once_and_within_the_limit() {
    let account = account();
    let server = serve(&account);
    let client = awaited(&server);
    let dear = renew_safely::run(&client, "mine.com", "9.98".parse().expect("an amount")).await.expect("a sentence");
    assert_eq!(
        dear,
        "mine.com was not renewed: renew not sent: mine.com would cost 9.99 in USD, and the limit is 9.98 in USD; \
         nothing was bought"
    );
    assert_eq!(account.executions("renew"), 0);
    let renewed = renew_safely::run(&client, "mine.com", "9.99".parse().expect("an amount")).await.expect("a sentence");
    assert_eq!(renewed, "mine.com is renewed until 2027-09-01T00:00:00Z");
    assert_eq!(account.executions("renew"), 1);
}

#[tokio::test]
async fn a_renewal_whose_answer_is_lost_is_found_out() {
    let account = account();
    let lose = Arc::new(AtomicBool::new(true));
    let server = {
        let account = account.clone();
        Server::start(move |request| {
            let answer = account.answer(request);
            let is_order = request.param("command") == Some("renew") && request.param("price_check").is_none();
            if is_order && lose.swap(false, Ordering::SeqCst) { Answer::Hangup } else { Answer::Reply(answer) }
        })
    };
    let client = awaited(&server);
    let said = renew_safely::run(&client, "mine.com", "9.99".parse().expect("an amount")).await.expect("a sentence");
    assert_eq!(said, "mine.com is renewed, though the answer was lost");
    assert_eq!(account.executions("renew"), 1);
}

#[test]
fn a_challenge_is_answered_and_leaves_nothing_behind() {
    let account = account();
    let server = serve(&account);
    let client = blocking::Client::builder("key").origin(server.origin()).limits(Limits::new(1, 0)).build();
    let before = account.zone("mine.com").expect("a zone");
    let seen = acme_txt::run(&client.expect("a client"), "mine.com", "token", || {
        let zone = account.zone("mine.com").expect("a zone");
        assert_eq!((zone.main.len(), zone.sub.len()), (1, 1));
        assert_eq!((zone.sub[0].subdomain.as_str(), zone.sub[0].value.as_str()), ("_acme-challenge", "token"));
    });
    seen.expect("both changes");
    assert_eq!(account.zone("mine.com").expect("a zone"), before);
}
