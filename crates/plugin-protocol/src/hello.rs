//! The first message of each side. The host offers a range of versions, and the plugin selects one and describes itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::PROTOCOLS;
use crate::sink_manifest::SinkManifest;

/// The first line that the host writes.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct HostHello {
    /// The offer.
    pub hello: HostGreeting,
}

/// The offer of the host.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct HostGreeting {
    /// The first and the last version of the protocol that the host supports.
    pub protocol: [u32; 2],
    /// Name and version of the host, for the plugin's messages.
    pub host: String,
}

/// The plugin's description of itself, in `{"hello": …}`: the first message that it writes.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Manifest {
    /// The version of the protocol that the plugin selects from the offered range.
    pub protocol: u32,
    /// The kind of the plugin.
    pub kind: PluginKind,
    /// The name of the plugin.
    pub name: String,
    /// The version of the plugin. Change it with every change of the results.
    pub version: String,
    /// One sentence about the plugin.
    #[serde(default)]
    pub summary: String,
    /// The JSON Schema of the plugin's options in pipeline.yaml: an object with `properties`. Without it, the plugin
    /// has no options.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Value>,
    /// For transforms: the fields of items in requests, in addition to `id`. For sinks of the shape `article`: the forms
    /// of the text in requests, which are `html`, `markdown` and `plain`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// The permissions that the plugin asks for. It gets those that pipeline.yaml grants.
    #[serde(default)]
    pub wants: Wants,
    /// The fields that only sinks have.
    #[serde(flatten)]
    pub sink: SinkManifest,
}

impl Manifest {
    /// Returns the name of the sink's platform in messages.
    #[must_use]
    pub fn platform(&self) -> &str {
        self.sink.platform.as_deref().unwrap_or(&self.name)
    }
}

/// The kind of a plugin.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PluginKind {
    /// Reads items.
    Source,
    /// Changes or skips items.
    Transform,
    /// Publishes posts.
    Sink,
}

impl PluginKind {
    /// Returns the word for the kind.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Transform => "transform",
            Self::Sink => "sink",
        }
    }
}

/// Permissions that a plugin asks for.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct Wants {
    /// Names of environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<String>,
    /// Files and folders to read, relative to pipeline.yaml. `{key}` stands for the value of an option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
    /// Files and folders to change, relative to pipeline.yaml. `{key}` stands for the value of an option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub write: Vec<String>,
    /// `true` for the network.
    #[serde(default, skip_serializing_if = "is_false")]
    pub network: bool,
    /// For sinks: the options that are secrets, each with the hosts that it may be sent to. The plugin never gets them.
    /// A host is a name such as `api.example.org`, `*.example.org` for all below it, or `{site}` for that of the URL in
    /// the option `site`. Without hosts, it is that of the endpoint.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub secrets: BTreeMap<String, Vec<String>>,
    /// For sinks: the secrets that the plugin reads in `seal`, to sign a post itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seal_secrets: Vec<String>,
    /// For sinks: the hosts that requests go to, in addition to that of the endpoint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}

/// The reason why a handshake failed.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum HelloError {
    /// The plugin selects a version that was not offered. Nothing else in its message was read.
    #[error("it speaks version {0} of the protocol, which is not supported")]
    Version(String),
    /// The message is not valid.
    #[error("its `hello` is not valid: {0}")]
    Invalid(String),
}

/// Parses the value of `hello` in a plugin's first message. Checks its version before it reads anything else, because
/// another version may have other fields.
///
/// # Errors
/// Returns an error if the version is not supported or a field is missing or has the wrong type.
pub fn parse_hello(hello: Value) -> Result<Manifest, HelloError> {
    check_protocol(&hello)?;
    serde_json::from_value(hello).map_err(|error| HelloError::Invalid(error.to_string()))
}

/// Checks the version in the value of `hello`.
///
/// # Errors
/// Returns an error if it is not supported or missing.
pub fn check_protocol(hello: &Value) -> Result<(), HelloError> {
    let Some(protocol) = hello.get("protocol") else {
        return Err(HelloError::Invalid("missing key `protocol`".to_owned()));
    };
    if !(protocol.is_u64() || protocol.is_i64()) {
        return Err(HelloError::Invalid(format!(
            "`protocol` must be a whole number, such as {}, not {}",
            PROTOCOLS[1],
            shorten(&protocol.to_string())
        )));
    }
    let [first, last] = PROTOCOLS.map(u64::from);
    let is_offered = |version: u64| (first..=last).contains(&version);
    match protocol.as_u64().is_some_and(is_offered) {
        true => Ok(()),
        false => Err(HelloError::Version(protocol.to_string())),
    }
}

/// Returns the beginning of a value that a message shows.
fn shorten(value: &str) -> String {
    const LONGEST: usize = 40;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
