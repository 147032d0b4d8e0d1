//! Checks that the searches for the ends of notations read a text only a few times, even if notations
//! are left open. All other searches are limited to a line or to the length of a short notation.

use super::{closers, read, without_mdx};

/// Pieces of text that open a notation without closing it, or close one that is not open.
const UNITS: &[&str] = &[
    "{{< x ",
    "{{% x ",
    "{{< code >}} ",
    "{{% comment %} ",
    "{{ x ",
    "{% x ",
    "{% code %} ",
    "{% raw %} ",
    "{: .x ",
    "{:: x",
    "{# x ",
    "{/* x ",
    "{{/* ",
    "{x} ",
    "<!-- ",
    "<!- ",
    "<a ",
    "<a href=\"",
    "<a '",
    "<div hidden ",
    "<div hidden> ",
    "<secret> ",
    "</div",
    "<b>",
    "<![CDATA[",
    "<? ",
    "%% ",
    "a%% ",
    "%%\n",
    "$x ",
    "$$ ",
    "$$x$$ ",
    "$x$ ",
    "\\( ",
    "\\[ ",
    "\\begin{align} ",
    "[[ ",
    "[[x]] ",
    "![[ ",
    "[x](",
    "![x](",
    "==x ",
    "==x== ",
    " ^id",
    "` ",
    "`` ` ",
    "```\n",
    "    x\n\n",
    "!!! note\n",
    "> [!note] x\n",
    ":::\n",
    "> ",
    "- ",
    "*x ",
    "_",
    "**",
    "~~",
    "[^1]",
    "&amp;",
    "&",
    "|a|\n",
    ":tada: ",
    "import x\n\n",
    "{",
    "}",
    "<",
    "[",
    "a",
    "\n",
    "é",
];

#[test]
fn open_notations_take_linear_time() {
    const SIZE: usize = 32 * 1024;
    for unit in UNITS {
        let text = unit.repeat(SIZE / unit.len());
        closers::take_work();
        read(&without_mdx(&text));
        let work = closers::take_work();
        // Two rewriters, the first of which runs twice, search for a few closers each.
        assert!(
            work <= 16 * text.len(),
            "{unit:?}: {work} of {}",
            text.len()
        );
    }
}
