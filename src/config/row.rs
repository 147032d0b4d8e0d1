//! The common part of the registry's rows: name, schema and options check. The plugin API has a
//! separate row type for sources, transforms and sinks, so that they cannot be confused. This trait
//! lets the same code read the options of all three.

use schemars::Schema;
use serde_json::Value;
use syndicate_api::{
    BuildSink, BuildSource, BuildTransform, Diagnostic, Name, SinkPlugin, SourcePlugin,
    TransformPlugin,
};

/// The sink options that the engine reads.
pub(super) const SINK_KEYS: &[&str] = &["inputs", "template", "commentary"];

/// The common part of the registry's rows.
pub(super) trait RegistryRow: 'static {
    /// The type of the checked options.
    type Options: ?Sized;
    /// The noun for such a component in messages.
    const NOUN: &'static str;
    /// The options that the engine reads, in addition to the plugin's.
    const KEYS: &'static [&'static str];
    /// `true` if the component can override keys of the policy.
    const CAN_OVERRIDE_POLICY: bool;

    fn name(&self) -> Name;
    fn schema(&self) -> Schema;
    fn load(&self, options: &Value) -> Result<Box<Self::Options>, Vec<Diagnostic>>;
}

macro_rules! row {
    ($plugin:ident, $build:ident, $noun:literal, $keys:expr, $overrides:expr) => {
        impl RegistryRow for $plugin {
            type Options = dyn $build;
            const NOUN: &'static str = $noun;
            const KEYS: &'static [&'static str] = $keys;
            const CAN_OVERRIDE_POLICY: bool = $overrides;

            fn name(&self) -> Name {
                self.name.into()
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

row!(SourcePlugin, BuildSource, "source", &[], false);
row!(
    TransformPlugin,
    BuildTransform,
    "transform",
    &["inputs"],
    false
);
row!(SinkPlugin, BuildSink, "sink", SINK_KEYS, true);
