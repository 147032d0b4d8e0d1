//! Finds the programs of plugins: `plugins/syndicate-plugin-NAME` beside pipeline.yaml, then on the search path. It
//! starts none of them.

use std::collections::BTreeMap;
use std::env::split_paths;
use std::path::{Path, PathBuf};

/// The folder beside pipeline.yaml with the plugins of this pipeline.
const FOLDER: &str = "plugins";

/// The beginning of the names of plugins' programs.
pub(super) const PREFIX: &str = "syndicate-plugin-";

/// A program that pipeline.yaml names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ProgramName<'a> {
    /// A plugin, by the name of its type.
    Type(&'a str),
    /// The first word of a command.
    Command(&'a str),
}

/// The reason why a program is not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LocateError {
    /// No file has the name.
    #[error("it was not found")]
    NotFound,
    /// The file is not executable.
    #[error("`{0}` is not executable")]
    NotExecutable(String),
}

/// Finds a program for the pipeline in the folder `root`. `path` is the search path of the user.
///
/// # Errors
/// If it does not exist, or the file beside pipeline.yaml is not executable.
pub(crate) fn find_program(
    name: ProgramName<'_>,
    root: &Path,
    path: Option<&str>,
) -> Result<PathBuf, LocateError> {
    match name {
        ProgramName::Type(name) if !is_type_name(name) => Err(LocateError::NotFound),
        ProgramName::Type(name) => {
            let file = format!("{PREFIX}{name}");
            match in_folder(&root.join(FOLDER), &file) {
                Err(LocateError::NotFound) => on_path(&file, path),
                found => found,
            }
        }
        ProgramName::Command(word) if word.contains('/') || word.contains('\\') => {
            let file = root.join(word);
            let (folder, name) = (file.parent(), file.file_name());
            match (folder, name.and_then(|name| name.to_str())) {
                (Some(folder), Some(name)) => in_folder(folder, name),
                _ => Err(LocateError::NotFound),
            }
        }
        ProgramName::Command(word) => on_path(word, path),
    }
}

/// Returns the plugins beside pipeline.yaml and on the search path, by the name of their type. Of several with one
/// name, returns the one that would be used.
pub(crate) fn installed_plugins(root: &Path, path: Option<&str>) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let folders = split_paths(path.unwrap_or_default());
    for folder in [root.join(FOLDER)].into_iter().chain(folders) {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let (name, file) = (entry.file_name(), entry.path());
            let Some(name) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
                continue;
            };
            let name = name.strip_suffix(".exe").unwrap_or(name);
            if is_type_name(name) && is_executable(&file) {
                found.entry(name.to_owned()).or_insert(file);
            }
        }
    }
    found
}

/// Returns `true` if `name` can be the type of a plugin, so that it is one part of a path.
pub(crate) fn is_type_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !name.is_empty() && name.bytes().all(is_part)
}

fn in_folder(folder: &Path, name: &str) -> Result<PathBuf, LocateError> {
    for name in file_names(name) {
        let file = folder.join(name);
        if file.is_file() {
            return match is_executable(&file) {
                true => Ok(file),
                false => Err(LocateError::NotExecutable(file.display().to_string())),
            };
        }
    }
    Err(LocateError::NotFound)
}

fn on_path(name: &str, path: Option<&str>) -> Result<PathBuf, LocateError> {
    let folders = split_paths(path.unwrap_or_default());
    // An empty part of the path means the working directory, which must not run a stranger's file.
    let mut folders = folders.filter(|folder| folder.is_absolute());
    folders
        .find_map(|folder| in_folder(&folder, name).ok())
        .ok_or(LocateError::NotFound)
}

fn file_names(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    if cfg!(windows) {
        names.push(format!("{name}.exe"));
    }
    names
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = file.metadata();
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn add(folder: &Path, name: &str, mode: u32) {
        std::fs::create_dir_all(folder).expect("a folder");
        let file = folder.join(name);
        std::fs::write(&file, "").expect("a file");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("its mode");
    }

    #[test]
    fn plugin_beside_pipeline_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let (root, bin) = (folder.path().join("site"), folder.path().join("bin"));
        add(&bin, "syndicate-plugin-notes", 0o755);
        add(&bin, "syndicate-plugin-other", 0o755);
        add(&bin, "syndicate-plugin-text", 0o644);
        let path = format!("relative::{}", bin.display());
        let find = |name| find_program(ProgramName::Type(name), &root, Some(&path));
        assert_eq!(find("notes"), Ok(bin.join("syndicate-plugin-notes")));
        add(&root.join("plugins"), "syndicate-plugin-notes", 0o755);
        let own = root.join("plugins/syndicate-plugin-notes");
        assert_eq!(find("notes"), Ok(own.clone()));
        assert_eq!(find("../notes"), Err(LocateError::NotFound));
        assert_eq!(find("text"), Err(LocateError::NotFound));
        let installed = installed_plugins(&root, Some(&path));
        let names: Vec<&str> = installed.keys().map(String::as_str).collect();
        assert_eq!(names, ["notes", "other"]);
        assert_eq!(installed["notes"], own);
        add(&root.join("plugins"), "syndicate-plugin-other", 0o644);
        assert!(matches!(find("other"), Err(LocateError::NotExecutable(_))));
    }

    #[test]
    fn command_with_folder_is_below_pipeline() {
        let folder = tempfile::tempdir().unwrap();
        add(&folder.path().join("tools"), "series.sh", 0o755);
        let find = |word, path| find_program(ProgramName::Command(word), folder.path(), path);
        assert!(find("tools/series.sh", None).is_ok());
        assert!(find("./tools/series.sh", None).is_ok());
        assert!(find("series.sh", Some("tools")).is_err());
        assert!(find("sh", Some("/usr/bin:/bin")).is_ok());
    }
}
