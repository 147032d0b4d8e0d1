//! Whether the ledger can be used, and what it leaves open.

use syndicate_api::{Code, Context, Diagnostic, Finding};

use super::finding::AboutFinding;
use crate::engine::{OpenAttempt, Scanned, StageChain, head, live_posts, open_attempts};
use crate::ledger::{FILE_NAME, Store, Survey};

/// Adds the findings about the ledger: whether it can be used, and what it leaves open.
pub(super) async fn check_ledger(
    stages: &StageChain,
    scanned: &Scanned,
    store: &dyn Store,
    cx: &Context,
    findings: &mut Vec<AboutFinding>,
) {
    let finding =
        match store.survey().await {
            Ok(Survey { book, trouble }) => {
                let foreign = head::check(&book, stages, scanned).err();
                findings.extend(foreign.or(trouble).map(|error| {
                    let diagnostic = Diagnostic::from_error(&error, Code::UnreadableFile);
                    (FILE_NAME.to_owned(), Finding::Failed(diagnostic))
                }));
                findings.extend(live_posts(&book).into_iter().map(|(message, hint)| {
                    (FILE_NAME.to_owned(), Finding::Warning { message, hint })
                }));
                let open = open_attempts(&book, None, None);
                let is_claimed = |open: &OpenAttempt| open.claimed_until(&book, cx.now()).is_some();
                match open.iter().filter(|open| !is_claimed(open)).count() {
                    0 => Finding::Passed(format!("{} events, none open", book.events().len())),
                    open => Finding::Warning {
                        message: match open {
                            1 => "1 delivery waits for your answer".to_owned(),
                            open => format!("{open} deliveries wait for your answer"),
                        },
                        hint: "look whether it is there, then run `syndicate settle`".to_owned(),
                    },
                }
            }
            Err(error) => {
                let diagnostic = Diagnostic::from_error(&error, Code::UnreadableFile);
                Finding::Failed(diagnostic.with_default_hint("see that the file can be read"))
            }
        };
    findings.push((FILE_NAME.to_owned(), finding));
}
