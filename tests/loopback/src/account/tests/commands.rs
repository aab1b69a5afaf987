//! Every command of the registry, keys, unknown names and refusals that were asked for.

use super::*;
use bindwire_dynadot::account::AccountInfo;
use bindwire_dynadot::auction::PlaceAuctionBid;
use bindwire_dynadot::domain::{Register, SetNote};
use bindwire_dynadot::registry::{COMMANDS, raw};
use bindwire_dynadot::transfer::GetTransferAuthCode;
use bindwire_wire::{Class, decode_into};

fn ask_raw(account: &Account, target: &str) -> String {
    String::from_utf8(account.answer(&Request::get(target)).body).unwrap()
}

#[test]
fn every_command_answers_or_refuses_in_every_format_of_its() {
    for entry in COMMANDS {
        for &format in entry.info.formats {
            let account = Account::new(now());
            let name = entry.info.name;
            let suffix = API_INFO.suffix(format).unwrap();
            let target = format!("/api3.{suffix}?key=k&command={name}");
            let options = Options::default().format(format);

            let body = ask_raw(&account, &target);
            let mut record = (entry.new_reply)();
            let reply = decode_into(entry.info.reply, body.as_bytes(), &options, &mut *record)
                .unwrap_or_else(|error| panic!("{name} in {format}: {error}\n{body}"));
            let writes = u64::from(reply.is_ok() && entry.info.effect != Effect::Read);
            assert_eq!(account.executions(name), writes, "{name} in {format}");

            account.refuse_next(name, "system_busy", "currently processing another request from this account");
            let body = ask_raw(&account, &target);
            let mut record = (entry.new_reply)();
            let reply = decode_into(entry.info.reply, body.as_bytes(), &options, &mut *record)
                .unwrap_or_else(|error| panic!("{name} in {format}: {error}\n{body}"));
            let refusal = reply.refusal.unwrap_or_else(|| panic!("{name} in {format} is not refused\n{body}"));
            assert_eq!(refusal.class, Class::Busy, "{name} in {format}");
            assert_eq!(account.executions(name), writes);
            assert_eq!(account.calls(), [name, name]);
        }
    }
}

#[test]
fn commands_without_state_succeed_and_count_by_their_effect() {
    let account = Account::new(now());
    for format in BOTH {
        let reply = ask(&account, &SetNote::new("domain1.com", "note"), format);
        assert_eq!((reply.status(), reply.is_ok()), ("success", true));
        assert!(ask(&account, &AccountInfo::new(), format).is_ok());
        assert!(ask(&account, &GetTransferAuthCode::new("domain1.com"), format).is_ok());
        assert!(ask(&account, &GetTransferAuthCode::new("domain1.com").new_code(true), format).is_ok());
    }
    assert_eq!(account.executions("set_note"), 2);
    assert_eq!(account.executions("account_info"), 0);
    assert_eq!(account.executions("get_transfer_auth_code"), 2);
}

#[test]
fn a_key_is_wanted_before_anything_else() {
    let account = Account::new(now());
    for (suffix, start) in
        [("xml", "<Response>"), ("json", "{\n  \"Response\": {"), ("html", "error,"), ("csv", "error,")]
    {
        for target in [format!("/api3.{suffix}?command=register"), format!("/api3.{suffix}?key=&command=no_such")] {
            let body = ask_raw(&account, &target);
            assert!(body.contains("invalid key"), "{body}");
            assert!(
                body.trim_start_matches("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").starts_with(start),
                "{body}"
            );
        }
    }
    assert_eq!(account.calls().len(), 8);
    assert_eq!(account.answer(&Request::get("/api3")).status, 404);
    assert_eq!(account.answer(&Request::get("/api3.pdf?key=k")).status, 404);
}

#[test]
fn an_unknown_command_is_refused() {
    let account = Account::new(now());
    for format in [Format::Xml, Format::Json, Format::Csv] {
        let query = Query::of(&raw("no_such_command")).unwrap().to_query_string();
        let body = ask_raw(&account, &format!("/api3.{}?key=k&{query}", API_INFO.suffix(format).unwrap()));
        assert!(body.contains("incorrect command name"), "{body}");
    }
    assert_eq!(account.calls(), ["no_such_command"; 3]);
}

#[test]
fn refusals_are_given_once_a_call_in_order() {
    let account = Account::new(now());
    account.refuse_next("register", "insufficient_funds", "");
    account.refuse_next("register", "error", "problem with connection to main server");
    let command = Register::new("domain1.com", 1);
    let first = refusal(&account, &command, Format::Xml);
    assert_eq!((first.class, first.code, first.error.as_str()), (Class::Balance, Some(-1), ""));
    let second = refusal(&account, &command, Format::Json);
    assert_eq!((second.class, second.may_have_run), (Class::Busy, true));
    assert_eq!(account.executions("register"), 0);
    assert!(ask(&account, &command, Format::Json).is_ok());
    assert_eq!(account.executions("register"), 1);
}

#[test]
fn a_command_without_csv_is_refused_in_csv() {
    let account = Account::new(now());
    let body = ask_raw(&account, "/api3.csv?key=k&command=register&domain=domain1.com&duration=1");
    assert!(body.starts_with("error,the command does not answer in csv"), "{body}");
    assert_eq!(account.executions("register"), 0);
}

#[test]
fn a_bid_is_answered_in_csv_too() {
    let account = Account::new(now());
    account.add_auction("domain1.com", dollars("10"));
    assert!(ask(&account, &PlaceAuctionBid::new("domain1.com", dollars("10")), Format::Csv).is_ok());
    let low = refusal(&account, &PlaceAuctionBid::new("domain1.com", dollars("10")), Format::Csv);
    assert_eq!(low.error.as_str(), "bid amount is too low");
}
