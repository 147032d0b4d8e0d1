//! The parts of pipeline.yaml that a CI configuration depends on. The file is read as plain YAML, so that it
//! may contain variables that are unset on this machine.

use std::collections::BTreeSet;

use serde_json::Value;

/// The secret of LinkedIn sinks without a token of their own.
const LINKEDIN_TOKEN: &str = "LINKEDIN_ACCESS_TOKEN";

/// The options of a sink that contain its credentials.
const CREDENTIALS: &[&str] = &["token", "token_file", "profile"];

/// A pipeline, as CI sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PipelineSummary {
    /// The folder of the site, relative to pipeline.yaml.
    pub(crate) site: Option<String>,
    /// The folder of built pages, relative to the site's folder.
    pub(crate) output: Option<String>,
    /// The variables that hold secrets.
    pub(crate) secrets: BTreeSet<String>,
    /// Other variables without a default.
    pub(crate) variables: BTreeSet<String>,
    /// `true` if `ledger` has `git`.
    pub(crate) keeps_ledger_in_git: bool,
    /// `true` if `ledger` has `ci`: the job keeps the ledger file.
    pub(crate) keeps_ledger_file: bool,
}

impl PipelineSummary {
    /// Reads a pipeline. `is_secret` returns `true` for the type of a sink and an option that holds
    /// a secret.
    ///
    /// # Errors
    /// Returns an error if the text is not YAML.
    pub(crate) fn read(text: &str, is_secret: &dyn Fn(&str, &str) -> bool) -> anyhow::Result<Self> {
        let pipeline: Value = serde_saphyr::from_str(text)?;
        let text = |component: &Value, key: &str| Some(component.get(key)?.as_str()?.to_owned());
        let sources = pipeline["sources"].as_object().into_iter().flatten();
        let site = sources
            .map(|(_, source)| source)
            .find(|source| source["type"] == "site");
        let mut summary = Self {
            site: site.and_then(|site| text(site, "path")),
            output: site.and_then(|site| text(site, "output")),
            keeps_ledger_in_git: !matches!(
                pipeline["ledger"]["git"],
                Value::Null | Value::Bool(false)
            ),
            keeps_ledger_file: pipeline["ledger"]["ci"] == true,
            ..Self::default()
        };
        let mut secrets = BTreeSet::new();
        for (_, sink) in pipeline["sinks"].as_object().into_iter().flatten() {
            let kind = sink["type"].as_str().unwrap_or_default();
            let options = sink.as_object().into_iter().flatten();
            for (_, value) in options.filter(|(key, _)| is_secret(kind, key)) {
                collect_variables(value, &mut secrets);
            }
            let has_own = CREDENTIALS.iter().any(|key| sink.get(key).is_some());
            if kind == "linkedin" && !has_own {
                secrets.insert(LINKEDIN_TOKEN.to_owned());
            }
        }
        collect_variables(&pipeline, &mut summary.variables);
        summary.variables = &summary.variables - &secrets;
        summary.secrets = secrets;
        Ok(summary)
    }
}

/// Collects the names of the variables `${NAME}` in all texts of `value`; those with a default are left
/// out.
fn collect_variables(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => names.extend(variables(text)),
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_variables(value, names)),
        Value::Object(entries) => {
            entries
                .values()
                .for_each(|value| collect_variables(value, names));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn variables(text: &str) -> Vec<String> {
    // `$${` is a literal `${`.
    let text = text.replace("$${", "");
    let parts = text.split("${").skip(1);
    let names = parts
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name);
    let is_plain = |name: &&str| !name.is_empty() && !name.contains(":-");
    names.filter(is_plain).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> PipelineSummary {
        PipelineSummary::read(text, &|_, key| key == "token").unwrap()
    }

    #[test]
    fn site_and_secrets_are_found() {
        let summary = read(
            "sources:\n  blog: {type: site, path: website, output: public}\n\
             sinks:\n  me: {type: linkedin}\n  co: {type: linkedin, token: '${CO_TOKEN}', author: '${CO}'}\n\
             policy: {since: '${SINCE:-2026-01-01}'}\n",
        );
        assert_eq!(summary.site.as_deref(), Some("website"));
        assert_eq!(summary.output.as_deref(), Some("public"));
        let names = |set: &BTreeSet<String>| Vec::from_iter(set.clone());
        assert_eq!(names(&summary.secrets), ["CO_TOKEN", LINKEDIN_TOKEN]);
        assert_eq!(names(&summary.variables), ["CO"]);
    }

    #[test]
    fn escaped_variable_is_text() {
        assert_eq!(variables("a ${A} $${B} ${C:-d}"), ["A"]);
    }
}
