//! What comes in from outside the program: the clock, variables, connections, what is kept between
//! runs, random bytes and signals. It knows neither pipelines nor the command line.

mod context;
mod file_cache;
mod folders;
mod kv_cache;
mod random;
mod signals;

pub(crate) use self::context::{AppContext, EnvError, clock};
pub(crate) use self::folders::state_folder;
pub(crate) use self::random::random_bytes;
pub(crate) use self::signals::{Interrupted, Signals};
