//! The requests of the host.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::sink_task::{
    ComposeTask, EmptyTask, FindTask, LimitsTask, ListTask, LocateTask, PrepareTask, RetractTask,
    SealTask, SendTask, UpdateTask,
};

/// A request. The plugin answers it with the same `id`.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Request {
    /// The number of the request, unique in this process of the plugin.
    pub id: u64,
    /// The task.
    #[serde(flatten)]
    pub task: Task,
}

impl Request {
    /// Returns the request as a line, with its line feed. It is not generic, so that releases compile it for speed here.
    ///
    /// # Errors
    /// Returns an error if a map in the task has a key that is not a text.
    pub fn to_line(&self) -> serde_json::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }
}

/// A task for a plugin.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Task {
    /// Takes the options. It is the first request.
    Open(OpenTask),
    /// Reads all items. For sources.
    Scan(ScanTask),
    /// Changes or skips an item. For transforms.
    Transform(TransformTask),
    /// Returns the limits of the platform. For sinks, like all that follow.
    Limits(LimitsTask),
    /// Encodes a post. The same post must always become the same steps.
    Compose(Box<ComposeTask>),
    /// Reads values of the server. From here on, the plugin can answer with a `call`.
    Discover(EmptyTask),
    /// Returns the account of the credential.
    Account(EmptyTask),
    /// Uploads media and looks up what the platform assigns.
    Prepare(PrepareTask),
    /// Computes slots from the time and the key of the attempt. Without a `call`.
    Seal(SealTask),
    /// Sends a message without the host. It is never repeated by itself.
    Send(Box<SendTask>),
    /// Looks for a post.
    Find(Box<FindTask>),
    /// Lists the posts of the account.
    List(ListTask),
    /// Returns the receipt of a post that a user names.
    Locate(LocateTask),
    /// Changes a post.
    Update(UpdateTask),
    /// Deletes a post.
    Retract(RetractTask),
}

/// The component of pipeline.yaml that the process serves.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct OpenTask {
    /// The name of the component in pipeline.yaml.
    pub name: String,
    /// The options. They match the schema of the plugin. Secrets of sinks are not among them.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// The absolute path of the folder of pipeline.yaml, which is the working directory of the plugin, too.
    #[serde(default)]
    pub root: String,
    /// The absolute path of the private folder of this process. A plugin that makes a picture writes it there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scratch: String,
}

/// The task to read all items.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct ScanTask {
    /// The state of the last scan of this process, if that had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// The task to change or skip an item.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct TransformTask {
    /// The item: `id`, and the fields that the plugin needs and the item has.
    pub item: Map<String, Value>,
}
