//! The two older calls that create posts: `/v2/ugcPosts`, which still answers, and `/v2/shares`,
//! which LinkedIn has switched off. What they take is translated into a post of today, so that it
//! is checked, compared and shown like any other; their text is plain and has no reserved
//! characters.

mod shares;
mod translate;
mod ugc;

use axum::routing::{MethodRouter, post};

use crate::app::AppState;

pub(crate) fn ugc_posts() -> MethodRouter<AppState> {
    post(ugc::create)
}

pub(crate) fn shares() -> MethodRouter<AppState> {
    post(shares::create)
}
