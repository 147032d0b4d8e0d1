//! Plans and delivers posts. There is one path: `scan` reads items, `plan` decides about each delivery,
//! and `deliver` sends. A preview prints the plan, a build delivers it, and no other code makes a
//! payload. The engine depends on the plugin API and the ledger, and on no platform or generator by name.

mod account;
mod all_errors;
mod approve;
mod article;
mod attachment;
mod attempt;
mod attempt_outcome;
mod build;
mod check;
mod clean_post;
mod clock;
mod compose;
mod contained;
mod copies;
mod deadline;
mod debouncer;
mod deliver;
mod digest;
mod find;
mod find_groups;
mod first_link;
pub(crate) mod gather;
mod hash_prefix;
mod identity;
mod init;
mod keys;
mod live;
mod live_scan;
mod loading_media;
mod matched_items;
mod open_follow_ups;
mod outcome;
mod own_commentary;
mod page_cards;
mod page_check;
mod page_file;
mod page_reading;
pub(crate) mod pipeline_names;
mod plan;
mod post_card;
mod probe;
mod proof_window;
pub(crate) mod reconcile;
pub(crate) mod render;
mod resolve;
mod resolve_unknown;
mod retract;
mod retry;
mod same_post;
mod scan;
mod select;
mod sent_text_cache;
mod served_sink;
mod shared_plan;
mod sink_names;
mod site_links;
mod stage_chain;
#[cfg(test)]
mod tests;
mod text_gap;
mod unknown_name;
pub(crate) mod watch;
mod work_queue;

pub(crate) use all_errors::diagnostics_of;
pub(crate) use approve::approve;
pub(crate) use build::{Build, build};
pub(crate) use check::{CheckFinding, UpcomingWarning, check, check_online, upcoming_warnings};
pub(crate) use compose::Composed;
pub(crate) use copies::{format_copies, published_copies, write_changed};
pub(crate) use debouncer::Debouncer;
pub(crate) use find_groups::{find_groups, find_groups_ever};
pub(crate) use gather::Conversions;
pub(crate) use init::{InitMode, init, join};
pub(crate) use live::check_live;
pub(crate) use live_scan::{LiveScan, ScanChange};
pub(crate) use open_follow_ups::{OpenFollowUps, open_follow_ups, skip_follow_ups};
pub(crate) use outcome::Outcome;
pub(crate) use page_cards::{PageCard, add_page_cards};
pub(crate) use page_check::{
    CheckedPage, GapSummary, PageReport, SinkSummary, check_pages, summarise,
};
pub(crate) use page_file::find_page;
pub(crate) use page_reading::{PageGap, PagePicture, PageReading, ReadPart};
pub(crate) use plan::{
    Action, LivePlan, Plan, PlanEntry, PlanPurpose, PlanUpdate, Planning, QuotaScope, Summary,
    make_plan,
};
pub(crate) use post_card::draw_post_card;
pub(crate) use probe::{ProbeContext, ProbeError};
pub(crate) use resolve_unknown::{OpenAttempt, SettleError, open_attempts, sent_option, settle};
pub(crate) use retract::{Retraction, RetractionError, published, retract, retractable};
pub(crate) use same_post::{
    HINT_OF_OTHER, SameError, SamePost, adopt, live_posts, renamed, same_as,
};
pub(crate) use scan::{PipelineScan, count_files, scan};
pub(crate) use select::{Due, Selection};
pub(crate) use sent_text_cache::{format_text, load_sent_text};
pub(crate) use served_sink::ServedSink;
pub(crate) use site_links::{SiteLinks, site_links};
pub(crate) use stage_chain::{SinkStage, SourceStage, StageChain};
pub(crate) use unknown_name::{did_you_mean_post, unknown_payload, unknown_record};
