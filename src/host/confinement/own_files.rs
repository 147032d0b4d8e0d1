//! The files that a plugin is made of: its program, the script in its command, and the interpreters of both. The user
//! grants nothing for these, because pipeline.yaml names them.

use std::env::split_paths;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Longest first line of a script that Linux reads.
const MAX_FIRST_LINE: u64 = 256;

/// Parts of an installed program beside its folder `bin`.
const BESIDE_BIN: &[&str] = &["bin", "include", "lib", "lib64", "libexec", "pyvenv.cfg"];

/// Returns the files and folders that the program `file` consists of. `root` is the folder of pipeline.yaml, and `path`
/// the search path of the plugin.
pub(in crate::host) fn own_files(
    file: &Path,
    arguments: &[String],
    root: &Path,
    path: &str,
) -> Vec<PathBuf> {
    let arguments = arguments.iter().map(|argument| root.join(argument));
    let arguments: Vec<PathBuf> = arguments.filter(|file| file.is_file()).collect();
    let mut own = Vec::new();
    // An interpreter in the command is followed by its script.
    for script in [file]
        .into_iter()
        .chain(arguments.first().map(PathBuf::as_path))
    {
        own.extend(modules_beside(script, root));
        for program in interpreters(script, path) {
            own.extend(installation(&program));
        }
    }
    own.extend(installation(file));
    own.extend(arguments);
    own.sort();
    own.dedup();
    own
}

/// Returns the folder of a script, which can contain its modules. The folder of pipeline.yaml, a home folder and those
/// above contain more than the plugin, so they are not returned.
fn modules_beside(script: &Path, root: &Path) -> Option<PathBuf> {
    let folder = script.parent()?;
    let is_known = |name: &str| folder.join(name).exists();
    let is_home = [".ssh", ".config", ".profile", ".bashrc", ".cache"]
        .iter()
        .any(|name| is_known(name));
    let is_above = real(root).starts_with(real(folder));
    (!is_above && !is_home).then(|| folder.to_owned())
}

/// Returns the program that the first line of a script names, and the one that `env` starts.
fn interpreters(script: &Path, path: &str) -> Vec<PathBuf> {
    let line = first_line(script).unwrap_or_default();
    let mut words = line.split_whitespace();
    let program = words.next().map(PathBuf::from);
    let is_env = program
        .as_deref()
        .is_some_and(|program| program.ends_with("env"));
    // `env -S NAME` and `env VARIABLE=VALUE NAME`.
    let name = words.find(|word| !word.starts_with('-') && !word.contains('='));
    let started = name.filter(|_| is_env).and_then(|name| {
        let mut files = split_paths(path).map(|folder| folder.join(name));
        files.find(|file| file.is_file())
    });
    program.into_iter().chain(started).collect()
}

/// Returns the first line of a script after `#!`.
fn first_line(script: &Path) -> Option<String> {
    let mut start = Vec::new();
    let mut file = File::open(script).ok()?.take(MAX_FIRST_LINE);
    file.read_to_end(&mut start).ok()?;
    let line = start
        .strip_prefix(b"#!")?
        .split(|byte| *byte == b'\n')
        .next()?;
    String::from_utf8(line.to_vec()).ok()
}

/// Returns a program and what is installed with it. A link, such as the one in a virtual environment of Python, leads to
/// a second installation.
fn installation(program: &Path) -> Vec<PathBuf> {
    let mut parts = Vec::new();
    for file in [program.to_owned(), real(program)] {
        let bin = file.parent().filter(|folder| folder.ends_with("bin"));
        if let Some(prefix) = bin.and_then(Path::parent) {
            let beside = BESIDE_BIN.iter().map(|name| prefix.join(name));
            parts.extend(beside.filter(|part| part.exists()));
        }
        // Version managers such as pyenv start the real program with a script in this folder.
        let shims = file.parent().filter(|folder| folder.ends_with("shims"));
        parts.extend(shims.and_then(Path::parent).map(Path::to_owned));
        parts.push(file);
    }
    parts
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::{Path, PathBuf};

    use super::own_files;

    fn write(root: &Path, name: &str, text: &str) -> PathBuf {
        let file = root.join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, text).expect("a file");
        file
    }

    /// Returns the files without the parts of `/usr` and `/bin`.
    fn own(file: &Path, arguments: &[&str], root: &Path) -> Vec<PathBuf> {
        let arguments: Vec<String> = arguments.iter().map(|&text| text.to_owned()).collect();
        let mut files = own_files(
            file,
            &arguments,
            root,
            &root.join("venv/bin").display().to_string(),
        );
        files.retain(|file| file.starts_with(root));
        files
            .iter()
            .map(|file| file.strip_prefix(root).expect("a file below").to_owned())
            .collect()
    }

    #[test]
    fn script_beside_pipeline_is_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let script = write(&root, "notes.sh", "#!/bin/sh\n");
        write(&root, "secret.env", "");
        assert_eq!(own(&script, &["--all"], &root), [Path::new("notes.sh")]);
        let sh = Path::new("/bin/sh");
        assert_eq!(own(sh, &["notes.sh"], &root), [Path::new("notes.sh")]);
    }

    #[test]
    fn folder_of_plugins_holds_modules() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let script = write(&root, "plugins/notes", "#!/bin/sh\n");
        let files = own(&script, &[], &root);
        assert_eq!(files, [Path::new("plugins"), Path::new("plugins/notes")]);
    }

    #[test]
    fn interpreter_brings_its_installation() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        write(&root, "venv/bin/python3", "");
        write(&root, "venv/lib/python3/json.py", "");
        write(&root, "venv/share/secret", "");
        let script = write(&root, "notes.py", "#!/usr/bin/env -S python3 -u\n");
        let files = own(&script, &[], &root);
        let expected = ["notes.py", "venv/bin", "venv/bin/python3", "venv/lib"];
        assert_eq!(files, expected.map(Path::new));
    }

    #[test]
    fn home_folder_is_not_a_folder_of_modules() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        write(&root, "home/.ssh/id", "");
        let script = write(&root, "home/notes.py", "#!/bin/sh\n");
        let site = root.join("site");
        std::fs::create_dir(&site).unwrap();
        let files = super::own_files(&script, &[], &site, "");
        assert!(!files.contains(&root.join("home")), "{files:?}");
        assert!(files.contains(&script), "{files:?}");
    }
}
