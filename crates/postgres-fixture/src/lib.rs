#![doc = include_str!("../README.md")]

mod certificate;
mod cutting_proxy;
mod database;
mod pooler;
mod programs;
mod route;
mod server;
#[cfg(test)]
mod tests;
mod watchdog;

pub use self::cutting_proxy::CuttingProxy;
pub use self::database::Database;
pub use self::programs::program;
pub use self::route::Route;
pub use self::server::{Durability, Server};

/// The role that owns the databases of tests.
pub const USER: &str = "writer";

/// The password of [`USER`], which must never appear in any output.
pub const PASSWORD: &str = "pg-never-to-be-seen-0123456789";
