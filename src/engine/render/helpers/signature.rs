//! How helpers are called: ours, and those of handlebars that templates may use.

use std::ops::RangeInclusive;

/// The places a helper can be called from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::render) enum CallSite {
    /// `{{helper …}}`
    Inline,
    /// `{{#helper …}}…{{/helper}}`
    Block,
    /// `(helper …)`, given to another helper.
    Nested,
}

/// How a helper is called.
pub(in crate::engine::render) struct Signature {
    pub(in crate::engine::render) name: &'static str,
    /// The call as the reference page shows it.
    pub(in crate::engine::render) usage: &'static str,
    pub(super) parameters: RangeInclusive<usize>,
    pub(super) options: &'static [&'static str],
    pub(super) uses: &'static [CallSite],
}

/// What most helpers are: a value made from values.
pub(super) const VALUE: &[CallSite] = &[CallSite::Inline, CallSite::Nested];

/// The helpers of handlebars itself that templates may use.
pub(super) const BLOCKS: &[Signature] = &[
    question("and", "(and A B …)", 1..=usize::MAX),
    block("each", "{{#each LIST}}…{{else}}…{{/each}}", &[]),
    question("eq", "(eq A B)", 2..=2),
    question("gt", "(gt A B)", 2..=2),
    question("gte", "(gte A B)", 2..=2),
    block("if", "{{#if VALUE}}…{{else}}…{{/if}}", &["includeZero"]),
    question("lt", "(lt A B)", 2..=2),
    question("lte", "(lte A B)", 2..=2),
    question("ne", "(ne A B)", 2..=2),
    question("not", "(not VALUE)", 1..=1),
    question("or", "(or A B …)", 1..=usize::MAX),
    block(
        "unless",
        "{{#unless VALUE}}…{{else}}…{{/unless}}",
        &["includeZero"],
    ),
    block("with", "{{#with VALUE}}…{{else}}…{{/with}}", &[]),
];

const fn block(
    name: &'static str,
    usage: &'static str,
    options: &'static [&'static str],
) -> Signature {
    Signature {
        name,
        usage,
        parameters: 1..=1,
        options,
        uses: &[CallSite::Block],
    }
}

/// Answers true or false; on its own that is nothing to print.
const fn question(
    name: &'static str,
    usage: &'static str,
    parameters: RangeInclusive<usize>,
) -> Signature {
    Signature {
        name,
        usage,
        parameters,
        options: &[],
        uses: &[CallSite::Block, CallSite::Nested],
    }
}
