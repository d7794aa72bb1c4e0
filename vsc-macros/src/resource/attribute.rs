//! The methods that give a resource's attributes.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use vsc_spec::resource::ResourceType;

use super::kind;

/// One method for each attribute, named as Rust names things: `Endpoint.Address` is
/// `endpoint_address()`.
pub(crate) fn methods(krate: &TokenStream, resource: &ResourceType) -> Vec<TokenStream> {
    let mut taken = BTreeSet::new();
    let mut methods = Vec::new();
    for (attribute, attribute_type) in &resource.attributes {
        if attribute.contains('*') || !taken.insert(snake_case(attribute)) {
            continue;
        }
        let method = Ident::new(&escaped(&snake_case(attribute)), Span::call_site());
        let kind = kind::given(krate, attribute_type);
        let doc = format!("`Fn::GetAtt` of `{attribute}`.");
        methods.push(quote! {
            #[doc = #doc]
            fn #method(&self) -> #krate::Value<#kind> {
                self.0.attribute(#attribute)
            }
        });
    }
    methods
}

/// `DBInstanceArn` as `db_instance_arn`, `Endpoint.Address` as `endpoint_address`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            if !snake.ends_with('_') {
                snake.push('_');
            }
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1);
        let begins = letter.is_ascii_uppercase()
            && (before
                .is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit())
                || (before.is_some_and(|before| before.is_ascii_uppercase())
                    && after.is_some_and(char::is_ascii_lowercase)));
        if begins && !snake.ends_with('_') && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// A name that is no keyword.
fn escaped(name: &str) -> String {
    if syn::parse_str::<Ident>(name).is_ok() {
        name.to_owned()
    } else {
        format!("{name}_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_named_as_rust_names_things() {
        assert_eq!(snake_case("Arn"), "arn");
        assert_eq!(snake_case("DBInstanceArn"), "db_instance_arn");
        assert_eq!(snake_case("Endpoint.Address"), "endpoint_address");
        assert_eq!(snake_case("Ipv6CidrBlocks"), "ipv6_cidr_blocks");
        assert_eq!(snake_case("VpcId"), "vpc_id");
        assert_eq!(escaped(&snake_case("Type")), "type_");
    }
}
