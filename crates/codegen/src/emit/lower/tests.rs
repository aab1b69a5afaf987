//! The invariant of lowering, on cases picked by hand and on random ones.

use super::*;
use crate::model::{FieldKind, FieldScalar, FlagStyle, JsonAs, Path};

/// A field with its paths, `/` between names; empty: the format does not have it. `[]` marks the array.
fn field(name: &str, xml: &str, json: &str, csv: &str) -> Field {
    let path = |text: &str| {
        let array = text.split('/').position(|name| name.ends_with("[]"));
        let names = text.split('/').map(|name| name.trim_end_matches("[]").to_owned()).collect();
        (!text.is_empty()).then_some(Path { names, array })
    };
    Field {
        name: name.to_owned(),
        kind: FieldKind::Scalar(FieldScalar::Text),
        many: false,
        xml: path(xml),
        json: path(json),
        csv: (!csv.is_empty()).then(|| csv.to_owned()),
        aliases: Vec::new(),
        numbered: false,
        in_string: false,
        json_repeat: false,
        skip_empty: false,
        ignore: Vec::new(),
        none: Vec::new(),
        none_as: [const { String::new() }; 3],
        json_as: JsonAs::String,
        flag: [FlagStyle::YesNo; 3],
        optional: false,
        part: false,
        since: None,
        doc: String::new(),
    }
}

/// The tree on one line: `(xml|json: ...)` for a group, `xml|json|csv=field` for a field.
fn show(nodes: &[Node]) -> String {
    let shown: Vec<String> = nodes
        .iter()
        .map(|node| match &node.kind {
            Kind::Group { json_array, children } => {
                let array = if *json_array { "[]" } else { "" };
                format!("({}|{}{array}: {})", node.names[XML], node.names[JSON], show(children))
            }
            Kind::Field(index) => format!("{}={index}", node.names.join("|")),
        })
        .collect();
    shown.join(" ")
}

/// One format's own tree: levels in the order of their first field, each once.
#[derive(Debug, PartialEq)]
enum Seen {
    Level(String, Vec<Seen>),
    Field(String, usize),
}

/// The tree that a format alone would have.
fn own(fields: &[Field], format: usize) -> Vec<Seen> {
    fn put(levels: &mut Vec<Seen>, path: &[String], index: usize) {
        let [first, rest @ ..] = path else { return };
        if rest.is_empty() {
            return levels.push(Seen::Field(first.clone(), index));
        }
        let known = levels.iter().position(|seen| matches!(seen, Seen::Level(name, _) if name == first));
        let at = known.unwrap_or_else(|| {
            levels.push(Seen::Level(first.clone(), Vec::new()));
            levels.len() - 1
        });
        if let Seen::Level(_, below) = &mut levels[at] {
            put(below, rest, index);
        }
    }
    let mut levels = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        if let Some(path) = Paths::of(field, true).names[format] {
            put(&mut levels, path, index);
        }
    }
    levels
}

/// The tree as a format sees it: groups without a name in it are not there.
fn seen(nodes: &[Node], format: usize) -> Vec<Seen> {
    let mut out = Vec::new();
    for node in nodes {
        let name = node.names[format].clone();
        match &node.kind {
            Kind::Group { children, .. } if name.is_empty() => out.extend(seen(children, format)),
            Kind::Group { children, .. } => out.push(Seen::Level(name, seen(children, format))),
            Kind::Field(_) if name.is_empty() => {}
            Kind::Field(index) => out.push(Seen::Field(name, *index)),
        }
    }
    out
}

/// Lowers the fields, checks the invariant, and shows the tree.
fn lowered(fields: &[Field]) -> String {
    let tree = lower(fields, true);
    for format in [XML, JSON, CSV] {
        assert_eq!(seen(&tree, format), own(fields, format), "format {format} of {}", show(&tree));
    }
    show(&tree)
}

#[test]
fn equal_paths_share_their_levels() {
    let fields = [field("a", "C/A", "C/A", ""), field("b", "C/D/B", "C/D/B", ""), field("e", "C/E", "C/E", "")];
    assert_eq!(lowered(&fields), "(C|C: A|A|=0 (D|D: B|B|=1) E|E|=2)");
}

#[test]
fn a_level_of_one_format_is_around_what_both_have() {
    let fields = [field("a", "H/A", "A", ""), field("b", "H/B", "J/B", ""), field("c", "C", "c", "Column")];
    assert_eq!(lowered(&fields), "(H|: A|A|=0 (|J: B|B|=1)) C|c|Column=2");
}

#[test]
fn levels_of_other_names_are_paired_from_the_inside() {
    let fields = [field("a", "Content/List/A", "items[]/a", ""), field("b", "Content/B", "b", "")];
    assert_eq!(lowered(&fields), "(Content|: (List|items[]: A|a|=0) B|b|=1)");
}

#[test]
fn a_field_that_would_split_a_level_has_a_node_for_each_format() {
    // XML has one H around a and d; JSON has d after b. One tree cannot hold both.
    let fields = [field("a", "H/A", "A", ""), field("b", "C/B", "B", ""), field("d", "H/D", "D", "")];
    assert_eq!(lowered(&fields), "(H|: A|A|=0 D||=2) (C|: B|B|=1) |D|=2");
}

#[test]
fn a_field_of_one_format_does_not_part_those_around_it() {
    let fields =
        [field("a", "A", "J/a", ""), field("b", "B", "", ""), field("c", "C", "J/c", ""), field("d", "", "d", "")];
    assert_eq!(lowered(&fields), "(|J: A|a|=0 B||=1 C|c|=2) |d|=3");
}

#[test]
fn crossing_levels_are_kept_apart() {
    let fields = [field("a", "P/A", "Q/A", ""), field("b", "P/B", "R/B", ""), field("c", "S/C", "Q/C", "")];
    assert_eq!(lowered(&fields), "(P|Q: A|A|=0 B||=1 |C|=2) (|R: |B|=1) (S|: C||=2)");
}

#[test]
fn columns_keep_the_order_of_the_fields() {
    let fields = [field("a", "H/A", "A", "a"), field("b", "B", "B", "b"), field("c", "H/C", "", "c")];
    assert_eq!(lowered(&fields), "(H|: A|A|a=0 C||=2) B|B|b=1 ||c=2");
}

#[test]
fn random_fields_keep_the_invariant() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for _ in 0..20_000 {
        let count = 1 + next(7);
        let fields: Vec<Field> = (0..count)
            .map(|index| {
                let mut path = || {
                    if next(5) == 0 {
                        return String::new();
                    }
                    let levels: String =
                        (0..next(4)).map(|_| format!("{}/", ["A", "B", "C"][next(3) as usize])).collect();
                    format!("{levels}f{index}")
                };
                let (xml, json) = (path(), path());
                let csv = if next(2) == 0 { String::new() } else { format!("c{index}") };
                field("f", &xml, &json, &csv)
            })
            .collect();
        lowered(&fields);
    }
}
