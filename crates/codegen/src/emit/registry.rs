//! The registry of an API as Rust: its static facts, and every command by name.

use super::names::{Imports, command_type, ident, pascal, snake};
use super::params::number;
use super::{rust, soap};
use crate::model::{Api, Code, Command, Family};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeSet;

/// The file `src/registry.rs`.
pub fn file(api: &Api) -> String {
    let none = BTreeSet::new();
    let name = ident(&pascal(&api.name));
    let mut imports = Imports::new([name.to_string()], &none, false);
    let shape = shape(api, &mut imports);
    let info = info(api, &mut imports);
    let entries = entries(api, &mut imports);
    let raw = raw(api, &mut imports);
    let uses = imports.uses();
    let families = api.families.iter().map(|family| ident(&snake(&family.name)));
    let allow = api.commands().any(|command| command.deprecated.is_some()).then(|| quote!(#[allow(deprecated)]));
    let find = quote! {
        #[doc = " The command called `name` on the wire."]
        pub fn find(name: &str) -> Option<&'static Entry> {
            let at = COMMANDS.binary_search_by(|entry| entry.info.name.cmp(name)).ok()?;
            COMMANDS.get(at)
        }
    };
    let items = quote! {
        use crate::{#(#families),*};
        #uses
        #[doc = " The spec as data: every command with its params, for programs that have no types."]
        pub const CATALOG: &str = include_str!("../catalog.json");
        #[doc = " Every command, in the order of the names."]
        #allow
        pub static COMMANDS: &[Entry] = &[#(#entries),*];
        #find
        #info
        #shape
        #raw
    };
    rust::file(&api.origin.part("api.toml"), "The commands of the API by name, and what they have in common.", items)
}

/// The commands in the order of their names, each with its family.
pub fn sorted(api: &Api) -> Vec<(&Family, &Command)> {
    let mut commands: Vec<_> =
        api.families.iter().flat_map(|family| family.commands.iter().map(move |command| (family, command))).collect();
    commands.sort_by_key(|(_, command)| &command.name);
    commands
}

fn entries(api: &Api, imports: &mut Imports<'_>) -> Vec<TokenStream> {
    let entry = imports.wire("Entry");
    let of = |(family, command): (&Family, &Command)| {
        let (family, command) = (ident(&snake(&family.name)), ident(&command_type(command)));
        quote!(#entry::of::<#family::#command>())
    };
    sorted(api).into_iter().map(of).collect()
}

/// What is needed to send a command.
fn info(api: &Api, imports: &mut Imports<'_>) -> TokenStream {
    let [kind, format] = ["ApiInfo", "Format"].map(|name| imports.wire(name));
    let endpoints = api.endpoints.iter().map(|(name, address)| quote!((#name, #address)));
    let suffixes = api.suffixes.iter().map(|(known, suffix)| {
        let name = format_ident!("{known:?}");
        quote!((#format::#name, #suffix))
    });
    let mut credentials = Vec::new();
    for known in &api.credentials {
        let credential = imports.wire("Credential");
        let (name, wire, env, secret) = (&known.name, &known.wire, &known.env, known.secret);
        credentials.push(quote!(#credential { name: #name, wire: #wire, env: #env, secret: #secret }));
    }
    let mut tiers = Vec::new();
    for known in &api.tiers {
        let tier = imports.wire("Tier");
        let (name, concurrent, per_minute) = (&known.name, number(known.concurrent), number(known.per_minute));
        let per_second = number(known.per_second);
        tiers.push(quote! {
            #tier { name: #name, concurrent: #concurrent, per_minute: #per_minute, per_second: #per_second }
        });
    }
    let (name, title, command_param) = (&api.name, &api.title, &api.command_param);
    let (common, binding) = (soap::common_params(api, imports), soap::binding(api, imports));
    quote! {
        #[doc = " How requests travel: addresses, credentials, limits by account."]
        pub static API_INFO: #kind = #kind {
            name: #name,
            title: #title,
            endpoints: &[#(#endpoints),*],
            suffixes: &[#(#suffixes),*],
            credentials: &[#(#credentials),*],
            command_param: #command_param,
            common: &[#(#common),*],
            soap: #binding,
            tiers: &[#(#tiers),*],
            shape: &API,
        };
    }
}

/// What all replies have in common.
fn shape(api: &Api, imports: &mut Imports<'_>) -> TokenStream {
    let kind = imports.wire("ApiShape");
    let rules = &api.envelope;
    // What is imported is used: a description of a service knows no phrases, codes and statuses.
    let is_classed = !api.phrases.is_empty() || rules.codes.iter().any(|known| known.class.is_some());
    let class = is_classed.then(|| imports.wire("Class"));
    let outcome = (!rules.statuses.is_empty()).then(|| imports.wire("Outcome"));
    let (codes, statuses, errors) = (&rules.code_names, &rules.status_names, &rules.error_names);
    let success = rules.success_codes.iter().map(|code| Literal::i64_unsuffixed(*code));
    let roots = roots(api);
    let roots = roots.iter().map(|(root, command)| quote!((#root, #command)));
    let phrases = api.phrases.iter().flat_map(|phrase| {
        let name = ident(&pascal(&phrase.class));
        let class = class.clone();
        phrase.contains.iter().map(move |text| quote!((#text, #class::#name)))
    });
    let unsure = api.phrases.iter().filter(|phrase| phrase.unsure).flat_map(|phrase| &phrase.contains);
    let code_classes = rules.codes.iter().filter_map(|known| {
        let Code::Number(code) = known.code else { return None };
        let (code, name) = (Literal::i64_unsuffixed(code), ident(&pascal(known.class.as_ref()?)));
        Some(quote!((#code, #class::#name)))
    });
    let code_words = rules.codes.iter().filter_map(|known| {
        let Code::Word(word) = &known.code else { return None };
        let name = ident(&pascal(known.class.as_ref()?));
        Some(quote!((#word, #class::#name)))
    });
    let wrapping = soap::wrapping(api, imports);
    let namespaces = soap::namespace_list(api);
    let common = soap::common_nodes(api, imports);
    let outcomes = rules.statuses.iter().flat_map(|status| {
        let name = ident(&format!("{:?}", status.outcome));
        let outcome = outcome.clone();
        std::iter::once(&status.text).chain(&status.aliases).map(move |text| quote!((#text, #outcome::#name)))
    });
    let (name, generic) = (&api.name, &rules.generic);
    quote! {
        #[doc = " What all replies have in common."]
        pub static API: #kind = #kind {
            name: #name,
            codes: &[#(#codes),*],
            statuses: &[#(#statuses),*],
            errors: &[#(#errors),*],
            success: &[#(#success),*],
            generic_root: #generic,
            roots: &[#(#roots),*],
            outcomes: &[#(#outcomes),*],
            phrases: &[#(#phrases),*],
            unsure: &[#(#unsure),*],
            code_classes: &[#(#code_classes),*],
            code_words: &[#(#code_words),*],
            soap: #wrapping,
        };
        #common
        #namespaces
    }
}

/// Every envelope with its command, in the order of the envelopes.
fn roots(api: &Api) -> BTreeSet<(String, String)> {
    let of = |command: &Command| {
        let reply = &command.reply;
        // SOAP is XML, whatever would follow for another format.
        let json = Some(&reply.json.root).filter(|_| api.soap.is_none());
        let names = [&reply.xml.root].into_iter().chain(json).chain(&reply.root_aliases);
        names.filter(|root| !root.is_empty()).map(|root| (root.clone(), command.name.clone())).collect::<Vec<_>>()
    };
    api.commands().flat_map(of).collect()
}

/// Commands that the spec does not have.
fn raw(api: &Api, imports: &mut Imports<'_>) -> TokenStream {
    let names = [
        "Api",
        "CommandInfo",
        "Effect",
        "Envelope",
        "Format",
        "JsonAs",
        "OpenReply",
        "RawCommand",
        "ReplyShape",
        "Text",
    ];
    let [of_api, info, effect, envelope, format, json_as, open, raw, shape, text] =
        names.map(|name| imports.wire(name));
    let name = ident(&pascal(&api.name));
    let formats = api.suffixes.iter().map(|(known, _)| {
        let name = format_ident!("{known:?}");
        quote!(#format::#name)
    });
    let doc = rust::docs(&format!("{} as a type.", api.title));
    quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct #name;

        impl #of_api for #name {
            const RAW: &'static #info = &RAW;
        }

        #[doc = " A command that the spec does not have, by its name on the wire."]
        pub fn raw(name: impl Into<#text>) -> #raw<#name> {
            #raw::new(name)
        }

        const NO_ENVELOPE: #envelope = #envelope { root: "", header: "", code: "", status: "", code_as: #json_as::Any };

        static RAW: #info = #info {
            name: "",
            family: "",
            effect: #effect::Spend,
            formats: &[#(#formats),*],
            deprecated: None,
            exempt: false,
            price: None,
            reconcile: &[],
            reply: &#shape {
                command: "",
                shape: #open::SHAPE,
                xml: NO_ENVELOPE,
                json: NO_ENVELOPE,
                csv: None,
                default_root: "",
                root_aliases: &[],
                api: &API,
            },
            api: &API_INFO,
        };
    }
}
