//! Envelopes: root, header, head, and what stands in them.

use super::fixtures::*;
use super::*;
use crate::{Envelope, JsonAs};

fn found(domain: &str, price: &str) -> SearchResult {
    SearchResult { domain: domain.into(), available: "yes".into(), price: price.into() }
}

#[test]
fn search() {
    let mut reply = reply("Results", "", Search::SHAPE);
    reply.xml = Envelope { code: "", status: "", ..reply.xml };
    reply.json = Envelope { root: "SearchResponse", status: "", code_as: JsonAs::String, ..reply.json };
    let record = Search { results: vec![found("mydomain.com", "77.00 in USD"), found("mydomain.net", "")] };
    check_xml(
        &reply,
        &success(),
        &record,
        "\
<Results>
  <SearchResponse>
    <SearchHeader>
      <DomainName>mydomain.com</DomainName>
      <Available>yes</Available>
      <Price>77.00 in USD</Price>
    </SearchHeader>
  </SearchResponse>
  <SearchResponse>
    <SearchHeader>
      <DomainName>mydomain.net</DomainName>
      <Available>yes</Available>
    </SearchHeader>
  </SearchResponse>
</Results>",
    );
    check_json(
        &reply,
        &success(),
        &record,
        r#"{
  "SearchResponse": {
    "ResponseCode": "0",
    "SearchResults": [
      {
        "DomainName": "mydomain.com",
        "Available": "yes",
        "Price": "77.00 in USD"
      },
      {
        "DomainName": "mydomain.net",
        "Available": "yes"
      }
    ]
  }
}"#,
    );
    check_xml(&reply, &success(), &Search::default(), "<Results/>");
}

#[test]
fn status_alone() {
    let reply = reply("DeleteResponse", "DeleteHeader", Nothing::SHAPE);
    check_xml(
        &reply,
        &success(),
        &Nothing {},
        "\
<DeleteResponse>
  <DeleteHeader>
    <SuccessCode>0</SuccessCode>
    <Status>success</Status>
  </DeleteHeader>
</DeleteResponse>",
    );
    check_json(
        &reply,
        &success(),
        &Nothing {},
        r#"{
  "DeleteResponse": {
    "ResponseCode": 0,
    "Status": "success"
  }
}"#,
    );
    check_xml(&reply, &Head::default(), &Nothing {}, "<DeleteResponse/>");
    check_json(&reply, &Head::default(), &Nothing {}, "{\n  \"DeleteResponse\": {}\n}");
}

#[test]
fn a_reply_without_any_value_is_its_head() {
    let reply = reply("GetResponse", "AuthHeader", AuthCode::SHAPE);
    let status = Head { code: Some(0), status: Some("order created".into()), error: None, ..Head::default() };
    check_xml(
        &reply,
        &status,
        &AuthCode::default(),
        "\
<GetResponse>
  <AuthHeader>
    <SuccessCode>0</SuccessCode>
    <Status>order created</Status>
  </AuthHeader>
</GetResponse>",
    );
    check_json(
        &reply,
        &refusal("domain must be in ascii"),
        &AuthCode::default(),
        r#"{
  "GetResponse": {
    "ResponseCode": -1,
    "Status": "error",
    "Error": "domain must be in ascii"
  }
}"#,
    );
}

#[test]
fn a_refusal_has_no_empty_lists_and_keeps_its_values() {
    let orders = reply("OrderListResponse", "OrderListHeader", Orders::SHAPE);
    let head = Head { code: Some(5), ..Head::default() };
    check_json(&orders, &head, &Orders::default(), "{\n  \"OrderListResponse\": {\n    \"ResponseCode\": 5\n  }\n}");
    let reply = reply("GetResponse", "AuthHeader", AuthCode::SHAPE);
    let record = AuthCode { note: "in use".into(), ..AuthCode::default() };
    check_xml(
        &reply,
        &refusal("a < b"),
        &record,
        "\
<GetResponse>
  <AuthHeader>
    <SuccessCode>-1</SuccessCode>
    <Status>error</Status>
    <Error>a &lt; b</Error>
  </AuthHeader>
  <AuthContent>
    <Note>in use</Note>
  </AuthContent>
</GetResponse>",
    );
}

#[test]
fn fields_of_the_header_stand_after_the_head() {
    let reply = reply("GetResponse", "AuthHeader", AuthCode::SHAPE);
    let record = AuthCode { auth_code: "test&code".into(), note: Word::default() };
    check_xml(
        &reply,
        &success(),
        &record,
        "\
<GetResponse>
  <AuthHeader>
    <SuccessCode>0</SuccessCode>
    <Status>success</Status>
    <AuthCode>test&amp;code</AuthCode>
  </AuthHeader>
  <AuthContent>
    <Note/>
  </AuthContent>
</GetResponse>",
    );
    check_json(
        &reply,
        &success(),
        &record,
        r#"{
  "GetResponse": {
    "ResponseCode": 0,
    "Status": "success",
    "Note": "",
    "AuthCode": "test&code"
  }
}"#,
    );
}

#[test]
fn a_header_with_fields_only() {
    let mut reply = reply("GetResponse", "AuthHeader", AuthCode::SHAPE);
    let record = AuthCode { auth_code: "x".into(), note: "y".into() };
    reply.json.header = "AuthHeader";
    reply.json.root = "";
    check_xml(
        &reply,
        &Head::default(),
        &record,
        "\
<GetResponse>
  <AuthHeader>
    <AuthCode>x</AuthCode>
  </AuthHeader>
  <AuthContent>
    <Note>y</Note>
  </AuthContent>
</GetResponse>",
    );
    // JSON has no such level among its fields, so the header holds the head alone.
    check_json(&reply, &Head::default(), &record, "{\n  \"Note\": \"y\",\n  \"AuthCode\": \"x\"\n}");
    check_json(
        &reply,
        &success(),
        &record,
        r#"{
  "AuthHeader": {
    "ResponseCode": 0,
    "Status": "success"
  },
  "Note": "y",
  "AuthCode": "x"
}"#,
    );
}

#[test]
fn no_envelope() {
    let mut reply = reply("", "", Auctions::SHAPE);
    reply.json = Envelope { code: "", status: "status", ..reply.json };
    let auction = Auction { id: "11".into(), domain: "a.com".into(), links: Word::default(), idn: "false".into() };
    let record = Auctions { tags: Vec::new(), auctions: vec![auction] };
    check_json(
        &reply,
        &success(),
        &record,
        r#"{
  "status": "success",
  "auction_list": [
    {
      "auction_id": 11,
      "domain": "a.com",
      "Traffic": {
        "links": "-"
      },
      "is_idn": false
    }
  ]
}"#,
    );
    check_xml(
        &reply,
        &success(),
        &record,
        "\
<SuccessCode>0</SuccessCode>
<Status>success</Status>
<Auction>
  <AuctionId>11</AuctionId>
  <Domain>a.com</Domain>
  <Traffic>
    <Links>-1</Links>
  </Traffic>
</Auction>",
    );
    check_json(&reply, &Head::default(), &Auctions::default(), "{\n  \"auction_list\": []\n}");
}
