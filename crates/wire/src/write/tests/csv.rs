//! CSV in lines and on one line, and what the `csv` crate makes of it.

use super::fixtures::*;
use super::*;
use crate::{CsvLayout, Node, WriteError};

const LINES: CsvLayout = CsvLayout { cells: &["code", "status"], lines: true, rows: "auctions" };
const ONE_LINE: CsvLayout = CsvLayout { lines: false, ..LINES };

fn auctions() -> Auctions {
    let first = Auction { id: "10001".into(), domain: "domain.com".into(), links: Word::default(), idn: "x".into() };
    let second =
        Auction { id: "10002".into(), domain: "a \"b\", c".into(), links: " 7\n".into(), ..Auction::default() };
    Auctions { tags: Vec::new(), auctions: vec![first, second] }
}

#[track_caller]
fn check(layout: CsvLayout, head: &Head, record: &dyn Record, expected: &str, cells: &[&[&str]]) {
    let written = write_reply(&csv_reply(record.shape(), layout), head, record, Format::Csv).unwrap();
    assert_eq!(written, expected);
    assert_eq!(oracle::csv(&written), cells);
}

#[test]
fn in_lines() {
    check(
        LINES,
        &success(),
        &auctions(),
        "ok,\nsuccess,\nAuctionId,Domain,Links\n10001,domain.com,-1\n10002,\"a \"\"b\"\", c\",\" 7\n\"\n",
        &[
            &["ok", ""],
            &["success", ""],
            &["AuctionId", "Domain", "Links"],
            &["10001", "domain.com", "-1"],
            &["10002", "a \"b\", c", " 7\n"],
        ],
    );
    check(
        LINES,
        &success(),
        &Auctions::default(),
        "ok,\nsuccess,\nAuctionId,Domain,Links\n",
        &[&["ok", ""], &["success", ""], &["AuctionId", "Domain", "Links"]],
    );
}

#[test]
fn on_one_line() {
    let mut record = auctions();
    record.auctions[1] = Auction { id: "10002".into(), ..Auction::default() };
    check(
        ONE_LINE,
        &success(),
        &record,
        "ok,success,AuctionId,Domain,Links,10001,domain.com,-1,10002,,-1",
        &[&["ok", "success", "AuctionId", "Domain", "Links", "10001", "domain.com", "-1", "10002", "", "-1"]],
    );
}

#[test]
fn cells_alone() {
    let layout = |cells, lines| CsvLayout { cells, lines, rows: "" };
    let tags = Auctions { tags: words(["a", "b"]), auctions: Vec::new() };
    check(layout(&["code", "status"], false), &success(), &Nothing {}, "ok,success", &[&["ok", "success"]]);
    check(
        layout(&["code", "status", ""], true),
        &success(),
        &Nothing {},
        "ok,\nsuccess,\n,\n",
        &[&["ok", ""], &["success", ""], &["", ""]],
    );
    check(
        layout(&["code", "id", "error", "name"], false),
        &success(),
        &Folder { id: "3".into(), name: Word::default() },
        "ok,3,,(no folder)",
        &[&["ok", "3", "", "(no folder)"]],
    );
    check(layout(&["", "tags"], false), &success(), &tags, ",\"[a,b]\"", &[&["", "[a,b]"]]);
    check(layout(&["", "tags"], false), &Head::default(), &Auctions::default(), ",", &[&["", ""]]);
}

#[test]
fn a_refusal_is_its_message() {
    let head = refusal("could not find \"a.com\", sorry");
    let cells: &[&[&str]] = &[&["error", "could not find \"a.com\", sorry"]];
    check(ONE_LINE, &head, &auctions(), "error,\"could not find \"\"a.com\"\", sorry\"", cells);
    check(LINES, &head, &auctions(), "error,\"could not find \"\"a.com\"\", sorry\"\n", cells);
    let head = Head { code: Some(5), status: Some("system_busy".into()), error: None, ..Head::default() };
    check(LINES, &head, &auctions(), "error,system_busy\n", &[&["error", "system_busy"]]);
    let head = Head { code: Some(0), status: None, error: Some("offline".into()), ..Head::default() };
    check(ONE_LINE, &head, &auctions(), "error,offline", &[&["error", "offline"]]);
}

record! { Row { 0 = only: Word } &[Node::leaf(0, "only", "Only")] }
record! { Rows {; 0 = rows: Vec<Row>} &[Node::list(0, "rows", "Row", Row::SHAPE)] }

#[test]
fn a_row_of_one_empty_cell_is_a_row() {
    let layout = CsvLayout { cells: &["code"], lines: true, rows: "rows" };
    let record = Rows { rows: vec![Row::default(), Row { only: "x".into() }] };
    check(layout, &success(), &record, "ok,\nOnly\n\"\"\nx\n", &[&["ok", ""], &["Only"], &[""], &["x"]]);
}

#[test]
fn layouts_that_do_not_fit() {
    let errors = [
        reply("", "", Auctions::SHAPE),
        csv_reply(Auctions::SHAPE, CsvLayout { rows: "tags", ..LINES }),
        csv_reply(Auctions::SHAPE, CsvLayout { cells: &["auctions"], ..LINES }),
    ]
    .map(|reply| write_reply(&reply, &success(), &auctions(), Format::Csv).unwrap_err());
    assert_eq!(errors[0], WriteError::NoCsv { command: "test_command" });
    assert_eq!(errors[0].to_string(), "`test_command` has no layout in csv; write it in xml or json");
    assert_eq!(errors[1], WriteError::NoField { command: "test_command", field: "tags" });
    assert_eq!(
        errors[2].to_string(),
        "the csv layout of `test_command` names `auctions`, but the reply has no such text (in `cells`) or list of records (in \
         `rows`); correct the layout in the spec"
    );
}
