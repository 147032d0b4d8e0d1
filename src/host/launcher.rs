//! Starts a plugin through this program itself. The new process prepares itself as a plugin, which only a process can
//! do for itself, and then becomes the plugin's program.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::{Arc, OnceLock};

use super::confinement::{Layers, Permissions, confine};

/// The argument with which this program becomes a plugin.
const LAUNCH: &str = "__launch-plugin";

/// The argument with which this program restricts itself as if it were a plugin, and prints the active layers.
const PRINT_LAYERS: &str = "__print-layers";

/// Starts plugins.
#[derive(Clone, Debug)]
pub(crate) struct Launcher {
    /// This program. Without it, plugins are started directly and not confined.
    program: Option<PathBuf>,
    layers: Arc<OnceLock<Layers>>,
}

impl Launcher {
    /// Returns the launcher of this program.
    pub(crate) fn this_program() -> Self {
        // The running program, even after an update has replaced its file.
        let running = PathBuf::from("/proc/self/exe");
        let program = match running.exists() {
            // Only Unix can replace a process.
            _ if cfg!(not(unix)) => None,
            true => Some(running),
            false => std::env::current_exe().ok(),
        };
        Self {
            program,
            layers: Arc::default(),
        }
    }

    /// Returns a launcher that starts plugins directly.
    #[cfg(test)]
    pub(super) fn direct() -> Self {
        Self {
            program: None,
            layers: Arc::default(),
        }
    }

    /// Returns the command that starts `program` with these permissions.
    ///
    /// # Errors
    /// If a path is not valid Unicode.
    pub(super) fn command(&self, program: &Path, permissions: &Permissions) -> io::Result<Command> {
        let Some(path) = &self.program else {
            return Ok(Command::new(program));
        };
        let mut command = Command::new(path);
        command.arg(LAUNCH);
        command.arg(std::process::id().to_string());
        command.arg(serde_json::to_string(permissions)?);
        command.arg(program);
        Ok(command)
    }

    /// Returns the layers that confine plugins on this system. Asks a process that confines itself, once.
    pub(super) fn layers(&self) -> Layers {
        *self
            .layers
            .get_or_init(|| self.ask_layers().unwrap_or_default())
    }

    fn ask_layers(&self) -> Option<Layers> {
        let mut command = Command::new(self.program.as_ref()?);
        command.arg(PRINT_LAYERS).stdin(Stdio::null());
        let output = command.output().ok()?;
        serde_json::from_slice(&output.stdout).ok()
    }
}

/// Becomes a plugin if the arguments of this process ask for it. Call it first in the program, before any thread
/// starts. Returns `None` if the process is not a plugin, and an exit code if the plugin cannot be started.
#[must_use]
pub fn launch_plugin() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let verb = arguments.next()?;
    if verb == PRINT_LAYERS {
        return Some(print_layers());
    }
    #[cfg(unix)]
    if verb == LAUNCH {
        let launched = Launched::parse(arguments);
        let refused = || refuse("only syndicate itself uses this command");
        return Some(launched.map_or_else(refused, Launched::become_plugin));
    }
    None
}

/// Restricts this process as a plugin without permissions, and prints the active layers.
#[expect(
    clippy::disallowed_methods,
    reason = "the host reads it, not a terminal"
)]
fn print_layers() -> ExitCode {
    let layers = serde_json::to_string(&confine(&Permissions::default()));
    let printed = layers.map(|layers| writeln!(io::stdout(), "{layers}"));
    match printed {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// The arguments of a launcher. Only Unix can replace a process.
#[cfg(unix)]
struct Launched {
    parent: i32,
    permissions: Permissions,
    command: Command,
}

#[cfg(unix)]
impl Launched {
    fn parse(mut arguments: impl Iterator<Item = std::ffi::OsString>) -> Option<Self> {
        let parent = arguments.next()?.to_str()?.parse().ok()?;
        let permissions = serde_json::from_str(arguments.next()?.to_str()?).ok()?;
        let mut command = Command::new(arguments.next()?);
        command.args(arguments);
        Some(Self {
            parent,
            permissions,
            command,
        })
    }

    /// Restricts this process, which dies with its parent, and replaces it by the plugin.
    fn become_plugin(mut self) -> ExitCode {
        use std::os::unix::process::CommandExt as _;
        // A confined process may not set it.
        if let Err(error) = die_with(self.parent) {
            return refuse(&format!("cannot follow its parent: {error}"));
        }
        confine(&self.permissions);
        let error = self.command.exec();
        let program = Path::new(self.command.get_program()).display();
        refuse(&format!("cannot run `{program}`: {error}"))
    }
}

/// Makes this process end when the thread that started it ends.
#[cfg(target_os = "linux")]
fn die_with(parent: i32) -> io::Result<()> {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // The parent may have ended before.
    let is_alive = getppid().is_some_and(|id| id.as_raw_nonzero().get() == parent);
    match is_alive {
        true => Ok(()),
        false => Err(io::Error::other("it has ended")),
    }
}

/// Other systems have no such signal. The plugin ends when its standard input is closed.
#[cfg(all(unix, not(target_os = "linux")))]
fn die_with(_: i32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "the host reads it, as the last words of the plugin"
)]
fn refuse(message: &str) -> ExitCode {
    // Without a reader, the exit code has to do.
    drop(writeln!(io::stderr(), "{message}"));
    ExitCode::from(127)
}
