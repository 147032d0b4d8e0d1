//! A component after it was read: its name, type and checked options. `reader` reads it.

use syndicate_api::{BuildSink, FileSpan};

use super::spans::OptionSpans;

/// A component and its checked options.
pub(crate) struct Component<B: ?Sized> {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// Its options, which can be built.
    pub options: Box<B>,
    /// The positions of the options in the file.
    pub spans: OptionSpans,
}

/// A sink with its checked options.
pub(crate) struct SinkComponent {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// The source of its commentary.
    pub text_source: TextSource,
    /// `true` if this run uses the sandbox and the sandbox does not support this sink.
    pub skipped_in_sandbox: bool,
    /// Its options, which can be built.
    pub options: Box<dyn BuildSink>,
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
