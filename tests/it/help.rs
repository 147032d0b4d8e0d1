//! The help of every command, on a terminal of 80 columns.

use crate::support::Project;

/// Returns the commands that the help lists, each with its help.
fn verbs(help: &str) -> Vec<String> {
    let section = help.split_once("Commands:\n").map_or("", |(_, rest)| rest);
    let lines = section.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let verbs = names.filter(|name| !name.is_empty() && *name != "help");
    verbs.map(str::to_owned).collect()
}

/// Returns the text below the options.
fn examples(help: &str) -> &str {
    let options = help.split_once("Global options:\n");
    let rest = options.and_then(|(_, rest)| rest.split_once("\n\n"));
    rest.map_or("", |(_, examples)| examples)
}

#[test]
fn help_fits_eighty_columns() {
    let narrow = Project::new().env("COLUMNS", "80");
    let wide = Project::new().env("COLUMNS", "300");
    let mut commands = vec![Vec::new()];
    let mut count = 0;
    while let Some(command) = commands.pop() {
        count += 1;
        let words = ["help"]
            .into_iter()
            .chain(command.iter().map(String::as_str));
        let words: Vec<&str> = words.collect();
        let long = narrow.run_args(&[&words[1..], &["--help"]].concat());
        assert_eq!(narrow.run_args(&words).exits(0).stdout, long.stdout);
        for flag in ["-h", "--help"] {
            let arguments: Vec<&str> = command.iter().map(String::as_str).chain([flag]).collect();
            let help = narrow.run_args(&arguments).exits(0);
            for line in help.stdout.lines() {
                let width = line.chars().count();
                assert!(width <= 80, "{width} columns: {line}\n{help}");
            }
            // Preformatted text must not be wrapped.
            let unbroken = wide.run_args(&arguments).exits(0);
            assert_eq!(
                examples(&help.stdout),
                examples(&unbroken.stdout),
                "{arguments:?}"
            );
            if flag == "--help" {
                let verbs = verbs(&help.stdout).into_iter();
                commands.extend(verbs.map(|verb| [command.clone(), vec![verb]].concat()));
            }
        }
    }
    assert!(count > 15, "{count} verbs were found");
}
