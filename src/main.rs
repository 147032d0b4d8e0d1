//! The binary. It only calls the library of the same name.

use std::process::ExitCode;

#[cfg(target_env = "musl")]
use musl_compare as _;

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    syndicate::launch_plugin().unwrap_or_else(|| syndicate::run().into())
}
