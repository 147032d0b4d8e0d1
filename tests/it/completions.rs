//! The completions that are kept for packagers are those that the program prints.
//! `UPDATE_EXPECTED=1 cargo test` writes them.

use std::path::Path;

use crate::documents::{assert_current, file_names};
use crate::support::Project;

/// Each shell and the file name under which it looks for the completions.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "syndicate.bash"),
    ("elvish", "syndicate.elv"),
    ("fish", "syndicate.fish"),
    ("powershell", "_syndicate.ps1"),
    ("zsh", "_syndicate"),
];

#[test]
fn completions_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/completions");
    let project = Project::new();
    let mut expected = SHELLS.map(|(_, name)| name);
    expected.sort_unstable();
    for (shell, name) in SHELLS {
        let run = project.run(&format!("completions {shell}")).exits(0);
        assert_eq!(run.stderr, "");
        assert_current(&folder.join(name), &run.stdout);
    }
    assert_eq!(file_names(&folder), expected);
}

#[test]
fn completions_of_each_shell_know_every_verb() {
    let project = Project::new();
    let command = syndicate::command();
    for (shell, _) in SHELLS {
        let run = project.run(&format!("completions {shell}")).exits(0);
        for verb in command.get_subcommands() {
            assert!(
                run.stdout.contains(verb.get_name()),
                "{shell} lacks {}",
                verb.get_name()
            );
        }
        // The script is code: nothing in it may be escaped as a message is.
        assert!(!run.stdout.contains("\\u{"), "{run}");
    }
}

#[test]
fn unknown_shell_lists_the_known_ones() {
    let run = Project::new().run("completions tcsh").exits(2);
    run.says(&[
        "invalid value `tcsh`",
        "bash, elvish, fish, powershell, zsh",
    ]);
}
