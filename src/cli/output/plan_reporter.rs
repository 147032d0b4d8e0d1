//! Reports the plan of a command: on the terminal or as JSON, and on a CI service.

use std::borrow::Cow;

use super::ci_report::CiReport;
use super::delivery::{format_delivery, print_outcomes};
use super::format::FormatOptions;
use super::plan::print_plan;
use super::print::print_card;
use crate::cli::{CliError, GlobalOptions};
use crate::engine::{Plan, PlanEntry, upcoming_warnings};
use crate::env::Signals;
use crate::session::{DeliveryRun, LoadedPipeline, Session};

/// The output of one command.
pub(crate) struct PlanReporter<'a> {
    command: &'a str,
    is_json: bool,
    format: FormatOptions,
    session: &'a Session,
}

impl<'a> PlanReporter<'a> {
    /// Returns the output of `command`.
    pub(crate) fn new(
        command: &'a str,
        global: &GlobalOptions,
        format: FormatOptions,
        session: &'a Session,
    ) -> Self {
        Self {
            command,
            is_json: global.json,
            format,
            session,
        }
    }

    /// Prints a plan that was not carried out. With `is_all` it lists every delivery.
    pub(crate) fn print_plan(&self, plan: &Plan, is_all: bool) -> anyhow::Result<()> {
        print_plan(self.is_json, plan, is_all, &self.session.cx().env)
    }

    /// Makes a plan and carries it out. Prints each attempted delivery, and then the summary.
    pub(crate) async fn deliver(
        &self,
        pipeline: &LoadedPipeline,
        delivery: DeliveryRun<'_>,
        signals: &Signals,
    ) -> Result<Plan, CliError> {
        let session = self.session;
        let mut report = |entry: &PlanEntry| {
            // A closed terminal must not keep the remaining posts from being sent.
            if !self.is_json {
                drop(print_card(&format_delivery(entry, session.is_sandbox())));
            }
        };
        let delivered = session.deliver(pipeline, delivery, &mut report);
        let plan = signals.run_until_repeated(delivered).await??;
        print_outcomes(self.is_json, &plan, &session.cx().env)?;
        self.show(pipeline, &plan)?;
        Ok(plan)
    }

    /// Shows a plan on the CI service that the options name. In a sandbox the posts' URLs are omitted,
    /// because they lead nowhere.
    pub(crate) fn show(&self, pipeline: &LoadedPipeline, plan: &Plan) -> anyhow::Result<()> {
        let cx = self.session.cx();
        let mut plan = Cow::Borrowed(plan);
        if self.session.is_sandbox() {
            let entries = plan.to_mut().entries.iter_mut();
            for receipt in entries.filter_map(|entry| entry.receipt.as_mut()) {
                receipt.url = None;
            }
        }
        let report = CiReport::new(
            self.format.format,
            self.command,
            &cx.env,
            self.session.file(),
        );
        report.show_plan(&plan, &upcoming_warnings(&pipeline.stages, cx))
    }
}
