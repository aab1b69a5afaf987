//! What is found out about a command whose answer was lost, and what that comes to.

use bindwire_client::dynadot::{Dynadot, Reconciliation, Verdict};
use bindwire_client::{Builder, Error, ErrorKind, Limits, Lost, Result};
use bindwire_client_tests::{Leap, Set, Via, Wire};
use bindwire_dynadot::auction::PlaceAuctionBid;
use bindwire_dynadot::backorder::AddBackorderRequest;
use bindwire_dynadot::domain::{BulkRegister, Delete, Register, Renew, Search};
use bindwire_dynadot::push::Push;
use bindwire_dynadot::transfer::Transfer;
use bindwire_loopback::{Account, Answer, Reply, Request, Server};
use bindwire_wire::{Command, Decimal, Timestamp};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// When everything begins.
fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("a time")
}

const MINUTE: Duration = Duration::from_secs(60);

/// What becomes of requests of a command: the account is at hand.
type Special = Box<dyn Fn(&Account, &Request) -> Answer + Send>;

/// An account behind a server that answers some commands in a way of its own, and a client.
struct Scene {
    account: Arc<Account>,
    special: Arc<Mutex<Vec<(&'static str, Special)>>>,
    server: Server,
    timer: Leap,
    client: Via,
}

struct Settings(String);

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(1, 0))
    }
}

impl Scene {
    fn new(wire: Wire) -> Self {
        let account = Arc::new(Account::new(noon()));
        let special: Arc<Mutex<Vec<(&'static str, Special)>>> = Arc::default();
        let server = Server::start({
            let (account, special) = (account.clone(), special.clone());
            move |request| {
                let special = special.lock().expect("answers");
                match special.iter().find(|(command, _)| request.param("command") == Some(command)) {
                    Some((_, answer)) => answer(&account, request),
                    None => account.answer(request).into(),
                }
            }
        });
        let timer = Leap::new(noon());
        let client = Via::new(wire, "s3cr3t", timer.clone(), Settings(server.origin()));
        Self { account, special, server, timer, client }
    }

    /// Answers a command like this from now on.
    fn answer(&self, command: &'static str, answer: impl Fn(&Account, &Request) -> Answer + Send + 'static) {
        let mut special = self.special.lock().expect("answers");
        special.retain(|(known, _)| *known != command);
        special.push((command, Box::new(answer)));
    }

    /// Answers nothing to a command, which is carried out or not.
    fn lose(&self, command: &'static str, is_executed: bool) {
        self.answer(command, move |account, request| {
            if is_executed {
                account.answer(request);
            }
            Answer::Hangup
        });
    }

    /// Sends a command whose answer is lost.
    fn lost<C>(&self, command: C) -> Error
    where
        C: Command<Reply: std::fmt::Debug + Send> + Send + Sync,
    {
        let error = self.client.send(command).expect_err("the answer is lost");
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error}");
        error
    }

    fn ask(&self, error: &Error) -> Reconciliation {
        self.client.reconcile(error).unwrap_or_else(|error| panic!("{error}"))
    }

    fn ask_after(&self, lost: &Lost) -> Result<Reconciliation> {
        let lost = lost.clone();
        self.client.either(
            |client| {
                let lost = lost.clone();
                async move { client.reconcile_lost(&lost).await }
            },
            |client| client.reconcile_lost(&lost),
        )
    }

    /// The commands that were asked since the first request.
    fn asked(&self) -> Vec<String> {
        let requests = self.server.requests();
        requests.iter().skip(1).map(|request| request.param("command").unwrap_or_default().to_owned()).collect()
    }
}

/// The verdicts of the names, in order.
fn names(found: &Reconciliation) -> Vec<(&str, Verdict)> {
    found.names.iter().map(|outcome| (outcome.name.as_given(), outcome.verdict)).collect()
}

fn broken(_: &Account, _: &Request) -> Answer {
    Reply::status(500, "<html></html>").into()
}

#[test]
fn what_was_carried_out_is_seen_and_nothing_is_bought_by_asking() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.lose("register", true);
        let error = scene.lost(Register::new("Example.com", 1));
        let found = scene.ask(&error);
        assert_eq!(found.verdict, Verdict::CarriedOut);
        assert_eq!(names(&found), [("example.com", Verdict::CarriedOut)]);
        assert_eq!(found.evidence, ["order_list: order 1001 is about example.com, Completed"]);
        assert_eq!(found.ask_again_at, None);
        assert_eq!(scene.asked(), ["order_list"], "the first certain answer is enough");
        assert_eq!(scene.account.executions("register"), 1);
    }
}

#[test]
fn what_is_not_seen_counts_as_not_carried_out_only_after_half_an_hour() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.lose("register", false);
        let error = scene.lost(Register::new("example.com", 1));
        let settled = noon() + 30 * MINUTE;
        for passed in [Duration::ZERO, 30 * MINUTE - Duration::from_secs(1)] {
            scene.timer.pass(passed);
            let found = scene.ask(&error);
            assert_eq!((found.verdict, found.ask_again_at), (Verdict::NotSeenYet, Some(settled)));
            assert_eq!(names(&found), [("example.com", Verdict::NotSeenYet)]);
            let evidence = [
                "order_list: no order about example.com from 2026-02-28 to 2026-03-02",
                "domain_info: example.com is not in the account",
            ];
            assert_eq!(found.evidence, evidence);
        }
        scene.timer.pass(Duration::from_secs(1));
        let found = scene.ask(&error);
        assert_eq!((found.verdict, found.ask_again_at), (Verdict::NotCarriedOut, None));
        assert_eq!(names(&found), [("example.com", Verdict::NotCarriedOut)]);
    }
}

#[test]
fn what_comes_late_is_seen_when_asked_again() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.lose("register", false);
        let error = scene.lost(Register::new("example.com", 1));
        assert_eq!(scene.ask(&error).verdict, Verdict::NotSeenYet);
        scene.timer.pass(20 * MINUTE);
        scene.account.set_now(noon() + 20 * MINUTE);
        scene.account.answer(&scene.server.requests()[0]);
        assert_eq!(scene.ask(&error).verdict, Verdict::CarriedOut);
    }
}

#[test]
fn a_bulk_order_of_which_some_names_went_through_is_told_by_name() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.account.set_price("example.net", Decimal::ONE_HUNDRED, None, true);
        scene.lose("bulk_register", true);
        let error = scene.lost(BulkRegister::new(["example.com", "example.net"]));
        let found = scene.ask(&error);
        assert_eq!((found.verdict, found.ask_again_at), (Verdict::Partly, Some(noon() + 30 * MINUTE)));
        assert_eq!(names(&found), [("example.com", Verdict::CarriedOut), ("example.net", Verdict::NotSeenYet)]);
        scene.timer.pass(30 * MINUTE);
        let found = scene.ask(&error);
        assert_eq!((found.verdict, found.ask_again_at), (Verdict::Partly, None));
        assert_eq!(names(&found), [("example.com", Verdict::CarriedOut), ("example.net", Verdict::NotCarriedOut)]);
    }
}

#[test]
fn backorders_of_which_some_were_taken_are_told_by_name() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.answer("add_backorder_request", |account, _| {
            account.answer(&Request::get("/api3.json?key=k&command=add_backorder_request&domain=example.net"));
            Answer::Hangup
        });
        let error = scene.lost(AddBackorderRequest::new(["example.com", "example.net"]));
        let found = scene.ask(&error);
        assert_eq!(found.verdict, Verdict::Partly);
        assert_eq!(names(&found), [("example.com", Verdict::NotSeenYet), ("example.net", Verdict::CarriedOut)]);
        assert_eq!(scene.asked(), ["backorder_request_list"]);
    }
}

/// A renewal without a year, of which the orders alone can tell, and an order of that time.
fn renewal_with_an_order(wire: Wire, order: &str) -> Reconciliation {
    let scene = Scene::new(wire);
    scene.account.add_domain("example.com", "2026-09-01T00:00:00Z".parse().expect("a time"));
    scene.lose("renew", false);
    let error = scene.lost(Renew::new("example.com", 1));
    let body = format!(
        "<OrderListResponse><OrderListHeader><ResponseCode>0</ResponseCode><Status>success</Status></OrderListHeader>\
         <OrderListContent><OrderList><Order><OrderId>7</OrderId>{order}</Order></OrderList></OrderListContent></OrderListResponse>"
    );
    scene.answer("order_list", move |_, _| Reply::ok("text/xml", body.clone()).into());
    scene.ask(&error)
}

fn item(kind: &str, name: &str) -> String {
    format!("<OrderItem><ItemType>{kind}</ItemType><Name>{name}</Name><Status>Completed</Status></OrderItem>")
}

#[test]
fn an_order_that_can_be_an_earlier_one_is_for_somebody_to_look_at() {
    let at = |seconds: i64| {
        let at = noon().as_millisecond() + seconds * 1000;
        format!("<SubmittedDate>{at}</SubmittedDate>")
    };
    let day = |day: &str| format!("<SubmittedDate>{day}</SubmittedDate>");
    for wire in Wire::ALL {
        for (time, verdict) in [
            // The clock of the server may be a quarter of an hour behind.
            (at(0), Verdict::CarriedOut),
            (at(1), Verdict::CarriedOut),
            (at(-1), Verdict::Unclear),
            (at(-15 * 60), Verdict::Unclear),
            (at(-15 * 60 - 1), Verdict::NotSeenYet),
            // A day alone can be that of an earlier order, and begins elsewhere at another hour.
            (day("2026/03/01"), Verdict::Unclear),
            (day("2026/02/28"), Verdict::Unclear),
            (day("2026/02/27"), Verdict::NotSeenYet),
            (day("some day"), Verdict::Unclear),
            (String::new(), Verdict::Unclear),
        ] {
            let found = renewal_with_an_order(wire, &format!("{time}{}", item("Domain Renewal", "example.com")));
            assert_eq!(found.verdict, verdict, "{wire:?} {time}: {found:?}");
            assert_eq!(names(&found), [("example.com", verdict)]);
            assert_eq!(found.ask_again_at.is_some(), verdict == Verdict::NotSeenYet);
        }
    }
}

#[test]
fn an_order_of_another_name_or_kind_is_another_one() {
    let time = format!("<SubmittedDate>{}</SubmittedDate>", noon().as_millisecond());
    for wire in Wire::ALL {
        for (kind, name, verdict) in [
            ("Domain Renewal", "EXAMPLE.COM", Verdict::CarriedOut),
            ("Something new", "example.com", Verdict::CarriedOut),
            ("Domain Renewal", "example.net", Verdict::NotSeenYet),
            ("Domain Registration", "example.com", Verdict::NotSeenYet),
            ("Domain Transfer", "example.com", Verdict::NotSeenYet),
        ] {
            let found = renewal_with_an_order(wire, &format!("{time}{}", item(kind, name)));
            assert_eq!(found.verdict, verdict, "{wire:?} {kind} {name}: {found:?}");
        }
    }
}

#[test]
fn a_transfer_order_proves_nothing_alone() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        let earlier = Request::get("/api3.json?key=k&command=transfer&domain=example.com&auth=code");
        scene.account.set_now(noon() - 24 * 60 * MINUTE);
        scene.account.answer(&earlier);
        scene.account.set_now(noon());
        scene.lose("transfer", false);
        let error = scene.lost(Transfer::new("example.com", "code"));
        let found = scene.ask(&error);
        assert_eq!(found.verdict, Verdict::Unclear, "{found:?}");
        assert!(found.evidence.contains(&"get_transfer_status: 1 transfer orders of example.com".to_owned()));
    }
}

#[test]
fn a_renewal_with_its_year_is_seen_by_the_expiry() {
    for wire in Wire::ALL {
        for (is_executed, verdict) in [(true, Verdict::CarriedOut), (false, Verdict::NotSeenYet)] {
            let scene = Scene::new(wire);
            scene.account.add_domain("example.com", "2026-09-01T00:00:00Z".parse().expect("a time"));
            scene.lose("renew", is_executed);
            let error = scene.lost(Renew::new("example.com", 1).year(2026));
            scene.answer("order_list", |account, request| {
                account.answer(request);
                let body = "<OrderListResponse><OrderListHeader><ResponseCode>0</ResponseCode></OrderListHeader></OrderListResponse>";
                Reply::ok("text/xml", body).into()
            });
            let found = scene.ask(&error);
            assert_eq!(found.verdict, verdict, "{found:?}");
            let now = if is_executed { 2027 } else { 2026 };
            let evidence = format!("domain_info: example.com expires in {now}, and did in 2026");
            assert_eq!(found.evidence.last(), Some(&evidence));
        }
    }
}

#[test]
fn a_deletion_is_seen_by_what_is_gone() {
    for wire in Wire::ALL {
        for (is_executed, verdict) in [(true, Verdict::CarriedOut), (false, Verdict::NotSeenYet)] {
            let scene = Scene::new(wire);
            scene.account.add_domain("example.com", noon());
            scene.lose("delete", is_executed);
            let error = scene.lost(Delete::new("example.com"));
            assert_eq!(scene.ask(&error).verdict, verdict);
        }
    }
}

#[test]
fn a_bid_is_seen_by_one_that_is_as_high() {
    let bid = |amount: u32| {
        Request::get(&format!("/api3.json?key=k&command=place_auction_bid&domain=example.com&bid_amount={amount}"))
    };
    for wire in Wire::ALL {
        for (ours_before, is_executed, verdict) in [
            (None, true, Verdict::CarriedOut),
            (None, false, Verdict::NotSeenYet),
            (Some(8), false, Verdict::NotSeenYet),
            (Some(8), true, Verdict::CarriedOut),
        ] {
            let scene = Scene::new(wire);
            scene.account.add_auction("example.com", Decimal::ONE);
            if let Some(amount) = ours_before {
                scene.account.answer(&bid(amount));
            }
            scene.lose("place_auction_bid", is_executed);
            let error = scene.lost(PlaceAuctionBid::new("example.com", Decimal::TEN));
            // Another account bids more: ours stands all the same.
            scene.account.add_auction("example.com", Decimal::ONE_HUNDRED);
            assert_eq!(scene.ask(&error).verdict, verdict, "{wire:?} {ours_before:?} {is_executed}");
        }
    }
}

#[test]
fn a_known_outcome_is_not_asked_after() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.account.refuse_next("register", "insufficient_funds", "");
        let refused = scene.client.send(Register::new("example.com", 1)).expect_err("a refusal");
        scene.answer("search", |_, _| Answer::Hangup);
        let unanswered = scene.client.send(Search::new(["example.com"])).expect_err("no answer");
        let before = scene.server.requests().len();
        for (error, line) in [
            (refused, "register: cannot be reconciled: the error says that the outcome is known; nothing was bought"),
            (unanswered, "search: cannot be reconciled: the error says that the outcome is known"),
        ] {
            assert!(error.lost().is_none());
            let error = scene.client.reconcile(&error).expect_err("nothing is lost");
            assert_eq!(error.to_string(), line);
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        }
        assert_eq!(scene.server.requests().len(), before, "nothing is asked");
    }
}

#[test]
fn a_command_of_which_nothing_tells_is_for_somebody_to_look_at() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.lose("push", false);
        let error = scene.lost(Push::new(["example.com"], "somebody"));
        assert!(error.to_string().ends_with("it may have been carried out: look before it is sent again"), "{error}");
        let asked = scene.client.reconcile(&error).expect_err("nothing tells");
        assert_eq!(
            asked.to_string(),
            "push: cannot be reconciled: no command is known that tells what became of it; look at the account"
        );
        let unheard = Lost::new("unheard_of", [("domain", "example.com")], noon(), noon());
        let asked = scene.ask_after(&unheard).expect_err("nothing tells");
        assert_eq!(
            asked.to_string(),
            "unheard_of: cannot be reconciled: the spec does not have the command; look at the account"
        );
        assert!(scene.asked().is_empty(), "nothing is asked");
        // One that names nothing.
        let found = scene.ask_after(&Lost::new("register", [("duration", "1")], noon(), noon())).expect("no question");
        assert_eq!((found.verdict, found.names.len()), (Verdict::Unclear, 0));
    }
}

#[test]
fn what_was_kept_of_a_lost_request_is_enough_to_ask_after_it() {
    for wire in Wire::ALL {
        for (is_executed, verdict) in [(true, Verdict::CarriedOut), (false, Verdict::NotSeenYet)] {
            let scene = Scene::new(wire);
            scene.lose("transfer", is_executed);
            let error = scene.lost(Transfer::new("example.com", "the code"));
            let lost = error.lost().expect("a lost request");
            let kept: Vec<(String, String)> =
                lost.params().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let shown = kept.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            assert!(shown.eq([("command", "transfer"), ("domain", "example.com")]), "the code is secret: {kept:?}");
            let [sent_at, given_up_at] =
                [lost.sent_at(), lost.given_up_at()].map(|at| at.to_string().parse::<Timestamp>().expect("a time"));
            let again = Lost::new(lost.command().to_owned(), kept, sent_at, given_up_at);
            assert_eq!(&again, lost);
            let found = scene.ask_after(&again).expect("an answer");
            assert_eq!(found, scene.ask(&error));
            assert_eq!(found.verdict, verdict);
        }
    }
}

#[test]
fn asking_that_fails_for_good_is_an_error_of_the_question() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.lose("register", true);
        let error = scene.lost(Register::new("example.com", 1));
        scene.answer("order_list", broken);
        scene.answer("domain_info", broken);
        let failed = scene.client.reconcile(&error).expect_err("nothing can be asked");
        assert_eq!(failed.to_string(), "order_list: HTTP 500 (internal server error); it may be sent again");
        assert_eq!((failed.attempts(), failed.is_retryable(), failed.may_have_run()), (4, true, false));
        assert_eq!(scene.asked(), [["order_list"; 4], ["domain_info"; 4]].concat(), "each is asked four times");
    }
}

#[test]
fn one_question_that_fails_leaves_what_the_other_shows() {
    for wire in Wire::ALL {
        let scene = Scene::new(wire);
        scene.lose("register", true);
        let error = scene.lost(Register::new("example.com", 1));
        scene.answer("order_list", broken);
        let found = scene.ask(&error);
        assert_eq!(found.verdict, Verdict::CarriedOut);
        assert_eq!(
            found.evidence,
            [
                "order_list could not be asked: order_list: HTTP 500 (internal server error); it may be sent again",
                "domain_info: example.com is in the account",
            ]
        );
    }
}

/// An order that is still to be carried out shows in the orders alone: without them nothing may be sent again.
#[test]
fn nothing_counts_as_not_carried_out_while_a_question_fails() {
    for wire in Wire::ALL {
        for question in ["order_list", "domain_info"] {
            let scene = Scene::new(wire);
            scene.lose("register", false);
            let error = scene.lost(Register::new("example.com", 1));
            scene.answer(question, broken);
            let found = scene.ask(&error);
            assert_eq!((found.verdict, found.ask_again_at), (Verdict::NotSeenYet, Some(noon() + 30 * MINUTE)));
            scene.timer.pass(45 * MINUTE);
            let now = noon() + scene.timer.passed();
            let found = scene.ask(&error);
            assert_eq!(found.verdict, Verdict::NotSeenYet, "{wire:?} without {question}: {found:?}");
            assert!(found.ask_again_at.is_some_and(|at| at >= now), "it can be asked again at once");
            scene.answer(question, |account, request| account.answer(request).into());
            assert_eq!(scene.ask(&error).verdict, Verdict::NotCarriedOut);
        }
    }
}
