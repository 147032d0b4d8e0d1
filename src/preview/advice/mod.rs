//! Checks a composed post for details that its author may want to change, from the payload and the
//! feed's limits. Advice never changes or blocks a post.

use std::fmt;

use syndicate_api::{Card, CardPictureSize, Medium, PagePart, TextSpan, normalise_url};

use crate::engine::{Composed, PageReading};

/// One piece of advice for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// The problem.
    pub message: String,
    /// The effect on readers, unless it is obvious.
    pub meaning: Option<String>,
}

impl Advice {
    fn new(message: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            meaning: Some(meaning.into()),
        }
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.meaning {
            Some(meaning) => write!(f, ": {meaning}"),
            None => Ok(()),
        }
    }
}

/// Returns all advice about `composed`, warnings of the composition first.
#[must_use]
pub(crate) fn advice(composed: &Composed) -> Vec<Advice> {
    let made = composed.warnings.iter().map(|warning| Advice {
        message: warning.clone(),
        meaning: None,
    });
    let mut advice: Vec<Advice> = made.collect();
    let gaps = composed.page.iter().flat_map(|page| &page.gaps);
    let gaps = gaps.filter(|gap| gap.is_warning());
    advice.extend(gaps.map(|gap| Advice::new(gap.message.as_str(), gap.effect.as_str())));
    let card = composed.post.card.as_ref();
    if let Some(card) = card.filter(|_| composed.appearance.has_card()) {
        match composed.card_page() {
            Some(page) => advice.extend(about_page(composed, page)),
            None => {
                let picture = card.picture.as_ref();
                let picture = picture.map(|picture| &picture.medium);
                advice.extend(about_picture(composed, picture));
                advice.extend(about_address(composed, card));
                advice.extend(about_title(composed, &card.title));
            }
        }
    }
    if !composed.appearance.has_own_body {
        advice.extend(plain_text_hashtags(&composed.post.text.0));
    }
    advice
}

/// Returns advice about the page from which the platform makes the card.
fn about_page(composed: &Composed, page: &PageReading) -> Vec<Advice> {
    let mut advice = Vec::new();
    let medium = page
        .picture
        .as_ref()
        .and_then(|picture| picture.medium.as_ref());
    if let Some(medium) = medium {
        advice.extend(about_picture(composed, Some(medium)));
    }
    if let Some(title) = page.part(PagePart::Title) {
        advice.extend(about_title(composed, &title.text));
    }
    advice
}

fn about_picture(composed: &Composed, picture: Option<&Medium>) -> Option<Advice> {
    const NONE: &str = "the card has no picture";
    let look = composed.appearance.picture?;
    let Some(medium) = picture else {
        let is_warned = composed
            .warnings
            .iter()
            .any(|warning| warning.starts_with(NONE));
        return (!is_warned).then(|| {
            let meaning =
                "readers see only the title, and a picture cannot be added after the post is sent";
            Advice::new(NONE, meaning)
        });
    };
    let (width, height) = medium.pixels?;
    let CardPictureSize { ideal, min_width } = look;
    if width < min_width {
        let message = format!("the picture is only {width} pixels wide");
        let meaning =
            format!("below {min_width} readers get a small square beside the title, or nothing");
        return Some(Advice::new(message, meaning));
    }
    (width < ideal.0 || height < ideal.1).then(|| {
        let message = format!("the picture has {width}×{height} pixels");
        let meaning = format!("pictures below {}×{} look blurred", ideal.0, ideal.1);
        Advice::new(message, meaning)
    })
}

fn about_title(composed: &Composed, title: &str) -> Option<Advice> {
    let seen = composed.appearance.title?;
    let length = title.chars().count();
    (length > seen).then(|| {
        let head: String = title.chars().take(seen).collect();
        let message = format!("the title has {length} characters");
        let end: String = head
            .chars()
            .rev()
            .take(20)
            .collect::<Vec<_>>()
            .iter()
            .rev()
            .collect();
        Advice::new(
            message,
            format!("the card shows about {seen}, up to `…{end}`"),
        )
    })
}

fn about_address(composed: &Composed, card: &Card) -> Option<Advice> {
    let of_card = normalise_url(&card.url);
    let same = |text: &str| {
        let text = text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        normalise_url(text).is_some_and(|url| Some(url) == of_card)
    };
    let plain = composed.post.text.plain();
    plain
        .split_whitespace()
        .any(|word| same(word.trim_start_matches('(')))
        .then(|| {
            Advice::new(
                "the commentary repeats the card's address",
                "readers see the same link twice",
            )
        })
}

/// Finds words that look like hashtags but are plain text, because they come from a template's value.
fn plain_text_hashtags(spans: &[TextSpan]) -> Vec<Advice> {
    let mut found: Vec<Advice> = Vec::new();
    for span in spans {
        let TextSpan::Text(text) = span else { continue };
        for (at, _) in text.match_indices(['#', '＃']) {
            let before = text[..at].chars().next_back();
            let sign = text[at..].chars().next().map_or(1, char::len_utf8);
            let word: String = text[at + sign..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let is_tag = word.chars().any(char::is_alphabetic)
                && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '&'));
            let advice = Advice::new(
                format!("`#{word}` is not a hashtag"),
                "it comes from a value and stays text; write it in the template or the commentary",
            );
            if is_tag && !found.contains(&advice) {
                found.push(advice);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
