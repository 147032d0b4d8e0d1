//! The engine over many runs, against a platform and a ledger that fail in every way at any step.

mod ledger;
mod model;
mod platform;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// What the program dies of in these tests.
struct Death;

/// Ends the program, as far as [`mortal`] is the program.
fn die() -> ! {
    resume_unwind(Box::new(Death))
}

/// Runs `life` until it ends or dies.
fn mortal<T>(life: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(life)) {
        Ok(value) => Some(value),
        Err(cause) if is_death(&*cause) => None,
        Err(cause) => resume_unwind(cause),
    }
}

fn is_death(cause: &(dyn Any + Send)) -> bool {
    cause.is::<Death>()
}
