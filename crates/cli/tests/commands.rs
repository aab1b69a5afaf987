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
    assert_snapshot!(bindwire(&["commands", "--family", "transfer"]).out, @"
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
fn every_command_is_listed() {
    let json = bindwire(&["commands", "--json"]).json();
    let listed = json.as_array().unwrap();
    let table = bindwire(&["commands"]).out;
    assert_eq!(table.lines().count(), listed.len() + 1);
    let register = listed.iter().find(|command| command["name"] == "register").unwrap();
    assert_eq!((register["effect"].as_str(), register["family"].as_str()), (Some("spend"), Some("domain")));
    assert_eq!(register["formats"], serde_json::json!(["xml", "json"]));
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
