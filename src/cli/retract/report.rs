//! Reports the result of a retraction.

use serde_json::{Value, json};
use syndicate_api::{Code, Diagnostic};

use crate::cli::output::print_lines;
use crate::engine::{Retraction, RetractionError};
use crate::terminal::escape_value;

/// Returns the diagnostic of a failed retraction.
pub(super) fn problem(error: RetractionError) -> Diagnostic {
    match error {
        RetractionError::Refused(error) if error.code == Code::Unsupported => {
            let problem = Diagnostic::from(error);
            let hint = problem.hint.clone();
            let by_hand = hint.unwrap_or_else(|| "delete it on the platform".to_owned());
            problem.with_hint(format!("{by_hand}, then add `--by-hand` to record that"))
        }
        RetractionError::Refused(error) => Diagnostic::from(error),
        error @ RetractionError::Gone => Diagnostic::new(Code::CommandFailed, error.to_string())
            .with_hint("run `syndicate status` to see its state"),
        error => Diagnostic::new(Code::Unsupported, error.to_string())
            .with_hint("delete it on the platform, then add `--by-hand`"),
    }
}

/// Prints the result of a retraction, unless the output is JSON. Returns its JSON object.
pub(super) fn report(
    is_json: bool,
    retraction: &Retraction,
    problem: Option<Diagnostic>,
) -> anyhow::Result<Value> {
    let Retraction { attempt, receipt } = retraction;
    if !is_json {
        let what = format!(
            "{} → {}",
            escape_value(&attempt.item),
            escape_value(&attempt.sink)
        );
        print_lines(&match &problem {
            None => format!("retracted {what}"),
            Some(problem) => format!(
                "failed {what} [{}]\n        {}",
                problem.code,
                escape_value(&problem.to_line())
            ),
        })?;
    }
    Ok(json!({
        "item": attempt.item,
        "sink": attempt.sink,
        "receipt": receipt,
        "done": problem.is_none(),
        "error": problem.as_ref().map(Diagnostic::to_line),
        "diagnostic": problem,
    }))
}
