//! The options of `type: file`.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{ComponentContext, Diagnostic, PicturePolicy, Result, Sink, SinkOptions};

use crate::sink::FileSink;

/// Options of `file`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The folder to write to, relative to pipeline.yaml. It is created if it does not exist.
    pub endpoint: String,
    /// The action for a post without a picture: `require`, `warn` (the default), `skip` or `draw`, which draws one.
    pub thumbnail: PicturePolicy,
    /// The longest commentary, in characters.
    pub text_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            endpoint: "out".to_owned(),
            thumbnail: PicturePolicy::Warn,
            text_limit: 3000,
        }
    }
}

impl SinkOptions for Options {
    const NAME: &'static str = "file";
    const SUMMARY: &'static str = "Writes each post as a JSON file, its picture beside it.";
    const EXAMPLE: &'static str = "endpoint: out";

    fn validate(&self) -> Vec<Diagnostic> {
        if self.endpoint.trim().is_empty() {
            return vec![Diagnostic::option(
                &["endpoint"],
                "missing folder in `endpoint`",
            )];
        }
        Vec::new()
    }

    fn build(&self, place: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(FileSink {
            folder: place.base.join(&self.endpoint),
            shown: self.endpoint.clone(),
            thumbnail: self.thumbnail,
            text_limit: self.text_limit,
        }))
    }
}
