//! A command that spends keeps to the limits that were set: what it may cost, and when the domain expires. Where it would not, or
//! where that cannot be told, it is not sent.

mod limited;

use bindwire_client::dynadot::Call;
use bindwire_client::{Error, ErrorKind, Result};
use bindwire_client_tests::{Leap, SetCall, Via, Wire};
use bindwire_dynadot::auction::PlaceAuctionBid;
use bindwire_dynadot::backorder::{AddBackorderRequest, PlaceBackorderAuctionBid};
use bindwire_dynadot::domain::{BulkRegister, Register, Renew, Restore};
use bindwire_dynadot::marketplace::BuyItNow;
use bindwire_dynadot::transfer::Transfer;
use bindwire_loopback::{Reply, Server};
use bindwire_wire::{Command as _, Currency, Date, Decimal, Effect};
use limited::{Limit, PRICED, Shop, UNPRICED, now, usd};

fn eur(amount: &str) -> Limit {
    Limit(usd(amount).0, Currency::EUR)
}

fn decimal(amount: &str) -> Decimal {
    amount.parse().expect("an amount")
}

/// Demands that nothing was sent that spends, and that the error is that of a limit, and says so in these words.
#[track_caller]
fn assert_guarded<T: std::fmt::Debug>(shop: &Shop, result: Result<T>, asked: &[&str], line: &str) {
    let error = result.expect_err("nothing may be sent");
    assert_eq!(error.to_string(), line);
    assert_eq!(error.kind(), ErrorKind::Guard);
    assert!(!error.may_have_run() && !error.is_retryable() && error.lost().is_none());
    assert_eq!((error.attempts(), error.effect()), (0, Effect::Spend));
    assert_eq!(shop.spent(), 0, "nothing that spends is sent");
    assert_eq!(shop.account.calls(), asked, "what is asked");
}

#[test]
fn what_costs_as_much_as_it_may_is_sent_once_after_the_question() {
    for wire in Wire::ALL {
        for priced in PRICED {
            let shop = Shop::open(wire);
            (priced.set_up)(&shop.account);
            (priced.send)(&shop.client, usd(priced.price))
                .unwrap_or_else(|error| panic!("{wire:?} {}: {error}", priced.command));
            assert_eq!(shop.account.executions(priced.command), 1, "{wire:?} {}", priced.command);
            assert_eq!(shop.account.calls(), [priced.asked, &[priced.command]].concat(), "{wire:?}");
            assert_eq!(shop.spent(), 1, "{wire:?} {}", priced.command);
        }
    }
}

#[test]
fn what_costs_a_cent_more_than_it_may_is_not_sent() {
    for wire in Wire::ALL {
        for priced in PRICED {
            let shop = Shop::open(wire);
            (priced.set_up)(&shop.account);
            let limit = Limit(decimal(priced.price) - decimal("0.01"), Currency::USD);
            let names = if priced.command == "bulk_register" { "example.com and 1 more" } else { "example.com" };
            let line = format!(
                "{} not sent: {names} would cost {} in USD, and the limit is {} in USD; nothing was bought",
                priced.command, priced.price, limit.0
            );
            assert_guarded(&shop, (priced.send)(&shop.client, limit), priced.asked, &line);
        }
    }
}

#[test]
fn what_is_asked_is_what_the_spec_names() {
    for priced in PRICED {
        let info = bindwire_dynadot::registry::find(priced.command).expect("a command").info;
        assert_eq!(info.price, Some(priced.asked[0]), "{}", priced.command);
    }
    for command in UNPRICED {
        assert_eq!(bindwire_dynadot::registry::find(command).expect("a command").info.price, None, "{command}");
    }
}

#[test]
fn every_command_that_spends_is_here() {
    let here = PRICED.iter().map(|priced| priced.command).chain(UNPRICED);
    let mut here: Vec<_> = here.collect();
    here.sort_unstable();
    let all = bindwire_dynadot::registry::COMMANDS.iter().filter(|entry| entry.info.effect == Effect::Spend);
    let mut all: Vec<_> = all.map(|entry| entry.info.name).collect();
    all.sort_unstable();
    assert_eq!(here, all);
}

/// Texts of which the price of a registration cannot be read with certainty, and why.
const UNREADABLE: &[(&str, &str)] = &[
    ("", "no price is told"),
    ("1.00", "no currency is told"),
    ("$1.00", "no currency is told"),
    ("1.00 in EUR", "it is told in EUR"),
    ("€1.00 in USD", "its sign is that of another currency"),
    ("-1.00 in USD", "the price is negative"),
    ("1,00 in USD", "no price is told"),
    ("about 1.00 in USD", "no price is told"),
    ("1.00 in USD and a setup fee of 90.00 in USD", "no price is told"),
    ("1.00 in USD and 2.00 in USD", "no price is told"),
    ("Renewal price: 1.00 in USD", "no price is told"),
    ("Transfer price: 1.00 in USD and Domain is not a Premium Domain", "no price is told"),
];

#[test]
fn a_price_of_registration_that_cannot_be_read_refuses() {
    for wire in Wire::ALL {
        for (text, why) in UNREADABLE {
            let shop = Shop::open(wire);
            shop.account.set_price_text("example.com", text);
            let line = format!(
                "register not sent: what example.com costs cannot be read from search ({why}), so that the limit of 100 in USD \
                 cannot be held; nothing was bought"
            );
            let result = shop.client.call(Register::new("example.com", 1), usd("100"));
            assert_guarded(&shop, result, &["search"], &line);
        }
    }
}

#[test]
fn a_price_of_renewal_that_cannot_be_read_refuses() {
    const SAYS: &[(&str, &str)] = &[
        ("", r#"it says """#),
        ("9.99", "no currency is told"),
        ("9.99 in EUR", "it is told in EUR"),
        ("-9.99 in USD", "the price is negative"),
        ("it depends", r#"it says "it depends""#),
        ("9.99 in USD plus a late fee", r#"it says "9.99 in USD plus a late fee""#),
        // Of another order than the one that was asked about.
        ("Registration Price: 1.99 in USD", r#"it says "Registration Price: 1.99 in USD""#),
        ("Restore price: 80.00 in USD", r#"it says "Restore price: 80.00 in USD""#),
    ];
    for wire in Wire::ALL {
        for (text, why) in SAYS {
            let shop = Shop::open(wire);
            shop.account.add_domain("example.com", now());
            shop.account.set_renewal_price_text("example.com", text);
            let line = format!(
                "renew not sent: what example.com costs cannot be read from renew with price_check ({why}), so that the limit of \
                 100 in USD cannot be held; nothing was bought"
            );
            let result = shop.client.call(Renew::new("example.com", 1), usd("100"));
            assert_guarded(&shop, result, &["renew"], &line);
        }
    }
}

#[test]
fn a_labelled_price_of_renewal_is_read() {
    let shop = Shop::open(Wire::Ureq);
    shop.account.add_domain("example.com", now());
    shop.account.set_renewal_price_text("example.com", "Renewal price: 9.99 in USD");
    shop.client.call(Renew::new("example.com", 1), usd("9.99")).expect("a renewal");
    assert_eq!(shop.spent(), 1);
}

#[test]
fn an_order_in_another_currency_than_the_limit_refuses_unasked() {
    let line = |command: &str| {
        format!(
            "{command} not sent: the order is in {}, and the limit is 100 in USD; give both in one currency; nothing was bought",
            if command == "place_auction_bid" { "eur" } else { "EUR" }
        )
    };
    for wire in Wire::ALL {
        let shop = Shop::open(wire);
        let order = Register::new("example.com", 1).currency(Currency::EUR);
        assert_guarded(&shop, shop.client.call(order, usd("100")), &[], &line("register"));
        let order = Renew::new("example.com", 1).currency(Currency::EUR);
        assert_guarded(&shop, shop.client.call(order, usd("100")), &[], &line("renew"));
        // What an extra param says counts as well.
        let order = Register::new("example.com", 1).extra("currency", "EUR");
        assert_guarded(&shop, shop.client.call(order, usd("100")), &[], &line("register"));
        // In the limit's own currency it is sent, and the question is asked in it.
        let order = Register::new("example.com", 1).currency(Currency::EUR);
        shop.client.call(order, eur("1.99")).expect("an order in euros");
        assert_eq!(shop.spent(), 1);
    }
}

#[test]
fn the_years_after_the_first_cost_a_renewal_each() {
    for wire in Wire::ALL {
        let shop = Shop::open(wire);
        // 1.99 and two times 9.99.
        let line =
            "register not sent: example.com would cost 21.97 in USD, and the limit is 21.96 in USD; nothing was bought";
        let order = || Register::new("example.com", 3);
        assert_guarded(&shop, shop.client.call(order(), usd("21.96")), &["search"], line);
        shop.client.call(order(), usd("21.97")).expect("within the limit");
        assert_eq!(shop.spent(), 1);
    }
}

#[test]
fn years_whose_price_is_not_told_refuse() {
    for wire in Wire::ALL {
        let shop = Shop::open(wire);
        shop.account.set_price("example.com", decimal("1.99"), None, false);
        let line = "register not sent: what example.com costs cannot be read from search (no price is told), so that the limit of \
                    100 in USD cannot be held; nothing was bought";
        assert_guarded(&shop, shop.client.call(Register::new("example.com", 2), usd("100")), &["search"], line);
        shop.client.call(Register::new("example.com", 1), usd("1.99")).expect("one year needs no renewal");
        assert_eq!(shop.spent(), 1);
    }
}

#[test]
fn names_of_a_bulk_order_are_added_up() {
    for wire in Wire::ALL {
        for concurrent in [1, 5] {
            let shop = Shop::open_for(wire, concurrent);
            shop.account.set_price("example.org", decimal("30"), None, false);
            let names = ["example.com", "example.net", "example.org"];
            let asked = vec!["search"; if concurrent == 1 { 3 } else { 1 }];
            let line = "bulk_register not sent: example.com and 2 more would cost 33.98 in USD, and the limit is 33.97 in USD; \
                        nothing was bought";
            assert_guarded(&shop, shop.client.call(BulkRegister::new(names), usd("33.97")), &asked, line);
            shop.client.call(BulkRegister::new(names), usd("33.98")).expect("within the limit");
            assert_eq!(shop.spent(), 1);
        }
    }
}

#[test]
fn one_name_of_a_bulk_order_without_a_price_refuses_all() {
    let shop = Shop::open_for(Wire::Ureq, 5);
    shop.account.set_price_text("example.net", "call us");
    let line = "bulk_register not sent: what example.net costs cannot be read from search (no price is told), so that the limit of \
                100 in USD cannot be held; nothing was bought";
    let result = shop.client.call(BulkRegister::new(["example.com", "example.net"]), usd("100"));
    assert_guarded(&shop, result, &["search"], line);
}

#[test]
fn a_bid_counts_its_amount_or_the_price_of_the_auction_where_that_is_higher() {
    let line = |command: &str, price: &str| {
        format!(
            "{command} not sent: example.com would cost {price} in USD, and the limit is 9 in USD; nothing was bought"
        )
    };
    for wire in Wire::ALL {
        for (current, bid, price) in [("1", "9.5", "9.5"), ("12", "8", "12")] {
            let shop = Shop::open(wire);
            shop.account.add_auction("example.com", decimal(current));
            let result = shop.client.call(PlaceAuctionBid::new("example.com", decimal(bid)), usd("9"));
            assert_guarded(&shop, result, &["get_auction_details"], &line("place_auction_bid", price));

            let shop = Shop::open(wire);
            shop.account.add_backorder_auction("example.com", decimal(current));
            let result = shop.client.call(PlaceBackorderAuctionBid::new("example.com", decimal(bid)), usd("9"));
            let line = line("place_backorder_auction_bid", price);
            assert_guarded(&shop, result, &["get_backorder_auction_details"], &line);
        }
    }
}

#[test]
fn a_bid_without_currency_is_in_dollars() {
    for wire in Wire::ALL {
        let shop = Shop::open(wire);
        shop.account.add_auction("example.com", Decimal::ONE);
        let bid = || PlaceAuctionBid::new("example.com", decimal("8"));
        let line = "place_auction_bid not sent: the bid is in USD, which is the default, and the limit is 9 in EUR; give both in \
                    one currency; nothing was bought";
        assert_guarded(&shop, shop.client.call(bid(), eur("9")), &["get_auction_details"], line);
        shop.client.call(bid().currency(Currency::EUR), eur("9")).expect("a bid in euros");
        assert_eq!(shop.last_param("currency").as_deref(), Some("eur"));
        assert_eq!(shop.spent(), 1);
    }
}

#[test]
fn what_has_no_price_refuses_a_limit() {
    let line = |command: &str| {
        format!(
            "{command} not sent: no command tells what {command} costs, so that the limit of 100 in USD cannot be held; leave the \
             limit out to send it all the same; nothing was bought"
        )
    };
    for wire in Wire::ALL {
        let shop = Shop::open(wire);
        shop.account.add_domain("example.com", now());
        let result = shop.client.call(Restore::new("example.com"), usd("100"));
        assert_guarded(&shop, result, &[], &line("restore"));
        let result = shop.client.call(AddBackorderRequest::new(["example.net"]), usd("100"));
        assert_guarded(&shop, result, &[], &line("add_backorder_request"));
        shop.client.send(Restore::new("example.com")).expect("without a limit it is sent");
    }
}

#[test]
fn a_transfer_costs_what_the_longest_ending_of_the_name_does() {
    for wire in Wire::ALL {
        let shop = Shop::open(wire);
        shop.account.set_price(".uk", decimal("5"), None, false);
        shop.account.set_price(".co.uk", decimal("50"), None, false);
        let line =
            "transfer not sent: example.co.uk would cost 50 in USD, and the limit is 10 in USD; nothing was bought";
        let order = Transfer::new("example.CO.UK", "code");
        assert_guarded(&shop, shop.client.call(order, usd("10")), &["tld_price"], line);
        shop.client.call(Transfer::new("example.uk", "code"), usd("5")).expect("within the limit");

        let shop = Shop::open(wire);
        let line = "transfer not sent: what example.dev costs cannot be read from tld_price (no price is told), so that the limit \
                    of 10 in USD cannot be held; nothing was bought";
        let order = Transfer::new("example.dev", "code");
        assert_guarded(&shop, shop.client.call(order, usd("10")), &["tld_price"], line);
    }
}

#[test]
fn a_question_that_fails_is_told_of_and_nothing_is_sent() {
    for wire in Wire::ALL {
        for priced in PRICED {
            let shop = Shop::open(wire);
            (priced.set_up)(&shop.account);
            shop.account.refuse_next(priced.asked[0], "error", "something else");
            let error = (priced.send)(&shop.client, usd("100")).expect_err("the question fails");
            let line = error.to_string();
            let (command, asked) = (priced.command, priced.asked[0]);
            let begins =
                format!("{command} not sent: the limits cannot be held against what is: {asked} refused by Dynadot: ");
            assert!(line.starts_with(&begins), "{line}");
            assert!(line.ends_with("\"something else\"; nothing was bought"), "{line}");
            assert_eq!((error.command(), error.effect(), error.kind()), (command, Effect::Spend, ErrorKind::Guard));
            assert!(!error.is_retryable(), "{line}");
            assert_eq!(shop.spent(), 0, "{wire:?} {}", priced.command);
        }
    }
}

/// The page prints `$` for every currency, so that it tells none; any other sign does.
#[test]
fn a_sign_of_another_currency_refuses() {
    for wire in Wire::ALL {
        for (price, is_sent) in
            [("$8.00", true), ("8.00", true), ("€8.00", false), ("£8.00", false), ("8.00 in EUR", false)]
        {
            let body = format!(
                r#"{{"GetListingsItemResponse":{{"ResponseCode":0,"Status":"success","Listing":{{"domain":"example.com","price":"{price}"}}}}}}"#
            );
            let server = Server::start(move |request| match request.param("command") {
                Some("get_listing_item") => Reply::ok("application/json", body.clone()).into(),
                _ => Reply::ok("application/json", r#"{"BuyItNowResponse":{"ResponseCode":0,"Status":"success"}}"#)
                    .into(),
            });
            let client = Via::new(wire, "s3cr3t", Leap::new(now()), limited::settings(&server));
            let result = client.call(BuyItNow::new("example.com"), usd("10"));
            let sent = server.requests().iter().filter(|asked| asked.param("command") == Some("buy_it_now")).count();
            assert_eq!(sent, usize::from(is_sent), "{wire:?} {price}");
            match result {
                Ok(_) => assert!(is_sent, "{price}"),
                Err(error) => assert!(!is_sent && error.kind() == ErrorKind::Guard, "{wire:?} {price}: {error}"),
            }
        }
    }
}

/// When the domain has to expire, and what it may cost besides.
#[derive(Clone, Copy)]
struct Expires(Date, Option<Limit>);

impl SetCall<Renew> for Expires {
    fn set<F>(self, call: Call<'_, Renew, F>) -> Call<'_, Renew, F> {
        let call = call.expected_expiry(self.0);
        match self.1 {
            Some(limit) => call.max_price(limit.0, limit.1),
            None => call,
        }
    }
}

const EXPIRES: Date = Date::constant(2026, 9, 1);

fn renewing(wire: Wire) -> Shop {
    let shop = Shop::open(wire);
    shop.account.add_domain("example.com", "2026-09-01T23:59:00Z".parse().expect("a time"));
    shop
}

#[test]
fn a_domain_that_expires_as_expected_is_renewed_with_its_year() {
    for wire in Wire::ALL {
        let shop = renewing(wire);
        shop.client.call(Renew::new("example.com", 1), Expires(EXPIRES, None)).expect("a renewal");
        assert_eq!(shop.account.calls(), ["domain_info", "renew"]);
        assert_eq!(shop.last_param("year").as_deref(), Some("2026"));

        let shop = renewing(wire);
        let order = Renew::new("example.com", 1).year(2026);
        shop.client.call(order, Expires(EXPIRES, Some(usd("9.99")))).expect("a renewal");
        assert_eq!(shop.account.calls(), ["domain_info", "renew", "renew"]);
        assert_eq!((shop.last_param("year").as_deref(), shop.spent()), (Some("2026"), 1));
    }
}

#[test]
fn a_domain_that_expires_on_another_day_is_not_renewed() {
    for wire in Wire::ALL {
        for wrong in [EXPIRES.tomorrow(), EXPIRES.yesterday()] {
            let wrong = wrong.expect("a day");
            let shop = renewing(wire);
            let line = format!(
                "renew not sent: example.com expires on 2026-09-01, and {wrong} was expected; nothing was bought"
            );
            let result = shop.client.call(Renew::new("example.com", 1), Expires(wrong, None));
            assert_guarded(&shop, result, &["domain_info"], &line);
        }
        // A second renewal with what held before the first does not happen.
        let shop = renewing(wire);
        shop.client.call(Renew::new("example.com", 1), Expires(EXPIRES, None)).expect("a renewal");
        let again = shop.client.call(Renew::new("example.com", 1), Expires(EXPIRES, None));
        let error = again.expect_err("it was renewed already");
        assert_eq!(
            error.to_string(),
            "renew not sent: example.com expires on 2027-09-01, and 2026-09-01 was expected; nothing was bought"
        );
        assert_eq!(shop.account.executions("renew"), 1);
    }
}

#[test]
fn a_year_of_another_expiry_refuses() {
    for wire in Wire::ALL {
        let shop = renewing(wire);
        let line = "renew not sent: param `year` is 2025, and 2026-09-01 was expected; nothing was bought";
        let result = shop.client.call(Renew::new("example.com", 1).year(2025), Expires(EXPIRES, None));
        assert_guarded(&shop, result, &["domain_info"], line);
    }
}

#[test]
fn an_expiry_that_is_not_told_refuses() {
    for wire in Wire::ALL {
        let server = Server::start(|_| {
            let body = r#"{"DomainInfoResponse":{"ResponseCode":0,"Status":"success","DomainInfo":{"Name":"example.com","Expiration":"-"}}}"#;
            Reply::ok("application/json", body).into()
        });
        let client = Via::new(wire, "s3cr3t", Leap::new(now()), limited::settings(&server));
        let error = client.call(Renew::new("example.com", 1), Expires(EXPIRES, None)).expect_err("nothing is told");
        assert_eq!(
            error.to_string(),
            "renew not sent: domain_info does not tell when example.com expires, and 2026-09-01 was expected; nothing was bought"
        );
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Guard, 1));
    }
}

#[test]
fn a_domain_of_another_account_is_not_renewed() {
    let shop = Shop::open(Wire::Ureq);
    let result = shop.client.call(Renew::new("example.com", 1), Expires(EXPIRES, None));
    let error: Error = result.expect_err("there is no such domain");
    let line = "renew not sent: the limits cannot be held against what is: domain_info refused by Dynadot: code -1, \
                \"could not find domain in your account\"; nothing was bought";
    assert_eq!((error.to_string().as_str(), shop.spent()), (line, 0));
}

#[test]
fn without_a_limit_nothing_is_asked() {
    for wire in Wire::ALL {
        let shop = renewing(wire);
        shop.client.send(Renew::new("example.com", 1)).expect("a renewal");
        shop.client.send(Register::new("example.net", 1)).expect("a registration");
        assert_eq!(shop.account.calls(), ["renew", "register"]);
        assert_eq!(shop.spent(), 2);
        assert_eq!(shop.last_param("year"), None);
    }
}
