//! Keeps the plugins of a pipeline that is loaded again, as `watch` does after each change, so that a source can compare
//! with its last scan and no interpreter is started again. A plugin that failed, or whose files have changed, is started
//! again.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;

use plugin_protocol::Manifest;
use serde_json::{Map, Value};
use syndicate_api::Env;
use tokio_util::sync::CancellationToken;

use super::component::PluginComponent;
use super::confinement::Layers;
use super::conformance::{Conformance, Subject};
use super::failure::PluginFailure;
use super::launcher::Launcher;
use super::plugin_host::{PluginHost, ProgramSpec, StartedPlugin};

/// The length and the time of the last change of each file of a plugin.
type FileStamps = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// A component of pipeline.yaml whose plugin was started.
#[derive(Clone, Debug)]
pub(crate) struct DescribedPlugin {
    /// The name in pipeline.yaml.
    pub(crate) name: String,
    /// The type in pipeline.yaml.
    pub(crate) kind: String,
    /// The plugin's description of itself.
    pub(crate) manifest: Manifest,
}

/// The plugins of one session.
pub(crate) struct PluginPool {
    host: PluginHost,
    /// The components of loaded pipelines. A plugin ends with the last pipeline that uses it.
    kept: Mutex<Vec<(FileStamps, Weak<PluginComponent>)>>,
    /// The plugins of the last load, also those whose options have errors.
    described: Mutex<Vec<DescribedPlugin>>,
}

/// A plugin after the handshake.
pub(crate) struct PooledPlugin<'p> {
    pool: &'p PluginPool,
    plugin: Plugin,
}

enum Plugin {
    /// It was started.
    New(Box<StartedPlugin>),
    /// It runs, perhaps as another component.
    Kept(Arc<PluginComponent>),
}

impl PluginPool {
    /// Creates a pool. The variables that plugins are granted come from `env`. The answers of transforms are kept below
    /// the folder `cache`; without it, in memory.
    pub(crate) fn new(launcher: Launcher, env: Env, cache: Option<PathBuf>) -> Self {
        Self {
            host: PluginHost::new(launcher, env, cache),
            kept: Mutex::default(),
            described: Mutex::default(),
        }
    }

    /// Returns a plugin that runs, or starts it and performs the handshake.
    ///
    /// # Errors
    /// If it cannot be started, does not answer, speaks another version of the protocol, or needs a field that items do
    /// not have.
    pub(crate) fn start(&self, spec: ProgramSpec) -> Result<PooledPlugin<'_>, PluginFailure> {
        let plugin = match self.find(&spec) {
            Some(running) => Plugin::Kept(running),
            None => Plugin::New(Box::new(self.host.start(spec)?)),
        };
        Ok(PooledPlugin { pool: self, plugin })
    }

    /// Records that the component `name` of the type `kind` has this plugin.
    pub(crate) fn describe(&self, name: &str, kind: &str, manifest: &Manifest) {
        let mut described = self
            .described
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        described.retain(|other| other.name != name);
        described.push(DescribedPlugin {
            name: name.to_owned(),
            kind: kind.to_owned(),
            manifest: manifest.clone(),
        });
    }

    /// Returns the plugins that were started.
    pub(crate) fn described(&self) -> Vec<DescribedPlugin> {
        let described = self
            .described
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        described.clone()
    }

    /// Ends the wait for plugins when `token` is cancelled.
    pub(crate) fn stop_with(&self, token: &CancellationToken) {
        self.host.stop.listen(token);
    }

    /// Checks that a plugin follows the protocol.
    ///
    /// # Errors
    /// If the system refuses another thread.
    pub(crate) fn test(
        &self,
        spec: ProgramSpec,
        options: Map<String, Value>,
    ) -> Result<Conformance, PluginFailure> {
        let starter = self.host.starter(&spec)?;
        Ok(Subject::new(starter, spec, options).check())
    }

    /// Returns the layers that confine plugins on this system.
    pub(crate) fn layers(&self) -> Layers {
        self.host.layers()
    }

    fn find(&self, spec: &ProgramSpec) -> Option<Arc<PluginComponent>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(stamps, component)| {
            let is_current = |component: Arc<PluginComponent>| {
                *stamps == stamps_of(&component) && !component.has_failed()
            };
            component.upgrade().is_some_and(is_current)
        });
        let mut running = kept.iter().filter_map(|(_, component)| component.upgrade());
        running.find(|component| component.spec == *spec)
    }

    /// Keeps `component` in place of the one with its name.
    fn keep(&self, component: &Arc<PluginComponent>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = |other: Arc<PluginComponent>| other.name != component.name;
        kept.retain(|(_, other)| other.upgrade().is_some_and(is_other));
        kept.push((stamps_of(component), Arc::downgrade(component)));
    }

    /// Returns the component `name` with these options, if it runs.
    fn running(&self, name: &str, options: &Map<String, Value>) -> Option<Arc<PluginComponent>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running = kept.iter().filter_map(|(_, component)| component.upgrade());
        running.find(|component| component.is(name, options))
    }
}

impl PooledPlugin<'_> {
    /// Returns the plugin's description of itself.
    pub(crate) fn manifest(&self) -> &Manifest {
        match &self.plugin {
            Plugin::New(started) => &started.manifest,
            Plugin::Kept(running) => &running.manifest,
        }
    }

    /// Returns the component `name` of this plugin with checked options: the one that runs, if nothing has changed.
    pub(crate) fn configure(self, name: &str, options: Map<String, Value>) -> Arc<PluginComponent> {
        let component = match self.plugin {
            Plugin::New(started) => Arc::new(started.configure(name, options)),
            Plugin::Kept(other) => {
                let same = self.pool.running(name, &options);
                let same = same.filter(|same| same.spec == other.spec);
                if let Some(running) = same {
                    return running;
                }
                Arc::new(other.another(name, options))
            }
        };
        self.pool.keep(&component);
        component
    }
}

fn stamps_of(component: &PluginComponent) -> FileStamps {
    let stamp = |file: PathBuf| {
        let metadata = file.metadata().ok()?;
        Some((file, metadata.len(), metadata.modified().ok()))
    };
    component
        .spec
        .own_files()
        .into_iter()
        .filter_map(stamp)
        .collect()
}

impl fmt::Debug for PluginPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PluginPool")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}
