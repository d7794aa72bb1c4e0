//! Conveniences for developers.

use crate::scene::Scene;

/// The workspace has the declared time zone; temporary files are in the home and are deleted at the next
/// start; logins to Git are kept; many files can be watched.
pub(crate) fn everything(scene: &Scene<'_>, user: &str) {
    let inside = |line: &str| {
        let line = line.replace('\'', r"'\''");
        scene
            .host
            .answer(&format!("docker exec vsc-{user} sh -c '{line}'"))
    };
    assert_eq!(inside("date +%z"), "+0545");

    let output = inside("file=$(mktemp) && echo x > $file && stat -c '%n %d' $file ~");
    let lines: Vec<(&str, &str)> = output
        .lines()
        .filter_map(|line| line.rsplit_once(' '))
        .collect();
    let [(file, disk), (_, home)] = lines[..] else {
        panic!("two lines: {output}");
    };
    assert!(file.starts_with("/home/coder/.cache/tmp/"), "{file}");
    assert_eq!(disk, home, "temporary files are not on the home");

    let login = "printf 'protocol=https\nhost=git.invalid\nusername=me\npassword=kept\n\n' | git credential";
    inside(&format!("{login} approve"));
    assert_eq!(inside("stat -c %a ~/.git-credentials"), "600");
    let asked = "printf 'protocol=https\nhost=git.invalid\n\n' | git credential fill";
    assert!(inside(asked).contains("password=kept"));

    // The stand-in for a host may not change the kernel's settings, but parses them.
    let asked = "sysctl --load=/etc/sysctl.d/60-vsc.conf 2>&1 | grep -c -e max_user_watches -e max_user_instances";
    assert_eq!(scene.host.answer(asked), "2");

    // Existing files stay, and links are not followed.
    inside("echo '[user]\n\tname = me' > ~/.gitconfig; mkdir ~/mine && touch ~/mine/kept");
    inside("ln -s /home/coder/mine ~/.cache/tmp/link; rm ~/.config/git/config");
    scene
        .host
        .answer(&format!("systemctl restart vsc-workspace@{user}"));
    scene.until_open(user, 60);
    assert_eq!(
        inside("ls -A ~/.cache/tmp | grep -v -e ^vscode -e ^code-server || true"),
        ""
    );
    assert_eq!(inside("ls ~/mine"), "kept");
    assert_eq!(inside("ls ~/.config/git"), "");
    inside("rm -r ~/mine ~/.gitconfig ~/.git-credentials");
}
