//! Starts plugins and performs the handshake.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;
use std::{fmt, io};

use plugin_protocol::{Manifest, PluginKind};
use syndicate_api::Env;

use super::confinement::{Layers, Permissions, ScratchFolder, own_files};
use super::conversation::Conversation;
use super::failure::{FailureKind, PluginFailure};
use super::item_fields::unknown_field;
use super::launcher::Launcher;
use super::process::PluginProcess;
use super::sink::check_manifest;
use super::spawner::Spawner;
use super::stop_signal::StopSignal;

/// The search path of plugins. It is fixed, because a path can contain the name and the tools of its user.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

/// A plugin and how to run it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProgramSpec {
    /// The program.
    pub(crate) file: PathBuf,
    /// Its arguments.
    pub(crate) arguments: Vec<String>,
    /// The command for messages, as the user knows it.
    pub(crate) shown: String,
    /// The absolute path of the folder of pipeline.yaml.
    pub(crate) root: PathBuf,
    /// Maximum time without an answer.
    pub(crate) timeout: Duration,
    /// The names of the environment variables that it gets.
    pub(crate) env: Vec<String>,
    /// The files and the network that it may use.
    pub(crate) permissions: Permissions,
}

impl ProgramSpec {
    /// Returns a plugin in the folder `root`.
    #[cfg(test)]
    pub(super) fn for_tests(root: &std::path::Path) -> Self {
        Self {
            file: root.join("p.sh"),
            arguments: Vec::new(),
            shown: "p".to_owned(),
            root: root.to_owned(),
            timeout: Duration::from_secs(20),
            env: Vec::new(),
            permissions: Permissions::default(),
        }
    }

    /// Returns the files of the plugin itself that are below the folder of pipeline.yaml: the program, and the arguments
    /// that are files.
    pub(crate) fn own_files(&self) -> Vec<PathBuf> {
        let arguments = self.arguments.iter();
        let arguments = arguments.map(|argument| self.root.join(argument));
        let files = [self.file.clone()].into_iter().chain(arguments);
        let is_own = |file: &PathBuf| file.starts_with(&self.root) && file.is_file();
        files.filter(is_own).collect()
    }
}

/// Starts plugins for one session.
pub(super) struct PluginHost {
    launcher: Launcher,
    env: Env,
    /// The cache folder, with the answers of transforms and the pictures that plugins made.
    cache: Option<PathBuf>,
    pub(super) stop: StopSignal,
    spawner: OnceLock<Spawner>,
}

/// A plugin after the handshake.
pub(super) struct StartedPlugin {
    pub(super) spec: ProgramSpec,
    pub(super) starter: PluginStarter,
    pub(super) conversation: Conversation,
    /// The plugin's description of itself.
    pub(super) manifest: Manifest,
}

/// Starts the process of a plugin, also again after its end.
#[derive(Clone)]
pub(super) struct PluginStarter {
    launcher: Launcher,
    pub(super) env: Env,
    cache: Option<PathBuf>,
    pub(super) stop: StopSignal,
    spawner: Spawner,
}

impl PluginHost {
    /// Creates a host. The variables that plugins are granted come from `env`. The answers of transforms, and the
    /// pictures that plugins make, are kept below `cache`.
    pub(super) fn new(launcher: Launcher, env: Env, cache: Option<PathBuf>) -> Self {
        Self {
            launcher,
            env,
            cache,
            stop: StopSignal::default(),
            spawner: OnceLock::new(),
        }
    }

    /// Starts a plugin and performs the handshake.
    ///
    /// # Errors
    /// If it cannot be started, does not answer, speaks another version of the protocol, or needs a field that items do
    /// not have.
    pub(super) fn start(&self, spec: ProgramSpec) -> Result<StartedPlugin, PluginFailure> {
        let starter = self.starter(&spec)?;
        let (conversation, manifest) = starter.start(&spec)?;
        if let Some(message) = fault_of(&manifest) {
            return Err(PluginFailure {
                program: spec.shown,
                kind: FailureKind::Protocol(message),
                last_words: None,
            });
        }
        Ok(StartedPlugin {
            spec,
            starter,
            conversation,
            manifest,
        })
    }

    /// Returns a value that starts the processes of `spec`.
    pub(super) fn starter(&self, spec: &ProgramSpec) -> Result<PluginStarter, PluginFailure> {
        let spawner = self.spawner().map_err(|error| PluginFailure {
            program: spec.shown.clone(),
            kind: FailureKind::NotStarted(error.to_string()),
            last_words: None,
        })?;
        Ok(PluginStarter {
            launcher: self.launcher.clone(),
            env: self.env.clone(),
            cache: self.cache.clone(),
            stop: self.stop.clone(),
            spawner,
        })
    }

    /// Returns the layers that confine plugins on this system.
    pub(super) fn layers(&self) -> Layers {
        self.launcher.layers()
    }

    fn spawner(&self) -> io::Result<Spawner> {
        if let Some(spawner) = self.spawner.get() {
            return Ok(spawner.clone());
        }
        let spawner = Spawner::start()?;
        Ok(self.spawner.get_or_init(|| spawner).clone())
    }
}

impl PluginStarter {
    /// Starts the process of `spec` and performs the handshake.
    pub(super) fn start(
        &self,
        spec: &ProgramSpec,
    ) -> Result<(Conversation, Manifest), PluginFailure> {
        let failed = |kind, last_words| PluginFailure {
            program: spec.shown.clone(),
            kind,
            last_words,
        };
        let process = self.process(spec)?;
        Conversation::begin(process, spec.timeout, &self.stop)
            .map_err(|(kind, words)| failed(kind, words.text()))
    }

    /// Starts the process of `spec`.
    pub(super) fn process(&self, spec: &ProgramSpec) -> Result<PluginProcess, PluginFailure> {
        let failed = |kind| PluginFailure {
            program: spec.shown.clone(),
            kind,
            last_words: None,
        };
        let not_started = |error: io::Error| failed(FailureKind::NotStarted(error.to_string()));
        let scratch =
            ScratchFolder::create().map_err(|error| not_started(in_temporary_folder(error)))?;
        let command = self.command(spec, scratch.path()).map_err(not_started)?;
        PluginProcess::start(command, &self.spawner, scratch, &spec.shown).map_err(failed)
    }

    /// Returns the folder of the answers of transforms.
    pub(super) fn verdicts(&self) -> Option<PathBuf> {
        self.cache.as_ref().map(|cache| cache.join("verdicts"))
    }

    /// Returns the folder of the copies of pictures that plugins made.
    pub(super) fn pictures(&self) -> Option<PathBuf> {
        self.cache.as_ref().map(|cache| cache.join("made-pictures"))
    }

    /// Returns the variables whose values are long enough to be found in a text, with these.
    pub(super) fn values_of(&self, variables: &[String]) -> Vec<(String, String)> {
        const SHORTEST: usize = 8;
        let pairs = variables
            .iter()
            .filter_map(|name| Some((name.clone(), self.env.get(name)?)));
        pairs.filter(|(_, value)| value.len() >= SHORTEST).collect()
    }

    /// Returns the layers that confine plugins on this system.
    pub(super) fn layers(&self) -> Layers {
        self.launcher.layers()
    }

    fn command(&self, spec: &ProgramSpec, scratch: &Path) -> io::Result<Command> {
        let variables = self.variables(spec, scratch);
        let path = variables.get("PATH").map_or("", String::as_str);
        let mut permissions = spec.permissions.clone();
        let own = own_files(&spec.file, &spec.arguments, &spec.root, path);
        permissions.read.extend(own);
        permissions.write.push(scratch.to_owned());
        let mut command = self.launcher.command(&spec.file, &permissions)?;
        command.args(&spec.arguments).current_dir(&spec.root);
        command.env_clear().envs(variables);
        Ok(command)
    }

    /// Returns the environment of the plugin: fixed values, and the variables that it is granted.
    fn variables(&self, spec: &ProgramSpec, scratch: &Path) -> BTreeMap<String, String> {
        let scratch = scratch.display().to_string();
        let fixed: &[(&str, &str)] = match cfg!(unix) {
            // Scripts with `#!/usr/bin/env` start and print UTF-8.
            true => &[("PATH", PATH), ("LANG", "C.UTF-8"), ("TMPDIR", &scratch)],
            false => &[("TEMP", &scratch), ("TMP", &scratch)],
        };
        let fixed = fixed
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        // Without these, no interpreter starts on Windows.
        let inherited: &[&str] = match cfg!(windows) {
            true => &["SystemRoot", "PATH", "PATHEXT"],
            false => &[],
        };
        let inherited = inherited.iter().copied();
        let names = inherited.chain(spec.env.iter().map(String::as_str));
        let granted = names.filter_map(|name| Some((name.to_owned(), self.env.get(name)?)));
        fixed.chain(granted).collect()
    }
}

/// Returns the reason why the host cannot use a plugin that describes itself so; `None` if it can.
pub(super) fn fault_of(manifest: &Manifest) -> Option<String> {
    match manifest.kind {
        PluginKind::Sink => check_manifest(manifest),
        PluginKind::Source | PluginKind::Transform => unknown_field(&manifest.needs),
    }
}

fn in_temporary_folder(error: io::Error) -> io::Error {
    io::Error::other(format!("no folder for its temporary files: {error}"))
}

impl fmt::Debug for PluginHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PluginHost")
            .field("launcher", &self.launcher)
            .finish_non_exhaustive()
    }
}
