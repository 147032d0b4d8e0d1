//! Reports the errors of all steps that do not depend on each other, instead of the first one.

use syndicate_api::{Code, Diagnostic, Diagnostics};

/// Returns the values of all `steps`.
///
/// # Errors
/// The error of the step that failed, or [`Diagnostics`] with the errors of all that failed.
pub(super) fn all_values<T>(
    steps: impl IntoIterator<Item = anyhow::Result<T>>,
) -> anyhow::Result<Vec<T>> {
    let mut errors = ErrorList::default();
    let values = errors.values(steps);
    errors.check()?;
    Ok(values)
}

/// The errors of steps whose values have several types.
#[derive(Default)]
pub(super) struct ErrorList(Vec<anyhow::Error>);

impl ErrorList {
    /// Returns the values of the steps that succeeded, and keeps the errors of the others.
    pub(super) fn values<T>(
        &mut self,
        steps: impl IntoIterator<Item = anyhow::Result<T>>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for step in steps {
            match step {
                Ok(value) => values.push(value),
                Err(error) => self.0.push(error),
            }
        }
        values
    }

    /// Ends the steps.
    ///
    /// # Errors
    /// The error of the step that failed, or [`Diagnostics`] with the errors of all that failed.
    pub(super) fn check(mut self) -> anyhow::Result<()> {
        match self.0.len() {
            0 => Ok(()),
            1 => Err(self.0.remove(0)),
            _ => {
                let faults = self.0.into_iter().flat_map(diagnostics_of);
                Err(anyhow::Error::new(Diagnostics(faults.collect())))
            }
        }
    }
}

/// Returns the diagnostics that `error` consists of.
pub(crate) fn diagnostics_of(error: anyhow::Error) -> Vec<Diagnostic> {
    match error.downcast_ref() {
        Some(Diagnostics(faults)) if error.chain().count() == 1 => faults.clone(),
        _ => vec![diagnostic(error)],
    }
}

/// Returns `error` as a diagnostic. One below other errors keeps its position, code and hint.
fn diagnostic(error: anyhow::Error) -> Diagnostic {
    let text = error.to_string();
    match error.downcast::<Diagnostic>() {
        Ok(fault) if fault.to_string() == text => fault,
        Ok(fault) => {
            let message = format!("{text}: {}", fault.message);
            fault.with_message(message)
        }
        Err(error) => Diagnostic::new(Code::CommandFailed, format!("{error:#}")),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn every_error_is_reported() {
        let values = all_values([Ok(1), Ok(2)]).unwrap();
        assert_eq!(values, [1, 2]);
        let one = all_values([Ok(1), Err(anyhow!("no such file").context("source `a`"))]);
        assert_eq!(
            format!("{:#}", one.unwrap_err()),
            "source `a`: no such file"
        );
        let fault = Diagnostic::new(Code::InvalidConfig, "invalid").in_file("a.yaml");
        let errors: [anyhow::Result<()>; 3] = [
            Err(anyhow!("no such file").context("source `a`")),
            Err(anyhow::Error::new(fault.clone()).context("source `b`")),
            Err(anyhow::Error::new(fault)),
        ];
        let all: Diagnostics = all_values(errors).unwrap_err().downcast().unwrap();
        let lines: Vec<String> = all.0.iter().map(Diagnostic::to_line).collect();
        assert_eq!(
            lines,
            [
                "source `a`: no such file",
                "a.yaml: source `b`: invalid",
                "a.yaml: invalid"
            ]
        );
    }
}
