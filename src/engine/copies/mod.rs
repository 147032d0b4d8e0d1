//! The addresses of the sent posts, for the site itself: links such as "discuss on …", and `u-syndication`.

mod format;
mod link_file;
mod published;

pub(crate) use self::format::format_copies;
pub(crate) use self::link_file::write_changed;
pub(super) use self::link_file::{check_link_file, write_links};
pub(crate) use self::published::published_copies;
