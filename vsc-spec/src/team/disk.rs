//! Whether the homes of a team fit the volume that they are on.

use super::size::{Size, Volume};
use crate::const_finding::ConstFinding;

/// What the root volume has besides homes: the system, its logs, and the images.
const SYSTEM: Size = Size::from_gib(10);

/// The smallest home.
const HOME: Size = Size::from_gib(1);

/// The sizes of a root volume that is not declared, in GiB. They are few: another size replaces the
/// host, and the homes with it.
const ROOT_SIZES: [u64; 4] = [30, 50, 100, 200];

/// The smallest volume on which the homes of so many users fit.
pub(super) const fn needed(volume: Volume, users: usize) -> Size {
    let homes = HOME.mib() * users as u64;
    let mib = match volume {
        Volume::Root => SYSTEM.mib() + homes,
        // The file system itself takes a twentieth of it.
        Volume::Home => (homes * 20).div_ceil(19),
    };
    Size::from_gib(Size::from_mib(mib).gib())
}

/// Validates whether the homes fit.
pub(super) const fn check(volume: Volume, size: Size, users: usize) -> Result<(), ConstFinding> {
    let needed = needed(volume, users);
    if size.mib() >= needed.mib() {
        return Ok(());
    }
    let finding = ConstFinding::new("").count(users);
    let finding = finding.text(if users == 1 {
        " home does not fit on a "
    } else {
        " homes do not fit on a "
    });
    let finding = finding.text(volume.name()).text(" volume of ").size(size);
    let finding = finding.why("each has at least ").size(HOME);
    let finding = match volume {
        Volume::Root => finding
            .text(", and the system with its images takes ")
            .size(SYSTEM),
        Volume::Home => finding.text(", and the file system takes a twentieth"),
    };
    let finding = finding.text(": ").size(needed).text(" needed");
    Err(finding
        .help("write \"")
        .size(needed)
        .text("\", or split the team"))
}

/// The size of a root volume that is not declared: the smallest that fits.
pub(super) const fn root_volume(users: usize, homes_elsewhere: bool) -> Size {
    let needed = if homes_elsewhere {
        SYSTEM
    } else {
        needed(Volume::Root, users)
    };
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

/// What each home may hold.
pub(super) fn share(root: Size, home: Option<Size>, users: usize) -> Size {
    let room = match home {
        Some(volume) => volume.mib() - volume.mib() / 20,
        None => root.mib().saturating_sub(SYSTEM.mib()),
    };
    let users = u64::try_from(users).unwrap_or(u64::MAX);
    Size::from_mib(room.checked_div(users).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::user::MAX_USERS;
    use super::*;

    #[test]
    fn a_volume_that_is_not_declared_holds_all_homes() {
        for users in 1..=MAX_USERS {
            let root = root_volume(users, false);
            assert!(check(Volume::Root, root, users).is_ok(), "{users}");
            assert!(share(root, None, users) >= HOME, "{users}");
        }
        let sizes = [20, 21, 40, 41, 90, 91, 180].map(|users| root_volume(users, false).gib());
        assert_eq!(sizes, [30, 50, 50, 100, 100, 200, 200]);
        assert_eq!(root_volume(180, true).gib(), 30);
        assert_eq!(root_volume(250, false).gib(), 260);
    }

    #[test]
    fn each_home_has_the_same_share_of_what_is_left() {
        let gib = Size::from_gib;
        for (root, home, users, expected) in [
            (gib(30), None, 4, gib(5)),
            (gib(30), None, 1, gib(20)),
            (gib(30), None, 3, Size::from_mib(6_826)),
            // Without a twentieth, which is the file system's.
            (gib(30), Some(gib(100)), 1, gib(95)),
            (gib(30), Some(gib(100)), 10, Size::from_mib(9_728)),
            (gib(8), None, 1, gib(0)),
            (gib(30), None, 0, gib(0)),
        ] {
            assert_eq!(share(root, home, users), expected, "{users}");
        }
    }

    #[test]
    fn a_volume_that_is_too_small_is_reported_with_one_that_fits() {
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
        for users in 1..=MAX_USERS {
            let size = needed(Volume::Home, users);
            assert!(
                share(Size::from_gib(8), Some(size), users) >= HOME,
                "{users}"
            );
        }
    }
}
