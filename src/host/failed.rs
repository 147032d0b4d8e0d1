//! A plugin that could not be started. Its source has no items, its transform fails each item and its sink each post, and
//! everything else in the pipeline goes on. Its options were not checked, because only the plugin knows them.

use std::path::PathBuf;

use plugin_protocol::PluginKind;
use syndicate_api::{
    BuildSink, BuildSource, BuildTransform, ComponentContext, Context, Diagnostic, Item, Limits,
    Payload, Post, Prepared, PublishError, Receipt, Result, ServerInfo, Sink, Source, SourceScan,
    Transform, TransformOutcome, async_trait,
};

use super::plugin_host::ProgramSpec;
use super::source::not_read;

/// A plugin that could not be started.
#[derive(Clone, Debug)]
pub(crate) struct FailedPlugin {
    /// The name of the component in pipeline.yaml.
    pub(crate) name: String,
    /// The kind of the component.
    pub(crate) kind: PluginKind,
    /// How it would be run.
    pub(crate) spec: ProgramSpec,
    /// The reason, with its place in pipeline.yaml.
    pub(crate) fault: Diagnostic,
}

impl BuildSource for FailedPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Source>> {
        Ok(Box::new(self.clone()))
    }
}

impl BuildTransform for FailedPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Transform>> {
        Ok(Box::new(self.clone()))
    }
}

impl BuildSink for FailedPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(self.clone()))
    }
}

/// Every request fails, so that nothing is sent, and nothing is learned about the posts that were sent.
#[async_trait]
impl Sink for FailedPlugin {
    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits::text(usize::MAX)
    }

    fn compose(&self, _: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        Err(self.fault.clone())
    }

    async fn send(&self, _: &Context, _: &Prepared, _: usize) -> Result<Receipt, PublishError> {
        Err(PublishError::from(self.fault.clone()))
    }

    async fn update(
        &self,
        _: &Context,
        _: &Receipt,
        _: &Prepared,
    ) -> Result<Receipt, PublishError> {
        Err(PublishError::from(self.fault.clone()))
    }

    async fn locate(&self, _: &Context, _: &str) -> Result<Receipt, PublishError> {
        Err(PublishError::from(self.fault.clone()))
    }

    async fn retract(&self, _: &Context, _: &Receipt) -> Result<(), PublishError> {
        Err(PublishError::from(self.fault.clone()))
    }
}

#[async_trait]
impl Source for FailedPlugin {
    async fn scan(&self, _: &Context) -> Result<SourceScan> {
        Ok(not_read(&self.name, self.fault.clone()))
    }

    fn roots(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}

impl Transform for FailedPlugin {
    fn apply(&self, _: Item) -> Result<TransformOutcome> {
        let mut text = self.fault.message.clone();
        for cause in self.fault.causes() {
            text.push_str("; ");
            text.push_str(cause);
        }
        Err(anyhow::anyhow!(text))
    }
}
