//! A component of pipeline.yaml that a plugin serves. Its process is started again if it has failed, so that other
//! items and `watch` survive a crash; a plugin that fails three times in a row is not started again until the pipeline
//! is loaded again.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::answer_fields::read_fields;
use super::confinement::{Layers, Permissions};
use super::conversation::Conversation;
use super::failure::{FailureKind, PluginFailure};
use super::made_picture::MadePictures;
use super::plugin_host::{PluginStarter, ProgramSpec, StartedPlugin};
use super::process::Killer;
use super::verdicts::Verdicts;
use plugin_protocol::{Manifest, OpenOk, OpenTask, Task};
use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, SourceScan};

/// Maximum number of failures in a row after which the process is started again. A transform that fails with several
/// items at once gets the first of them alone then: that is the second failure, which must not end the others.
const MAX_FAILURES: u32 = 2;

/// A component with its options.
pub(crate) struct PluginComponent {
    /// The name in pipeline.yaml.
    pub(super) name: String,
    pub(super) manifest: Manifest,
    pub(super) spec: ProgramSpec,
    options: Map<String, Value>,
    starter: PluginStarter,
    slot: Mutex<Slot>,
    killer: Mutex<Option<Killer>>,
    /// The last scan of a source, if it has a state.
    pub(super) last_scan: Mutex<Option<LastScan>>,
    companion: OnceLock<Arc<Self>>,
}

/// The last scan and its state, which the plugin may refer to.
pub(super) struct LastScan {
    pub(super) state: String,
    pub(super) scan: SourceScan,
}

/// Checked options, from which a source or a transform is built.
pub(crate) struct ConfiguredPlugin(pub(crate) Arc<PluginComponent>);

/// The process of a component.
struct Slot {
    conversation: Option<Conversation>,
    /// The result of `open`, if the process has it.
    opened: Option<OpenOk>,
    /// The number of failures since the last success, and the last one.
    failures: u32,
    last: Option<PluginFailure>,
}

impl StartedPlugin {
    /// Returns the component `name` of this plugin with checked options.
    pub(super) fn configure(self, name: &str, options: Map<String, Value>) -> PluginComponent {
        let killer = self.conversation.killer();
        PluginComponent {
            name: name.to_owned(),
            manifest: self.manifest,
            spec: self.spec,
            options,
            starter: self.starter,
            slot: Mutex::new(Slot {
                conversation: Some(self.conversation),
                opened: None,
                failures: 0,
                last: None,
            }),
            killer: Mutex::new(Some(killer)),
            last_scan: Mutex::default(),
            companion: OnceLock::new(),
        }
    }
}

impl PluginComponent {
    /// Returns the answers that were kept, for a transform. A plugin with files or the network answers by more than the
    /// item, so nothing is kept for it.
    pub(super) fn verdicts(&self) -> Option<Verdicts> {
        if self.spec.permissions != Permissions::default() {
            return None;
        }
        let (starter, env) = (&self.starter, &self.starter.env);
        let (manifest, options) = (&self.manifest, &self.options);
        Some(Verdicts::open(
            starter.verdicts().as_deref(),
            &self.name,
            manifest,
            options,
            (&self.spec, env),
        ))
    }

    /// Returns the place of the pictures that this process of the plugin makes.
    pub(super) fn made_pictures(&self, conversation: &Conversation) -> MadePictures {
        MadePictures::new(conversation.scratch(), self.picture_store().as_deref())
    }

    /// Returns the folder of the copies of pictures that plugins made.
    pub(super) fn picture_store(&self) -> Option<PathBuf> {
        self.starter.pictures()
    }

    /// Returns another component of the same plugin, whose process is started when it is needed.
    pub(super) fn another(&self, name: &str, options: Map<String, Value>) -> Self {
        Self {
            name: name.to_owned(),
            manifest: self.manifest.clone(),
            spec: self.spec.clone(),
            options,
            starter: self.starter.clone(),
            slot: Mutex::new(Slot {
                conversation: None,
                opened: None,
                failures: 0,
                last: None,
            }),
            killer: Mutex::default(),
            last_scan: Mutex::default(),
            companion: OnceLock::new(),
        }
    }

    /// Returns the same component with a process of its own, which is started when it is needed and kept as long as this
    /// one.
    pub(super) fn companion(&self) -> Arc<Self> {
        let new = || Arc::new(self.another(&self.name, self.options.clone()));
        Arc::clone(self.companion.get_or_init(new))
    }

    /// Returns the options.
    pub(super) fn options(&self) -> &Map<String, Value> {
        &self.options
    }

    /// Returns `true` if this is the component `name` with these options.
    pub(super) fn is(&self, name: &str, options: &Map<String, Value>) -> bool {
        self.name == name && self.options == *options
    }

    /// Returns `true` if the plugin has failed since it last answered. Another thread that uses it finds out by itself.
    pub(super) fn has_failed(&self) -> bool {
        self.slot.try_lock().is_ok_and(|slot| slot.failures > 0)
    }

    /// Passes the options to the plugin, if that was not done, and returns its result; `None` if the plugin fails. The
    /// next use of the component tries again, so that other parts of the pipeline are not affected.
    ///
    /// # Errors
    /// If the plugin refuses an option, which is an error in pipeline.yaml.
    pub(super) fn open_or_retry(&self) -> Result<Option<OpenOk>, Diagnostic> {
        match self.with(|_, opened| Ok(opened.clone())) {
            Ok(opened) => Ok(Some(opened)),
            Err(failure) if failure.is_refused_option() => Err(failure.to_diagnostic()),
            Err(_) => Ok(None),
        }
    }

    /// Returns why the plugin failed, if it has not answered since. Another thread that uses it finds out by itself.
    pub(crate) fn failure(&self) -> Option<Diagnostic> {
        let slot = self.slot.try_lock().ok()?;
        let last = slot.last.as_ref().filter(|_| slot.failures > 0)?;
        Some(last.to_diagnostic())
    }

    /// Calls `work` with the running and opened plugin, which is started if it does not run.
    ///
    /// # Errors
    /// If the plugin cannot be started or `work` fails; the process has been ended then.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&mut Conversation, &OpenOk) -> Result<T, FailureKind>,
    ) -> Result<T, PluginFailure> {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.failures > MAX_FAILURES
            && let Some(last) = slot.last.clone()
        {
            return Err(last.given_up(slot.failures));
        }
        if self.starter.stop.is_given() {
            return Err(PluginFailure {
                program: self.spec.shown.clone(),
                kind: FailureKind::Stopped,
                last_words: None,
            });
        }
        let done = self.run(&mut slot, work);
        match &done {
            Ok(_) => slot.failures = 0,
            Err(failure) => {
                slot.failures += 1;
                slot.last = Some(failure.clone());
                self.kill();
                slot.conversation = None;
                slot.opened = None;
            }
        }
        done
    }

    fn run<T>(
        &self,
        slot: &mut Slot,
        work: impl FnOnce(&mut Conversation, &OpenOk) -> Result<T, FailureKind>,
    ) -> Result<T, PluginFailure> {
        let conversation = match &mut slot.conversation {
            Some(conversation) => conversation,
            None => slot.conversation.insert(self.start_again()?),
        };
        let done = match slot.opened.take() {
            Some(opened) => Ok(opened),
            None => self.send_options(conversation),
        };
        let done = done.and_then(|opened| {
            let result = work(conversation, &opened);
            slot.opened = Some(opened);
            result
        });
        done.map_err(|kind| PluginFailure {
            program: self.spec.shown.clone(),
            kind,
            last_words: conversation.last_words(),
        })
    }

    fn start_again(&self) -> Result<Conversation, PluginFailure> {
        let (conversation, manifest) = self.starter.start(&self.spec)?;
        if manifest != self.manifest {
            return Err(PluginFailure {
                program: self.spec.shown.clone(),
                kind: FailureKind::Replaced,
                last_words: None,
            });
        }
        let mut killer = self.killer.lock().unwrap_or_else(PoisonError::into_inner);
        *killer = Some(conversation.killer());
        Ok(conversation)
    }

    fn send_options(&self, conversation: &mut Conversation) -> Result<OpenOk, FailureKind> {
        let task = OpenTask {
            name: self.name.clone(),
            options: self.options.clone(),
            root: self.spec.root.display().to_string(),
            scratch: conversation.scratch().display().to_string(),
        };
        let opened = conversation.ask(Task::Open(task))?;
        let opened = opened.map_err(FailureKind::Refused)?;
        parse(opened, "open")
    }

    /// Ends the process, also while another thread waits for its answer.
    pub(super) fn kill(&self) {
        let killer = self.killer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(killer) = &*killer {
            killer.kill();
        }
    }

    /// Returns the name of the component in pipeline.yaml.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the component for messages, such as "transform `series`".
    pub(crate) fn label(&self) -> String {
        format!("{} `{}`", self.manifest.kind.as_str(), self.name)
    }

    /// Returns the variables that the plugin asks for and is not granted.
    pub(crate) fn refused_variables(&self) -> Vec<&str> {
        let wanted = self.manifest.wants.env.iter().map(String::as_str);
        let is_granted = |name: &str| self.spec.env.iter().any(|granted| granted == name);
        wanted.filter(|name| !is_granted(name)).collect()
    }

    /// Returns the layers that confine the plugin on this system.
    pub(crate) fn layers(&self) -> Layers {
        self.starter.layers()
    }

    /// Returns the plugin's description of itself.
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns how the plugin is run.
    pub(crate) fn spec(&self) -> &ProgramSpec {
        &self.spec
    }
}

/// Parses the result of the request `task`.
pub(super) fn parse<T: serde::de::DeserializeOwned>(
    value: Value,
    task: &str,
) -> Result<T, FailureKind> {
    read_fields(value)
        .map_err(|error| FailureKind::Protocol(format!("the answer to `{task}`: {error}")))
}
