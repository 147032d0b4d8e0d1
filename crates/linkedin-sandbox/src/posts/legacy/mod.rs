//! The two older calls that create posts: `/v2/ugcPosts`, which LinkedIn still supports, and
//! `/v2/shares`, which it has switched off. Their bodies are translated into the fields of the current
//! API and then checked and shown like any other post. Their text is plain, without reserved
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
