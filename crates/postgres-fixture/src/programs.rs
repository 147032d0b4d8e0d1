//! The programs of PostgreSQL and PgBouncer, and the user that runs them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

/// The folder of each installed version's programs, on Debian.
const VERSIONS: &str = "/usr/lib/postgresql";

/// Starts a command as the user without rights, which has this number everywhere, since neither server runs as root.
const UNPRIVILEGED: [&str; 4] = [
    "setpriv",
    "--reuid=65534",
    "--regid=65534",
    "--clear-groups",
];

static IS_ROOT: LazyLock<bool> = LazyLock::new(|| {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout == b"0\n")
});

static FOLDER: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    if let Some(folder) = std::env::var_os("POSTGRES_PROGRAMS") {
        return Some(folder.into());
    }
    let versions = std::fs::read_dir(VERSIONS).ok()?;
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = versions.flatten().map(|version| version.path());
    let newest = versions.max_by_key(|version| number(version))?;
    Some(newest.join("bin"))
});

/// Returns the path of a program of PostgreSQL, such as `pgbench`. Without an installed server on Debian, it is the
/// name alone, so that it is searched on the PATH.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    FOLDER
        .as_ref()
        .map_or_else(|| name.into(), |folder| folder.join(name))
}

/// Returns PgBouncer, which Debian installs in a folder that is not on the PATH of every user.
pub(crate) fn pgbouncer() -> PathBuf {
    let path = PathBuf::from("/usr/sbin/pgbouncer");
    if path.exists() {
        path
    } else {
        "pgbouncer".into()
    }
}

/// Returns a command that does not run as root.
pub(crate) fn unprivileged(program: impl AsRef<OsStr>) -> Command {
    let mut command = if *IS_ROOT {
        let [setpriv, options @ ..] = UNPRIVILEGED;
        let mut command = Command::new(setpriv);
        command.args(options).arg(program);
        command
    } else {
        Command::new(program)
    };
    // The tests' folder may be one that this user cannot enter.
    command.current_dir("/").stdin(Stdio::null());
    command
}

/// Returns a command that does not run as root, and for which the time has the offset in the file `clock`. The time
/// of monotonic clocks has none, so that timeouts stay as they are.
pub(crate) fn faked_time(clock: &Path, program: &Path) -> Command {
    let library = format!(
        "/usr/lib/{}-linux-gnu/faketime/libfaketime.so.1",
        std::env::consts::ARCH
    );
    // The library must not be loaded before the user is changed.
    let mut command = unprivileged("env");
    command
        .arg(format!("LD_PRELOAD={library}"))
        .arg(format!("FAKETIME_TIMESTAMP_FILE={}", clock.display()))
        .args(["FAKETIME_NO_CACHE=1", "FAKETIME_DONT_RESET=1"])
        .args(["FAKETIME_DISABLE_SHM=1", "DONT_FAKE_MONOTONIC=1"])
        .arg(program);
    command
}

/// Runs a command and returns what it printed.
///
/// # Panics
/// If it does not start or fails.
pub(crate) fn run(command: &mut Command) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let (stdout, stderr) = (
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr),
    );
    assert!(
        status.success(),
        "{command:?}: {status}\n{stdout}\n{stderr}"
    );
    stdout.trim_end().to_owned()
}
