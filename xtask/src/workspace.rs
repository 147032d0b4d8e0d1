//! Reads the crates of the workspace from `cargo metadata`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// A crate of the workspace.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    /// Name of the crate.
    pub(crate) name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Package {
    /// Returns the folder of its manifest.
    pub(crate) fn folder(&self) -> PathBuf {
        self.manifest_path
            .parent()
            .map(PathBuf::from)
            .unwrap_or_default()
    }

    /// Returns the root file of its library, or of its program if it has no library.
    pub(crate) fn root_file(&self) -> Option<PathBuf> {
        let of_kind = |kind: &str| {
            let mut targets = self.targets.iter();
            targets.find(|target| target.kind.iter().any(|known| known == kind))
        };
        let target = of_kind("lib").or_else(|| of_kind("bin"))?;
        Some(target.src_path.clone())
    }
}

/// Returns the crates of the workspace.
///
/// # Errors
/// Fails if cargo cannot read the manifests.
pub(crate) fn packages() -> Result<Vec<Package>> {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"])?;
    let metadata: Metadata =
        serde_json::from_str(&metadata).context("cannot parse the output of `cargo metadata`")?;
    Ok(metadata.packages)
}

/// Runs cargo and returns its standard output.
///
/// # Errors
/// Fails if cargo cannot be run or returns an error.
pub(crate) fn cargo(arguments: &[&str]) -> Result<String> {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(program)
        .args(arguments)
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!(
            "`cargo {}` failed: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    String::from_utf8(output.stdout).context("cargo printed something other than UTF-8")
}
