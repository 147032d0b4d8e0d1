#![doc = include_str!("../README.md")]

mod check_request;
mod escaped;
mod headers;
mod icon;
mod idle_body;
mod log_request;
mod serve;

pub use self::check_request::{HostRejection, check_request, is_unsafe_method};
pub use self::escaped::Escaped;
pub use self::headers::set_headers;
pub use self::icon::{ICON_PATH, icon};
pub use self::idle_body::BODY_TIMEOUT;
pub use self::serve::{HEADER_TIMEOUT, serve};
