//! A plugin that was found and not started, for commands that do not need items, such as `status`.

use std::path::PathBuf;

use syndicate_api::{
    BuildSource, BuildTransform, ComponentContext, Context, Item, Result, Source, SourceScan,
    Transform, TransformOutcome, async_trait,
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

fn not_started() -> anyhow::Error {
    anyhow::anyhow!("the plugin was not started by this command")
}
