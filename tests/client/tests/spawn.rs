//! Every call of the awaited face can be spawned: its future is `Send`, and needs nothing of the place that made it.

use bindwire_client::Limits;
use bindwire_client::dynadot::Client;
use bindwire_client::dynadot::zone::{Changes, Record};
use bindwire_dynadot::domain::{Renew, Search};
use bindwire_loopback::{Account, Answer, Server, Zone};
use bindwire_wire::Currency;
use std::future::Future;
use tokio::runtime::Builder;

/// What a task of a runtime of several threads must be.
async fn spawned<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    tokio::spawn(future).await.expect("a task that ends")
}

#[test]
fn calls_are_spawned() {
    let account = Account::new("2026-03-01T12:00:00Z".parse().expect("a time"));
    account.add_domain("example.com", "2026-09-01T00:00:00Z".parse().expect("a time"));
    account.set_zone("example.com", Zone::default());
    let server = Server::start(move |request| Answer::Reply(account.answer(request)));
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client =
            Client::builder("key").origin(server.origin()).limits(Limits::new(1, 0)).build().expect("a client");
        let of = || client.clone();

        let client = of();
        let found = spawned(async move { client.send(Search::new(["example.com"])).await }).await;
        assert_eq!(found.expect("results").results.len(), 1);

        let client = of();
        let renewed = spawned(async move {
            let call = client.call(Renew::new("example.com", 1)).max_price(100.into(), Currency::USD);
            let error = call.expected_expiry("2026-09-02".parse().expect("a date")).send().await.unwrap_err();
            client.reconcile(&error).await
        });
        assert!(renewed.await.unwrap_err().to_string().contains("cannot be reconciled"));

        let client = of();
        let planned = spawned(async move {
            let dns = client.dns("example.com");
            let plan = dns.plan(&Changes::new().add(Record::txt("www", "text"))).await?;
            dns.apply(&plan).await?;
            dns.snapshot().await
        });
        assert_eq!(planned.await.expect("a zone").records().len(), 1);

        let client = of();
        let many = spawned(async move {
            let mut many = client.search_many(["example.com", "example.net"], |search| search);
            let mut count = 0;
            while many.next().await.is_some() {
                count += 1;
            }
            count
        });
        assert_eq!(many.await, 2);
    });
}
