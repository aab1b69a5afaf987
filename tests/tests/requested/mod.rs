//! Requests with made-up arguments, for any API whose spec says what its params are: by the calls that generated code makes,
//! and by the paths that programs without types give.

mod record;

use bindwire_codegen::model::{
    Api, Command, Field, FieldKind, FieldScalar, ListStyle, Param, ParamKind, ParamScalar, Required, SoapStyle,
    TypeKind,
};
use bindwire_wire::{ApiInfo, Date, Decimal, ParamValue, Query, Secret, SoapInfo, Text};
use record::{List, records};

/// How much is given.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// What can be left out too.
    pub all: bool,
    /// Items of lists; at least one where a list is required.
    pub items: usize,
}

impl Amount {
    /// How many items a list has.
    fn of(self, many: bool, required: bool) -> usize {
        match (many, required, self.all) {
            (true, true, _) => self.items.max(1),
            (true, false, true) => self.items,
            (false, _, true) | (false, true, false) => 1,
            (_, false, false) => 0,
        }
    }
}

/// A value of a param or a field.
enum Value {
    Text(Text),
    Secret(Secret),
    Number(i64),
    Decimal(Decimal),
    Date(Date),
    Flag(bool),
}

impl Value {
    /// The value of the item `index`; what XML has to escape is among the texts, and the bounds among the numbers.
    fn text(name: &str, index: usize) -> Self {
        Self::Text(format!("{name} {index} <&> \"ü\" ]]>").into())
    }

    fn number(bounds: (i64, i64), index: usize) -> Self {
        Self::Number(if index.is_multiple_of(2) { bounds.0 } else { bounds.1 })
    }

    /// As it is written.
    fn written(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Secret(secret) => secret.expose().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Decimal(decimal) => decimal.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

fn of_param(api: &Api, param: &Param, index: usize) -> Value {
    use ParamScalar as S;
    match &param.kind {
        ParamKind::Enum(name) => of_enum(api, name, index),
        ParamKind::Scalar(S::Text | S::Url | S::Secret) if param.secret => Value::Secret(Secret::from("se<cr>et")),
        ParamKind::Scalar(S::Int) => Value::number(param.range.unwrap_or((0, u32::MAX.into())), index),
        ParamKind::Scalar(S::Long) => Value::number(param.range.unwrap_or((i64::MIN, i64::MAX)), index),
        ParamKind::Scalar(S::Decimal) => Value::Decimal(Decimal::new(999, 2)),
        ParamKind::Scalar(S::Date) => Value::Date(Date::constant(2024, 5, 10)),
        ParamKind::Scalar(S::Flag) => Value::Flag(index.is_multiple_of(2)),
        ParamKind::Scalar(_) => Value::text(&param.wire, index),
        other => panic!("{}: {other:?} has no value", param.wire),
    }
}

/// One of the values of an enum after the other.
fn of_enum(api: &Api, name: &str, index: usize) -> Value {
    match api.types.get(name).map(|declared| &declared.kind) {
        Some(TypeKind::Enum(values)) => Value::Text(values[index % values.len()].wire.as_str().into()),
        other => panic!("{name} is {other:?}, and no enum"),
    }
}

fn of_field(api: &Api, field: &Field, index: usize) -> Value {
    use FieldScalar as S;
    match &field.kind {
        FieldKind::Enum(name) => of_enum(api, name, index),
        FieldKind::Scalar(S::Int) => Value::number((i32::MIN.into(), i32::MAX.into()), index),
        FieldKind::Scalar(S::Long) => Value::number((i64::MIN, i64::MAX), index),
        FieldKind::Scalar(S::Decimal) => Value::Decimal(Decimal::new(999, 2)),
        FieldKind::Scalar(S::Date) => Value::Date(Date::constant(2024, 5, 10)),
        FieldKind::Scalar(S::Flag) => Value::Flag(index.is_multiple_of(2)),
        FieldKind::Scalar(S::Secret) => Value::Secret(Secret::from("se<cr>et")),
        FieldKind::Scalar(_) => Value::text(&field.name, index),
        other => panic!("{}: {other:?} has no value", field.name),
    }
}

/// Whether a param takes nothing but a number.
pub fn is_number(param: &Param) -> bool {
    matches!(param.kind, ParamKind::Scalar(ParamScalar::Int | ParamScalar::Long)) && param.list.is_none()
}

/// The fields of a record.
fn fields<'a>(api: &'a Api, name: &str) -> &'a [Field] {
    match api.types.get(name).map(|declared| &declared.kind) {
        Some(TypeKind::Record(fields)) => fields,
        other => panic!("{name} is {other:?}, and no record"),
    }
}

/// The one name of a field.
fn wire(field: &Field) -> &str {
    match field.xml.as_ref().map(|path| path.names.as_slice()) {
        Some([name]) => name,
        other => panic!("{}: {other:?} is no single name", field.name),
    }
}

/// A request by paths.
pub fn by_paths(api: &Api, command: &Command, params: &[Param], amount: Amount) -> Query {
    let mut query = Query::new(&command.name);
    for param in params {
        let many = param.list == Some(ListStyle::Repeated);
        for index in 0..amount.of(many, param.required == Required::Yes) {
            let path = if many { format!("{}[{index}]", param.wire) } else { param.wire.clone() };
            match &param.kind {
                ParamKind::Record(name) => record_by_paths(api, name, &path, amount, &mut query),
                _ => query.put_at(&path, &of_param(api, param, index).written(), param.secret, "string"),
            }
        }
    }
    query
}

fn record_by_paths(api: &Api, name: &str, above: &str, amount: Amount, query: &mut Query) {
    for field in fields(api, name) {
        for index in 0..amount.of(field.many, !field.optional) {
            let wire = wire(field);
            let path = if field.many { format!("{above}/{wire}[{index}]") } else { format!("{above}/{wire}") };
            match &field.kind {
                FieldKind::Record(name) => record_by_paths(api, name, &path, amount, query),
                _ => query.put_at(&path, &of_field(api, field, index).written(), false, "string"),
            }
        }
    }
}

/// A request by the calls of generated code.
pub fn by_calls(api: &Api, command: &Command, amount: Amount) -> Query {
    let mut query = Query::new(&command.name);
    for param in &command.params {
        let (wire, required) = (param.wire.as_str(), param.required == Required::Yes);
        let count = amount.of(param.list.is_some(), required);
        if let ParamKind::Record(name) = &param.kind {
            let list = List(records(api, name, amount, count));
            let put = if param.list.is_some() { query.records(wire, &list) } else { query.record(wire, &list) };
            put.unwrap_or_else(|error| panic!("{error}"));
        } else if param.list.is_some() {
            many(&mut query, api, param, count);
        } else {
            for index in 0..count {
                single(&mut query, api, param, index, required);
            }
        }
        if param.list.is_some() && required {
            query.require(wire).unwrap_or_else(|error| panic!("{error}"));
        }
        if let Some((min, max)) = param.range {
            query.within(wire, min, max).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    query
}

fn single(query: &mut Query, api: &Api, param: &Param, index: usize, required: bool) {
    let wire = param.wire.as_str();
    match of_param(api, param, index) {
        Value::Text(text) => put(query, wire, text, required),
        Value::Secret(secret) => put(query, wire, secret, required),
        Value::Number(number) => put(query, wire, number, required),
        Value::Decimal(decimal) => put(query, wire, decimal, required),
        Value::Date(date) => query.date(wire, date, "%Y-%m-%d"),
        Value::Flag(flag) => query.flag(wire, flag, bindwire_wire::FlagStyle::TrueFalse),
    }
}

fn put<V: ParamValue>(query: &mut Query, wire: &str, value: V, required: bool) {
    if required {
        query.required(wire, &value).unwrap_or_else(|error| panic!("{error}"));
    } else {
        query.opt(wire, &Some(value));
    }
}

fn many(query: &mut Query, api: &Api, param: &Param, count: usize) {
    let values: Vec<Value> = (0..count).map(|index| of_param(api, param, index)).collect();
    let numbers: Vec<i64> = values
        .iter()
        .filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    if numbers.len() == values.len() {
        return query.many(&param.wire, &numbers);
    }
    let texts: Vec<Text> = values.iter().map(|value| value.written().into()).collect();
    query.many(&param.wire, &texts);
}

/// What is needed to write requests of an API that has no crate.
pub fn info(api: &Api) -> &'static ApiInfo {
    let soap = api.soap.as_ref().expect("an API that speaks SOAP");
    let text = |text: &str| -> &'static str { text.to_owned().leak() };
    let elements: Vec<(&str, &str)> =
        api.commands().filter_map(|command| Some((text(&command.name), text(command.element.as_ref()?)))).collect();
    let soap = SoapInfo {
        style: match soap.style {
            SoapStyle::Document => bindwire_wire::SoapStyle::Document,
            SoapStyle::Rpc => bindwire_wire::SoapStyle::Rpc,
        },
        namespace: text(&soap.namespace),
        namespaces: &[],
        qualified: soap.qualified,
        action: text(&soap.action),
        request: text(&soap.request),
        elements: elements.leak(),
        wsdl: "",
        version: text(&api.version),
        sessionless: &[],
    };
    Box::leak(Box::new(ApiInfo {
        name: text(&api.name),
        title: text(&api.title),
        endpoints: &[],
        suffixes: &[],
        credentials: &[],
        command_param: "",
        common: &[],
        soap: Some(Box::leak(Box::new(soap))),
        tiers: &[],
        // Of replies nothing is asked here.
        shape: &bindwire_dynadot::registry::API,
    }))
}
