//! `bindwire commands`: the table and the JSON list.

mod support;

use insta::assert_snapshot;
use std::process::{Command, Stdio};
use support::bindwire;

#[test]
fn a_family_is_a_table() {
    assert_snapshot!(bindwire(&["commands", "dynadot", "--family", "auction"]).out, @"
    COMMAND              FAMILY   EFFECT  FORMATS       REMARKS
    get_auction_bids     auction  read    xml json
    get_auction_details  auction  read    xml json
    get_closed_auctions  auction  read    xml json csv
    get_open_auctions    auction  read    xml json csv
    place_auction_bid    auction  spend   xml json csv
    ");
    assert_snapshot!(bindwire(&["commands", "dynadot", "--family", "transfer"]).out, @"
    COMMAND                  FAMILY    EFFECT  FORMATS   REMARKS
    authorize_transfer_away  transfer  write   xml json  resellers
    cancel_transfer          transfer  write   xml json
    get_transfer_auth_code   transfer  read    xml json  write with new_code, write with unlock_domain_for_transfer
    get_transfer_status      transfer  read    xml json
    set_transfer_auth_code   transfer  write   xml json
    transfer                 transfer  spend   xml json
    transfer_domain_list     transfer  read    json      newer
    ");
}

#[test]
fn a_family_of_several_apis_tells_which_they_are() {
    assert_snapshot!(bindwire(&["commands", "--family", "session"]).out, @"
    API     COMMAND               FAMILY   EFFECT            FORMATS  REMARKS
    dynect  ScopeAs               session  write             xml      since 3.7.11
    dynect  ScopeIn               session  write             xml      since 3.7.11
    dynect  SessionIsAlive        session  read              xml
    dynect  SessionKeepAlive      session  idempotent_write  xml
    dynect  SessionLogin          session  write             xml
    dynect  SessionLogout         session  idempotent_write  xml
    dynect  Unscope               session  idempotent_write  xml      since 3.7.11
    netim   hello                 session  read              xml
    netim   queryAllSessions      session  read              xml
    netim   sessionClose          session  idempotent_write  xml
    netim   sessionInfo           session  read              xml
    netim   sessionOpen           session  write             xml
    netim   sessionSetPreference  session  idempotent_write  xml
    ");
}

#[test]
fn a_newer_command_tells_since_when_it_is_there() {
    let table = bindwire(&["commands", "dynect", "--family", "dsf"]).out;
    let line = table.lines().find(|line| line.starts_with("CreateDSF ")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>().join(" "), "CreateDSF dsf write xml since 3.7.11");
}

#[test]
fn every_command_is_listed() {
    let json = bindwire(&["commands", "--json"]).json();
    let listed = json.as_array().unwrap();
    let table = bindwire(&["commands"]).out;
    assert_eq!(table.lines().count(), listed.len() + 1);
    let register = listed.iter().find(|command| command["name"] == "register").unwrap();
    assert_eq!((register["effect"].as_str(), register["family"].as_str()), (Some("spend"), Some("domain")));
    assert_eq!(register["formats"], serde_json::json!(["xml", "json"]));
    let count = |api: &str| listed.iter().filter(|command| command["api"] == api).count();
    assert_eq!(["dynadot", "dynect", "netim"].map(count), [112, 514, 102]);
}

#[test]
fn a_family_that_is_not_known_is_told() {
    bindwire(&["commands", "--family", "dsn"])
        .assert_usage(&["bindwire: there is no family `dsn`; did you mean `dns`?"]);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bindwire"))
        .args(["commands", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}
