//! The completion files for packagers match the output of the program.
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
fn completions_list_every_verb() {
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
        // The script is code, so it must not be escaped like a message.
        assert!(!run.stdout.contains("\\u{"), "{run}");
    }
}

#[test]
fn unknown_shell_lists_supported_shells() {
    let run = Project::new().run("completions tcsh").exits(2);
    run.says(&[
        "invalid value `tcsh`",
        "bash, elvish, fish, powershell, zsh",
    ]);
}
