//! The positions of a component's options in pipeline.yaml, for errors found when it is built or used: its
//! plugin has only the keys, not the lines.

use syndicate_api::{Code, Diagnostic, FileSpan};

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

    /// Adds the position in `file` to an error of building the component: that of the option at fault, or else that of
    /// the component, with the text `about`. An error in another file keeps its own position.
    pub(crate) fn locate_build_error(
        &self,
        error: anyhow::Error,
        file: &str,
        about: String,
    ) -> anyhow::Error {
        let fault = match error.downcast::<Diagnostic>() {
            Ok(fault) if !fault.keys().is_empty() || fault.path.is_some() => {
                return self.locate(anyhow::Error::new(fault), file, about);
            }
            Ok(fault) => fault,
            Err(error) => {
                let fault = Diagnostic::new(Code::InvalidConfig, error.to_string());
                match error.chain().nth(1) {
                    Some(cause) => fault.caused_by(format!("{cause:#}")),
                    None => fault,
                }
            }
        };
        let message = format!("{about}: {}", fault.message);
        let fault = fault
            .with_message(message)
            .in_file(file)
            .at(known(self.name));
        anyhow::Error::new(fault)
    }

    /// Adds the position in `file` to an error about an option. Other errors keep theirs.
    pub(crate) fn locate_option(&self, fault: Diagnostic, file: &str) -> Diagnostic {
        if fault.keys().is_empty() {
            return fault;
        }
        let span = self.options.value_span(fault.keys()).unwrap_or(self.name);
        fault.in_file(file).at(known(span))
    }

    /// Adds the position in `file` to an error about an option. Other errors, and those about an option that
    /// is not in the file, get the position of the component and the text `about`.
    pub(crate) fn locate(&self, error: anyhow::Error, file: &str, about: String) -> anyhow::Error {
        match error.downcast::<Diagnostic>() {
            Ok(fault) if !fault.keys().is_empty() => {
                anyhow::Error::new(self.locate_option(fault, file))
            }
            Ok(other) => anyhow::Error::new(other).context(about),
            Err(error) => error.context(about),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(error: anyhow::Error) -> Diagnostic {
        let options = super::super::yaml::parse("endpoint: x\n").unwrap();
        let spans = OptionSpans::new(FileSpan::at(4, 3), options);
        let error = spans.locate_build_error(error, "pipeline.yaml", "sink `a`".to_owned());
        error.downcast().unwrap()
    }

    #[test]
    fn build_error_has_position_of_component() {
        let error = anyhow::anyhow!("no such file").context("cannot read `x`");
        let found = located(error);
        assert_eq!(
            found.to_line(),
            "pipeline.yaml:4:3: sink `a`: cannot read `x`; caused by: no such file"
        );
        let found = located(Diagnostic::new(Code::InvalidConfig, "invalid").into());
        assert_eq!(found.to_string(), "pipeline.yaml:4:3: sink `a`: invalid");
    }

    #[test]
    fn build_error_keeps_own_position() {
        let found = located(Diagnostic::option(&["endpoint"], "invalid").into());
        assert_eq!(found.line(), Some(1));
        let options = super::super::yaml::parse("endpoint: x\n").unwrap();
        let spans = OptionSpans::new(FileSpan::at(4, 3), options);
        let other = Diagnostic::new(Code::InvalidConfig, "invalid").in_file("other.yml");
        let error = spans.locate_build_error(other.into(), "pipeline.yaml", "sink `a`".to_owned());
        assert_eq!(format!("{error:#}"), "sink `a`: other.yml: invalid");
    }
}
