//! The messages between `syndicate`, the host, and plugins that are other programs.
//!
//! Each message is a JSON object on a line of its own. The host writes [`HostHello`] and then [`Request`]s to the
//! standard input of the plugin, which writes its [`Manifest`] and then [`Answer`]s to standard output. Unknown fields
//! are ignored on both sides, so that fields can be added to a version of the protocol.
//!
//! A line that is not a message of the protocol is output of the plugin for people, such as a forgotten `print`.
//! [`parse_line`] distinguishes the two.

mod answer;
mod hello;
mod item;
mod line;
mod request;
mod schema;
mod sink_login;
mod sink_manifest;
mod sink_post;
mod sink_request;
mod sink_step;
mod sink_task;
#[cfg(test)]
mod tests;

pub use answer::{Answer, ErrorAnswer, OpenOk, Reply, ScanOk, SiteInfo, TransformOk};
pub use hello::{
    HelloError, HostGreeting, HostHello, Manifest, PluginKind, Wants, check_protocol, parse_hello,
};
pub use item::{
    ItemFormat, ItemImage, READ_ONLY_FIELDS, SOURCE_FIELDS, SourceFault, SourceItem,
    WRITABLE_FIELDS,
};
pub use line::{PluginLine, parse_line};
pub use request::{OpenTask, Request, ScanTask, Task, TransformTask};
pub use schema::schema;
pub use sink_login::{OAuth2Rule, SessionRule};
pub use sink_manifest::{
    AuthKind, AuthRule, CardMaker, JwtRule, KeyEncoding, PostShape, SinkCapabilities, SinkManifest,
};
pub use sink_post::{
    ARTICLE_FORMS, SinkArticle, SinkCard, SinkMedium, SinkPicture, SinkPost, SinkSpan,
};
pub use sink_request::{Call, CallAnswers, Cancel, HttpAnswer, HttpSpec, MessageSpec, PartSpec};
pub use sink_step::{
    ComposeOk, Meaning, MediumUse, ReceiptRule, RepeatRule, ResponseRule, RevisionSpec, StatusSpec,
    StepRole, StepSpec, TextPart, TextRule, TimeRule, TimeSpelling,
};
pub use sink_task::{
    AccountOk, ComposeTask, EmptyTask, FindOk, FindTask, FoundPost, LimitsOk, LimitsTask, ListOk,
    ListTask, ListedPost, LocateTask, MatchedBy, PictureLimits, PostReceipt, PrepareOk,
    PrepareTask, PreparedSpec, RetractTask, SealOk, SealSecrets, SealTask, SendOk, SendTask,
    SoughtPost, TextCount, TextLimit, UpdateTask,
};

/// The first and the last version of the protocol that these types support.
pub const PROTOCOLS: [u32; 2] = [1, 1];

/// Maximum length of a line in bytes, without its line feed.
pub const MAX_LINE: usize = 16 << 20;
