//! The example in a request's documentation: a request with what is required, and the query that it makes.
//!
//! The query is worked out from the spec alone, without the code that the example runs: each example is also a test.

use super::names::{command_type, pascal};
use super::params::is_required;
use crate::model::{
    Api, Command, EnumValue, Field, FieldKind, FieldScalar, FlagStyle, ListStyle, Param, ParamKind, ParamScalar,
    Required, TypeKind,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A value in Rust, and what is sent for it.
struct Value {
    code: String,
    sent: Vec<(String, String)>,
}

/// What an example needs to know while it is made.
struct Maker<'a> {
    api: &'a Api,
    types: BTreeSet<String>,
    wire: BTreeSet<&'static str>,
}

/// The example of a command, as a section of its documentation.
pub fn command(api: &Api, family: &str, command: &Command) -> String {
    let mut maker = Maker { api, types: BTreeSet::new(), wire: BTreeSet::from(["Query"]) };
    let name = command_type(command);
    let mut given: Vec<&Param> =
        command.params.iter().filter(|param| is_required(param) || is_shown(command, param)).collect();
    if api.soap.is_some() && given.is_empty() {
        // An envelope without anything in it shows nothing.
        given.extend(command.params.first());
    }
    let mut sent = Vec::new();
    if api.soap.is_none() {
        sent.push((api.command_param.clone(), command.name.clone()));
    }
    let mut values: Vec<(&Param, Value)> = Vec::new();
    while let Some(param) = given.first().copied() {
        given.remove(0);
        let value = maker.value(param, None, &command.params);
        let follows =
            |other: &&Param| is_demanded(other, param, &value) && !given.iter().any(|known| known.name == other.name);
        let more: Vec<&Param> = command.params.iter().filter(follows).collect();
        values.push((param, value));
        given.extend(more);
    }
    let arguments: Vec<&str> =
        values.iter().filter(|(param, _)| is_required(param)).map(|(_, value)| value.code.as_str()).collect();
    let mut code = format!("{name}::new({})", arguments.join(", "));
    for (param, value) in values.iter().filter(|(param, _)| !is_required(param)) {
        let _ = write!(code, ".{}({})", param.name, value.code);
    }
    if command.open {
        code.push_str(".param(\"name\", \"value\")");
    }
    values.sort_by_key(|(param, _)| command.params.iter().position(|other| other.name == param.name));
    sent.extend(values.into_iter().flat_map(|(_, value)| value.sent));
    if command.open {
        sent.push(("name".to_owned(), "value".to_owned()));
    }
    let query: Vec<String> = sent.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let krate = format!("bindwire_{}", api.name);
    let allow = if command.deprecated.is_some() { "# #![allow(deprecated)]\n" } else { "" };
    let mut text = format!("# Example\n```\n{allow}use {krate}::{family}::{name};\n");
    if !maker.types.is_empty() {
        let _ = writeln!(text, "use {krate}::types::{};", list(maker.types));
    }
    let body = format!(
        "let request = {code}; let query = Query::of(&request).unwrap(); assert_eq!(query.to_string(), {:?});",
        query.join("&")
    );
    let _ = write!(text, "use {krate}::wire::{};\n\n{}```", list(maker.wire), statements(&body));
    text
}

/// Statements, a line each or several where they are long.
fn statements(code: &str) -> String {
    let function = syn::parse_str(&format!("fn example() {{ {code} }}")).expect("an example is Rust");
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![syn::Item::Fn(function)] };
    let text = prettyplease::unparse(&file);
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Whether an example shows a param that can be left out.
fn is_shown(command: &Command, param: &Param) -> bool {
    let is_first_flag = command.effect_when.iter().all(|(name, _)| *name != param.name)
        && param.kind == ParamKind::Scalar(ParamScalar::One)
        && command.effect == crate::model::Effect::Read;
    param.example.is_some() || is_first_flag || is_default(command, param)
}

/// Whether a param is the first of those of which one must be sent.
fn is_default(command: &Command, param: &Param) -> bool {
    let Required::When { param: other, sent: Some(false), .. } = &param.required else { return false };
    let place = |name: &str| command.params.iter().position(|param| param.name == name);
    place(&param.name) < place(other)
}

/// Whether `other` is required since `param` has this value.
fn is_demanded(other: &Param, param: &Param, value: &Value) -> bool {
    let Required::When { param: cause, is, sent, .. } = &other.required else { return false };
    *cause == param.name && (*sent == Some(true) || value.sent.iter().any(|(_, text)| is.contains(text)))
}

impl Maker<'_> {
    /// An example of a param, among `siblings`, in the item `index` of a group.
    fn value(&mut self, param: &Param, index: Option<u32>, siblings: &[Param]) -> Value {
        let index = match param.list {
            Some(ListStyle::Indexed { from, .. }) => Some(from),
            _ => index,
        };
        let repeated = param.list == Some(ListStyle::Repeated);
        let wire = if repeated { format!("{}[0]", param.wire) } else { numbered(&param.wire, index) };
        let mut value = match &param.kind {
            ParamKind::Scalar(ParamScalar::Map) => Value {
                code: "(\"name\", \"value\")".to_owned(),
                sent: vec![(format!("{wire}/key"), "name".to_owned()), (format!("{wire}/value"), "value".to_owned())],
            },
            ParamKind::Scalar(scalar) => {
                let (code, text) = self.scalar(*scalar, param);
                Value { code, sent: vec![(wire, text)] }
            }
            ParamKind::Record(name) => self.record(name, &wire),
            ParamKind::Enum(name) => self.enumerated(name, param, wire, siblings),
            ParamKind::Group(name) => self.group(name, index),
            ParamKind::Choice(name) => self.choice(name, index),
        };
        if param.list.is_some() {
            value.code = format!("[{}]", value.code);
        }
        value
    }

    fn scalar(&mut self, scalar: ParamScalar, param: &Param) -> (String, String) {
        use ParamScalar as S;
        let given = param.example.as_deref().or(param.values.first().map(String::as_str));
        let text = |default: &str| {
            let text = given.unwrap_or(default);
            (format!("{text:?}"), text.to_owned())
        };
        match scalar {
            S::Secret => (text("secret").0, REDACTED.to_owned()),
            S::Text | S::Url | S::Email | S::Id if param.secret => (text("secret").0, REDACTED.to_owned()),
            S::Text => text("text"),
            S::Domain => text("example.com"),
            S::Url => text("https://example.com/"),
            S::Email => text("user@example.com"),
            S::Id => text("1"),
            S::Int | S::Long => {
                let lowest = param.range.map_or(1, |(min, max)| max.min(min.max(1)));
                let text = given.map_or(lowest.to_string(), str::to_owned);
                (text.clone(), text)
            }
            S::Decimal => {
                let text = given.unwrap_or("9.99");
                self.wire.insert("Decimal");
                let scale = text.split_once('.').map_or(0, |(_, cents)| cents.len());
                let digits = text.replace('.', "");
                let digits = digits.trim_start_matches('0');
                (format!("Decimal::new({}, {scale})", if digits.is_empty() { "0" } else { digits }), text.to_owned())
            }
            S::Map => (String::new(), String::new()),
            S::Currency => {
                self.wire.insert("Currency");
                let text = given.unwrap_or("USD");
                (format!("Currency::{}", text.to_uppercase()), text.to_owned())
            }
            S::Ip => {
                let text = given.unwrap_or("192.0.2.1");
                (format!("[{}]", text.replace('.', ", ")), text.to_owned())
            }
            S::Date => {
                self.wire.insert("Date");
                let pattern = param.date.as_ref().map_or("%Y-%m-%d", |(strftime, _)| strftime);
                let text = pattern.replace("%Y", "2024").replace("%m", "05").replace("%d", "10");
                ("Date::constant(2024, 5, 10)".to_owned(), text)
            }
            S::Flag => ("true".to_owned(), spell(param.flag).to_owned()),
            S::One => ("true".to_owned(), "1".to_owned()),
        }
    }

    /// A record with what a request must have of it.
    fn record(&mut self, name: &str, path: &str) -> Value {
        let Some(TypeKind::Record(fields)) = self.api.types.get(name).map(|declared| &declared.kind) else {
            return Value { code: String::new(), sent: Vec::new() };
        };
        self.types.insert(name.to_owned());
        let given: Vec<&Field> = fields.iter().filter(|field| !field.optional).collect();
        let mut code = Vec::new();
        let mut sent = Vec::new();
        for field in &given {
            let value = self.field(field, path);
            code.push(format!("{}: {}", super::names::ident(&field.name), value.code));
            sent.extend(value.sent);
        }
        if given.len() < fields.len() {
            code.push(format!("..{name}::default()"));
        }
        Value { code: format!("{name} {{ {} }}", code.join(", ")), sent }
    }

    fn field(&mut self, field: &Field, path: &str) -> Value {
        use FieldScalar as S;
        let names = field.xml.as_ref().map(|path| path.names.as_slice()).unwrap_or_default();
        // An encoded list is written by the level that holds its items.
        let names = if field.many && names.len() > 1 { &names[..names.len() - 1] } else { names };
        let end = if field.many { "[0]" } else { "" };
        let path = format!("{path}/{}{end}", names.join("/"));
        let (code, text) = match &field.kind {
            FieldKind::Record(name) => {
                let value = self.record(name, &path);
                let code = if field.many { format!("vec![{}]", value.code) } else { value.code };
                return Value { code, sent: value.sent };
            }
            FieldKind::Enum(name) => {
                let Some(TypeKind::Enum(values)) = self.api.types.get(name).map(|declared| &declared.kind) else {
                    return Value { code: String::new(), sent: Vec::new() };
                };
                self.types.insert(name.clone());
                (format!("Some({name}::{})", pascal(&values[0].name)), values[0].wire.clone())
            }
            FieldKind::Scalar(S::Map) => {
                let sent = [("key", "name"), ("value", "value")];
                let sent = sent.map(|(name, text)| (format!("{path}/{name}"), text.to_owned())).into();
                return Value { code: "vec![(\"name\", \"value\").into()]".to_owned(), sent };
            }
            FieldKind::Scalar(scalar) => match scalar {
                S::Int | S::Long => ("Some(1)".to_owned(), "1".to_owned()),
                S::Flag => ("Some(true)".to_owned(), spell(field.flag[0]).to_owned()),
                S::Domain => ("\"example.com\".into()".to_owned(), "example.com".to_owned()),
                S::Email => ("\"user@example.com\".into()".to_owned(), "user@example.com".to_owned()),
                S::Url => ("\"https://example.com/\".into()".to_owned(), "https://example.com/".to_owned()),
                S::Ip if !field.many => ("Some([192, 0, 2, 1].into())".to_owned(), "192.0.2.1".to_owned()),
                S::Ip => ("\"192.0.2.1\".into()".to_owned(), "192.0.2.1".to_owned()),
                S::Secret if !field.many => ("Some(\"secret\".into())".to_owned(), REDACTED.to_owned()),
                S::Secret => ("\"secret\".into()".to_owned(), REDACTED.to_owned()),
                S::Decimal => {
                    self.wire.insert("Decimal");
                    ("Some(Decimal::new(999, 2))".to_owned(), "9.99".to_owned())
                }
                S::Date => {
                    self.wire.insert("Date");
                    ("Some(Date::constant(2024, 5, 10))".to_owned(), "2024-05-10".to_owned())
                }
                _ => ("\"text\".into()".to_owned(), "text".to_owned()),
            },
        };
        let code = if field.many { format!("vec![{code}]") } else { code };
        Value { code, sent: vec![(path, text)] }
    }

    fn enumerated(&mut self, name: &str, param: &Param, wire: String, siblings: &[Param]) -> Value {
        let Some(TypeKind::Enum(values)) = self.api.types.get(name).map(|declared| &declared.kind) else {
            return Value { code: String::new(), sent: Vec::new() };
        };
        let demands = |value: &EnumValue| {
            siblings.iter().any(|other| matches!(&other.required, Required::When { param: cause, is, .. } if *cause == param.name && is.contains(&value.wire)))
        };
        let given = param.example.as_ref().and_then(|example| values.iter().find(|value| value.wire == *example));
        let value = given.or_else(|| values.iter().find(|value| !demands(value))).unwrap_or(&values[0]);
        self.types.insert(name.to_owned());
        Value { code: format!("{name}::{}", pascal(&value.name)), sent: vec![(wire, value.wire.clone())] }
    }

    fn group(&mut self, name: &str, index: Option<u32>) -> Value {
        let Some(TypeKind::Group(params)) = self.api.types.get(name).map(|declared| &declared.kind) else {
            return Value { code: String::new(), sent: Vec::new() };
        };
        self.types.insert(name.to_owned());
        let values: Vec<Value> =
            params.iter().filter(|param| is_required(param)).map(|param| self.value(param, index, params)).collect();
        let codes: Vec<&str> = values.iter().map(|value| value.code.as_str()).collect();
        let code = format!("{name}::new({})", codes.join(", "));
        Value { code, sent: values.into_iter().flat_map(|value| value.sent).collect() }
    }

    /// The variant with the fewest params.
    fn choice(&mut self, name: &str, index: Option<u32>) -> Value {
        let Some(TypeKind::Choice { tag, variants }) = self.api.types.get(name).map(|declared| &declared.kind) else {
            return Value { code: String::new(), sent: Vec::new() };
        };
        self.types.insert(name.to_owned());
        let variant = variants.iter().min_by_key(|variant| variant.params.len()).expect("a choice has variants");
        let mut sent = vec![(numbered(tag, index), variant.value.clone())];
        let mut fields = Vec::new();
        for param in &variant.params {
            let code = if is_required(param) {
                let value = self.value(param, index, &variant.params);
                sent.extend(value.sent);
                if param.list.is_some() { format!("vec!{}", value.code) } else { self.converted(param, value.code) }
            } else if param.list.is_some() {
                "Vec::new()".to_owned()
            } else if param.kind == ParamKind::Scalar(ParamScalar::One) {
                "false".to_owned()
            } else {
                "None".to_owned()
            };
            fields.push(format!("{}: {code}", param.name));
        }
        let fields = if fields.is_empty() { String::new() } else { format!(" {{ {} }}", fields.join(", ")) };
        Value { code: format!("{name}::{}{fields}", pascal(&variant.name)), sent }
    }

    /// A value for a field that is set without a setter.
    fn converted(&self, param: &Param, code: String) -> String {
        let is_text = code.starts_with('"') || param.kind == ParamKind::Scalar(ParamScalar::Ip);
        if is_text { format!("{code}.into()") } else { code }
    }
}

const REDACTED: &str = "<redacted>";

fn numbered(wire: &str, index: Option<u32>) -> String {
    index.map_or(wire.to_owned(), |index| format!("{wire}{index}"))
}

fn spell(style: FlagStyle) -> &'static str {
    match style {
        FlagStyle::YesNo => "yes",
        FlagStyle::YesNoCapital => "Yes",
        FlagStyle::TrueFalse => "true",
        FlagStyle::OnOff => "on",
        FlagStyle::EnableDisable => "enable",
        FlagStyle::LockedUnlocked => "locked",
        FlagStyle::OneZero => "1",
        FlagStyle::YesNoLetter => "Y",
    }
}

/// As the runtime shows a value in a query.
fn encode(text: &str) -> String {
    if text == REDACTED {
        return text.to_owned();
    }
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// One name, or several in braces.
fn list<T: AsRef<str>>(names: BTreeSet<T>) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    if let [one] = *names { one.to_owned() } else { format!("{{{}}}", names.join(", ")) }
}
