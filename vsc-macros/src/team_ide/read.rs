//! Reads the arguments into a declaration.

use syn::ext::IdentExt as _;
use syn::{Expr, Ident};
use vsc_spec::team::{Allow, Declaration, Key, TlsDeclaration, UserDeclaration, Users};
use vsc_spec::{Finding, suggest};

use super::arguments::{Argument, Arguments, Value};
use super::item::{Item, UserVariant};
use super::literal::{number, string, wrong};
use super::places::{Places, UserSpans};
use crate::diagnostics::{Diagnostics, Range};

/// The declaration, as far as it can be read; what cannot be is refused.
pub(crate) fn declaration(
    arguments: &Arguments,
    item: &Item,
    places: &mut Places,
    diagnostics: &mut Diagnostics,
) -> Declaration {
    let mut declaration = Declaration {
        type_name: item.name.unraw().to_string(),
        ..Declaration::default()
    };
    for argument in &arguments.values {
        Reader {
            argument,
            places,
            diagnostics,
        }
        .read(&mut declaration);
    }
    if let Some(variants) = &item.variants {
        variants_as_users(
            variants,
            arguments,
            item,
            &mut declaration,
            places,
            diagnostics,
        );
    }
    declaration
}

struct Reader<'a> {
    argument: &'a Argument,
    places: &'a mut Places,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn read(mut self, declaration: &mut Declaration) {
        let key = self.argument.key;
        let text = match key {
            Key::Users => {
                declaration.users = self.users();
                return;
            }
            Key::Allow => {
                declaration.allow = self.allow();
                return;
            }
            Key::Port => {
                declaration.port = self.number();
                return;
            }
            Key::DashboardPort => {
                declaration.dashboard_port = self.number();
                return;
            }
            Key::Tls => {
                declaration.tls = self.tls();
                return;
            }
            Key::Tags => {
                declaration.tags = self.tags();
                return;
            }
            _ => self.text(),
        };
        *match key {
            Key::Domain => &mut declaration.domain,
            Key::HostedZone => &mut declaration.hosted_zone,
            Key::Vpc => &mut declaration.vpc,
            Key::Subnet => &mut declaration.subnet,
            Key::Instance => &mut declaration.instance,
            Key::Region => &mut declaration.region,
            Key::RootVolume => &mut declaration.root_volume,
            Key::KeyPair => &mut declaration.key_pair,
            Key::Memory => &mut declaration.memory,
            Key::StackName => &mut declaration.stack_name,
            Key::Description => &mut declaration.description,
            Key::Users | Key::Allow | Key::Port | Key::DashboardPort | Key::Tls | Key::Tags => {
                return;
            }
        } = text;
    }

    /// The value behind `=`.
    fn expression(&mut self) -> Option<&Expr> {
        match &self.argument.value {
            Value::Expression(expression) => Some(expression),
            Value::List(_) => {
                let key = self.argument.key;
                let finding = Finding::new(format!("`{key}` takes a value behind `=`"))
                    .help(format!("write `{}`", key.example()));
                self.diagnostics.refuse(self.argument.key_span, &finding);
                None
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        let key = self.argument.key;
        let Value::Expression(expression) = &self.argument.value else {
            self.expression();
            return None;
        };
        string(key.name(), key.example(), expression, self.diagnostics).map(|(text, _)| text)
    }

    fn number(&mut self) -> Option<i128> {
        let key = self.argument.key;
        let Value::Expression(expression) = &self.argument.value else {
            self.expression();
            return None;
        };
        number(key.name(), key.example(), expression, self.diagnostics)
    }

    fn users(&mut self) -> Option<Users> {
        let key = self.argument.key;
        let Value::Expression(expression) = &self.argument.value else {
            self.expression();
            return None;
        };
        let Expr::Array(list) = expression.as_ref() else {
            if matches!(expression.as_ref(), Expr::Lit(literal) if matches!(literal.lit, syn::Lit::Str(_)))
            {
                let example = "users = [\"alice\", \"bob\"]";
                wrong(
                    key.name(),
                    "a number or a list of names",
                    example,
                    expression,
                    self.diagnostics,
                );
                return None;
            }
            return number(key.name(), key.example(), expression, self.diagnostics)
                .map(Users::Count);
        };
        let mut users = Vec::new();
        for name in &list.elems {
            let example = "users = [\"alice\", \"bob\"]";
            let (name, span) = string("users", example, name, self.diagnostics)?;
            users.push(UserDeclaration {
                name,
                ..UserDeclaration::default()
            });
            self.places.users.push(UserSpans {
                name: span,
                memory: None,
            });
        }
        Some(Users::Named(users))
    }

    fn allow(&mut self) -> Option<Allow> {
        let key = self.argument.key;
        let Value::Expression(expression) = &self.argument.value else {
            self.expression();
            return None;
        };
        match expression.as_ref() {
            Expr::Array(list) => {
                let mut ranges = Vec::new();
                for range in &list.elems {
                    let (range, span) = string(key.name(), key.example(), range, self.diagnostics)?;
                    ranges.push(range);
                    self.places.items.push((key, span));
                }
                Some(Allow::Ranges(ranges))
            }
            Expr::Path(path) if path.path.is_ident("anywhere") => Some(Allow::Anywhere),
            Expr::Path(path) => {
                let name = path
                    .path
                    .segments
                    .last()
                    .map(|segment| segment.ident.to_string());
                let finding = Finding::new(format!(
                    "`allow` cannot be `{}`",
                    name.clone().unwrap_or_default()
                ))
                .why("it is a list of ranges, or `anywhere`")
                .maybe_help(suggest::did_you_mean(
                    &name.unwrap_or_default(),
                    ["anywhere"],
                ));
                self.diagnostics.refuse(Range::of(path), &finding);
                None
            }
            other => {
                wrong(
                    key.name(),
                    "a list of ranges, or `anywhere`",
                    key.example(),
                    other,
                    self.diagnostics,
                );
                None
            }
        }
    }

    fn tls(&mut self) -> Option<TlsDeclaration> {
        let key = self.argument.key;
        let Value::Expression(expression) = &self.argument.value else {
            self.expression();
            return None;
        };
        let (name, parts) = match expression.as_ref() {
            Expr::Path(path) => (path.path.get_ident(), Vec::new()),
            Expr::Call(call) => match call.func.as_ref() {
                Expr::Path(path) => (path.path.get_ident(), call.args.iter().collect()),
                _ => (None, Vec::new()),
            },
            _ => (None, Vec::new()),
        };
        let Some(name) = name else {
            wrong(
                key.name(),
                "a form such as `ssm`",
                key.example(),
                expression,
                self.diagnostics,
            );
            return None;
        };
        if name != "ssm" {
            let finding = Finding::new(format!("`tls` cannot be `{name}`"))
                .why("its form is `ssm`: a certificate in Parameter Store")
                .maybe_help(suggest::did_you_mean(&name.to_string(), ["ssm"]));
            self.diagnostics.refuse(name.span(), &finding);
            return None;
        }
        self.ssm(&parts)
    }

    fn ssm(&mut self, parts: &[&Expr]) -> Option<TlsDeclaration> {
        let example = Key::Tls.example();
        let (mut certificate, mut private_key) = (None, None);
        for part in parts {
            let named = match part {
                Expr::Assign(assign) => match assign.left.as_ref() {
                    Expr::Path(path) => path
                        .path
                        .get_ident()
                        .map(|name| (name, assign.right.as_ref())),
                    _ => None,
                },
                _ => None,
            };
            let Some((name, value)) = named else {
                let finding = Finding::new("the parts of `ssm` have names")
                    .help(format!("write `{example}`"));
                self.diagnostics.refuse(Range::of(part), &finding);
                return None;
            };
            let (slot, place) = match name.to_string().as_str() {
                "certificate" => (&mut certificate, &mut self.places.certificate),
                "private_key" => (&mut private_key, &mut self.places.private_key),
                other => {
                    let names = ["certificate", "private_key"];
                    self.diagnostics
                        .refuse(name.span(), &unknown_part("ssm", other, &names));
                    return None;
                }
            };
            if slot.is_some() {
                let finding =
                    Finding::new(format!("`{name}` is declared twice")).help("remove one of them");
                self.diagnostics.refuse(name.span(), &finding);
                return None;
            }
            let (text, span) = string(&name.to_string(), example, value, self.diagnostics)?;
            *slot = Some(text);
            *place = Some(span);
        }
        Some(TlsDeclaration::Ssm {
            certificate,
            private_key,
        })
    }

    fn tags(&mut self) -> Vec<(String, String)> {
        let Value::List(pairs) = &self.argument.value else {
            let finding = Finding::new("`tags` takes names and values in parentheses")
                .help(format!("write `{}`", Key::Tags.example()));
            self.diagnostics.refuse(self.argument.key_span, &finding);
            return Vec::new();
        };
        let mut tags = Vec::new();
        for (name, value) in pairs {
            if let Some((value, span)) = string(
                &name.to_string(),
                Key::Tags.example(),
                value,
                self.diagnostics,
            ) {
                tags.push((name.unraw().to_string(), value));
                self.places.tags.push((name.span(), span));
            }
        }
        tags
    }
}

fn unknown_part(owner: &str, name: &str, names: &[&str]) -> Finding {
    Finding::new(format!("`{owner}` has no `{name}`"))
        .why(format!("it has {}", suggest::list(names.iter().copied())))
        .maybe_help(suggest::did_you_mean(name, names.iter().copied()))
}

/// The variants of an enum are the users.
fn variants_as_users(
    variants: &[UserVariant],
    arguments: &Arguments,
    item: &Item,
    declaration: &mut Declaration,
    places: &mut Places,
    diagnostics: &mut Diagnostics,
) {
    if let Some(argument) = arguments.get(Key::Users)
        && !variants.is_empty()
    {
        let finding = Finding::new("the users are declared twice")
            .why(format!("the variants of `{}` are users already", item.name))
            .help("remove `users`, or write a struct instead of the enum");
        diagnostics.refuse(argument.key_span, &finding);
        return;
    }
    if variants.is_empty() && declaration.users.is_some() {
        return;
    }
    places.users_value = Some(item.name.span());
    let mut users = Vec::new();
    for variant in variants {
        let mut user = UserDeclaration {
            name: label(&variant.name),
            ..UserDeclaration::default()
        };
        let mut spans = UserSpans {
            name: variant.name.span(),
            memory: None,
        };
        for (name, value) in &variant.fields {
            read_field(name, value, &mut user, &mut spans, diagnostics);
        }
        users.push(user);
        places.users.push(spans);
    }
    declaration.users = Some(Users::Named(users));
}

fn read_field(
    name: &Ident,
    value: &Expr,
    user: &mut UserDeclaration,
    spans: &mut UserSpans,
    diagnostics: &mut Diagnostics,
) {
    match name.to_string().as_str() {
        "name" => {
            if let Some((text, span)) = string("name", "name = \"alice\"", value, diagnostics) {
                user.name = text;
                spans.name = span;
            }
        }
        "memory" => {
            if let Some((text, span)) = string("memory", "memory = \"2 GiB\"", value, diagnostics) {
                user.memory = Some(text);
                spans.memory = Some(span);
            }
        }
        other => {
            let finding = unknown_part("user", other, &["name", "memory"]);
            diagnostics.refuse(name.span(), &finding);
        }
    }
}

/// A variant's name as a label: `MaryAnn` is `mary-ann`.
fn label(name: &Ident) -> String {
    let mut label = String::new();
    for letter in name.unraw().to_string().chars() {
        if letter.is_uppercase() && !label.is_empty() {
            label.push('-');
        }
        if letter == '_' {
            label.push('-');
        } else {
            label.extend(letter.to_lowercase());
        }
    }
    label
}
