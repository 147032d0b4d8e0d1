//! The searches for the ends of notations read a text a few times at most, also where the notations are
//! left open. All other searches are within a line's bounds or those of a short notation.

use super::{closers, read, without_mdx};

/// What a text may consist of that opens something and does not close it, or closes what is not open.
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
fn open_notations_are_sought_once() {
    const SIZE: usize = 32 * 1024;
    for unit in UNITS {
        let text = unit.repeat(SIZE / unit.len());
        closers::take_work();
        read(&without_mdx(&text));
        let work = closers::take_work();
        // Each of the two rewriters, the first of which runs twice, seeks a few closers.
        assert!(
            work <= 16 * text.len(),
            "{unit:?}: {work} of {}",
            text.len()
        );
    }
}
