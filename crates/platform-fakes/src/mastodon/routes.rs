//! Finds the handler of a request.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::mastodon::errors::no_such_page;
use crate::mastodon::server::Mastodon;
use crate::mastodon::{account, apps, instance, limits, media, oauth, statuses, timeline};
use crate::request::Request;

/// Answers a request. Requests to `/api/` count against the limits.
pub(super) fn answer(
    mastodon: &mut Mastodon,
    request: &Request,
    base_url: &str,
    now: Timestamp,
) -> Answer {
    if !request.path.starts_with("/api/") {
        return merge(handle(mastodon, request, base_url, now));
    }
    let quota = mastodon.limits.count(request, now);
    let answer = if quota.exceeded && !mastodon.settings.has_no_limits {
        limits::too_many()
    } else {
        merge(handle(mastodon, request, base_url, now))
    };
    limits::with_headers(answer, quota)
}

fn handle(
    mastodon: &mut Mastodon,
    request: &Request,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let segments = request.segments();
    match (request.method.as_str(), segments.as_slice()) {
        ("GET", [".well-known", "nodeinfo"]) => Ok(instance::well_known(base_url)),
        ("GET", ["nodeinfo", "2.0"]) => Ok(instance::nodeinfo(mastodon)),
        ("GET", ["api", "v2", "instance"]) if mastodon.settings.has_instance_v2 => {
            Ok(instance::v2(mastodon, base_url))
        }
        ("GET", ["api", "v1", "instance"]) => Ok(instance::v1(mastodon, base_url)),
        ("POST", ["api", "v1", "statuses"]) => statuses::create(mastodon, request, base_url, now),
        ("GET", ["api", "v1", "statuses", id]) => statuses::show(mastodon, request, id, base_url),
        ("GET", ["api", "v1", "statuses", id, "source"]) => statuses::source(mastodon, request, id),
        ("PUT", ["api", "v1", "statuses", id]) => {
            statuses::edit(mastodon, request, id, base_url, now)
        }
        ("DELETE", ["api", "v1", "statuses", id]) => {
            statuses::delete(mastodon, request, id, base_url)
        }
        ("GET", ["api", "v1", "accounts", "verify_credentials"]) => {
            account::verify_credentials(mastodon, request, base_url)
        }
        ("GET", ["api", "v1", "accounts", id, "statuses"]) => {
            timeline::statuses(mastodon, request, id, base_url)
        }
        ("POST", ["api", "v2", "media"]) => media::upload(mastodon, request, base_url, now),
        ("GET", ["api", "v1", "media", id]) => media::show(mastodon, request, id, base_url, now),
        ("POST", ["api", "v1", "apps"]) => apps::create(mastodon, request),
        ("GET", ["api", "v1", "apps", "verify_credentials"]) => {
            apps::verify_credentials(mastodon, request)
        }
        ("GET", [".well-known", "oauth-authorization-server"]) => Ok(oauth::metadata(base_url)),
        ("GET", ["oauth", "authorize"]) => oauth::authorize(mastodon, request, now),
        ("POST", ["oauth", "token"]) => oauth::token(mastodon, request, now),
        ("POST", ["oauth", "revoke"]) => oauth::revoke(mastodon, request),
        _ => Err(no_such_page()),
    }
}

fn merge(answer: Result<Answer, Answer>) -> Answer {
    answer.unwrap_or_else(|refusal| refusal)
}
