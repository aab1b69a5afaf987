//! Levels: groups that are seen through, merged, optional or empty, and records in records.

use super::fixtures::*;
use super::*;
use crate::{JsonAs, Node, Shape, WriteError};

#[test]
fn groups_and_absent_values() {
    let mut reply = reply("DomainInfoResponse", "DomainInfoHeader", DomainInfo::SHAPE);
    reply.json.code_as = JsonAs::Any;
    let record =
        DomainInfo { name: "domain1.com".into(), registrant: "0".into(), admin: "1".into(), ..DomainInfo::default() };
    check_xml(
        &reply,
        &success(),
        &record,
        "\
<DomainInfoResponse>
  <DomainInfoHeader>
    <SuccessCode>0</SuccessCode>
    <Status>success</Status>
  </DomainInfoHeader>
  <DomainInfoContent>
    <Domain>
      <Name>domain1.com</Name>
      <Whois>
        <Registrant>
          <ContactId>0</ContactId>
        </Registrant>
        <Admin>
          <ContactId>1</ContactId>
        </Admin>
      </Whois>
      <Note/>
      <Folder>
        <FolderId>-1</FolderId>
        <FolderName>(no folder)</FolderName>
      </Folder>
    </Domain>
    <Type/>
  </DomainInfoContent>
</DomainInfoResponse>",
    );
    check_json(
        &reply,
        &success(),
        &record,
        r#"{
  "DomainInfoResponse": {
    "ResponseCode": 0,
    "Status": "success",
    "DomainInfo": {
      "Name": "domain1.com",
      "Whois": {
        "Registrant": {
          "ContactId": "0"
        },
        "Admin": {
          "ContactId": "1"
        }
      },
      "Note": "",
      "Folder": {
        "FolderId": "-1",
        "FolderName": "(no folder)"
      }
    }
  }
}"#,
    );
}

#[test]
fn optional_levels_and_records_stand_where_they_have_a_value() {
    let reply = reply("R", "", DomainInfo::SHAPE);
    let record = DomainInfo { ads: "Yes".into(), glue: Some(Folder::default()), ..DomainInfo::default() };
    check_json(
        &reply,
        &Head::default(),
        &record,
        r#"{
  "R": {
    "DomainInfo": {
      "Name": "",
      "Whois": {
        "Registrant": {
          "ContactId": ""
        },
        "Admin": {
          "ContactId": ""
        }
      },
      "Note": "",
      "Folder": {
        "FolderId": "-1",
        "FolderName": "(no folder)"
      },
      "Glue": {
        "FolderId": "-1",
        "FolderName": "(no folder)"
      }
    },
    "Dns": {
      "Type": "",
      "WithAds": "Yes"
    }
  }
}"#,
    );
    // A refusal is sparse outside of records that are there.
    check_json(
        &reply,
        &Head { code: Some(1), ..Head::default() },
        &record,
        r#"{
  "R": {
    "ResponseCode": 1,
    "DomainInfo": {
      "Glue": {
        "FolderId": "-1",
        "FolderName": "(no folder)"
      }
    },
    "Dns": {
      "WithAds": "Yes"
    }
  }
}"#,
    );
}

record! { Required { 0 = name: Word ; 0 = folder: Option<Folder>; 1 = nothing: Nothing } &[
    Node::leaf(0, "name", "Name"),
    Node::one(0, "folder", "Folder", Folder::SHAPE),
    Node::one(1, "nothing", "Nothing", Nothing::SHAPE),
    Node::group("Empty", 1),
    Node::one(9, "unknown", "Unknown", Nothing::SHAPE).optional(),
] }

#[test]
fn a_required_record_without_texts_is_empty() {
    let reply = reply("R", "H", Required::SHAPE);
    let record = Required { name: "x".into(), ..Required::default() };
    check_xml(&reply, &Head::default(), &record, "<R>\n  <Name>x</Name>\n  <Folder/>\n  <Nothing/>\n</R>");
    check_json(
        &reply,
        &Head::default(),
        &record,
        "{\n  \"R\": {\n    \"Name\": \"x\",\n    \"Folder\": {},\n    \"Nothing\": {}\n  }\n}",
    );
    check_xml(&reply, &Head::default(), &Required::default(), "<R/>");
}

record! { SameNames { 0 = a: Word, 1 = b: Word, 2 = c: Word } &[
    Node::group("A", 2),
    Node::group("A", 1),
    Node::leaf(0, "a", "A"),
    Node::group("", 2),
    Node::group("A", 1),
    Node::leaf(1, "b", "B"),
    Node::leaf(2, "c", "A"),
] }

#[test]
fn equal_names_on_several_levels() {
    let reply = reply("A", "", SameNames::SHAPE);
    let record = SameNames { a: "1".into(), b: "2".into(), c: "3".into() };
    check_xml(
        &reply,
        &Head::default(),
        &record,
        "<A>\n  <A>\n    <A>\n      <A>1</A>\n    </A>\n    <B>2</B>\n  </A>\n  <A>3</A>\n</A>",
    );
}

#[derive(Default)]
struct Tree(Vec<Tree>);

static TREE: Shape = Shape { name: "Tree", nodes: &[Node::list(0, "trees", "Tree", &TREE)] };

impl crate::Record for Tree {
    fn shape(&self) -> &'static Shape {
        &TREE
    }

    fn leaf(&self, _: u16) -> Option<&dyn crate::Leaf> {
        None
    }

    fn leaf_mut(&mut self, _: u16) -> Option<&mut dyn crate::Leaf> {
        None
    }

    fn child(&self, _: u16) -> Option<&dyn crate::Child> {
        Some(&self.0)
    }
}

#[test]
fn records_in_records_without_end() {
    let grown = |levels| (1..levels).fold(Tree::default(), |tree, _| Tree(vec![tree]));
    let reply = reply("R", "", &TREE);
    // In JSON every list takes an array and an object.
    for (format, most) in [(Format::Xml, 64), (Format::Json, 32)] {
        write_reply(&reply, &success(), &grown(most), format).unwrap();
        let error = write_reply(&reply, &success(), &grown(most + 1), format).unwrap_err();
        assert_eq!(error, WriteError::TooDeep { command: "test_command" });
        assert_eq!(
            error.to_string(),
            "the reply of `test_command` has more than 64 levels in one another; nest its records less deeply"
        );
    }
}
