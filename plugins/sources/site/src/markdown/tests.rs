use super::{
    Picture, TextRules, plain, read, read_with, without_hidden, without_mdx, without_tags,
};
use proptest::prelude::*;

#[test]
fn excerpt_contains_only_prose() {
    for (text, excerpt) in [
        (
            "# Problem:\nNowadays *it* is `common`.",
            "Nowadays it is common.",
        ),
        ("One\ntwo  \nthree\n\nfour", "One two three four"),
        (
            "A [link](x), <b>bold</b>, ~~gone~~ &amp; more[^1].\n\n[^1]: a note",
            "A link, bold, gone & more.",
        ),
        ("- one\n- two\n\n> quote", "one two quote"),
        ("- [ ] task", "task"),
        ("```\ncode\n```\n\n    code\n\nwords", "words"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nwords", "words"),
        ("> [!NOTE]\n> words", "words"),
        (
            "<p align=\"center\">In <em>HTML</em>&nbsp;text</p>\n\nwords",
            "In HTML text words",
        ),
        (
            "<style>\np {}\n</style>\n<script>x()</script>\n\nwords",
            "words",
        ),
        ("<!-- a comment -->\nwords", "words"),
        ("<iframe src=\"x\">none</iframe> words", "words"),
        ("![alt](x.png) words ![alt][r]\n\n[r]: y.png", "words"),
        (
            "one {% post_link a-b \"The other post\" %} two.\n\n{{ page.title }}",
            "one The other post two.",
        ),
        ("{% youtube x %}\nwords", "words"),
        (
            "{% codeblock lang:js %}\nlet x = 1;\n{% endcodeblock %}\nwords",
            "words",
        ),
        (
            "{% blockquote Me %}\nwise\n{% endblockquote %}\nwords",
            "wise words",
        ),
        (
            "Write `{% raw %}` or `{{ x }}`.",
            "Write {% raw %} or {{ x }}.",
        ),
        ("{% link the text https://x.org %} here", "the text here"),
        ("a {% unclosed\n\nb {{ c", "a {% unclosed b {{ c"),
        ("a < b and 1 <2> 3", "a < b and 1 <2> 3"),
    ] {
        assert_eq!(read(text).excerpt(), excerpt, "{text:?}");
    }
}

#[test]
fn marker_after_text_ends_excerpt() {
    for (text, excerpt, marked) in [
        ("one\n\n<!-- more -->\n\ntwo", "one", true),
        ("one <!--more--> two", "one", true),
        ("one\n<!-- truncate -->\ntwo", "one", true),
        ("![x](y)\n<!-- MORE -->\ntwo", "two", false),
        ("one\n\n```\n<!-- more -->\n```\n\ntwo", "one two", false),
    ] {
        let prose = read(text);
        assert_eq!(
            (prose.excerpt(), prose.has_excerpt_marker),
            (excerpt.to_owned(), marked),
            "{text:?}"
        );
    }
}

#[test]
fn pictures_keep_order_and_alt() {
    let picture = |target: &str, alt: &str, asset| Picture {
        target: target.to_owned(),
        asset,
        alt: Some(alt.to_owned()).filter(|alt| !alt.is_empty()),
    };
    let text = "\
```md
![no](code.png)
{% asset_img no.png %}
```
{% asset_img 'a b.png' 10 20 \"It's [a] *b*\" %}
| cell |
|------|
| ![c](c.png) |
{% image './i.png', 'I' %} {% img left /img/d(1).png 'D' %} `{% asset_img no.png %}`
<figure><img alt=\"E &amp; F\" src='e.png'></figure>

# ![G *g*](g.png 'title')
{% codeblock %}
![no](no.png)
{% endcodeblock %}
";
    assert_eq!(
        read(text).pictures,
        [
            picture("a b.png", "It's [a] *b*", true),
            picture("c.png", "c", false),
            picture("./i.png", "I", false),
            picture("/img/d%281%29.png", "D", false),
            picture("e.png", "E & F", false),
            picture("g.png", "G g", false),
        ]
    );
}

#[test]
fn first_heading_after_text_is_found() {
    let prose = read("words\n\nThe *big* one\n===\n\n# Next");
    assert_eq!(prose.heading.as_deref(), Some("The big one"));
    assert_eq!(prose.excerpt(), "words");
}

/// Pieces of all supported notations, open and closed.
const PIECES: &[&str] = &[
    "{{< x >}}",
    "{{< /x >}}",
    "{{% comment %}}",
    "{{% /comment %}}",
    "{{<",
    "{{%",
    ">}}",
    "%}}",
    "{{",
    "}}",
    "{% raw %}",
    "{% endraw %}",
    "{% code %}",
    "{% endcode %}",
    "{% secret %}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{/*",
    "*/}",
    "{:",
    "}",
    "<!--",
    "-->",
    "%%",
    "<div hidden>",
    "</div>",
    "<Secret>",
    "<a ",
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "[[",
    "]]",
    "![[",
    "![",
    "](x)",
    "==",
    " ^id",
    "`",
    "``",
    "```",
    "~~~",
    "!!! note \"é\"",
    ":::",
    "> [!a]",
    "    ",
    "\n",
    "\n\n",
    "- ",
    "a",
    "é",
    "世",
    " ",
    ":rocket:",
    "\\",
    "|",
    "#",
    "*",
    "_",
];

proptest! {
    #[test]
    fn reading_any_text_terminates(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        let rules = TextRules { is_smart: true, has_emoji: true };
        read_with(&without_mdx(&text), rules);
        let open = without_hidden(&text);
        prop_assert!(open.len() <= text.len());
        let _ = without_tags(&text);
    }

    #[test]
    fn whitespace_is_collapsed_in_any_text(text in "([{}%`<>!\\[\\]()'\"#*_~|&; \n-]|asset_img|code|endcode|img src=|[a-z世é]){0,60}") {
        let excerpt = read(&text).excerpt();
        for text in [plain(&text), excerpt] {
            prop_assert!(!text.contains("  ") && !text.contains('\n'), "{}", text);
        }
    }

    #[test]
    fn plain_words_are_unchanged(text in "[a-zA-Z0-9é世.,:;!?'()+=/$@%-]{1,8}( [a-zA-Z0-9é世.,:;!?'()+=/$@%#-]{1,8}){0,6}") {
        prop_assert_eq!(plain(&text), text);
    }
}
