//! Selects the events to log: by `RUST_LOG`, or by the number of `-v` flags.

use std::ffi::OsStr;

use syndicate_api::{Code, Diagnostic};
use tracing_subscriber::EnvFilter;

/// The environment variable that selects events. It has priority over `-v`.
pub(super) const VARIABLE: &str = "RUST_LOG";

/// Prefixes of the targets that `-v` selects: the program, its plugins and its loopback servers.
/// Other crates log many events that are unrelated to posts.
const OWN_TARGETS: [&str; 3] = ["syndicate", "linkedin_sandbox", "loopback_page"];

/// Returns the filter for `count` flags `-v` and for the value of `RUST_LOG`, or `None` if nothing
/// is to be logged.
///
/// # Errors
/// Fails if the value is not a valid filter.
pub(super) fn event_filter(
    count: u8,
    variable: Option<&OsStr>,
) -> Result<Option<EnvFilter>, Diagnostic> {
    if let Some(value) = variable.filter(|value| !value.is_empty()) {
        return from_variable(value).map(Some);
    }
    let level = match count {
        0 => return Ok(None),
        1 => "info",
        2 => "debug",
        _ => "trace",
    };
    let directives = OWN_TARGETS.map(|target| format!("{target}={level}"));
    Ok(Some(EnvFilter::new(directives.join(","))))
}

fn from_variable(value: &OsStr) -> Result<EnvFilter, Diagnostic> {
    let parsed = match value.to_str() {
        Some(text) => EnvFilter::builder()
            .parse(text)
            .map_err(|error| error.to_string()),
        None => Err("it is not valid UTF-8".to_owned()),
    };
    parsed.map_err(|error| {
        let value = value.to_string_lossy();
        Diagnostic::new(Code::Usage, format!("invalid `{VARIABLE}` value `{value}`: {error}"))
            .with_hint("set it to a level such as `debug`, or to targets with levels such as `syndicate=debug,hyper_util=trace`")
    })
}

/// Returns `true` if `target` belongs to this project.
pub(super) fn is_own_target(target: &str) -> bool {
    OWN_TARGETS.iter().any(|own| target.starts_with(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(count: u8, variable: Option<&str>) -> String {
        let filter = event_filter(count, variable.map(OsStr::new)).unwrap();
        filter.map_or_else(String::new, |filter| filter.to_string())
    }

    #[test]
    fn flag_selects_own_crates() {
        assert_eq!(shown(0, None), "");
        for (count, level) in [(1, "info"), (2, "debug"), (3, "trace"), (9, "trace")] {
            let filter = shown(count, None);
            let targets: Vec<&str> = filter.split(',').collect();
            assert_eq!(targets.len(), OWN_TARGETS.len(), "{filter}");
            for target in OWN_TARGETS {
                assert!(targets.contains(&&*format!("{target}={level}")), "{filter}");
            }
        }
    }

    #[test]
    fn variable_wins_over_flag() {
        assert_eq!(shown(1, Some("hyper_util=trace")), "hyper_util=trace");
        assert_eq!(shown(0, Some("warn")), "warn");
        assert_eq!(shown(0, Some("")), "");
        assert_eq!(shown(1, Some("")), shown(1, None));
    }

    #[test]
    fn faulty_variable_becomes_diagnostic() {
        for value in ["syndicate=loud", "syndicate[", "=debug"] {
            let diagnostic = event_filter(2, Some(OsStr::new(value))).unwrap_err();
            let message = &diagnostic.message;
            assert_eq!(diagnostic.code, Code::Usage);
            assert!(
                message.contains(&format!("invalid `RUST_LOG` value `{value}`")),
                "{message}"
            );
        }
    }
}
