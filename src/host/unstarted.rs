//! A plugin that was found and not started, for commands that do not need items, such as `status`.

use std::path::PathBuf;

use syndicate_api::{
    BuildSink, BuildSource, BuildTransform, Code, ComponentContext, Context, Diagnostic, Item,
    Limits, Payload, Post, Prepared, PublishError, PublishErrorKind, Receipt, Result, ServerInfo,
    Sink, Source, SourceScan, Transform, TransformOutcome, async_trait,
};

/// A plugin that was not started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnstartedPlugin;

impl BuildSource for UnstartedPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Source>> {
        Ok(Box::new(*self))
    }
}

impl BuildTransform for UnstartedPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Transform>> {
        Ok(Box::new(*self))
    }
}

impl BuildSink for UnstartedPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(*self))
    }
}

#[async_trait]
impl Source for UnstartedPlugin {
    async fn scan(&self, _: &Context) -> Result<SourceScan> {
        Err(not_started())
    }

    fn roots(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}

impl Transform for UnstartedPlugin {
    fn apply(&self, _: Item) -> Result<TransformOutcome> {
        Err(not_started())
    }
}

#[async_trait]
impl Sink for UnstartedPlugin {
    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits::text(usize::MAX)
    }

    fn compose(&self, _: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        Err(Diagnostic::new(Code::PluginFailed, NOT_STARTED))
    }

    async fn send(&self, _: &Context, _: &Prepared, _: usize) -> Result<Receipt, PublishError> {
        let kind = PublishErrorKind::Unavailable;
        Err(PublishError::new(kind, Code::PluginFailed, NOT_STARTED))
    }
}

const NOT_STARTED: &str = "the plugin was not started by this command";

fn not_started() -> anyhow::Error {
    anyhow::anyhow!(NOT_STARTED)
}
