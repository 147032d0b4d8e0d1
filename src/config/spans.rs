//! Where the options of a component are in pipeline.yaml, for faults that are found when it is built or
//! used: its plugin knows their keys and not their lines.

use syndicate_api::{Diagnostic, FileSpan};

use super::fault::known;
use super::tree::ConfigNode;

/// The places of a component's options.
#[derive(Clone, Debug)]
pub(crate) struct OptionSpans {
    name: FileSpan,
    options: ConfigNode,
}

impl OptionSpans {
    /// Returns the places of `options`, of a component whose name is at `name`.
    pub(super) fn new(name: FileSpan, options: ConfigNode) -> Self {
        Self { name, options }
    }

    /// Returns `error` with its place in `file` if it is a fault of an option, else as one about the
    /// component, `about`. The place of an option that is not written there is that of the component.
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
