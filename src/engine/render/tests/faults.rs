//! What is said when an item has no text, word for word.

use syndicate_api::{Code, Diagnostic, Item, PostKind};

use super::sample::{Chars, item, rendered, template, with_hint};
use crate::engine::render::{render, render_author_text};

fn fault_of(text: &str) -> Diagnostic {
    rendered(text, &item()).expect_err(text)
}

#[test]
fn a_fault_names_the_place_the_file_and_the_remedy() {
    for (text, expected) in [
        (
            "#x\n  {{front.nope}}",
            "t.hbs:2:5: `front.nope` is missing in `content/a.md`\n\
             write `{{optional front.nope}}` where it may be missing",
        ),
        (
            "{{#if lang}}\n{{upper front.nope}}{{/if}}",
            "t.hbs:2:9: `front.nope` is missing in `content/a.md`\n\
             write `{{optional front.nope}}` where it may be missing",
        ),
        (
            "{{#each front.people}}{{role}}{{/each}}",
            "t.hbs:1:25: `role` is missing in `content/a.md`\n\
             write `{{optional role}}` where it may be missing",
        ),
        (
            "{{#if (eq front.nope 1)}}x{{/if}}",
            "t.hbs:1:8: `eq` compares what is missing in `content/a.md`\n\
             write `(optional front.key)` where it may be missing",
        ),
        (
            "{{front.list}}",
            "t.hbs:1:1: `front.list` is a list and no text in `content/a.md`\n\
             write `{{join …}}`, `{{hashtags …}}` or `{{#each …}}`",
        ),
        (
            "{{#each front.people}}{{this}}{{/each}}",
            "t.hbs:1:23: `this` holds several values and is no text in `content/a.md`\n\
             name one of them, as in `{{front.cover.alt}}`",
        ),
        (
            "{{optional front.list.first}}",
            "t.hbs:1:1: `first` is asked of a list in `content/a.md`\n\
             an entry of a list is written `front.list.[0]`",
        ),
        (
            "{{date title \"%Y\"}}",
            "t.hbs:1:1: `date` cannot read `C# & the #1 bug in snake_case` in `content/a.md`\n\
             write it as `2026-12-31` or `2026-12-31T18:30:00+01:00`",
        ),
        (
            "{{truncate title 0}}",
            "t.hbs:1:1: `truncate` to 0 characters leaves nothing in `content/a.md`\n\
             name a greater length",
        ),
        (
            "{{truncate title lang}}",
            "t.hbs:1:1: `lang` is to be a whole number, and is `\"en\"` in `content/a.md`",
        ),
    ] {
        let fault = fault_of(text);
        assert_eq!(fault.code, Code::TemplateError, "{text}");
        assert_eq!(with_hint(&fault), expected, "{text}");
    }
}

#[test]
fn a_format_that_is_no_format_is_named() {
    let fault = fault_of("{{date published \"%!\"}}");
    let message = fault.to_string();
    assert!(
        message.starts_with("t.hbs:1:1: `date` cannot use the format `%!`: "),
        "{message}"
    );
}

#[test]
fn a_text_that_is_too_long_says_how_long_and_what_to_do() {
    for (text, limit, expected) in [
        (
            "{{title}}",
            20,
            "t.hbs: the text has a length of 29, and 20 are allowed\n\
             wrap a part in `{{fit …}}`, or shorten the text",
        ),
        (
            "{{fit title min=8}}\n{{lang}}",
            10,
            "t.hbs: the text has a length of 12 even with every `fit` part at its minimum, and 10 \
             are allowed\nlower the `min=` of a `{{fit …}}`, or shorten the text",
        ),
    ] {
        let fault =
            render(&template(text), &item(), PostKind::Article, &Chars(limit)).expect_err(text);
        assert_eq!(fault.code, Code::TextTooLong);
        assert_eq!(with_hint(&fault), expected);
    }
    let fault = render_author_text("content/a.md", "far too long", &Chars(5)).unwrap_err();
    assert_eq!(fault.code, Code::TextTooLong);
    assert_eq!(
        with_hint(&fault),
        "content/a.md: the commentary has a length of 12, and 5 are allowed\nshorten it"
    );
}

#[test]
fn an_empty_text_is_no_text() {
    let fault = rendered("{{author}}\n", &Item::default()).unwrap_err();
    assert_eq!(fault.code, Code::TextEmpty);
    assert_eq!(
        with_hint(&fault),
        "t.hbs: the text is empty\nwrite something in the template or under `syndicate.commentary`"
    );
    let fault = render_author_text("content/a.md", " \n", &Chars(5)).unwrap_err();
    assert_eq!(fault.code, Code::TextEmpty);
}
