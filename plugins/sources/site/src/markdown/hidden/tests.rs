//! Hidden text, syntax by syntax.

use super::without_hidden;
use crate::markdown::read;
use proptest::prelude::*;

#[test]
fn comments_of_all_syntaxes_are_removed() {
    for (text, open) in [
        ("a <!-- x --> b", "a  b"),
        ("a <!-- x\n\ny\n\n- z --> b", "a  b"),
        ("- a\n- <!-- x -->\n- b", "- a\n- \n- b"),
        ("> a\n> <!-- x\n> y -->\n> b", "> a\n> \n> b"),
        ("a<!-->b<!---->c", "abc"),
        ("a {% comment %} x {{ y }} {% endcomment %}b", "a b"),
        (
            "a {%- comment -%}x{%- endcomment -%} b {%# x %}",
            "a  b {%# x %}",
        ),
        ("a {# x\ny #} b", "a  b"),
        ("a {/* x\n\ny */} b", "a  b"),
        ("a {{/* x */}} b {{- /* y */ -}} c", "a  b  c"),
        ("a {{!-- x }} y --}} b <%# x %> c <%-- y --%>", "a  b  c "),
        (
            "a {{% comment %}}x{{% /comment %}}{{< comment >}}y\n{{< /comment >}} b",
            "a  b",
        ),
        (
            "a {::comment}x\ny{:/comment} b {::comment}z{:/} c",
            "a  b  c",
        ),
        ("a %% x %% b\n\n%%\ny\n\nz\n%%\n\nc", "a  b\n\n\n\nc"),
    ] {
        assert_eq!(without_hidden(text), open, "{text:?}");
    }
}

#[test]
fn unclosed_comments_hide_the_rest() {
    for text in [
        "a <!-- x\n\ny",
        "a {% comment %}x\n\ny",
        "a {{% comment %}}x {{< /other >}}",
        "a {::comment}x",
        "a \n%%\nx\n\ny",
    ] {
        assert_eq!(without_hidden(text).trim(), "a", "{text:?}");
    }
}

#[test]
fn code_and_excerpt_markers_are_kept() {
    for text in [
        "`<!-- a -->` and `{# b #}`, `%% c %%`, ``{/* d ` */}``",
        "```html\n<!-- a\n```\n\nb",
        "- a\n\n  ```\n  {% comment %}\n  ```\n",
        "a\n\n    <!-- code\n\nb",
        "{{< highlight html >}}<!-- a{{< /highlight >}} b",
        "{% codeblock %}{# a #}{% endcodeblock %} {% raw %}{# b #}{% endraw %}",
        "a\n\n<!-- more -->\n\nb <!--truncate--> {/* truncate */}",
        "## A {#a} and {#b .c}\n\n100%% of %PATH%, 50%% more",
        "{{</* comment */>}}a{{</* /comment */>}}",
        "{{< comments >}} a {{< comment id=1 >}} b",
        "a \\<!-- b",
        "1 < 2 {x} {{ y }} {% z %}",
    ] {
        assert_eq!(without_hidden(text), text);
    }
}

#[test]
fn private_blocks_are_removed() {
    for (text, open) in [
        (
            "a {{% hugo-encryptor \"pw\" %}}x{{% /hugo-encryptor %}} b",
            "a  b",
        ),
        (
            "a {{< fixit-encryptor \"pw\" >}}\nx\n{{< /fixit-encryptor >}}",
            "a ",
        ),
        ("a {{< encrypt pw >}} x", "a "),
        ("a {% encrypt pw %}x{% endencrypt %} b", "a  b"),
        ("a {% protected(pw=\"x\") %}x{% end %} b", "a  b"),
        ("a {{< members-only >}}x{{< /members-only >}} b", "a  b"),
        ("{{< members >}} b", "{{< members >}} b"),
        (
            "a\n\n<PasswordProtected hash=\"x\">\n\nx\n\n</PasswordProtected>\n\nb",
            "a\n\n\n\nb",
        ),
        ("a <Secret/> b", "a <Secret/> b"),
    ] {
        assert_eq!(without_hidden(text), open, "{text:?}");
    }
}

#[test]
fn hidden_html_elements_are_removed() {
    for (text, open) in [
        (
            "a\n\n<div hidden>\n\nx <div>y</div> z\n\n</div>\n\nb",
            "a\n\n\n\nb",
        ),
        (
            "a <span style=\"color: red; DISPLAY: none\">x</span> b",
            "a  b",
        ),
        ("a <p style={{display: 'none'}}>x</p> b", "a  b"),
        ("<template>\n\nx\n\n</template>b", "b"),
        ("<div hidden>x", ""),
    ] {
        assert_eq!(without_hidden(text), open, "{text:?}");
    }
    for text in [
        "<details><summary>a</summary>b</details>",
        "<p class=\"hidden-gem\" data-x='a hiddenb'>a</p><input hidden>b",
        "<span aria-hidden=\"true\">a</span><b style='display:block'>c</b>",
    ] {
        assert_eq!(without_hidden(text), text);
    }
}

#[test]
fn admonition_comments_are_removed() {
    let text = "!!! note\n\n    %% x %% a\n\n        <!-- code -->\n";
    assert_eq!(
        without_hidden(text),
        "!!! note\n\n     a\n\n        <!-- code -->\n"
    );
}

#[test]
fn no_field_has_hidden_words() {
    let prose = read(
        "# T <!-- s1 -->\n\na %% s2 %%![b {# s3 #}](x.png) {% comment %}\n![](s4.png)\n{% endcomment %}",
    );
    let shown = format!("{prose:?}");
    for secret in ["s1", "s2", "s3", "s4"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

proptest! {
    #[test]
    fn hidden_words_never_appear(
        // Other signs before it could start a longer notation.
        before in "([a-z .>#*-]|\n){0,30}",
        kind in 0..5_usize,
        after in "([a-z .>#*-]|\n|\\}|%|>){0,30}",
    ) {
        let (open, close) = [("<!--", "-->"), ("{#", "#}"), ("{/*", "*/}"), ("{% comment %}", "{% endcomment %}"), ("{{% comment %}}", "{{% /comment %}}")][kind];
        prop_assume!(!before.contains("    "));
        let text = format!("{before}x{open} SECRET {close}{after}");
        prop_assert!(!without_hidden(&text).contains("SECRET"), "{}", text);
    }
}
