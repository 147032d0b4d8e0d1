//! The declaration of a plugin. Its options are a serde struct in which unknown keys are errors and every field
//! has a doc comment; the JSON Schema, the reference page and the checks are made from it. Loading options is
//! pure; building the component may read files.

use std::path::{Path, PathBuf};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Diagnostic, Sink, Source, Transform, load_options};

/// The component that is built, for relative paths and messages.
#[derive(Clone, Debug)]
pub struct ComponentContext {
    /// The component's name in pipeline.yaml.
    pub name: String,
    /// The folder of pipeline.yaml.
    pub base: PathBuf,
}

/// A site or feed that a source recognised in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DetectedSource {
    /// A description for the user, such as `Hexo site`.
    pub description: String,
    /// The confidence. The source with the highest one is used. A generator's own config file has 100, a folder
    /// that only contains posts has 10.
    pub confidence: u32,
    /// The options for pipeline.yaml, in order, with values as YAML.
    pub options: Vec<(String, String)>,
    /// Notes for the user, in lower case and without a full stop.
    pub notes: Vec<String>,
    /// The site's generator, if one was recognised.
    pub generator: Option<DetectedGenerator>,
}

/// A site generator that [`SourcePlugin::detect`] recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetectedGenerator {
    /// The name, such as `Hexo`.
    pub name: &'static str,
    /// The site's folder, relative to the searched folder; `.` if it is that folder.
    pub folder: String,
    /// The default folder of built pages, relative to the site's folder; `None` if the generator has none.
    pub output: Option<String>,
}

/// A way to keep a site from publishing files of its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exclusion {
    /// Writing a config file.
    Edit {
        /// The file, relative to the folder. It may not exist yet.
        file: String,
        /// The complete text of the file.
        text: String,
    },
    /// An instruction for the user, in lower case and without a full stop.
    ByHand(String),
}

/// Returns the JSON Schema of options without references, so that it can be part of a larger schema.
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
            /// The `type` in pipeline.yaml, in lower snake case: a noun, or a verb for transforms.
            const NAME: &'static str;
            /// One sentence about the component.
            const SUMMARY: &'static str;
            /// Options that load, as YAML without `type`.
            const EXAMPLE: &'static str;

            /// Returns the errors that the types cannot express. It uses no file, network or clock.
            fn validate(&self) -> Vec<Diagnostic> {
                Vec::new()
            }

            #[doc = concat!("Builds the ", $noun, ".")]
            ///
            /// # Errors
            /// Returns an error if the options refer to something unusable, such as a missing folder.
            fn build(&self, place: &ComponentContext) -> crate::Result<Box<dyn $stage>>;
        }

        #[doc = concat!("Valid options, from which the program builds the ", $noun, ".")]
        pub trait $build: Send + Sync {
            #[doc = concat!("Builds the ", $noun, ".")]
            ///
            /// # Errors
            /// Returns an error if the options refer to something unusable.
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
        #[doc = concat!("The declaration of a type of ", $noun, ".")]
        #[derive(Clone, Copy)]
        pub struct $plugin {
            /// The `type` in pipeline.yaml.
            pub name: &'static str,
            /// One sentence about the component.
            pub summary: &'static str,
            /// Options that load, as YAML without `type`.
            pub example: &'static str,
            /// Returns the JSON Schema of the options.
            pub schema: fn() -> Schema,
            /// Parses and checks options. Returns every error.
            pub load: fn(&Value) -> Result<Box<dyn $build>, Vec<Diagnostic>>,
            $(#[doc = $doc] pub $field: $type,)*
        }

        impl $plugin {
            /// Returns the plugin whose options are `O`.
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
    "Detects a site or feed in a folder, for `init`. Returns `None` if there is none of its kind.",
    exclude: fn(&Path, &[&str]) -> Option<Exclusion>,
    "Returns a way to keep the site in a folder from publishing the named files. Returns `None` if it would publish none of them."
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
    "The options for the sandbox, besides `endpoint`; `None` if the sandbox cannot replace the platform."
);
