//! Logs events to standard error, one per line, if `-v` or `RUST_LOG` is set. The log does not
//! change the rest of the output.

mod filter;
mod format;

use std::io;

use anyhow::Context as _;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_log::{AsLog as _, LogTracer};
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, registry};

use self::filter::{VARIABLE, event_filter};
use self::format::{LogFields, LogFormat};
use super::failure::CliError;
use super::output::eprint_log;
use crate::env::clock;
use syndicate_api::{Clock, Env};

/// Starts the log for `verbosity` flags `-v`, or for `RUST_LOG`.
///
/// # Errors
/// Fails if `RUST_LOG` is not a valid filter.
pub(super) fn start_log(verbosity: u8) -> Result<(), CliError> {
    let variable = std::env::var_os(VARIABLE);
    let filter = event_filter(verbosity, variable.as_deref()).map_err(CliError::Usage)?;
    let Some(filter) = filter else {
        return Ok(());
    };
    // A command that needs the time reports an invalid `SYNDICATE_NOW`.
    let clock = clock(&Env::process()).unwrap_or_default();
    let subscriber = subscriber(filter, clock, || LogWriter);
    tracing::subscriber::set_global_default(subscriber).context("cannot start the log")?;
    let level = LevelFilter::current().as_log();
    let bridge = LogTracer::builder().with_max_level(level).init();
    Ok(bridge.context("cannot start the log")?)
}

fn subscriber<W: io::Write + 'static>(
    filter: EnvFilter,
    clock: Clock,
    writer: impl Fn() -> W + Send + Sync + 'static,
) -> impl Subscriber + Send + Sync {
    let lines = layer()
        .fmt_fields(LogFields)
        .event_format(LogFormat { clock })
        .with_ansi(false)
        .with_writer(writer);
    registry().with(filter).with(lines)
}

/// Writes each event above the status line, with secrets masked.
struct LogWriter;

impl io::Write for LogWriter {
    /// Writes one event. The subscriber calls it once per event, with the whole line.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        eprint_log(&String::from_utf8_lossy(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
