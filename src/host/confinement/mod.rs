//! Confines plugins: a plugin can read its own program, the interpreter and the folders that pipeline.yaml grants, write
//! to granted folders and its scratch folder, and use the network only if that is granted.
//!
//! The kernel enforces this, and only a process can restrict itself, so the launcher does it before it becomes the
//! plugin. There are three layers on Linux: Landlock (files, TCP, signals), a filter of system calls (sockets and
//! everything that reaches other processes), and an empty network namespace. Each is used where the system has it;
//! [`Layers`] says which those are. On other systems there is none.

mod layers;
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
mod linux;
mod own_files;
mod scratch;
mod wanted;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub(crate) use self::layers::Layers;
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
pub(super) use self::linux::confine;
pub(super) use self::own_files::own_files;
pub(super) use self::scratch::ScratchFolder;
pub(crate) use self::wanted::wanted_paths;

/// The files and the network that a plugin may use.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Permissions {
    /// Absolute paths of files and folders that it may read.
    pub(crate) read: Vec<PathBuf>,
    /// Absolute paths of files and folders that it may read, change and remove.
    pub(crate) write: Vec<PathBuf>,
    /// `true` if it may use the network.
    pub(crate) network: bool,
}

impl Permissions {
    /// Returns `true` if the plugin may read `path`, which is absolute.
    pub(crate) fn may_read(&self, path: &Path) -> bool {
        is_below(path, &self.read) || self.may_write(path)
    }

    /// Returns `true` if the plugin may change `path`, which is absolute.
    pub(crate) fn may_write(&self, path: &Path) -> bool {
        is_below(path, &self.write)
    }
}

fn is_below(path: &Path, granted: &[PathBuf]) -> bool {
    // A file that does not exist is where its name says.
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let path = real(path);
    granted
        .iter()
        .any(|granted| path.starts_with(real(granted)))
}

/// Returns no layers, because this system has none.
#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
pub(super) fn confine(_: &Permissions) -> Layers {
    Layers::default()
}
