//! Tests of the extraction on small pages; the real ones are held by `cargo xtask vectors --check`.

use super::*;

/// Command, format, kind, line, bytes and form of each example.
fn found(page: &str) -> Vec<(String, &'static str, &'static str, usize, String, bool)> {
    let examples = examples("page.txt", page.as_bytes()).expect("the page is well-formed");
    examples
        .into_iter()
        .map(|example| {
            let text = String::from_utf8(example.bytes.to_vec()).expect("the page is text");
            (example.command, example.format.name(), example.kind.name(), example.line, text, example.in_form)
        })
        .collect()
}

fn replies(page: &str) -> Vec<String> {
    found(page).into_iter().filter(|example| example.2 == "reply").map(|example| example.4).collect()
}

fn mistake(page: &str) -> String {
    examples("page.txt", page.as_bytes()).err().unwrap_or_default()
}

#[test]
fn an_exchange_is_its_lines_without_what_separates_them() {
    let page = "Exemple\n\nDemande (format XML)\n\nhttps://h/api3.xml?key=k&command=push\n\nRéponse (format XML)\n\
                <A>\n  <B/> \n</A>\n\u{a0}\n\nCommande Push\n";
    assert_eq!(
        found(page),
        [
            ("push".into(), "xml", "request", 5, "https://h/api3.xml?key=k&command=push".into(), true),
            ("push".into(), "xml", "reply", 8, "<A>\n  <B/> \n</A>".into(), true),
        ]
    );
}

#[test]
fn headings_are_read_in_all_their_wordings() {
    let page = "Запрос (формат csv)\nhttps://h?command=a\nОтвет\nok,success\n\
                Команда\nЗапрос (формат CSV)\nhttps://h?command=b\nОтвет (CSV формат)\nok,yes\n\
                Commande\nRequête (format CSV)\n\nhttps://h?command=c\n\nRéponse\n\nok,\n\nsuccess,\n,\n";
    assert_eq!(replies(page), ["ok,success", "ok,yes", "ok,\n\nsuccess,\n,"]);
}

#[test]
fn csv_keeps_its_elision_and_stops_before_prose() {
    let page = "Запрос (формат csv)\nhttps://h?command=a\nОтвет\nok,\nA,B\n1,2\n.\n.\nКоманда\nПри вызове, далее\n";
    assert_eq!(replies(page), ["ok,\nA,B\n1,2\n.\n."]);
}

#[test]
fn json_ends_with_its_first_brace_even_without_indentation() {
    let page = "Запрос (формат JSON)\nhttps://h?command=a\nОтвет (формат JSON)\n{\n\"a\": \"}\\\"}\",\n\"b\": [\n{\n}\n... ]\n}\nКоманда\n";
    assert_eq!(replies(page), ["{\n\"a\": \"}\\\"}\",\n\"b\": [\n{\n}\n... ]\n}"]);
}

#[test]
fn xml_ends_with_its_roots_end_tag_whatever_is_wrong_inside() {
    let page = "Demande (format XML)\nhttps://h?command=a\nRéponse (format XML)\n<?xml version=\"1.0\"?>\n<R>\n<Code>0<Code>\n.\n</X>\n</R>\nCommande\n";
    assert_eq!(replies(page), ["<?xml version=\"1.0\"?>\n<R>\n<Code>0<Code>\n.\n</X>\n</R>"]);
}

#[test]
fn what_is_not_of_its_form_runs_to_the_next_heading_and_is_marked() {
    let page = "Demande (format XML)\nhttps://h?command=a\nRéponse (format XML)\n\n0 success 1\n\n\
                Demande (format JSON)\nhttps://h?command=a\nRéponse (format JSON)\n{}\n";
    let found = found(page);
    assert_eq!((found[1].4.as_str(), found[1].5), ("0 success 1", false));
    assert_eq!((found[3].4.as_str(), found[3].5), ("{}", true));
}

#[test]
fn a_request_without_a_command_takes_its_sections() {
    let page = "Demande (format XML)\nhttps://h?key=0\nRéponse (format XML)\n<A></A>\n\
                Demande (format JSON)\nhttps://h?key=0&command=order_list\nRéponse (format JSON)\n{}\nCommande\n";
    assert!(found(page).iter().all(|example| example.0 == "order_list"));
    let alone = page.replace("&command=order_list", "");
    assert!(mistake(&alone).starts_with("page.txt:2: no request of this section has a `command` param"));
}

#[test]
fn a_commands_name_ends_where_the_page_damaged_the_next_param() {
    let page = "Demande (format XML)\nhttps://h?command=get_dns2¤cy=usd\nRéponse (format XML)\n<A></A>\n";
    assert!(found(page).iter().all(|example| example.0 == "get_dns2"));
}

#[test]
fn what_cannot_be_right_is_said_with_its_line() {
    let page = "Demande (format XML)\nhttps://h?command=a\nRéponse (format XML)\n<A></A>\n<A></A>\n";
    assert_eq!(mistake(page), "page.txt:5: this line looks like more of the reply above it");
    let page = "Demande (format XML)\nhttps://h?command=a\nRéponse (format JSON)\n{}\n";
    assert_eq!(mistake(page), "page.txt:3: the reply to a request for xml says another format");
    let page = "Demande (format XML)\n\nRéponse (format XML)\n<A></A>\n";
    assert_eq!(mistake(page), "page.txt:1: no URL stands between this heading and the reply's");
    let page = "Demande (format XML)\nhttps://h?command=a\n";
    assert_eq!(mistake(page), "page.txt:1: no heading of a reply follows this request");
    let page = "Demande (format XML)\nhttps://h?command=a\nRéponse\n<A></A>\n\
                Demande (format XML)\nhttps://h?command=a\nRéponse\n<A></A>\n";
    assert!(mistake(page).starts_with("page.txt:6: a second xml example of a"));
}
