//! Validates a declaration: everything that is wrong with it, at once.
//!
//! Const evaluation can run all of it, which is how constants in a declaration are validated.

mod host;
mod sign_in;
#[cfg(test)]
mod tests;
mod users;

use super::declaration::{Declaration, Texts, TlsDeclaration, declared, slice};
use super::key::{Key, keys};
use super::path::DeclarationPath;
use super::ports::{self, Access, DEFAULT_DASHBOARD_PORT};
use super::region::Region;
use super::validation::{Reports, Validation};
use super::{
    allow, domain, equipment, key_pair, login, network_id, previews, reach, session, snapshots,
    stack_name, tag, tls, user,
};
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

use host::Host;
pub(super) use host::architecture_for;
use users::Checked;

/// A part of a declaration after its validation.
#[derive(Clone, Copy)]
pub(super) enum Validated<T> {
    /// It is not declared.
    Absent,
    /// It has an error, which was recorded.
    Rejected,
    /// It has this value.
    Valid(T),
}

impl<T: Copy> Validated<T> {
    /// The valid value.
    const fn valid(self) -> Option<T> {
        match self {
            Self::Valid(value) => Some(value),
            Self::Absent | Self::Rejected => None,
        }
    }

    const fn is_valid(self) -> bool {
        matches!(self, Self::Valid(_))
    }

    const fn is_rejected(self) -> bool {
        matches!(self, Self::Rejected)
    }
}

/// Validates a string if it is declared.
macro_rules! validate_value {
    ($validation:ident, $key:expr, $value:expr, $validate:expr) => {
        match declared($value.as_ref()) {
            Some(value) => match $validation.take(DeclarationPath::Value($key), $validate(value)) {
                Some(accepted) => Validated::Valid(accepted),
                None => Validated::Rejected,
            },
            None => Validated::Absent,
        }
    };
}

use validate_value;

macro_rules! rules {
    (
        declaration { $(
            $(#[$about:meta])+
            $key:ident {
                name: $name:ident,
                kind: $kind:ident $of:tt,
                rule: $rule:ident $by:tt,
                example: $example:literal,
                default: $default:literal,
            }
        )+ }
        elsewhere $others:tt
    ) => {
        impl Declaration {
            /// Validates the keys that depend on no other key.
            const fn validate_alone(&self, validation: &mut Validation) {
                $(rule! { $rule $by validation $key self.$name })+
            }
        }

        // Every rule exists.
        const _: () = { $(rule! { $rule $by })+ };
    };
}

macro_rules! rule {
    (alone($rule:path) $validation:ident $key:ident $value:expr) => {
        let _ = validate_value!($validation, Key::$key, $value, $rule);
    };
    ($rule:ident $by:tt $validation:ident $key:ident $value:expr) => {};
    (with_others($rule:path)) => {
        let _ = $rule;
    };
    ($rule:ident $by:tt) => {};
}

keys!(rules);

impl Declaration {
    /// Everything that is wrong with the declaration.
    ///
    /// What follows from another error is not reported: a team with an unknown instance type has no error
    /// about its capacity.
    pub const fn validate(&self) -> Reports {
        let mut validation = Reports::new();
        self.validate_all(&Checked::new(None), &mut validation);
        validation
    }

    /// Whether nothing is wrong with the declaration.
    pub(super) fn is_valid(&self) -> bool {
        let validation: &mut Validation = &mut Validation::counting();
        self.validate_all(&Checked::new(None), validation);
        validation.count() == 0
    }

    /// As [`Declaration::validate`], but of the users' parts only those of the users at these indexes: they
    /// are constants, which only const evaluation knows.
    ///
    /// Const evaluation is slow, so it skips the parts that the macro has validated.
    pub const fn validate_constants(&self, users: &[usize]) -> Reports {
        let mut validation = Reports::new();
        self.validate_all(&Checked::new(Some(users)), &mut validation);
        validation
    }

    const fn validate_all(&self, checked: &Checked<'_>, validation: &mut Validation) {
        let domain = self.validate_domain(validation);
        let demand = self.validate_users(domain, checked, validation);
        network_id::check(
            validation,
            declared(self.vpc.as_ref()),
            declared(self.subnet.as_ref()),
        );
        let key_pair = validate_value!(validation, Key::KeyPair, self.key_pair, key_pair::check);
        let sources = allow::Sources::read(self.allow.as_ref());
        if key_pair.is_valid() {
            let outcome = allow::check_ssh(&sources);
            validation.take(DeclarationPath::Value(Key::KeyPair), outcome);
        }
        let ports = self.open_ports();
        allow::check(validation, self.allow.as_ref(), &sources, ports);
        reach::check(validation, &self.reach);
        self.validate_ports(demand.is_some(), validation);
        let users = match &self.users {
            Some(users) => match users.check() {
                Ok(count) => Some(count),
                Err(_) => None,
            },
            None => None,
        };
        let host = Host {
            demand,
            users,
            region: validate_value!(validation, Key::Region, self.region, Region::new),
            images: self.validate_images(validation),
        };
        self.validate_instance(&host, validation);
        self.validate_disks(&host, validation);
        let home_volume = self.home_volume.as_ref();
        snapshots::check(validation, self.snapshots.as_ref(), home_volume);
        tls::check(validation, self.tls.as_ref());
        self.validate_login(checked, validation);
        session::check(validation, self.session.as_ref(), self.idle.as_ref());
        let operators = self.operators.as_ref();
        let login = self.login.as_ref();
        login::check_operators(validation, operators, login, self.users.as_ref());
        previews::check(validation, self.previews, self.is_plain());
        self.validate_alone(validation);
        self.validate_extensions(validation);
        self.validate_names(validation);
        tag::check(validation, slice(&self.tags));
    }

    /// Validates the stack's name and its description.
    const fn validate_names(&self, validation: &mut Validation) {
        match declared(self.stack_name.as_ref()) {
            Some(name) => validation.take(
                DeclarationPath::Value(Key::StackName),
                stack_name::check(name),
            ),
            None => validation.take(
                DeclarationPath::Declaration,
                stack_name::check_type(text::of(&self.type_name)),
            ),
        };
        let check_description = stack_name::check_description;
        let _ = validate_value!(
            validation,
            Key::Description,
            self.description,
            check_description
        );
    }

    /// Whether the workspaces are served without a certificate.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(self.tls, Some(TlsDeclaration::None))
    }

    /// The number of ports that are open to `allow`: those of the workspaces, the dashboard, the redirect
    /// and SSH.
    const fn open_ports(&self) -> usize {
        let ssh = self.key_pair.is_some() as usize;
        if self.is_plain() { 2 + ssh } else { 3 + ssh }
    }

    /// The domain, unless it is missing or rejected.
    const fn validate_domain(&self, validation: &mut Validation) -> Option<&str> {
        let zone = validate_value!(
            validation,
            Key::HostedZone,
            self.hosted_zone,
            network_id::check_hosted_zone
        );
        match declared(self.domain.as_ref()) {
            Some(domain) => {
                let outcome = domain::check(domain);
                match validation.take(DeclarationPath::Value(Key::Domain), outcome) {
                    Some(()) => Some(domain),
                    None => None,
                }
            }
            None if self.is_plain() => {
                if zone.is_valid() {
                    let diagnostic = ConstDiagnostic::new("`hosted_zone` needs `domain` as well")
                        .note("without a domain, the zone gets no records")
                        .help("add `domain = \"code.x.com\"`, or remove `hosted_zone`");
                    validation.reject(DeclarationPath::Value(Key::HostedZone), diagnostic);
                }
                None
            }
            None => {
                let diagnostic = ConstDiagnostic::new("the domain is missing")
                    .note("every workspace has a subdomain of it")
                    .help("add `domain = \"code.x.com\"`");
                validation.reject(DeclarationPath::Missing(Key::Domain), diagnostic);
                None
            }
        }
    }

    const fn validate_ports(&self, users_are_known: bool, validation: &mut Validation) {
        let access = self.access();
        let port = match self.port {
            Some(port) => validation.take(
                DeclarationPath::Value(Key::Port),
                ports::check(Key::Port, port, access),
            ),
            None => Some(access.default_port()),
        };
        let dashboard_port = match self.dashboard_port {
            Some(port) => validation.take(
                DeclarationPath::Value(Key::DashboardPort),
                ports::check(Key::DashboardPort, port, access),
            ),
            None => Some(DEFAULT_DASHBOARD_PORT),
        };
        let each_is_known = !matches!(access, Access::PortEach(_)) || users_are_known;
        if let (Some(port), Some(dashboard_port), true) = (port, dashboard_port, each_is_known) {
            let own = match self.port {
                Some(_) => DeclarationPath::Value(Key::Port),
                None => DeclarationPath::Value(Key::Users),
            };
            if validation
                .take(own, ports::check_last(port, access))
                .is_none()
            {
                return;
            }
            let path = match (self.port, self.dashboard_port) {
                (_, Some(_)) => DeclarationPath::Value(Key::DashboardPort),
                (Some(_), None) => DeclarationPath::Value(Key::Port),
                (None, None) => DeclarationPath::Value(Key::Users),
            };
            validation.take(path, ports::check_pair(port, dashboard_port, access));
        }
    }

    /// How the workspaces are reached.
    pub(super) const fn access(&self) -> Access {
        match (self.is_plain(), &self.domain, &self.users) {
            (false, ..) => Access::Https,
            (true, Some(_), _) => Access::Http,
            (true, None, Some(users)) => Access::PortEach(match user::check_count(users.count()) {
                Ok(count) => count,
                Err(_) => 1,
            }),
            (true, None, None) => Access::PortEach(1),
        }
    }

    const fn validate_extensions(&self, validation: &mut Validation) {
        let mut at = 0;
        while at < self.extensions.len() {
            let outcome = check_extension(&self.extensions, at);
            validation.take(DeclarationPath::Item(Key::Extensions, at), outcome);
            at += 1;
        }
    }
}

/// Validates an extension, also against those before it.
const fn check_extension(extensions: &Texts, at: usize) -> Result<(), ConstDiagnostic> {
    let extension = extensions.get(at);
    let mut before = 0;
    while before < at {
        let same = text::equal(
            text::lower::<255>(text::before(extensions.get(before), b'@')).as_str(),
            text::lower::<255>(text::before(extension, b'@')).as_str(),
        );
        if same {
            return Err(ConstDiagnostic::new("the extension ")
                .quoted(text::before(extension, b'@'))
                .text(" is listed twice")
                .help("remove one of them"));
        }
        before += 1;
    }
    equipment::check_extension(extension)
}
