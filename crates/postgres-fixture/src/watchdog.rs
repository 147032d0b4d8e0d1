//! The folder of a server, and the process that stops the server at the end of the test.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use crate::programs::{program, run, unprivileged};

/// The folder of the cluster inside the server's folder.
pub(crate) const DATA: &str = "data";

/// The file with the process ID of PgBouncer.
pub(crate) const POOLER_PID: &str = "pgbouncer.pid";

/// Waits until standard input closes, then stops both servers and removes the folder: `PG_CTL FOLDER DATA PID`.
/// Signals to the group of the test process must not end it before that.
const SCRIPT: &str = r#"
trap '' HUP INT TERM
read -r _
[ ! -f "$2/$4" ] || kill -KILL "$(cat "$2/$4")"
"$1" stop --silent --mode=immediate --pgdata="$2/$3"
rm -rf "$2"
"#;

/// Stops a server and removes its folder when it is dropped or the test process ends.
pub(crate) struct Watchdog {
    child: Child,
    folder: PathBuf,
}

impl Watchdog {
    /// Creates a folder that the servers' user owns.
    pub(crate) fn start() -> Self {
        let folder = PathBuf::from(run(unprivileged("mktemp").arg("-d")));
        let child = unprivileged("sh")
            .args(["-c", SCRIPT, "sh"])
            .arg(program("pg_ctl"))
            .arg(&folder)
            .args([DATA, POOLER_PID])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        Self { child, folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().ok();
    }
}
