//! A component after it was read: its name, type and checked options. `reader` reads it.

use std::sync::Arc;

use syndicate_api::{BuildSink, FileSpan, Name};

use super::policy::Policy;
use super::spans::OptionSpans;
use crate::host::{FailedPlugin, PluginComponent};

/// A component and its checked options.
pub(crate) struct Component<B: ?Sized> {
    /// Name of the component in pipeline.yaml.
    pub name: String,
    /// Type of the component, such as `site`.
    pub kind: Name,
    /// Parsed options, from which the component is built.
    pub options: Box<B>,
    /// The plugin, if it is another program and this command needs it.
    pub program: Option<Program>,
    /// The positions of the options in the file.
    pub spans: OptionSpans,
}

/// A plugin that is another program.
pub(crate) enum Program {
    /// It was started.
    Started(Arc<PluginComponent>),
    /// It could not be started.
    Failed(Box<FailedPlugin>),
}

/// A sink with its checked options.
pub(crate) struct SinkComponent {
    /// Name of the sink in pipeline.yaml.
    pub name: String,
    /// Type of the sink, such as `linkedin`.
    pub kind: Name,
    /// The source of its commentary.
    pub text_source: TextSource,
    /// The pipeline's policy with the overrides of the sink.
    pub policy: Policy,
    /// `true` if this run uses the sandbox and the sandbox does not support this sink.
    pub skipped_in_sandbox: bool,
    /// Parsed options, from which the sink is built.
    pub options: Box<dyn BuildSink>,
    /// The plugin, if it is another program and this command needs it.
    pub program: Option<Program>,
    /// The positions of the options in the file.
    pub spans: OptionSpans,
}

/// The source of a sink's commentary, unless the post has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TextSource {
    /// The built-in template.
    BuiltIn,
    /// A template file, by its path relative to pipeline.yaml.
    File(String, FileSpan),
    /// A template in pipeline.yaml itself.
    Inline(String, FileSpan),
}
