//! From scan to receipt. There is one path: `scan` reads items, `plan` says what would be done with
//! each and why, `deliver` does it. A preview is a plan that is printed, a build is a plan that is
//! delivered; nothing else makes a payload. The engine knows the contract and the ledger, and no
//! platform or generator by name.

mod account;
mod attempt;
mod below;
mod build;
mod check;
mod clock;
mod compose;
mod deadline;
mod debouncer;
mod decide;
mod deliver;
mod digest;
pub mod gather;
pub(crate) mod head;
mod identity;
mod init;
mod keepsake;
mod keys;
mod live;
mod named;
mod outcome;
mod own_text;
mod plan;
mod probe;
pub mod render;
mod resolve;
mod retract;
mod retry;
mod same;
mod scan;
mod select;
mod stage_chain;
#[cfg(test)]
mod tests;
pub mod watch;

pub use build::{Build, build, is_up_to_date};
pub(crate) use check::{AboutFinding, UpcomingWarning, check, check_online, upcoming_warnings};
pub use compose::Composed;
pub use debouncer::Debouncer;
pub use decide::{OpenAttempt, approve, open_attempts, settle};
pub use gather::Conversions;
pub use init::{InitMode, UnknownComponent, begin, join};
pub use keepsake::{recall_wording, wording};
pub use live::hindrance;
pub use named::groups_named;
pub use outcome::Outcome;
pub use plan::{Action, Entry, Plan, Planning, Purpose, Share, Summary, make_plan};
pub use probe::{Probe, ProbeError};
pub use retract::{Retraction, RetractionError, retract, retractable};
pub use same::{Same, SameError, adopt, live_posts, renamed, same_as};
pub use scan::{Scanned, scan};
pub use select::{Due, Selection};
pub use stage_chain::{SinkStage, SourceStage, StageChain};
