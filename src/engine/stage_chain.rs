//! Builds the stages of a pipeline: sources, transforms, and sinks with their compiled templates. A
//! template that does not compile is an error of the deliveries that need it, and of no others.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use syndicate_api::{
    BuildSource, BuildTransform, CardBy, Code, ComponentContext, Diagnostic, Name, PageRules, Sink,
    Source, Transform,
};

use super::all_errors::ErrorList;
use super::gather::Conversions;
use super::render::{MentionTable, Template};
use crate::config::{
    Component, LedgerOptions, Mentions, OptionSpans, Pipeline, Policy, Program, Route,
    SinkComponent, TextSource,
};
use crate::host::{FailedPlugin, PluginComponent};

/// A pipeline that is ready to run.
pub(crate) struct StageChain {
    /// The path of pipeline.yaml as the user gave it.
    pub file: String,
    /// The folder of pipeline.yaml.
    pub base: PathBuf,
    /// The sources of items.
    pub sources: Vec<SourceStage>,
    /// The transforms, by name.
    pub transforms: Vec<(String, Box<dyn Transform>)>,
    /// The transform that draws the pictures of sinks with `thumbnail: draw`.
    pub default_card: Option<Arc<dyn Transform>>,
    /// The sinks of posts.
    pub sinks: Vec<SinkStage>,
    /// The routes from sources to sinks.
    pub routes: Vec<Route>,
    /// The publication policy.
    pub policy: Policy,
    /// The reason why this CI run sends nothing, if it is for a branch that does not send.
    pub ci_hold: Option<String>,
    /// The options of the ledger.
    pub ledger: LedgerOptions,
    /// The name of the ledger's store in messages; `None` for the file beside pipeline.yaml.
    pub store_name: Option<String>,
    /// `true` if `policy.max_per_run` counts the posts of the last 24 hours in every run, because workers share it.
    pub counts_by_day: bool,
    /// The template files.
    pub templates: Vec<PathBuf>,
    /// The accounts that templates can mention.
    pub mentions: Mentions,
    /// The plugins that are other programs.
    pub programs: Vec<Arc<PluginComponent>>,
    /// The plugins that are other programs and could not be started.
    pub failed_programs: Vec<FailedPlugin>,
    /// Cached picture conversions.
    pub conversions: Arc<Conversions>,
}

/// A named source.
pub(crate) struct SourceStage {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: Name,
    /// The source.
    pub source: Box<dyn Source>,
    /// The positions of its options in pipeline.yaml.
    pub spans: OptionSpans,
}

/// A sink with its template.
pub(crate) struct SinkStage {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: Name,
    /// The sink.
    pub sink: Box<dyn Sink>,
    /// The template of its commentary, or the errors in it.
    pub template: LazyTemplate,
    /// `true` if the template is a part of this program, whose tests compile it.
    pub has_tested_template: bool,
    /// The pipeline's policy with the overrides of the sink.
    pub policy: Policy,
    /// `true` if this is a sandbox run, and the sandbox does not support this sink.
    pub skipped_in_sandbox: bool,
}

/// A template, or the errors in it.
pub(crate) type CompiledTemplate = Result<Template, Vec<Diagnostic>>;

/// A template that is compiled when it is needed: most runs render nothing.
pub(crate) type LazyTemplate =
    LazyLock<CompiledTemplate, Box<dyn FnOnce() -> CompiledTemplate + Send>>;

impl SinkStage {
    /// Returns `true` if only approved payloads are sent.
    #[must_use]
    pub(crate) fn needs_approval(&self) -> bool {
        let by_default = self.sink.capabilities().approve_by_default;
        self.policy.approve.unwrap_or(by_default)
    }
}

impl SinkStage {
    /// Returns the rules by which the platform's crawler reads pages. A platform that makes the card itself has some even
    /// if its sink states none.
    #[must_use]
    pub(crate) fn page_rules(&self) -> Option<&'static PageRules> {
        let makes_card = matches!(self.sink.capabilities().card, CardBy::Platform { .. });
        let default = makes_card.then_some(&PageRules::OPEN_GRAPH);
        self.sink.page_rules().or(default)
    }

    /// Returns the name of the platform that reads pages.
    #[must_use]
    pub(crate) fn crawler_name(&self) -> Name {
        let stated = self.sink.page_rules().map(|rules| rules.crawler.into());
        let platform = || Some(self.sink.appearance().platform).filter(|name| !name.is_empty());
        stated
            .or_else(platform)
            .unwrap_or_else(|| PageRules::OPEN_GRAPH.crawler.into())
    }
}

impl StageChain {
    /// Builds every stage of `pipeline`.
    ///
    /// # Errors
    /// The errors of all stages that cannot be built, each with the name of its stage.
    pub(crate) fn build(pipeline: Pipeline) -> anyhow::Result<Self> {
        let Pipeline {
            file,
            base,
            sources,
            transforms,
            default_card,
            sinks,
            routes,
            policy,
            ledger,
            mentions,
        } = pipeline;
        let programs = sources.iter().map(|source| &source.program);
        let programs = programs.chain(transforms.iter().map(|transform| &transform.program));
        let programs = programs.chain(sinks.iter().map(|sink| &sink.program));
        let (programs, failed_programs) = split_programs(programs.flatten());
        let mut errors = ErrorList::default();
        let source = |component: Component<dyn BuildSource>| {
            let built = component.options.build(&place(&component.name, &base));
            Ok(SourceStage {
                source: located(built, "source", &component, &file)?,
                name: component.name,
                kind: component.kind,
                spans: component.spans,
            })
        };
        let sources = errors.values(sources.into_iter().map(source));
        let transform = |component: Component<dyn BuildTransform>| {
            let built = component.options.build(&place(&component.name, &base));
            let transform = located(built, "transform", &component, &file)?;
            Ok((component.name, transform))
        };
        let transforms = errors.values(transforms.into_iter().map(transform));
        let default_card = default_card
            .map(|options| options.build(&place("thumbnail", &base)))
            .transpose()?
            .map(Arc::from);
        let templates = sinks.iter().filter_map(|sink| match &sink.text_source {
            TextSource::File(path, _) => Some(base.join(path)),
            TextSource::BuiltIn | TextSource::Inline(..) => None,
        });
        let templates = templates.collect();
        let sink = |component: SinkComponent| {
            let built = component.options.build(&place(&component.name, &base));
            let sink = built.map_err(|error| {
                let about = format!("sink `{}`", component.name);
                component.spans.locate_build_error(error, &file, about)
            })?;
            let template = compile(&component, &*sink, &mentions, &file, &base);
            let has_tested_template =
                component.text_source == TextSource::BuiltIn && component.program.is_none();
            let SinkComponent {
                name,
                kind,
                policy,
                skipped_in_sandbox,
                ..
            } = component;
            Ok(SinkStage {
                name,
                kind,
                sink,
                template,
                has_tested_template,
                policy,
                skipped_in_sandbox,
            })
        };
        let sinks = errors.values(sinks.into_iter().map(sink));
        errors.check()?;
        Ok(Self {
            file,
            base,
            sources,
            transforms,
            default_card,
            sinks,
            routes,
            policy,
            ci_hold: None,
            ledger,
            store_name: None,
            counts_by_day: false,
            templates,
            mentions,
            programs,
            failed_programs,
            conversions: Arc::default(),
        })
    }

    /// Returns the name of the ledger in messages.
    #[must_use]
    pub(crate) fn ledger_name(&self) -> String {
        self.store_name.clone().unwrap_or_else(|| {
            let file = Path::new(&self.file).with_file_name(crate::ledger::FILE_NAME);
            file.display().to_string()
        })
    }

    /// Returns the names of the sinks.
    #[must_use]
    pub(crate) fn sink_names(&self) -> Vec<&str> {
        self.sinks.iter().map(|stage| stage.name.as_str()).collect()
    }
}

fn split_programs<'p>(
    programs: impl Iterator<Item = &'p Program>,
) -> (Vec<Arc<PluginComponent>>, Vec<FailedPlugin>) {
    let (mut started, mut failed) = (Vec::new(), Vec::new());
    for program in programs {
        match program {
            Program::Started(program) => started.push(Arc::clone(program)),
            Program::Failed(program) => failed.push(FailedPlugin::clone(program)),
        }
    }
    (started, failed)
}

fn place(name: &str, base: &Path) -> ComponentContext {
    ComponentContext {
        name: name.to_owned(),
        base: base.to_owned(),
    }
}

/// Adds the position of the option at fault to an error, or else the component's name.
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
    sink: &dyn Sink,
    mentions: &Mentions,
    file: &str,
    base: &Path,
) -> LazyTemplate {
    let people = Arc::new(MentionTable::on(&component.name, &component.kind, mentions));
    LazyLock::new(match &component.text_source {
        TextSource::BuiltIn => {
            let text = sink.template().to_owned();
            Box::new(move || Template::compile("the built-in template", &text))
        }
        TextSource::Inline(text, _) => {
            let name = format!("{file}: `sinks.{}.commentary`", component.name);
            let text = text.clone();
            Box::new(move || Template::compile_for(&name, &text, &people))
        }
        TextSource::File(path, span) => match std::fs::read_to_string(base.join(path)) {
            Ok(text) => {
                let name = path.clone();
                Box::new(move || Template::compile_for(&name, &text, &people))
            }
            Err(error) => {
                let message = format!("cannot read the template `{path}`: {error}");
                let fault = Diagnostic::new(Code::TemplateError, message)
                    .in_file(file)
                    .at(*span)
                    .with_hint("paths are relative to pipeline.yaml");
                Box::new(|| Err(vec![fault]))
            }
        },
    })
}
