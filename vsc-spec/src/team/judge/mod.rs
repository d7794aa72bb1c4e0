//! Judges a declaration: everything that is wrong with it, at once.
//!
//! Const evaluation can run all of it, which is how constants in a declaration are judged.

mod host;
#[cfg(test)]
mod tests;
mod users;

use super::declaration::{Declaration, Texts, TlsDeclaration, declared, slice};
use super::judgement::Judgement;
use super::key::{Key, keys};
use super::place::Place;
use super::ports::{self, Access, DEFAULT_DASHBOARD_PORT};
use super::region::Region;
use super::{allow, domain, equipment, key_pair, network_id, reach, stack_name, tag, tls, user};
use crate::const_finding::ConstFinding;
use crate::text;

use host::Host;
pub(super) use host::architecture_for;
use users::Checked;

/// Judges a text if it is declared: `None` where it is refused.
macro_rules! judge_value {
    ($judgement:ident, $key:expr, $value:expr, $judge:expr) => {
        match declared($value.as_ref()) {
            Some(value) => match $judgement.take(Place::Value($key), $judge(value)) {
                Some(accepted) => Some(Some(accepted)),
                None => None,
            },
            None => Some(None),
        }
    };
}

use judge_value;

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
            /// Validates what depends on no other key.
            const fn judge_alone(&self, judgement: &mut Judgement) {
                $(rule! { $rule $by judgement $key self.$name })+
            }
        }

        // A rule that is named is there.
        const _: () = { $(rule! { $rule $by })+ };
    };
}

macro_rules! rule {
    (alone($rule:path) $judgement:ident $key:ident $value:expr) => {
        let _ = judge_value!($judgement, Key::$key, $value, $rule);
    };
    ($rule:ident $by:tt $judgement:ident $key:ident $value:expr) => {};
    (with_others($rule:path)) => {
        let _ = $rule;
    };
    ($rule:ident $by:tt) => {};
}

keys!(rules);

impl Declaration {
    /// Everything that is wrong with the declaration.
    ///
    /// What follows from another mistake is not told: a team with an unknown instance type is not
    /// told that it does not fit it.
    pub const fn judge(&self) -> Judgement {
        self.judge_beside(&Checked::new(None))
    }

    /// As [`Declaration::judge`], where what the users are given was validated before, but for those
    /// at these places in the team: their parts are constants, and only const evaluation knows them.
    ///
    /// Const evaluation is slow: what the macro has validated is left out.
    pub const fn judge_constants(&self, users: &[usize]) -> Judgement {
        self.judge_beside(&Checked::new(Some(users)))
    }

    const fn judge_beside(&self, checked: &Checked<'_>) -> Judgement {
        let mut judgement = Judgement::new();
        let domain = self.judge_domain(&mut judgement);
        let demand = self.judge_users(domain, checked, &mut judgement);
        network_id::check(
            &mut judgement,
            declared(self.vpc.as_ref()),
            declared(self.subnet.as_ref()),
        );
        let key_pair = judge_value!(judgement, Key::KeyPair, self.key_pair, key_pair::check);
        let sources = allow::Sources::read(self.allow.as_ref());
        if let Some(Some(())) = key_pair {
            let outcome = allow::check_ssh(&sources);
            judgement.take(Place::Value(Key::KeyPair), outcome);
        }
        let ports = self.open_ports();
        allow::check(&mut judgement, self.allow.as_ref(), &sources, ports);
        reach::check(&mut judgement, &self.reach);
        self.judge_ports(demand.is_some(), &mut judgement);
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
            region: judge_value!(judgement, Key::Region, self.region, Region::new),
            images: self.judge_images(&mut judgement),
        };
        self.judge_instance(&host, &mut judgement);
        self.judge_disks(&host, &mut judgement);
        tls::check(&mut judgement, self.tls.as_ref());
        self.judge_alone(&mut judgement);
        self.judge_extensions(&mut judgement);
        self.judge_names(&mut judgement);
        tag::check(&mut judgement, slice(&self.tags));
        judgement
    }

    /// Validates the stack's name and its description.
    const fn judge_names(&self, judgement: &mut Judgement) {
        match declared(self.stack_name.as_ref()) {
            Some(name) => judgement.take(Place::Value(Key::StackName), stack_name::check(name)),
            None => judgement.take(
                Place::Declaration,
                stack_name::check_type(text::of(&self.type_name)),
            ),
        };
        let check_description = stack_name::check_description;
        let _ = judge_value!(
            judgement,
            Key::Description,
            self.description,
            check_description
        );
    }

    /// Whether the workspaces are served without a certificate.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(self.tls, Some(TlsDeclaration::None))
    }

    /// How many ports are open to those who are allowed: the workspaces', the dashboard's, the
    /// redirection's and SSH's.
    const fn open_ports(&self) -> usize {
        let ssh = self.key_pair.is_some() as usize;
        if self.is_plain() { 2 + ssh } else { 3 + ssh }
    }

    /// The domain, unless it is missing or refused.
    const fn judge_domain(&self, judgement: &mut Judgement) -> Option<&str> {
        let zone = judge_value!(
            judgement,
            Key::HostedZone,
            self.hosted_zone,
            network_id::check_hosted_zone
        );
        match declared(self.domain.as_ref()) {
            Some(domain) => {
                let outcome = domain::check(domain);
                match judgement.take(Place::Value(Key::Domain), outcome) {
                    Some(()) => Some(domain),
                    None => None,
                }
            }
            None if self.is_plain() => {
                if let Some(Some(())) = zone {
                    let finding = ConstFinding::new("`hosted_zone` needs `domain` beside it")
                        .why("without a domain there are no names to keep in the zone")
                        .help("add `domain = \"code.x.com\"`, or remove `hosted_zone`");
                    judgement.refuse(Place::Value(Key::HostedZone), finding);
                }
                None
            }
            None => {
                let finding = ConstFinding::new("the domain is missing")
                    .why("every workspace has a name below it")
                    .help("add `domain = \"code.x.com\"`");
                judgement.refuse(Place::Missing(Key::Domain), finding);
                None
            }
        }
    }

    const fn judge_ports(&self, users_are_known: bool, judgement: &mut Judgement) {
        let access = self.access();
        let port = match self.port {
            Some(port) => judgement.take(
                Place::Value(Key::Port),
                ports::check(Key::Port, port, access),
            ),
            None => Some(access.default_port()),
        };
        let dashboard_port = match self.dashboard_port {
            Some(port) => judgement.take(
                Place::Value(Key::DashboardPort),
                ports::check(Key::DashboardPort, port, access),
            ),
            None => Some(DEFAULT_DASHBOARD_PORT),
        };
        let each_is_known = !matches!(access, Access::PortEach(_)) || users_are_known;
        if let (Some(port), Some(dashboard_port), true) = (port, dashboard_port, each_is_known) {
            let own = match self.port {
                Some(_) => Place::Value(Key::Port),
                None => Place::Value(Key::Users),
            };
            if judgement
                .take(own, ports::check_last(port, access))
                .is_none()
            {
                return;
            }
            let place = match (self.port, self.dashboard_port) {
                (_, Some(_)) => Place::Value(Key::DashboardPort),
                (Some(_), None) => Place::Value(Key::Port),
                (None, None) => Place::Value(Key::Users),
            };
            judgement.take(place, ports::check_pair(port, dashboard_port, access));
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

    const fn judge_extensions(&self, judgement: &mut Judgement) {
        let mut at = 0;
        while at < self.extensions.len() {
            let outcome = check_extension(&self.extensions, at);
            judgement.take(Place::Item(Key::Extensions, at), outcome);
            at += 1;
        }
    }
}

/// Judges an extension, also against those before it.
const fn check_extension(extensions: &Texts, at: usize) -> Result<(), ConstFinding> {
    let extension = extensions.get(at);
    let mut before = 0;
    while before < at {
        let same = text::equal(
            text::lower::<255>(text::before(extensions.get(before), b'@')).as_str(),
            text::lower::<255>(text::before(extension, b'@')).as_str(),
        );
        if same {
            return Err(ConstFinding::new("the extension ")
                .quoted(text::before(extension, b'@'))
                .text(" is listed twice")
                .help("remove one of them"));
        }
        before += 1;
    }
    equipment::check_extension(extension)
}
