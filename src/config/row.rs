//! The rows of the registry, as far as they are alike: each has a name, a schema, and a way to check
//! options. The contract has a type for each kind of plugin, so that none can stand in another's place;
//! here they are read by one reader.

use schemars::Schema;
use serde_json::Value;
use syndicate_api::{
    BuildSink, BuildSource, BuildTransform, Diagnostic, SinkPlugin, SourcePlugin, TransformPlugin,
};

/// The keys that the engine reads of a sink.
pub(super) const SINK_KEYS: &[&str] = &["inputs", "template", "commentary"];

/// A row of the registry, as far as rows of all kinds are alike.
pub(super) trait RegistryRow: 'static {
    /// What the checked options are.
    type Options: ?Sized;
    /// What such a component is called.
    const NOUN: &'static str;
    /// The keys that the engine reads of such a component, besides those of its plugin.
    const KEYS: &'static [&'static str];

    fn name(&self) -> &'static str;
    fn schema(&self) -> Schema;
    fn load(&self, options: &Value) -> Result<Box<Self::Options>, Vec<Diagnostic>>;
}

macro_rules! row {
    ($plugin:ident, $build:ident, $noun:literal, $keys:expr) => {
        impl RegistryRow for $plugin {
            type Options = dyn $build;
            const NOUN: &'static str = $noun;
            const KEYS: &'static [&'static str] = $keys;

            fn name(&self) -> &'static str {
                self.name
            }

            fn schema(&self) -> Schema {
                (self.schema)()
            }

            fn load(&self, options: &Value) -> Result<Box<Self::Options>, Vec<Diagnostic>> {
                (self.load)(options)
            }
        }
    };
}

row!(SourcePlugin, BuildSource, "source", &[]);
row!(TransformPlugin, BuildTransform, "transform", &["inputs"]);
row!(SinkPlugin, BuildSink, "sink", SINK_KEYS);
