//! The measured program and the small programs that are its limits.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::folders::Folders;
use crate::process::Runnable;

/// The compiled programs.
pub(crate) struct Programs {
    /// The measured program.
    pub(crate) syndicate: PathBuf,
    /// The folder of the limits' programs.
    limits: PathBuf,
    /// The home folder of the measured program, which has no settings and no sign-ins.
    home: PathBuf,
}

impl Programs {
    /// Compiles the measured program as it is released, if that is possible here, unless `SYNDICATE_BIN` names one, and the limits.
    ///
    /// # Errors
    /// If a program does not compile.
    pub(crate) fn build(folders: &Folders) -> anyhow::Result<Self> {
        let target = std::env::current_exe()?;
        let limits = target.parent().map(Path::to_owned).unwrap_or_default();
        cargo(folders, "bench", &["--package", "speed", "--bins"])?;
        let syndicate = match std::env::var_os("SYNDICATE_BIN") {
            Some(path) => PathBuf::from(path).canonicalize()?,
            None => match released(folders) {
                Some(program) => program,
                None => {
                    let program = ["--package", "syndicate", "--bin", "syndicate"];
                    cargo(folders, "release", &program)?;
                    limits.join("syndicate")
                }
            },
        };
        Ok(Self {
            syndicate,
            limits,
            home: folders.get("home")?,
        })
    }

    /// Returns the command that runs the measured program in `site`.
    pub(crate) fn syndicate(&self, site: &Path) -> Runnable {
        self.anywhere().args("-C").arg(site)
    }

    /// Returns the command that runs the measured program.
    pub(crate) fn anywhere(&self) -> Runnable {
        let home = self.home.display().to_string();
        Runnable::new(&self.syndicate)
            .env("HOME", home.clone())
            .env("XDG_CONFIG_HOME", format!("{home}/config"))
            .env("XDG_CACHE_HOME", format!("{home}/cache"))
            .env("XDG_STATE_HOME", format!("{home}/state"))
    }

    /// Returns the command that runs the limit `name`.
    pub(crate) fn limit(&self, name: &str) -> Runnable {
        Runnable::new(self.limits.join(format!("limit-{name}")))
    }

    /// Describes the measured program and the machine.
    ///
    /// # Errors
    /// If the program cannot be run.
    pub(crate) fn describe(&self) -> anyhow::Result<String> {
        let version = self.anywhere().args("--version").output()?;
        let cores = std::thread::available_parallelism()?;
        let version = version.lines().next().unwrap_or_default();
        Ok(format!("{version}, {cores} cores"))
    }
}

/// Compiles the program with `scripts/build-release`. Returns `None` if that is not possible here, for example without
/// PyPI.
fn released(folders: &Folders) -> Option<PathBuf> {
    let script = folders.project.join("scripts/build-release");
    let mut command = Command::new(script);
    command.arg("--no-pack").stderr(Stdio::null());
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let path = String::from_utf8(output.stdout).ok()?;
    Some(folders.project.join(path.trim_end()))
}

/// Compiles with this profile. The outputs of `bench` and `release` are in one folder.
fn cargo(folders: &Folders, profile: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--profile", profile])
        .args(arguments)
        .current_dir(&folders.project)
        .status()?;
    anyhow::ensure!(
        status.success(),
        "`cargo build {}` failed",
        arguments.join(" ")
    );
    Ok(())
}
