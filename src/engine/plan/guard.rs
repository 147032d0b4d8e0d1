//! The guards: each may hold a delivery back, and says by which rule. They are asked in the order of
//! how final their answer is: what is on record, what the post itself says, what the policy says.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use syndicate_api::{Code, Item, url_is_public};

use crate::config::Policy;
use crate::ledger::{DeliveryState, LiveRuns};

/// How far away the end of a throttle may be. Platforms count by the hour or the day.
const LONGEST_THROTTLE: SignedDuration = SignedDuration::from_hours(48);

/// How long `watch` waits before it asks again for a picture whose host could not be reached.
const PICTURE_PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// What holds a delivery back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct SkipReason {
    /// By which rule.
    pub(super) code: Code,
    /// Why, in words.
    pub(super) reason: String,
    /// When it ends by itself, where that is known.
    pub(super) until: Option<Timestamp>,
    /// The post on record that it may be.
    pub(super) same_as: Option<String>,
}

impl SkipReason {
    /// Returns a hold by this rule for this reason.
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

/// What the ledger says. A post that somebody `named` may go out although it was adopted, or was
/// taken back.
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
                .map(|receipt| format!(" as `{}`", receipt.id));
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
            same_as: existing.as_ref().map(|existing| existing.id.clone()),
            ..SkipReason::new(
                Code::Duplicate,
                match existing {
                    Some(existing) => format!(
                        "tried on {}, and the platform has an equal post: `{}`",
                        day(*at),
                        existing.id
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

/// What the post itself says.
pub(super) fn item(item: &Item, sink: &str, now: Timestamp) -> Option<SkipReason> {
    if item.overrides.skip.contains(sink) {
        return Some(SkipReason::new(
            Code::OptedOut,
            "its front matter says `syndicate.skip`".to_owned(),
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
    let public = [Some(url), item.url.as_deref()]
        .into_iter()
        .flatten()
        .all(url_is_public);
    (!public).then(|| {
        SkipReason::new(
            Code::UrlNotPublic,
            format!("`{url}` can be opened here only"),
        )
    })
}

/// What the policy says about its date, which is the later one where its front matter sets a time:
/// whoever asks for a post in spring means it, however old it will be.
pub(in super::super) fn policy(item: &Item, policy: &Policy, now: Timestamp) -> Option<SkipReason> {
    if policy.since.is_none() && policy.max_age.is_none() {
        return None;
    }
    let Some(due) = due(item) else {
        return Some(SkipReason::new(
            Code::NoDate,
            "it has no date, and the policy asks for one".to_owned(),
        ));
    };
    let moment = due.timestamp();
    if let (Some(since), Some(start)) = (policy.since, policy.since_in(&zone(item)))
        && moment < start
    {
        let day = due.date();
        return Some(SkipReason::new(
            Code::BeforeSince,
            format!("its date is {day}, before `policy.since` {since}"),
        ));
    }
    if let Some(max_age) = policy.max_age
        && now.duration_since(moment) > max_age
    {
        let days = SignedDuration::as_hours(&now.duration_since(moment)) / 24;
        return Some(SkipReason::new(
            Code::TooOld,
            format!("it is {days} days old, more than `policy.max_age`"),
        ));
    }
    None
}

/// The instant by which a post has its turn: its date, or the time that its front matter sets.
pub(super) fn due(item: &Item) -> Option<&Zoned> {
    let published = item.published.as_ref().map(|moment| &moment.at);
    published.into_iter().chain(&item.overrides.at).max()
}

/// What the post says about the time to send it.
pub(super) fn scheduled(item: &Item, now: Timestamp) -> Option<SkipReason> {
    let at = item
        .overrides
        .at
        .as_ref()
        .filter(|at| at.timestamp() > now)?;
    let reason = format!(
        "its front matter says not before {}",
        at.strftime("%Y-%m-%d %H:%M %:z")
    );
    Some(SkipReason::new(Code::Scheduled, reason).until(at.timestamp()))
}

/// What the hour says.
pub(super) fn quiet(item: &Item, policy: &Policy, now: Timestamp) -> Option<SkipReason> {
    let end = policy.quiet_hours?.end(now, &zone(item))?;
    let reason = format!("quiet until {}", end.strftime("%Y-%m-%d %H:%M %:z"));
    Some(SkipReason::new(Code::QuietHours, reason).until(end.timestamp()))
}

/// What the last post to the sink says, which went out, or goes out in this run, at `last`.
pub(super) fn spaced(
    last: Option<Timestamp>,
    policy: &Policy,
    now: Timestamp,
) -> Option<SkipReason> {
    let next = last?.checked_add(policy.spacing).ok()?;
    (policy.spacing.is_positive() && now < next).then(|| {
        let at = next.strftime("%Y-%m-%d %H:%M UTC");
        SkipReason::new(Code::Spacing, format!("the next may go out at {at}")).until(next)
    })
}

/// What the platform said when it last wanted to be left alone.
pub(super) fn throttled(said: Option<&(Timestamp, String)>, now: Timestamp) -> Option<SkipReason> {
    let (until, message) = said?;
    (now < *until && is_credible(*until, now))
        .then(|| SkipReason::new(Code::Throttled, goes_on(message, *until, now)).until(*until))
}

/// Returns whether a throttle may end then. Recorded under a wrong clock, it would hold for years.
fn is_credible(until: Timestamp, now: Timestamp) -> bool {
    until.duration_since(now) <= LONGEST_THROTTLE
}

/// Says that a platform wants to be left alone, and until when.
pub(in super::super) fn goes_on(message: &str, until: Timestamp, now: Timestamp) -> String {
    if !is_credible(until, now) {
        return format!("{message}; the next run tries again");
    }
    let until = until.strftime("%Y-%m-%d %H:%M UTC");
    format!("{message}; it goes on at {until}")
}

/// The host of the picture does not answer, or not with a picture.
pub(super) fn unreachable(why: String, now: Timestamp) -> SkipReason {
    let hold = SkipReason::new(Code::ImageUnreachable, why);
    match now.checked_add(PICTURE_PAUSE) {
        Ok(next) => hold.until(next),
        Err(_) => hold,
    }
}

/// The share of the run, or of the day, is used up.
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
    fn what_the_source_holds_back_stays_and_says_why() {
        let held = |draft, hold: Option<(Code, String)>| {
            let item = Item {
                draft,
                hold,
                url: Some("https://example.org/a/".to_owned()),
                ..Item::default()
            };
            super::item(&item, "linkedin", Timestamp::UNIX_EPOCH)
                .map(|hold| (hold.code, hold.reason))
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
    fn a_time_in_the_front_matter_counts_as_its_date() {
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
                },
                ..Item::default()
            };
            let now = "2026-11-22T12:00:00Z".parse().unwrap();
            super::policy(&item, &policy, now).map(|hold| hold.code)
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
