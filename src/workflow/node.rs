//! The package manager of a Node project.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// A package manager, with the file that shows its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackageManager {
    /// npm, with a lock file.
    Npm,
    /// npm without a lock file.
    NpmUnlocked,
    /// pnpm.
    Pnpm,
    /// Yarn 1.
    YarnClassic,
    /// Yarn 2 or later.
    Yarn,
}

/// A folder with package.json.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NodeProject {
    pub(super) manager: PackageManager,
    /// `true` if package.json has a script named `build`.
    pub(super) has_build_script: bool,
    /// The file that contains the version of Node.
    pub(super) version_file: Option<&'static str>,
    /// `true` if package.json contains the version of the package manager.
    pub(super) names_manager: bool,
}

impl NodeProject {
    /// Returns the project in `folder`, or `None` if it has no package.json.
    pub(super) fn find(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join("package.json")).ok()?;
        let package: Value = serde_json::from_str(&text).unwrap_or_default();
        let named = package["packageManager"].as_str();
        let version_files = [".nvmrc", ".node-version"];
        Some(Self {
            manager: manager(folder, named.unwrap_or_default()),
            has_build_script: package["scripts"]["build"].is_string(),
            version_file: version_files
                .into_iter()
                .find(|name| folder.join(name).is_file()),
            names_manager: named.is_some(),
        })
    }
}

fn manager(folder: &Path, named: &str) -> PackageManager {
    let has = |name: &str| folder.join(name).is_file();
    if has("pnpm-lock.yaml") || named.starts_with("pnpm@") {
        PackageManager::Pnpm
    } else if has(".yarnrc.yml") || named.starts_with("yarn@") && !named.starts_with("yarn@1.") {
        PackageManager::Yarn
    } else if has("yarn.lock") {
        PackageManager::YarnClassic
    } else if has("package-lock.json") || has("npm-shrinkwrap.json") {
        PackageManager::Npm
    } else {
        PackageManager::NpmUnlocked
    }
}

impl PackageManager {
    /// Returns the command that installs the locked dependencies.
    pub(super) fn install(self) -> &'static str {
        match self {
            Self::Npm => "npm ci",
            Self::NpmUnlocked => "npm install",
            Self::Pnpm => "pnpm install --frozen-lockfile",
            Self::YarnClassic => "yarn install --frozen-lockfile",
            Self::Yarn => "corepack enable\nyarn install --immutable",
        }
    }

    /// Returns the command that runs the script `build` of package.json.
    pub(super) fn build(self) -> &'static str {
        match self {
            Self::Npm | Self::NpmUnlocked => "npm run build",
            Self::Pnpm => "pnpm run build",
            Self::YarnClassic | Self::Yarn => "yarn run build",
        }
    }

    /// Returns the command that runs the program `command` of a dependency.
    pub(super) fn execute(self, command: &str) -> String {
        match self {
            Self::Npm | Self::NpmUnlocked => format!("npx --no-install {command}"),
            Self::Pnpm => format!("pnpm exec {command}"),
            Self::YarnClassic | Self::Yarn => format!("yarn run {command}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_file_selects_manager() {
        let find = |files: &[(&str, &str)]| {
            let folder = tempfile::tempdir().unwrap();
            for (name, text) in files {
                fs::write(folder.path().join(name), text).unwrap();
            }
            NodeProject::find(folder.path()).map(|project| project.manager)
        };
        let package = ("package.json", "{}");
        assert_eq!(find(&[]), None);
        assert_eq!(find(&[package]), Some(PackageManager::NpmUnlocked));
        let lock = |name| find(&[package, (name, "")]);
        assert_eq!(lock("package-lock.json"), Some(PackageManager::Npm));
        assert_eq!(lock("pnpm-lock.yaml"), Some(PackageManager::Pnpm));
        assert_eq!(lock("yarn.lock"), Some(PackageManager::YarnClassic));
        let berry = ("package.json", r#"{"packageManager": "yarn@4.9.1"}"#);
        assert_eq!(
            find(&[berry, ("yarn.lock", "")]),
            Some(PackageManager::Yarn)
        );
    }
}
