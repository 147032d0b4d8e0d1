//! Shows a result on a CI service: annotations, summary and outputs on GitHub, reports on GitLab. A file
//! that cannot be written is a warning, because the posts were sent, or were not, all the same.

mod annotate;
mod outputs;

use std::path::Path;

use syndicate_api::{Diagnostic, Env, Finding};

use self::annotate::Annotator;
use self::outputs::RunOutputs;
use super::format::OutputFormat;
use super::print::{eprint_warning, print_workflow_command};
use crate::ci::github::{append_outputs, append_summary, format_commands, summary_space};
use crate::ci::gitlab::{CODE_QUALITY_FILE, DOTENV_FILE, format_code_quality, format_dotenv};
use crate::ci::{Annotation, Level, ManualRun};
use crate::engine::{CheckFinding, Plan, SinkSummary, StageChain, UpcomingWarning};
use crate::env::random_bytes;
use crate::preview::{SummaryOptions, escape_code, escape_step, render_summary};

/// The result of one command, for a CI service.
pub(crate) struct CiReport<'a> {
    format: OutputFormat,
    command: &'a str,
    env: &'a Env,
    annotator: Annotator<'a>,
}

impl<'a> CiReport<'a> {
    /// Returns the report of `command` about the pipeline in `file`.
    pub(crate) fn new(
        format: OutputFormat,
        command: &'a str,
        env: &'a Env,
        file: &'a Path,
    ) -> Self {
        Self {
            format,
            command,
            env,
            annotator: Annotator::new(env, file),
        }
    }

    /// Shows a plan, with its outcomes if it was carried out.
    pub(crate) fn show_plan(
        &self,
        plan: &Plan,
        upcoming: &[UpcomingWarning],
    ) -> anyhow::Result<()> {
        if self.format == OutputFormat::Text {
            return Ok(());
        }
        let annotations = self.annotator.of_plan(plan, upcoming);
        let warnings = upcoming.iter().map(annotate::upcoming_message);
        let summary = || {
            render_summary(
                plan,
                &SummaryOptions {
                    command: self.command,
                    manual_run: ManualRun::of(self.env).as_ref(),
                    warnings: warnings.collect(),
                    max_size: summary_space(self.env),
                },
            )
        };
        self.show(&annotations, summary, Some(&RunOutputs::of_plan(plan)))
    }

    /// Shows the findings of `check`.
    pub(crate) fn show_findings(&self, findings: &[CheckFinding]) -> anyhow::Result<()> {
        let is_problem = |(_, finding): &&CheckFinding| !matches!(finding, Finding::Passed(_));
        let problems = findings.iter().filter(is_problem);
        let annotations: Vec<Annotation> = problems
            .filter_map(|(about, finding)| self.annotator.of_finding(about, finding))
            .collect();
        self.show(&annotations, || self.list(&annotations), None)
    }

    /// Shows what the built pages lack.
    pub(crate) fn show_pages(
        &self,
        summaries: &[SinkSummary],
        stages: &StageChain,
    ) -> anyhow::Result<()> {
        let annotations: Vec<Annotation> = summaries
            .iter()
            .flat_map(|summary| self.annotator.of_pages(summary, stages))
            .collect();
        self.show(&annotations, || self.list(&annotations), None)
    }

    /// Shows the errors that ended the command.
    pub(crate) fn show_failure(&self, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
        let diagnostics = diagnostics.iter();
        let annotations: Vec<Annotation> = diagnostics
            .map(|diagnostic| self.annotator.of_diagnostic(diagnostic, None))
            .collect();
        self.show(&annotations, || self.list(&annotations), None)
    }

    /// Shows deliveries that are not part of a plan: each an item, its sink and what happened.
    /// `unknown` is the number of those with an unknown outcome.
    pub(crate) fn show_deliveries(
        &self,
        deliveries: &[(String, &str, Diagnostic)],
        unknown: usize,
    ) -> anyhow::Result<()> {
        let annotations: Vec<Annotation> = deliveries
            .iter()
            .map(|(item, sink, diagnostic)| self.annotator.of_delivery(item, sink, diagnostic))
            .collect();
        let outputs = RunOutputs::of_unknown(unknown);
        self.show(&annotations, || self.list(&annotations), Some(&outputs))
    }

    fn show(
        &self,
        annotations: &[Annotation],
        summary: impl FnOnce() -> String,
        outputs: Option<&RunOutputs>,
    ) -> anyhow::Result<()> {
        match self.format {
            OutputFormat::Text => Ok(()),
            OutputFormat::Github => {
                for command in format_commands(annotations) {
                    print_workflow_command(&command)?;
                }
                warn_unwritten("summary", append_summary(self.env, &summary()).map(drop))?;
                match outputs {
                    Some(outputs) => warn_unwritten("outputs", self.write_outputs(outputs)),
                    None => Ok(()),
                }
            }
            OutputFormat::Gitlab => {
                let file = self.annotator.pipeline();
                let report = format_code_quality(annotations, &file);
                warn_unwritten("report", write(CODE_QUALITY_FILE, &report))?;
                let Some(outputs) = outputs else {
                    return Ok(());
                };
                let (text, is_cut) = format_dotenv(&outputs.numbers(), &outputs.lists());
                if is_cut {
                    eprint_warning(
                        &format!("`{DOTENV_FILE}` does not list all posts, because of its limit"),
                        "run the command again with `--json` to read all of them",
                    )?;
                }
                warn_unwritten("report", write(DOTENV_FILE, &text))
            }
        }
    }

    fn write_outputs(&self, outputs: &RunOutputs) -> anyhow::Result<()> {
        let random = random_bytes()?;
        let random: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let delimiter = format!("syndicate-{random}");
        append_outputs(self.env, &outputs.for_github(), &delimiter)
    }

    /// Lists `annotations` as Markdown, for the summary of a command without a plan.
    fn list(&self, annotations: &[Annotation]) -> String {
        const MAX_LISTED: usize = 100;
        let heading = escape_code(&format!("syndicate {}", self.command));
        let mut text = match annotations.is_empty() {
            true => format!("### {heading}: no problems\n"),
            false => format!("### {heading}\n\n"),
        };
        for annotation in annotations.iter().take(MAX_LISTED) {
            let level = match annotation.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Notice => "notice",
            };
            let file = annotation.location.as_ref().map(|location| {
                let line = location.line.map(|line| format!(":{line}"));
                let place = format!("{}{}", location.file, line.unwrap_or_default());
                format!(" {}", escape_code(&place))
            });
            let lines = annotation.message.split('\n').map(escape_step);
            text.push_str(&format!(
                "- **{level}**{} {}\n",
                file.unwrap_or_default(),
                lines.collect::<Vec<_>>().join("<br>")
            ));
        }
        if annotations.len() > MAX_LISTED {
            let more = annotations.len() - MAX_LISTED;
            text.push_str(&format!("\n**{more} more** are in the log of this job.\n"));
        }
        text
    }
}

fn write(file: &str, text: &str) -> anyhow::Result<()> {
    std::fs::write(file, text).map_err(|error| anyhow::anyhow!("cannot write `{file}`: {error}"))
}

/// Prints a warning if a file for the CI service was not written.
fn warn_unwritten(what: &str, written: anyhow::Result<()>) -> anyhow::Result<()> {
    match written {
        Ok(()) => Ok(()),
        Err(error) => eprint_warning(
            &format!("this result is not in the {what} of this job: {error:#}"),
            "see the log of this job instead; the run itself is not affected",
        ),
    }
}
