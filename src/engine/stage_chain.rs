//! The pipeline, built and ready to run: every source, transform and sink with its name, every
//! template compiled. A template that does not compile is a fault of the deliveries that need it
//! and of no other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use syndicate_api::{
    BuildSource, BuildTransform, Code, ComponentContext, Diagnostic, Sink, Source, Transform,
};

use super::gather::Conversions;
use super::render::{MentionTable, Template};
use crate::config::{
    Component, LedgerOptions, Mentions, OptionSpans, Pipeline, Policy, Route, SinkComponent,
    TextSource,
};

/// A running pipeline.
pub(crate) struct StageChain {
    /// pipeline.yaml, as the user named it.
    pub file: String,
    /// The folder that it lies in.
    pub base: PathBuf,
    /// The sources of items.
    pub sources: Vec<SourceStage>,
    /// What happens to them on their way.
    pub transforms: Vec<(String, Box<dyn Transform>)>,
    /// Where posts go.
    pub sinks: Vec<SinkStage>,
    /// Which items reach which sink.
    pub routes: Vec<Route>,
    /// What may go out and when.
    pub policy: Policy,
    /// How the ledger is kept.
    pub ledger: LedgerOptions,
    /// The templates' files.
    pub templates: Vec<PathBuf>,
    /// Who may be mentioned in templates.
    pub mentions: Mentions,
    /// Pictures that were made to fit already.
    pub conversions: Arc<Conversions>,
}

/// A source.
pub(crate) struct SourceStage {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// The source.
    pub source: Box<dyn Source>,
    /// Where its options are in pipeline.yaml.
    pub spans: OptionSpans,
}

/// A sink with its words.
pub(crate) struct SinkStage {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// The sink.
    pub sink: Box<dyn Sink>,
    /// What its commentary is made with, or what is wrong with that.
    pub template: Result<Template, Vec<Diagnostic>>,
    /// Whether this run is a rehearsal that it cannot take part in.
    pub skipped_in_sandbox: bool,
}

impl StageChain {
    /// Builds every stage of `pipeline`.
    ///
    /// # Errors
    /// The first stage that cannot be built, by name.
    pub(crate) fn build(pipeline: Pipeline) -> anyhow::Result<Self> {
        let Pipeline {
            file,
            base,
            sources,
            transforms,
            sinks,
            routes,
            policy,
            ledger,
            mentions,
        } = pipeline;
        let source = |component: Component<dyn BuildSource>| {
            let built = component.options.build(&place(&component.name, &base));
            Ok(SourceStage {
                source: located(built, "source", &component, &file)?,
                name: component.name,
                kind: component.kind,
                spans: component.spans,
            })
        };
        let sources = sources
            .into_iter()
            .map(source)
            .collect::<anyhow::Result<_>>()?;
        let transform = |component: Component<dyn BuildTransform>| {
            let built = component.options.build(&place(&component.name, &base));
            let transform = located(built, "transform", &component, &file)?;
            Ok((component.name, transform))
        };
        let transforms = transforms
            .into_iter()
            .map(transform)
            .collect::<anyhow::Result<_>>()?;
        let templates = sinks.iter().filter_map(|sink| match &sink.text_source {
            TextSource::File(path, _) => Some(base.join(path)),
            TextSource::BuiltIn | TextSource::Inline(..) => None,
        });
        let templates = templates.collect();
        let sinks = sinks
            .into_iter()
            .map(|component| {
                let built = component.options.build(&place(&component.name, &base));
                let sink = built.with_context(|| format!("sink `{}`", component.name))?;
                let template = compile(&component, &mentions, &file, &base);
                let SinkComponent {
                    name,
                    kind,
                    skipped_in_sandbox,
                    ..
                } = component;
                Ok(SinkStage {
                    name,
                    kind,
                    sink,
                    template,
                    skipped_in_sandbox,
                })
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            file,
            base,
            sources,
            transforms,
            sinks,
            routes,
            policy,
            ledger,
            templates,
            mentions,
            conversions: Arc::default(),
        })
    }

    /// Returns how messages name the ledger of this pipeline.
    #[must_use]
    pub(crate) fn ledger_name(&self) -> String {
        let file = Path::new(&self.file).with_file_name(crate::ledger::FILE_NAME);
        file.display().to_string()
    }

    /// The names of the sinks.
    #[must_use]
    pub(crate) fn sink_names(&self) -> Vec<&str> {
        self.sinks.iter().map(|stage| stage.name.as_str()).collect()
    }
}

fn place(name: &str, base: &Path) -> ComponentContext {
    ComponentContext {
        name: name.to_owned(),
        base: base.to_owned(),
    }
}

/// Returns what was built of `component`, or the error with the place of the option at fault, if there is
/// one, or else with the component's name.
fn located<B: ?Sized, S>(
    built: anyhow::Result<S>,
    noun: &str,
    component: &Component<B>,
    file: &str,
) -> anyhow::Result<S> {
    built.map_err(|error| {
        let about = format!("{noun} `{}`", component.name);
        component.spans.locate(error, file, about)
    })
}

fn compile(
    component: &SinkComponent,
    mentions: &Mentions,
    file: &str,
    base: &Path,
) -> Result<Template, Vec<Diagnostic>> {
    let people = Arc::new(MentionTable::on(&component.name, component.kind, mentions));
    match &component.text_source {
        TextSource::BuiltIn => Template::compile("the built-in template", Template::BUILT_IN),
        TextSource::Inline(text, _) => Template::compile_for(
            &format!("{file}: `sinks.{}.commentary`", component.name),
            text,
            &people,
        ),
        TextSource::File(path, span) => match std::fs::read_to_string(base.join(path)) {
            Ok(text) => Template::compile_for(path, &text, &people),
            Err(error) => {
                let message = format!("cannot read the template `{path}`: {error}");
                let fault = Diagnostic::new(Code::TemplateError, message)
                    .in_file(file)
                    .at(*span)
                    .with_hint("paths are relative to pipeline.yaml");
                Err(vec![fault])
            }
        },
    }
}
