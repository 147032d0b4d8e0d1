//! Selects the sink that a user signs in for.

use syndicate_api::{ComponentContext, Sink, SinkPlugin, suggest};

use super::error::SessionError;
use super::open::Session;
use crate::config::{Pipeline, Program, SinkComponent};
use crate::host::PLUGIN_PLATFORM;
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
            let pipeline = self.pipeline_to_sign_in(name)?;
            names.extend(pipeline.sinks.iter().map(|sink| sink.name.clone()));
            for component in &pipeline.sinks {
                let is_named = component.name == name || component.kind == name;
                if !is_named && !is_stored_plugin(name) {
                    continue;
                }
                if let Some(Program::Failed(failed)) = &component.program {
                    return Err(anyhow::Error::from(failed.fault.clone()).into());
                }
                let place = ComponentContext {
                    name: component.name.clone(),
                    base: pipeline.base.clone(),
                };
                let sink = component.options.build(&place)?;
                let sign_in = sink.sign_in();
                if is_named || sign_in.is_some_and(|sign_in| sign_in.provider().platform == name) {
                    alike.push((component.name.clone(), sink));
                }
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

    /// Returns the pipeline. Its plugins are started only if `name` is a sink that is one, or the platform of one.
    fn pipeline_to_sign_in(&self, name: &str) -> Result<Pipeline, SessionError> {
        let pipeline = self.pipeline()?;
        let is_built_in = |kind: &str| BUILT_IN.sinks.iter().any(|plugin| plugin.name == kind);
        let is_plugin = |sink: &SinkComponent| {
            (sink.name == name || sink.kind == name) && !is_built_in(&sink.kind)
        };
        match is_stored_plugin(name) || pipeline.sinks.iter().any(is_plugin) {
            true => self.started_pipeline(),
            false => Ok(pipeline),
        }
    }
}

/// Returns `true` if tokens of plugins are stored under the platform `name`.
fn is_stored_plugin(name: &str) -> bool {
    name.starts_with(PLUGIN_PLATFORM)
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
