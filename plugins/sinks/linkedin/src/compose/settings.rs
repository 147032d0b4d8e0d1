//! The settings and helpers that all dialects share.

use serde::Serialize;
use serde_json::Value;
use syndicate_api::{Code, Diagnostic, Medium, Payload, PicturePolicy, PostKind, slot};

use crate::author::Author;
use crate::dialect::Dialect;
use crate::options::Visibility;
use crate::slots;

/// The options that affect a payload.
pub(crate) struct ComposeSettings<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) author: &'a Author,
    pub(crate) visibility: Visibility,
    pub(crate) thumbnail: PicturePolicy,
    /// Maximum length of the commentary, in the unit of [`Dialect::measure`].
    pub(crate) text_limit: usize,
}

impl ComposeSettings<'_> {
    /// Returns the author's URN or its slot.
    pub(super) fn author(&self) -> Value {
        match self.author {
            Author::Me => slot(slots::AUTHOR),
            Author::Urn(urn) => urn.as_str().into(),
        }
    }

    pub(super) fn payload(&self, body: &impl Serialize, media: Vec<Medium>) -> Payload {
        let body = serde_json::to_value(body).expect("text, flags and lists always make JSON");
        Payload {
            dialect: self.dialect.as_str().into(),
            media,
            ..Payload::post("linkedin", self.dialect.path(), body)
        }
    }

    /// Returns the diagnostic for a kind of post that the dialect does not support.
    pub(super) fn unsupported(&self, kind: PostKind) -> Diagnostic {
        let api = self.dialect.as_str();
        let message = format!("LinkedIn's `{api}` API does not support this kind of post: {kind}");
        Diagnostic::new(Code::KindUnsupported, message)
    }
}
