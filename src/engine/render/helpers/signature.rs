//! Signatures of helpers: the ones of this program, and those of handlebars that templates may use.

use std::ops::RangeInclusive;

/// A syntactic position from which a helper is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::render) enum CallSite {
    /// `{{helper …}}`
    Inline,
    /// `{{#helper …}}…{{/helper}}`
    Block,
    /// `(helper …)`, as an argument of another helper.
    Nested,
}

/// The call syntax of a helper.
pub(in crate::engine::render) struct Signature {
    pub(in crate::engine::render) name: &'static str,
    /// The call as shown on the reference page.
    pub(in crate::engine::render) usage: &'static str,
    pub(super) parameters: RangeInclusive<usize>,
    pub(super) options: &'static [&'static str],
    pub(super) uses: &'static [CallSite],
}

/// The call sites of most helpers, which compute a value from values.
pub(super) const VALUE: &[CallSite] = &[CallSite::Inline, CallSite::Nested];

/// The helpers of handlebars that templates may use.
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

/// Returns the signature of a predicate. A predicate cannot be printed.
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
