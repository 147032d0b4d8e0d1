//! Runs work that blocks its thread, such as reading files.

use std::panic::resume_unwind;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::spawn_blocking;

/// Runs `work`, which blocks its thread, and returns its result. If the runtime has only one thread, `work` runs on it:
/// the runtime of a command that serves no pages has nothing else to do, and starting another thread takes longer than
/// reading a small site. A panic of `work` is resumed.
pub async fn run_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    if Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
        return work();
    }
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => resume_unwind(error.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;
    use std::thread::{self, ThreadId};

    use super::*;
    use crate::contain;

    #[test]
    fn only_runtimes_with_several_threads_use_another_one() {
        let here = thread::current().id();
        assert_eq!(
            worked_on(tokio::runtime::Builder::new_current_thread()),
            here
        );
        assert_ne!(worked_on(tokio::runtime::Builder::new_multi_thread()), here);
    }

    #[test]
    fn panics_are_resumed() {
        for mut builder in [
            tokio::runtime::Builder::new_current_thread(),
            tokio::runtime::Builder::new_multi_thread(),
        ] {
            let runtime = builder.build().unwrap();
            let run = AssertUnwindSafe(|| runtime.block_on(run_blocking(|| panic!("gone"))));
            assert_eq!(contain(run.0).unwrap_err().message(), "gone");
        }
    }

    fn worked_on(mut builder: tokio::runtime::Builder) -> ThreadId {
        let runtime = builder.build().unwrap();
        runtime.block_on(run_blocking(|| thread::current().id()))
    }
}
