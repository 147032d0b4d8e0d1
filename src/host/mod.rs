//! Plugins that are other programs: sources, transforms and sinks that pipeline.yaml names, in any language.
//!
//! A plugin is a process of its own that speaks JSON Lines (`crates/plugin-protocol`). It gets no environment but the
//! variables that pipeline.yaml grants, and nothing that it does can end the run: a plugin that hangs, floods or dies
//! is ended with its process group, and only its own items fail.
//!
//! ```text
//! PluginHost::start ─▶ StartedPlugin (handshake) ─▶ PluginComponent (options) ─▶ ProgramSource | ProgramTransform | ProgramSink
//! ```
//!
//! The contract of transforms is synchronous, so the processes are served by threads and not by the async runtime.
//! This module does not read pipeline.yaml; `config` does and passes the options on.

mod answer_fields;
mod background;
mod clashes;
mod component;
mod confinement;
mod conformance;
mod conversation;
mod failed;
mod failure;
mod item_fields;
mod item_patch;
mod last_words;
mod launcher;
mod lines;
mod locate;
mod made_picture;
mod open_requests;
mod options_check;
mod overrides;
mod plugin_host;
mod plugin_pool;
mod process;
mod scaffold;
mod sink;
mod source;
mod source_item;
mod spawner;
mod stop_signal;
mod transform;
mod unstarted;
mod verdicts;

pub(crate) use self::component::{ConfiguredPlugin, PluginComponent};
pub(crate) use self::confinement::{Layers, Permissions, wanted_paths};
pub(crate) use self::conformance::{Conformance, ConformanceCheck};
pub(crate) use self::failed::FailedPlugin;
pub(crate) use self::launcher::Launcher;
pub use self::launcher::launch_plugin;
pub(crate) use self::locate::{
    LocateError, ProgramName, find_program, installed_plugins, is_type_name,
};
pub(crate) use self::options_check::check_options;
pub(crate) use self::plugin_host::ProgramSpec;
pub(crate) use self::plugin_pool::{DescribedPlugin, PluginPool, PooledPlugin};
pub(crate) use self::scaffold::{Language, Scaffold, scaffold};
pub(crate) use self::sink::{ConfiguredSink, PLUGIN_PLATFORM, SinkKeys};
pub(crate) use self::unstarted::UnstartedPlugin;
pub(crate) use plugin_protocol::PluginKind;
