//! Requests as Rust: the struct, its builder, the command that it is.

use super::names::{Imports, command_type, ident, pascal};
use super::rust::docs;
use super::{docs as texts, params};
use crate::model::{Api, Command, Effect, Format, Param, TypeKind, Variant};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Required params that `new` can take before clippy calls it too many.
const ARGUMENTS: usize = 7;

/// A struct of params with `new` and a setter for each that can be left out.
pub fn builder(
    name: &Ident,
    doc: &str,
    attributes: &TokenStream,
    fields: &[Param],
    open: bool,
    imports: &mut Imports<'_>,
) -> TokenStream {
    let doc = docs(doc);
    let (required, optional): (Vec<&Param>, Vec<&Param>) = fields.iter().partition(|param| params::is_required(param));
    let default = required.is_empty().then(|| quote!(Default,));
    let mut declared = Vec::new();
    for param in fields {
        let (doc, name, kind) = (docs(&texts::param(param)), ident(&param.name), params::field_type(param, imports));
        declared.push(quote!(#doc pub #name: #kind));
    }
    let mut setters: Vec<TokenStream> = optional.iter().map(|param| setter(param, imports)).collect();
    if open {
        let (open_params, text) = (imports.wire("OpenParams"), imports.wire("Text"));
        declared.push(quote!(#[doc = " Params that no source tells of."] pub params: #open_params));
        setters.push(quote! {
            #[doc = " Adds a param; `name` is as sent, with its index if it has one."]
            pub fn param(mut self, name: impl Into<#text>, value: impl Into<#text>) -> Self {
                self.params.push(name, value);
                self
            }
        });
    }
    let body = if declared.is_empty() { quote!(;) } else { quote!({ #(#declared),* }) };
    let new = new(&required, fields, declared.is_empty(), imports);
    quote! {
        #doc
        #attributes
        #[derive(Debug, Clone, #default PartialEq)]
        pub struct #name #body

        impl #name {
            #new
            #(#setters)*
        }
    }
}

fn new(required: &[&Param], fields: &[Param], is_unit: bool, imports: &mut Imports<'_>) -> TokenStream {
    if required.is_empty() {
        let value = if is_unit { quote!(Self) } else { quote!(Self::default()) };
        let doc = docs("Without any param.");
        return quote!(#doc pub fn new() -> Self { #value });
    }
    let doc = docs("With the params that are required.");
    let allow = (required.len() > ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for param in fields {
        let name = ident(&param.name);
        if !params::is_required(param) {
            let default = match &*params::field_type(param, imports).to_string() {
                "bool" => quote!(false),
                kind if kind.starts_with("Vec") => quote!(Vec::new()),
                _ => quote!(None),
            };
            values.push(quote!(#name: #default));
            continue;
        }
        let (argument, value) = params::argument(param, imports);
        let is_same = name == value.to_string();
        arguments.push(argument);
        values.push(if is_same { value } else { quote!(#name: #value) });
    }
    quote! {
        #doc
        #allow
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(param: &Param, imports: &mut Imports<'_>) -> TokenStream {
    let doc = docs(&param.doc);
    let name = ident(&param.name);
    let (argument, value) = params::argument(param, imports);
    quote! {
        #doc
        pub fn #name(mut self, #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// The impls that make a struct the request of a command, and the static facts of it.
pub fn command(api: &Api, command: &Command, reply: &TokenStream, imports: &mut Imports<'_>) -> TokenStream {
    let name = ident(&command_type(command));
    let [trait_name, info, query, error] =
        ["Command", "CommandInfo", "Query", "RequestError"].map(|name| imports.wire(name));
    let put = params::put_all(api, &command.params, false, imports);
    let open = command.open.then(|| quote!(self.params.write(query)));
    let is_empty = put.is_empty() && open.is_none();
    let argument = if is_empty { quote!(_) } else { quote!(query) };
    let end = open.unwrap_or_else(|| quote!(Ok(())));
    let effect = effect_of(command, imports);
    let spends = (command.effect == Effect::Spend).then(|| {
        let spends = imports.wire("Spends");
        quote!(impl #spends for #name {})
    });
    let speaks = imports.wire("Speaks");
    let mut formats = Vec::new();
    for format in &command.formats {
        let format = imports.wire(format_type(*format));
        formats.push(quote!(impl #speaks<#format> for #name {}));
    }
    quote! {
        impl #trait_name for #name {
            type Reply = #reply;
            const INFO: &'static #info = &INFO;
            fn write(&self, #argument: &mut #query) -> Result<(), #error> {
                #put
                #end
            }
            #effect
        }
        #(#formats)*
        #spends
    }
}

/// The effect where params change it: the greatest of those that apply.
fn effect_of(command: &Command, imports: &mut Imports<'_>) -> Option<TokenStream> {
    let mut changed: Vec<Effect> = command.effect_when.iter().map(|(_, effect)| *effect).collect();
    changed.sort();
    changed.dedup();
    let kind = imports.wire("Effect");
    let plain = effect(command.effect, imports);
    let mut body = quote!({ #plain });
    for becomes in &changed {
        let names = command.effect_when.iter().filter(|(_, effect)| effect == becomes).map(|(name, _)| name);
        let params = names.filter_map(|name| command.params.iter().find(|param| param.name == *name));
        let given: Vec<TokenStream> = params.map(|param| is_given(param, imports)).collect();
        let becomes = effect(*becomes, imports);
        body = quote!(if #(#given)||* { #becomes } else #body);
    }
    (!changed.is_empty()).then(|| quote!(fn effect(&self) -> #kind { #body }))
}

/// The condition that a param is given, and not as a no.
fn is_given(param: &Param, imports: &mut Imports<'_>) -> TokenStream {
    let field = ident(&param.name);
    match &*params::field_type(param, imports).to_string() {
        "bool" => quote!(self.#field),
        "Option < bool >" => quote!(self.#field == Some(true)),
        kind if kind.starts_with("Vec") => quote!(!self.#field.is_empty()),
        _ => quote!(self.#field.is_some()),
    }
}

pub fn effect(effect: Effect, imports: &mut Imports<'_>) -> TokenStream {
    let (effects, name) = (imports.wire("Effect"), format_ident!("{effect:?}"));
    quote!(#effects::#name)
}

/// The type that stands for a format.
fn format_type(format: Format) -> &'static str {
    match format {
        Format::Xml => "Xml",
        Format::Json => "Json",
        Format::Csv => "Csv",
    }
}

/// The static facts of a command.
pub fn info(command: &Command, family: &str, imports: &mut Imports<'_>) -> TokenStream {
    let [info, format] = ["CommandInfo", "Format"].map(|name| imports.wire(name));
    let api = imports.registry("API_INFO");
    let effect = effect(command.effect, imports);
    let formats = command.formats.iter().map(|known| {
        let name = format_ident!("{}", format_type(*known));
        quote!(#format::#name)
    });
    let deprecated = command.deprecated.as_ref().map_or(quote!(None), |why| quote!(Some(#why)));
    let (name, exempt) = (&command.name, command.exempt);
    let price = command.price.as_ref().map_or(quote!(None), |price| quote!(Some(#price)));
    let reconcile = &command.reconcile;
    quote! {
        static INFO: #info = #info {
            name: #name,
            family: #family,
            effect: #effect,
            formats: &[#(#formats),*],
            deprecated: #deprecated,
            exempt: #exempt,
            price: #price,
            reconcile: &[#(#reconcile),*],
            reply: &REPLY,
            api: &#api,
        };
    }
}

/// A group or a choice.
pub fn declared(api: &Api, name: &str, doc: &str, kind: &TypeKind, imports: &mut Imports<'_>) -> TokenStream {
    let ident = ident(name);
    let [group, query, error] = ["ParamGroup", "Query", "RequestError"].map(|name| imports.wire(name));
    let (declared, put) = match kind {
        TypeKind::Group(params) => {
            (builder(&ident, doc, &quote!(), params, false, imports), params::put_all(api, params, false, imports))
        }
        TypeKind::Choice { tag, variants } => {
            (choice(&ident, doc, variants, imports), put_choice(api, tag, variants, imports))
        }
        TypeKind::Record(_) | TypeKind::Enum(_) => return TokenStream::new(),
    };
    quote! {
        #declared

        impl #group for #ident {
            fn write(&self, query: &mut #query) -> Result<(), #error> {
                #put
                Ok(())
            }
        }
    }
}

fn choice(name: &Ident, doc: &str, variants: &[Variant], imports: &mut Imports<'_>) -> TokenStream {
    let doc = docs(doc);
    let mut declared = Vec::new();
    for variant in variants {
        let (doc, name) =
            (docs(&format!("{} Sent as `{}`.", variant.doc, variant.value)), ident(&pascal(&variant.name)));
        let mut fields = Vec::new();
        for param in &variant.params {
            let (doc, name, kind) =
                (docs(&texts::param(param)), ident(&param.name), params::field_type(param, imports));
            fields.push(quote!(#doc #name: #kind));
        }
        let fields = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
        declared.push(quote!(#doc #name #fields));
    }
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#declared),* }
    }
}

fn put_choice(api: &Api, tag: &str, variants: &[Variant], imports: &mut Imports<'_>) -> TokenStream {
    let mut arms = Vec::new();
    for variant in variants {
        let (name, value) = (ident(&pascal(&variant.name)), &variant.value);
        let fields: Vec<Ident> = variant.params.iter().map(|param| ident(&param.name)).collect();
        let pattern = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
        let put = params::put_all(api, &variant.params, true, imports);
        arms.push(quote!(Self::#name #pattern => { query.put(#tag, #value); #put }));
    }
    quote!(match self { #(#arms)* })
}
