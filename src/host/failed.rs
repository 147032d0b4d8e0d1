//! A plugin that could not be started. Its source has no items and its transform fails each item, and everything else in
//! the pipeline goes on. Its options were not checked, because only the plugin knows them.

use std::path::PathBuf;

use plugin_protocol::PluginKind;
use syndicate_api::{
    BuildSource, BuildTransform, ComponentContext, Context, Diagnostic, Item, Result, Source,
    SourceScan, Transform, TransformOutcome, async_trait,
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
