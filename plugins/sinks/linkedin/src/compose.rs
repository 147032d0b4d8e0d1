//! A post becomes a payload: one request that creates a post on LinkedIn, with slots for the author
//! and for what is uploaded. Pure, and never shortening anything: what does not fit is an error that
//! names both lengths. Each dialect has its own encoder, with its own rules of escaping and its own
//! idea of what a post can show; they share nothing but the checks in `fitting`.

mod fitting;
mod posts;
mod shares;
mod ugc;

use serde::Serialize;
use serde_json::Value;
use syndicate_api::{Code, Diagnostic, Kind, Medium, Payload, PicturePolicy, Post, Request};

use crate::author::{AUTHOR_SLOT, Author};
use crate::dialect::Dialect;
use crate::options::Visibility;

/// What the payload depends on besides the post.
pub(crate) struct Settings<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) author: &'a Author,
    pub(crate) visibility: Visibility,
    pub(crate) thumbnail: PicturePolicy,
    /// The longest commentary, in the unit of [`Dialect::measure`].
    pub(crate) text_limit: usize,
}

/// Writes `post` down for LinkedIn.
///
/// # Errors
/// When a part is too long, missing, or not what it has to be.
pub(crate) fn compose(settings: &Settings<'_>, post: &Post) -> Result<Payload, Diagnostic> {
    match settings.dialect {
        Dialect::Posts => posts::compose(settings, post),
        Dialect::Ugc => ugc::compose(settings, post),
        Dialect::Shares => shares::compose(settings, post),
    }
}

impl Settings<'_> {
    /// The author's URN, or its slot.
    fn author(&self) -> Value {
        match self.author {
            Author::Me => Request::slot(AUTHOR_SLOT),
            Author::Urn(urn) => urn.as_str().into(),
        }
    }

    fn payload(&self, body: &impl Serialize, media: Vec<Medium>) -> Payload {
        Payload {
            sink: "linkedin",
            dialect: self.dialect.as_str(),
            requests: vec![Request {
                method: "POST",
                path: self.dialect.path().to_owned(),
                body: serde_json::to_value(body).expect("text, flags and lists always make JSON"),
            }],
            media,
        }
    }

    /// The error of a post that shows what the dialect has no way of saying.
    fn unsupported(&self, kind: Kind) -> Diagnostic {
        let api = self.dialect.as_str();
        let message = format!("LinkedIn's `{api}` API cannot make a post with this: {kind}");
        Diagnostic::new(Code::KindUnsupported, message)
    }
}
