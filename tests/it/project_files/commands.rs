//! The commands in the workflow, the justfile and CONTRIBUTING.md exist.

use serde_json::Value;

use super::{read, root};
use crate::support::Project;

/// Programs that the commands may call besides scripts of the project.
const PROGRAMS: [&str; 4] = ["cargo", "rustup", "just", "sudo"];

/// Subcommands of cargo, of its components and of the tools that the documents name.
const CARGO: [&str; 11] = [
    "bench", "clippy", "deny", "doc", "fmt", "fuzz", "install", "run", "speed", "test", "xtask",
];

/// Checks one command line and returns the mistake in it.
fn mistake(line: &str) -> Option<String> {
    let line = line.split(" # ").next().unwrap_or_default();
    let mut words = line
        .split_whitespace()
        .skip_while(|word| word.contains('=') && !word.starts_with('-'));
    let program = words.next()?;
    let words: Vec<&str> = words.collect();
    if program.contains('/') {
        return script_mistake(program);
    }
    if !PROGRAMS.contains(&program) {
        return Some(format!("unknown program `{program}`"));
    }
    let verb = words.first().copied().unwrap_or_default();
    if program != "cargo" {
        return None;
    }
    if !CARGO.contains(&verb) {
        return Some(format!("unknown command `cargo {verb}`"));
    }
    let after = |flag: &str| {
        let at = words.iter().position(|word| *word == flag)?;
        words.get(at + 1).copied()
    };
    let manifest = read("Cargo.toml");
    if let Some(target) = after("--test").or_else(|| after("--bench"))
        && !manifest.contains(&format!("name = \"{target}\""))
    {
        return Some(format!("unknown target `{target}`"));
    }
    match verb {
        "xtask" => {
            let name = words.get(1).copied().unwrap_or_default();
            let is_known = read("xtask/src/main.rs").contains(&format!("Some(\"{name}\")"));
            (!is_known).then(|| format!("unknown command `cargo xtask {name}`"))
        }
        "speed" => {
            let known = read("benches/speed/src/sections/mod.rs");
            let mut names = words.iter().skip(1);
            names
                .find(|name| !known.contains(&format!("name: \"{name}\"")))
                .map(|name| format!("unknown section `{name}`"))
        }
        "run" => program_mistake(words.split(|word| *word == "--").nth(1)?),
        _ => None,
    }
}

/// Checks that a script exists and can be run.
fn script_mistake(script: &str) -> Option<String> {
    let path = root().join(script);
    if !path.is_file() {
        return Some(format!("missing script `{script}`"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = path.metadata().unwrap().permissions().mode();
        if mode & 0o111 == 0 {
            return Some(format!("`{script}` is not executable"));
        }
    }
    None
}

/// Checks a command of syndicate and its flags against its help.
fn program_mistake(words: &[&str]) -> Option<String> {
    let verb = words.first()?;
    let help = Project::new().run(&format!("{verb} --help"));
    let is_known = |flag: &str| help.stdout.contains(flag);
    let mut flags = words.iter().filter(|word| word.starts_with("--"));
    let unknown = flags.find(|flag| !is_known(flag));
    match (help.code, unknown) {
        (Some(0), None) => None,
        (_, unknown) => Some(format!("unknown: `{verb}` {unknown:?}")),
    }
}

#[track_caller]
fn assert_commands<'a>(lines: impl Iterator<Item = &'a str>, least: usize) {
    let lines: Vec<&str> = lines
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert!(lines.len() >= least, "{lines:?}");
    let mistakes: Vec<_> = lines
        .iter()
        .filter_map(|line| Some((line, mistake(line)?)))
        .collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

/// Returns the recipes of the justfile with their lines, without `just` expressions.
fn recipes() -> Vec<(String, Vec<String>)> {
    let mut recipes: Vec<(String, Vec<String>)> = Vec::new();
    for line in read("justfile").lines() {
        if let Some(command) = line.strip_prefix("    ") {
            let command = command.replace("{{ arguments }}", "");
            recipes.last_mut().unwrap().1.push(command);
        } else if line.ends_with(':') {
            let name = line.split([' ', ':']).next().unwrap();
            recipes.push((name.to_owned(), Vec::new()));
        }
    }
    recipes
}

#[test]
fn workflow_calls_existing_commands() {
    let text = read(".github/workflows/ci.yml");
    let workflow: Value = serde_saphyr::from_str(&text).unwrap();
    let jobs = workflow["jobs"].as_object().unwrap();
    let steps: Vec<&Value> = jobs
        .values()
        .flat_map(|job| job["steps"].as_array().unwrap())
        .collect();
    let commands = steps.iter().filter_map(|step| step["run"].as_str());
    assert_commands(commands.flat_map(str::lines), 6);
    let runs = |job: &Value, command: &str| {
        let steps = job["steps"].as_array().unwrap();
        steps.iter().any(|step| step["run"] == command)
    };
    assert!(runs(&jobs["linux"], ".ci/run"));
    assert!(runs(&jobs["other-systems"], "tests/run --quick"));
}

#[test]
fn workflow_is_pinned_and_reads_only() {
    let text = read(".github/workflows/ci.yml");
    let workflow: Value = serde_saphyr::from_str(&text).unwrap();
    assert_eq!(
        workflow["permissions"],
        serde_json::json!({"contents": "read"})
    );
    assert!(!text.contains("secrets."));
    let mut actions = 0;
    for line in text.lines() {
        let Some((_, action)) = line.split_once("uses: ") else {
            continue;
        };
        let (_, pin) = action.split_once('@').unwrap();
        let (commit, version) = pin.split_once(" # v").unwrap_or((pin, ""));
        let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
        assert!(is_commit && !version.is_empty(), "{line}");
        actions += 1;
    }
    assert!(actions > 0);
}

#[test]
fn justfile_recipes_call_existing_commands() {
    let recipes = recipes();
    for name in [
        "run", "test", "quick", "soak", "ci", "lint", "docs", "sandbox",
    ] {
        assert!(recipes.iter().any(|recipe| recipe.0 == name), "{name}");
    }
    let (default, rest) = recipes.split_first().unwrap();
    assert!(default.0 == "default" && default.1[0].contains("--list"));
    let lines = rest.iter().flat_map(|recipe| &recipe.1);
    assert_commands(lines.map(String::as_str), 15);
}

#[test]
fn recipes_update_every_expected_file() {
    let recipes = recipes();
    let lines = recipes.iter().flat_map(|recipe| &recipe.1);
    let updates: Vec<&String> = lines
        .filter(|line| line.starts_with("UPDATE_EXPECTED=1 "))
        .collect();
    let page = read("CONTRIBUTING.md");
    for update in &updates {
        assert!(page.contains(*update), "CONTRIBUTING.md lacks `{update}`");
    }
    let filters: Vec<&str> = updates
        .iter()
        .flat_map(|update| update.split_whitespace())
        .collect();
    // The test filter or the package of every test that writes an expected file.
    let mut updating = Vec::new();
    for file in super::files() {
        if file.extension().is_none_or(|extension| extension != "rs")
            || file.starts_with("tests/it/project_files")
        {
            continue;
        }
        let text = read(&file);
        if !text.contains("UPDATE_EXPECTED") && !text.contains("assert_current(") {
            continue;
        }
        if let Ok(module) = file.strip_prefix("tests/it") {
            updating.push(module.with_extension("").display().to_string());
        } else if let Ok(inside) = file.strip_prefix("crates") {
            let package = inside.iter().next().unwrap_or_default();
            updating.push(package.to_string_lossy().into_owned());
        }
    }
    assert!(updating.len() >= 8, "{updating:?}");
    let missing: Vec<_> = updating
        .iter()
        .filter(|module| !filters.contains(&module.as_str()))
        .collect();
    assert!(missing.is_empty(), "not in the recipe: {missing:?}");
}

#[test]
fn contributing_names_existing_commands() {
    let page = read("CONTRIBUTING.md");
    let blocks = page.split("```sh\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("```").next());
    assert_commands(blocks.flat_map(str::lines), 6);
    let recipes = recipes();
    for recipe in page.split("`just ").skip(1) {
        let recipe = recipe.split('`').next().unwrap();
        assert!(recipes.iter().any(|(name, _)| name == recipe), "{recipe}");
    }
}

#[test]
fn wrong_commands_are_found() {
    for line in [
        "tests/missing --quick",
        "Cargo.toml",
        "README.md/x",
        "make all",
        "cargo nonsense",
        "cargo xtask nonsense",
        "cargo test --test nonsense",
        "cargo run -- nonsense",
        "cargo run -- build --nonsense",
    ] {
        assert!(mistake(line).is_some(), "{line}");
    }
    assert_eq!(mistake("A=1 cargo run -- build --sandbox"), None);
}
