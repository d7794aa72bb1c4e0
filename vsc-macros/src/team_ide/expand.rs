//! The expansion of a declaration.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::Expr;
use vsc_spec::Text;
use vsc_spec::team::{
    Allow, Declaration, DeclarationPath, Field, Key, LoginDeclaration, LoginPart,
    SnapshotsDeclaration, Texts, TlsDeclaration, TlsPart, UserDeclaration, UserField, UserKey,
    UserValue, Users,
};

use super::item::Item;
use super::literal::{KnownType, known_type};
use super::reading::{Reading, of_user};
use crate::diagnostics::Range;

/// The implementation that returns the declaration. A rejected declaration has one as well, so that uses
/// of the type are not errors.
pub(crate) fn implementation(krate: &TokenStream, item: &Item, reading: &Reading) -> TokenStream {
    let name = &item.name;
    let declaration = if reading.is_clean || reading.has_constants() {
        Expansion { krate, reading }.declaration(&reading.declaration)
    } else {
        // It does not compile anyway: rustc need not read all of it.
        let type_name = reading.declaration.type_name.clone();
        let declaration = Declaration {
            type_name,
            ..Declaration::default()
        };
        Expansion { krate, reading }.declaration(&declaration)
    };
    let extend = reading.extend.as_ref().map(|function| {
        quote! {
            const EXTEND: #krate::pattern::Extend = #function;
            const SYNTHESIZE: #krate::__private::Synthesize = #krate::__private::extended::<Self>;
        }
    });
    // Errors of the rules fail to evaluate.
    let allowed = reading
        .has_constants()
        .then(|| quote! { #[allow(arithmetic_overflow, unconditional_panic)] });
    // A lint about its length would be reported in the user's crate.
    let validation = reading.has_constants().then(|| {
        let all_are_constant = reading
            .constant(DeclarationPath::Value(Key::Users))
            .is_some();
        let call = if reading.is_clean && !all_are_constant {
            let users = reading.users_with_constants();
            quote! { validate_constants(&[#(#users),*]) }
        } else {
            quote! { validate() }
        };
        quote! {
            #[allow(long_running_const_eval)]
            const VALIDATION: &'static #krate::team::Validation = &Self::DECLARATION.#call;
        }
    });
    // The variants are only names and never constructed. An `allow` attribute would be an error if the
    // crate forbids dead code.
    let used = item
        .variants
        .as_ref()
        .filter(|_| reading.is_clean)
        .map(|variants| {
            let variants = variants.iter().map(|variant| &variant.name);
            let variants = variants.map(|variant| quote! { #name::#variant });
            quote! { const _: &[#name] = &[#(#variants),*]; }
        });
    let tracked = reading.file.as_ref().and_then(|file| {
        // The compiler tracks included files.
        let path = file.path.to_str()?;
        Some(quote! { const _: &[::core::primitive::u8] = ::core::include_bytes!(#path); })
    });
    quote! {
        #used
        impl #krate::Declared for #name {
            #allowed
            const DECLARATION: &'static #krate::Declaration = &#declaration;
            #validation
            #extend
        }
        #tracked
    }
}

struct Expansion<'a> {
    krate: &'a TokenStream,
    reading: &'a Reading,
}

impl Expansion<'_> {
    fn declaration(&self, declaration: &Declaration) -> TokenStream {
        let krate = self.krate;
        let (texts, others): (Vec<Key>, Vec<Key>) = Key::ALL
            .iter()
            .partition(|key| matches!(declaration.field(**key), Field::Text(_)));
        let fields = others.into_iter().chain(texts).filter_map(|key| {
            let name = Ident::new(key.name(), Span::call_site());
            let value = self.field(key, declaration.field(key))?;
            Some(quote! { #name: #value })
        });
        let type_name: &str = &declaration.type_name;
        quote! {
            #krate::Declaration {
                type_name: ::std::borrow::Cow::Borrowed(#type_name),
                #(#fields,)*
            }
        }
    }

    /// The value of a field, unless the key has none.
    fn field(&self, key: Key, field: Field<'_>) -> Option<TokenStream> {
        let krate = self.krate;
        let path = DeclarationPath::Value(key);
        Some(match field {
            Field::Text(text) => self.optional_text(path, text.as_ref()),
            Field::Integer(integer) => option(integer.map(|integer| self.integer(path, integer))),
            Field::Number(number) => self.number(path, *number),
            Field::Texts(_, texts) => {
                self.texts(texts, Some(path), |at| DeclarationPath::Item(key, at))
            }
            Field::Users(users) => option(users.as_ref().map(|users| self.users(users))),
            Field::Allow(allow) => option(allow.as_ref().map(|allow| self.allow(allow))),
            Field::Snapshots(snapshots) => {
                option(snapshots.as_ref().map(|it| self.snapshots(path, it)))
            }
            Field::Tls(tls) => option(tls.as_ref().map(|tls| self.tls(tls))),
            Field::Login(login) => option(login.as_ref().map(|login| self.login(login))),
            Field::Operators(operators) => option(operators.as_ref().map(|operators| {
                self.texts(operators, Some(path), |at| DeclarationPath::Item(key, at))
            })),
            Field::Choice(choice) => {
                let word = choice.chosen().map(|word| {
                    let [of, variant] = [word.variant.0, word.variant.1]
                        .map(|name| Ident::new(name, Span::call_site()));
                    quote! { #krate::team::#of::#variant }
                });
                match word {
                    Some(word) if !choice.is_optional() => word,
                    word => option(word),
                }
            }
            Field::Tags(tags) => {
                let tags = tags.iter().enumerate().map(|(at, (key, value))| {
                    let value = self.text(DeclarationPath::TagValue(at), value);
                    quote! { (::std::borrow::Cow::Borrowed(#key), #value) }
                });
                quote! { ::std::borrow::Cow::Borrowed(&[#(#tags),*]) }
            }
            Field::Elsewhere => return None,
        })
    }

    fn str(&self, path: DeclarationPath, text: &str) -> TokenStream {
        match self.reading.constant(path) {
            // A separate constant: rustc then reports only the expected type.
            Some(constant) => quote! {{
                const __VSC_TEXT: &'static ::core::primitive::str = #constant;
                __VSC_TEXT
            }},
            None => quote! { #text },
        }
    }

    fn text(&self, path: DeclarationPath, text: &str) -> TokenStream {
        let text = self.str(path, text);
        quote! { ::std::borrow::Cow::Borrowed(#text) }
    }

    fn optional_text(&self, path: DeclarationPath, text: Option<&Text>) -> TokenStream {
        option(text.map(|text| self.text(path, text)))
    }

    /// A constant of one of several types. If its type has no such method, rustc underlines the method,
    /// which has the span of the constant.
    fn converted(&self, constant: &Expr, reference: &TokenStream, method: &str) -> TokenStream {
        let krate = self.krate;
        let method = Ident::new(method, Range::of(constant).start());
        let (item, value) = match known_type(constant) {
            Some(known) => {
                let (kind, value) = match known {
                    KnownType::Whole => (quote! { ::core::primitive::i128 }, quote! { #constant }),
                    KnownType::Decimal => (quote! { ::core::primitive::f64 }, quote! { #constant }),
                    KnownType::Array => (strings(), quote! { &#constant }),
                    KnownType::Slice => (strings(), quote! { #constant }),
                };
                let item = quote! { const __VSC_VALUE: #kind = #value; };
                (item, quote! { __VSC_VALUE })
            }
            None if reference.is_empty() => (TokenStream::new(), quote! { #constant }),
            None => (TokenStream::new(), operand(constant)),
        };
        quote! {{
            use #krate::__private::{OtherList as _, OtherNumber as _};
            #item
            #krate::__private::Constant(#reference #value).#method()
        }}
    }

    fn integer(&self, path: DeclarationPath, number: i128) -> TokenStream {
        match self.reading.constant(path) {
            Some(constant) => self.converted(constant, &TokenStream::new(), "integer"),
            None => quote! { #number },
        }
    }

    fn boolean(&self, path: DeclarationPath, boolean: bool) -> TokenStream {
        match self.reading.constant(path) {
            // As for strings: rustc then reports only the expected type.
            Some(constant) => quote! {{
                const __VSC_BOOLEAN: ::core::primitive::bool = #constant;
                __VSC_BOOLEAN
            }},
            None => quote! { #boolean },
        }
    }

    fn number(&self, path: DeclarationPath, number: Option<f64>) -> TokenStream {
        option(number.map(|number| match self.reading.constant(path) {
            Some(constant) => self.converted(constant, &TokenStream::new(), "number"),
            None if number.is_finite() => quote! { #number },
            // It is rejected.
            None => quote! { 0.0 },
        }))
    }

    /// Strings, each of which may be a constant, or all of them one.
    fn texts(
        &self,
        texts: &Texts,
        whole: Option<DeclarationPath>,
        item: impl Fn(usize) -> DeclarationPath,
    ) -> TokenStream {
        let krate = self.krate;
        if let Some(constant) = whole.and_then(|path| self.reading.constant(path)) {
            return self.converted(constant, &quote! { & }, "texts");
        }
        if (0..texts.len()).all(|at| self.reading.constant(item(at)).is_none()) {
            let texts = texts.iter();
            return quote! { #krate::team::Texts::Constant(&[#(#texts),*]) };
        }
        let items = texts.iter().enumerate();
        let items = items.map(|(at, text)| self.str(item(at), text));
        let strings = strings();
        quote! {
            #krate::team::Texts::Constant({
                const __VSC_LIST: #strings = &[#(#items),*];
                __VSC_LIST
            })
        }
    }

    fn users(&self, users: &Users) -> TokenStream {
        let krate = self.krate;
        if let Some(constant) = self.reading.constant(DeclarationPath::Value(Key::Users)) {
            return self.converted(constant, &quote! { & }, "users");
        }
        match users {
            Users::Count(count) => quote! { #krate::team::Users::Count(#count) },
            Users::Names(names) => {
                let names = self.texts(names, None, |at| of_user(at, UserField::Name));
                quote! { #krate::team::Users::Names(#names) }
            }
            Users::Records(records) => {
                let records = records.iter().enumerate();
                let records = records.map(|(index, record)| self.record(index, record));
                quote! {
                    #krate::team::Users::Records(::std::borrow::Cow::Borrowed({
                        const __VSC_RECORDS: &'static [#krate::team::UserDeclaration] =
                            &[#(#records),*];
                        __VSC_RECORDS
                    }))
                }
            }
        }
    }

    fn record(&self, index: usize, record: &UserDeclaration) -> TokenStream {
        let krate = self.krate;
        let fields = UserKey::ALL.into_iter().map(|key| {
            let name = Ident::new(key.name(), Span::call_site());
            let path = of_user(index, key.field(0));
            let value = match record.value(key) {
                UserValue::Name(name) => self.text(path, name),
                UserValue::Text(text) => self.optional_text(path, text.as_ref()),
                UserValue::Number(number) => self.number(path, *number),
                UserValue::Texts(_, texts) => {
                    self.texts(texts, None, |at| of_user(index, key.field(at)))
                }
            };
            quote! { #name: #value }
        });
        quote! {
            #krate::team::UserDeclaration { #(#fields,)* }
        }
    }

    fn allow(&self, allow: &Allow) -> TokenStream {
        let krate = self.krate;
        match allow {
            Allow::Anywhere => quote! { #krate::team::Allow::Anywhere },
            Allow::Ranges(ranges) => {
                let whole = Some(DeclarationPath::Value(Key::Allow));
                let ranges = self.texts(ranges, whole, |at| DeclarationPath::Item(Key::Allow, at));
                quote! { #krate::team::Allow::Ranges(#ranges) }
            }
        }
    }

    fn snapshots(&self, path: DeclarationPath, snapshots: &SnapshotsDeclaration) -> TokenStream {
        let krate = self.krate;
        match snapshots {
            SnapshotsDeclaration::Daily { keep } => {
                let keep = option(keep.map(|keep| self.integer(path, keep)));
                quote! { #krate::team::SnapshotsDeclaration::Daily { keep: #keep } }
            }
            SnapshotsDeclaration::None => quote! { #krate::team::SnapshotsDeclaration::None },
        }
    }

    fn login(&self, login: &LoginDeclaration) -> TokenStream {
        let krate = self.krate;
        let text = |part, text: &Option<Text>| {
            self.optional_text(DeclarationPath::Login(part), text.as_ref())
        };
        match login {
            LoginDeclaration::Generated => quote! { #krate::team::LoginDeclaration::Generated },
            LoginDeclaration::Shared => quote! { #krate::team::LoginDeclaration::Shared },
            LoginDeclaration::Oidc {
                issuer,
                client_id,
                client_secret,
            } => {
                let issuer = text(LoginPart::Issuer, issuer);
                let client_id = text(LoginPart::ClientId, client_id);
                let client_secret = text(LoginPart::ClientSecret, client_secret);
                quote! {
                    #krate::team::LoginDeclaration::Oidc {
                        issuer: #issuer,
                        client_id: #client_id,
                        client_secret: #client_secret,
                    }
                }
            }
            LoginDeclaration::Cognito { domain_prefix } => {
                let domain_prefix = text(LoginPart::DomainPrefix, domain_prefix);
                quote! {
                    #krate::team::LoginDeclaration::Cognito { domain_prefix: #domain_prefix }
                }
            }
        }
    }

    fn tls(&self, tls: &TlsDeclaration) -> TokenStream {
        let krate = self.krate;
        let text = |part, text: &Option<Text>| {
            self.optional_text(DeclarationPath::Tls(part), text.as_ref())
        };
        match tls {
            TlsDeclaration::Ssm {
                certificate,
                private_key,
            } => {
                let certificate = text(TlsPart::Certificate, certificate);
                let private_key = text(TlsPart::PrivateKey, private_key);
                quote! {
                    #krate::team::TlsDeclaration::Ssm {
                        certificate: #certificate,
                        private_key: #private_key,
                    }
                }
            }
            TlsDeclaration::Acme {
                email,
                until,
                staging,
            } => {
                let (email, until) = (text(TlsPart::Email, email), text(TlsPart::Until, until));
                let staging = self.boolean(DeclarationPath::Tls(TlsPart::Staging), *staging);
                quote! {
                    #krate::team::TlsDeclaration::Acme {
                        email: #email,
                        until: #until,
                        staging: #staging,
                    }
                }
            }
            TlsDeclaration::None => quote! { #krate::team::TlsDeclaration::None },
        }
    }
}

/// The type of a list of strings.
fn strings() -> TokenStream {
    quote! { &'static [&'static ::core::primitive::str] }
}

/// A constant after an operator. Added parentheses would be underlined with it, since they have the span
/// of its first token.
fn operand(constant: &Expr) -> TokenStream {
    let tokens = constant.to_token_stream();
    if matches!(constant, Expr::Path(_)) {
        return tokens;
    }
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(Range::of(constant).start());
    group.into_token_stream()
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote! { ::core::option::Option::Some(#value) },
        None => quote! { ::core::option::Option::None },
    }
}
