//! Makes annotations: errors for files that cannot be read and for failed and unknown deliveries, warnings
//! for deliveries that need a decision and for conditions that will prevent sending, notices for advice.

use std::path::Path;

use syndicate_api::{Code, Diagnostic, Env, Finding};

use super::outputs::is_unknown;
use crate::ci::{Annotation, Level, ManualRun, RepositoryPaths, SourceLocation};
use crate::engine::{
    Action, GapSummary, Outcome, Plan, PlanEntry, SinkSummary, StageChain, UpcomingWarning,
};
use crate::preview::{advice, gap_text, next_step};

/// Makes annotations about one pipeline.
pub(super) struct Annotator<'a> {
    file: &'a Path,
    paths: RepositoryPaths,
    manual_run: Option<ManualRun>,
}

impl<'a> Annotator<'a> {
    pub(super) fn new(env: &Env, file: &'a Path) -> Self {
        let base = file.parent().unwrap_or(Path::new(""));
        Self {
            file,
            paths: RepositoryPaths::new(env, base),
            manual_run: ManualRun::of(env),
        }
    }

    /// Returns the path of pipeline.yaml in the repository.
    pub(super) fn pipeline(&self) -> String {
        let file = self.file.to_string_lossy();
        self.paths.relative(&file).unwrap_or_else(|| file.into())
    }

    /// Returns the annotations about a plan.
    pub(super) fn of_plan(&self, plan: &Plan, upcoming: &[UpcomingWarning]) -> Vec<Annotation> {
        let mut annotations: Vec<Annotation> = plan
            .faults
            .iter()
            .map(|fault| self.of_diagnostic(fault, None))
            .collect();
        annotations.extend(plan.entries.iter().filter_map(|entry| self.of_entry(entry)));
        annotations.extend(plan.notes.iter().map(|note| Annotation {
            level: Level::Warning,
            code: "note",
            message: self.with_instructions(note.clone(), note),
            location: self.locate_file(&self.pipeline()),
        }));
        annotations.extend(upcoming.iter().map(|warning| Annotation {
            level: Level::Warning,
            code: "upcoming",
            message: upcoming_message(warning),
            location: self.locate_file(&self.pipeline()),
        }));
        let entries = plan.entries.iter();
        annotations.extend(entries.flat_map(|entry| self.advice_of(entry)));
        annotations
    }

    /// Returns the annotation about a finding of `check`, unless it passed.
    pub(super) fn of_finding(&self, about: &str, finding: &Finding) -> Option<Annotation> {
        match finding {
            Finding::Passed(_) => None,
            Finding::Warning { message, hint } => {
                let location = self.locate_subject(about);
                let subject = match location {
                    Some(_) => String::new(),
                    None => format!("{about}: "),
                };
                Some(Annotation {
                    level: Level::Warning,
                    code: "check",
                    message: format!("{subject}{message}\nhint: {hint}"),
                    location: location.or_else(|| self.locate_file(&self.pipeline())),
                })
            }
            Finding::Failed(diagnostic) => Some(self.of_diagnostic(diagnostic, Some(about))),
        }
    }

    /// Returns the annotations about the gaps of pages, each at the first post that has it.
    pub(super) fn of_pages(&self, summary: &SinkSummary, stages: &StageChain) -> Vec<Annotation> {
        let sink = &stages.sinks[summary.sink].name;
        let annotation = |GapSummary { gap, items }: &GapSummary| {
            let path = items.first().and_then(|item| item.path.as_deref());
            let file = path.and_then(|path| self.paths.relative(path));
            let pages = match items.len() {
                1 => String::new(),
                count => format!("{count} of {} pages: ", summary.pages),
            };
            let element = gap.add.as_deref();
            let element = element.map(|element| format!("\nadd: {element}"));
            Annotation {
                level: if gap.is_warning() {
                    Level::Warning
                } else {
                    Level::Notice
                },
                code: "page",
                message: format!(
                    "{} (sink `{sink}`): {pages}{}{}",
                    summary.crawler,
                    gap_text(gap),
                    element.unwrap_or_default()
                ),
                location: self.locate_file(&file.unwrap_or_else(|| self.pipeline())),
            }
        };
        summary.gaps.iter().map(annotation).collect()
    }

    /// Returns the annotation about an error. `about` is its subject, if the file does not tell.
    pub(super) fn of_diagnostic(&self, diagnostic: &Diagnostic, about: Option<&str>) -> Annotation {
        let location = self.locate(diagnostic);
        // The message of a located error does not repeat the position.
        let message = match &location {
            Some(_) => diagnostic.message.clone(),
            None => diagnostic.to_string(),
        };
        let about = about.filter(|_| location.is_none());
        let about = about.map(|about| format!("{about}: ")).unwrap_or_default();
        let hint = diagnostic.hint.as_deref().unwrap_or_default();
        let text = format!("{about}{message}{}", details(diagnostic));
        Annotation {
            level: Level::Error,
            code: Code::as_str(diagnostic.code),
            message: self.with_instructions(text, hint),
            location: location.or_else(|| self.locate_file(&self.pipeline())),
        }
    }

    /// Returns the annotation about a delivery that is not part of a plan.
    pub(super) fn of_delivery(
        &self,
        item: &str,
        sink: &str,
        diagnostic: &Diagnostic,
    ) -> Annotation {
        let hint = diagnostic.hint.as_deref().unwrap_or_default();
        let text = format!("{item} → {sink}: {diagnostic}{}", details(diagnostic));
        let file = self.paths.relative(item).unwrap_or_else(|| self.pipeline());
        Annotation {
            level: Level::Error,
            code: Code::as_str(diagnostic.code),
            message: self.with_instructions(text, hint),
            location: self.locate_file(&file),
        }
    }

    fn of_entry(&self, entry: &PlanEntry) -> Option<Annotation> {
        let level = level_of(entry)?;
        let problem = entry.problem.as_deref();
        let what = problem.map_or(&entry.reason, |problem| &problem.message);
        let mut message = format!("{} → {}: {what}", entry.item.label(), entry.sink);
        message.push_str(&problem.map(details).unwrap_or_default());
        if let Some(step) = next_step(entry) {
            message = self.with_instructions(format!("{message}\nnext: {step}"), &step);
        }
        let location = problem.and_then(|problem| self.locate(problem));
        let location = location.or_else(|| {
            let file = self.paths.relative(entry.item.path.as_deref()?)?;
            self.locate_file(&file)
        });
        Some(Annotation {
            level,
            code: Code::as_str(problem.map_or(entry.code, |problem| problem.code)),
            message,
            location: location.or_else(|| self.locate_file(&self.pipeline())),
        })
    }

    /// Returns the advice about a delivery that is or would be sent.
    fn advice_of(&self, entry: &PlanEntry) -> Vec<Annotation> {
        let is_sent = matches!(entry.outcome, None | Some(Outcome::Sent | Outcome::Updated));
        let is_meant = is_sent && matches!(entry.action, Action::Send | Action::Update);
        let path = entry.item.path.as_deref();
        let file = path.and_then(|path| self.paths.relative(path));
        let file = file.unwrap_or_else(|| self.pipeline());
        let composed = entry.composed.iter().filter(|_| is_meant);
        composed
            .flat_map(|composed| advice(composed))
            .map(|advice| Annotation {
                level: Level::Notice,
                code: "advice",
                message: format!("{} → {}: {advice}", entry.item.label(), entry.sink),
                location: self.locate_file(&file),
            })
            .collect()
    }

    /// Appends how to run the commands in `step` on this CI service.
    fn with_instructions(&self, mut message: String, step: &str) -> String {
        if let Some(run) = &self.manual_run {
            for instruction in run.instructions(step) {
                message.push_str(&format!("\nhere: {instruction}"));
            }
        }
        message
    }

    fn locate(&self, diagnostic: &Diagnostic) -> Option<SourceLocation> {
        let file = self.paths.relative(diagnostic.path.as_deref()?)?;
        Some(SourceLocation {
            file,
            line: diagnostic.line(),
            column: diagnostic.column(),
        })
    }

    /// Returns the location of the subject of a finding, if that is a file, perhaps with a line.
    fn locate_subject(&self, about: &str) -> Option<SourceLocation> {
        let with_line = about.rsplit_once(':');
        let with_line = with_line.and_then(|(path, line)| Some((path, line.parse().ok()?)));
        let (path, line) = with_line.map_or((about, None), |(path, line)| (path, Some(line)));
        Some(SourceLocation {
            file: self.paths.relative(path)?,
            line,
            column: None,
        })
    }

    /// Returns the location of a file as a whole, given its path in the repository.
    fn locate_file(&self, file: &str) -> Option<SourceLocation> {
        Some(SourceLocation {
            file: file.to_owned(),
            line: None,
            column: None,
        })
    }
}

fn level_of(entry: &PlanEntry) -> Option<Level> {
    match (entry.outcome, entry.action) {
        _ if is_unknown(entry) => Some(Level::Error),
        (Some(Outcome::Failed), _) => Some(Level::Error),
        (Some(Outcome::Waiting), _) | (None, Action::Ask) => Some(Level::Warning),
        (None, _) if entry.problem.is_some() => Some(Level::Error),
        _ => None,
    }
}

/// Returns the causes and the hint of a diagnostic, each on its own line.
fn details(diagnostic: &Diagnostic) -> String {
    let causes = diagnostic
        .causes()
        .map(|cause| format!("\ncaused by: {cause}"));
    let hint = diagnostic.hint.iter().map(|hint| format!("\nhint: {hint}"));
    causes.chain(hint).collect()
}

/// Formats a warning about a condition that will prevent a sink from sending.
pub(super) fn upcoming_message(warning: &UpcomingWarning) -> String {
    let UpcomingWarning {
        about,
        message,
        hint,
    } = warning;
    format!("{about}: {message}\nhint: {hint}")
}
