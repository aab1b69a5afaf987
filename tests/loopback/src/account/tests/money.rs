//! Commands that spend, and those that tell prices and what was carried out.

use super::*;
use bindwire_dynadot::auction::{GetAuctionBids, GetAuctionDetails, PlaceAuctionBid};
use bindwire_dynadot::backorder::{
    AddBackorderRequest, BackorderRequestList, DeleteBackorderRequest, GetBackorderAuctionDetails,
    PlaceBackorderAuctionBid,
};
use bindwire_dynadot::closeout::{BuyExpiredCloseoutDomain, GetExpiredCloseoutDomains};
use bindwire_dynadot::domain::{BulkRegister, Delete, DomainInfo, Register, Renew, Restore, Search, TldPrice};
use bindwire_dynadot::marketplace::{BuyItNow, GetListingItem};
use bindwire_dynadot::order::{GetOrderStatus, OrderList};
use bindwire_dynadot::transfer::{GetTransferStatus, Transfer};
use bindwire_dynadot::types::{
    BackorderRequestStatus, BidStatus, OrderItemType, OrderSearch, OrderStatus, RegisterOutcome, TransferDirection,
};
use bindwire_wire::{Availability, Class, Currency, Date, DateOrTimestamp, Money};

const DAY: Date = Date::constant(2024, 5, 10);

fn orders(account: &Account, format: Format, first: Date, last: Date) -> Vec<bindwire_dynadot::types::Order> {
    value(account, &OrderList::new(OrderSearch::DateRange).start_date(first).end_date(last), format).orders
}

/// Type and name of the only item of each order of the day.
fn items(account: &Account) -> Vec<(String, String)> {
    let orders = orders(account, Format::Json, DAY, DAY);
    orders
        .iter()
        .map(|order| {
            let [item] = &order.items[..] else { panic!("{order:?}") };
            let kind = bindwire_wire::OpenEnum::wire_text(item.item_type.as_ref().unwrap());
            (kind.to_owned(), item.name.to_string())
        })
        .collect()
}

#[test]
fn a_search_tells_availability_and_prices() {
    let account = Account::new(now());
    account.add_domain("mine.com", at("2025-01-01T00:00:00Z"));
    account.set_price("premium.com", dollars("1990.00"), Some(dollars("99.00")), true);
    account.set_price(".net", dollars("5.50"), None, false);
    account.set_price_text("odd.com", "call us & <ask>");
    let names = ["mine.com", "free.com", "premium.com", "other.net"];
    for format in BOTH {
        let results = value(&account, &Search::new(names).show_price(true), format).results;
        let shown: Vec<_> = results
            .iter()
            .map(|result| {
                (result.available, result.price.map(|price| (price.registration, price.renewal, price.premium)))
            })
            .collect();
        let usd = |text: &str| Some(Money::new(dollars(text)).in_currency(Currency::USD));
        assert_eq!(
            shown,
            [
                (Availability::No, None),
                (Availability::Yes, Some((usd("1.99"), usd("9.99"), Some(false)))),
                (Availability::Yes, Some((usd("1990"), usd("99"), Some(true)))),
                (Availability::Yes, Some((usd("5.50"), None, Some(false)))),
            ]
        );
        let plain = value(&account, &Search::new(["FREE.com"]), format).results;
        assert_eq!((plain[0].domain.as_given(), plain[0].price), ("free.com", None));
        let euro = value(&account, &Search::new(["free.com"]).show_price(true).currency(Currency::EUR), format);
        assert_eq!(euro.results[0].price.unwrap().registration.unwrap().currency, Some(Currency::EUR));
    }
    let query = "/api3.xml?key=k&command=search&show_price=1&domain0=odd.com&domain7=free.com";
    let body = String::from_utf8(account.answer(&Request::get(query)).body).unwrap();
    assert!(body.contains("<Price>call us &amp; &lt;ask&gt;</Price>"), "{body}");
    assert!(
        body.contains(
            "<Price>Registration Price: 1.99 in USD and Renewal price: 9.99 in USD and Domain is not a Premium Domain</Price>"
        ),
        "{body}"
    );
    assert_eq!(account.executions("search"), 0);
}

#[test]
fn tld_prices_are_those_of_the_endings() {
    let account = Account::new(now());
    account.set_price(".example", dollars("3.00"), Some(dollars("4.00")), false);
    for format in BOTH {
        let reply = value(&account, &TldPrice::new(), format);
        let tlds: Vec<_> = reply.prices.iter().map(|row| row.tld.as_str()).collect();
        assert_eq!((tlds, reply.currency), (vec![".com", ".example", ".net", ".org"], Some(Currency::USD)));
        assert_eq!(reply.prices[1].price.register, Some(Money::new(dollars("3.00"))));
        assert_eq!(reply.prices[1].price.transfer, Some(Money::new(dollars("4.00"))));
    }
}

#[test]
fn a_registration_makes_an_order_and_a_domain() {
    for format in BOTH {
        let account = Account::new(now());
        let missing = refusal(&account, &DomainInfo::new("domain1.com"), format);
        assert_eq!((missing.class, missing.error.as_str()), (Class::NotFound, "could not find domain in your account"));
        let reply = value(&account, &Register::new("Domain1.com", 2), format);
        assert_eq!(reply.expiration, Some(at("2026-05-10T12:30:15.5Z")));
        let domain = value(&account, &DomainInfo::new("domain1.com"), format).domain.unwrap();
        assert_eq!((domain.expiration, domain.registration), (reply.expiration, Some(now())));

        let again = refusal(&account, &Register::new("domain1.com", 2), format);
        assert_eq!((again.class, again.code), (Class::Unavailable, Some(1)));
        assert_eq!((account.executions("register"), account.calls().len()), (1, 4));

        let order = orders(&account, format, DAY, DAY).remove(0);
        let date = order.submitted_date.unwrap();
        match format {
            Format::Json => assert_eq!(date, DateOrTimestamp::Date(DAY)),
            _ => assert_eq!(date, DateOrTimestamp::Timestamp(now())),
        }
        assert_eq!((order.total_cost.unwrap().amount, order.currency), (dollars("3.98"), Some(Currency::USD)));
        let item = &order.items[0];
        assert_eq!((&item.item_type, item.name.as_str()), (&Some(OrderItemType::Registration), "domain1.com"));
        assert_eq!((item.duration, item.cost), (Some(2), Some(Money::new(dollars("3.98")))));
        let status = value(&account, &GetOrderStatus::new(order.order_id.clone()), format);
        assert_eq!((&status.order_id, status.status), (&order.order_id, Some(OrderStatus::Completed)));
        assert_eq!(status.items[0].name.as_str(), "domain1.com");
        refusal(&account, &GetOrderStatus::new("1"), format);
    }
}

#[test]
fn orders_are_listed_by_their_day() {
    let account = Account::new(now());
    value(&account, &Register::new("domain1.com", 1), Format::Xml);
    account.set_now(at("2024-05-11T00:00:00Z"));
    value(&account, &Register::new("domain2.com", 1), Format::Xml);
    for format in BOTH {
        let days = [(10, 10, 1), (11, 11, 1), (10, 11, 2), (9, 9, 0), (12, 31, 0)];
        for (first, last, count) in days {
            let day = |day| Date::constant(2024, 5, day);
            assert_eq!(orders(&account, format, day(first), day(last)).len(), count, "{first} to {last}");
        }
        assert_eq!(value(&account, &OrderList::new(OrderSearch::Domain), format).orders.len(), 2);
    }
}

#[test]
fn a_premium_name_wants_its_flag() {
    let account = Account::new(now());
    account.set_price("premium.com", dollars("1990.00"), None, true);
    let refused = refusal(&account, &Register::new("premium.com", 1), Format::Json);
    assert_eq!(refused.class, Class::InvalidRequest);
    assert!(ask(&account, &Register::new("premium.com", 1).premium(true), Format::Json).is_ok());
}

#[test]
fn a_bulk_registration_tells_of_each_name() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_domain("taken.com", at("2025-01-01T00:00:00Z"));
        let results = value(&account, &BulkRegister::new(["a.com", "taken.com", "b.com"]), format).results;
        let outcomes: Vec<_> = results.iter().map(|result| (result.result.clone(), result.message.as_str())).collect();
        let success = || (Some(RegisterOutcome::Success), "");
        assert_eq!(outcomes, [success(), (Some(RegisterOutcome::Error), "not_available"), success()]);
        assert_eq!((results[0].expiration, results[1].expiration), (Some(at("2025-05-10T12:30:15.5Z")), None));
        assert_eq!(account.executions("bulk_register"), 1);
        value(&account, &BulkRegister::new(["taken.com"]), format);
        assert_eq!(account.executions("bulk_register"), 1);
        assert_eq!(orders(&account, format, DAY, DAY)[0].items.len(), 2);
    }
}

#[test]
fn a_renewal_extends_and_a_price_check_does_not() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_domain("domain1.com", at("2025-03-01T00:00:00Z"));
        let check = ask(&account, &Renew::new("domain1.com", 1).price_check(true), format);
        assert_eq!(check.status(), "price_check_success");
        assert_eq!(check.value.unwrap().price_info.as_str(), "9.99 in USD");
        account.set_renewal_price_text("domain1.com", "Renewal price: 9.99 in USD");
        let check = value(&account, &Renew::new("domain1.com", 1).price_check(true), format);
        assert_eq!(check.price_info.as_str(), "Renewal price: 9.99 in USD");

        refusal(&account, &Renew::new("domain1.com", 1).year(2024), format);
        refusal(&account, &Renew::new("other.com", 1), format);
        assert_eq!(account.executions("renew"), 0);
        for (year, expiration) in [(2025, "2027-03-01T00:00:00Z"), (2027, "2029-03-01T00:00:00Z")] {
            let reply = value(&account, &Renew::new("domain1.com", 2).year(year), format);
            assert_eq!(reply.expiration, Some(at(expiration)));
        }
        assert_eq!(account.executions("renew"), 2);
        assert_eq!(items(&account), vec![("Domain Renewal".to_owned(), "domain1.com".to_owned()); 2]);
        assert_eq!(orders(&account, format, DAY, DAY)[0].total_paid.unwrap().amount, dollars("19.98"));
    }
}

#[test]
fn a_domain_may_be_deleted_and_restored() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_domain("domain1.com", at("2025-03-01T00:00:00Z"));
        assert!(ask(&account, &Delete::new("domain1.com"), format).is_ok());
        assert_eq!(refusal(&account, &Delete::new("domain1.com"), format).class, Class::NotFound);
        assert_eq!(refusal(&account, &DomainInfo::new("domain1.com"), format).class, Class::NotFound);
        assert_eq!(refusal(&account, &Restore::new("domain2.com"), format).class, Class::NotFound);
        assert_eq!(value(&account, &Restore::new("domain1.com"), format).domain.as_given(), "domain1.com");
        assert!(ask(&account, &DomainInfo::new("domain1.com"), format).is_ok());
        assert_eq!((account.executions("delete"), account.executions("restore")), (1, 1));
        assert_eq!(items(&account), [("Domain Restore".to_owned(), "domain1.com".to_owned())]);
    }
}

#[test]
fn a_transfer_makes_an_order_that_its_status_tells_of() {
    for format in BOTH {
        let account = Account::new(now());
        let status = |direction| value(&account, &GetTransferStatus::new("domain1.com", direction), format).transfers;
        assert!(status(TransferDirection::Incoming).is_empty());
        let reply = ask(&account, &Transfer::new("domain1.com", "auth code"), format);
        assert_eq!((reply.status(), reply.is_ok()), ("order created", true));
        let order = orders(&account, format, DAY, DAY).remove(0);
        let transfers = status(TransferDirection::Incoming);
        assert_eq!((transfers.len(), &transfers[0].order_id), (1, &order.order_id));
        assert!(status(TransferDirection::Outgoing).is_empty());
        assert_eq!(order.items[0].item_type, Some(OrderItemType::Transfer));
        assert_eq!(account.executions("transfer"), 1);
    }
}

#[test]
fn backorders_come_and_go() {
    let account = Account::new(now());
    for format in BOTH {
        assert!(ask(&account, &AddBackorderRequest::new(["a.com", "b.com"]), format).is_ok());
    }
    for format in [Format::Xml, Format::Json, Format::Csv] {
        let requests = value(&account, &BackorderRequestList::new(DAY, DAY), format).requests;
        let names: Vec<_> = requests.iter().map(|request| request.domain.as_given()).collect();
        assert_eq!(names, ["a.com", "b.com"]);
        assert_eq!(requests[0].status, Some(BackorderRequestStatus::Active));
        assert_eq!(requests[0].cutoff_time, Some(at("2024-05-11T12:30:15.5Z")));
    }
    assert!(ask(&account, &DeleteBackorderRequest::new(["a.com"]), Format::Xml).is_ok());
    assert_eq!(value(&account, &BackorderRequestList::new(DAY, DAY), Format::Csv).requests.len(), 1);
    assert_eq!((account.executions("add_backorder_request"), account.executions("delete_backorder_request")), (2, 1));
}

#[test]
fn a_bid_raises_the_auction() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_auction("domain1.com", dollars("46.99"));
        let details = || value(&account, &GetAuctionDetails::new(["domain1.com"]), format).auctions.remove(0);
        let bids = || value(&account, &GetAuctionBids::new(), format).bids;
        let before = details();
        assert_eq!((before.current_bid, before.your_current_bid), (Some(Money::new(dollars("46.99"))), None));
        assert_eq!((before.is_high_bidder, before.bids, bids().len()), (Some(false), Some(0), 0));

        value(&account, &PlaceAuctionBid::new("domain1.com", dollars("50")), format);
        let after = details();
        let fifty = Some(Money::new(dollars("50")));
        assert_eq!((after.current_bid, after.your_current_bid, after.is_high_bidder), (fifty, fifty, Some(true)));
        assert_eq!(
            (bids()[0].your_status.clone(), bids()[0].domain.as_given()),
            (Some(BidStatus::HighBidder), "domain1.com")
        );

        account.add_auction("domain1.com", dollars("60"));
        assert_eq!((details().is_high_bidder, details().your_current_bid), (Some(false), fifty));
        assert_eq!(bids()[0].your_status, Some(BidStatus::Outbid));
        refusal(&account, &PlaceAuctionBid::new("domain1.com", dollars("60")), format);
        refusal(&account, &PlaceAuctionBid::new("other.com", dollars("60")), format);
        refusal(&account, &GetAuctionDetails::new(["domain1.com", "other.com"]), format);
        assert_eq!(account.executions("place_auction_bid"), 1);
    }
    let account = Account::new(now());
    account.add_auction("domain1.com", dollars("46.99"));
    let reply = value(&account, &PlaceAuctionBid::new("domain1.com", dollars("46.99")), Format::Json);
    assert_eq!(reply.auction.unwrap().your_current_bid, Some(Money::new(dollars("46.99"))));
}

#[test]
fn a_bid_raises_the_backorder_auction() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_backorder_auction("domain1.com", dollars("89.99"));
        let details = || value(&account, &GetBackorderAuctionDetails::new("domain1.com"), format);
        let before = details();
        assert_eq!((before.auction.current_bid, before.your_current_bid), (Some(Money::new(dollars("89.99"))), None));
        for format in [format, Format::Csv] {
            let amount = if format == Format::Csv { "101" } else { "100" };
            assert!(ask(&account, &PlaceBackorderAuctionBid::new("domain1.com", dollars(amount)), format).is_ok());
            let after = details();
            let amount = Some(Money::new(dollars(amount)));
            assert_eq!(
                (after.auction.current_bid, after.your_current_bid, after.is_high_bidder),
                (amount, amount, Some(true))
            );
        }
        assert_eq!(account.executions("place_backorder_auction_bid"), 2);
        refusal(&account, &GetBackorderAuctionDetails::new("other.com"), format);
    }
}

#[test]
fn a_closeout_is_bought_once() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_closeout("a.com", dollars("9.91"));
        account.add_closeout("b.com", dollars("5"));
        assert_eq!(value(&account, &GetExpiredCloseoutDomains::new(), format).domains.len(), 2);
        let found = |name: &str| value(&account, &GetExpiredCloseoutDomains::new().domain(name), format).domains;
        assert_eq!(found("a.com")[0].current_price, Some(Money::new(dollars("9.91"))));
        assert_eq!(found("c.com").len(), 0);

        assert!(ask(&account, &BuyExpiredCloseoutDomain::new("a.com"), format).is_ok());
        assert_eq!(refusal(&account, &BuyExpiredCloseoutDomain::new("a.com"), format).class, Class::Unavailable);
        assert_eq!((found("a.com").len(), account.executions("buy_expired_closeout_domain")), (0, 1));
        assert!(ask(&account, &DomainInfo::new("a.com"), format).is_ok());
        assert_eq!(orders(&account, format, DAY, DAY)[0].items[0].name.as_str(), "a.com");
    }
}

#[test]
fn a_listing_is_bought_once() {
    for format in BOTH {
        let account = Account::new(now());
        account.add_listing("a.com", dollars("99.00"));
        let listing = || value(&account, &GetListingItem::new("a.com"), format).listing;
        assert_eq!((listing().price, listing().pending_sale_locked), (Some(Money::new(dollars("99"))), Some(false)));
        assert_eq!(value(&account, &BuyItNow::new("a.com"), format).message.as_str(), "domain order created");
        assert_eq!(listing().pending_sale_locked, Some(true));
        assert_eq!(refusal(&account, &BuyItNow::new("a.com"), format).class, Class::Unavailable);
        assert_eq!(account.executions("buy_it_now"), 1);
        assert_eq!(orders(&account, format, DAY, DAY)[0].total_cost.unwrap().amount, dollars("99"));
        refusal(&account, &GetListingItem::new("b.com"), format);
    }
}
