//! The options of this sink in pipeline.yaml. They are validated without network and API key, so mistakes are
//! reported before anything runs.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{Diagnostic, Endpoint, PlainHttp, Secret};

/// The options of this sink.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Options {
    /// The URL of the site; `https://dev.to` by default. Any site of the software Forem works.
    pub(crate) endpoint: String,
    /// The API key, resolved only when it is used; `${DEVTO_API_KEY}` by default. You create it on dev.to under
    /// *Settings › Extensions*.
    pub(crate) api_key: Secret,
    /// `true` publishes each article at once. By default it becomes a draft, which you publish on dev.to.
    pub(crate) publish: bool,
    /// The series of posts whose front matter has no `series`.
    pub(crate) series: Option<String>,
    /// The identifier of the organization to publish under. The account must be a member of it.
    pub(crate) organization_id: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            endpoint: "https://dev.to".to_owned(),
            api_key: Secret::new("${DEVTO_API_KEY}"),
            publish: false,
            series: None,
            organization_id: None,
        }
    }
}

impl Options {
    /// Validates the options. Returns all problems that are visible without network and API key.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if let Err(reason) = Endpoint::parse(&self.endpoint, PlainHttp::Loopback) {
            let message = format!("`{}` {reason}", self.endpoint);
            let hint = "remove it to use the default `https://dev.to`";
            diagnostics.push(Diagnostic::option(&["endpoint"], message).with_hint(hint));
        }
        if self
            .series
            .as_ref()
            .is_some_and(|series| series.trim().is_empty())
        {
            let hint = "write the name of the series, or remove the key";
            let message = "missing name in `series`";
            diagnostics.push(Diagnostic::option(&["series"], message).with_hint(hint));
        }
        if self.organization_id == Some(0) {
            let hint = "copy the number from the organization's settings on dev.to";
            let message = "invalid organization `0`";
            diagnostics.push(Diagnostic::option(&["organization_id"], message).with_hint(hint));
        }
        diagnostics
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use syndicate_api::Diagnostic;

    use crate::PLUGIN;

    fn diagnostics(options: &Value) -> Vec<Diagnostic> {
        (PLUGIN.load)(options).err().unwrap_or_default()
    }

    #[test]
    fn valid_options_load() {
        for options in [
            json!({}),
            json!({"publish": true, "series": "Rust", "organization_id": 12}),
            json!({"endpoint": "http://127.0.0.1:3000", "api_key": "${KEY}"}),
        ] {
            assert_eq!(diagnostics(&options), [], "{options}");
        }
    }

    #[test]
    fn invalid_option_names_key_and_hint() {
        for (options, key, part) in [
            (
                json!({"endpoint": "http://dev.to"}),
                "endpoint",
                "remove it",
            ),
            (json!({"series": " "}), "series", "name"),
            (json!({"organization_id": 0}), "organization_id", "number"),
            (json!({"published": true}), "published", "`publish`"),
        ] {
            let diagnostics = diagnostics(&options);
            let [diagnostic] = &diagnostics[..] else {
                panic!("{options}: {diagnostics:?}")
            };
            assert_eq!(diagnostic.keys(), [key], "{options}");
            let hint = diagnostic.hint.as_deref().unwrap_or_default();
            assert!(hint.contains(part), "{options}: {hint}");
        }
    }
}
