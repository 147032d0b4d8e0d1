//! The contract between `syndicate` and its plugins: the nouns that travel through the pipeline
//! (item, post, payload, receipt), the three stages (source, transform, sink) and the doors to
//! the world outside (HTTP, clock, environment, memory).
//!
//! It is all that a plugin may know. It holds no behaviour of any platform or generator, and it
//! knows neither the engine nor the ledger. A plugin is a serde struct of options that declares
//! itself as a [`SourcePlugin`], [`TransformPlugin`] or [`SinkPlugin`]; loading the options is
//! pure, building them yields the running stage.

mod appearance;
mod attachment;
mod cache;
mod canonical;
mod clock;
mod code;
mod context;
pub mod dates;
mod diagnostic;
mod env;
mod error;
mod evidence;
mod explain;
mod field;
mod file_span;
mod grant;
pub mod http;
mod identity;
mod interpolate;
mod item;
mod memory;
mod options;
mod payload;
mod picture;
mod plugin;
mod post;
mod provider;
mod receipt;
mod secret;
mod shared_keys;
mod sign_in;
mod sink;
mod source;
mod suggest;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod text;
mod transform;

pub use crate::appearance::{Appearance, Fold, PictureLook};
pub use crate::attachment::{Attachment, AttachmentSpec, FileRef, FileRules, Form, Kind, Poll};
pub use crate::cache::{Cache, VolatileCache};
pub use crate::canonical::canonical_json;
pub use crate::clock::Clock;
pub use crate::code::{Code, CodeKind};
pub use crate::context::{Context, Grants, VolatileGrants};
pub use crate::dates::PostDate;
pub use crate::diagnostic::{Diagnostic, Diagnostics, Hint};
pub use crate::env::Env;
pub use crate::error::{PublishError, PublishErrorKind};
pub use crate::evidence::{ArticleText, Evidence, TextKind};
pub use crate::explain::{Candidate, Explanation};
pub use crate::field::{Field, Origin, Origins, record_origin};
pub use crate::file_span::FileSpan;
pub use crate::grant::Grant;
pub use crate::identity::{
    nfc, normalise_key, normalise_url, normalise_url_with_fragment, unicode_forms, url_host,
    url_is_loopback, url_is_public,
};
pub use crate::interpolate::{Unset, interpolate};
pub use crate::item::{Image, Item, NamedSink, Overrides, Site, Skip};
pub use crate::memory::{Memory, VolatileMemory};
pub use crate::options::load_options;
pub use crate::payload::{Medium, Payload, Prepared, Request, SLOT, sha256_hex};
pub use crate::picture::Picture;
pub use crate::plugin::{
    BuildSink, BuildSource, BuildTransform, Detection, Exclusion, Place, SinkOptions, SinkPlugin,
    SourceOptions, SourcePlugin, TransformOptions, TransformPlugin, options_schema,
};
pub use crate::post::{Card, Post, RichText, Span};
pub use crate::provider::Provider;
pub use crate::receipt::Receipt;
pub use crate::secret::{ExposeSecret, Secret, SecretString};
pub use crate::shared_keys::{drop_shared_aliases, own_address};
pub use crate::sign_in::{Account, Asked, Refused, SignIn};
pub use crate::sink::{Finding, Limits, MediaRules, PicturePolicy, Repeat, Revision, Sink};
pub use crate::source::{Scan, Source};
pub use crate::suggest::{did_you_mean, nearest, suggest};
pub use crate::transform::{Transform, Verdict};

/// What every fallible function of a plugin returns, so that plugins need no choice of their own.
pub use anyhow::{Error, Result};
/// For the `impl` blocks of [`Source`] and [`Sink`].
pub use async_trait::async_trait;
