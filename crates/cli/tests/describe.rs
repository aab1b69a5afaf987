//! `bindwire describe`: a page a command, and its entry of the catalog.

mod support;

use insta::assert_snapshot;
use support::bindwire;

#[test]
fn a_command_is_a_page() {
    assert_snapshot!("renew", bindwire(&["describe", "dynadot", "renew"]).out);
    assert_snapshot!("search", bindwire(&["describe", "dynadot", "search"]).out);
}

#[test]
fn json_is_the_entry_of_the_catalog() {
    let entry = bindwire(&["describe", "dynadot", "search", "--json"]).json();
    assert_eq!(entry["name"], "search");
    assert_eq!(entry["params"][0]["indexed"], serde_json::json!([0, 99]));
}

#[test]
fn an_example_can_be_sent() {
    for command in ["search", "set_dns2", "set_email_forward", "order_list"] {
        let page = bindwire(&["describe", "dynadot", command]).out;
        let example = page.rsplit("EXAMPLE\n").next().unwrap();
        let words: Vec<&str> = example.split_whitespace().skip(1).take_while(|word| *word != "bindwire").collect();
        let run = bindwire(&words);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{words:?}");
    }
}

#[test]
fn wrong_usage_is_told_in_a_line() {
    bindwire(&["describe", "dynadot", "domain-info"])
        .assert_usage(&["bindwire: dynadot has no command `domain-info`; did you mean `domain_info`?"]);
}
