//! Plans that are shown and not carried out.

use syndicate_api::CodedError as _;

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{Plan, Planning, Purpose, Selection, Share, head, make_plan};
use crate::ledger::{Book, LedgerError, Store as _};

impl Session {
    /// Returns the plan that a run would make now. If the ledger keeps the run from sending, a note of
    /// the plan says so.
    pub(crate) async fn plan(
        &self,
        pipeline: &LoadedPipeline,
        selection: &Selection,
    ) -> Result<Plan, SessionError> {
        let LoadedPipeline { stages, scanned } = pipeline;
        let mut trouble = None;
        let book = if self.is_sandbox() {
            Book::default()
        } else {
            match self.ledger.survey().await {
                Ok(survey) => {
                    let survey = survey.of_sites(&head::sites(scanned));
                    let foreign = head::check(&survey.book, stages, scanned).err();
                    trouble = foreign.or(survey.trouble);
                    survey.book
                }
                Err(error @ LedgerError::Missing { .. }) => {
                    trouble = Some(error);
                    Book::default()
                }
                Err(error) => return Err(error.into()),
            }
        };
        let mut plan = self.plan_from(pipeline, selection, &book).await;
        if let Some(error) = trouble.filter(|_| !stages.sinks.is_empty()) {
            plan.notes.push(unsendable(&error));
        }
        Ok(plan)
    }

    /// Returns the plan that a run would make if `book` were the ledger.
    pub(crate) async fn plan_from(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        selection: &Selection,
        book: &Book,
    ) -> Plan {
        let planning = Planning {
            stages,
            scanned,
            selection,
            purpose: Purpose::Show,
            share: Share::NextRun,
            held: &[],
        };
        make_plan(&planning, book, self.cx()).await
    }
}

/// Returns what to say if the ledger keeps a run from sending.
pub(crate) fn unsendable(error: &LedgerError) -> String {
    let code = error
        .code()
        .map_or_else(String::new, |code| format!(" [{code}]"));
    let hint = error.hint().unwrap_or_default();
    format!("{error}, so `build` would send nothing{code}; {hint}")
}
