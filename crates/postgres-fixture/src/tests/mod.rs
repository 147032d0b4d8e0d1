//! The fixtures in use.

mod cutting_proxy;
mod postgres;
