//! The plan: what a run would do with each delivery, and why. It depends only on items, media, ledger,
//! policy and the given clock, and planning changes nothing.

mod ask;
mod batch;
mod change;
mod entry;
pub(super) mod guard;
mod live_plan;
mod merge;
mod model;
mod order;
mod planner;
mod rate_limit;
mod refusal;
mod relation;
mod summary;
mod transformed;
mod unlisted;
mod unrouted;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{Code, Context, Sender, ServerInfo, contain};
use tracing::{debug, info};

pub(crate) use self::entry::{Action, PlanEntry};
pub(crate) use self::live_plan::LivePlan;
pub(crate) use self::merge::PlanUpdate;
pub(crate) use self::model::{Plan, PlanPurpose, Planning, QuotaScope};
use self::planner::Planner;
use self::rate_limit::RateLimit;
pub(super) use self::rate_limit::waits_now;
pub(crate) use self::summary::Summary;
use self::transformed::TransformedAhead;
use self::unlisted::add_unlisted;
use self::unrouted::Unrouted;
use super::SinkStage;
use super::gather::Pictures;
use super::identity::{Identities, PlannedTexts};
use super::pipeline_names::UnrecordedNames;
use super::served_sink::discover;
use crate::ledger::LedgerState;

/// Plans what would be done now. Fetches pictures from other hosts if necessary; apart from that it is a
/// pure function of its arguments.
pub(crate) async fn make_plan(
    planning: &Planning<'_>,
    ledger_state: &LedgerState,
    cx: &Context,
) -> Plan {
    let identities = Identities::of(planning.scanned, ledger_state, planning.stages);
    make_plan_with(planning, ledger_state, &identities, cx).await
}

/// Plans as [`make_plan`] does, with the identities of all items.
pub(super) async fn make_plan_with(
    planning: &Planning<'_>,
    ledger_state: &LedgerState,
    identities: &Identities,
    cx: &Context,
) -> Plan {
    let facts = PlanFacts::gather(planning, ledger_state, cx).await;
    plan_from(planning, ledger_state, (identities, &facts), cx).await
}

/// Facts that a plan depends on and that seldom change.
struct PlanFacts {
    /// The account of each sink.
    senders: Vec<Arc<Sender>>,
    /// The values of each sink's server.
    server_infos: Vec<ServerInfo>,
    /// The sources and sinks that the ledger does not contain.
    unseen: UnrecordedNames,
    /// Notes about the servers.
    notes: Vec<String>,
}

impl PlanFacts {
    async fn gather(planning: &Planning<'_>, ledger_state: &LedgerState, cx: &Context) -> Self {
        let sinks = planning.stages.sinks.iter();
        let mut facts = Self {
            senders: sinks.map(|stage| sender(stage, cx).into()).collect(),
            server_infos: Vec::new(),
            unseen: UnrecordedNames::of(ledger_state, planning.stages),
            notes: Vec::new(),
        };
        for stage in &planning.stages.sinks {
            let info = discover(stage, cx, &mut facts.notes).await;
            facts.server_infos.push(info);
        }
        facts
    }
}

/// Returns the account that the posts of `stage` are sent as. If the sink panics, the plan names none.
fn sender(stage: &SinkStage, cx: &Context) -> Sender {
    contain(|| stage.sink.sender(cx)).unwrap_or_default()
}

async fn plan_from(
    planning: &Planning<'_>,
    ledger_state: &LedgerState,
    (identities, facts): (&Identities, &PlanFacts),
    cx: &Context,
) -> Plan {
    let pictures = pictures(planning).with_cache(&cx.blob_cache);
    loop {
        let planner = planner(planning, ledger_state, (identities, facts, &pictures), cx);
        let mut plan = planner.plan(planning.scanned);
        if !pictures.fetch_missing(cx).await {
            if !planning.selection.is_of_due() {
                add_unlisted(&mut plan, ledger_state, cx.now());
            }
            plan.notes.extend_from_slice(&facts.notes);
            withhold(&mut plan, planning);
            log_plan(&plan);
            return plan;
        }
    }
}

fn pictures(planning: &Planning<'_>) -> Pictures {
    let conversions = Arc::clone(&planning.stages.conversions);
    let pictures = Pictures::new(&planning.stages.base, conversions);
    pictures.with_card(planning.stages.default_card.clone())
}

fn planner<'a>(
    planning: &Planning<'a>,
    ledger_state: &'a LedgerState,
    (identities, facts, pictures): (&'a Identities, &'a PlanFacts, &'a Pictures),
    cx: &Context,
) -> Planner<'a> {
    Planner {
        stages: planning.stages,
        ledger_state,
        selection: planning.selection,
        now: cx.now(),
        purpose: planning.purpose,
        pictures,
        identities,
        unseen: &facts.unseen,
        senders: &facts.senders,
        server_infos: &facts.server_infos,
        transformed_ahead: TransformedAhead::default(),
        unrouted: Unrouted::default(),
        texts: PlannedTexts::default(),
        rate_limits: RateLimit::of_sinks(planning, ledger_state, cx.now()),
        by_day: planning.counts_by_day(),
        held_back: planning
            .held_back
            .iter()
            .map(|(item, sink)| (item.as_str(), sink.as_str()))
            .collect(),
        attempted: planning
            .attempted
            .iter()
            // The first of several entries counts.
            .rev()
            .map(|entry| (entry.delivery(), entry))
            .collect(),
    }
}

/// Adds the entries of an `earlier` plan of the same run that the selection does not find any more, because
/// another run has sent or claimed their payload.
pub(super) fn add_recorded(
    plan: &mut Plan,
    earlier: &Plan,
    ledger_state: &LedgerState,
    now: Timestamp,
) {
    let found: HashSet<(usize, &str)> = plan.entries.iter().map(PlanEntry::delivery).collect();
    let lost = earlier.entries.iter();
    let lost = lost.filter(|entry| !found.contains(&entry.delivery()));
    let recorded = lost.filter_map(|entry| {
        let groups = ledger_state.groups_of(&entry.item.keys);
        let state = ledger_state.state_of(&groups, &entry.sink);
        let reason = guard::recorded(&state, false, ledger_state.live(), now)?;
        Some(entry.clone().with_skip_reason(reason))
    });
    let recorded: Vec<PlanEntry> = recorded.collect();
    plan.entries.extend(recorded);
}

/// Skips what a CI run would send on a branch that does not send. A plan for display keeps its entries
/// and gets a note, so that a pull request shows what would be sent after the merge.
fn withhold(plan: &mut Plan, planning: &Planning<'_>) {
    let Some(reason) = &planning.stages.ci_hold else {
        return;
    };
    let is_sent = |entry: &PlanEntry| matches!(entry.action, Action::Send | Action::Update);
    if !plan.entries.iter().any(is_sent) {
        return;
    }
    if planning.purpose == PlanPurpose::Show {
        let code = Code::CiBranch;
        let note = format!("{reason}, so `build` would send nothing in this run [{code}]");
        plan.notes.push(note);
        return;
    }
    for entry in &mut plan.entries {
        if is_sent(entry) {
            entry.skip(Code::CiBranch, reason.clone());
        }
    }
}

fn log_plan(plan: &Plan) {
    for entry in &plan.entries {
        debug!(
            post = entry.item.id(),
            sink = entry.sink,
            action = ?entry.action,
            code = %entry.code,
            reason = entry.reason,
            "delivery planned"
        );
    }
    let Summary {
        send,
        update,
        wait,
        ask,
        skip,
        ..
    } = Summary::of(plan);
    info!(send, update, wait, ask, skip, "plan made");
}
