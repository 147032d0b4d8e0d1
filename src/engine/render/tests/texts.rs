//! Tests of the text that templates produce for the shared item.

use syndicate_api::RichText;

use super::sample::{bracketed, shown};
use crate::engine::render::author_text;

#[test]
fn template_text_is_typed_values_are_not() {
    for (template, expected) in [
        ("{{title}}", "C# & the #1 bug in snake_case"),
        (
            "{{description}}",
            "Mail a@b.org or see https://other.example. It <works>.",
        ),
        (
            "New: #rust https://a.org {{title}}",
            "New: [#rust] [https://a.org] C# & the #1 bug in snake_case",
        ),
        (
            "{{link}} and {{url}}.",
            "[https://example.org/a/?utm_source=x] and [https://example.org/a/].",
        ),
        (
            "#{{lang}} #{{{lang}}}s #{{title}}",
            "[#en] [#ens] #C# & the #1 bug in snake_case",
        ),
        (
            "{{site.url}}/about {{{site.url}}}/about",
            "https://example.org/about [https://example.org/about]",
        ),
        (
            "\\{{title}} {{!-- #no --}}{{! #no }}#yes",
            "{{title}} [#yes]",
        ),
        (
            "{{hashtags tags}} #blog",
            "[#Rust] [#cpp] [#SocialSharing] [#blog]",
        ),
        ("{{hashtag \"open source\"}}", "[#OpenSource]"),
        ("{{upper (hashtags tags max=1)}}", "#RUST"),
        ("{{{title}}}", "C# & the #1 bug in snake_case"),
        (
            "{{{default author \"#anonymous\"}}} {{default author \"#anonymous\"}}",
            "[#anonymous] #anonymous",
        ),
    ] {
        assert_eq!(shown(template), expected, "{template}");
    }
}

#[test]
fn names_blocks_and_paths_resolve() {
    for (template, expected) in [
        (
            "{{author}}|{{budget}}|{{source}}|{{path}}|{{updated}}",
            "|3000|blog|content/a.md|",
        ),
        ("{{published}}", "2026-03-01T09:05:00+01:00"),
        (
            "{{site.title}} {{image.alt}} {{vars.campaign}}",
            "Example A bug spring",
        ),
        (
            "{{front.views}} {{front.[a key]}} {{front.list.[1]}} {{tags.[0]}}",
            "3 spaced b Rust",
        ),
        (
            "{{#if author}}by {{author}}{{else if lang}}in {{lang}}{{else}}?{{/if}}",
            "in en",
        ),
        (
            "{{#unless front.nope}}none{{/unless}}{{#if front.nope.deep}}x{{/if}}",
            "none",
        ),
        (
            "{{#each tags}}{{@index}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}",
            "0Rust, 1c++, 2Social Sharing",
        ),
        (
            "{{#each tags as |tag i|}}{{i}}{{tag}}{{@root.lang}}{{../lang}} {{/each}}",
            "0Rustenen 1c++enen 2Social Sharingenen",
        ),
        (
            "{{#each front.people}}{{name}} {{optional role \"-\"}};{{/each}}",
            "Ann -;Bob editor;",
        ),
        (
            "{{#each front.nope}}x{{/each}}{{#each front.nope}}x{{else}}none{{/each}}",
            "none",
        ),
        (
            "{{#with site}}{{title}}{{/with}}{{#with author}}x{{/with}}",
            "Example",
        ),
        (
            "{{#with front.people.[1] as |one|}}{{one.name}}{{/with}}",
            "Bob",
        ),
        (
            "{{#each image}}{{@key}}={{this}};{{/each}}",
            "alt=A bug;file=;url=;",
        ),
        (
            "{{#if (and (eq lang \"en\") (gt front.views 2))}}yes{{/if}}",
            "yes",
        ),
        ("{{#eq lang \"de\"}}ja{{else}}no{{/eq}}", "no"),
        ("{{#if (not (or author updated))}}neither{{/if}}", "neither"),
        (
            "{{optional front.nope}}|{{optional front.nope \"x\"}}|{{optional front.empty \"y\"}}|{{optional front.subtitle \"z\"}}",
            "|x|y|A tale",
        ),
    ] {
        assert_eq!(shown(template), expected, "{template}");
    }
}

#[test]
fn helpers_print_expected_text() {
    for (template, expected) in [
        ("{{date published \"%d %B %Y\"}}", "01 March 2026"),
        ("{{date published \"%H:%M %:z\"}}", "09:05 +01:00"),
        (
            "{{date \"2026-12-31\" \"%A\"}} {{date \"2026-12-31 18:30\" \"%H\"}}",
            "Thursday 18",
        ),
        ("[{{date updated \"%Y\"}}]", "[]"),
        (
            "{{upper lang}} {{lower site.title}} {{len tags}} {{len site.title}}",
            "EN example 3 7",
        ),
        (
            "{{join tags}} / {{join front.list \" and \"}} / {{join lang}} / {{join author}}.",
            "Rust, c++, Social Sharing / a and b / en / .",
        ),
        ("{{truncate title 14}}", "C# & the #1…"),
        (
            "{{first_sentence description}}",
            "Mail a@b.org or see https://other.example.",
        ),
        (
            "{{hashtags tags max=2 deny=\"rust\"}}",
            "[#cpp] [#SocialSharing]",
        ),
        ("{{hashtags \"a, b c\"}}", "[#a] [#BC]"),
        ("{{upper (truncate (default author site.title) 4)}}", "EXA…"),
        (
            "{{fit description min=10}}",
            "Mail a@b.org or see https://other.example. It <works>.",
        ),
    ] {
        assert_eq!(shown(template), expected, "{template}");
    }
}

#[test]
fn white_space_is_tidied() {
    for (template, expected) in [
        (
            "\r\n\r\n{{title}}  \r\n\r\n\r\n\r\n#x\r\n",
            "C# & the #1 bug in snake_case\n\n[#x]",
        ),
        ("a\n\n{{#if author}}\n{{author}}\n{{/if}}\n\nb", "a\n\nb"),
        ("a\n{{author}}\n\n{{updated}}\n\nb", "a\n\nb"),
        ("  - one\n  - two", "- one\n  - two"),
    ] {
        assert_eq!(shown(template), expected, "{template:?}");
    }
}

#[test]
fn author_text_is_unchanged() {
    for (text, expected) in [
        (
            "\n\n  Two  spaces, {{title}}\n\n\n\nand #rust at https://a.org.\n\n",
            "  Two  spaces, {{title}}\n\n\n\nand [#rust] at [https://a.org].",
        ),
        ("a\r\nb\u{202e}", "a\nb"),
        ("C# (#1)", "C# (#1)"),
    ] {
        assert_eq!(bracketed(&author_text(text)), expected);
    }
    assert_eq!(author_text(" \n "), RichText::default());
}
