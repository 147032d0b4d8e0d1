//! Checks that the ledger is usable, and lists its open attempts.

use syndicate_api::{Code, Context, Diagnostic, Diagnostics, Finding};

use super::finding::CheckFinding;
use crate::engine::{
    OpenAttempt, PipelineScan, StageChain, live_posts, open_attempts, pipeline_names,
};
use crate::ledger::{LedgerError, LedgerStore, LedgerView};

/// The subject of findings about a ledger whose store cannot be opened.
const LEDGER: &str = "ledger";

/// Adds the findings about the ledger.
pub(super) async fn check_ledger(
    stages: &StageChain,
    scanned: &PipelineScan,
    store: &dyn LedgerStore,
    cx: &Context,
    findings: &mut Vec<CheckFinding>,
) {
    let name = stages.ledger_name();
    let finding = match store.view().await {
        Ok(LedgerView {
            ledger_state,
            trouble,
            notes,
        }) => {
            findings.extend(
                notes
                    .into_iter()
                    .map(|note| (name.clone(), Finding::Passed(note))),
            );
            let foreign = pipeline_names::check(&ledger_state, stages, scanned).err();
            let trouble = foreign.or(trouble);
            let is_sound = trouble.is_none();
            findings.extend(trouble.map(|error| {
                let diagnostic = Diagnostic::from_error(&error, Code::UnreadableFile);
                (name.clone(), Finding::Failed(diagnostic))
            }));
            findings.extend(
                live_posts(&ledger_state)
                    .into_iter()
                    .map(|(message, hint)| (name.clone(), Finding::Warning { message, hint })),
            );
            let open = open_attempts(&ledger_state, None, None);
            let is_claimed =
                |open: &OpenAttempt| open.claimed_until(&ledger_state, cx.now()).is_some();
            match open.iter().filter(|open| !is_claimed(open)).count() {
                0 if !is_sound => return,
                0 => Finding::Passed(match ledger_state.event_count() {
                    1 => "1 event, no open attempt".to_owned(),
                    events => format!("{events} events, no open attempt"),
                }),
                open => Finding::Warning {
                    message: match open {
                        1 => "1 delivery waits for your answer".to_owned(),
                        open => format!("{open} deliveries wait for your answer"),
                    },
                    hint: "check the platform for the post, then run `syndicate settle`".to_owned(),
                },
            }
        }
        // Without `--online`, a clone into which the ledger was never fetched is not an error. With it, another finding
        // says that the ledger cannot be reached.
        Err(error @ LedgerError::Unreachable { .. }) => {
            let diagnostic = Diagnostic::from_error(&error, Code::LedgerUnreachable);
            let online =
                "run `syndicate check --online`, which reads it from the remote or the database";
            let own = diagnostic.hint.clone().filter(|_| !error.is_offline());
            Finding::Warning {
                message: diagnostic.without_hint().to_line(),
                hint: own.unwrap_or_else(|| online.to_owned()),
            }
        }
        Err(LedgerError::Unconfigured(Diagnostics(faults))) => {
            let failed = |fault| (LEDGER.to_owned(), Finding::Failed(fault));
            findings.extend(faults.into_iter().map(failed));
            return;
        }
        Err(error) => {
            let diagnostic = Diagnostic::from_error(&error, Code::UnreadableFile);
            Finding::Failed(diagnostic.with_default_hint("check that the file is readable"))
        }
    };
    findings.push((name, finding));
}
