//! The arguments of the attribute: keys and their values.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Path, Token, parenthesized, token};
use vsc_spec::Diagnostic;
use vsc_spec::team::Key;

use crate::diagnostics::{Diagnostics, Range};
use crate::names::between_commas;

/// The arguments of `#[team_ide(…)]`.
pub(crate) struct Arguments {
    pub(crate) values: Vec<Argument>,
    /// `crate = path`, for crates that rename `vsc`.
    pub(crate) krate: Option<Path>,
    /// Whether every key could be parsed: a missing one may be among the others.
    pub(crate) complete: bool,
}

/// A key and its value.
pub(crate) struct Argument {
    pub(crate) key: Key,
    pub(crate) key_span: Span,
    pub(crate) value: ArgumentValue,
}

/// The value of a key.
pub(crate) enum ArgumentValue {
    /// `key = value`.
    Expression(Box<Expr>),
    /// `key(Name = value, …)`.
    List(Vec<(Ident, Expr)>),
    /// An invalid value, which has been reported.
    Unreadable,
}

impl ArgumentValue {
    pub(crate) fn range(&self) -> Option<Range> {
        match self {
            Self::Expression(expression) => Some(Range::of(expression)),
            Self::List(pairs) => pairs.first().map(|(name, _)| name.span().into()),
            Self::Unreadable => None,
        }
    }
}

impl Arguments {
    pub(crate) fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let mut arguments = Self {
            values: Vec::new(),
            krate: None,
            complete: true,
        };
        for part in parts(tokens) {
            let parser = |input: ParseStream| arguments.one(input, diagnostics);
            if let Err(error) = parser.parse2(part) {
                diagnostics.syntax(error);
            }
        }
        arguments
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: Key) -> Option<&Argument> {
        self.values.iter().find(|argument| argument.key == key)
    }

    fn one(&mut self, input: ParseStream, diagnostics: &mut Diagnostics) -> syn::Result<()> {
        if !input.peek(Ident::peek_any) {
            self.complete = false;
            return Err(unexpected(input, "expected a key such as `users`"));
        }
        let name = Ident::parse_any(input)?;
        if name == "crate" {
            return self.krate(&name, input);
        }
        match Key::find(&name.unraw().to_string()) {
            Err(diagnostic) => {
                diagnostics.reject(name.span(), &diagnostic);
                self.complete = false;
                // The value of an unknown key is not checked.
                input.parse::<TokenStream>().map(drop)
            }
            Ok(key) if self.get(key).is_some() => {
                let diagnostic = Diagnostic::new(format!("`{key}` is declared twice"))
                    .help("remove one of them");
                diagnostics.reject(name.span(), &diagnostic);
                input.parse::<TokenStream>().map(drop)
            }
            Ok(key) => {
                let value = value(key, &name, input, diagnostics);
                let (value, outcome) = match value {
                    Ok(value) => (value, end(input)),
                    Err(error) => (ArgumentValue::Unreadable, Err(error)),
                };
                // A comma may be missing before the next key.
                self.complete &= outcome.is_ok();
                self.values.push(Argument {
                    key,
                    key_span: name.span(),
                    value,
                });
                outcome
            }
        }
    }

    fn krate(&mut self, name: &Ident, input: ParseStream) -> syn::Result<()> {
        let equals = input.parse::<Option<Token![=]>>()?;
        if equals.is_none() || input.is_empty() {
            let message = "`crate` has no value\n= help: write `crate = vsc`";
            return Err(syn::Error::new(name.span(), message));
        }
        let path = Path::parse_mod_style(input)?;
        if self.krate.replace(path).is_some() {
            let message = "`crate` is declared twice\n= help: remove one of them";
            return Err(syn::Error::new(name.span(), message));
        }
        end(input)
    }
}

fn value(
    key: Key,
    name: &Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<ArgumentValue> {
    if input.peek(token::Paren) {
        let content;
        parenthesized!(content in input);
        let content = content.parse()?;
        // No other key takes a list: its items are not checked.
        let tags = (key == Key::Tags).then(|| pairs(content, diagnostics));
        return Ok(ArgumentValue::List(tags.unwrap_or_default()));
    }
    let equals = input.parse::<Option<Token![=]>>()?;
    if equals.is_none() || input.is_empty() {
        let example = key.example();
        return Err(syn::Error::new(
            name.span(),
            format!("`{name}` has no value\n= help: write `{example}`"),
        ));
    }
    input.parse().map(Box::new).map(ArgumentValue::Expression)
}

/// `Name = value, …`: the valid ones.
pub(crate) fn pairs(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Vec<(Ident, Expr)> {
    let read = parts(tokens).filter_map(|part| match pair.parse2(part) {
        Ok(pair) => Some(pair),
        Err(error) => {
            diagnostics.syntax(error);
            None
        }
    });
    read.collect()
}

fn pair(input: ParseStream) -> syn::Result<(Ident, Expr)> {
    if !input.peek(Ident::peek_any) {
        return Err(unexpected(input, "expected a name and its value"));
    }
    let name = Ident::parse_any(input)?;
    let equals = input.parse::<Option<Token![=]>>()?;
    if equals.is_none() || input.is_empty() {
        let message = format!("`{name}` has no value\n= help: write `{name} = …`");
        return Err(syn::Error::new(name.span(), message));
    }
    let value = input.parse()?;
    end(input)?;
    Ok((name, value))
}

/// The tokens between commas, so that an error in one part does not affect the others.
fn parts(tokens: TokenStream) -> impl Iterator<Item = TokenStream> {
    let parts = between_commas(tokens).into_iter();
    parts
        .filter(|part| !part.is_empty())
        .map(TokenStream::from_iter)
}

fn end(input: ParseStream) -> syn::Result<()> {
    if input.is_empty() {
        Ok(())
    } else {
        Err(unexpected(input, "expected `,` before the next key"))
    }
}

/// An error at the next token, after which parsing stops.
fn unexpected(input: ParseStream, message: &str) -> syn::Error {
    let error = input.error(message);
    match input.parse::<TokenStream>() {
        Ok(_) => error,
        Err(other) => other,
    }
}
