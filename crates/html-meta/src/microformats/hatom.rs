//! The dates of hAtom 0.1 (microformats.org, "hatom"), which themes wrote before microformats 2 and
//! many still do: `class="hentry"` with `published` and `updated` in it.

use scraper::ElementRef;

use super::value::date;
use crate::article;
use crate::collector::Collector;
use crate::page::DateText;
use crate::tree::{self, Node, attribute, has_word, name};

/// Collects the dates of the entry that the page is about, whose text is in `article`.
pub(super) fn read(root: Node<'_>, article: ElementRef<'_>, collector: &mut Collector) {
    let entries: Vec<_> = tree::elements(root)
        .filter(|element| is_entry(*element) && !is_within_entry(*element))
        .collect();
    let (scope, is_marked) = match &entries[..] {
        [] => (article, false),
        [only] => (*only, true),
        // A list, unless the others are previews below the post.
        several => match several.iter().find(|entry| holds(**entry, article)) {
            Some(entry) => (*entry, true),
            None => return,
        },
    };
    // Outside of an entry the class may have any meaning, so that only a date for machines counts.
    let published = first(scope, "published", |element| {
        is_marked || has_machine_date(element)
    });
    if let Some(element) = published {
        collector.published(date_of(element), "hentry published");
    }
    let updated = first(scope, "updated", |_| is_marked);
    if let Some(element) = updated {
        collector.updated(date_of(element), "hentry updated");
    }
}

/// Returns the first element of one class that is `wanted`; later ones are dates of comments.
fn first<'a>(
    scope: ElementRef<'a>,
    class: &str,
    wanted: impl Fn(ElementRef<'a>) -> bool,
) -> Option<ElementRef<'a>> {
    tree::elements_outside(*scope, &["aside", "nav", "template"])
        .find(|element| has_word(*element, "class", class) && wanted(*element))
}

fn date_of(element: ElementRef<'_>) -> DateText {
    match name(element) {
        "time" => article::date(element),
        _ => date(element).into(),
    }
}

fn has_machine_date(element: ElementRef<'_>) -> bool {
    let key = match name(element) {
        "time" => "datetime",
        "abbr" => "title",
        _ => return false,
    };
    attribute(element, key).is_some()
}

fn is_entry(element: ElementRef<'_>) -> bool {
    has_word(element, "class", "hentry")
}

fn is_within_entry(element: ElementRef<'_>) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(is_entry)
}

/// Returns whether `inner` is `outer` or within it.
fn holds(outer: ElementRef<'_>, inner: ElementRef<'_>) -> bool {
    outer == inner || inner.ancestors().any(|ancestor| ancestor == *outer)
}
