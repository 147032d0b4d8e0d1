//! The first part of an article's Markdown, as blocks of formatted text. Raw HTML and pictures are replaced by text, so
//! that viewing a preview loads nothing and runs nothing.

mod parse;

pub(super) use parse::excerpt;

/// The number of characters after which no further block is shown.
const MAX_CHARACTERS: usize = 700;

/// The start of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The blocks, in order.
    pub(super) blocks: Vec<Block>,
    /// `true` if the article goes on.
    pub(super) is_cut: bool,
}

/// A block of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The kind.
    pub(super) kind: BlockKind,
    /// The text in parts of the same format.
    pub(super) spans: Vec<ArticleSpan>,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Heading,
    Paragraph,
    ListItem {
        /// The number, in an ordered list.
        number: Option<u64>,
        /// The number of lists around this one.
        depth: usize,
    },
    Quote,
    Code,
}

/// A part of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArticleSpan {
    /// The text.
    pub(super) text: String,
    /// The format.
    pub(super) format: SpanFormat,
}

/// The format of a part of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SpanFormat {
    #[default]
    Plain,
    Emphasis,
    Strong,
    Code,
    Link,
}

impl Block {
    /// Returns the text without formats.
    pub(super) fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}
