use super::*;
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

static DYNADOT: LazyLock<Catalog> = LazyLock::new(|| Catalog::of(apis::find("dynadot").unwrap()).unwrap());

fn arguments(command: &str, params: &[&str]) -> Request {
    let params = params.iter().map(|param| (*param).to_owned()).collect();
    Request { params, ..Request::of("dynadot", command) }
}

fn checked(arguments: &Request) -> Result<Checked, Vec<String>> {
    let api = apis::find("dynadot").unwrap();
    let command = DYNADOT.command(api, &arguments.command).unwrap();
    check(api, api.command(&arguments.command).unwrap(), command, arguments)
}

/// What is wrong with a request, or unusual about it.
fn problems(command: &str, params: &[&str]) -> Vec<String> {
    checked(&arguments(command, params)).map_or_else(|problems| problems, |checked| checked.warnings)
}

#[test]
fn the_example_of_every_command_can_be_sent() {
    for command in &DYNADOT.commands {
        let params: Vec<String> =
            example::params(&DYNADOT, command).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let params: Vec<&str> = params.iter().map(String::as_str).collect();
        let problems = problems(&command.name, &params);
        assert!(problems.is_empty() || command.deprecated.is_some(), "{}: {params:?}: {problems:?}", command.name);
    }
}

/// Requests of the pages that the spec refuses, by command and format, and the param at fault.
const REFUSED: &[(&str, &str, &str)] = &[
    // Placeholders of the page.
    ("buy_it_now", "json", "currency"),
    ("buy_it_now", "xml", "currency"),
    // The params of an older version of the command.
    ("create_cn_audit", "json", "license_id"),
    // Taken over from set_folder_parking.
    ("set_default_parking", "json", "folder_id"),
    ("set_default_parking", "xml", "folder_id"),
];

/// The params of a request as a page prints it.
fn printed(url: &str) -> Vec<String> {
    // What saving the page made of `&currency` and the like, and of e-mail addresses.
    let url = url.replace('¤', "&curren").replace('®', "&reg").replace('¬', "&not");
    let mail = if url.contains("forward_type=forward") { "exist_email0=a@b.com" } else { "email=a@b.com" };
    let url = url.replace("[email\u{a0}protected]", mail).replace("[email protected]", mail);
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let is_own = |param: &&str| !param.starts_with("key=") && !param.starts_with("command=");
    query.split('&').filter(is_own).map(str::to_owned).collect()
}

#[test]
fn the_requests_of_the_pages_can_be_sent() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |file: &str| std::fs::read_to_string(root.join(file)).unwrap();
    let index: Value = serde_json::from_str(&read("tests/vectors/index.json")).unwrap();
    let mut seen = 0;
    for vector in index["vectors"].as_array().unwrap() {
        let text = |key: &str| vector[key].as_str().unwrap();
        if text("kind") != "request" || text("api") != "dynadot" {
            continue;
        }
        let (command, format, params) = (text("command"), text("format"), printed(&read(text("file"))));
        let request = Request { format: Some(format.parse().unwrap()), params, ..arguments(command, &[]) };
        let problem = checked(&request).err().and_then(|problems| problems.into_iter().next());
        let expected = REFUSED.iter().find(|known| (known.0, known.1) == (command, format));
        match (problem, expected) {
            (None, None) => {}
            (Some(problem), Some((.., param))) => assert!(problem.contains(&format!("param `{param}`")), "{problem}"),
            (problem, _) => panic!("{}: {:?}: {problem:?}", text("id"), request.params),
        }
        seen += 1;
    }
    assert!(seen > 400, "{seen}");
}

#[test]
fn fields_of_an_item_are_required_together() {
    let ok = ["domain=a.com", "main_record_type0=mx", "main_record0=mail.a.com", "main_recordx0=10"];
    assert_eq!(problems("set_dns2", &ok), [""; 0]);
    assert_eq!(
        problems(
            "set_dns2",
            &["domain=a.com", "main_record_type0=mx", "main_record0=mail.a.com", "sub_record3=1.2.3.4"]
        ),
        [
            "param `main_recordx0` is required when `main_record_type0` is `mx`, but no value was given",
            "param `subdomain3` is required, but no value was given",
            "param `sub_record_type3` is required, but no value was given",
        ]
    );
    assert_eq!(
        problems("set_default_dns2", &[]),
        [
            "param `main_record_type0` is required, but no value was given",
            "param `main_record0` is required, but no value was given",
        ]
    );
}

#[test]
fn a_choice_rules_out_what_goes_with_another() {
    assert_eq!(
        problems("set_email_forward", &["domain=a.com", "forward_type=mx", "username0=peter"]),
        [
            "param `mx_host0` is required when `forward_type` is `mx`, but no value was given",
            "param `username0` only goes with `forward` as `forward_type`, which is `mx`; leave it out",
        ]
    );
    assert_eq!(
        problems("set_email_forward", &["domain=a.com", "forward_type=mail"]),
        ["param `forward_type` takes `donot`, `mx` or `forward`, but `mail` was given"]
    );
    assert_eq!(
        problems("set_email_forward", &["domain=a.com", "username0=peter"]),
        ["param `forward_type` is required, but no value was given"]
    );
}

#[test]
fn one_param_may_demand_another_by_being_sent_or_not() {
    let either = problems("set_dnssec", &["domain_name=a.com", "algorithm=13"]);
    assert_eq!(
        either,
        [
            "param `public_key` is required when no `digest` is sent, but no value was given",
            "param `digest` is required when no `public_key` is sent, but no value was given",
        ]
    );
    assert_eq!(
        problems("set_dnssec", &["domain_name=a.com", "algorithm=256", "public_key=abc="]),
        [
            "param `algorithm` takes a whole number from 0 to 255, but `256` was given",
            "param `flags` is required when `public_key` is sent, but no value was given",
        ]
    );
}

#[test]
fn values_are_sent_as_the_spec_writes_them() {
    let url = |command: &str, params: &[&str]| {
        checked(&arguments(command, params))
            .map_or_else(|problems| problems.join("\n"), |checked| checked.url.to_string())
    };
    assert_eq!(
        url("get_closed_auctions", &["startDate=2000-1-2", "endDate=2015-5-15", "currency=USD"]),
        "https://api.dynadot.com/api3.json?key=<redacted>&command=get_closed_auctions&startDate=2000-01-02&endDate=2015-05-15&currency=usd"
    );
    assert_eq!(
        url("set_parking", &["domain=münchen.de, B.com", "with_ads=NO"]),
        "https://api.dynadot.com/api3.json?key=<redacted>&command=set_parking&domain=xn--mnchen-3ya.de%2Cb.com&with_ads=no"
    );
}

#[test]
fn wrong_values_are_told() {
    for (command, params, expected) in [
        (
            "set_parking",
            ["domain=a.com", "with_ads=true"],
            "param `with_ads` takes `yes` or `no`, but `true` was given",
        ),
        (
            "set_parking",
            ["domain=a.com,,b.com", "with_ads=no"],
            "param `domain` is a list with `,` between its values, and value 2 is empty; leave it out",
        ),
        ("register_ns", ["host=ns1.a.com", "ip=1.2.3"], "param `ip` takes an IP address, but `1.2.3` was given"),
        (
            "search",
            ["domain0=a.com", "show_price=yes"],
            "param `show_price` takes `1`, but `yes` was given; leave it out for no",
        ),
        ("search", ["domain0=a.com", "currency="], "param `currency` is empty; give a value or leave it out"),
        (
            "search",
            ["domain0=a.com", "currency=dollars"],
            "param `currency` takes a currency code of three letters, but `dollars` was given",
        ),
        (
            "tld_price",
            ["currency=GBP", "page_index=-1"],
            "param `currency` takes `USD`, `EUR` or `CNY`, but `GBP` was given",
        ),
        ("set_note", ["domain=", "note="], "param `domain` is required, but an empty value was given"),
        ("register", ["domain=a.com", "duration=1.5"], "param `duration` takes a whole number, but `1.5` was given"),
        (
            "place_auction_bid",
            ["domain=a.com", "bid_amount=1,5"],
            "param `bid_amount` takes a number, but `1,5` was given",
        ),
    ] {
        assert_eq!(problems(command, &params).first().map(String::as_str), Some(expected), "{command}");
    }
}

#[test]
fn an_open_list_warns() {
    assert_eq!(
        problems("set_renew_option", &["domain=a.com", "renew_option=atuo"]),
        [
            "param `renew_option` is known to take `donot`, `auto` and `reset`; `atuo` is sent all the same; did you mean `auto`?"
        ]
    );
}

#[test]
fn names_that_are_not_known_are_told_with_the_nearest() {
    let long = format!("domain={}", vec!["a.com"; 101].join(","));
    for (command, param, expected) in [
        (
            "search",
            "domian3=a.com",
            "param `domian3` is not known; did you mean `domain3`? `--extra domian3=...` sends it unchecked",
        ),
        ("search", "domains=a.com", "param `domains` is not known; on the wire it is called `domain0`"),
        ("search", "domain=a.com", "param `domain` has an index; write `domain0` to `domain99`"),
        (
            "search",
            "domain100=a.com",
            "param `domain100` is out of bounds: `domain0` to `domain99` are taken, 100 at most; number from 0, and no more fit in one request",
        ),
        (
            "search",
            "domain01=a.com",
            "param `domain01` is out of bounds: `domain0` to `domain99` are taken, 100 at most; number from 0, and no more fit in one request",
        ),
        ("search", "key=abc", "param `key` is put by the program; leave it out"),
        ("search", "a.com", "param number 1 is not written as NAME=VALUE; put a name and `=` before the value"),
        (
            "account_info",
            "verbose=1",
            "param `verbose` is not known; the command takes none. `--extra verbose=...` sends it unchecked",
        ),
        (
            "set_parking",
            &long,
            "param `domain` takes at most 100 values, but 101 were given; no more fit in one request",
        ),
    ] {
        assert_eq!(problems(command, &[param]).first().map(String::as_str), Some(expected), "{command}");
    }
}
