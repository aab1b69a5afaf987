//! `bindwire request`: URLs, and everything that is refused.

mod support;

use support::bindwire;

fn request(arguments: &[&str]) -> support::Run {
    bindwire(&[&["request", "dynadot"], arguments].concat())
}

#[test]
fn a_url_is_printed_without_the_key() {
    let run = request(&["search", "domain0=mydomain.com", "domain1=münchen.de", "show_price=1", "currency=usd"]);
    assert_eq!(run.err, "");
    assert_eq!(
        run.out,
        "https://api.dynadot.com/api3.json?key=<redacted>&command=search&domain0=mydomain.com&domain1=xn--mnchen-3ya.de&show_price=1&currency=USD\n"
    );
    assert_eq!(run.code, Some(0));
}

#[test]
fn format_and_address_can_be_chosen() {
    for (arguments, start) in [
        (vec!["get_open_backorder_auctions"], "https://api.dynadot.com/api3.xml?"),
        (vec!["get_open_backorder_auctions", "--format", "csv"], "https://api.dynadot.com/api3.html?"),
        (vec!["account_info", "--sandbox"], "https://api-sandbox.dynadot.com/api3.json?"),
    ] {
        let run = request(&arguments);
        assert!(run.out.starts_with(start), "{run:?}");
    }
}

#[test]
fn secrets_are_redacted() {
    let run = request(&["transfer", "domain=a.com", "auth=hunter2"]);
    assert_eq!(
        run.out,
        "https://api.dynadot.com/api3.json?key=<redacted>&command=transfer&domain=a.com&auth=<redacted>\n"
    );
    // Nor are they quoted where something is wrong.
    for arguments in [
        ["transfer", "domain=a.com", "auht=hunter2"],
        ["transfer", "key=hunter2", "hunter2"],
        ["set_transfer_auth_code", "domain=a.com", "hunter2"],
    ] {
        let run = request(&arguments);
        assert_eq!(run.code, Some(2));
        assert!(!run.err.contains("hunter2"), "{}", run.err);
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let run = request(&[
        "order_list",
        "searchBy=date_range",
        "startDate=2024-01-01",
        "paymentMehtod=visa",
        "--format",
        "csv",
    ]);
    run.assert_usage(&[
        "bindwire: order_list: param `paymentMehtod` is not known; did you mean `paymentMethod`? `--extra paymentMehtod=...` sends it unchecked",
        "bindwire: order_list: param `startDate` takes a date as `yyyy/MM/dd`, but `2024-01-01` was given",
        "bindwire: order_list: param `endDate` is required when `searchBy` is `date_range`, but no value was given",
        "bindwire: order_list: the command answers in `xml` and `json`, but `csv` was asked for",
    ]);
}

#[test]
fn bounds_are_kept() {
    request(&["search", "domain0=a.com", "domain100=b.com"]).assert_usage(&[
        "bindwire: search: param `domain100` is out of bounds: `domain0` to `domain99` are taken, 100 at most; number from 0, and no more fit in one request",
    ]);
    let many = format!("domain={}", vec!["a.com"; 101].join(","));
    request(&["set_ns", &many, "ns0=ns1.a.com"]).assert_usage(&[
        "bindwire: set_ns: param `domain` takes at most 100 values, but 101 were given; no more fit in one request",
    ]);
    request(&["set_dnssec", "domain_name=a.com", "algorithm=13", "key_tag=65536", "digest_type=2", "digest=ab"])
        .assert_usage(&[
            "bindwire: set_dnssec: param `key_tag` takes a whole number from 0 to 65535, but `65536` was given",
        ]);
}

#[test]
fn an_extra_param_is_sent_unchecked() {
    let run = request(&["account_info", "--extra", "verbose=a b", "--extra", "page=2"]);
    assert_eq!(run.out, "https://api.dynadot.com/api3.json?key=<redacted>&command=account_info&verbose=a%20b&page=2\n");
    request(&["account_info", "--extra", "key=abc"])
        .assert_usage(&["bindwire: account_info: param `key` is put by the program; leave it out"]);
    request(&["set_note", "domain=a.com", "note=x", "--extra", "note=y"])
        .assert_usage(&["bindwire: set_note: param `note` is given twice; leave one out"]);
}

#[test]
fn what_is_unusual_is_told_beside_the_url() {
    let run = request(&["set_renew_option", "domain=a.com", "renew_option=never"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.ends_with("&domain=a.com&renew_option=never\n"), "{}", run.out);
    assert_eq!(
        run.err,
        "bindwire: set_renew_option: param `renew_option` is known to take `donot`, `auto` and `reset`; `never` is sent all the same\n"
    );
}
