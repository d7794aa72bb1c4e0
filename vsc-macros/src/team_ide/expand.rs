//! The Rust that a declaration expands to.

use proc_macro2::TokenStream;
use quote::quote;
use vsc_spec::Text;
use vsc_spec::team::{
    Allow, Declaration, Key, Login, Place, Texts, TlsDeclaration, TlsPart, UserDeclaration,
    UserField, Users,
};

use super::arguments::Arguments;
use super::item::Item;
use super::reading::{Reading, of_user};

/// The path of the crate in the expansion.
pub(crate) fn krate(arguments: &Arguments) -> TokenStream {
    match &arguments.krate {
        Some(path) => quote! { #path },
        None => quote! { ::vsc },
    }
}

/// The implementation that gives the declaration. It is there even where the declaration is
/// refused, so that what uses the type is not refused as well.
pub(crate) fn implementation(krate: &TokenStream, item: &Item, reading: &Reading) -> TokenStream {
    let name = &item.name;
    let declaration = Expansion { krate, reading }.declaration(&reading.declaration);
    let extend = reading.extend.as_ref().map(|function| {
        quote! {
            fn extend(stack: &mut #krate::Stack, ide: &mut #krate::TeamStack<'_>) {
                #function(stack, ide);
            }
        }
    });
    let tracked = reading.file.as_ref().and_then(|file| {
        // The compiler rebuilds what includes a file that changed.
        let path = file.path.to_str()?;
        Some(quote! { const _: &[u8] = ::core::include_bytes!(#path); })
    });
    quote! {
        impl #krate::Declared for #name {
            const DECLARATION: &'static #krate::Declaration = &#declaration;
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
        let Declaration {
            type_name,
            users,
            domain,
            hosted_zone,
            vpc,
            subnet,
            allow,
            port,
            dashboard_port,
            instance,
            region,
            root_volume,
            home_volume,
            key_pair,
            tls,
            login,
            memory,
            cpus,
            image,
            proxy_image,
            repo,
            extensions,
            stack_name,
            description,
            tags,
        } = declaration;
        let text = |key: Key, value: &Option<Text>| self.optional_text(Place::Value(key), value);
        let [domain, hosted_zone, vpc, subnet] = [
            text(Key::Domain, domain),
            text(Key::HostedZone, hosted_zone),
            text(Key::Vpc, vpc),
            text(Key::Subnet, subnet),
        ];
        let [instance, region, root_volume, home_volume] = [
            text(Key::Instance, instance),
            text(Key::Region, region),
            text(Key::RootVolume, root_volume),
            text(Key::HomeVolume, home_volume),
        ];
        let [key_pair, memory, image, proxy_image] = [
            text(Key::KeyPair, key_pair),
            text(Key::Memory, memory),
            text(Key::Image, image),
            text(Key::ProxyImage, proxy_image),
        ];
        let [repo, stack_name, description] = [
            text(Key::Repo, repo),
            text(Key::StackName, stack_name),
            text(Key::Description, description),
        ];
        let users = option(users.as_ref().map(|users| self.users(users)));
        let allow = option(allow.as_ref().map(|allow| self.allow(allow)));
        let tls = option(tls.as_ref().map(|tls| self.tls(tls)));
        let [port, dashboard_port] =
            [(Key::Port, port), (Key::DashboardPort, dashboard_port)].map(|(key, number)| {
                option(number.map(|number| self.whole(Place::Value(key), number)))
            });
        let cpus = self.cpus(Place::Value(Key::Cpus), *cpus);
        let login = match login {
            Login::Generated => quote! { Generated },
            Login::Shared => quote! { Shared },
        };
        let extensions = self.texts(extensions, Some(Place::Value(Key::Extensions)), |at| {
            Place::Item(Key::Extensions, at)
        });
        let tags = tags.iter().enumerate().map(|(at, (key, value))| {
            let value = self.text(Place::TagValue(at), value);
            quote! { (::std::borrow::Cow::Borrowed(#key), #value) }
        });
        let type_name: &str = type_name;
        quote! {
            #krate::Declaration {
                type_name: ::std::borrow::Cow::Borrowed(#type_name),
                users: #users,
                domain: #domain,
                hosted_zone: #hosted_zone,
                vpc: #vpc,
                subnet: #subnet,
                allow: #allow,
                port: #port,
                dashboard_port: #dashboard_port,
                instance: #instance,
                region: #region,
                root_volume: #root_volume,
                home_volume: #home_volume,
                key_pair: #key_pair,
                tls: #tls,
                login: #krate::team::Login::#login,
                memory: #memory,
                cpus: #cpus,
                image: #image,
                proxy_image: #proxy_image,
                repo: #repo,
                extensions: #extensions,
                stack_name: #stack_name,
                description: #description,
                tags: ::std::borrow::Cow::Borrowed(&[#(#tags),*]),
            }
        }
    }

    fn str(&self, place: Place, text: &str) -> TokenStream {
        match self.reading.constant(place) {
            // A constant of its own: rustc then says which type it wants, and nothing else.
            Some(constant) => quote! {{ const __VSC_TEXT: &'static str = #constant; __VSC_TEXT }},
            None => quote! { #text },
        }
    }

    fn text(&self, place: Place, text: &str) -> TokenStream {
        let text = self.str(place, text);
        quote! { ::std::borrow::Cow::Borrowed(#text) }
    }

    fn optional_text(&self, place: Place, text: &Option<Text>) -> TokenStream {
        option(text.as_ref().map(|text| self.text(place, text)))
    }

    fn whole(&self, place: Place, number: i128) -> TokenStream {
        let krate = self.krate;
        match self.reading.constant(place) {
            Some(constant) => quote! { #krate::__private::Constant(#constant).whole_number() },
            None => quote! { #number },
        }
    }

    fn cpus(&self, place: Place, cpus: Option<f64>) -> TokenStream {
        let krate = self.krate;
        option(cpus.map(|cpus| match self.reading.constant(place) {
            Some(constant) => quote! { #krate::__private::Constant(#constant).number() },
            None => quote! { #cpus },
        }))
    }

    /// Texts, each of which may be a constant, or all of which may be one.
    fn texts(
        &self,
        texts: &Texts,
        whole: Option<Place>,
        item: impl Fn(usize) -> Place,
    ) -> TokenStream {
        let krate = self.krate;
        let constant = whole.and_then(|place| self.reading.constant(place));
        let list = match constant {
            Some(constant) => quote! { &#constant },
            None => {
                let items = texts.iter().enumerate();
                let items = items.map(|(at, text)| self.str(item(at), text));
                quote! { &[#(#items),*] }
            }
        };
        quote! {
            #krate::team::Texts::Constant({
                const __VSC_LIST: &'static [&'static str] = #list;
                __VSC_LIST
            })
        }
    }

    fn users(&self, users: &Users) -> TokenStream {
        let krate = self.krate;
        if let Some(constant) = self.reading.constant(Place::Value(Key::Users)) {
            return quote! { #krate::__private::Constant(&#constant).users() };
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
        let UserDeclaration {
            name,
            email,
            memory,
            cpus,
            repo,
            extensions,
        } = record;
        let text = |field, text| self.optional_text(of_user(index, field), text);
        let name = self.text(of_user(index, UserField::Name), name);
        let (email, memory) = (
            text(UserField::Email, email),
            text(UserField::Memory, memory),
        );
        let repo = text(UserField::Repo, repo);
        let cpus = self.cpus(of_user(index, UserField::Cpus), *cpus);
        let extensions = self.texts(extensions, None, |at| {
            of_user(index, UserField::Extension(at))
        });
        quote! {
            #krate::team::UserDeclaration {
                name: #name,
                email: #email,
                memory: #memory,
                cpus: #cpus,
                repo: #repo,
                extensions: #extensions,
            }
        }
    }

    fn allow(&self, allow: &Allow) -> TokenStream {
        let krate = self.krate;
        match allow {
            Allow::Anywhere => quote! { #krate::team::Allow::Anywhere },
            Allow::Ranges(ranges) => {
                let whole = Some(Place::Value(Key::Allow));
                let ranges = self.texts(ranges, whole, |at| Place::Item(Key::Allow, at));
                quote! { #krate::team::Allow::Ranges(#ranges) }
            }
        }
    }

    fn tls(&self, tls: &TlsDeclaration) -> TokenStream {
        let krate = self.krate;
        let text = |part, text| self.optional_text(Place::Tls(part), text);
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
            TlsDeclaration::Acme { email, until } => {
                let (email, until) = (text(TlsPart::Email, email), text(TlsPart::Until, until));
                quote! { #krate::team::TlsDeclaration::Acme { email: #email, until: #until } }
            }
            TlsDeclaration::None => quote! { #krate::team::TlsDeclaration::None },
        }
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote! { ::core::option::Option::Some(#value) },
        None => quote! { ::core::option::Option::None },
    }
}
