//! Starts a plugin through this program itself. The new process prepares itself as a plugin, which only a process can
//! do for itself, and then becomes the plugin's program.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The argument with which this program becomes a plugin.
const ARGUMENT: &str = "__launch-plugin";

/// The program that starts plugins: this one, at this path. Without it, plugins are started directly.
#[derive(Clone, Debug)]
pub(crate) struct Launcher(Option<PathBuf>);

impl Launcher {
    /// Returns the launcher of this program.
    pub(crate) fn this_program() -> Self {
        if cfg!(not(unix)) {
            // Only Unix can replace a process.
            return Self(None);
        }
        // The running program, even after an update has replaced its file.
        let running = PathBuf::from("/proc/self/exe");
        Self(match running.exists() {
            true => Some(running),
            false => std::env::current_exe().ok(),
        })
    }

    /// Returns the command that starts `program`.
    pub(super) fn command(&self, program: &Path) -> Command {
        let Some(path) = &self.0 else {
            return Command::new(program);
        };
        let mut command = Command::new(path);
        command.arg(ARGUMENT);
        command.arg(std::process::id().to_string());
        command.arg(program);
        command
    }
}

/// Becomes a plugin if the arguments of this process ask for it. Call it first in the program, before any thread
/// starts. Returns `None` if the process is not a plugin, and an exit code if the plugin cannot be started.
#[must_use]
pub fn launch_plugin() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let parent = arguments.next()?.to_str()?.parse().ok()?;
    let program = arguments.next()?;
    let mut command = Command::new(&program);
    command.args(arguments);
    Some(become_plugin(&mut command, parent))
}

/// Replaces this process by `command`, which dies with the process `parent`.
#[cfg(unix)]
fn become_plugin(command: &mut Command, parent: i32) -> ExitCode {
    use std::os::unix::process::CommandExt as _;
    if let Err(error) = die_with(parent) {
        return refuse(&format!("cannot follow its parent: {error}"));
    }
    let error = command.exec();
    let program = Path::new(command.get_program()).display();
    refuse(&format!("cannot run `{program}`: {error}"))
}

#[cfg(not(unix))]
fn become_plugin(_: &mut Command, _: i32) -> ExitCode {
    refuse("plugins are started directly on this system")
}

/// Makes this process end when the thread that started it ends.
#[cfg(target_os = "linux")]
fn die_with(parent: i32) -> std::io::Result<()> {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // The parent may have ended before.
    let is_alive = getppid().is_some_and(|id| id.as_raw_nonzero().get() == parent);
    match is_alive {
        true => Ok(()),
        false => Err(std::io::Error::other("it has ended")),
    }
}

/// Other systems have no such signal. The plugin ends when its standard input is closed.
#[cfg(all(unix, not(target_os = "linux")))]
fn die_with(_: i32) -> std::io::Result<()> {
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the host reads it, as the last words of the plugin"
)]
fn refuse(message: &str) -> ExitCode {
    use std::io::Write as _;
    // Without a reader, the exit code has to do.
    drop(writeln!(std::io::stderr(), "{message}"));
    ExitCode::from(127)
}
