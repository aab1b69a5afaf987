//! Replies as Rust: records with their tables of names, and where a command's reply stands.

use super::docs as texts;
use super::lower::{self, Kind, Node};
use super::names::{Imports, command_type, ident, pascal};
use super::params::{flag_style, number};
use super::rust::docs;
use super::soap;
use crate::model::{Api, Command, Envelope, Field, FieldKind, FieldScalar, FlagStyle, JsonAs};
use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeMap;

/// What a record is made from.
pub struct Record<'a> {
    /// Its type's name.
    pub name: &'a str,
    /// Its documentation.
    pub doc: &'a str,
    /// Its fields.
    pub fields: &'a [Field],
    /// Whether rows of CSV fill it.
    pub csv: bool,
    /// The records that can hold themselves, itself among them, with the modules that they are declared in: their tables are
    /// places in memory that refer to each other.
    pub recursive: &'a BTreeMap<&'a str, String>,
}

/// A record: the struct, its table of names, and what it offers to the engine.
///
/// One that is `literal` stands in requests too, where users write it out. `common` are constants of nodes that it has beside
/// its fields.
pub fn record(record: &Record<'_>, literal: bool, common: &[Ident], imports: &mut Imports<'_>) -> TokenStream {
    let Record { name: title, doc, fields, csv, recursive } = *record;
    let name = ident(title);
    let doc = docs(doc);
    let declared: Vec<TokenStream> = fields
        .iter()
        .map(|field| {
            let (doc, name, kind) = (docs(&texts::field(field, csv)), ident(&field.name), field_type(field, imports));
            quote!(#doc pub #name: #kind)
        })
        .collect();
    let [shape, record] = ["Shape", "Record"].map(|name| imports.wire(name));
    let is_recursive = recursive.contains_key(title);
    let of_shape = |field: &Field, imports: &mut Imports<'_>| match &field.kind {
        FieldKind::Record(inner) if is_recursive && recursive.contains_key(inner.as_str()) => {
            let place = place(inner);
            if recursive[inner.as_str()] == recursive[title] {
                quote!(&#place)
            } else {
                let module = ident(&recursive[inner.as_str()]);
                quote!(&super::#module::#place)
            }
        }
        FieldKind::Record(inner) => {
            let inner = imports.declared(inner);
            quote!(#inner::SHAPE)
        }
        FieldKind::Scalar(FieldScalar::Any) => {
            let open = imports.wire("OpenReply");
            quote!(#open::SHAPE)
        }
        _ => {
            let entry = imports.wire("MapEntry");
            quote!(#entry::SHAPE)
        }
    };
    let mut nodes = nodes(fields, csv, &of_shape, imports);
    nodes.extend(common.iter().map(|name| imports.registry(&name.to_string())));
    let table = quote!(#shape { name: #title, nodes: &[#(#nodes),*] });
    let (value, table) = if is_recursive {
        let place = place(title);
        (quote!(&#place), quote!(pub(super) static #place: #shape = #table;))
    } else {
        (quote!(&#table), quote!())
    };
    let open = (!literal).then(|| quote!(#[non_exhaustive]));
    let leaves: Vec<Ident> = fields.iter().filter(|field| !is_record(field)).map(|field| ident(&field.name)).collect();
    let children: Vec<Ident> = fields.iter().filter(|field| is_record(field)).map(|field| ident(&field.name)).collect();
    let leaf = access(&leaves, "leaf", "Leaf", imports);
    let child = (!children.is_empty()).then(|| access(&children, "child", "Child", imports));
    quote! {
        #doc
        #[derive(Debug, Clone, Default, PartialEq)]
        #open
        pub struct #name { #(#declared),* }

        impl #name {
            #[doc = " The names on the wire."]
            pub const SHAPE: &'static #shape = #value;
        }

        #table

        impl #record for #name {
            fn shape(&self) -> &'static #shape { Self::SHAPE }
            #leaf
            #child
        }
    }
}

/// The name of a table that is a place in memory.
fn place(record: &str) -> Ident {
    ident(&format!("{}_SHAPE", record.to_shouty_snake_case()))
}

/// Gives the table of a field's record.
type OfShape<'a> = dyn Fn(&Field, &mut Imports<'_>) -> TokenStream + 'a;

/// The two functions that find a field by its number.
fn access(fields: &[Ident], name: &str, kind: &str, imports: &mut Imports<'_>) -> TokenStream {
    let (kind, get, get_mut) = (imports.wire(kind), ident(name), format_ident!("{name}_mut"));
    if fields.is_empty() {
        return quote! {
            fn #get(&self, _: u16) -> Option<&dyn #kind> { None }
            fn #get_mut(&mut self, _: u16) -> Option<&mut dyn #kind> { None }
        };
    }
    let ids: Vec<Literal> = (0..fields.len()).map(Literal::usize_unsuffixed).collect();
    quote! {
        fn #get(&self, id: u16) -> Option<&dyn #kind> {
            match id { #(#ids => Some(&self.#fields),)* _ => None }
        }
        fn #get_mut(&mut self, id: u16) -> Option<&mut dyn #kind> {
            match id { #(#ids => Some(&mut self.#fields),)* _ => None }
        }
    }
}

fn is_record(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Record(_) | FieldKind::Scalar(FieldScalar::Any | FieldScalar::Map))
}

/// The type of a field.
fn field_type(field: &Field, imports: &mut Imports<'_>) -> TokenStream {
    use FieldScalar as S;
    let (item, is_optional) = match &field.kind {
        FieldKind::Record(name) => (imports.declared(name), field.optional && !field.many),
        FieldKind::Enum(name) => (imports.declared(name), true),
        FieldKind::Scalar(scalar) => match scalar {
            S::Text | S::Id | S::Email | S::Url => (imports.wire("Text"), false),
            S::Ip if field.many => (imports.wire("Text"), false),
            S::Domain => (imports.wire("DomainName"), false),
            S::Availability => (imports.wire("Availability"), false),
            S::Flag => (quote!(bool), true),
            S::Int | S::Long => (quote!(i64), true),
            S::Any => (imports.wire("OpenReply"), !field.many),
            S::Map => (imports.wire("MapEntry"), false),
            S::Period => (imports.wire("Period"), true),
            S::Ip => (imports.ip_addr(), true),
            S::Decimal => (imports.wire("Decimal"), true),
            S::Money => (imports.wire("Money"), true),
            S::Price => (imports.wire("Price"), true),
            S::EpochS => (imports.wire("UnixTime"), true),
            S::EpochMs => (imports.wire("Timestamp"), true),
            S::Date => (imports.wire("Date"), true),
            S::DateOrEpochMs => (imports.wire("DateOrTimestamp"), true),
            S::LocalTime => (imports.wire("LocalTime"), true),
            S::Currency => (imports.wire("Currency"), true),
            S::Secret => (imports.wire("Secret"), !field.many),
        },
    };
    // An item of a list is a leaf too: what is none by itself becomes one in an Option.
    let value = if is_optional { quote!(Option<#item>) } else { item };
    if field.many { quote!(Vec<#value>) } else { value }
}

/// The table of names.
fn nodes(fields: &[Field], csv: bool, of_shape: &OfShape<'_>, imports: &mut Imports<'_>) -> Vec<TokenStream> {
    let mut ids = Vec::new();
    let (mut leaves, mut children) = (0, 0);
    for field in fields {
        let next = if is_record(field) { &mut children } else { &mut leaves };
        ids.push(*next);
        *next += 1;
    }
    let mut out = Vec::new();
    for node in lower::lower(fields, csv) {
        let first = out.len();
        table(&node, &Columns { fields, ids: &ids, csv, of_shape }, imports, &mut out);
        let is_part =
            |field: &Field| field.part && field.xml.as_ref().is_some_and(|path| path.names[0] == node.names[0]);
        if fields.iter().any(is_part) {
            let part = &out[first];
            out[first] = quote!(#part.any_name());
        }
    }
    out
}

/// What the nodes of a table are made from.
struct Columns<'a> {
    fields: &'a [Field],
    /// The number of each field.
    ids: &'a [u16],
    csv: bool,
    of_shape: &'a OfShape<'a>,
}

fn table(node: &Node, columns: &Columns<'_>, imports: &mut Imports<'_>, out: &mut Vec<TokenStream>) {
    let Columns { fields, ids, csv, of_shape } = *columns;
    let kind = imports.wire("Node");
    let [xml, json, column] = &node.names;
    let call = match &node.kind {
        Kind::Group { json_array, .. } => {
            let wire = if xml.is_empty() { json } else { xml };
            let len = number(u32::try_from(node.descendants()).expect("a table is short"));
            let names = renamed(wire, &[("xml", xml), ("json", json)]);
            let array = json_array.then(|| quote!(.json_array()));
            quote!(#kind::group(#wire, #len) #names #array)
        }
        Kind::Field(index) => {
            let field = &fields[*index];
            let (name, id) = (&field.name, Literal::u16_unsuffixed(ids[*index]));
            let known: Vec<&String> = [xml, json, column].into_iter().filter(|name| !name.is_empty()).collect();
            let wire = *known
                .iter()
                .max_by_key(|name| (known.iter().filter(|other| other == name).count(), **name == known[0]))
                .expect("a field stands somewhere");
            let start = match &field.kind {
                _ if is_record(field) => {
                    let (shape, method) = (of_shape(field, imports), ident(if field.many { "list" } else { "one" }));
                    quote!(#kind::#method(#id, #name, #wire, #shape))
                }
                _ => quote!(#kind::leaf(#id, #name, #wire)),
            };
            let names = [("xml", xml), ("json", json), ("csv", column)];
            let names = renamed(wire, &names[..if csv { 3 } else { 2 }]);
            let modifiers = modifiers(field, imports);
            quote!(#start #names #modifiers)
        }
    };
    out.push(call);
    if let Kind::Group { children, .. } = &node.kind {
        for child in children {
            table(child, columns, imports, out);
        }
    }
}

/// The names that differ from `wire`.
fn renamed(wire: &str, names: &[(&str, &String)]) -> TokenStream {
    names
        .iter()
        .filter(|(_, name)| *name != wire)
        .map(|(format, name)| {
            let method = ident(format);
            quote!(.#method(#name))
        })
        .collect()
}

/// What a field has beyond a name.
fn modifiers(field: &Field, imports: &mut Imports<'_>) -> TokenStream {
    let mut out = TokenStream::new();
    let mut flag = |set: bool, method: &str| {
        if set {
            let method = ident(method);
            out.extend(quote!(.#method()));
        }
    };
    flag(field.many && !is_record(field), "many");
    flag(field.optional, "optional");
    flag(field.numbered, "numbered");
    flag(field.in_string, "in_string");
    flag(field.json_repeat, "json_repeat");
    flag(field.skip_empty, "skip_empty");
    flag(field.kind == FieldKind::Scalar(FieldScalar::Secret), "secret");
    let (aliases, ignore, none, none_as) = (&field.aliases, &field.ignore, &field.none, &field.none_as);
    if !aliases.is_empty() {
        out.extend(quote!(.aliases(&[#(#aliases),*])));
    }
    if !ignore.is_empty() {
        out.extend(quote!(.ignore(&[#(#ignore),*])));
    }
    if !none.is_empty() {
        let is_same = none_as.iter().all(|text| *text == none_as[0]);
        let first = &none_as[0];
        let none_as = if is_same { quote!([#first; 3]) } else { quote!([#(#none_as),*]) };
        out.extend(quote!(.none(&[#(#none),*], #none_as)));
    }
    if field.json_as != JsonAs::String {
        let json_as = json_as(field.json_as, imports);
        out.extend(quote!(.json_as(#json_as)));
    }
    let is_flag = matches!(field.kind, FieldKind::Scalar(FieldScalar::Flag | FieldScalar::Availability));
    if is_flag && field.flag != [FlagStyle::YesNo; 3] {
        let [xml, json, csv] = field.flag.map(|style| flag_style(style, imports));
        let is_same = field.flag.iter().all(|style| *style == field.flag[0]);
        out.extend(if is_same { quote!(.flag([#xml; 3])) } else { quote!(.flag([#xml, #json, #csv])) });
    }
    out
}

fn json_as(json_as: JsonAs, imports: &mut Imports<'_>) -> TokenStream {
    let (kind, name) = (imports.wire("JsonAs"), format_ident!("{json_as:?}"));
    quote!(#kind::#name)
}

/// The type of a command's reply, and its declaration where the command has one of its own.
pub fn of_command(api: &Api, command: &Command, imports: &mut Imports<'_>) -> (TokenStream, TokenStream) {
    if command.reply.fields.is_empty() {
        return (imports.wire(if command.open { "OpenReply" } else { "StatusReply" }), TokenStream::new());
    }
    let name = reply_name(command);
    let ident = ident(&name);
    let doc = format!("What [`{}`] answers.", command_type(command));
    let reply =
        Record { name: &name, doc: &doc, fields: &command.reply.fields, csv: false, recursive: &BTreeMap::new() };
    let mut items = record(&reply, false, &soap::common_names(api), imports);
    if let [Field { part: true, many: false, optional: false, kind: FieldKind::Record(part), name, .. }] =
        &*command.reply.fields
    {
        let (part, field) = (imports.declared(part), self::ident(name));
        items.extend(quote! {
            impl AsRef<#part> for #ident {
                fn as_ref(&self) -> &#part { &self.#field }
            }
        });
    }
    (quote!(#ident), items)
}

/// The name of the reply's type, where the command has one of its own.
pub fn reply_name(command: &Command) -> String {
    format!("{}Reply", command_type(command))
}

/// Where the parts of a command's reply stand.
pub fn layout(command: &Command, reply: &TokenStream, imports: &mut Imports<'_>) -> TokenStream {
    let kind = imports.wire("ReplyShape");
    let api = imports.registry("API");
    let (xml, json) = (envelope(&command.reply.xml, imports), envelope(&command.reply.json, imports));
    let csv = command.reply.csv.as_ref().map_or(quote!(None), |layout| {
        let (kind, cells, lines, rows) = (imports.wire("CsvLayout"), &layout.cells, layout.lines, &layout.rows);
        quote!(Some(#kind { cells: &[#(#cells),*], lines: #lines, rows: #rows }))
    });
    let (name, default_root, aliases) = (&command.name, default_root(command), &command.reply.root_aliases);
    quote! {
        static REPLY: #kind = #kind {
            command: #name,
            shape: #reply::SHAPE,
            xml: #xml,
            json: #json,
            csv: #csv,
            default_root: #default_root,
            root_aliases: &[#(#aliases),*],
            api: &#api,
        };
    }
}

/// The envelope that follows from the command's name.
pub fn default_root(command: &Command) -> String {
    format!("{}Response", command_type(command))
}

fn envelope(envelope: &Envelope, imports: &mut Imports<'_>) -> TokenStream {
    let Envelope { root, header, code, status, code_is_number, .. } = envelope;
    let kind = imports.wire("Envelope");
    let code_as = json_as(if *code_is_number { JsonAs::Number } else { JsonAs::String }, imports);
    quote!(#kind { root: #root, header: #header, code: #code, status: #status, code_as: #code_as })
}

/// Whether rows of CSV fill a record.
pub fn is_csv_row(api: &Api, record: &str) -> bool {
    api.commands().any(|command| {
        let rows = command.reply.csv.as_ref().map_or("", |layout| &layout.rows);
        command
            .reply
            .fields
            .iter()
            .any(|field| field.name == rows && field.kind == FieldKind::Record(record.to_owned()))
    })
}

/// An enum: its values, and the tables that they are read and written by.
pub fn open_enum(name: &str, doc: &str, values: &[crate::model::EnumValue], imports: &mut Imports<'_>) -> TokenStream {
    let name = ident(name);
    let doc = docs(doc);
    let [trait_name, unknown] = ["OpenEnum", "UnknownValue"].map(|name| imports.wire(name));
    let variants: Vec<Ident> = values.iter().map(|value| ident(&pascal(&value.name))).collect();
    let docs = values.iter().map(|value| docs(&format!("{} On the wire `{}`.", value.doc, value.wire)));
    let wires = values.iter().map(|value| &value.wire);
    let ids: Vec<Literal> = (0..values.len()).map(Literal::usize_unsuffixed).collect();
    let aliases =
        values.iter().zip(&ids).flat_map(|(value, id)| value.aliases.iter().map(move |alias| quote!((#alias, #id))));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #variants,)*
            #[doc = " A value that the spec does not list."]
            Unknown(#unknown),
        }

        impl #trait_name for #name {
            const VALUES: &'static [&'static str] = &[#(#wires),*];
            const ALIASES: &'static [(&'static str, usize)] = &[#(#aliases),*];
            fn from_index(index: usize) -> Option<Self> {
                match index { #(#ids => Some(Self::#variants),)* _ => None }
            }
            fn index(&self) -> Option<usize> {
                match self { #(Self::#variants => Some(#ids),)* Self::Unknown(_) => None }
            }
            fn from_unknown(value: #unknown) -> Self { Self::Unknown(value) }
            fn unknown(&self) -> Option<&#unknown> {
                match self { Self::Unknown(value) => Some(value), _ => None }
            }
        }
    }
}
