//! Tests the engine over many runs, with a platform and a ledger that may fail at any step.

mod delivery;
mod ledger;
mod model;
mod platform;
mod reconcile;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The cause of a simulated crash of the program.
struct Crash;

/// Simulates a crash, which [`run_until_crash`] catches.
fn crash() -> ! {
    resume_unwind(Box::new(Crash))
}

/// Runs `program` until it ends or crashes.
fn run_until_crash<T>(program: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(program)) {
        Ok(value) => Some(value),
        Err(cause) if is_crash(&*cause) => None,
        Err(cause) => resume_unwind(cause),
    }
}

fn is_crash(cause: &(dyn Any + Send)) -> bool {
    cause.is::<Crash>()
}
