//! The binary. It only calls the library of the same name.

use std::process::ExitCode;

fn main() -> ExitCode {
    syndicate::run().into()
}
