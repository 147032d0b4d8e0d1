//! The positions of a component's options in pipeline.yaml, for errors found when it is built or used: its
//! plugin has only the keys, not the lines.

use syndicate_api::{Diagnostic, FileSpan};

use super::fault::known;
use super::tree::ConfigNode;

/// The positions of a component's options.
#[derive(Clone, Debug)]
pub(crate) struct OptionSpans {
    name: FileSpan,
    options: ConfigNode,
}

impl OptionSpans {
    /// Creates the positions of `options`, for a component whose name is at `name`.
    pub(super) fn new(name: FileSpan, options: ConfigNode) -> Self {
        Self { name, options }
    }

    /// Adds the position in `file` to an error about an option. Other errors, and those about an option that
    /// is not in the file, get the position of the component and the text `about`.
    pub(crate) fn locate(&self, error: anyhow::Error, file: &str, about: String) -> anyhow::Error {
        match error.downcast::<Diagnostic>() {
            Ok(fault) if !fault.keys().is_empty() => {
                let span = self.options.value_span(fault.keys()).unwrap_or(self.name);
                anyhow::Error::new(fault.in_file(file).at(known(span)))
            }
            Ok(other) => anyhow::Error::new(other).context(about),
            Err(error) => error.context(about),
        }
    }
}
