//! Reads the dates of hAtom 0.1 (microformats.org, "hatom"), the predecessor of microformats 2 that
//! many themes still use: `class="hentry"` with `published` and `updated` inside.

use scraper::ElementRef;

use super::value::date_value;
use crate::article;
use crate::collector::Collector;
use crate::page::DateText;
use crate::tree::{self, Node, attribute, has_word, name};

/// Collects the dates of the entry that the page shows. `article` is the element with its text.
pub(super) fn read(root: Node<'_>, article: ElementRef<'_>, collector: &mut Collector) {
    let entries: Vec<_> = tree::elements(root)
        .filter(|element| is_entry(*element) && !is_within_entry(*element))
        .collect();
    let (scope, is_marked) = match &entries[..] {
        [] => (article, false),
        [only] => (*only, true),
        // Several entries are a list, unless one contains the post and the others are previews.
        several => match several.iter().find(|entry| contains(**entry, article)) {
            Some(entry) => (*entry, true),
            None => return,
        },
    };
    // Outside of an entry the class may have another meaning, so only machine-readable dates count.
    let published = first_with_class(scope, "published", |element| {
        is_marked || has_machine_date(element)
    });
    if let Some(element) = published {
        collector.add_published(date_of(element), "hentry published");
    }
    let updated = first_with_class(scope, "updated", |_| is_marked);
    if let Some(element) = updated {
        collector.add_updated(date_of(element), "hentry updated");
    }
}

/// Returns the first element with this class for which `wanted` returns `true`. Later elements are
/// dates of comments.
fn first_with_class<'a>(
    scope: ElementRef<'a>,
    class: &str,
    wanted: impl Fn(ElementRef<'a>) -> bool,
) -> Option<ElementRef<'a>> {
    tree::elements_outside(*scope, &["aside", "nav", "template"])
        .find(|element| has_word(*element, "class", class) && wanted(*element))
}

fn date_of(element: ElementRef<'_>) -> DateText {
    match name(element) {
        "time" => article::time_date(element),
        _ => date_value(element).into(),
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

/// Returns `true` if `inner` is `outer` or one of its descendants.
fn contains(outer: ElementRef<'_>, inner: ElementRef<'_>) -> bool {
    outer == inner || inner.ancestors().any(|ancestor| ancestor == *outer)
}
