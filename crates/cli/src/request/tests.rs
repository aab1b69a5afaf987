use super::*;
use crate::catalog::Catalog;

fn arguments(command: &str, params: &[&str]) -> Request {
    Request {
        api: "dynadot".to_owned(),
        command: command.to_owned(),
        params: params.iter().map(|param| (*param).to_owned()).collect(),
        format: None,
        extra: Vec::new(),
        sandbox: false,
    }
}

fn problems(command: &str, params: &[&str]) -> Vec<String> {
    let api = apis::find("dynadot").unwrap();
    let (_, described) = Command::find(api, command).unwrap();
    match check(api, api.command(command).unwrap(), &described, &arguments(command, params)) {
        Ok(checked) => checked.warnings,
        Err(problems) => problems,
    }
}

#[test]
fn the_example_of_every_command_can_be_sent() {
    for api in apis::find_or_all(None).unwrap() {
        for command in Catalog::of(api).unwrap().commands(api).unwrap() {
            let params: Vec<String> =
                example::params(&command).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
            let params: Vec<&str> = params.iter().map(String::as_str).collect();
            let entry = api.command(&command.name).unwrap();
            let checked = check(api, entry, &command, &arguments(&command.name, &params));
            let problems = checked.map(|checked| checked.warnings).unwrap_or_else(|problems| problems);
            assert!(problems.is_empty() || command.deprecated.is_some(), "{}: {params:?}: {problems:?}", command.name);
        }
    }
}

#[test]
fn fields_of_an_item_are_required_together() {
    let ok = ["domain=a.com", "main_record_type0=mx", "main_record0=mail.a.com", "main_recordx0=10"];
    assert_eq!(problems("set_dns2", &ok), [""; 0]);
    assert_eq!(
        problems("set_dns2", &["domain=a.com", "main_record_type0=mx", "main_record0=mail.a.com", "sub_record3=1.2.3.4"]),
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
fn a_condition_in_words_is_checked_where_it_speaks_of_a_param() {
    let either = problems("set_dnssec", &["domain_name=a.com", "algorithm=13"]);
    assert_eq!(
        either,
        [
            "param `public_key` is required when no digest is sent, but no value was given",
            "param `digest` is required when no public_key is sent, but no value was given",
        ]
    );
    assert_eq!(
        problems("set_dnssec", &["domain_name=a.com", "algorithm=256", "public_key=abc="]),
        [
            "param `algorithm` takes a whole number from 0 to 255, but `256` was given",
            "param `flags` is required when public_key is sent, but no value was given",
        ]
    );
}

#[test]
fn values_are_sent_as_the_spec_writes_them() {
    let url = |command: &str, params: &[&str]| {
        let api = apis::find("dynadot").unwrap();
        let (_, described) = Command::find(api, command).unwrap();
        let checked = check(api, api.command(command).unwrap(), &described, &arguments(command, params));
        checked.map(|checked| checked.url.to_string()).unwrap_or_else(|problems| problems.join("\n"))
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
        ("set_parking", ["domain=a.com", "with_ads=true"], "param `with_ads` takes `yes` or `no`, but `true` was given"),
        ("set_parking", ["domain=a.com,,b.com", "with_ads=no"], "param `domain` is a list with `,` between its values, and value 2 is empty; leave it out"),
        ("register_ns", ["host=ns1.a.com", "ip=1.2.3"], "param `ip` takes an IP address, but `1.2.3` was given"),
        ("search", ["domain0=a.com", "show_price=yes"], "param `show_price` takes `1`, but `yes` was given; leave it out for no"),
        ("search", ["domain0=a.com", "currency="], "param `currency` is empty; give a value or leave it out"),
        ("search", ["domain0=a.com", "currency=dollars"], "param `currency` takes a currency code of three letters, but `dollars` was given"),
        ("tld_price", ["currency=GBP", "page_index=-1"], "param `currency` takes `USD`, `EUR` or `CNY`, but `GBP` was given"),
        ("set_note", ["domain=", "note="], "param `domain` is required, but an empty value was given"),
        ("register", ["domain=a.com", "duration=1.5"], "param `duration` takes a whole number, but `1.5` was given"),
        ("place_auction_bid", ["domain=a.com", "bid_amount=1,5"], "param `bid_amount` takes a number, but `1,5` was given"),
    ] {
        assert_eq!(problems(command, &params).first().map(String::as_str), Some(expected), "{command}");
    }
}

#[test]
fn an_open_list_warns() {
    assert_eq!(
        problems("set_renew_option", &["domain=a.com", "renew_option=atuo"]),
        ["param `renew_option` is known to take `donot`, `auto` and `reset`; `atuo` is sent all the same; did you mean `auto`?"]
    );
}

#[test]
fn names_that_are_not_known_are_told_with_the_nearest() {
    let long = format!("domain={}", vec!["a.com"; 101].join(","));
    for (command, param, expected) in [
        ("search", "domian3=a.com", "param `domian3` is not known; did you mean `domain3`? `--extra domian3=...` sends it unchecked"),
        ("search", "domains=a.com", "param `domains` is not known; on the wire it is called `domain0`"),
        ("search", "domain=a.com", "param `domain` has an index; write `domain0` to `domain99`"),
        ("search", "domain100=a.com", "param `domain100` is out of bounds: `domain0` to `domain99` are taken, 100 at most; number from 0 and split the request"),
        ("search", "domain01=a.com", "param `domain01` is out of bounds: `domain0` to `domain99` are taken, 100 at most; number from 0 and split the request"),
        ("search", "key=abc", "param `key` is put by the program; leave it out"),
        ("search", "a.com", "param number 1 is not written as NAME=VALUE; put a name and `=` before the value"),
        ("account_info", "verbose=1", "param `verbose` is not known; the command takes none. `--extra verbose=...` sends it unchecked"),
        ("set_parking", &long, "param `domain` takes at most 100 values, but 101 were given; split the request"),
    ] {
        assert_eq!(problems(command, &[param]).first().map(String::as_str), Some(expected), "{command}");
    }
}
