//! Formats one event as one line: time, level, spans, target, message and fields.
//!
//! Values are escaped before the line is coloured, so that only this module can style it.

use std::fmt;

use syndicate_api::{Clock, mask_likely_secrets};
use tracing::{Event, Level, Subscriber};
use tracing_log::NormalizeEvent as _;
use tracing_subscriber::field::{MakeExt as _, RecordFields};
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer, debug_fn};
use tracing_subscriber::fmt::{FmtContext, FormattedFields};
use tracing_subscriber::registry::LookupSpan;

use super::filter::is_own_target;
use crate::terminal::{Style, escape_value};

/// Formats events, with timestamps from `clock`.
pub(super) struct LogFormat {
    pub(super) clock: Clock,
}

/// Formats fields as `name=value`, each value on one line.
pub(super) struct LogFields;

impl<S, N> FormatEvent<S, N> for LogFormat
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        // Events of the crate `log` carry their target in a field.
        let normalized = event.normalized_metadata();
        let metadata = normalized.as_ref().unwrap_or_else(|| event.metadata());
        let (level, faint) = (level_style(*metadata.level()), Style::Faint);
        let time = self.clock.now();
        write!(writer, "{faint}{time:.3}{faint:#} ")?;
        write!(writer, "{level}{:>5}{level:#} ", metadata.level().as_str())?;
        for span in context
            .event_scope()
            .into_iter()
            .flat_map(|scope| scope.from_root())
        {
            write!(writer, "{}", span.name())?;
            if let Some(fields) = span.extensions().get::<FormattedFields<N>>()
                && !fields.is_empty()
            {
                write!(writer, "{{{fields}}}")?;
            }
            writer.write_char(':')?;
        }
        if context.lookup_current().is_some() {
            writer.write_char(' ')?;
        }
        let target = metadata.target();
        write!(writer, "{faint}{}:{faint:#} ", escape_value(target))?;
        let mut fields = String::new();
        context.format_fields(Writer::new(&mut fields), event)?;
        let fields = fields.trim_end();
        match is_own_target(target) {
            true => writeln!(writer, "{fields}"),
            // Values that other crates log may be secrets that are not registered for masking.
            false => writeln!(writer, "{}", mask_likely_secrets(fields)),
        }
    }
}

impl<'writer> FormatFields<'writer> for LogFields {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'writer>, fields: R) -> fmt::Result {
        let format = debug_fn(|writer: &mut Writer<'_>, field, value| {
            let value = format!("{value:?}");
            let value = escape_value(&value);
            match field.name() {
                "message" => write!(writer, "{value}"),
                // Source location and target of an event of the crate `log`.
                name if name.starts_with("log.") => Ok(()),
                name => write!(writer, "{name}={value}"),
            }
        });
        format.delimited(" ").format_fields(writer, fields)
    }
}

fn level_style(level: Level) -> Style {
    match level {
        Level::ERROR => Style::Bad,
        Level::WARN => Style::Warn,
        Level::INFO => Style::Good,
        _ => Style::Faint,
    }
}
