//! `bindwire describe`: a page a command, and its entry of the catalog.

mod support;

use insta::assert_snapshot;
use support::bindwire;

#[test]
fn a_command_is_a_page() {
    assert_snapshot!("renew", bindwire(&["describe", "dynadot", "renew"]).out);
    assert_snapshot!("search", bindwire(&["describe", "dynadot", "search"]).out);
    assert_snapshot!("create_a_record", bindwire(&["describe", "dynect", "CreateARecord"]).out);
}

/// A section of a page.
fn section(page: &str, title: &str) -> String {
    let (_, rest) = page.split_once(&format!("\n{title}\n")).unwrap_or_else(|| panic!("no {title}: {page}"));
    rest.split("\n\n").next().unwrap().to_owned()
}

#[test]
fn fields_stand_below_the_param_that_holds_them() {
    let page = bindwire(&["describe", "netim", "domainSetDNSSecExt"]).out;
    let params = section(&page, "PARAMS");
    let list = "  DSRecords[0] ..  (list of StructDSRecord; required)\n";
    let field = "\n      type  (long; required)\n";
    assert!(params.contains(list) && params.contains(field), "{params}");
    assert!(params.find(list) < params.find(field), "{params}");
    let page = bindwire(&["describe", "netim", "contactCreate"]).out;
    let params = section(&page, "PARAMS");
    assert!(params.contains("\n      additional/NAME  (map)\n"), "{params}");
    assert!(
        params.contains("\n          Whether the contact can be the owner of domains. Written `1` or `0`."),
        "{params}"
    );
    assert!(section(&page, "COMMON PARAMS").contains("IDSession  (string; put by the client)"), "{page}");
    let login = bindwire(&["describe", "dynect", "SessionLogin"]).out;
    let common = section(&login, "COMMON PARAMS");
    assert!(!common.contains("token") && common.contains("fault_incompat"), "{common}");
}

#[test]
fn records_that_hold_each_other_are_told_once() {
    let reply = section(&bindwire(&["describe", "dynect", "GetDSFs"]).out, "REPLY");
    assert_eq!(reply.matches("(list of DSFRulesetData)").count(), 1, "{reply}");
    assert_eq!(reply.matches("(list of DSFRulesetData, as above)").count(), 1, "{reply}");
    assert!(reply.contains("rdata_tlsa  (RDataTLSA; since 3.7.11)"), "{reply}");
}

#[test]
fn errata_of_types_and_of_the_api_stand_where_they_concern_a_command() {
    let errata = |command: &str| section(&bindwire(&["describe", "netim", command]).out, "ERRATA");
    let info = errata("sessionInfo");
    assert!(info.contains("  soap-namespace\n") && info.contains("  session-wire\n"), "{info}");
    assert!(!info.contains("  operation-id_ope\n"), "{info}");
    let open = errata("sessionOpen");
    assert!(open.contains("  soap-namespace\n") && !open.contains("  session-wire\n"), "{open}");
    let ope = errata("domainDelete");
    assert!(ope.contains("  operation-id_ope\n"), "{ope}");
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
fn an_example_in_soap_shows_what_is_sent() {
    for (api, command) in [("dynect", "CreateARecord"), ("netim", "contactCreate"), ("netim", "hostCreate")] {
        let page = bindwire(&["describe", api, command]).out;
        let (_, example) = page.split_once("EXAMPLE\n").unwrap();
        let (words, rest) = example.split_once("\n\n").unwrap();
        let words: Vec<&str> = words.split_whitespace().skip(1).map(|word| word.trim_matches('\'')).collect();
        let run = bindwire(&words);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{words:?}");
        let (shown, _) = rest.split_once("\n\n  bindwire decode").unwrap();
        let shown: Vec<&str> = shown.lines().map(str::trim).collect();
        let sent: Vec<&str> = run.out.lines().map(str::trim).collect();
        assert_eq!(shown, sent);
    }
}

#[test]
fn wrong_usage_is_told_in_a_line() {
    bindwire(&["describe", "dynadot", "domain-info"])
        .assert_usage(&["bindwire: dynadot has no command `domain-info`; did you mean `domain_info`?"]);
}
