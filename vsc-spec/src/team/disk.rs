//! Whether the homes of a team fit their volume.

use super::key::Key;
use super::size::{Size, Volume};
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// The part of the root volume that is not for homes, whatever its size; documented in `docs/capacity.md`.
const SYSTEM: Size =
    Size::from_mib(OPERATING_SYSTEM.mib() + UPDATES.mib() + IMAGES.mib() + JOURNALS.mib());

/// Amazon Linux 2023 with Docker.
const OPERATING_SYSTEM: Size = Size::from_mib(2_560);

/// Packages of updates while they are downloaded and installed, and the index of the repositories.
const UPDATES: Size = Size::from_gib(1);

/// Two versions of both images: at an update the old ones are removed when the new ones run.
const IMAGES: Size = Size::from_gib(4);

/// The journal of the host and that of the workspaces, each bounded on the host.
const JOURNALS: Size = Size::from_gib(1);

/// The least overhead of a root volume's file system: XFS reserves a hundredth.
const FILE_SYSTEM: Size = Size::from_mib(1_536);

/// The smallest home.
const HOME: Size = Size::from_gib(1);

/// The home of each user if no size is declared.
const DEFAULT_HOME: Size = Size::from_gib(10);

/// Whether a declared home volume is none.
pub(super) const fn is_no_home_volume(text: &str) -> bool {
    match Key::HomeVolume.keyword() {
        Some(none) => text::equal(text, none),
        None => false,
    }
}

/// Where the homes of a team are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Homes {
    /// On a volume of a declared size, which they share equally.
    OfSize(Size),
    /// On a volume of this size, which grows with the team: each home has 10 GiB.
    Fitting(Size),
    /// On the root volume: they are deleted with the host.
    Root,
}

impl Homes {
    /// The volume that fits a number of users.
    pub(super) const fn fitting(users: usize) -> Self {
        Self::Fitting(on_home_volume(DEFAULT_HOME, users))
    }

    /// The smallest volume, in whole GiB, for homes of this size in all: its file system takes a twentieth.
    pub const fn volume_for(homes: Size) -> Size {
        Size::from_gib(Size::from_mib((homes.mib() * 20).div_ceil(19)).gib())
    }

    /// The size of the volume of the homes, if they have one.
    pub const fn volume(self) -> Option<Size> {
        match self {
            Self::OfSize(size) | Self::Fitting(size) => Some(size),
            Self::Root => None,
        }
    }
}

/// The home volume on which a home of a size fits for each user.
const fn on_home_volume(home: Size, users: usize) -> Size {
    Homes::volume_for(Size::from_mib(home.mib() * users as u64))
}

/// The sizes of a root volume that is not declared, in GiB. They are few: another size replaces the
/// host, and the homes with it.
const ROOT_SIZES: [u64; 4] = [30, 50, 100, 200];

/// The part of a root volume of this size that is not for homes.
const fn taken(root: Size) -> Size {
    let hundredth = root.mib().div_ceil(100);
    let file_system = if hundredth > FILE_SYSTEM.mib() {
        hundredth
    } else {
        FILE_SYSTEM.mib()
    };
    Size::from_mib(SYSTEM.mib() + file_system)
}

/// The smallest volume on which the homes of this number of users fit: none of them is on the root volume
/// if there is a home volume.
pub(super) const fn needed(volume: Volume, users: usize) -> Size {
    let homes = HOME.mib() * users as u64;
    match volume {
        Volume::Root => {
            let small = SYSTEM.mib() + FILE_SYSTEM.mib() + homes;
            let large = ((SYSTEM.mib() + homes) * 100).div_ceil(99);
            let mib = if large > small { large } else { small };
            Size::from_gib(Size::from_mib(mib).gib())
        }
        Volume::Home => on_home_volume(HOME, users),
    }
}

/// Validates that the homes fit.
pub(super) const fn check(volume: Volume, size: Size, users: usize) -> Result<(), ConstDiagnostic> {
    let needed = needed(volume, users);
    if size.mib() >= needed.mib() {
        return Ok(());
    }
    if users == 0 {
        return Err(ConstDiagnostic::new("a ")
            .text(volume.name())
            .text(" volume of ")
            .size(size)
            .text(" is too small")
            .note("the system with its images takes ")
            .size(needed)
            .help("write \"")
            .size(needed)
            .text("\""));
    }
    let diagnostic = ConstDiagnostic::new("").count(users);
    let diagnostic = diagnostic.text(if users == 1 {
        " home does not fit on a "
    } else {
        " homes do not fit on a "
    });
    let diagnostic = diagnostic
        .text(volume.name())
        .text(" volume of ")
        .size(size);
    let diagnostic = diagnostic.note("each has at least ").size(HOME);
    let diagnostic = match volume {
        Volume::Root => diagnostic
            .text(", and the system with its images takes ")
            .size(Size::from_gib(taken(needed).gib())),
        Volume::Home => diagnostic.text(", and the file system takes a twentieth"),
    };
    let diagnostic = diagnostic.text(": ").size(needed).text(" needed");
    Err(diagnostic
        .help("write \"")
        .size(needed)
        .text("\", or split the team"))
}

/// The size of a root volume that is not declared: the smallest that fits.
pub(super) const fn root_volume(users: usize, homes_elsewhere: bool) -> Size {
    let needed = needed(Volume::Root, if homes_elsewhere { 0 } else { users });
    let mut at = 0;
    while at < ROOT_SIZES.len() {
        let size = Size::from_gib(ROOT_SIZES[at]);
        if size.mib() >= needed.mib() {
            return size;
        }
        at += 1;
    }
    needed
}

/// The size of each home.
pub(super) fn share(root: Size, homes: Homes, users: usize) -> Size {
    let room = match homes {
        Homes::OfSize(volume) => volume.mib() - volume.mib() / 20,
        Homes::Fitting(_) => return DEFAULT_HOME,
        Homes::Root => root.mib().saturating_sub(taken(root).mib()),
    };
    let users = u64::try_from(users).unwrap_or(u64::MAX);
    Size::from_mib(room.checked_div(users).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::user::MAX_USERS;
    use super::*;

    #[test]
    fn a_default_volume_holds_all_homes() {
        for users in 1..=MAX_USERS {
            let root = root_volume(users, false);
            assert!(check(Volume::Root, root, users).is_ok(), "{users}");
            assert!(share(root, Homes::Root, users) >= HOME, "{users}");
        }
        let sizes = [20, 21, 40, 41, 90, 91, 180].map(|users| root_volume(users, false).gib());
        assert_eq!(sizes, [30, 50, 50, 100, 100, 200, 200]);
        assert_eq!(root_volume(180, true).gib(), 30);
        assert_eq!(root_volume(250, false).gib(), 262);
    }

    #[test]
    fn the_system_has_its_share_of_every_root_volume() {
        assert_eq!(needed(Volume::Root, 0), Size::from_gib(10));
        for users in 0..=400 {
            let size = needed(Volume::Root, users);
            let homes = Size::from_mib(HOME.mib() * users as u64);
            assert!(size.mib() >= homes.mib() + taken(size).mib(), "{users}");
            let less = Size::from_mib(size.mib() - 1_024);
            assert!(less.mib() < homes.mib() + taken(less).mib(), "{users}");
        }
        // A hundredth of 16 TiB is the file system's.
        assert_eq!(taken(Size::from_gib(16_384)).gib(), 173);
    }

    #[test]
    fn homes_share_the_rest_equally() {
        let gib = Size::from_gib;
        for (root, homes, users, expected) in [
            (gib(30), Homes::Root, 4, gib(5)),
            (gib(30), Homes::Root, 1, gib(20)),
            (gib(30), Homes::Root, 3, Size::from_mib(6_826)),
            // Without a twentieth, which is the file system's.
            (gib(30), Homes::OfSize(gib(100)), 1, gib(95)),
            (gib(30), Homes::OfSize(gib(100)), 10, Size::from_mib(9_728)),
            (gib(200), Homes::Root, 180, Size::from_mib(1_078)),
            (gib(8), Homes::Root, 1, gib(0)),
            (gib(30), Homes::Root, 0, gib(0)),
        ] {
            assert_eq!(share(root, homes, users), expected, "{users}");
        }
    }

    #[test]
    fn a_volume_that_is_not_declared_holds_a_home_of_the_same_size_for_each() {
        for users in 1..=MAX_USERS {
            let homes = Homes::fitting(users);
            let volume = homes.volume().expect("it has a volume");
            let share = share(Size::from_gib(30), homes, users);
            assert_eq!(share, Size::from_gib(10), "{users}");
            let used = share.mib() * users as u64;
            assert!(used <= volume.mib() - volume.mib() / 20, "{users}");
        }
        let sizes = [1, 6, 180].map(|users| Homes::fitting(users).volume().map(Size::gib));
        assert_eq!(sizes, [Some(11), Some(64), Some(1_895)]);
    }

    #[test]
    fn a_volume_that_is_too_small_is_an_error_with_one_that_fits() {
        let message = |volume, gib, users| {
            let error = check(volume, Size::from_gib(gib), users).expect_err("too small");
            error.to_string()
        };
        assert_eq!(
            message(Volume::Home, 1, 100),
            "100 homes do not fit on a home volume of 1 GiB\n\
             each has at least 1 GiB, and the file system takes a twentieth: 106 GiB needed\n\
             = help: write \"106 GiB\", or split the team"
        );
        assert_eq!(
            message(Volume::Root, 10, 1),
            "1 home does not fit on a root volume of 10 GiB\n\
             each has at least 1 GiB, and the system with its images takes 10 GiB: 11 GiB needed\n\
             = help: write \"11 GiB\", or split the team"
        );
        assert_eq!(
            message(Volume::Root, 8, 0),
            "a root volume of 8 GiB is too small\n\
             the system with its images takes 10 GiB\n\
             = help: write \"10 GiB\""
        );
        for users in 1..=MAX_USERS {
            let size = needed(Volume::Home, users);
            assert!(
                share(Size::from_gib(8), Homes::OfSize(size), users) >= HOME,
                "{users}"
            );
        }
    }
}
