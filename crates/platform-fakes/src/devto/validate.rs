//! The validations of an article.

use jiff::{SignedDuration, Timestamp};
use url::{Host, Url};

use crate::devto::article::Article;
use crate::devto::server::Devto;
use crate::devto::tags;

/// The largest number of characters of a title.
const MAX_TITLE: usize = 128;

/// The largest size of a body, in bytes.
const MAX_BODY: usize = 800 << 10;

/// The time in which an author cannot use a title twice.
const TITLE_REUSE: SignedDuration = SignedDuration::from_mins(5);

/// Returns the errors of an article; `is_new` if it is not saved yet.
pub(super) fn faults(
    devto: &Devto,
    article: &Article,
    is_new: bool,
    now: Timestamp,
) -> Vec<String> {
    let mut faults = Vec::new();
    if article.body_markdown.len() > MAX_BODY {
        faults.push("Body markdown is too long.".to_owned());
    }
    if let Some(url) = &article.canonical_url {
        if is_taken(devto, article, url) {
            faults.push(
                "Canonical url has already been taken. Email support@dev.to for further details."
                    .to_owned(),
            );
        }
        if !is_public_url(url) {
            faults.push("Canonical url is not a valid URL".to_owned());
        }
        if url.contains(char::is_whitespace) {
            faults.push("Canonical url must not have spaces".to_owned());
        }
    }
    if article
        .main_image
        .as_deref()
        .is_some_and(|url| !is_url(url))
    {
        faults.push("Main image is not a valid URL".to_owned());
    }
    if article.title.trim().is_empty() {
        faults.push("Title can't be blank".to_owned());
    }
    if article.title.chars().count() > MAX_TITLE {
        faults.push(format!(
            "Title is too long (maximum is {MAX_TITLE} characters for full_post)"
        ));
    }
    let is_same = |other: &&Article| {
        other.author == article.author
            && other.title == article.title
            && now < other.created_at + TITLE_REUSE
    };
    if is_new && devto.articles.iter().any(|other| is_same(&other)) {
        faults.push("Title has already been used in the last five minutes".to_owned());
    }
    faults.extend(tags::faults(&article.tags));
    faults
}

/// Returns `true` if another article has the canonical URL.
fn is_taken(devto: &Devto, article: &Article, url: &str) -> bool {
    let counts = |article: &Article| article.published || devto.settings.has_unique_drafts;
    let mut others = devto.articles.iter();
    counts(article)
        && others.any(|other| {
            other.id != article.id && counts(other) && other.canonical_url.as_deref() == Some(url)
        })
}

fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())
}

/// Returns `true` for a URL whose host has a domain: `no_local` of the validation.
fn is_public_url(text: &str) -> bool {
    let host = Url::parse(text).ok();
    let host = host.as_ref().and_then(Url::host);
    is_url(text)
        && host.is_some_and(|host| match host {
            Host::Domain(name) => name.contains('.'),
            Host::Ipv4(_) | Host::Ipv6(_) => true,
        })
}
