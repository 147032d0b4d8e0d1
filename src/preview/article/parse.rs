//! Parses the start of an article.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{ArticleSpan, Block, BlockKind, Excerpt, MAX_CHARACTERS, SpanFormat};

/// Returns the first blocks of `markdown`.
pub(in crate::preview) fn excerpt(markdown: &str) -> Excerpt {
    let extensions = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut reader = Reader::default();
    let mut events = Parser::new_ext(markdown, extensions);
    while reader.characters < MAX_CHARACTERS
        && let Some(event) = events.next()
    {
        reader.read(event);
    }
    reader.end_block();
    Excerpt {
        blocks: reader.blocks,
        is_cut: events.any(|event| matches!(event, Event::Text(_) | Event::Code(_))),
    }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The kind of the open block.
    kind: Option<BlockKind>,
    spans: Vec<ArticleSpan>,
    formats: Vec<SpanFormat>,
    /// The nesting of quotes.
    quotes: usize,
    /// The number of the next item of each open list, the innermost list last. `None` for a list with bullets.
    lists: Vec<Option<u64>>,
    /// The number of characters of all blocks.
    characters: usize,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text, None),
            Event::Code(code) => self.push(&code, Some(SpanFormat::Code)),
            Event::SoftBreak | Event::HardBreak => self.push("\n", None),
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.begin(BlockKind::Heading),
            Tag::Paragraph if self.kind.is_none() => {
                let is_quote = self.quotes > 0;
                self.begin(if is_quote {
                    BlockKind::Quote
                } else {
                    BlockKind::Paragraph
                });
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                let depth = self.lists.len().saturating_sub(1);
                let next = self.lists.last_mut().and_then(Option::as_mut);
                let number = next.map(|next| {
                    let number = *next;
                    *next = number.saturating_add(1);
                    number
                });
                self.begin(BlockKind::ListItem { number, depth });
            }
            Tag::CodeBlock(_) => self.begin(BlockKind::Code),
            Tag::TableHead | Tag::TableRow => self.begin(BlockKind::Paragraph),
            Tag::TableCell if !self.spans.is_empty() => self.push(" | ", None),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Emphasis => self.formats.push(SpanFormat::Emphasis),
            Tag::Strong => self.formats.push(SpanFormat::Strong),
            Tag::Link { .. } => self.formats.push(SpanFormat::Link),
            Tag::Image { .. } => {
                self.push("[picture: ", None);
                self.formats.push(SpanFormat::Plain);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.end_block(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {
                self.formats.pop();
            }
            TagEnd::Image => {
                self.formats.pop();
                self.push("]", None);
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.end_block();
        self.kind = Some(kind);
    }

    fn end_block(&mut self) {
        let kind = self.kind.take().unwrap_or(BlockKind::Paragraph);
        let block = Block {
            kind,
            spans: std::mem::take(&mut self.spans),
        };
        if !block.text().trim().is_empty() {
            self.characters += block.text().chars().count();
            self.blocks.push(block);
        }
    }

    fn push(&mut self, text: &str, format: Option<SpanFormat>) {
        let format = format.or_else(|| self.formats.last().copied());
        let format = format.unwrap_or_default();
        match self.spans.last_mut() {
            Some(last) if last.format == format => last.text.push_str(text),
            _ => self.spans.push(ArticleSpan {
                text: text.to_owned(),
                format,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BULLET: BlockKind = item(None, 0);

    const fn item(number: Option<u64>, depth: usize) -> BlockKind {
        BlockKind::ListItem { number, depth }
    }

    #[test]
    fn list_items_keep_numbers_and_depth() {
        let excerpt = excerpt("3. three\n   - inner\n\n     more\n4. four\n\nText\n\n- last\n");
        let blocks = excerpt.blocks.iter();
        let blocks: Vec<_> = blocks.map(|block| (block.kind, block.text())).collect();
        let expected = [
            (item(Some(3), 0), "three"),
            (item(None, 1), "inner"),
            (BlockKind::Paragraph, "more"),
            (item(Some(4), 0), "four"),
            (BlockKind::Paragraph, "Text"),
            (BULLET, "last"),
        ];
        let expected = expected.map(|(kind, text)| (kind, text.to_owned()));
        assert_eq!(blocks, expected);
    }

    #[test]
    fn blocks_keep_formats_without_html() {
        let excerpt = excerpt(
            "# Head\n\nA **bold** [link](https://a.example) `x`\n![alt](p.png)\n\n\
             <script>alert(1)</script>\n\n- one\n- two\n\n> said\n\n```rust\nlet a;\n```\n",
        );
        let kinds: Vec<(BlockKind, String)> = excerpt
            .blocks
            .iter()
            .map(|block| (block.kind, block.text()))
            .collect();
        let expected = [
            (BlockKind::Heading, "Head"),
            (BlockKind::Paragraph, "A bold link x\n[picture: alt]"),
            (BULLET, "one"),
            (BULLET, "two"),
            (BlockKind::Quote, "said"),
            (BlockKind::Code, "let a;\n"),
        ];
        let expected = expected.map(|(kind, text)| (kind, text.to_owned()));
        assert_eq!(kinds, expected);
        let formats: Vec<SpanFormat> = excerpt.blocks[1]
            .spans
            .iter()
            .map(|span| span.format)
            .collect();
        let (plain, strong) = (SpanFormat::Plain, SpanFormat::Strong);
        let (link, code) = (SpanFormat::Link, SpanFormat::Code);
        assert_eq!(formats, [plain, strong, plain, link, plain, code, plain]);
        assert!(!excerpt.is_cut);
    }

    #[test]
    fn long_article_is_cut_between_blocks() {
        let paragraph = "word ".repeat(100);
        let three = format!("{paragraph}\n\n{paragraph}\n\n{paragraph}\n");
        let cut = excerpt(&three);
        assert_eq!((cut.blocks.len(), cut.is_cut), (2, true));
        let two = excerpt(&format!("{paragraph}\n\n{paragraph}\n"));
        assert_eq!((two.blocks.len(), two.is_cut), (2, false));
        assert_eq!(excerpt(""), Excerpt::default());
    }
}
