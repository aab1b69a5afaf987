//! Hostile descriptions: small or large files that would cost much, and files that are not what they seem. What is told is
//! compared as a whole; that the tests end at once is the other half.

use super::{fresh, here, told};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

const XSD: &str = "xmlns:x=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:t\"";

/// A WSDL whose schema holds `schema`, and whose definitions hold `more`.
fn wsdl(schema: &str, more: &str) -> String {
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" {XSD} targetNamespace="urn:t">
<types><x:schema targetNamespace="urn:t">
{schema}
</x:schema></types>
<portType name="P"/>
<binding name="B" type="t:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/></binding>
<service name="S"><port name="S" binding="t:B"><s:address location="https://t.example/"/></port></service>
{more}</definitions>"#
    )
}

fn write(name: &str, text: &str) -> PathBuf {
    let path = fresh(name).join("t.wsdl");
    fs::write(&path, text).expect("a written file");
    path
}

/// What is told of a WSDL with such a schema, which is expected to be one line.
fn of_schema(name: &str, schema: &str) -> String {
    told(&write(name, &wsdl(schema, ""))).join("\n")
}

fn sparse(path: &Path, bytes: u64) {
    File::create(path).and_then(|file| file.set_len(bytes)).expect("a large file");
}

#[test]
fn the_frame_itself_is_well() {
    assert_eq!(of_schema("frame", ""), "");
}

#[test]
fn no_file() {
    let dir = fresh("no file");
    assert_eq!(told(&dir.join("t.wsdl")), ["t.wsdl:1:1: this file does not exist"]);
    assert_eq!(told(&dir), ["no-file:1:1: this file is not a file"]);
}

#[test]
fn not_utf_8() {
    let path = fresh("not utf 8").join("t.wsdl");
    fs::write(&path, b"<a>\n<b>\xc3\xa4\xe4</b></a>").expect("a written file");
    assert_eq!(told(&path), ["t.wsdl:2:5: this is not UTF-8; save the file as UTF-8"]);
}

#[test]
fn a_mark_of_the_encoding_is_no_text() {
    assert_eq!(told(&write("bom", &format!("\u{feff}{}", wsdl("", "")))), [""; 0]);
}

#[test]
fn a_file_that_is_too_large() {
    let path = fresh("large").join("t.wsdl");
    sparse(&path, 16 * 1024 * 1024 + 1);
    assert_eq!(told(&path), ["t.wsdl:1:1: this file is larger than 16 MiB, the most that is read of a file"]);
}

#[test]
fn files_that_are_too_large_together() {
    let mut schema = String::new();
    for number in 0..3 {
        let _ = writeln!(schema, "<x:include schemaLocation=\"{number}.xsd\"/>");
    }
    let path = write("large together", &wsdl(&schema, ""));
    let filling = " ".repeat(15 * 1024 * 1024);
    for number in 0..3 {
        let text = format!("<x:schema {XSD}><!--{filling}--></x:schema>");
        fs::write(path.with_file_name(format!("{number}.xsd")), text).expect("a written file");
    }
    let most = "the file `2.xsd` is too large together with the others; at most 32 MiB are read";
    assert_eq!(told(&path), [format!("t.wsdl:5:12: {most}")]);
}

#[test]
fn too_many_files() {
    let mut schema = String::new();
    for number in 1..=65 {
        let _ = writeln!(schema, "<x:include schemaLocation=\"{number}.xsd\"/>");
    }
    let path = write("many files", &wsdl(&schema, ""));
    for number in 1..=65 {
        fs::write(path.with_file_name(format!("{number}.xsd")), format!("<x:schema {XSD}/>")).expect("a written file");
    }
    let line = |line: u32, number: u32| {
        format!("t.wsdl:{line}:12: the file `{number}.xsd` would be one file too many; at most 64 are read")
    };
    assert_eq!(told(&path), [line(66, 64), line(67, 65)]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_folder() {
    let path = write("links", &wsdl("<x:include schemaLocation=\"in/secret.xsd\"/>", ""));
    let outside = fresh("links outside");
    fs::write(outside.join("secret.xsd"), "<secret/>").expect("a written file");
    std::os::unix::fs::symlink(&outside, path.with_file_name("in")).expect("a link");
    let leaves = "leaves the folder of the first file; only files beneath it are read";
    let what = "move the file there and write its name here";
    assert_eq!(told(&path), [format!("t.wsdl:3:12: the file `in/secret.xsd` {leaves}: {what}")]);
}

#[cfg(unix)]
#[test]
fn a_device_without_end() {
    let path = write("device", &wsdl("<x:include schemaLocation=\"zero.xsd\"/>", ""));
    std::os::unix::fs::symlink("/dev/zero", path.with_file_name("zero.xsd")).expect("a link");
    let leaves = "leaves the folder of the first file; only files beneath it are read";
    let what = "move the file there and write its name here";
    assert_eq!(told(&path), [format!("t.wsdl:3:12: the file `zero.xsd` {leaves}: {what}")]);
    let first = fresh("first device").join("t.wsdl");
    std::os::unix::fs::symlink("/dev/zero", &first).expect("a link");
    assert_eq!(told(&first), ["t.wsdl:1:1: this file is not a file"]);
}

#[cfg(unix)]
#[test]
fn a_loop_by_links_ends() {
    let path = write("link loop", &wsdl("<x:include schemaLocation=\"a.xsd\"/>", ""));
    fs::write(
        path.with_file_name("a.xsd"),
        format!("<x:schema {XSD}><x:include schemaLocation=\"d/a.xsd\"/></x:schema>"),
    )
    .expect("a written file");
    std::os::unix::fs::symlink(".", path.with_file_name("d")).expect("a link");
    assert_eq!(told(&path), [""; 0]);
}

#[test]
fn elements_that_are_too_deep() {
    let deep = "<x:sequence>".repeat(200) + &"</x:sequence>".repeat(200);
    let told = of_schema("deep", &format!("<x:complexType name=\"D\">\n{deep}</x:complexType>"));
    assert_eq!(told, "t.wsdl:4:1489: elements stand more than 128 deep within each other");
}

#[test]
fn elements_as_deep_as_may_be() {
    let deep = "<x:sequence>".repeat(123) + "<x:element name=\"a\"/>" + &"</x:sequence>".repeat(123);
    assert_eq!(of_schema("deep enough", &format!("<x:complexType name=\"D\">{deep}</x:complexType>")), "");
}

#[test]
fn too_many_elements() {
    let told = of_schema("elements", &"<x:element name=\"a\"/>\n".repeat(260_000));
    assert_eq!(told, "t.wsdl:249998:1: there are more than 500000 elements and attributes");
}

#[test]
fn too_many_attributes() {
    let attributes: Vec<String> = (0..100_000).map(|number| format!("a{number}=\"\"")).collect();
    let told = of_schema("attributes", &format!("<x:element {}/>", attributes.join(" ")));
    assert_eq!(told, "t.wsdl:3:450: this element has more than 64 attributes");
}

#[test]
fn too_many_namespaces() {
    let mut text = String::new();
    for level in 0..5 {
        let declarations: Vec<String> = (0..60).map(|number| format!("xmlns:p{level}n{number}=\"u\"")).collect();
        let _ = writeln!(text, "<x:annotation {}>", declarations.join(" "));
    }
    assert_eq!(of_schema("namespaces", &text), "t.wsdl:7:1: more than 256 namespace declarations hold here");
}

#[test]
fn a_long_chain_of_types() {
    let mut schema = "<x:complexType name=\"T0\"/>\n".to_owned();
    for number in (1..=65).rev() {
        let base = number - 1;
        let extension = format!("<x:extension base=\"t:T{base}\"/>");
        let _ = writeln!(
            schema,
            "<x:complexType name=\"T{number}\"><x:complexContent>{extension}</x:complexContent></x:complexType>"
        );
    }
    let told = of_schema("chain", &schema);
    assert_eq!(told, "t.wsdl:67:57: more than 64 types are derived from each other here");
}

#[test]
fn groups_that_are_nested_too_deep() {
    let mut schema = "<x:group name=\"G0\"><x:sequence/></x:group>\n".to_owned();
    for number in 1..=200 {
        let reference = format!("<x:group ref=\"t:G{}\"/>", number - 1);
        let _ = writeln!(schema, "<x:group name=\"G{number}\"><x:sequence>{reference}</x:sequence></x:group>");
    }
    let told = of_schema("nested groups", &schema);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 137);
    assert!(lines.iter().all(|line| line.ends_with("groups are nested more than 128 deep, references followed")));
}

#[test]
fn groups_that_double_each_other() {
    let mut schema = "<x:group name=\"G0\"><x:sequence><x:element name=\"a\"/></x:sequence></x:group>\n".to_owned();
    for number in 1..=40 {
        let reference = format!("<x:group ref=\"t:G{}\"/>", number - 1);
        let _ =
            writeln!(schema, "<x:group name=\"G{number}\"><x:sequence>{reference}{reference}</x:sequence></x:group>");
    }
    let told = of_schema("doubling groups", &schema);
    let problem = "types have more than 1000000 members in all, those of groups and bases written out";
    assert!(told.ends_with(problem) && told.lines().count() == 1, "{told}");
}

#[test]
fn a_long_text_that_is_used_often() {
    let text = "long ".repeat(400_000);
    let documented = format!("<x:annotation><x:documentation>{text}</x:documentation></x:annotation>");
    let mut schema = format!(
        "<x:complexType name=\"B\"><x:sequence><x:element name=\"a\">{documented}</x:element></x:sequence></x:complexType>\n"
    );
    for number in 0..10_000 {
        let extension = "<x:complexContent><x:extension base=\"t:B\"/></x:complexContent>";
        let _ = writeln!(schema, "<x:complexType name=\"T{number}\">{extension}</x:complexType>");
    }
    let told = of_schema("long text", &schema);
    assert_eq!(
        told,
        "t.wsdl:18:45: types have more than 1000000 members in all, those of groups and bases written out"
    );
}

#[test]
fn names_on_the_way_that_are_too_long() {
    let name = "n".repeat(255);
    let mut schema = String::new();
    for _ in 0..4 {
        let _ = write!(schema, "<x:element name=\"{name}\"><x:complexType><x:sequence>");
    }
    schema += "<x:element name=\"a\"/>";
    schema += &"</x:sequence></x:complexType></x:element>".repeat(4);
    let told = of_schema("long way", &schema);
    let problem = "the names on the way to this type have more than 512 characters; give it a name";
    assert_eq!(told, format!("t.wsdl:3:877: {problem}"));
}

#[test]
fn types_of_one_name_without_end() {
    // Each gets a number, and finding it does not begin at the first one.
    let member = "<x:choice><x:element name=\"a\"><x:complexType/></x:element></x:choice>";
    let told = of_schema(
        "one name",
        &format!("<x:complexType name=\"T\"><x:sequence>\n{}</x:sequence></x:complexType>", member.repeat(20_000)),
    );
    assert_eq!(told.lines().count(), 19_999);
}

#[test]
fn a_message_that_is_used_too_often() {
    let parts: Vec<String> = (0..2_000).map(|number| format!("<part name=\"p{number}\" type=\"x:int\"/>")).collect();
    let mut more = format!("<message name=\"M\">{}</message>\n<portType name=\"Q\">\n", parts.join("\n"));
    let mut bound = String::new();
    for number in 0..200 {
        let _ = writeln!(more, "<operation name=\"o{number}\"><input message=\"t:M\"/></operation>");
        let _ = writeln!(
            bound,
            "<operation name=\"o{number}\"><input><s:body use=\"literal\" namespace=\"u\"/></input></operation>"
        );
    }
    more += "</portType>";
    let text = wsdl("", &more)
        .replace("type=\"t:P\">", "type=\"t:Q\">")
        .replace("soap/http\"/></binding>", &format!("soap/http\" style=\"rpc\"/>{bound}</binding>"));
    let told = told(&write("message", &text)).join("\n");
    let problem = "operations have more than 200000 parts in all, each counted wherever it is used";
    assert!(told.ends_with(problem) && told.lines().count() == 1, "{told}");
}

#[test]
fn wrong_names_without_end() {
    // Each is compared with the right ones only as long as that costs little.
    let mut schema = String::new();
    for number in 0..5_000 {
        let _ = writeln!(
            schema,
            "<x:complexType name=\"Type{number}\"><x:sequence><x:element name=\"a\" type=\"t:Typ{number}\"/></x:sequence></x:complexType>"
        );
    }
    assert_eq!(of_schema("wrong names", &schema).lines().count(), 5_000);
}

#[test]
fn long_quotes_are_cut() {
    let name = "!".repeat(100_000);
    let told = of_schema("long quote", &format!("<x:element name=\"{name}\"/>"));
    let quote = "!".repeat(80);
    let rule = "is no name; letters, digits, `_`, `-` and `.` make one, and it begins with a letter or `_`";
    assert_eq!(told, format!("t.wsdl:3:12: `{quote}...` {rule}"));
}

/// A folder with the good description, and its two files.
fn good(name: &str) -> (PathBuf, [String; 2]) {
    let dir = fresh(name);
    let files = ["shop.wsdl", "shop.xsd"].map(|file| {
        let text = fs::read_to_string(here().join("base").join(file)).expect("a file");
        fs::write(dir.join(file), &text).expect("a written file");
        text
    });
    (dir, files)
}

#[test]
fn cut_off_anywhere() {
    let (dir, [wsdl, schema]) = good("cut off");
    for (file, text) in [("shop.wsdl", &wsdl), ("shop.xsd", &schema)] {
        for end in 0..text.trim_end().len() {
            fs::write(dir.join(file), &text[..end]).expect("a written file");
            let read = bindwire_codegen::import::read(&dir.join("shop.wsdl"));
            assert!(read.is_err(), "{file} is read when cut off at byte {end}");
        }
        fs::write(dir.join(file), text).expect("a written file");
    }
}

#[test]
fn damaged_anywhere() {
    let (dir, [wsdl, schema]) = good("damaged");
    for (file, text) in [("shop.wsdl", &wsdl), ("shop.xsd", &schema)] {
        for (index, letter) in text.char_indices() {
            let put = ["<", ">", "&", "\"", ":", "[", "\u{0}", "\u{e4}"][index % 8];
            let damaged = [&text[..index], put, &text[index + letter.len_utf8()..]].concat();
            fs::write(dir.join(file), damaged).expect("a written file");
            // Whatever comes of it is told at a line of one of the files.
            for line in told(&dir.join("shop.wsdl")) {
                assert!(line.starts_with("shop.wsdl:") || line.starts_with("shop.xsd:"), "{line}");
            }
        }
        fs::write(dir.join(file), text).expect("a written file");
    }
}
