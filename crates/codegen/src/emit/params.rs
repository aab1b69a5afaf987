//! Params as Rust: the type that a field has, how it is set, how it is put into the query.

use super::names::{Imports, ident};
use crate::model::{Api, FlagStyle, ListStyle, Param, ParamKind, ParamScalar, Required, TypeKind};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

/// Whether a value comes through `Into`.
fn converts(param: &Param) -> bool {
    use ParamScalar as S;
    matches!(
        param.kind,
        ParamKind::Scalar(S::Text | S::Url | S::Email | S::Id | S::Secret | S::Domain | S::Ip | S::Map)
    )
}

/// The type of one value.
fn item_type(param: &Param, imports: &mut Imports<'_>) -> TokenStream {
    use ParamScalar as S;
    match &param.kind {
        ParamKind::Scalar(scalar) => match scalar {
            S::Text | S::Url | S::Email | S::Id if param.secret => imports.wire("Secret"),
            S::Secret => imports.wire("Secret"),
            S::Text | S::Url | S::Email | S::Id => imports.wire("Text"),
            S::Domain => imports.wire("DomainName"),
            S::Ip => imports.ip_addr(),
            S::Int => quote!(u32),
            S::Long => quote!(i64),
            S::Map => imports.wire("MapEntry"),
            S::Decimal => imports.wire("Decimal"),
            S::Currency => imports.wire("Currency"),
            S::Date => imports.wire("Date"),
            S::Flag | S::One => quote!(bool),
        },
        ParamKind::Enum(name) | ParamKind::Record(name) | ParamKind::Group(name) | ParamKind::Choice(name) => {
            imports.declared(name)
        }
    }
}

/// Whether a param is one of those that `new` takes.
pub fn is_required(param: &Param) -> bool {
    param.required == Required::Yes && !is_one(param)
}

fn is_one(param: &Param) -> bool {
    param.kind == ParamKind::Scalar(ParamScalar::One)
}

fn is_flag(param: &Param) -> bool {
    param.kind == ParamKind::Scalar(ParamScalar::Flag)
}

/// The type of the field.
pub fn field_type(param: &Param, imports: &mut Imports<'_>) -> TokenStream {
    let item = item_type(param, imports);
    match param.list {
        Some(_) => quote!(Vec<#item>),
        None if is_one(param) || is_required(param) => item,
        None => quote!(Option<#item>),
    }
}

/// The argument of `new` or of a setter, and what the field is set to.
pub fn argument(param: &Param, imports: &mut Imports<'_>) -> (TokenStream, TokenStream) {
    let name = ident(&param.name);
    let item = item_type(param, imports);
    let (taken, value) = match (param.list.is_some(), converts(param)) {
        (true, true) => {
            (quote!(impl IntoIterator<Item = impl Into<#item>>), quote!(#name.into_iter().map(Into::into).collect()))
        }
        (true, false) => (quote!(impl IntoIterator<Item = #item>), quote!(#name.into_iter().collect())),
        (false, true) => (quote!(impl Into<#item>), quote!(#name.into())),
        (false, false) => (item, quote!(#name)),
    };
    let is_bare = param.list.is_some() || is_one(param) || is_required(param);
    let value = if is_bare { value } else { quote!(Some(#value)) };
    (quote!(#name: #taken), value)
}

/// The statements that put `params` and check them. A field is `self.x`, or `x` where a pattern bound it by reference.
pub fn put_all(api: &Api, params: &[Param], bound: bool, imports: &mut Imports<'_>) -> TokenStream {
    let put = params.iter().map(|param| put(api, param, bound, imports)).collect::<TokenStream>();
    let conditions = params.iter().filter_map(|param| condition(api, param, params));
    quote!(#put #(#conditions)*)
}

fn put(api: &Api, param: &Param, bound: bool, imports: &mut Imports<'_>) -> TokenStream {
    let name = ident(&param.name);
    let wire = first_wire(api, param);
    let (value, reference) =
        if bound { (quote!(*#name), quote!(#name)) } else { (quote!(self.#name), quote!(&self.#name)) };
    let is_required = is_required(param);
    let put = match (&param.kind, &param.list) {
        (ParamKind::Choice(_) | ParamKind::Group(_), None) => {
            imports.wire("ParamGroup");
            let group = if bound { quote!(#name) } else { quote!(self.#name) };
            if is_required {
                quote!(#group.write(query)?;)
            } else {
                quote!(if let Some(#name) = #reference { #name.write(query)?; })
            }
        }
        (ParamKind::Record(_) | ParamKind::Scalar(ParamScalar::Map), Some(_)) => {
            let require = is_required.then(|| quote!(query.require(#wire)?;));
            quote!(query.records(#wire, #reference)?; #require)
        }
        (ParamKind::Record(_), None) => quote!(query.record(#wire, #reference)?;),
        (kind, Some(style)) => {
            let (texts, values) = spelled(param, &reference, imports);
            let put = match style {
                ListStyle::Indexed { from, to } => {
                    let method = if matches!(kind, ParamKind::Group(_)) { quote!(group) } else { quote!(indexed) };
                    let (from, to) = (number(*from), number(*to));
                    quote!(query.#method(#wire, #from..=#to, #values)?;)
                }
                ListStyle::Repeated => quote!(query.many(#wire, #values);),
                ListStyle::Separated { separator, max } => {
                    let max = max.map_or(quote!(None), |max| {
                        let max = number(max);
                        quote!(Some(#max))
                    });
                    quote!(query.separated(#wire, #separator, #max, #values)?;)
                }
            };
            let require = is_required.then(|| quote!(query.require(#wire)?;));
            quote!(#texts #put #require)
        }
        (ParamKind::Scalar(ParamScalar::One), None) => quote!(query.one(#wire, #value);),
        (ParamKind::Scalar(ParamScalar::Flag | ParamScalar::Date), None) => {
            let (kind, spelling) = if is_flag(param) {
                (quote!(flag), flag_style(param.flag, imports))
            } else {
                let pattern = date_pattern(param);
                (quote!(date), quote!(#pattern))
            };
            let method = if is_required { kind } else { format_ident!("opt_{}", kind.to_string()).into_token_stream() };
            quote!(query.#method(#wire, #value, #spelling);)
        }
        _ if !is_required => quote!(query.opt(#wire, #reference);),
        (ParamKind::Scalar(ParamScalar::Text), None) => quote!(query.put(#wire, #reference);),
        _ => quote!(query.required(#wire, #reference)?;),
    };
    let within = param.range.map(|(min, max)| {
        let (min, max) = (signed(min), signed(max));
        quote!(query.within(#wire, #min, #max)?;)
    });
    let values = &param.values;
    let is_cased = param.kind == ParamKind::Scalar(ParamScalar::Currency)
        && values.iter().any(|value| value.bytes().any(|byte| byte.is_ascii_lowercase()));
    let one_of = match (values.is_empty(), param.open) {
        (false, false) => quote!(query.one_of(#wire, &[#(#values),*])?;),
        (false, true) if is_cased => quote!(query.spell(#wire, &[#(#values),*]);),
        _ => quote!(),
    };
    quote!(#put #within #one_of)
}

/// Values of a list that have a spelling of their own as texts, and what to hand over.
fn spelled(param: &Param, reference: &TokenStream, imports: &mut Imports<'_>) -> (TokenStream, TokenStream) {
    let item = ident(&param.name);
    let spell = match param.kind {
        ParamKind::Scalar(ParamScalar::Flag | ParamScalar::One) => {
            let style = if is_flag(param) { param.flag } else { FlagStyle::OneZero };
            let style = flag_style(style, imports);
            quote!(#style.spell(*value).into())
        }
        ParamKind::Scalar(ParamScalar::Date) => {
            let pattern = date_pattern(param);
            quote!(value.strftime(#pattern).to_string().into())
        }
        _ => return (quote!(), reference.clone()),
    };
    let text = imports.wire("Text");
    let values = reference.clone();
    let values = if values.to_string().starts_with('&') { quote!((#values)) } else { values };
    (quote!(let #item: Vec<#text> = #values.iter().map(|value| #spell).collect();), quote!(&#item))
}

/// What demands a param that is required under a condition.
fn condition(api: &Api, param: &Param, params: &[Param]) -> Option<TokenStream> {
    let Required::When { param: other, is, sent, .. } = &param.required else { return None };
    let other = params.iter().find(|param| param.name == *other)?;
    let (wire, cause) = (first_wire(api, param), first_wire(api, other));
    Some(match sent {
        Some(true) => quote!(query.require_with(#wire, #cause)?;),
        Some(false) => quote!(query.require_without(#wire, #cause)?;),
        None => quote!(query.require_when(#wire, #cause, &[#(#is),*])?;),
    })
}

/// The name on the wire by which a param is known: its own, a choice's tag, or the first of a group.
pub fn first_wire<'a>(api: &'a Api, param: &'a Param) -> &'a str {
    let (ParamKind::Group(name) | ParamKind::Choice(name)) = &param.kind else { return &param.wire };
    match api.types.get(name).map(|declared| &declared.kind) {
        Some(TypeKind::Group(params)) => {
            let first = params.iter().find(|param| is_required(param)).or(params.first());
            first.map_or("", |first| first_wire(api, first))
        }
        Some(TypeKind::Choice { tag, .. }) => tag,
        _ => "",
    }
}

/// A style of flags.
pub fn flag_style(style: FlagStyle, imports: &mut Imports<'_>) -> TokenStream {
    let styles = imports.wire("FlagStyle");
    let name = format_ident!("{style:?}");
    quote!(#styles::#name)
}

fn date_pattern(param: &Param) -> &str {
    param.date.as_ref().map_or("%Y-%m-%d", |(strftime, _)| strftime)
}

/// A number as it is written by hand.
pub fn number(value: u32) -> proc_macro2::Literal {
    proc_macro2::Literal::u32_unsuffixed(value)
}

fn signed(value: i64) -> TokenStream {
    value.to_string().parse().expect("a number")
}
