//! Finds the handler of a request, after the checks that all requests pass.

use axum::http::Method;
use jiff::Timestamp;

use crate::answer::Answer;
use crate::devto::errors::{error, forbidden_bots, unauthorized};
use crate::devto::server::{API_KEY, Devto, MODERATOR_KEY};
use crate::devto::{entities, listing, write};
use crate::request::Request;

/// The media type of version 1 of the API. Without it the server answers by version 0.
const ACCEPT: &str = "application/vnd.forem.api-v1+json";

/// Answers a request.
pub(super) fn answer(
    devto: &mut Devto,
    request: &Request,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    if request
        .header("user-agent")
        .unwrap_or_default()
        .trim()
        .is_empty()
    {
        return Err(forbidden_bots());
    }
    throttle(devto, request, now)?;
    let accepted = request.header("accept").unwrap_or_default();
    if !accepted.contains(ACCEPT) && !devto.settings.is_lenient {
        return Err(Answer::strict(&format!(
            "without `Accept: {ACCEPT}` Forem answers by the outdated version 0"
        )));
    }
    let segments = request.segments();
    match (request.method.as_str(), segments.as_slice()) {
        ("POST", ["api", "articles"]) => {
            write::create(devto, request, author(request)?, base_url, now)
        }
        ("GET", ["api", "articles", "me"]) => {
            let author = author(request)?;
            Ok(listing::mine(devto, request, "published", author, base_url))
        }
        (
            "GET",
            [
                "api",
                "articles",
                "me",
                status @ ("all" | "published" | "unpublished"),
            ],
        ) => {
            let author = author(request)?;
            Ok(listing::mine(devto, request, status, author, base_url))
        }
        ("PUT", ["api", "articles", id, "unpublish"]) => {
            author(request)?;
            write::unpublish(devto, request, id)
        }
        ("PUT", ["api", "articles", id]) => {
            write::update(devto, request, id, author(request)?, base_url, now)
        }
        ("GET", ["api", "users", "me"]) => {
            Ok(Answer::json(200, &entities::account(author(request)?)))
        }
        ("GET", ["api", "articles", id]) => listing::show(devto, id, base_url),
        _ => Err(error(404, "not found")),
    }
}

/// Returns the user of the key.
fn author(request: &Request) -> Result<&'static str, Answer> {
    match request.header("api-key") {
        Some(API_KEY) => Ok("alice"),
        Some(MODERATOR_KEY) => Ok("moderator"),
        _ => Err(unauthorized()),
    }
}

/// Refuses more than three reads or one write in a second.
fn throttle(devto: &mut Devto, request: &Request, now: Timestamp) -> Result<(), Answer> {
    if devto.settings.has_no_limits {
        return Ok(());
    }
    let quota = if request.method == Method::GET {
        devto.reads.count("", now)
    } else {
        let key = request.header("api-key").unwrap_or_default();
        devto.writes.count(key, now)
    };
    if quota.exceeded {
        return Err(Answer::text(429, "Retry later\n").with("retry-after", "1"));
    }
    Ok(())
}
