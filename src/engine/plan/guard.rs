//! The guards: each may hold a delivery back, and says by which rule. They are asked in the order of
//! how final their answer is: what is on record, what the post itself says, what the policy says.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use syndicate_api::{Code, Item, url_is_public};

use crate::config::Policy;
use crate::ledger::State;

type Held = Option<(Code, String)>;

/// What the ledger says. A post that somebody `named` may go out although it was adopted.
pub(super) fn recorded(state: &State, named: bool) -> Held {
    match state {
        State::Sent { at, receipt, .. } => {
            let id = receipt
                .as_ref()
                .map(|receipt| format!(" as `{}`", receipt.id));
            Some((
                Code::AlreadySent,
                format!("sent on {}{}", day(*at), id.unwrap_or_default()),
            ))
        }
        State::Retracted { at, .. } => Some((
            Code::AlreadySent,
            format!("sent, and taken back on {}", day(*at)),
        )),
        State::Unknown { at, message, .. } => Some((
            Code::OutcomeUnknown,
            format!("tried on {}: {message}", day(*at)),
        )),
        State::Adopted { at } if !named => Some((
            Code::Adopted,
            format!("known since {}, before anything was sent", day(*at)),
        )),
        State::Adopted { .. } | State::Failed { .. } | State::New => None,
    }
}

/// What the post itself says.
pub(super) fn item(item: &Item, sink: &str, needs_url: bool, now: Timestamp) -> Held {
    if item.overrides.skip.covers(sink) {
        return Some((
            Code::OptedOut,
            "its front matter says `syndicate.skip`".to_owned(),
        ));
    }
    if item.draft {
        return Some((Code::Draft, "it is a draft".to_owned()));
    }
    if let Some((code, why)) = &item.hold {
        return Some((*code, why.clone()));
    }
    if let Some(moment) = &item.published
        && moment.at.timestamp() > now
    {
        return Some((
            Code::Future,
            format!("its date is {}", moment.at.strftime("%Y-%m-%d %H:%M")),
        ));
    }
    let Some(url) = item.link.as_deref().or(item.url.as_deref()) else {
        return needs_url.then(|| (Code::NoUrl, "it has no address".to_owned()));
    };
    let public = [Some(url), item.url.as_deref()]
        .into_iter()
        .flatten()
        .all(url_is_public);
    (!public).then(|| {
        (
            Code::UrlNotPublic,
            format!("`{url}` can be opened here only"),
        )
    })
}

/// What the policy says about its date.
pub(super) fn policy(item: &Item, policy: &Policy, now: Timestamp) -> Held {
    if policy.since.is_none() && policy.max_age.is_none() {
        return None;
    }
    let Some(moment) = &item.published else {
        return Some((
            Code::NoDate,
            "it has no date, and the policy asks for one".to_owned(),
        ));
    };
    let published = moment.at.timestamp();
    if let (Some(since), Some(start)) = (policy.since, policy.since_in(&zone(item)))
        && published < start
    {
        let day = moment.at.date();
        return Some((
            Code::BeforeSince,
            format!("its date is {day}, before `policy.since` {since}"),
        ));
    }
    if let Some(max_age) = policy.max_age
        && now.duration_since(published) > max_age
    {
        let days = SignedDuration::as_hours(&now.duration_since(published)) / 24;
        return Some((
            Code::TooOld,
            format!("it is {days} days old, more than `policy.max_age`"),
        ));
    }
    None
}

/// What the post says about the time to send it.
pub(super) fn scheduled(item: &Item, now: Timestamp) -> Held {
    let at = item
        .overrides
        .at
        .as_ref()
        .filter(|at| at.timestamp() > now)?;
    Some((
        Code::Scheduled,
        format!(
            "its front matter says not before {}",
            at.strftime("%Y-%m-%d %H:%M %:z")
        ),
    ))
}

/// What the hour says.
pub(super) fn quiet(item: &Item, policy: &Policy, now: Timestamp) -> Held {
    let end = policy.quiet_hours?.end(now, &zone(item))?;
    Some((
        Code::QuietHours,
        format!("quiet until {}", end.strftime("%Y-%m-%d %H:%M %:z")),
    ))
}

/// What the last post to the sink says, which went out, or goes out in this run, at `last`.
pub(super) fn spaced(last: Option<Timestamp>, policy: &Policy, now: Timestamp) -> Held {
    let next = last?.checked_add(policy.spacing).ok()?;
    (policy.spacing.is_positive() && now < next).then(|| {
        let next = next.strftime("%Y-%m-%d %H:%M UTC");
        (Code::Spacing, format!("the next may go out at {next}"))
    })
}

/// The run's share is used up.
pub(super) fn over_cap(max: usize) -> (Code, String) {
    (
        Code::MaxPerRun,
        format!("this run sends {max} at most, older ones first"),
    )
}

fn zone(item: &Item) -> TimeZone {
    let name = item.site.timezone.as_deref();
    name.and_then(|name| TimeZone::get(name).ok())
        .unwrap_or(TimeZone::UTC)
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use syndicate_api::{Code, Item};

    #[test]
    fn what_the_source_holds_back_stays_and_says_why() {
        let held = |draft, hold: Option<(Code, String)>| {
            let item = Item {
                draft,
                hold,
                url: Some("https://example.org/a/".to_owned()),
                ..Item::default()
            };
            super::item(&item, "linkedin", true, Timestamp::UNIX_EPOCH)
        };
        let expired = (Code::Expired, "`expiryDate` is 1969-12-31".to_owned());
        assert_eq!(held(false, Some(expired.clone())), Some(expired.clone()));
        assert_eq!(
            held(true, Some(expired)).map(|(code, _)| code),
            Some(Code::Draft)
        );
        assert_eq!(held(false, None), None);
    }
}
