#![doc = include_str!("../README.md")]

mod app;
mod auth;
mod errors;
mod faults;
mod feed;
mod little_text;
mod media;
mod members;
mod middleware;
mod oauth;
mod organizations;
mod page_frame;
mod posts;
mod protocol;
mod sandbox;
mod schema;
mod server;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod userinfo;
mod versions;

pub use self::faults::{FaultRule, UnknownFault};
pub use self::little_text::TextCut;
pub use self::posts::reader_view::{
    SandboxArticle, SandboxMedium, SandboxPoll, SandboxPost, SandboxReshare,
};
pub use self::sandbox::Sandbox;
pub use self::server::{RunningSandbox, ServeError, serve};
pub use self::settings::Consent;
