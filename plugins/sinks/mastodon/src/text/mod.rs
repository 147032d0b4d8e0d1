//! The text of a post: its encoding, and its length as the server counts it. The server finds hashtags, mentions and
//! links in the plain text by itself.

mod encode;
mod length;
mod mention;
mod url;

pub(crate) use self::encode::encode;
pub(crate) use self::length::{code_points, length};
pub(crate) use self::mention::handle;
pub(crate) use self::url::urls;
