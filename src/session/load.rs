//! Loads pipeline.yaml and reads its sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, Diagnostics};
use tracing::info;

use super::error::SessionError;
use super::open::Session;
use crate::ci::runs_in_ci;
use crate::config::{LoadContext, Pipeline, PluginUse, add_plugins, load, load_partly};
use crate::engine::watch::{AddWatches, load_watched, watch_roots};
use crate::engine::{PipelineScan, StageChain, diagnostics_of, scan};
use crate::host::{Conformance, Layers, ProgramSpec, installed_plugins};
use crate::ledger::{ConfiguredStore, LedgerError, LedgerStore as _, moved_to_ref};
use crate::registry::BUILT_IN;

/// A loaded pipeline and the items of its sources, both from one moment.
pub(crate) struct LoadedPipeline {
    /// The pipeline's stages.
    pub(crate) stages: StageChain,
    /// The items of its sources.
    pub(crate) scanned: PipelineScan,
}

impl Session {
    /// Parses pipeline.yaml and starts no plugin. In a sandbox session its sinks post to the sandbox.
    pub(crate) fn pipeline(&self) -> Result<Pipeline, SessionError> {
        self.pipeline_with(PluginUse::Find)
    }

    /// Parses pipeline.yaml and starts its plugins.
    pub(super) fn started_pipeline(&self) -> Result<Pipeline, SessionError> {
        self.pipeline_with(PluginUse::Start(&self.plugins))
    }

    /// Adds the options of the plugins in pipeline.yaml to its schema. Errors in the file do not matter, because an editor
    /// needs the schema to correct them.
    pub(crate) fn add_plugins_to(&self, schema: &mut Value) {
        drop(self.pipeline_with(PluginUse::Start(&self.plugins)));
        add_plugins(schema, &self.plugins.described());
    }

    fn pipeline_with(&self, plugins: PluginUse<'_>) -> Result<Pipeline, SessionError> {
        Ok(load(&self.file, self.load_context(plugins))?)
    }

    fn load_context<'a>(&'a self, plugins: PluginUse<'a>) -> LoadContext<'a> {
        LoadContext {
            registry: BUILT_IN,
            env: &self.context.cx.env,
            sandbox: self.sandbox_address(),
            plugins,
            parsed: &self.parsed,
        }
    }

    /// Parses pipeline.yaml and builds its stages, for commands that read the sources.
    pub(crate) fn load(&self) -> Result<StageChain, SessionError> {
        self.load_with(PluginUse::Start(&self.plugins))
    }

    /// Parses pipeline.yaml and builds its stages without starting a plugin, for commands that read no source.
    pub(crate) fn load_unstarted(&self) -> Result<StageChain, SessionError> {
        self.load_with(PluginUse::Find)
    }

    fn load_with(&self, plugins: PluginUse<'_>) -> Result<StageChain, SessionError> {
        let (pipeline, faults) = load_partly(&self.file, self.load_context(plugins))?;
        if !faults.is_empty() {
            return Err(with_build_errors(faults, pipeline).into());
        }
        self.check_store(&pipeline.ledger)?;
        let mut stages = StageChain::build(pipeline)?;
        stages.counts_by_day = self.store().shares_work();
        stages.store_name = self.ledger().store().shown_name();
        stages.conversions = Arc::clone(&self.conversions);
        if self.is_sandbox() {
            // The addresses of a sandbox are not for readers.
            stages.policy.write_links = None;
        }
        stages.ci_hold = self.ci_hold(&stages.policy);
        if self.sandbox().is_some() {
            stages.policy = std::mem::take(&mut stages.policy).for_sandbox();
            for stage in &mut stages.sinks {
                stage.policy = std::mem::take(&mut stage.policy).for_sandbox();
            }
        }
        info!(
            path = ?self.file,
            sources = stages.sources.len(),
            transforms = stages.transforms.len(),
            sinks = stages.sinks.len(),
            "pipeline loaded"
        );
        Ok(stages)
    }

    /// Loads the pipeline and starts to watch each of its files before the file is read.
    pub(crate) fn load_watched(
        &self,
        watch: &mut AddWatches<'_>,
    ) -> Result<StageChain, SessionError> {
        load_watched(|| self.load(), watch_roots, watch)
    }

    /// Returns the plugins that a pipeline could use, by the name of their type.
    pub(crate) fn installed_plugins(&self) -> BTreeMap<String, PathBuf> {
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let folder = std::path::absolute(Path::new(".").join(folder)).unwrap_or_default();
        installed_plugins(&folder, self.cx().env.get("PATH").as_deref())
    }

    /// Checks that a plugin follows the protocol.
    pub(crate) fn test_plugin(
        &self,
        spec: ProgramSpec,
        options: Map<String, Value>,
    ) -> Result<Conformance, Diagnostic> {
        let tested = self.plugins.test(spec, options);
        tested.map_err(|failure| failure.to_diagnostic())
    }

    /// Returns the layers that confine plugins on this system.
    pub(crate) fn plugin_layers(&self) -> Layers {
        self.plugins.layers()
    }

    /// Reads all sources of `stages`.
    pub(crate) async fn scan(&self, stages: StageChain) -> Result<LoadedPipeline, SessionError> {
        let scanned = scan(&stages, self.cx()).await?;
        Ok(LoadedPipeline { stages, scanned })
    }

    /// Parses pipeline.yaml and reads all its sources.
    pub(crate) async fn load_and_scan(&self) -> Result<LoadedPipeline, SessionError> {
        self.scan(self.load()?).await
    }

    /// Checks, in a CI job, that the ledger outlives the job and was not moved.
    pub(crate) async fn check_ledger_persistence(
        &self,
        stages: &StageChain,
    ) -> Result<(), LedgerError> {
        if self.is_sandbox() || !runs_in_ci(&self.cx().env) {
            return Ok(());
        }
        if matches!(
            self.ledger().store(),
            ConfiguredStore::Git(_) | ConfiguredStore::Postgres(_)
        ) {
            return Ok(());
        }
        let ledger = stages.ledger_name();
        if !stages.ledger.ci {
            return Err(LedgerError::NotKept { ledger });
        }
        let Ok(ledger_state) = self.ledger().read().await else {
            // The run reports an unreadable ledger.
            return Ok(());
        };
        let ids: Vec<String> = ledger_state
            .ledger_ids()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let (file, env) = (self.ledger_file(), self.cx().env.clone());
        let moved = tokio::task::spawn_blocking(move || moved_to_ref(&file, &ids, &env)).await;
        match moved.ok().flatten() {
            Some(to) => Err(LedgerError::Moved { ledger, to }),
            None => Ok(()),
        }
    }
}

/// Returns `faults`, the errors of pipeline.yaml, with those of building its other components.
fn with_build_errors(mut faults: Vec<Diagnostic>, others: Pipeline) -> Diagnostics {
    if let Err(error) = StageChain::build(others) {
        faults.extend(diagnostics_of(error));
        faults.sort_by_key(|fault| (fault.path.clone(), fault.line(), fault.column()));
    }
    Diagnostics(faults)
}
