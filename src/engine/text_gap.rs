//! Warns about titles and descriptions that lack the words of a template tag of the site's generator.

use syndicate_api::{CardBy, Item, ItemField, Post, TextGap};

/// The length of the beginning by which a description is recognized in a commentary, in characters. The rest of it may
/// have been cut off.
const COMPARED: usize = 40;

/// Returns a warning for each gap that readers of `post` see.
pub(super) fn warnings<'a>(
    item: &'a Item,
    post: &'a Post,
    card_by: CardBy,
) -> impl Iterator<Item = String> + 'a {
    let gaps = item.gaps.iter();
    let gaps = gaps.filter(move |gap| is_open(item, gap) && is_shown(gap, post, card_by));
    gaps.map(|gap| warning(item, gap))
}

/// Returns `true` if the field still has the value with the gap: a page or a transform may have replaced it.
fn is_open(item: &Item, gap: &TextGap) -> bool {
    let value = match gap.field {
        ItemField::Title => &item.title,
        _ => &item.description,
    };
    value.as_ref() == Some(&gap.value)
}

/// Returns the key of the field in front matter.
fn field_name(gap: &TextGap) -> &'static str {
    match gap.field {
        ItemField::Title => "title",
        _ => "description",
    }
}

fn is_shown(gap: &TextGap, post: &Post, card_by: CardBy) -> bool {
    let own_card = post.card.is_some() && card_by == CardBy::Us;
    let beginning: String = gap.value.chars().take(COMPARED).collect();
    own_card || post.article.is_some() || post.text.plain().contains(&beginning)
}

fn warning(item: &Item, gap: &TextGap) -> String {
    let (path, tag, name) = (item.label(), &gap.tag, field_name(gap));
    let line = gap.line.map(|line| format!(":{line}")).unwrap_or_default();
    let page = match item.page {
        Some(_) => "",
        None => ", or set `output` of the source, so that the built page is read",
    };
    format!(
        "{path}{line}: the {name} lacks what `{tag}` writes: set a `{name}` in the front matter{page}"
    )
}

#[cfg(test)]
mod tests {
    use syndicate_api::{Card, RichText};

    use super::*;

    fn item() -> Item {
        Item {
            path: Some("a.md".to_owned()),
            description: Some("By in 2026".to_owned()),
            gaps: vec![TextGap {
                field: ItemField::Description,
                value: "By in 2026".to_owned(),
                tag: "{{ site.author }}".to_owned(),
                line: Some(4),
            }],
            ..Item::default()
        }
    }

    fn warned(item: &Item, post: &Post, card_by: CardBy) -> Vec<String> {
        warnings(item, post, card_by).collect()
    }

    #[test]
    fn gap_of_card_is_reported() {
        let post = Post {
            card: Some(Card::default()),
            ..Post::default()
        };
        assert_eq!(
            warned(&item(), &post, CardBy::Us),
            [
                "a.md:4: the description lacks what `{{ site.author }}` writes: set a `description` in the front \
              matter, or set `output` of the source, so that the built page is read"
            ]
        );
        let replaced = Item {
            description: Some("By Ann in 2026".to_owned()),
            ..item()
        };
        assert!(warned(&replaced, &post, CardBy::Us).is_empty());
    }

    #[test]
    fn gap_of_commentary_is_reported() {
        let by_page = CardBy::Platform { reads_text: true };
        let post = Post {
            text: RichText::text("New: By in 2026"),
            card: Some(Card::default()),
            ..Post::default()
        };
        assert_eq!(warned(&item(), &post, by_page).len(), 1);
        let other = Post {
            text: RichText::text("New"),
            ..post
        };
        assert!(warned(&item(), &other, by_page).is_empty());
    }
}
