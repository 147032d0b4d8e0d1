//! Selects the sink that a user signs in for.

use syndicate_api::{ComponentContext, Sink, SinkPlugin, suggest};

use super::error::SessionError;
use super::open::Session;
use crate::config::SinkComponent;
use crate::registry::BUILT_IN;

impl Session {
    /// Returns the sink to sign in for: the sink in pipeline.yaml with this name or type and this
    /// profile. Without such a sink, builds one of type `name` with default options.
    ///
    /// # Errors
    /// Returns [`SessionError::Usage`] if `name` matches no sink or more than one.
    pub(crate) fn sink_to_sign_in(
        &self,
        name: &str,
        profile: Option<&str>,
    ) -> Result<Box<dyn Sink>, SessionError> {
        let mut alike = Vec::new();
        let types = BUILT_IN.sinks.iter().map(|plugin| plugin.name.to_owned());
        let mut names: Vec<String> = types.collect();
        if self.file.exists() {
            let pipeline = self.pipeline()?;
            names.extend(pipeline.sinks.iter().map(|sink| sink.name.clone()));
            let is = |sink: &&SinkComponent| sink.name == name || sink.kind == name;
            for component in pipeline.sinks.iter().filter(is) {
                let place = ComponentContext {
                    name: component.name.clone(),
                    base: pipeline.base.clone(),
                };
                alike.push((component.name.clone(), component.options.build(&place)?));
            }
        }
        if alike.is_empty() {
            let plugin = BUILT_IN.sinks.iter().find(|plugin| plugin.name == name);
            return with_defaults(plugin.ok_or_else(|| {
                let message = format!("unknown platform or sink `{name}`");
                names.sort();
                names.dedup();
                let known: Vec<&str> = names.iter().map(String::as_str).collect();
                SessionError::usage(message, suggest(name, &known).unwrap_or_default())
            })?);
        }
        let index = choose(&alike, name, profile).ok_or_else(|| {
            let names: Vec<&str> = alike.iter().map(|(name, _)| name.as_str()).collect();
            SessionError::usage(
                format!("pipeline.yaml has several sinks of type `{name}`"),
                format!("name one: `{}`", names.join("`, `")),
            )
        })?;
        Ok(alike.swap_remove(index).1)
    }
}

/// Returns the index of the selected sink, or `None` if the selection is ambiguous or empty.
fn choose(sinks: &[(String, Box<dyn Sink>)], name: &str, profile: Option<&str>) -> Option<usize> {
    let of_profile = |wanted: &str| {
        sinks.iter().position(|(_, sink)| {
            let sign_in = sink.sign_in();
            sign_in.is_some_and(|sign_in| sign_in.provider().profile == wanted)
        })
    };
    profile
        .and_then(of_profile)
        .or_else(|| sinks.iter().position(|(own, _)| own == name))
        .or_else(|| of_profile("default"))
        .or((sinks.len() == 1).then_some(0))
}

fn with_defaults(plugin: &SinkPlugin) -> Result<Box<dyn Sink>, SessionError> {
    let place = ComponentContext {
        name: plugin.name.to_owned(),
        base: ".".into(),
    };
    let options = (plugin.load)(&serde_json::json!({})).map_err(|_| {
        SessionError::usage(
            format!("a sink of type `{}` needs options", plugin.name),
            "add it to pipeline.yaml first, then use its name",
        )
    })?;
    Ok(options.build(&place)?)
}
