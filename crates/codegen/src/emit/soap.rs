//! What only crates of APIs that speak SOAP have: the binding, the params and messages that everything has in common, and the
//! short form of a command's facts.

use super::names::{Imports, ident};
use super::reply::open_enum;
use crate::model::{Api, Code, Command, EnumValue, FieldKind, MessageNames, ParamKind, SoapStyle, TypeKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::{BTreeMap, BTreeSet};

/// The records that stand in requests, which are built by hand and so must stay literal.
pub fn requested(api: &Api) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for param in api.commands().flat_map(|command| &command.params) {
        if let ParamKind::Record(name) = &param.kind {
            add(api, name, &mut found);
        }
    }
    found
}

fn add<'a>(api: &'a Api, name: &'a str, found: &mut BTreeSet<&'a str>) {
    if !found.insert(name) {
        return;
    }
    let Some(TypeKind::Record(fields)) = api.types.get(name).map(|declared| &declared.kind) else { return };
    for field in fields {
        if let FieldKind::Record(inner) = &field.kind {
            add(api, inner, found);
        }
    }
}

/// Whether a record can hold itself, by way of lists.
pub fn is_recursive(api: &Api, name: &str) -> bool {
    let mut found = BTreeSet::new();
    let Some(TypeKind::Record(fields)) = api.types.get(name).map(|declared| &declared.kind) else { return false };
    for field in fields {
        if let FieldKind::Record(inner) = &field.kind {
            add(api, inner, &mut found);
        }
    }
    found.contains(name)
}

/// The params that every command takes.
pub fn common_params(api: &Api, imports: &mut Imports<'_>) -> Vec<TokenStream> {
    let mut out = Vec::new();
    for common in &api.common {
        let kind = imports.wire("CommonParam");
        let (name, wire, xsd) = (&common.name, &common.wire, &common.xsd);
        let (secret, session, last) = (common.secret, common.session, common.last);
        out.push(quote! {
            #kind { name: #name, wire: #wire, xsd: #xsd, secret: #secret, session: #session, last: #last }
        });
    }
    out
}

/// How requests are wrapped.
pub fn binding(api: &Api, imports: &mut Imports<'_>) -> TokenStream {
    let Some(soap) = &api.soap else { return quote!(None) };
    let kind = imports.wire("SoapInfo");
    let style = style(soap.style, imports);
    let (namespace, action, request, wsdl) = (&soap.namespace, &soap.action, &soap.request, &soap.wsdl);
    let qualified = soap.qualified;
    let version = &api.version;
    let elements = api.commands().filter_map(|command| {
        let (name, element) = (&command.name, command.element.as_ref()?);
        Some(quote!((#name, #element)))
    });
    let namespaces = namespaces(api);
    let sessionless = api.commands().filter(|command| !command.session).map(|command| &command.name);
    quote! {
        Some(&#kind {
            style: #style,
            namespace: #namespace,
            namespaces: #namespaces,
            qualified: #qualified,
            action: #action,
            request: #request,
            elements: &[#(#elements),*],
            wsdl: #wsdl,
            version: #version,
            sessionless: &[#(#sessionless),*],
        })
    }
}

/// The commands that are of a namespace of their own, by name.
fn own_namespaces(api: &Api) -> BTreeMap<&str, &str> {
    api.commands().filter_map(|command| Some((command.name.as_str(), command.namespace.as_deref()?))).collect()
}

/// What stands for them.
fn namespaces(api: &Api) -> TokenStream {
    if own_namespaces(api).is_empty() { quote!(&[]) } else { quote!(NAMESPACES) }
}

/// Their declaration, which requests and replies share.
pub fn namespace_list(api: &Api) -> Option<TokenStream> {
    let own = own_namespaces(api);
    let rows = own.iter().map(|(name, namespace)| quote!((#name, #namespace)));
    (!own.is_empty()).then(|| quote!(const NAMESPACES: &[(&str, &str)] = &[#(#rows),*];))
}

/// How replies are wrapped.
pub fn wrapping(api: &Api, imports: &mut Imports<'_>) -> TokenStream {
    let Some(soap) = &api.soap else { return quote!(None) };
    let kind = imports.wire("SoapShape");
    let style = style(soap.style, imports);
    let (namespace, code_in_text, by_fault) = (&soap.namespace, soap.code_in_text, api.envelope.by_fault);
    let nested = match &soap.nested {
        None => quote!(None),
        Some(nested) => {
            let kind = imports.wire("NestedReply");
            let (root, field, suffix) =
                (soap.response.replace("{command}", &nested.command), &nested.field, &nested.suffix);
            quote!(Some(#kind { root: #root, field: #field, suffix: #suffix }))
        }
    };
    let common = common_names(api);
    let namespaces = namespaces(api);
    quote! {
        Some(&#kind {
            style: #style,
            namespace: #namespace,
            namespaces: #namespaces,
            by_fault: #by_fault,
            code_in_text: #code_in_text,
            nested: #nested,
            common: &[#(#common),*],
        })
    }
}

fn style(style: SoapStyle, imports: &mut Imports<'_>) -> TokenStream {
    let (kind, name) = (imports.wire("SoapStyle"), format_ident!("{style:?}"));
    quote!(#kind::#name)
}

/// The constants of the registry that stand for what every reply has beside its own fields.
pub fn common_names(api: &Api) -> Vec<proc_macro2::Ident> {
    let rules = &api.envelope;
    let job = (!rules.job.is_empty()).then(|| ident("JOB"));
    let messages = rules.messages.is_some().then(|| ident("MESSAGES"));
    job.into_iter().chain(messages).collect()
}

/// Their declarations.
pub fn common_nodes(api: &Api, imports: &mut Imports<'_>) -> TokenStream {
    let rules = &api.envelope;
    let mut out = TokenStream::new();
    if !rules.job.is_empty() {
        let (node, name) = (imports.wire("Node"), &rules.job);
        out.extend(quote! {
            #[doc = " The id of the job that a request made, in every reply."]
            pub(crate) const JOB: #node = #node::job(#name, &[]);
        });
    }
    if let Some(MessageNames { name, source, level, code, text }) = &rules.messages {
        let [node, shape] = ["Node", "Shape"].map(|name| imports.wire(name));
        let leaf = |id: u16, field: &str, names: &[String]| {
            let id = proc_macro2::Literal::u16_unsuffixed(id);
            let (first, others) =
                names.split_first().map_or((String::new(), names), |(first, others)| (first.clone(), others));
            let aliases = (!others.is_empty()).then(|| quote!(.aliases(&[#(#others),*])));
            quote!(#node::leaf(#id, #field, #first).optional() #aliases)
        };
        let leaves = [leaf(0, "source", source), leaf(1, "level", level), leaf(2, "code", code), leaf(3, "text", text)];
        out.extend(quote! {
            #[doc = " The messages of every reply."]
            pub(crate) const MESSAGES: #node = #node::messages(#name, &MESSAGE);

            static MESSAGE: #shape = #shape { name: "Message", nodes: &[#(#leaves),*] };
        });
    }
    out
}

/// The file `src/codes.rs`: what answers say of themselves, as types; nothing where no words are known.
pub fn codes(api: &Api) -> Option<String> {
    let values = |words: Vec<(&str, &str)>| -> Vec<EnumValue> {
        let of = |(wire, doc): (&str, &str)| EnumValue {
            name: wire.to_lowercase().replace(|other: char| !other.is_ascii_alphanumeric(), "_"),
            wire: wire.to_owned(),
            aliases: Vec::new(),
            doc: doc.to_owned(),
        };
        words.into_iter().map(of).collect()
    };
    let rules = &api.envelope;
    let words = rules.codes.iter().filter_map(|known| match &known.code {
        Code::Word(word) => Some((word.as_str(), known.means.as_str())),
        Code::Number(_) => None,
    });
    let codes = values(words.collect());
    let levels = values(rules.levels.iter().map(|known| (known.level.as_str(), known.means.as_str())).collect());
    if codes.is_empty() && levels.is_empty() {
        return None;
    }
    let none = BTreeSet::new();
    let names = ["ErrorCode", "MessageLevel"].map(str::to_owned);
    let mut imports = Imports::new(names, &none, false);
    let mut items = TokenStream::new();
    if !codes.is_empty() {
        let [class, refusal] = ["OpenEnum", "Refusal"].map(|name| imports.wire(name));
        items.extend(open_enum("ErrorCode", "Why a request was refused.", &codes, &mut imports));
        items.extend(quote! {
            impl ErrorCode {
                #[doc = " The code of a refusal; nothing where it has none that is a word."]
                pub fn of(refusal: &#refusal) -> Option<Self> {
                    (!refusal.code_word.is_empty()).then(|| #class::parse(&refusal.code_word))
                }
            }
        });
    }
    if !levels.is_empty() {
        let [class, message] = ["OpenEnum", "Message"].map(|name| imports.wire(name));
        items.extend(open_enum("MessageLevel", "How severe a message is.", &levels, &mut imports));
        items.extend(quote! {
            impl MessageLevel {
                #[doc = " The level of a message."]
                pub fn of(message: &#message) -> Self {
                    #class::parse(&message.level)
                }
            }
        });
    }
    let uses = imports.uses();
    let origin = api.origin.part("api.toml");
    Some(super::rust::file(&origin, "What answers say of themselves, as types.", quote!(#uses #items)))
}

/// The static facts of a command and of its reply.
pub fn facts(
    command: &Command,
    family: &str,
    reply: &TokenStream,
    imports: &mut Imports<'_>,
) -> (TokenStream, TokenStream) {
    let [info, shape] = ["CommandInfo", "ReplyShape"].map(|name| imports.wire(name));
    let [api_info, api] = ["API_INFO", "API"].map(|name| imports.registry(name));
    let effect = super::request::effect(command.effect, imports);
    let (name, root, status) = (&command.name, &command.reply.xml.root, &command.reply.xml.status);
    let base = quote!(#info::soap(#name, #family, #effect, &REPLY, &#api_info));
    let mut changes = Vec::new();
    if let Some(why) = &command.deprecated {
        changes.push(quote!(deprecated: Some(#why)));
    }
    if command.exempt {
        changes.push(quote!(exempt: true));
    }
    if let Some(price) = &command.price {
        changes.push(quote!(price: Some(#price)));
    }
    if !command.reconcile.is_empty() {
        let reconcile = &command.reconcile;
        changes.push(quote!(reconcile: &[#(#reconcile),*]));
    }
    let facts = if changes.is_empty() { base } else { quote!(#info { #(#changes,)* ..#base }) };
    (
        quote!(static INFO: #info = #facts;),
        quote!(static REPLY: #shape = #shape::soap(#name, #root, #status, #reply::SHAPE, &#api);),
    )
}
