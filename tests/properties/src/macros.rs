//! A macro terminates with any tokens, and its expansion can be parsed.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use vsc_macros_as_library as macros;

/// Deeper tokens exceed rustc's own limit, and the stack of syn.
const DEEPEST: usize = 60;

fn tokens(data: &[u8]) -> Option<TokenStream> {
    let text = std::str::from_utf8(data).ok()?;
    let mut depth = 0_usize;
    for letter in text.chars() {
        depth = match letter {
            '(' | '[' | '{' => depth + 1,
            ')' | ']' | '}' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > DEEPEST {
            return None;
        }
    }
    TokenStream::from_str(text).ok()
}

/// Checks tokens that are an invocation, or a program with some.
pub(crate) fn resource_holds(data: &[u8]) {
    let Some(tokens) = tokens(data) else {
        return;
    };
    let mut found = Vec::new();
    invocations(tokens.clone(), &mut found);
    if found.is_empty() {
        for name in ["resource", "json", "object"] {
            found.push((name.to_owned(), tokens.clone()));
        }
    }
    for (name, tokens) in found {
        let tokens = with_crate(tokens);
        let expand = match name.as_str() {
            "resource" => macros::resource,
            "json" => macros::json,
            _ => macros::object,
        };
        let expanded = expand(tokens.clone());
        is_expression(&expanded);
        assert_eq!(expanded.to_string(), expand(tokens.clone()).to_string());
        let names = braced(macros::resource_names(tokens));
        // Editors also complete incomplete code, and use its tokens as they are.
        let is_finished = !expanded.to_string().contains("compile_error");
        if let Err(error) = syn::parse2::<syn::Block>(names.clone())
            && name == "resource"
            && is_finished
        {
            panic!("{error}: {names}");
        }
    }
}

fn is_expression(expanded: &TokenStream) {
    if let Err(error) = syn::parse2::<syn::Expr>(expanded.clone()) {
        panic!("{error}: {expanded}");
    }
}

fn braced(tokens: TokenStream) -> TokenStream {
    TokenTree::from(Group::new(Delimiter::Brace, tokens)).into()
}

/// The tokens with the crate that the `macro_rules!` adds.
fn with_crate(tokens: TokenStream) -> TokenStream {
    let krate: TokenStream = "::vsc".parse().unwrap_or_default();
    let krate = TokenTree::from(Group::new(Delimiter::Bracket, krate));
    std::iter::once(krate).chain(tokens).collect()
}

/// The tokens of all invocations of our macros, at any depth.
fn invocations(tokens: TokenStream, found: &mut Vec<(String, TokenStream)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        if let [.., TokenTree::Ident(name), TokenTree::Punct(mark)] = &tokens[..index]
            && mark.as_char() == '!'
            && ["resource", "json", "object"]
                .iter()
                .any(|known| name == known)
        {
            found.push((name.to_string(), group.stream()));
        }
        invocations(group.stream(), found);
    }
}

/// The numbers of invocations and declarations in a program.
pub fn macros_in(program: &str) -> (usize, usize) {
    let Some(tokens) = tokens(program.as_bytes()) else {
        return (0, 0);
    };
    let mut found = Vec::new();
    invocations(tokens.clone(), &mut found);
    (found.len(), declarations(&tokens).len())
}

/// Checks tokens that are a program with declarations, or the arguments of one.
pub(crate) fn team_ide_holds(data: &[u8]) {
    let Some(tokens) = tokens(data) else {
        return;
    };
    let mut found = declarations(&tokens);
    if found.is_empty() {
        for item in ["struct AcmeIde;", "enum AcmeIde { Alice, Bob }"] {
            found.push((tokens.clone(), item.parse().unwrap_or_default()));
        }
    }
    for (attribute, item) in found {
        let expanded = macros::team_ide(attribute.clone(), item.clone());
        let again = macros::team_ide(attribute, item.clone());
        assert_eq!(expanded.to_string(), again.to_string());
        if syn::parse2::<syn::Item>(item).is_ok()
            && let Err(error) = syn::parse2::<syn::File>(expanded.clone())
        {
            panic!("{error}: {expanded}");
        }
    }
}

/// The arguments and the item of each `#[team_ide]` at the top of a program.
fn declarations(tokens: &TokenStream) -> Vec<(TokenStream, TokenStream)> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token
            && let Some(arguments) = arguments(group)
        {
            found.push((arguments, item(&tokens[index + 1..])));
        }
    }
    found
}

/// `team_ide(…)`, with a path before it or none.
fn arguments(attribute: &Group) -> Option<TokenStream> {
    let inside: Vec<TokenTree> = attribute.stream().into_iter().collect();
    match inside.as_slice() {
        [.., TokenTree::Ident(name), TokenTree::Group(group)] if name == "team_ide" => {
            Some(group.stream())
        }
        [.., TokenTree::Ident(name)] if name == "team_ide" => Some(TokenStream::new()),
        _ => None,
    }
}

/// The tokens up to the end of the first item.
fn item(tokens: &[TokenTree]) -> TokenStream {
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(mark) => mark.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    let end = tokens
        .iter()
        .position(ends)
        .map_or(tokens.len(), |end| end + 1);
    tokens[..end].iter().cloned().collect()
}
