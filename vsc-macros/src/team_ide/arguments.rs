//! The arguments of the attribute: keys and their values.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Ident, Path, Token, parenthesized, token};
use vsc_spec::Finding;
use vsc_spec::team::Key;

use crate::diagnostics::{Diagnostics, Range};

/// The arguments of `#[team_ide(…)]`.
pub(crate) struct Arguments {
    pub(crate) values: Vec<Argument>,
    /// `crate = path`, for those who call the crate by another name.
    pub(crate) krate: Option<Path>,
    /// Whether every key could be read: what is missing may be among those that could not.
    pub(crate) complete: bool,
}

/// A key and its value.
pub(crate) struct Argument {
    pub(crate) key: Key,
    pub(crate) key_span: Span,
    pub(crate) value: Value,
}

/// What stands behind a key.
pub(crate) enum Value {
    /// `key = value`.
    Expression(Box<Expr>),
    /// `key(Name = value, …)`.
    List(Vec<(Ident, Expr)>),
}

impl Value {
    pub(crate) fn range(&self) -> Option<Range> {
        match self {
            Self::Expression(expression) => Some(Range::of(expression)),
            Self::List(pairs) => pairs.first().map(|(name, _)| name.span().into()),
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
        let parser = |input: ParseStream| {
            while !input.is_empty() {
                arguments.one(input, diagnostics)?;
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = parser.parse2(tokens) {
            diagnostics.syntax(error);
            arguments.complete = false;
        }
        arguments
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: Key) -> Option<&Argument> {
        self.values.iter().find(|argument| argument.key == key)
    }

    fn one(&mut self, input: ParseStream, diagnostics: &mut Diagnostics) -> syn::Result<()> {
        if !input.peek(Ident::peek_any) {
            return Err(input.error("expected a key such as `users`"));
        }
        let name = Ident::parse_any(input)?;
        if name == "crate" {
            input.parse::<Token![=]>()?;
            self.krate = Some(Path::parse_mod_style(input)?);
            return Ok(());
        }
        let key = Key::find(&name.unraw().to_string());
        let example = match &key {
            Ok(key) => format!("\n= help: write `{}`", key.example()),
            Err(_) => String::new(),
        };
        let value = if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            Value::List(pairs(&content)?)
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            if input.is_empty() || input.peek(Token![,]) {
                return Err(syn::Error::new(
                    name.span(),
                    format!("`{name}` has no value{example}"),
                ));
            }
            Value::Expression(input.parse()?)
        } else {
            return Err(syn::Error::new(
                name.span(),
                format!("`{name}` has no value{example}"),
            ));
        };
        match key {
            Err(finding) => {
                diagnostics.refuse(name.span(), &finding);
                self.complete = false;
            }
            Ok(key) if self.get(key).is_some() => {
                let finding =
                    Finding::new(format!("`{key}` is declared twice")).help("remove one of them");
                diagnostics.refuse(name.span(), &finding);
            }
            Ok(key) => self.values.push(Argument {
                key,
                key_span: name.span(),
                value,
            }),
        }
        Ok(())
    }
}

/// `Name = value, …`.
pub(crate) fn pairs(input: ParseStream) -> syn::Result<Vec<(Ident, Expr)>> {
    let mut pairs = Vec::new();
    while !input.is_empty() {
        let name = Ident::parse_any(input)?;
        input.parse::<Token![=]>()?;
        pairs.push((name, input.parse()?));
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(pairs)
}
