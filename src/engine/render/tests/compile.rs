//! Tests of the errors in templates that are found without an item.

use super::sample::with_hint;
use crate::engine::render::Template;

/// Returns all errors of a template, each followed by its hint on the next line.
fn faults(text: &str) -> String {
    let faults = Template::compile("t.hbs", text).expect_err(text);
    let faults: Vec<String> = faults.iter().map(with_hint).collect();
    faults.join("\n")
}

fn assert_faults(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(faults(text), *expected, "{text}");
    }
}

#[test]
fn unknown_name_reported_with_position() {
    let titel = |place| format!("t.hbs:{place}: unknown name `titel`\ndid you mean `title`?");
    for (text, place) in [
        ("{{titel}}", "1:3"),
        ("é\r\n  {{~ titel ~}}", "2:7"),
        ("a\n{{#if titel}}x{{/if}}", "2:7"),
        ("{{{titel}}}", "1:4"),
        ("{{upper titel}}", "1:9"),
        ("{{upper (lower titel)}}", "1:16"),
        ("{{fit title min=titel}}", "1:17"),
        ("{{default \"titel\" titel}}", "1:19"),
        ("{{#if lang}}titel {{else if titel}}x{{/if}}", "1:29"),
        (
            "{{#if lang}}{{lang}}{{else}}\n{{#each tags}}{{else}}{{titel}}{{/each}}{{/if}}",
            "2:25",
        ),
        ("{{#each tags}}{{@root.titel}}{{/each}}", "1:17"),
    ] {
        assert_eq!(faults(text), titel(place), "{text}");
    }
    assert_eq!(
        faults("{{titel}} {{title}} {{titel}}"),
        [titel("1:3"), titel("1:23")].join("\n")
    );
}

#[test]
fn path_without_value_is_error() {
    assert_faults(&[
        (
            "{{subtitle}}",
            "t.hbs:1:3: unknown name `subtitle`\n\
             for a key of the front matter, write `{{front.subtitle}}`",
        ),
        (
            "{{site.titel}}",
            "t.hbs:1:3: unknown name `site.titel`\ndid you mean `site.title`?",
        ),
        (
            "{{image.width}}",
            "t.hbs:1:3: unknown name `image.width`\n`image` has the keys `alt`, `file`, `url`",
        ),
        (
            "{{image.url.x}}",
            "t.hbs:1:3: unknown name `image.url.x`\n`image.url` is a single value",
        ),
        (
            "{{tags.length}}",
            "t.hbs:1:3: unknown name `tags.length`\n\
             `tags` is a list: `{{join tags}}`, `{{len tags}}` or `{{#each tags}}`",
        ),
        (
            "{{tags}}",
            "t.hbs:1:3: `tags` is a list\nwrite `{{join tags}}` or `{{hashtags tags}}`",
        ),
        (
            "{{site}}",
            "t.hbs:1:3: `site` is an object, not a single value\n\
             use one of its values, such as `{{site.title}}`",
        ),
        (
            "{{#each tags}}{{title}}{{/each}}",
            "t.hbs:1:17: unknown name `title`\ninside this block, write `@root.title`",
        ),
        (
            "{{#each tags}}{{titel}}{{subtitle}}{{/each}}",
            "t.hbs:1:17: unknown name `titel`\ninside this block, write `@root.title`\n\
             t.hbs:1:26: unknown name `subtitle`\n\
             for a key of the front matter, write `{{@root.front.subtitle}}`",
        ),
        (
            "{{#with site}}{{titel}}{{/with}}",
            "t.hbs:1:17: unknown name `titel`\ndid you mean `title`?",
        ),
        (
            "{{#each tags as |tag|}}{{tga}}{{/each}}",
            "t.hbs:1:26: unknown name `tga`\ndid you mean `tag`?",
        ),
        (
            "{{#each title}}{{/each}}",
            "t.hbs:1:4: `{{#each}}` expects a list, found a single value\n\
             pass a list such as `tags`, or use `{{#if …}}` for a single value",
        ),
        (
            "{{@index}}",
            "t.hbs:1:3: unknown name `@index`\n\
             `@index`, `@key`, `@first` and `@last` exist only inside `{{#each}}`",
        ),
        (
            "{{#each tags}}{{@indx}}{{/each}}",
            "t.hbs:1:17: unknown name `@indx`\ndid you mean `@index`?",
        ),
        (
            "{{../title}}",
            "t.hbs:1:3: `../title` points outside the template\n\
             use `../` only inside a block: it refers to the enclosing one",
        ),
    ]);
}

#[test]
fn invalid_helper_call_is_error() {
    assert_faults(&[
        (
            "{{uper title}}",
            "t.hbs:1:3: unknown helper `uper`\ndid you mean `upper`?",
        ),
        (
            "{{#title}}x{{/title}}",
            "t.hbs:1:4: unknown helper `title`\nwrite `{{#if title}}`",
        ),
        (
            "{{title lang}}",
            "t.hbs:1:3: unknown helper `title`\n`title` is a value: write `{{title}}` without arguments",
        ),
        (
            "{{(title)}}",
            "t.hbs:1:4: unknown helper `title`\n`title` is a value: remove the parentheses",
        ),
        (
            "{{#unles title}}x{{/unles}}",
            "t.hbs:1:4: unknown helper `unles`\ndid you mean `unless`?",
        ),
        (
            "{{#loop tags}}x{{/loop}}",
            "t.hbs:1:4: unknown helper `loop`\nuse one of `and`, `each`, `eq`, `gt`, `gte`, `if`, \
             `lt`, `lte`, `ne`, `not`, `or`, `unless`, `with`",
        ),
        (
            "{{lookup front title}}",
            "t.hbs:1:3: unknown helper `lookup`\n\
             write `front.[a key]`, or `tags.[0]` for an entry of a list",
        ),
        (
            "{{#fit title}}x{{/fit}}",
            "t.hbs:1:4: `fit` is not a block helper\nwrite `{{fit TEXT min=40}}`",
        ),
        (
            "{{upper (fit title)}}",
            "t.hbs:1:10: `fit` cannot be an argument of another helper\nwrite `{{fit TEXT min=40}}`",
        ),
        (
            "{{eq lang 1}}",
            "t.hbs:1:3: `eq` cannot be printed\nwrite `(eq A B)`",
        ),
        (
            "{{upper}}",
            "t.hbs:1:3: `upper` is called without arguments\nwrite `{{upper TEXT}}`",
        ),
        (
            "{{truncate title}}",
            "t.hbs:1:3: `truncate` is called with 1 argument\nwrite `{{truncate TEXT 100}}`",
        ),
        (
            "{{upper title lang}}",
            "t.hbs:1:3: `upper` is called with 2 arguments\nwrite `{{upper TEXT}}`",
        ),
        (
            "{{hashtags tags mx=3}}",
            "t.hbs:1:3: `hashtags` has no option `mx`\ndid you mean `max`?",
        ),
        (
            "{{> footer}}",
            "t.hbs:1:1: a template cannot include another template\nwrite the text of that template here",
        ),
        (
            "{{#*inline \"x\"}}{{/inline}}",
            "t.hbs:1:1: decorators are not supported\nremove `{{* …}}` or `{{#* …}}`",
        ),
    ]);
}

#[test]
fn invalid_syntax_is_explained() {
    assert_faults(&[
        ("a\n{{title", "t.hbs:2:1: `{{` without `}}`\nadd `}}`"),
        (
            "{{title} and {{lang}}",
            "t.hbs:1:1: `{{` without `}}`\nadd `}}`",
        ),
        (
            "{{}}",
            "t.hbs:1:1: empty `{{}}`\n\
             write the value to print, such as `{{title}}`",
        ),
        (
            "{{#if title}}x",
            "t.hbs:1:1: `{{#if}}` is not closed\nadd `{{/if}}`",
        ),
        (
            "x{{/if}}",
            "t.hbs:1:2: `{{/if}}` has no opening tag\nremove it, or add `{{#if …}}` before it",
        ),
        (
            "{{#if title}}\n{{/each}}",
            "t.hbs:2:1: `{{/each}}` does not match `{{#if}}` on line 1\nwrite `{{/if}}`",
        ),
        (
            "{{else}}",
            "t.hbs:1:1: `{{else}}` outside any block\nput it between `{{#if …}}` and `{{/if}}`",
        ),
        (
            "{{title's}}",
            "t.hbs:1:8: invalid template syntax\nwrite `{{name}}`, `{{helper name}}` or \
             `{{#if name}}…{{/if}}`; `\\{{` for a literal brace",
        ),
    ]);
}

#[test]
fn allowed_nesting_fits_small_stack() {
    let blocks = |depth| "{{#if title}}".repeat(depth) + "x" + &"{{/if}}".repeat(depth);
    let chain = |length| {
        format!(
            "{{{{#if title}}}}{}{{{{/if}}}}",
            "{{else if lang}}x".repeat(length)
        )
    };
    let calls = |depth| {
        format!(
            "{{{{upper {}title{}}}}}",
            "(upper ".repeat(depth),
            ")".repeat(depth)
        )
    };
    for (good, bad) in [
        (blocks(32), blocks(33)),
        (chain(31), chain(32)),
        (calls(32), calls(33)),
        (blocks(1).repeat(100), blocks(100_000)),
        (calls(1).repeat(100), format!("{{{{{}", "(".repeat(100_000))),
    ] {
        assert!(Template::compile("t.hbs", &good).is_ok());
        let message = Template::compile("t.hbs", &bad).unwrap_err()[0].to_string();
        assert!(
            message.ends_with(": more than 32 levels of nesting"),
            "{message}"
        );
    }
    // Deep nesting is refused quickly.
    assert!(faults(&"{{#if title}}".repeat(32)).contains("is not closed"));
}
