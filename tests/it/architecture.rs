//! ARCHITECTURE.md describes the code: its paths exist, and the modules of `src` import each other as
//! its table allows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../../ARCHITECTURE.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the texts between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn named_paths_exist() {
    let folders = [
        "benches", "crates", "docs", "plugins", "src", "tests", "xtask",
    ];
    let is_path = |text: &&str| {
        let (folder, _) = text.split_once('/').unwrap_or((text, ""));
        folders.contains(&folder) && !text.contains(' ')
    };
    let paths: BTreeSet<&str> = quoted(PAGE).filter(is_path).collect();
    assert!(paths.len() > 30, "{paths:?}");
    for path in paths {
        assert!(root().join(path).exists(), "ARCHITECTURE.md names `{path}`");
    }
}

/// Returns the table of allowed imports: the modules that each module of `src` may import.
fn allowed_imports() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let table = PAGE
        .split_once("| module of `src` | may import |\n|---|---|\n")
        .unwrap()
        .1;
    let rows: Vec<(&str, &str)> = table
        .lines()
        .map_while(|line| {
            line.strip_prefix("| ")?
                .strip_suffix(" |")?
                .split_once(" | ")
        })
        .collect();
    let modules: BTreeSet<&str> = rows
        .iter()
        .flat_map(|(modules, _)| quoted(modules))
        .collect();
    let mut allowed = BTreeMap::new();
    for (names, imports) in rows {
        let imports = match imports {
            "every other module" => modules.clone(),
            imports => quoted(imports).collect(),
        };
        for name in quoted(names) {
            allowed.insert(name, imports.clone());
        }
    }
    allowed
}

/// Returns the Rust files at and below `path`, without tests.
fn source_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let entries = entries.filter(|path| path.file_stem().is_none_or(|stem| stem != "tests"));
    entries
        .filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "rs"))
        .flat_map(|path| source_files(&path))
        .collect()
}

/// Returns the modules of the crate that `code` names outside comments and tests.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            lines.next();
        } else if !line.trim_start().starts_with("//") {
            let names = line.split("crate::").skip(1);
            let name = |text: &str| {
                text.split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .map(str::to_owned)
            };
            found.extend(names.filter_map(name));
        }
    }
    found
}

#[test]
fn modules_follow_import_table() {
    let allowed = allowed_imports();
    let is_module = |name: &str| allowed.contains_key(name);
    let mut checked = 0;
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap();
        if matches!(module, "lib" | "main") {
            continue;
        }
        let allowed = allowed
            .get(module)
            .unwrap_or_else(|| panic!("`{module}` is missing in ARCHITECTURE.md"));
        for file in source_files(&path) {
            for import in imports(&std::fs::read_to_string(&file).unwrap()) {
                if import != module && is_module(&import) {
                    assert!(
                        allowed.contains(import.as_str()),
                        "`{}` imports `{import}`",
                        file.display()
                    );
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
}
