//! Provides the process environment: clock, variables, HTTP client, caches, random bytes and
//! signals. It depends on neither the pipeline nor the command line.

mod context;
mod file_cache;
mod folders;
mod kv_cache;
mod random;
mod signals;
mod zone;

pub(crate) use self::context::{AppContext, EnvError, clock};
pub(crate) use self::folders::state_folder;
pub(crate) use self::random::random_bytes;
pub(crate) use self::signals::{Interrupted, Signals};
