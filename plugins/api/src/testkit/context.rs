//! The context and the sinks for a plugin's own tests.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::declaration::describe;
use crate::http::Http;
use crate::{Clock, ComponentContext, Context, Env, InMemoryKvCache, Sink, SinkPlugin};

/// Returns a context without any connection to the machine: the clock stands still at 1970-01-01T00:00:00Z, no
/// environment variable is set, and caches and credentials are empty and in memory. HTTP is real; serve it
/// from a [`wiremock::MockServer`], which listens on loopback.
///
/// Set single fields for a case:
///
/// ```
/// use syndicate_api::{Clock, Env, testkit};
///
/// let mut cx = testkit::context();
/// cx.env = Env::from_pairs([("WEBHOOK_TOKEN", "example-token-1")]);
/// cx.clock = Clock::fixed("2026-11-22T12:00:00Z".parse().unwrap());
/// cx.offline = true;
/// ```
#[must_use]
pub fn context() -> Context {
    Context::new(
        Http::new(),
        Clock::fixed(Timestamp::UNIX_EPOCH),
        Env::empty(),
        Arc::new(InMemoryKvCache::default()),
    )
}

/// Returns the sink that `plugin` builds from `options`, as a component with the name of its type. Relative
/// paths start in the current folder.
///
/// # Panics
/// Panics if the options are not valid or the sink cannot be built.
#[must_use]
pub fn build_sink(plugin: &SinkPlugin, options: &Value) -> Box<dyn Sink> {
    let options = (plugin.load)(options).unwrap_or_else(|faults| {
        panic!(
            "invalid options of `{}`: {}",
            plugin.name,
            describe(&faults)
        )
    });
    let context = ComponentContext {
        name: plugin.name.to_owned(),
        base: ".".into(),
    };
    let sink = options.build(&context);
    sink.unwrap_or_else(|error| panic!("cannot build `{}`: {error:#}", plugin.name))
}
