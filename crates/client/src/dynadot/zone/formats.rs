//! What JSON and XML keep of a text, byte for byte: the ground of what the module says of the two.

use super::testing::{json, read, xml};
use super::{UnwritableKind, Zone};
use bindwire_wire::Format;

fn value(zone: &Zone) -> &str {
    zone.records()[0].value()
}

/// The zone with one TXT record whose value is written so.
fn in_json(value: &str) -> Zone {
    let record = format!(r#"{{"RecordType":"TXT","Value":{value}}}"#);
    read(&json(&format!(r#""Type":"Dynadot DNS","MainDomains":[{record}]"#)), Format::Json)
}

fn in_xml(value: &str) -> Zone {
    let record = format!("<MainDomainRecord><RecordType>TXT</RecordType><Value>{value}</Value></MainDomainRecord>");
    read(&xml(&format!("<Type>Dynadot DNS</Type><MainDomains>{record}</MainDomains>")), Format::Xml)
}

#[test]
fn json_keeps_every_text() {
    for (written, text) in [
        (r#"" a ""#, " a "),
        (r#"" ""#, " "),
        (r#""\r\n\t\u0000\u001b a \n""#, "\r\n\t\0\u{1b} a \n"),
        (r#""v=DKIM1; k=rsa; p=MIIB+A==""#, "v=DKIM1; k=rsa; p=MIIB+A=="),
        (r#""\"one\" \"two\"""#, "\"one\" \"two\""),
        (r#""a\\b\/c""#, "a\\b/c"),
        (r#""<b>&amp;""#, "<b>&amp;"),
        (r#""\ud83d\ude00 \u00fc ü""#, "😀 ü ü"),
    ] {
        let zone = in_json(written);
        assert_eq!((value(&zone), zone.unwritable()), (text, &[][..]), "{written}");
    }
}

#[test]
fn xml_keeps_what_stands_inside_a_text() {
    for (written, text) in [
        ("v=DKIM1; k=rsa; p=MIIB+A==", "v=DKIM1; k=rsa; p=MIIB+A=="),
        ("&quot;one&quot; \"two\"", "\"one\" \"two\""),
        ("a\\b", "a\\b"),
        ("&lt;b&gt; > &amp;amp;", "<b> > &amp;"),
        ("a\nb\tc", "a\nb\tc"),
        ("a\u{1b}b", "a\u{1b}b"),
        ("\u{a0}ü😀\u{a0}", "\u{a0}ü😀\u{a0}"),
    ] {
        let zone = in_xml(written);
        assert_eq!((value(&zone), zone.unwritable()), (text, &[][..]), "{written}");
    }
}

#[test]
fn xml_loses_blanks_around_a_text_and_says_nothing() {
    for (written, text) in [(" a", "a"), ("a ", "a"), ("\n  a\n", "a"), ("a\r\nb", "a\r\nb")] {
        let zone = in_xml(written);
        let reasons: Vec<(UnwritableKind, String)> =
            zone.unwritable().iter().map(|reason| (reason.kind(), reason.to_string())).collect();
        let message = "the text at byte 224 of the answer has blanks around it or a carriage return in it, which XML does not \
                       keep; read the records in JSON";
        assert_eq!((value(&zone), &reasons[..]), (text, &[(UnwritableKind::Blanks, message.to_owned())][..]));
    }
}

#[test]
fn xml_keeps_numbered_characters_and_cdata_and_notes_them() {
    for (written, text) in [("&#32;a&#10;", " a\n"), ("&#x20;", " "), ("<![CDATA[a<b]]>", "a<b"), ("a<!-- -->b", "ab")]
    {
        let zone = in_xml(written);
        assert_eq!(value(&zone), text);
        assert!(zone.unwritable().iter().all(|reason| reason.kind() == UnwritableKind::Deviation));
        assert!(!zone.is_writable(), "{written}");
    }
}

#[test]
fn neither_tells_an_empty_text_from_none() {
    for zone in [in_json("\"\""), in_json("null"), in_xml(""), in_xml(" ")] {
        assert_eq!(value(&zone), "");
        let reasons: Vec<String> = zone.unwritable().iter().map(ToString::to_string).collect();
        assert_eq!(reasons, ["record 1 of MainDomains has no value (Value), or an empty one"]);
    }
}
