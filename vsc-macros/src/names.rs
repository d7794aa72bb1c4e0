//! Names that Rust does not know, for completion and documentation in editors: keys, resource types,
//! properties.
//!
//! rust-analyzer completes paths. So each name is emitted once more, with its own span, as a path into a
//! module of all names that are allowed there. Only rust-analyzer reads these paths and modules: rustc
//! ignores code under `cfg(rust_analyzer)`.
//!
//! To complete at the cursor, rust-analyzer expands the macro twice, with a marker at the cursor and
//! without, and looks for the marker's position in the other expansion. Therefore the paths come first,
//! do not depend on the known names, and exist for names that are not written yet as well.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};
use vsc_spec::team::Key;

/// Paths that are written, and the modules that they lead to.
#[derive(Default)]
pub(crate) struct Names {
    paths: Vec<TokenStream>,
    expressions: Vec<TokenStream>,
    modules: Vec<(Ident, TokenStream)>,
}

/// A module in which names are looked up.
#[derive(Clone, Copy)]
pub(crate) struct Module(usize);

impl Names {
    /// Adds a module for names, which is filled later. An editor shows its name above that of an item.
    pub(crate) fn module(&mut self, name: &str) -> Module {
        let index = self.modules.len();
        let taken = self.modules.iter().any(|(known, _)| known == name);
        let name = match identifier(name) {
            Some(name) if !taken => name,
            _ => format_ident!("members{index}"),
        };
        self.modules.push((name, TokenStream::new()));
        Module(index)
    }

    /// Fills a module with names and their descriptions.
    pub(crate) fn fill(
        &mut self,
        module: Module,
        names: impl IntoIterator<Item = (String, String)>,
    ) {
        let items = names.into_iter().filter_map(|(name, description)| {
            let name = identifier(&name)?;
            Some(quote! { #[doc = #description] pub struct #name; })
        });
        self.fill_with(module, items.collect());
    }

    /// Fills a module with items.
    pub(crate) fn fill_with(&mut self, Module(index): Module, items: TokenStream) {
        self.modules[index].1 = items;
    }

    /// Adds a written path into a module; it is empty where one can begin.
    pub(crate) fn path(&mut self, Module(index): Module, path: &[TokenTree]) {
        let name = &self.modules[index].0;
        self.paths.push(match path {
            [] => quote! { let _: #name::__; },
            path => quote! { let _: #name::#(#path)*; },
        });
    }

    /// Adds an incomplete expression, which Rust can parse and the macro cannot.
    pub(crate) fn expression(&mut self, expression: &[TokenTree]) {
        self.expressions.push(quote! { let _ = #(#expression)*; });
    }

    /// The statements for rust-analyzer.
    pub(crate) fn statements(self) -> TokenStream {
        let Self {
            paths,
            expressions,
            modules,
        } = self;
        let modules = modules
            .iter()
            .map(|(name, items)| quote! { pub mod #name { #items } });
        quote! {
            #[allow(dead_code, non_snake_case, non_camel_case_types, unreachable_code)]
            if false {
                #(#paths)*
                #(#expressions)*
                #(#modules)*
            }
        }
    }
}

/// A name as an identifier, unless it is a keyword.
pub(crate) fn identifier(name: &str) -> Option<Ident> {
    syn::parse_str(name).ok()
}

/// The token trees between commas, other than commas in the arguments of a type or a closure.
pub(crate) fn between_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    // The number of open `<`, and whether a closure's first `|` is open.
    let (mut angles, mut closure) = (0_usize, false);
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            let last = match part.last() {
                Some(TokenTree::Punct(last)) => last.as_char(),
                _ => ' ',
            };
            match punct.as_char() {
                ',' if angles == 0 && !closure => {
                    parts.push(std::mem::take(&mut part));
                    continue;
                }
                '<' if angles > 0 || last == ':' || last == '=' => angles += 1,
                '>' if last != '-' && last != '=' => angles = angles.saturating_sub(1),
                '|' if closure || last == '=' => closure = !closure,
                _ => {}
            }
        }
        part.push(token);
    }
    parts.push(part);
    parts
}

/// The keys of `#[team_ide]`.
pub(crate) fn of_attribute(attribute: TokenStream) -> TokenStream {
    let mut names = Names::default();
    let keys = names.module("keys");
    for argument in between_commas(attribute) {
        match argument.as_slice() {
            // rustc parses ignored code as well: a keyword is not a path.
            [key @ TokenTree::Ident(name), ..] if identifier(&name.to_string()).is_some() => {
                names.path(keys, std::slice::from_ref(key));
            }
            [] => names.path(keys, &[]),
            _ => {}
        }
    }
    let described = Key::ALL.iter().map(|key| {
        let description = format!("{}\n\n`{}`", key.about(), key.example());
        (key.name().to_owned(), description)
    });
    names.fill(keys, described);
    let statements = names.statements();
    quote! {
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            #statements
        };
    }
}
