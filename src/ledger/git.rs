//! Queries the repository of a folder with the user's own `git`.
//!
//! Outside a work tree no process is started. If `git` fails, is missing or times out, the query
//! returns `None` instead of an error.

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Time limit of a local query.
const LOCAL_TIMEOUT: Duration = Duration::from_secs(5);

/// Time limit of a query that contacts a remote.
const REMOTE_TIMEOUT: Duration = Duration::from_secs(30);

/// Variables that name a repository. They are removed for child processes, because a git hook sets them
/// for its own repository, which may not be the ledger's. The list is the output of `git rev-parse
/// --local-env-vars` without the variables of the user's configuration.
const REPOSITORY_VARIABLES: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// The user's `git` in one folder.
pub(crate) struct Git {
    folder: PathBuf,
}

impl Git {
    /// Returns the `git` of the work tree that contains `folder`, or `None` outside a work tree.
    pub(crate) fn around(folder: &Path) -> Option<Self> {
        let real = fs::canonicalize(folder).ok()?;
        let is_root = |folder: &Path| folder.join(".git").exists();
        real.ancestors().any(is_root).then(|| Self {
            folder: folder.to_owned(),
        })
    }

    /// Returns the output of a local `git` query. Access to remotes is disabled, because a partial clone
    /// would fetch missing objects.
    pub(super) fn ask<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Option<Vec<u8>> {
        let mut command = self.command();
        command
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_NO_LAZY_FETCH", "1")
            .args(arguments);
        output(&mut command, LOCAL_TIMEOUT)
    }

    /// Returns the first line of the output of a local `git` query.
    pub(crate) fn ask_line<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Option<String> {
        let text = String::from_utf8(self.ask(arguments)?).ok()?;
        let line = text.lines().next()?.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    /// Returns the output of a `git` query that contacts a remote. Password prompts are disabled.
    pub(super) fn ask_remote<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Option<Vec<u8>> {
        let mut command = self.command();
        command.env("GCM_INTERACTIVE", "never").args(arguments);
        if let Some(ssh) = self.ssh_without_prompt() {
            command.env("GIT_SSH_COMMAND", ssh);
        }
        output(&mut command, REMOTE_TIMEOUT)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        for name in REPOSITORY_VARIABLES {
            command.env_remove(name);
        }
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .arg("-C")
            .arg(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }

    /// Returns the OpenSSH command for `git` with prompts disabled, or `None` for other SSH clients, which
    /// do not have the option.
    fn ssh_without_prompt(&self) -> Option<String> {
        let of_user = std::env::var("GIT_SSH_COMMAND").ok();
        let configured = of_user.or_else(|| self.ask_line(&["config", "core.sshCommand"]));
        match configured {
            Some(command) => without_prompt(&command),
            None if std::env::var_os("GIT_SSH").is_some() => None,
            None => without_prompt("ssh"),
        }
    }
}

fn without_prompt(ssh: &str) -> Option<String> {
    let program = ssh.split_whitespace().next()?.trim_matches(['"', '\'']);
    let name = program.rsplit(['/', '\\']).next()?;
    let is_openssh = matches!(name, "ssh" | "ssh.exe");
    is_openssh.then(|| format!("{ssh} -o BatchMode=yes -o ConnectTimeout=10"))
}

/// Returns the output of `command` if it succeeds within `timeout`.
fn output(command: &mut Command, timeout: Duration) -> Option<Vec<u8>> {
    let mut child = command.spawn().ok()?;
    let printed = printed(&mut child, timeout);
    if printed.is_none() {
        child.kill().ok();
    }
    let status = child.wait().ok()?;
    printed.filter(|_| status.success())
}

/// Returns the standard output of `child`, or `None` if it is not complete after `timeout`. It is read
/// on another thread, because a pipe has no read timeout.
fn printed(child: &mut Child, timeout: Duration) -> Option<Vec<u8>> {
    let mut stdout = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if stdout.read_to_end(&mut bytes).is_ok() {
            sender.send(bytes).ok();
        }
    });
    receiver.recv_timeout(timeout).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ssh_command_gets_batch_mode() {
        for (ssh, expected) in [
            ("ssh", Some("ssh")),
            ("ssh -i key", Some("ssh -i key")),
            ("/usr/bin/ssh -F x", Some("/usr/bin/ssh -F x")),
            ("\"C:\\ssh\\ssh.exe\" -v", Some("\"C:\\ssh\\ssh.exe\" -v")),
            ("plink -batch", None),
            ("", None),
        ] {
            let expected =
                expected.map(|ssh| format!("{ssh} -o BatchMode=yes -o ConnectTimeout=10"));
            assert_eq!(without_prompt(ssh), expected, "{ssh}");
        }
    }

    #[test]
    fn variables_of_a_hook_are_not_inherited() {
        let git = Git {
            folder: PathBuf::from("."),
        };
        let command = git.command();
        let variables: Vec<_> = command.get_envs().collect();
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            assert!(variables.contains(&(OsStr::new(name), None)), "{name}");
        }
        let prompt = (OsStr::new("GIT_TERMINAL_PROMPT"), Some(OsStr::new("0")));
        assert!(variables.contains(&prompt));
    }

    #[test]
    fn git_is_asked_only_in_a_work_tree() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        fs::create_dir_all(&inner).unwrap();
        let is_asked = || Git::around(&inner).is_some();
        assert!(!is_asked());
        // In a linked work tree or a submodule, `.git` is a file.
        fs::write(folder.path().join(".git"), "gitdir: x\n").unwrap();
        assert!(is_asked());
        fs::remove_file(folder.path().join(".git")).unwrap();
        fs::create_dir(folder.path().join("a/.git")).unwrap();
        assert!(is_asked());
    }

    #[cfg(unix)]
    #[test]
    fn git_that_hangs_is_ended() {
        let mut command = Command::new("sleep");
        command.arg("60").stdout(Stdio::piped());
        let start = std::time::Instant::now();
        assert_eq!(output(&mut command, Duration::from_millis(20)), None);
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
