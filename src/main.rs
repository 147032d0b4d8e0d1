//! The binary. It only calls the library of the same name.

use std::process::ExitCode;

fn main() -> ExitCode {
    syndicate::launch_plugin().unwrap_or_else(|| syndicate::run().into())
}
