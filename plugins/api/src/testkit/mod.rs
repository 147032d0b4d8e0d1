//! The contract tests for plugins, behind the feature `testkit`. Each check panics with the rule that is
//! broken, as test code does.
//!
//! [`check_delivery`] answers the creating request in every way and expects these errors
//! ([`ErrorTable`](crate::ErrorTable) produces them):
//!
//! | response | error kind |
//! |---|---|
//! | 400 or 422 in the platform's own form | `Rejected` |
//! | 401 in the platform's own form | `Unauthorized` |
//! | 429 in the platform's own form | `Throttled` |
//! | 4xx in any other form (empty, HTML, other JSON) | `Unknown` |
//! | 500, 503, 504 | `Unknown` |
//! | connection refused | `Unavailable` |
//! | connection closed without a response | `Unknown` |
//!
//! It also checks that a repeat after success or after a lost answer is the same request, that a key expires at a time
//! that counts from the intent, that steps beside the creating one are keyed and never end as `Unknown`, also if their
//! answer is lost, and that `find` proves nothing by the answer of a gateway.
//! [`check_search`] checks that `find` finds a post, and misses one that is not there. [`check_listing`] plays listings
//! that are cut, in another form, of another account, or show posts that only look like the one that is looked for.
//!
//! A sink whose [`Repeat`](crate::Repeat) is `Keyed` may return `Unavailable` instead of `Unknown`. While
//! `prepare` runs, no error may be `Unknown`. No error may contain the secret.

mod compose;
mod context;
mod declaration;
mod delivery;
mod trials;

pub use compose::check_compose;
pub use context::{build_sink, context};
pub use declaration::{check_sink, check_source, check_transform};
pub use delivery::{
    TestListing, TestPlatform, TestPost, TestSearch, check_delivery, check_listing, check_search,
};
pub use trials::trials;

/// The mock server for a plugin's own tests.
pub use wiremock;
