//! How a plugin declares itself. Its options *are* its public face: a serde struct in which unknown
//! keys are errors and every field has a doc sentence, from which the JSON Schema, the reference
//! and the checks are made. Loading options is pure; building them may look at files.

use std::path::{Path, PathBuf};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Diagnostic, Sink, Source, Transform, load_options};

/// Where a stage stands: what its relative paths and its messages are about.
#[derive(Clone, Debug)]
pub struct ComponentContext {
    /// The component's name in pipeline.yaml.
    pub name: String,
    /// The folder that pipeline.yaml lies in.
    pub base: PathBuf,
}

/// What a source recognised in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DetectedSource {
    /// What it is, for a person: `Hexo site`.
    pub description: String,
    /// How sure it is; of several sources the surest one is taken. A generator's own config file
    /// weighs 100, a folder that merely holds posts 10.
    pub confidence: u32,
    /// The options that pipeline.yaml needs for it, in order, each with its value as YAML.
    pub options: Vec<(String, String)>,
    /// What the user should know or fill in, in lower case and without a full stop.
    pub notes: Vec<String>,
}

/// How a site is kept from publishing files of its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exclusion {
    /// By a config file with this text.
    Edit {
        /// The file, relative to the folder; it may not be there yet.
        file: String,
        /// The whole text.
        text: String,
    },
    /// By what this sentence asks the user to do, in lower case and without a full stop.
    ByHand(String),
}

/// The JSON Schema of options, complete in itself, so that it can stand inside a larger one.
#[must_use]
pub fn options_schema<O: JsonSchema>() -> Schema {
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<O>()
}

macro_rules! stage {
    ($options:ident, $build:ident, $plugin:ident, $stage:ident, $noun:literal) => {
        #[doc = concat!("The options of a ", $noun, ".")]
        pub trait $options: DeserializeOwned + JsonSchema + Send + Sync + 'static {
            /// The `type` that selects it: a noun (transforms: a verb), lower snake case.
            const NAME: &'static str;
            /// One sentence that says what it does.
            const SUMMARY: &'static str;
            /// Options that work, in YAML, without `type`.
            const EXAMPLE: &'static str;

            /// Faults that the types cannot express, found without files, network or clock.
            fn validate(&self) -> Vec<Diagnostic> {
                Vec::new()
            }

            #[doc = concat!("The running ", $noun, ".")]
            ///
            /// # Errors
            /// When what the options name cannot be used, such as a folder that is not there.
            fn build(&self, place: &ComponentContext) -> crate::Result<Box<dyn $stage>>;
        }

        #[doc = concat!("Checked options that yield the running ", $noun, ".")]
        pub trait $build: Send + Sync {
            #[doc = concat!("The running ", $noun, ".")]
            ///
            /// # Errors
            /// When what the options name cannot be used.
            fn build(&self, place: &ComponentContext) -> crate::Result<Box<dyn $stage>>;
        }

        impl<O: $options> $build for O {
            fn build(&self, place: &ComponentContext) -> crate::Result<Box<dyn $stage>> {
                $options::build(self, place)
            }
        }
    };
}

stage!(SourceOptions, BuildSource, SourcePlugin, Source, "source");
stage!(
    TransformOptions,
    BuildTransform,
    TransformPlugin,
    Transform,
    "transform"
);
stage!(SinkOptions, BuildSink, SinkPlugin, Sink, "sink");

macro_rules! plugin {
    ($plugin:ident, $options:ident, $build:ident, $noun:literal $(, $field:ident: $type:ty, $doc:literal)*) => {
        #[doc = concat!("A row of the registry: one type of ", $noun, ".")]
        #[derive(Clone, Copy)]
        pub struct $plugin {
            /// The `type` that selects it.
            pub name: &'static str,
            /// One sentence that says what it does.
            pub summary: &'static str,
            /// Options that work, in YAML, without `type`.
            pub example: &'static str,
            /// The JSON Schema of its options.
            pub schema: fn() -> Schema,
            /// Checks options, reporting every fault.
            pub load: fn(&Value) -> Result<Box<dyn $build>, Vec<Diagnostic>>,
            $(#[doc = $doc] pub $field: $type,)*
        }

        impl $plugin {
            /// The row of the plugin whose options are `O`.
            #[must_use]
            pub const fn of<O: $options>($($field: $type),*) -> Self {
                Self {
                    name: O::NAME,
                    summary: O::SUMMARY,
                    example: O::EXAMPLE,
                    schema: options_schema::<O>,
                    load: |options| {
                        let options: O = load_options(options)?;
                        let faults = options.validate();
                        if faults.is_empty() { Ok(Box::new(options)) } else { Err(faults) }
                    },
                    $($field,)*
                }
            }
        }
    };
}

plugin!(
    SourcePlugin, SourceOptions, BuildSource, "source",
    defaults: Option<&'static str>,
    "The top-level key of pipeline.yaml whose keys are defaults for this type's options.",
    detect: fn(&Path) -> Option<DetectedSource>,
    "Recognises, for `init`, what lies in a folder; `None` where nothing of its kind does.",
    exclude: fn(&Path, &[&str]) -> Option<Exclusion>,
    "Returns how the site in a folder is kept from publishing those of the named files in it that it would publish; `None` where it would publish none."
);
plugin!(
    TransformPlugin,
    TransformOptions,
    BuildTransform,
    "transform"
);
plugin!(
    SinkPlugin, SinkOptions, BuildSink, "sink",
    sandbox_options: Option<&'static [(&'static str, &'static str)]>,
    "For sinks that the sandbox can stand in for: the options, besides `endpoint`, to use there."
);
