#![doc = include_str!("../README.md")]

mod check_request;
mod escaped;
mod headers;

pub use self::check_request::{HostRejection, check_request, is_unsafe_method};
pub use self::escaped::Escaped;
pub use self::headers::set_headers;
