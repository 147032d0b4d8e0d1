//! What a component is once it was read: its name, its type, and its options, which its plugin
//! checked. How it is read is `reader`'s.

use syndicate_api::{BuildSink, FileSpan};

use super::spans::OptionSpans;

/// A component and its checked options.
pub(crate) struct Component<B: ?Sized> {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// Its options, ready to be built.
    pub options: Box<B>,
    /// Where they are in the file.
    pub spans: OptionSpans,
}

/// A sink and what it says.
pub(crate) struct SinkComponent {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// Where its text comes from.
    pub wording: TextSource,
    /// Whether this run is a rehearsal that it cannot take part in.
    pub left_out: bool,
    /// Its options, ready to be built.
    pub options: Box<dyn BuildSink>,
}

/// Where a sink's commentary comes from, unless the post says it itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TextSource {
    /// The template that comes with the program.
    BuiltIn,
    /// A template file, relative to pipeline.yaml.
    File(String, FileSpan),
    /// A template in pipeline.yaml itself.
    Inline(String, FileSpan),
}
