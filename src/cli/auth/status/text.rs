//! Formats a profile as text.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use syndicate_api::{Context, Credential, Diagnostic};

use super::profile::{ProfileStatus, renewed_until};
use crate::auth::TokenLocation;
use crate::terminal::escape_value;

/// Formats the status of a profile on several lines.
pub(super) fn format_profile(cx: &Context, status: &ProfileStatus) -> String {
    let ProfileStatus {
        stored,
        version,
        pages,
    } = status;
    let head = format!("{}, profile `{}`", stored.platform, stored.profile);
    let credential = match &stored.credential {
        Ok(credential) => credential,
        Err(error) => {
            let mut text = escape_value(&format!("{head}: {error:#}")).into_owned();
            if let Some(hint) = hint(error) {
                text.push_str(&format!("\n  hint: {}", escape_value(hint)));
            }
            return text;
        }
    };
    let mut lines = vec![format!(
        "{head}: {}, `{}`",
        credential.account_name, credential.account
    )];
    if !credential.scopes.is_empty() {
        let scopes = credential.scopes.join("`, `");
        lines.push(format!("  scopes       `{scopes}`"));
    }
    lines.push(format!("  token        {}", lifetime(cx, credential)));
    if let Some(time) = stored.renewal_started {
        lines.push(format!(
            "  renewal      no answer on {time}; the next use repeats it"
        ));
    }
    if let Some((version, last)) = version {
        let until = last.map_or_else(String::new, |last| format!(", supported until {last}"));
        lines.push(format!("  API version  `{version}`{until}"));
    }
    match pages {
        Ok(Some(pages)) if pages.is_empty() => lines.push("  pages        none".to_owned()),
        Ok(Some(pages)) => lines.push(format!("  pages        `{}`", pages.join("`, `"))),
        Ok(None) => {}
        Err(why) => lines.push(format!("  pages        unknown: {why}")),
    }
    let apart = match stored.location {
        TokenLocation::File => "",
        TokenLocation::Keychain => ", the token in the system's keychain",
    };
    lines.push(format!("  file         {}{apart}", stored.file.display()));
    let lines: Vec<_> = lines.iter().map(|line| escape_value(line)).collect();
    lines.join("\n")
}

/// Returns the hint of an error that has one.
pub(super) fn hint(error: &anyhow::Error) -> Option<&str> {
    error.downcast_ref::<Diagnostic>()?.hint.as_deref()
}

/// Returns `true` for an access token of less than a day or of an unknown lifetime that a refresh token replaces.
fn is_renewed_when_expired(cx: &Context, credential: &Credential) -> bool {
    let days = credential.days_left(credential.issued);
    credential.is_refreshable(cx.now()) && days.unwrap_or(0) == 0
}

fn lifetime(cx: &Context, credential: &Credential) -> String {
    let utc = |instant: Timestamp| instant.to_zoned(TimeZone::UTC).date();
    let left = match (credential.expires, credential.days_left(cx.now())) {
        _ if is_renewed_when_expired(cx, credential) => "renewed when it expires".to_owned(),
        (Some(end), Some(1)) => format!("1 day left, until {}", utc(end)),
        (Some(end), Some(days)) => format!("{days} days left, until {}", utc(end)),
        (Some(end), None) => format!("expired on {}", utc(end)),
        (None, _) => "its expiry is unknown".to_owned(),
    };
    match renewed_until(cx, credential) {
        Some(end) if is_renewed_when_expired(cx, credential) => {
            format!("{left}, until {}", utc(end))
        }
        Some(end) => format!("{left}; refreshed automatically until {}", utc(end)),
        None => left,
    }
}
