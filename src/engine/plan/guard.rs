//! The rules that can hold a delivery back. They are checked in order of finality: first the ledger, then
//! the post's own settings, then the policy.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use syndicate_api::{Code, Item, url_is_public};

use crate::config::Policy;
use crate::engine::clock::format_difference;
use crate::ledger::{DeliveryState, LiveRuns};

/// Maximum credible duration of a rate limit. Platforms count by the hour or the day.
const LONGEST_THROTTLE: SignedDuration = SignedDuration::from_hours(48);

/// Time after which `watch` retries a picture whose host was unreachable.
const PICTURE_PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// The reason why a delivery is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct SkipReason {
    /// The stable code of the rule.
    pub(in super::super) code: Code,
    /// The reason, for display.
    pub(in super::super) reason: String,
    /// The time at which the reason ends, if known.
    pub(in super::super) until: Option<Timestamp>,
    /// The recorded post that the item may be.
    pub(super) same_as: Option<String>,
}

impl SkipReason {
    /// Creates a reason with this code.
    pub(super) fn new(code: Code, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
            until: None,
            same_as: None,
        }
    }

    fn until(self, end: Timestamp) -> Self {
        Self {
            until: Some(end),
            ..self
        }
    }
}

/// Checks the ledger. A post selected by name (`named`) may be sent although it was adopted or
/// retracted.
pub(super) fn recorded(
    state: &DeliveryState,
    named: bool,
    live: &LiveRuns,
    now: Timestamp,
) -> Option<SkipReason> {
    match state {
        DeliveryState::Sent { at, receipt, .. } => {
            let id = receipt
                .as_ref()
                .map(|receipt| format!(" as `{}`", receipt.label()));
            Some(SkipReason::new(
                Code::AlreadySent,
                format!("sent on {}{}", day(*at), id.unwrap_or_default()),
            ))
        }
        DeliveryState::Retracted { at, .. } if !named => Some(SkipReason::new(
            Code::AlreadySent,
            format!("sent, and taken back on {}", day(*at)),
        )),
        DeliveryState::Unknown {
            at, message, claim, ..
        } => {
            let until = claim
                .as_ref()
                .and_then(|claim| live.claimed_until(claim, now));
            Some(match until {
                Some(until) => {
                    let reason = format!(
                        "another run is sending it since {}, until {} at the latest",
                        minute(*at),
                        minute(until)
                    );
                    SkipReason::new(Code::Claimed, reason).until(until)
                }
                None => {
                    let reason = format!("tried on {}: {message}", day(*at));
                    SkipReason::new(Code::OutcomeUnknown, reason)
                }
            })
        }
        DeliveryState::Duplicate {
            at,
            existing,
            message,
            ..
        } => Some(SkipReason {
            same_as: existing.as_ref().and_then(|existing| existing.id.clone()),
            ..SkipReason::new(
                Code::Duplicate,
                match existing {
                    Some(existing) => format!(
                        "tried on {}, and the platform has an equal post: `{}`",
                        day(*at),
                        existing.label()
                    ),
                    None => format!("tried on {}: {message}", day(*at)),
                },
            )
        }),
        DeliveryState::Adopted { at } if !named => Some(SkipReason::new(
            Code::Adopted,
            format!("known since {}, before anything was sent", day(*at)),
        )),
        DeliveryState::Retracted { .. }
        | DeliveryState::Adopted { .. }
        | DeliveryState::Failed { .. }
        | DeliveryState::New => None,
    }
}

/// Returns why the post's own settings, such as `draft`, forbid the delivery; `None` if they allow it.
pub(super) fn item(item: &Item, sink: &str, now: Timestamp) -> Option<SkipReason> {
    if item.overrides.skip.contains(sink) {
        return Some(SkipReason::new(
            Code::OptedOut,
            "its front matter sets `syndicate.skip`".to_owned(),
        ));
    }
    if item.draft {
        return Some(SkipReason::new(Code::Draft, "it is a draft"));
    }
    if let Some((code, why)) = &item.hold {
        return Some(SkipReason::new(*code, why.clone()));
    }
    if let Some(moment) = &item.published
        && moment.at.timestamp() > now
    {
        let reason = format!("its date is {}", moment.at.strftime("%Y-%m-%d %H:%M"));
        return Some(SkipReason::new(Code::Future, reason).until(moment.at.timestamp()));
    }
    let Some(url) = item.link.as_deref().or(item.url.as_deref()) else {
        return Some(SkipReason::new(Code::NoUrl, "it has no address"));
    };
    let mut urls = [Some(url), item.url.as_deref()].into_iter().flatten();
    let private = urls.find(|url| !url_is_public(url))?;
    let reason = format!("`{private}` can be opened here only");
    Some(SkipReason::new(Code::UrlNotPublic, reason))
}

/// Checks the post's date against the policy. If the front matter sets a later time (`at`), that time
/// counts: the author wants the post to be sent then, regardless of its age.
pub(in super::super) fn policy(item: &Item, policy: &Policy, now: Timestamp) -> Option<SkipReason> {
    if policy.since.is_none() && policy.max_age.is_none() {
        return None;
    }
    let Some(due) = due(item) else {
        return Some(SkipReason::new(
            Code::NoDate,
            "it has no date, but the policy requires one".to_owned(),
        ));
    };
    let moment = due.timestamp();
    if let (Some(since), Some(start)) = (policy.since, policy.since_in(&zone(item)))
        && moment < start
    {
        let day = due.date();
        return Some(SkipReason::new(
            Code::BeforeSince,
            format!("its date is {day}, before `since` {since}"),
        ));
    }
    if let Some(max_age) = policy.max_age
        && now.duration_since(moment) > max_age
    {
        let age = format_difference(now.duration_since(moment));
        return Some(SkipReason::new(
            Code::TooOld,
            format!("it is {age} old, more than `max_age`"),
        ));
    }
    None
}

/// Returns `true` if `excluded`, a reason of the policy, makes it useless to wait for `hold`: a built page does not make an
/// old post newer. Without a date the post waits, because its page may have one.
pub(super) fn decides_before(excluded: &SkipReason, hold: &SkipReason) -> bool {
    matches!(excluded.code, Code::BeforeSince | Code::TooOld)
        && matches!(hold.code, Code::PageNotBuilt | Code::PageStale)
}

/// Returns the time at which a post is due: the `at` of its front matter, otherwise its date.
pub(super) fn due(item: &Item) -> Option<&Zoned> {
    let published = item.published.as_ref().map(|moment| &moment.at);
    published.into_iter().chain(&item.overrides.at).max()
}

/// Returns the reason to wait if the front matter sets a time (`at`) after `now`.
pub(super) fn scheduled(item: &Item, now: Timestamp) -> Option<SkipReason> {
    let at = item
        .overrides
        .at
        .as_ref()
        .filter(|at| at.timestamp() > now)?;
    let reason = format!(
        "its front matter sets `syndicate.at` to {}",
        at.strftime("%Y-%m-%d %H:%M %:z")
    );
    Some(SkipReason::new(Code::Scheduled, reason).until(at.timestamp()))
}

/// Returns the reason to wait if `now` is in the policy's quiet hours.
pub(super) fn quiet(item: &Item, policy: &Policy, now: Timestamp) -> Option<SkipReason> {
    let end = policy.quiet_hours?.end(now, &zone(item))?;
    let reason = format!("quiet until {}", end.strftime("%Y-%m-%d %H:%M %:z"));
    Some(SkipReason::new(Code::QuietHours, reason).until(end.timestamp()))
}

/// Checks the policy's spacing; `last` is the time of the last post to the sink, sent or planned.
pub(super) fn spaced(
    last: Option<Timestamp>,
    policy: &Policy,
    now: Timestamp,
) -> Option<SkipReason> {
    let next = last?.checked_add(policy.spacing).ok()?;
    (policy.spacing.is_positive() && now < next).then(|| {
        let at = next.strftime("%Y-%m-%d %H:%M UTC");
        SkipReason::new(Code::Spacing, format!("the next may be sent at {at}")).until(next)
    })
}

/// Returns the reason to wait if the last rate limit that the platform reported has not ended at `now`.
pub(super) fn throttled(said: Option<&(Timestamp, String)>, now: Timestamp) -> Option<SkipReason> {
    let (until, message) = said?;
    (now < *until && is_credible(*until, now))
        .then(|| SkipReason::new(Code::Throttled, goes_on(message, *until, now)).until(*until))
}

/// Returns `true` if the end of a rate limit is plausible. One recorded with a wrong clock could
/// otherwise block the sink for years.
fn is_credible(until: Timestamp, now: Timestamp) -> bool {
    until.duration_since(now) <= LONGEST_THROTTLE
}

/// Formats the reason for a rate limit, with its end.
pub(in super::super) fn goes_on(message: &str, until: Timestamp, now: Timestamp) -> String {
    if !is_credible(until, now) {
        return format!("{message}; the next run tries again");
    }
    let until = until.strftime("%Y-%m-%d %H:%M UTC");
    format!("{message}; sending continues at {until}")
}

/// Returns the reason for a payload that cannot be composed yet, for example because the host of its picture does
/// not answer.
pub(super) fn retried(code: Code, why: String, now: Timestamp) -> SkipReason {
    let skip_reason = SkipReason::new(code, why);
    match now.checked_add(PICTURE_PAUSE) {
        Ok(next) => skip_reason.until(next),
        Err(_) => skip_reason,
    }
}

/// Returns the reason for a reached `max_per_run`.
pub(super) fn over_cap(max: usize, by_day: bool) -> SkipReason {
    let whose = if by_day {
        "24 hours allow"
    } else {
        "this run sends"
    };
    let reason = format!("{whose} {max} at most, older ones first");
    SkipReason::new(Code::MaxPerRun, reason)
}

fn zone(item: &Item) -> TimeZone {
    let name = item.site.timezone.as_deref();
    name.and_then(|name| TimeZone::get(name).ok())
        .unwrap_or(TimeZone::UTC)
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

pub(super) fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp, Zoned};
    use syndicate_api::{Code, Item, Overrides, PostDate};

    use crate::config::Policy;

    #[test]
    fn item_held_by_source_is_skipped() {
        let held = |draft, hold: Option<(Code, String)>| {
            let item = Item {
                draft,
                hold,
                url: Some("https://example.org/a/".to_owned()),
                ..Item::default()
            };
            super::item(&item, "linkedin", Timestamp::UNIX_EPOCH)
                .map(|skip_reason| (skip_reason.code, skip_reason.reason))
        };
        let expired = (Code::Expired, "`expiryDate` is 1969-12-31".to_owned());
        assert_eq!(held(false, Some(expired.clone())), Some(expired.clone()));
        assert_eq!(
            held(true, Some(expired)).map(|(code, _)| code),
            Some(Code::Draft)
        );
        assert_eq!(held(false, None), None);
    }

    #[test]
    fn private_url_is_named() {
        let reason = |link: &str, url: &str| {
            let item = Item {
                link: Some(link.to_owned()),
                url: Some(url.to_owned()),
                ..Item::default()
            };
            let skip_reason = super::item(&item, "linkedin", Timestamp::UNIX_EPOCH);
            skip_reason.map(|skip_reason| skip_reason.reason)
        };
        let (public, private) = ("https://example.org/a/", "http://localhost:1313/a/");
        let expected = Some(format!("`{private}` can be opened here only"));
        assert_eq!(reason(private, public), expected);
        assert_eq!(reason(public, private), expected);
        assert_eq!(reason(public, public), None);
    }

    #[test]
    fn override_time_counts_as_date() {
        let policy = Policy {
            since: Some("2026-11-01".parse().unwrap()),
            max_age: Some(SignedDuration::from_hours(48)),
            ..Policy::default()
        };
        let moment = |text: &str| -> Zoned { text.parse().unwrap() };
        let code = |published: Option<&str>, at: Option<&str>| {
            let item = Item {
                published: published.map(|text| PostDate {
                    at: moment(text),
                    day_only: false,
                }),
                overrides: Overrides {
                    at: at.map(moment),
                    ..Overrides::default()
                }
                .into(),
                ..Item::default()
            };
            let now = "2026-11-22T12:00:00Z".parse().unwrap();
            super::policy(&item, &policy, now).map(|skip_reason| skip_reason.code)
        };
        let old = Some("2020-01-01T00:00:00+00:00[UTC]");
        let today = Some("2026-11-22T09:00:00+00:00[UTC]");
        assert_eq!(code(old, None), Some(Code::BeforeSince));
        assert_eq!(code(old, today), None);
        assert_eq!(code(None, today), None);
        assert_eq!(code(None, None), Some(Code::NoDate));
        assert_eq!(
            code(old, Some("2026-11-12T09:00:00+00:00[UTC]")),
            Some(Code::TooOld)
        );
    }
}
