//! The test harness: a project in a temporary folder, and the real program with an isolated environment
//! and a fixed clock.

pub(crate) mod announced;
pub(crate) mod chance;
pub(crate) mod client;
pub(crate) mod clock;
#[cfg(target_os = "linux")]
pub(crate) mod fault;
pub(crate) mod gate;
pub(crate) mod git;
pub(crate) mod oauth;
pub(crate) mod platform;
pub(crate) mod project;
pub(crate) mod proxy;
pub(crate) mod raw;
pub(crate) mod servers;
#[cfg(unix)]
pub(crate) mod standard_webhooks;
pub(crate) mod tools;
#[cfg(unix)]
pub(crate) mod watcher;

pub(crate) use announced::announced;
pub(crate) use chance::Chance;
pub(crate) use gate::GateAction;
pub(crate) use oauth::{Login, OAuth};
pub(crate) use platform::Platform;
pub(crate) use project::{NOW, Project, Run};
pub(crate) use proxy::{Proxy, ProxyFault};
pub(crate) use raw::RawServer;
pub(crate) use tools::tools;
#[cfg(unix)]
pub(crate) use watcher::Watcher;
