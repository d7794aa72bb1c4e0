//! The host: whether it runs the images, is in the region and holds the team.

use super::*;
use crate::team::UserField;
use crate::team::declaration::Credits;
use crate::team::size::Size;

#[test]
fn the_host_runs_the_images() {
    let images =
        |image: Option<&str>, proxy_image: Option<&str>, instance: Option<&str>| Declaration {
            image: image.and_then(text),
            proxy_image: proxy_image.and_then(text),
            instance: instance.and_then(text),
            ..team()
        };
    let (arm, x86) = (Some("arm64v8/x:1"), Some("amd64/x:1"));
    let (image, proxy_image, instance) = (
        DeclarationPath::Value(Key::Image),
        DeclarationPath::Value(Key::ProxyImage),
        DeclarationPath::Value(Key::Instance),
    );
    let unlike = (proxy_image, "no host runs both images");
    let not_arm = (
        instance,
        "the image \"arm64v8/x:1\" does not run on a t3.large",
    );
    for (declared, expected) in [
        (images(arm, arm, None), &[][..]),
        (images(arm, x86, None), &[unlike]),
        (images(x86, arm, None), &[unlike]),
        (images(x86, x86, Some("t3.large")), &[]),
        (images(arm, None, Some("t4g.large")), &[]),
        (images(arm, None, Some("t3.large")), &[not_arm]),
        (images(None, arm, Some("t3.large")), &[not_arm]),
        (images(arm, arm, Some("t3.large")), &[not_arm, not_arm]),
        (images(x86, arm, Some("t3.large")), &[unlike]),
        // An error in one image says nothing about the other.
        (
            images(Some("x"), arm, Some("t3.large")),
            &[(image, "the image \"x\" is not pinned")],
        ),
        (
            images(arm, Some("x"), Some("t3.large")),
            &[(proxy_image, "the image \"x\" is not pinned")],
        ),
    ] {
        assert_errors(&declared, expected);
    }
    for (image, proxy_image, expected) in [
        (arm, None, "t4g.medium"),
        (None, arm, "t4g.medium"),
        (x86, None, "t3.medium"),
        (None, None, "t3.medium"),
    ] {
        let team = images(image, proxy_image, None).check();
        assert_eq!(team.expect("nothing is wrong").instance().name(), expected);
    }
}

#[test]
fn credits_are_those_of_a_burstable_host() {
    let with = |instance: Option<&str>, users| Declaration {
        instance: instance.and_then(text),
        users: Some(Users::Count(users)),
        credits: Some(Credits::Standard),
        ..team()
    };
    let error = |message| [(DeclarationPath::Value(Key::Credits), message)];
    assert_errors(&with(None, 2), &[]);
    assert_errors(&with(Some("t4g.large"), 2), &[]);
    assert_errors(&with(Some("t3"), 2), &[]);
    let named = error("m7i.large has no CPU credits");
    assert_errors(&with(Some("m7i.large"), 2), &named);
    // The largest burstable host has 32 GiB.
    let chosen = error("r7i.2xlarge has no CPU credits");
    assert_errors(&with(None, 50), &chosen);
    let unknown = (
        DeclarationPath::Value(Key::Instance),
        "there is no instance type",
    );
    assert_errors(&with(Some("t3.lrage"), 2), &[unknown]);
}

#[test]
fn the_host_is_in_the_region() {
    let there = |instance: Option<&str>, region: &str| Declaration {
        instance: instance.and_then(text),
        region: text(region),
        ..team()
    };
    let instance = DeclarationPath::Value(Key::Instance);
    assert_errors(&there(Some("a1.2xlarge"), "us-west-2"), &[]);
    assert_errors(
        &there(Some("a1.2xlarge"), "af-south-1"),
        &[(instance, "a1.2xlarge is not available in af-south-1")],
    );
    let region = DeclarationPath::Value(Key::Region);
    assert_errors(
        &there(Some("a1.2xlarge"), "af-south-9"),
        &[(region, "there is no region \"af-south-9\"")],
    );
    assert_errors(
        &there(Some("a1.2xlarg"), "af-south-1"),
        &[(instance, "there is no instance type \"a1.2xlarg\"")],
    );
}

#[test]
fn the_host_holds_what_is_promised() {
    let on = |users: Option<Users>, memory: Option<&str>| Declaration {
        users,
        instance: text("t3.large"),
        memory: memory.and_then(text),
        ..team()
    };
    let count = |count| Some(Users::Count(count));
    let both = || named(&["al", "bo"]);
    let path = DeclarationPath::Value(Key::Instance);
    let two = (path, "2 users do not fit on a t3.large");
    let three = (path, "3 users do not fit on a t3.large");
    let eight = (path, "8 users do not fit on a t3.large");
    for (team, expected) in [
        (on(count(7), None), &[][..]),
        (on(count(8), None), &[eight]),
        (on(count(2), Some("4 GiB")), &[two]),
        (on(count(2), Some("3.5 GiB")), &[]),
        (on(both(), Some("4 GiB")), &[two]),
        (on(both(), Some("3.5 GiB")), &[]),
        (on(with_memory(&["6 GiB", "", ""]), None), &[three]),
        (on(with_memory(&["6 GiB", ""]), None), &[]),
        (on(with_memory(&["1 GiB", ""]), Some("6 GiB")), &[]),
        // The promise of the user before, and another one.
        (on(with_memory(&["2 GiB", "2 GiB", "3 GiB"]), None), &[]),
        (
            on(with_memory(&["2 GiB", "3 GiB", "3 GiB"]), None),
            &[three],
        ),
        // An error in the users says nothing about the host.
        (
            on(count(900), Some("4 GiB")),
            &[(
                DeclarationPath::Value(Key::Users),
                "too many users for one stack: 900",
            )],
        ),
        (
            on(count(9), Some("4 GB")),
            &[(
                DeclarationPath::Value(Key::Memory),
                "\"4 GB\" is not a valid size",
            )],
        ),
    ] {
        assert_errors(&team, expected);
    }
}

#[test]
fn the_host_has_the_cpus_of_each_workspace() {
    let on = |users: Option<Users>, cpus: Option<f64>| Declaration {
        users,
        instance: text("t3.large"),
        cpus,
        ..team()
    };
    let of_all = DeclarationPath::Value(Key::Cpus);
    let own = |at| DeclarationPath::User(at, UserField::Cpus);
    for (team, expected) in [
        (on(Some(Users::Count(2)), Some(2.0)), &[][..]),
        (
            on(Some(Users::Count(2)), Some(2.5)),
            &[(of_all, "a workspace cannot use 2.5 CPUs of a t3.large")],
        ),
        (
            on(with_cpus(&[Some(3.0), Some(2.0), Some(4.0)]), Some(2.5)),
            &[
                (of_all, "a workspace cannot use 2.5 CPUs of a t3.large"),
                (own(0), "a workspace cannot use 3 CPUs of a t3.large"),
                (own(2), "a workspace cannot use 4 CPUs of a t3.large"),
            ],
        ),
        (
            on(Some(Users::Count(900)), Some(2.5)),
            &[(
                DeclarationPath::Value(Key::Users),
                "too many users for one stack: 900",
            )],
        ),
    ] {
        assert_errors(&team, expected);
    }
}

#[test]
fn memory_that_no_host_has_is_reported_where_it_is_declared() {
    let of = |users: Option<Users>, memory: Option<&str>, cpus: Option<f64>| Declaration {
        users,
        memory: memory.and_then(text),
        cpus,
        ..team()
    };
    let count = |count| Some(Users::Count(count));
    let all = DeclarationPath::Value(Key::Memory);
    let own = |at| DeclarationPath::User(at, UserField::Memory);
    let one = "1 user does not fit on any host";
    let two = "2 users do not fit on any host";
    let gib = Some("1 GiB");
    for (team, path, message) in [
        (of(count(1), Some("5 TiB"), None), all, one),
        (of(count(2), Some("3 TiB"), Some(0.5)), all, two),
        (of(with_memory(&["", "5 TiB"]), None, None), own(1), two),
        (of(with_memory(&["5 TiB", "6 TiB"]), gib, None), own(1), two),
        (of(with_memory(&["6 TiB", "5 TiB"]), gib, None), own(0), two),
        (
            of(with_memory(&["5 TiB", "5 TiB"]), None, None),
            own(0),
            two,
        ),
        // Neither is too much alone.
        (
            of(with_memory(&["3 TiB", "3 TiB"]), None, None),
            DeclarationPath::Value(Key::Users),
            two,
        ),
        (
            of(with_memory(&["3 TiB", "3 TiB"]), gib, Some(0.5)),
            all,
            two,
        ),
    ] {
        assert_errors(&team, &[(path, message)]);
    }
    let largest = of(count(1), Some("4095 GiB"), None).check();
    let largest = largest.expect("there is a host");
    assert_eq!(largest.instance().name(), "x2iedn.32xlarge");
}

#[test]
fn cpus_that_no_host_has_are_reported_where_they_are_declared() {
    let of = |users: Option<Users>, memory: Option<&str>, cpus: Option<f64>| Declaration {
        users,
        memory: memory.and_then(text),
        cpus,
        ..team()
    };
    let one = || Some(Users::Count(1));
    let all = DeclarationPath::Value(Key::Cpus);
    let own = |at| DeclarationPath::User(at, UserField::Cpus);
    let (half, many, more) = (Some(0.5), Some(900.0), Some(901.0));
    for (team, path, cpus) in [
        (of(one(), None, many), all, 900),
        (of(one(), Some("2 GiB"), many), all, 900),
        (of(with_cpus(&[half, many]), None, None), own(1), 900),
        (of(with_cpus(&[many, more]), None, many), own(1), 901),
        (of(with_cpus(&[more, many]), None, many), own(0), 901),
        (of(with_cpus(&[many, many]), None, None), own(0), 900),
        (of(with_cpus(&[half, None]), None, many), all, 900),
    ] {
        let message = format!("no host has {cpus} CPUs for one workspace");
        assert_errors(&team, &[(path, &message)]);
    }
}

#[test]
fn the_volumes_hold_the_homes() {
    let on = |users, root_volume: Option<&str>, home_volume: Option<&str>| Declaration {
        users: Some(Users::Count(users)),
        root_volume: root_volume.and_then(text),
        home_volume: home_volume.and_then(text),
        ..team()
    };
    let (root, home) = (
        DeclarationPath::Value(Key::RootVolume),
        DeclarationPath::Value(Key::HomeVolume),
    );
    let none = Some("none");
    for (team, expected) in [
        (on(20, Some("30 GiB"), none), &[][..]),
        (
            on(21, Some("30 GiB"), none),
            &[(root, "21 homes do not fit on a root volume of 30 GiB")],
        ),
        // They are elsewhere.
        (on(21, Some("10 GiB"), None), &[]),
        (on(21, Some("30 GiB"), Some("23 GiB")), &[]),
        (
            on(21, Some("30 GiB"), Some("22 GiB")),
            &[(home, "21 homes do not fit on a home volume of 22 GiB")],
        ),
        (on(21, Some("10 GiB"), Some("23 GiB")), &[]),
        (
            on(21, Some("9 GiB"), Some("22 GiB")),
            &[
                (root, "a root volume of 9 GiB is too small"),
                (home, "21 homes do not fit on a home volume of 22 GiB"),
            ],
        ),
        (
            on(21, None, Some("22 GiB")),
            &[(home, "21 homes do not fit on a home volume of 22 GiB")],
        ),
        (
            on(21, Some("7 GiB"), Some("22")),
            &[
                (root, "a root volume of 7 GiB is too small"),
                (home, "\"22\" is not a valid size"),
            ],
        ),
        // An unknown number of homes fits.
        (
            on(0, Some("10 GiB"), none),
            &[(DeclarationPath::Value(Key::Users), "a team of 0 users")],
        ),
    ] {
        assert_errors(&team, expected);
    }
    // The defaults fit the team.
    for (users, expected) in [(2, 30), (60, 100), (180, 200)] {
        let ide = on(users, None, none).check().expect("nothing is wrong");
        assert_eq!(ide.root_volume().gib(), expected, "{users}");
        let homes = ide.home_share().mib() * ide.users().len() as u64;
        assert!(ide.home_share() >= Size::from_gib(1), "{users}");
        assert!(
            homes + 10 * 1_024 <= ide.root_volume().mib(),
            "{users}: {homes}"
        );
        let ide = on(users, None, Some("200 GiB"))
            .check()
            .expect("nothing is wrong");
        assert_eq!(ide.root_volume().gib(), 30, "{users}");
    }
    // The size in a help fits the team.
    let help = |team: &Declaration| {
        let errors = team.validate().errors().next();
        errors.and_then(|error| error.diagnostic.help)
    };
    for (team, expected) in [
        (on(40, Some("30 GB"), none), "write \"50 GiB\""),
        (on(40, Some("30 GB"), None), "write \"30 GiB\""),
        (on(40, Some("30 GB"), Some("50 GiB")), "write \"30 GiB\""),
        (
            on(40, Some("5 GB"), Some("50 GiB")),
            "for example \"30 GiB\"",
        ),
        (on(40, None, Some("30 GB")), "write \"43 GiB\""),
    ] {
        assert_eq!(help(&team).as_deref(), Some(expected));
    }
}
