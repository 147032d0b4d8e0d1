//! Tests of the messages for items that cannot be rendered.

use syndicate_api::{Code, Diagnostic, Item, PostKind};

use super::sample::{Chars, item, rendered, template, with_hint};
use crate::engine::render::{render, render_author_text};

fn fault_of(text: &str) -> Diagnostic {
    rendered(text, &item()).expect_err(text)
}

#[test]
fn render_error_has_position_and_hint() {
    for (text, expected) in [
        (
            "#x\n  {{front.nope}}",
            "t.hbs:2:5: `content/a.md` has no `front.nope`\n\
             write `{{optional front.nope}}` if the key may be missing",
        ),
        (
            "{{#if lang}}\n{{upper front.nope}}{{/if}}",
            "t.hbs:2:9: `content/a.md` has no `front.nope`\n\
             write `{{optional front.nope}}` if the key may be missing",
        ),
        (
            "{{#each front.people}}{{role}}{{/each}}",
            "t.hbs:1:25: `content/a.md` has no `role`\n\
             write `{{optional role}}` if the key may be missing",
        ),
        (
            "{{#if (eq front.nope 1)}}x{{/if}}",
            "t.hbs:1:8: `content/a.md` lacks a value that `eq` compares\n\
             write `(optional front.key)` for a key that may be missing",
        ),
        (
            "{{front.list}}",
            "t.hbs:1:1: `front.list` is a list, not a text (in `content/a.md`)\n\
             write `{{join …}}`, `{{hashtags …}}` or `{{#each …}}`",
        ),
        (
            "{{#each front.people}}{{this}}{{/each}}",
            "t.hbs:1:23: `this` is an object, not a text (in `content/a.md`)\n\
             use one of its values, as in `{{front.cover.alt}}`",
        ),
        (
            "{{optional front.list.first}}",
            "t.hbs:1:1: `first` is not an index of a list in `content/a.md`\n\
             write `front.list.[0]` for an entry of a list",
        ),
        (
            "{{date title \"%Y\"}}",
            "t.hbs:1:1: invalid date `C# & the #1 bug in snake_case` (in `content/a.md`)\n\
             write it as `2026-12-31` or `2026-12-31T18:30:00+01:00`",
        ),
        (
            "{{truncate title 0}}",
            "t.hbs:1:1: invalid length `0` for `truncate` (in `content/a.md`)\n\
             set a length of at least 1",
        ),
        (
            "{{truncate title lang}}",
            "t.hbs:1:1: `lang` must be a whole number, found `\"en\"` (in `content/a.md`)",
        ),
    ] {
        let fault = fault_of(text);
        assert_eq!(fault.code, Code::TemplateError, "{text}");
        assert_eq!(with_hint(&fault), expected, "{text}");
    }
}

#[test]
fn invalid_date_format_is_error() {
    let fault = fault_of("{{date published \"%!\"}}");
    let message = fault.to_string();
    assert!(
        message.starts_with("t.hbs:1:1: invalid date format `%!`: "),
        "{message}"
    );
}

#[test]
fn too_long_text_reports_length() {
    for (text, limit, expected) in [
        (
            "{{title}}",
            20,
            "t.hbs: the text has a length of 29; the limit is 20\n\
             wrap a part in `{{fit …}}`, or shorten the text",
        ),
        (
            "{{fit title min=8}}\n{{lang}}",
            10,
            "t.hbs: the text has a length of 12 even with every `fit` part at its minimum; the \
             limit is 10\nlower the `min=` of a `{{fit …}}`, or shorten the text",
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
        "content/a.md: the commentary has a length of 12; the limit is 5\nshorten the commentary"
    );
}

#[test]
fn empty_text_is_error() {
    let fault = rendered("{{author}}\n", &Item::default()).unwrap_err();
    assert_eq!(fault.code, Code::TextEmpty);
    assert_eq!(
        with_hint(&fault),
        "t.hbs: the text is empty\nwrite something in the template or under `syndicate.commentary`"
    );
    let fault = render_author_text("content/a.md", " \n", &Chars(5)).unwrap_err();
    assert_eq!(fault.code, Code::TextEmpty);
}
