//! The options of `type: utm`.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{ComponentContext, Diagnostic, Result, Transform, TransformOptions};

use crate::link::Utm;

/// Options of `utm`: the parameters that are added to the link. A parameter that the link already has stays. For another
/// source on another platform, use one transform for each and name it under `inputs` of the sink.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The value of `utm_source`, such as `linkedin`.
    pub source: Option<String>,
    /// The value of `utm_medium`, such as `social`.
    pub medium: Option<String>,
    /// The value of `utm_campaign`.
    pub campaign: Option<String>,
    /// The value of `utm_term`.
    pub term: Option<String>,
    /// The value of `utm_content`.
    pub content: Option<String>,
    /// The value of `utm_id`.
    pub id: Option<String>,
}

impl Options {
    /// Returns the names and values of the parameters.
    fn parameters(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("utm_source", &self.source),
            ("utm_medium", &self.medium),
            ("utm_campaign", &self.campaign),
            ("utm_term", &self.term),
            ("utm_content", &self.content),
            ("utm_id", &self.id),
        ];
        let given = all.into_iter();
        given
            .filter_map(|(name, value)| Some((name, value.as_deref()?.trim())))
            .collect()
    }
}

impl TransformOptions for Options {
    const NAME: &'static str = "utm";
    const SUMMARY: &'static str = "Adds campaign parameters (`utm_source` and others) to the link.";
    const EXAMPLE: &'static str = "source: linkedin";

    fn validate(&self) -> Vec<Diagnostic> {
        let parameters = self.parameters();
        if parameters.is_empty() {
            let fault = Diagnostic::option(&[], "missing parameter: this transform adds nothing");
            return vec![fault.with_hint("add one, such as `source: linkedin`")];
        }
        let empty = parameters.iter().filter(|(_, value)| value.is_empty());
        let fault = |(name, _): &(&str, &str)| {
            let key = name.trim_start_matches("utm_");
            Diagnostic::option(&[key], format!("the value of `{key}` is empty"))
                .with_hint("write a value, or remove the key")
        };
        empty.map(fault).collect()
    }

    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Transform>> {
        Ok(Box::new(Utm::new(&self.parameters())))
    }
}
