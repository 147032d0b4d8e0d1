//! Writes the table of built-in plugins, passes the target triple to `src/release.rs`, and sets how the program is
//! linked. It calls no other program.
//!
//! Each dependency of the root manifest whose name starts with `syndicate-source-`,
//! `syndicate-transform-` or `syndicate-sink-` becomes a row of the table, so that adding a plugin
//! changes one existing file. A folder under `plugins/` without a dependency is reported as a warning.

use std::path::Path;
use std::{env, fs, io};

/// The folders under `plugins/`, the word in the names of their crates, and the names of the constants.
const KINDS: &[(&str, &str, &str)] = &[
    ("sources", "source", "SourcePlugin"),
    ("transforms", "transform", "TransformPlugin"),
    ("sinks", "sink", "SinkPlugin"),
];

fn main() -> io::Result<()> {
    println!("cargo::rustc-env=SYNDICATE_TARGET={}", env_var("TARGET")?);
    link_at_fixed_address()?;
    println!("cargo::rerun-if-changed=Cargo.toml");
    // A new crate of the workspace changes the lock file.
    println!("cargo::rerun-if-changed=Cargo.lock");
    let manifest = fs::read_to_string("Cargo.toml")?;
    let dependencies = dependencies(&manifest);
    let mut table = String::new();
    for (folder, word, plugin) in KINDS {
        let prefix = format!("syndicate-{word}-");
        let mut crates: Vec<&str> = dependencies
            .iter()
            .copied()
            .filter(|name| name.starts_with(&prefix))
            .collect();
        crates.sort_unstable();
        let rows: Vec<String> = crates
            .iter()
            .map(|name| format!("{}::PLUGIN", name.replace('-', "_")))
            .collect();
        table.push_str(&format!(
            "const {}: &[syndicate_api::{plugin}] = &[{}];\n",
            folder.to_uppercase(),
            rows.join(", ")
        ));
        warn_unlisted(folder, &prefix, &crates)?;
    }
    fs::write(Path::new(&env_var("OUT_DIR")?).join("built_in.rs"), table)
}

/// Links the program for a fixed address on Linux. Otherwise the loader changes 40,000 addresses at each start, and
/// copies the pages that contain them, which takes longer than `--version` itself.
fn link_at_fixed_address() -> io::Result<()> {
    if env_var("CARGO_CFG_TARGET_OS")? == "linux" && env_var("CARGO_CFG_TARGET_ENV")? == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    Ok(())
}

/// Returns the value of a variable that Cargo sets for build scripts.
fn env_var(name: &str) -> io::Result<String> {
    env::var(name).map_err(|error| io::Error::other(format!("`{name}`: {error}")))
}

/// Returns the names in the section `[dependencies]` of `manifest`.
fn dependencies(manifest: &str) -> Vec<&str> {
    let lines = manifest.lines().map(str::trim);
    lines
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .collect()
}

/// Warns about plugin folders that no dependency names, since the program does not contain them.
fn warn_unlisted(folder: &str, prefix: &str, crates: &[&str]) -> io::Result<()> {
    let path = format!("plugins/{folder}");
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        let Some(name) = name.to_str() else { continue };
        let dependency = format!("{prefix}{name}");
        if !crates.contains(&dependency.as_str()) {
            println!(
                "cargo::warning=`plugins/{folder}/{name}` is not built in: add `{dependency}` to \
                 [dependencies] in Cargo.toml"
            );
        }
    }
    Ok(())
}
