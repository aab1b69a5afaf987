//! Names of generated things: modules, types, fields, and what has to be imported for them.

use crate::model::Command;
use heck::{ToPascalCase, ToSnakeCase};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The type that stands for a command, a variant or a value: `set_dns2` is `SetDns2`.
pub fn pascal(name: &str) -> String {
    name.to_pascal_case()
}

/// The type that a command is. A schema's own name stays as it is, as `CreateAAAARecord`.
pub fn command_type(command: &Command) -> String {
    match &command.rust {
        None if command.name.starts_with(|first: char| first.is_ascii_uppercase()) && !command.name.contains('_') => {
            command.name.clone()
        }
        rust => pascal(rust.as_ref().unwrap_or(&command.name)),
    }
}

/// The module of a command.
pub fn command_module(command: &Command) -> String {
    snake(command.rust.as_ref().unwrap_or(&command.name))
}

/// The module of a family or a file: `account_default`.
pub fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// An identifier, raw where the name is a keyword.
pub fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| {
        assert!(syn::parse_str::<Ident>(&format!("r#{name}")).is_ok(), "`{name}` is no name in Rust");
        Ident::new_raw(name, Span::call_site())
    })
}

/// What a file imports. A name that the file or the API has itself is written with its path instead.
pub struct Imports<'a> {
    own: BTreeSet<String>,
    taken: &'a BTreeSet<String>,
    in_types: bool,
    crates: BTreeSet<String>,
    types: BTreeSet<String>,
    registry: BTreeSet<String>,
    wire: BTreeSet<String>,
}

impl<'a> Imports<'a> {
    /// For a file that declares `own`, in an API that declares the types `taken`; `in_types` for the files of types.
    pub fn new(own: impl IntoIterator<Item = String>, taken: &'a BTreeSet<String>, in_types: bool) -> Self {
        let own = own.into_iter().collect();
        let empty = BTreeSet::new;
        Self { own, taken, in_types, crates: empty(), types: empty(), registry: empty(), wire: empty() }
    }

    /// A name of the runtime.
    pub fn wire(&mut self, name: &str) -> TokenStream {
        let ident = ident(name);
        if self.own.contains(name) || self.taken.contains(name) {
            return quote!(bindwire_wire::#ident);
        }
        self.wire.insert(name.to_owned());
        quote!(#ident)
    }

    /// A type that the spec declares.
    pub fn declared(&mut self, name: &str) -> TokenStream {
        let ident = ident(name);
        if self.own.contains(name) {
            return if self.in_types { quote!(#ident) } else { quote!(crate::types::#ident) };
        }
        self.types.insert(name.to_owned());
        quote!(#ident)
    }

    /// A name of the registry.
    pub fn registry(&mut self, name: &str) -> TokenStream {
        let ident = ident(name);
        self.registry.insert(name.to_owned());
        quote!(#ident)
    }

    /// The address type of the standard library.
    pub fn ip_addr(&mut self) -> TokenStream {
        self.crates.insert("std::net::IpAddr".to_owned());
        quote!(IpAddr)
    }

    /// The `use` items.
    pub fn uses(&self) -> TokenStream {
        let crates = self.crates.iter().map(|path| {
            let path: TokenStream = path.parse().expect("a path");
            quote!(use #path;)
        });
        let (wire, types, registry) = (list(&self.wire), list(&self.types), list(&self.registry));
        let from_types = if self.in_types { quote!(super) } else { quote!(crate::types) };
        let wire = wire.map(|names| quote!(use bindwire_wire::#names;));
        let types = types.map(|names| quote!(use #from_types::#names;));
        let registry = registry.map(|names| quote!(use crate::registry::#names;));
        quote!(#registry #types #wire #(#crates)*)
    }
}

/// One name, or several in braces.
fn list(names: &BTreeSet<String>) -> Option<TokenStream> {
    let idents: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
    match &*idents {
        [] => None,
        [one] => Some(quote!(#one)),
        _ => Some(quote!({#(#idents),*})),
    }
}
