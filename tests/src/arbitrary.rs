//! Records filled with whatever they can hold, for round trips.
//!
//! A test gives bytes, each of which decides one thing; when they run out the rest is absent. So a test library that makes the
//! bytes fewer and smaller makes the record smaller too.

use bindwire_wire::{
    ApiShape, Format, Head, JsonAs, LeafKind, LeafSpec, Message, Node, NodeKind, Record, ReplyShape, SoapShape,
};

/// Parts of texts, with what the formats must escape or could take for something else.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "word", "two words", "<b>", "</a>", "&", "&amp;", "&#65;", "\"quoted\"", "'", "a,b", "bücher", "日本", "\u{1F600}", "\u{2028}",
    "one\nother", "a\rb", "tab\there", "\u{1}", "\u{FEFF}", "\\", "\\n", "{", "}", "[", "]", "[a,b]", "]]>", "<!--", "0", "-1", "-",
    "true", "null", "ok", "error", "success", "...", ":", ";", "=",
];

/// Decisions, taken from bytes.
#[derive(Debug)]
pub struct Choices<'a>(std::slice::Iter<'a, u8>);

impl<'a> Choices<'a> {
    /// One decision a byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    fn below(&mut self, end: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte) % end)
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn number(&mut self) -> u32 {
        (0..4).fold(0, |number, _| number << 8 | self.below(256) as u32)
    }

    /// A text that `kind` reads and writes back as it is.
    fn text(&mut self, kind: LeafKind, json_as: JsonAs) -> String {
        let number = self.number();
        match kind {
            LeafKind::Text | LeafKind::Secret if json_as == JsonAs::String => {
                let parts: Vec<_> = (0..=self.below(3)).map(|_| self.of(PARTS)).collect();
                parts.join(self.of(&["", " ", "."]))
            }
            LeafKind::Domain => format!(
                "{}{number}.{}",
                self.of(&["a", "xn--bcher-kva", "bücher"]),
                self.of(&["com", "co.uk", "xn--p1ai"])
            ),
            LeafKind::Decimal => format!("{}.{}", number / 100, number % 10),
            LeafKind::Money => {
                let amount = format!("{}.{:02}", number / 100, number % 100);
                let money = [amount.clone(), format!("${amount}"), format!("-{amount}"), format!("€{amount}")];
                money[if json_as == JsonAs::String { self.below(money.len()) } else { 0 }].clone()
            }
            LeafKind::Price => {
                let premium = self.of(&["", " and Domain is a Premium Domain", " and Domain is not a Premium Domain"]);
                let price = format!("Registration Price: {number}.50 in USD and Renewal price: 9.99 in EUR{premium}");
                if self.below(2) == 0 { format!("{number}.00 in USD") } else { price }
            }
            LeafKind::Date => self.of(&["2024/05/10", "1970/01/01", "2000/02/29"]).to_owned(),
            LeafKind::DateOrEpochMillis => [format!("{number}"), "2024/05/10".to_owned()][self.below(2)].clone(),
            LeafKind::LocalTime => {
                self.of(&["2022/03/28 02:20 PST", "2022/04/04 02:20:34 PST", "1970/01/01 00:00 UTC"]).to_owned()
            }
            LeafKind::Flag | LeafKind::Availability => self.of(&["no", "yes"]).to_owned(),
            LeafKind::Currency => self.of(&["USD", "EUR", "CNY"]).to_owned(),
            LeafKind::Ip => self.of(&["192.0.2.1", "2001:db8::1"]).to_owned(),
            LeafKind::Period => self.of(&["1-10", "1;3;5", "1-5;10", "1"]).to_owned(),
            LeafKind::Enum(values) => self.of(values).to_owned(),
            // Numbers, and texts that JSON writes as such.
            _ => number.to_string(),
        }
    }
}

/// The names of code and status: CSV has a code always, and a status where the layout says so.
fn head_names(reply: &ReplyShape, format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Xml => (reply.xml.code, reply.xml.status),
        Format::Json => (reply.json.code, reply.json.status),
        _ => ("code", if reply.csv.is_some_and(|layout| layout.cells.contains(&"status")) { "status" } else { "" }),
    }
}

/// A head of success as `format` can hold it.
pub fn head(choices: &mut Choices<'_>, reply: &ReplyShape, format: Format) -> Head {
    let (code, status) = head_names(reply, format);
    if let Some(soap) = reply.api.soap {
        return soap_head(choices, soap);
    }
    let codes = match (code, status) {
        // Told by the codes of the items, or by the word `ok`: the first.
        ("", "") | ("code", _) => &reply.api.success[..1],
        ("", _) => &[],
        _ => reply.api.success,
    };
    let statuses: &[&str] = if codes.is_empty() { &["success"] } else { &["success", "Success", "order created"] };
    Head {
        code: (!codes.is_empty()).then(|| codes[choices.below(codes.len())]),
        status: (!status.is_empty()).then(|| choices.of(statuses).into()),
        error: None,
        ..Head::default()
    }
}

/// A head of success in a SOAP envelope: a status unless the lack of a fault says it, a job and messages where the API has them.
fn soap_head(choices: &mut Choices<'_>, soap: &SoapShape) -> Head {
    let mut head = Head { status: (!soap.by_fault).then(|| "success".into()), ..Head::default() };
    if !soap.common.is_empty() {
        head.job = Some(choices.of(&["7", "4000000000"]).into());
        for _ in 0..choices.below(3) {
            let (level, text) =
                (choices.of(&["INFO", "WARN"]), choices.of(&["login: ok", "<&> \"quoted\"", "ünïcode"]));
            head.messages.push(Message::new("BLL", level, "", text));
        }
    }
    head
}

/// Fills a reply with what `format` can hold.
pub fn fill_reply(choices: &mut Choices<'_>, reply: &ReplyShape, record: &mut dyn Record, format: Format) {
    // A reply without a head is judged by the codes of its items: there must be one.
    let headless = reply.api.soap.is_none() && head_names(reply, format) == ("", "");
    let fill = Fill { api: reply.api, format, least: usize::from(headless), headless };
    match &reply.csv {
        Some(layout) if format == Format::Csv => {
            fill.fill(choices, record, &|node| layout.cells.contains(&node.field) || layout.rows == node.field);
        }
        _ => fill.fill(choices, record, &|_| true),
    }
}

/// What is the same for all records of a reply.
#[derive(Clone, Copy)]
struct Fill {
    api: &'static ApiShape,
    format: Format,
    /// How many items a list has at least.
    least: usize,
    headless: bool,
}

impl Fill {
    fn fill(self, choices: &mut Choices<'_>, record: &mut dyn Record, has: &dyn Fn(&Node) -> bool) {
        for node in record.shape().nodes.iter().filter(|node| has(node) && !node.name(self.format).is_empty()) {
            match node.kind {
                NodeKind::Group { .. } => {}
                NodeKind::Leaf { id, spec } => self.leaf(choices, record, node, id, &spec),
                NodeKind::Child { id, many, .. } => {
                    let Some(child) = record.child_mut(id) else { continue };
                    // A single record is there already, unless it is optional.
                    let wanted = if many {
                        self.least + choices.below(4 - self.least)
                    } else {
                        choices.below(2).max(child.len())
                    };
                    for index in 0..wanted {
                        let item = if index < child.len() { child.get_mut(index) } else { Some(child.enter()) };
                        let Some(item) = item else { continue };
                        Self { least: 0, ..self }.fill(choices, item, &|_| true);
                        if node.skip_empty {
                            // An item without any text would be padding.
                            Self { least: 1, ..self }.fill(choices, item, &|_| true);
                        }
                    }
                }
            }
        }
    }

    fn leaf(self, choices: &mut Choices<'_>, record: &mut dyn Record, node: &Node, id: u16, spec: &LeafSpec) {
        let Some(leaf) = record.leaf_mut(id) else { return };
        if self.headless && self.api.codes.contains(&node.name(self.format)) {
            let _ = leaf.read("0", spec);
            return;
        }
        let count = if spec.many { choices.below(4) } else { self.least.max(choices.below(2)) };
        for _ in 0..count {
            let text = choices.text(leaf.kind(), spec.json_as);
            if !spec.none.contains(&text.as_str()) && !node.ignore.contains(&text.as_str()) {
                leaf.read(&text, spec).unwrap_or_else(|_| panic!("{:?} does not read {text:?}", leaf.kind()));
            }
        }
    }
}
