//! The item below the attribute: a unit struct, or an enum with a variant for each user.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Fields, Variant};
use vsc_spec::Diagnostic;

use super::arguments::pairs;
use crate::diagnostics::{Diagnostics, Range};

/// The item that declares a team.
pub(crate) struct Item {
    pub(crate) name: Ident,
    /// The users, if it is an enum.
    pub(crate) variants: Option<Vec<UserVariant>>,
    /// The item without our attributes.
    pub(crate) cleaned: TokenStream,
    /// Whether it can have an implementation.
    pub(crate) usable: bool,
    /// Whether it may be in an `impl` or a trait, where not every item is allowed.
    pub(crate) may_be_associated: bool,
}

/// A user as a variant of the enum.
pub(crate) struct UserVariant {
    pub(crate) name: Ident,
    /// The names and values of `#[user(…)]`.
    pub(crate) fields: Vec<(Ident, Expr)>,
}

impl Item {
    pub(crate) fn parse(input: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let tokens = input.clone();
        let mut item = Self {
            name: Ident::new("TeamIde", Span::call_site()),
            variants: None,
            cleaned: input,
            usable: false,
            may_be_associated: false,
        };
        match syn::parse2::<syn::Item>(tokens) {
            Ok(syn::Item::Struct(mut declared)) => {
                item.name = declared.ident.clone();
                item.usable = true;
                let changed = reject_attributes(&mut declared.attrs, diagnostics);
                if changed {
                    item.cleaned = declared.to_token_stream();
                }
                if !declared.fields.is_empty() {
                    let diagnostic = Diagnostic::new("a team IDE cannot have fields")
                        .help(format!("write `struct {};`", item.name));
                    diagnostics.reject(Range::of(&declared.fields), &diagnostic);
                }
                if reject_generics(&mut declared.generics, diagnostics) {
                    declared.fields = Fields::Unit;
                    declared.semi_token = Some(syn::token::Semi::default());
                    item.cleaned = declared.into_token_stream();
                }
            }
            Ok(syn::Item::Enum(mut declared)) => {
                item.name = declared.ident.clone();
                item.usable = true;
                reject_attributes(&mut declared.attrs, diagnostics);
                let generic = reject_generics(&mut declared.generics, diagnostics);
                let variants = declared.variants.iter_mut();
                item.variants = Some(variants.map(|variant| user(variant, diagnostics)).collect());
                if generic {
                    declared
                        .variants
                        .iter_mut()
                        .for_each(|variant| variant.fields = Fields::Unit);
                }
                item.cleaned = declared.into_token_stream();
            }
            Ok(other) => {
                item.may_be_associated = matches!(
                    other,
                    syn::Item::Fn(_) | syn::Item::Const(_) | syn::Item::Type(_)
                );
                let diagnostic = Diagnostic::new("`team_ide` must be on a struct or an enum").help(
                    "write `#[team_ide(users = 6, domain = \"code.x.com\")] struct AcmeIde;`",
                );
                diagnostics.reject(keyword(&other), &diagnostic);
            }
            Err(error) => diagnostics.syntax(error),
        }
        item
    }
}

/// Rejects and removes `#[user(…)]` without a variant below it and a second `#[team_ide]`.
fn reject_attributes(attributes: &mut Vec<Attribute>, diagnostics: &mut Diagnostics) -> bool {
    let before = attributes.len();
    attributes.retain(|attribute| {
        let path = attribute.path();
        let diagnostic = if path.is_ident("user") {
            Diagnostic::new("`user` must be on a variant of an enum")
                .help("declare an enum with a variant for each user, or list the users in a file")
        } else if path
            .segments
            .last()
            .is_some_and(|last| last.ident == "team_ide")
        {
            Diagnostic::new("the team is declared twice").help("remove one `#[team_ide]`")
        } else {
            return true;
        };
        diagnostics.reject(Range::of(path), &diagnostic);
        false
    });
    attributes.len() != before
}

/// Rejects conditions on a variant: the macro cannot evaluate them.
fn reject_conditions(attributes: &[Attribute], diagnostics: &mut Diagnostics) {
    for attribute in attributes {
        let conditional = attribute.path().is_ident("cfg")
            || attribute.path().is_ident("cfg_attr") && {
                let tokens = attribute.meta.to_token_stream().into_iter();
                let mut inner = tokens.flat_map(|tree| match tree {
                    TokenTree::Group(group) => group.stream(),
                    other => other.into(),
                });
                inner.any(|token| ["user", "cfg"].contains(&token.to_string().as_str()))
            };
        if conditional {
            let diagnostic = Diagnostic::new("a user cannot depend on a condition")
                .note("the macro cannot evaluate it")
                .help("write two declarations, and put `#[cfg(…)]` on each");
            diagnostics.reject(Range::of(attribute.path()), &diagnostic);
        }
    }
}

/// Rejects and removes generic parameters, so that rustc reports nothing more.
fn reject_generics(generics: &mut syn::Generics, diagnostics: &mut Diagnostics) -> bool {
    if generics.params.is_empty() && generics.where_clause.is_none() {
        return false;
    }
    let range = if generics.params.is_empty() {
        Range::of(&generics.where_clause)
    } else {
        Range::of(&generics.params)
    };
    let diagnostic =
        Diagnostic::new("a team IDE cannot have generic parameters").help("remove them");
    diagnostics.reject(range, &diagnostic);
    *generics = syn::Generics::default();
    true
}

/// The first token after the attributes and the visibility: `fn`, `mod`, `trait`.
fn keyword(item: &syn::Item) -> Span {
    match item {
        syn::Item::Fn(item) => item.sig.span(),
        syn::Item::Trait(item) => item.ident.span(),
        syn::Item::Mod(item) => item.ident.span(),
        syn::Item::Union(item) => item.ident.span(),
        syn::Item::Impl(item) => item.impl_token.span,
        other => other.span(),
    }
}

fn user(variant: &mut Variant, diagnostics: &mut Diagnostics) -> UserVariant {
    if !matches!(variant.fields, Fields::Unit) {
        let diagnostic = Diagnostic::new(format!("the user `{}` has fields", variant.ident)).help(
            format!("write `#[user(memory = \"2 GiB\")] {}`", variant.ident),
        );
        diagnostics.reject(Range::of(&variant.fields), &diagnostic);
    }
    if let Some((_, value)) = &variant.discriminant {
        let diagnostic =
            Diagnostic::new(format!("the user `{}` has a discriminant", variant.ident))
                .help("remove it");
        diagnostics.reject(Range::of(value), &diagnostic);
    }
    let mut fields = Vec::new();
    let (ours, others): (Vec<Attribute>, Vec<Attribute>) = std::mem::take(&mut variant.attrs)
        .into_iter()
        .partition(|attribute| attribute.path().is_ident("user"));
    variant.attrs = others;
    reject_conditions(&variant.attrs, diagnostics);
    for attribute in ours {
        match attribute.parse_args() {
            Ok(tokens) => fields.extend(pairs(tokens, diagnostics)),
            Err(error) => diagnostics.syntax(error),
        }
    }
    UserVariant {
        name: variant.ident.clone(),
        fields,
    }
}
