//! The fingerprint of everything that a run depends on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use syndicate_api::Context;

use super::files::{FileDigests, add_text};
use super::names::variables;
use crate::engine::watch::watch_roots;
use crate::engine::{SourceStage, StageChain};
use crate::env::state_folder;

/// The files of a git folder that change when another copy of the ledger arrives.
const GIT_FILES: [&str; 4] = ["HEAD", "FETCH_HEAD", "packed-refs", "config"];

/// The fingerprint of the inputs of a run.
pub(crate) struct Fingerprint {
    text: String,
    taken_at: Timestamp,
    /// The time from which on each change of a file changes the fingerprint.
    settled_at: Option<SystemTime>,
}

impl Fingerprint {
    /// Returns the fingerprint of a run of `stages`, whose pipeline.yaml is `file`. Returns `None` if a source reads from the
    /// network, or the inputs cannot be listed.
    pub(super) fn of(stages: &StageChain, file: &Path, cx: &Context) -> Option<Self> {
        let taken_at = cx.now();
        let is_local = |stage: &SourceStage| !stage.source.roots().is_empty();
        if !stages.sources.iter().all(is_local) {
            return None;
        }
        let mut hasher = Sha256::new();
        add_program(&mut hasher, cx).ok()?;
        add_settings(&mut hasher, file, cx).ok()?;
        let files = list_files(stages, file, cx).ok()?;
        files.finish(&mut hasher);
        let digest = hasher.finalize();
        Some(Self {
            text: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            taken_at,
            settled_at: files.settled_at(),
        })
    }

    /// Returns the fingerprint as text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the time at which it was taken.
    pub(super) fn taken_at(&self) -> Timestamp {
        self.taken_at
    }

    /// Returns `true` if each later change of a file changes the fingerprint.
    pub(super) fn is_settled(&self) -> bool {
        let taken_at = SystemTime::from(self.taken_at);
        self.settled_at
            .is_none_or(|settled_at| settled_at < taken_at)
    }
}

/// Adds the program itself and the time zone: another version may read the same files differently.
fn add_program(hasher: &mut Sha256, cx: &Context) -> io::Result<()> {
    add_text(hasher, env!("CARGO_PKG_VERSION").as_bytes());
    let mut program = FileDigests::default();
    program.add_file(&std::env::current_exe()?)?;
    program.finish(hasher);
    add_text(hasher, format!("{:?}", cx.zone).as_bytes());
    Ok(())
}

/// Adds pipeline.yaml and the variables that it names.
fn add_settings(hasher: &mut Sha256, file: &Path, cx: &Context) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    add_text(hasher, text.as_bytes());
    for name in variables(&text) {
        let value = cx.env.get(name);
        add_text(hasher, value.as_deref().unwrap_or_default().as_bytes());
        hasher.update([u8::from(value.is_some())]);
    }
    Ok(())
}

/// Lists the files of the sources, templates, ledger and journals, and the file that a run writes.
fn list_files(stages: &StageChain, file: &Path, cx: &Context) -> io::Result<FileDigests> {
    let base = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let base = base.canonicalize()?;
    let mut files = FileDigests::default();
    // The ledger, its other copies and pipeline.yaml.
    files.add_folder(&base)?;
    for root in watch_roots(stages) {
        let root = std::path::absolute(root)?;
        files.add_all(&root)?;
        // A generator's settings.
        let folder = root.parent().filter(|folder| folder.starts_with(&base));
        if let Some(folder) = folder {
            files.add_folder(folder)?;
        }
    }
    if let Some(links) = &stages.policy.write_links {
        files.add_file(&stages.base.join(&links.path))?;
    }
    if let Some(state) = state_folder(&cx.env) {
        files.add_all(&state.join("journals"))?;
    }
    if let Some(git) = git_folder(&base)? {
        for name in GIT_FILES {
            files.add_file(&git.join(name))?;
        }
        files.add_all(&git.join("refs"))?;
    }
    Ok(files)
}

/// Returns the git folder of the working tree around `base`.
///
/// # Errors
/// If it is elsewhere, as in a linked working tree.
fn git_folder(base: &Path) -> io::Result<Option<PathBuf>> {
    for folder in base.ancestors() {
        let git = folder.join(".git");
        match fs::metadata(&git) {
            Ok(metadata) if metadata.is_dir() => return Ok(Some(git)),
            Ok(_) => return Err(io::Error::other("the git folder is elsewhere")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
