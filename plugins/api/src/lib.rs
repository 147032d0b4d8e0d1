//! The contract between `syndicate` and its plugins: the data of the pipeline (item, post, payload, receipt), the
//! traits [`Source`], [`Transform`] and [`Sink`], and the [`Context`] with HTTP, clock, environment and caches.
//!
//! It contains no behaviour of a platform or a generator and does not depend on the engine or the ledger. A plugin
//! is a serde struct of options that is declared as a [`SourcePlugin`], [`TransformPlugin`] or [`SinkPlugin`].

mod account;
mod appearance;
mod article;
mod attachment;
mod blob_cache;
mod blocking;
mod canonical;
mod clock;
mod code;
mod contain;
mod context;
mod credential;
pub mod dates;
mod diagnostic;
mod drawing;
mod endpoint;
mod env;
mod error;
mod error_table;
mod evidence;
mod explanation;
mod file_span;
mod find;
pub mod http;
mod identity;
mod interpolate;
mod item;
mod item_field;
mod item_front;
mod item_json;
mod item_text;
mod item_value;
mod kv_cache;
mod lazy_diagnostic;
mod mask;
mod name;
mod options;
mod overrides;
mod page_links;
mod page_rules;
mod payload;
mod picture;
mod plugin;
mod post;
mod provider;
mod receipt;
mod secret;
mod sender;
mod server_info;
mod shared_keys;
mod sign_in;
mod sink;
mod source;
mod suggest;
#[cfg(any(test, feature = "testkit"))]
pub mod testkit;
pub mod text;
mod transform;
mod yaml_hint;

pub use crate::account::Account;
pub use crate::appearance::{
    AccentColour, Appearance, AvatarShape, CardAppearance, CardFrame, CardPicturePosition,
    CardPictureSize, CardSitePosition, PostLayout, ShownValue, TextFold,
};
pub use crate::article::Article;
pub use crate::attachment::{
    Attachment, AttachmentSpec, FileRef, FileRules, Poll, PostFormat, PostKind,
};
pub use crate::blob_cache::{BlobCache, InMemoryBlobCache};
pub use crate::blocking::run_blocking;
pub use crate::canonical::canonical_json;
pub use crate::clock::Clock;
pub use crate::code::{Code, CodeKind};
pub use crate::contain::{Panic, contain};
pub use crate::context::{Context, CredentialIssuer, CredentialStore, InMemoryCredentialStore};
pub use crate::credential::Credential;
pub use crate::dates::PostDate;
pub use crate::diagnostic::{CodedError, Diagnostic, Diagnostics};
pub use crate::drawing::{DrawPicture, Drawing, DrawnPicture};
pub use crate::endpoint::{Endpoint, PlainHttp};
pub use crate::env::Env;
pub use crate::error::{PublishError, PublishErrorKind};
pub use crate::error_table::{ErrorForm, ErrorRow, ErrorTable, RetryTime};
pub use crate::evidence::{ItemEvidence, LazyEvidence, TextDigest, TextKind};
pub use crate::explanation::{FieldCandidate, FileExplanation};
pub use crate::file_span::FileSpan;
pub use crate::find::{CLOCK_TOLERANCE, Found, FoundBy, ListPage, Listed, Sought};
pub use crate::identity::{
    is_normal_key, nfc, normalise_key, normalise_url, normalise_url_with_fragment, unicode_forms,
    url_host, url_is_loopback, url_is_public,
};
pub use crate::interpolate::{UnsetVariable, interpolate};
pub use crate::item::{BodyFormat, Image, Item, ItemAuthor, Site, TextGap};
pub use crate::item_field::{FieldOrigin, FieldOrigins, ItemField, record_origin};
pub use crate::item_front::ItemFront;
pub use crate::item_json::{ItemJson, ItemLines};
pub use crate::item_text::{ItemText, TextFile};
pub use crate::kv_cache::{InMemoryKvCache, KvCache};
pub use crate::lazy_diagnostic::LazyDiagnostic;
pub use crate::mask::{
    MASK, is_likely_secret, is_secret_name, mask, mask_likely_secrets, masked_secret,
    register_secret,
};
pub use crate::name::Name;
pub use crate::options::load_options;
pub use crate::overrides::{ItemOverrides, Overrides, SinkRef, SkippedSinks};
pub use crate::page_links::{PageLink, SiteFile};
pub use crate::page_rules::{
    PageElement, PageOccasion, PagePart, PagePictureRule, PageRules, PartNeed, PartRule, RuleBasis,
    ValueRule, page_elements,
};
pub use crate::payload::{
    Body, Medium, MediumBytes, Part, PartContent, Payload, Prepared, ReadMedium, Readiness, Ready,
    Repeat, Request, Role, SLOT_KEY, Slots, Stamp, Step, sha256_hex, slot,
};
pub use crate::picture::Picture;
pub use crate::plugin::{
    BuildSink, BuildSource, BuildTransform, ComponentContext, DetectedGenerator, DetectedSource,
    Exclusion, SinkOptions, SinkPlugin, SourceOptions, SourcePlugin, TransformOptions,
    TransformPlugin, options_schema,
};
pub use crate::post::{Card, Post, RichText, TextSpan};
pub use crate::provider::Provider;
pub use crate::receipt::Receipt;
pub use crate::secret::{ExposeSecret, Secret, SecretString};
pub use crate::sender::Sender;
pub use crate::server_info::ServerInfo;
pub use crate::shared_keys::{item_url_key, remove_shared_aliases};
pub use crate::sign_in::{
    CredentialSource, Flow, OAuth, OAuthApp, OAuthClient, OAuthError, OAuthRequest, Password,
    SignIn, before_delivery, renewal_error, send_renewing,
};
pub use crate::sink::{
    Capabilities, CardBy, DEFAULT_TEMPLATE, Finding, Limits, Measure, MediaRules, PicturePolicy,
    Revision, Shape, Sink,
};
pub use crate::source::{IncrementalScan, ItemChange, Source, SourceScan};
pub use crate::suggest::{did_you_mean, nearest, suggest};
pub use crate::transform::{Transform, TransformOutcome};
pub use crate::yaml_hint::yaml_hint;

/// The error and result types of plugins.
pub use anyhow::{Error, Result};
/// The attribute for `impl` blocks of [`Source`], [`Sink`] and [`SignIn`].
pub use async_trait::async_trait;
