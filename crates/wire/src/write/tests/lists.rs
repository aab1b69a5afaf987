//! Lists: repeated elements, arrays, arrays of objects, repeated keys, and lists inside a text.

use super::fixtures::*;
use super::*;
use crate::{JsonAs, Node};

#[test]
fn lists_in_lists() {
    let reply = reply("OrderListResponse", "OrderListHeader", Orders::SHAPE);
    let item = |name: &str, duration: &str| OrderItem { name: name.into(), duration: duration.into() };
    let orders = Orders {
        orders: vec![
            Order { id: "123456".into(), items: vec![item("test.com", "1"), item("test1.ac", "one")] },
            Order { id: "123457".into(), items: Vec::new() },
        ],
    };
    check_xml(
        &reply,
        &success(),
        &orders,
        "\
<OrderListResponse>
  <OrderListHeader>
    <SuccessCode>0</SuccessCode>
    <Status>success</Status>
  </OrderListHeader>
  <OrderListContent>
    <OrderList>
      <Order>
        <OrderId>123456</OrderId>
        <OrderItem>
          <Name>test.com</Name>
          <Duration>1</Duration>
        </OrderItem>
        <OrderItem>
          <Name>test1.ac</Name>
          <Duration>one</Duration>
        </OrderItem>
      </Order>
      <Order>
        <OrderId>123457</OrderId>
      </Order>
    </OrderList>
  </OrderListContent>
</OrderListResponse>",
    );
    check_json(
        &reply,
        &success(),
        &orders,
        r#"{
  "OrderListResponse": {
    "ResponseCode": 0,
    "Status": "success",
    "OrderList": [
      {
        "OrderId": "123456",
        "ItemList": [
          {
            "Name": "test.com",
            "Duration": 1
          },
          {
            "Name": "test1.ac",
            "Duration": "one"
          }
        ]
      },
      {
        "OrderId": "123457",
        "ItemList": []
      }
    ]
  }
}"#,
    );
}

#[test]
fn a_list_without_items_is_an_empty_array_or_nothing() {
    let reply = reply("OrderListResponse", "OrderListHeader", Orders::SHAPE);
    let head = Head { code: Some(0), ..Head::default() };
    check_xml(
        &reply,
        &head,
        &Orders::default(),
        "\
<OrderListResponse>
  <OrderListHeader>
    <SuccessCode>0</SuccessCode>
  </OrderListHeader>
</OrderListResponse>",
    );
    check_json(
        &reply,
        &head,
        &Orders::default(),
        r#"{
  "OrderListResponse": {
    "ResponseCode": 0,
    "OrderList": []
  }
}"#,
    );
}

#[test]
fn arrays_of_objects_around_texts() {
    let reply = reply("R", "", Servers::SHAPE);
    let record = Servers {
        servers: vec![
            Server { id: "0".into(), ips: words(["192.168.1.1", "1.1.1.1"]), ports: Vec::new() },
            Server { id: "1".into(), ips: words(["::1"]), ports: words(["53", "853"]) },
            Server { id: "2".into(), ..Server::default() },
        ],
    };
    check_json(
        &reply,
        &Head::default(),
        &record,
        r#"{
  "R": {
    "ServerList": [
      {
        "ServerId": "0",
        "ServerIps": [
          {
            "Ip": "192.168.1.1"
          },
          {
            "Ip": "1.1.1.1"
          }
        ]
      },
      {
        "ServerId": "1",
        "ServerIps": [
          {
            "Ip": "::1",
            "Port": "53"
          },
          {
            "Port": "853"
          }
        ]
      },
      {
        "ServerId": "2"
      }
    ]
  }
}"#,
    );
    check_xml(
        &reply,
        &Head::default(),
        &Servers { servers: vec![record.servers[1].clone(), record.servers[2].clone()] },
        "\
<R>
  <Content>
    <Server>
      <ServerId>1</ServerId>
      <ServerIp>::1</ServerIp>
      <Port>53</Port>
      <Port>853</Port>
    </Server>
    <Server>
      <ServerId>2</ServerId>
    </Server>
  </Content>
</R>",
    );
}

#[test]
fn arrays_of_objects_around_records() {
    let reply = reply("R", "", Closeouts::SHAPE);
    let domain = Closeout { domain: "test.biz".into(), links: Word::default(), idn: "false".into() };
    let second = Closeout { domain: "b.biz".into(), links: "7".into(), idn: "maybe".into() };
    let record = Closeouts { size: "2".into(), domains: vec![domain, second] };
    check_json(
        &reply,
        &Head::default(),
        &record,
        r#"{
  "R": {
    "Size": 2,
    "CloseoutDomains": [
      {
        "closeoutItem": {
          "domainName": "test.biz",
          "inboundLinks": -1,
          "isIdn": false
        }
      },
      {
        "closeoutItem": {
          "domainName": "b.biz",
          "inboundLinks": 7,
          "isIdn": "maybe"
        }
      }
    ]
  }
}"#,
    );
    check_xml(
        &reply,
        &Head::default(),
        &Closeouts { size: Word::default(), domains: record.domains[..1].to_vec() },
        "\
<R>
  <Content>
    <CloseoutItem>
      <DomainName>test.biz</DomainName>
      <InboundLinks>-1</InboundLinks>
      <IsIDN>false</IsIDN>
    </CloseoutItem>
  </Content>
</R>",
    );
    check_json(
        &reply,
        &Head::default(),
        &Closeouts { size: "0".into(), domains: Vec::new() },
        "{\n  \"R\": {\n    \"Size\": 0,\n    \"CloseoutDomains\": []\n  }\n}",
    );
}

record! { Pairs { 0 = total: Word, 1 = names: Vec<Word>, 2 = marks: Vec<Word> ; 0 = folder: Option<Folder> } &[
    // An array in an item of another, a level in an item, and single values among lists.
    Node::group("Pairs", 6).json_array(),
    Node::leaf(0, "total", "Total"),
    Node::group("Inner", 1),
    Node::leaf(1, "names", "Name").many(),
    Node::group("Marks", 1).json_array(),
    Node::leaf(2, "marks", "Mark").many().json_as(JsonAs::Any),
    Node::one(0, "folder", "Folder", Folder::SHAPE).optional(),
] }

#[test]
fn arrays_of_objects_with_levels_and_single_values() {
    let reply = reply("R", "", Pairs::SHAPE);
    let record =
        Pairs { total: "2".into(), names: words(["a", ""]), marks: words(["1", "x"]), folder: Some(Folder::default()) };
    check_json(
        &reply,
        &Head::default(),
        &record,
        r#"{
  "R": {
    "Pairs": [
      {
        "Total": "2",
        "Inner": {
          "Name": "a"
        },
        "Marks": [
          {
            "Mark": 1
          }
        ],
        "Folder": {
          "FolderId": "-1",
          "FolderName": "(no folder)"
        }
      },
      {
        "Inner": {
          "Name": ""
        },
        "Marks": [
          {
            "Mark": "x"
          }
        ]
      }
    ]
  }
}"#,
    );
    check_json(
        &reply,
        &Head::default(),
        &Pairs { total: "0".into(), ..Pairs::default() },
        "{\n  \"R\": {\n    \"Pairs\": [\n      {\n        \"Total\": \"0\"\n      }\n    ]\n  }\n}",
    );
    check_json(&reply, &Head::default(), &Pairs::default(), "{\n  \"R\": {\n    \"Pairs\": []\n  }\n}");
}

#[test]
fn repeated_keys_are_not_numbered() {
    let reply = reply("GetNsResponse", "GetNsHeader", Hosts::SHAPE);
    let record = Hosts { hosts: words(["ns1.mydomain.com", "ns2.mydomain.com"]) };
    let written = write_reply(&reply, &success(), &record, Format::Json).unwrap();
    assert_eq!(
        written,
        r#"{
  "GetNsResponse": {
    "ResponseCode": 0,
    "Status": "success",
    "NsContent": {
      "Host": "ns1.mydomain.com",
      "Host": "ns2.mydomain.com"
    }
  }
}"#
    );
    // The last of equal keys is what serde_json keeps.
    assert_eq!(json(&written)["GetNsResponse"]["NsContent"], serde_json::json!({ "Host": "ns2.mydomain.com" }));
    check_xml(
        &reply,
        &Head::default(),
        &record,
        "\
<GetNsResponse>
  <NsContent>
    <Host>ns1.mydomain.com</Host>
    <Host>ns2.mydomain.com</Host>
  </NsContent>
</GetNsResponse>",
    );
    check_json(&reply, &Head::default(), &Hosts::default(), "{\n  \"GetNsResponse\": {}\n}");
}

#[test]
fn lists_of_texts() {
    let reply = reply("", "", Auctions::SHAPE);
    let record = Auctions { tags: words(["a\"b", ""]), ..Auctions::default() };
    check_json(
        &reply,
        &Head::default(),
        &record,
        "{\n  \"tags\": [\n    \"a\\\"b\",\n    \"\"\n  ],\n  \"auction_list\": []\n}",
    );
}

#[test]
fn a_list_in_a_text() {
    let reply = reply("R", "", Pushed::SHAPE);
    let record = Pushed { domains: words(["haha.com", "haha1.com"]) };
    check_json(
        &reply,
        &Head::default(),
        &record,
        "{\n  \"R\": {\n    \"pushDomainName\": \"[haha.com,haha1.com]\"\n  }\n}",
    );
    check_xml(
        &reply,
        &Head::default(),
        &record,
        "\
<R>
  <PushContent>
    <PushDomainName>haha.com</PushDomainName>
    <PushDomainName>haha1.com</PushDomainName>
  </PushContent>
</R>",
    );
    check_json(&reply, &Head::default(), &Pushed::default(), "{\n  \"R\": {\n    \"pushDomainName\": \"[]\"\n  }\n}");
    check_json(
        &reply,
        &refusal("no"),
        &Pushed::default(),
        "{\n  \"R\": {\n    \"ResponseCode\": -1,\n    \"Status\": \"error\",\n    \"Error\": \"no\"\n  }\n}",
    );
}

record! { Words { 0 = bare: Word, 1 = list: Vec<Word>, 2 = none: Vec<Word>, 3 = kept: Word } &[
    Node::leaf(0, "bare", "Bare").optional(),
    Node::leaf(1, "list", "List").many().none(&["-"], ["-", "-1", ""]).json_as(JsonAs::Any),
    Node::leaf(2, "none", "None").many().in_string().none(&["-"], ["-"; 3]),
    Node::leaf(3, "kept", "Kept").optional().none(&["n/a"], ["n/a"; 3]),
] }

#[test]
fn words_for_absent() {
    let reply = reply("R", "", Words::SHAPE);
    let record = Words { list: words(["2", ""]), ..Words::default() };
    check_xml(&reply, &Head::default(), &record, "<R>\n  <List>2</List>\n  <List>-</List>\n</R>");
    check_json(
        &reply,
        &Head::default(),
        &record,
        r#"{
  "R": {
    "List": [
      2,
      -1
    ],
    "None": "-"
  }
}"#,
    );
}
