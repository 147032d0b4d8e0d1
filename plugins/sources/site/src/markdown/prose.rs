//! A Markdown text read once, front to back: the first heading, the words before the excerpt marker,
//! the pictures, and all words. Code, tables, footnotes, headings and what is hidden between HTML tags
//! are not part of an excerpt.

use std::borrow::Cow;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream};
use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::{HtmlToken, decode, is_silent, tokens};

use super::article_words::ArticleWords;
use super::emoji::replace_emoji_names;
use super::hidden::without_hidden;
use super::notations::as_markdown;
use super::picture::Picture;
use super::picture_notation;

/// No card shows more than this many bytes of a text.
const MAX_EXCERPT_BYTES: usize = 4096;

/// What a generator makes of a text besides what Markdown says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextRules {
    /// Whether plain quotation marks, dashes and dots become typographic ones.
    pub(crate) is_smart: bool,
    /// Whether names such as `:rocket:` become emoji.
    pub(crate) has_emoji: bool,
}

impl TextRules {
    /// The rules of generators that write typographic signs.
    pub(crate) const SMART: Self = Self {
        is_smart: true,
        has_emoji: false,
    };
}

/// What a text says at a glance.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Prose {
    /// The first heading.
    pub(crate) heading: Option<String>,
    /// The words that the text begins with, or those before the marker.
    pub(crate) excerpt: String,
    /// The same with the headings that stand between them, as some generators have it.
    pub(crate) excerpt_with_headings: String,
    /// The first line that has words.
    pub(crate) first_line: String,
    /// The first paragraph, list or block of HTML that has words.
    pub(crate) first_paragraph: String,
    /// Whether the author marked the end of the excerpt.
    pub(crate) has_excerpt_marker: bool,
    /// The pictures in their order.
    pub(crate) pictures: Vec<Picture>,
    /// The words of the whole article, with those of code, tables and footnotes, and without headings
    /// of the first rank, which are titles.
    pub(crate) words: String,
}

impl Prose {
    /// Returns what is left of a text that only some readers may see: the words, as evidence of which
    /// post it is.
    pub(crate) fn words_only(self) -> Self {
        Self {
            words: self.words,
            ..Self::default()
        }
    }
}

/// Reads a Markdown text.
pub(crate) fn read(text: &str) -> Prose {
    read_with(text, TextRules::default())
}

/// Reads a Markdown text as its generator reads it.
pub(crate) fn read_with(text: &str, rules: TextRules) -> Prose {
    let open = without_hidden(text);
    let pictured = picture_notation::rewrite_pictures(&open).map_or(open, Cow::Owned);
    let replaced = as_markdown(&pictured);
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    options.set(Options::ENABLE_SMART_PUNCTUATION, rules.is_smart);
    let mut reader = ProseReader::default();
    // The name of an emoji may be of several pieces: `:white_check_mark:`.
    for event in TextMergeStream::new(Parser::new_ext(&replaced, options)) {
        reader.handle_event(match event {
            Event::Text(text) if rules.has_emoji => Event::Text(replace_emoji_names(&text).into()),
            event => event,
        });
    }
    reader.finish()
}

/// `text` with the end of its excerpt marked where `separator` stands first.
pub(crate) fn mark_excerpt_end<'a>(text: Cow<'a, str>, separator: &str) -> Cow<'a, str> {
    match text.split_once(separator) {
        Some((head, tail)) => Cow::Owned(format!("{head}\n\n<!-- more -->\n\n{tail}")),
        None => text,
    }
}

#[derive(Default)]
struct ProseReader {
    prose: Prose,
    words: ArticleWords,
    heading: Option<String>,
    is_title: bool,
    /// How many code blocks, tables and the like are open.
    silent: usize,
    /// The silent HTML element that is open; it ends with its block or paragraph at the latest.
    silent_element: Option<String>,
    /// Where the first paragraph ends in the excerpt.
    paragraph: Option<usize>,
    /// Where the first line ends in the excerpt.
    line: Option<usize>,
    image: Option<Picture>,
    /// The HTML of the block that is open.
    html: Option<String>,
}

impl ProseReader {
    fn handle_event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.push_text(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule => {
                self.end_line();
                self.words.end_line();
                self.push_space();
            }
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.push_html(&html, false),
            },
            Event::InlineHtml(html) => self.push_html(&html, true),
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if !is_inline(&tag.to_end()) {
            self.words.end_block();
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(String::new());
                self.is_title = level == HeadingLevel::H1;
            }
            Tag::CodeBlock(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) => self.silent += 1,
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::Image { dest_url, .. } => {
                self.image = Some(Picture::named(&dest_url, None));
            }
            Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::List(_) => self.push_space(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if !is_inline(&tag) {
            self.words.end_block();
        }
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock | TagEnd::Table | TagEnd::FootnoteDefinition => {
                self.silent = self.silent.saturating_sub(1);
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.push_html(&html, false);
                self.silent_element = None;
                self.end_paragraph();
            }
            TagEnd::Image => {
                let picture = self.image.take();
                self.prose.pictures.extend(picture);
            }
            TagEnd::Paragraph => {
                self.silent_element = None;
                self.push_space();
                self.end_paragraph();
            }
            TagEnd::List(_) => self.end_paragraph(),
            _ => {}
        }
    }

    fn end_heading(&mut self) {
        let heading = collapse_whitespace(&self.heading.take().unwrap_or_default());
        if !self.prose.has_excerpt_marker
            && self.prose.excerpt_with_headings.len() < MAX_EXCERPT_BYTES
        {
            self.prose
                .excerpt_with_headings
                .push_str(&format!(" {heading} "));
        }
        if self.prose.heading.is_none() && !heading.is_empty() {
            self.prose.heading = Some(heading);
        }
    }

    fn end_line(&mut self) {
        if self.line.is_none() && !self.prose.excerpt.trim().is_empty() {
            self.line = Some(self.prose.excerpt.len());
        }
    }

    fn end_paragraph(&mut self) {
        self.end_line();
        if self.paragraph.is_none() && !self.prose.excerpt.trim().is_empty() {
            self.paragraph = Some(self.prose.excerpt.len());
        }
    }

    fn push_text(&mut self, text: &str) {
        let is_title = self.heading.is_some() && self.is_title;
        if self.image.is_none() && self.silent_element.is_none() && !is_title {
            self.words.push(text);
        }
        self.push_visible(text);
    }

    /// Parts the words of the excerpt.
    fn push_space(&mut self) {
        self.push_visible(" ");
    }

    /// Takes a text as a card would show it.
    fn push_visible(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            image.alt.get_or_insert_default().push_str(text);
        } else if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        } else if self.silent == 0 && self.silent_element.is_none() {
            self.push_excerpt(text);
        }
    }

    fn push_excerpt(&mut self, text: &str) {
        if !self.prose.has_excerpt_marker && self.prose.excerpt.len() < MAX_EXCERPT_BYTES {
            self.prose.excerpt.push_str(text);
            self.prose.excerpt_with_headings.push_str(text);
        }
    }

    /// Takes HTML: a whole block of it, or one tag between words.
    fn push_html(&mut self, html: &str, inline: bool) {
        for token in tokens(html) {
            match token {
                HtmlToken::Comment(comment) => self.handle_comment(comment),
                HtmlToken::Text(text) => self.push_text(&decode(text)),
                HtmlToken::Open(name, attributes) if name.eq_ignore_ascii_case("img") => {
                    self.prose.pictures.extend(Picture::of_element(attributes));
                }
                HtmlToken::Open(name, _) if is_silent(name) => {
                    self.silent_element.get_or_insert_with(|| name.to_owned());
                }
                HtmlToken::Close(name) if self.is_in_silent(name) => self.silent_element = None,
                HtmlToken::Open(name, _) | HtmlToken::Close(name) => {
                    if !inline || name.eq_ignore_ascii_case("br") {
                        self.words.end_block();
                        self.push_space();
                    }
                }
            }
        }
    }

    /// Returns whether `name` is the silent element that is open.
    fn is_in_silent(&self, name: &str) -> bool {
        let open = self.silent_element.as_ref();
        open.is_some_and(|open| open.eq_ignore_ascii_case(name))
    }

    /// An excerpt ends at `<!-- more -->` (Hexo, Hugo, Zola), `<!-- truncate -->` (Docusaurus) or at
    /// the marker of Pelican's plugin `summary`, which has one for its start too, unless nothing stands
    /// before it.
    fn handle_comment(&mut self, comment: &str) {
        let word = comment.trim();
        if word == "PELICAN_BEGIN_SUMMARY" && !self.prose.has_excerpt_marker {
            self.prose.excerpt.clear();
            self.prose.excerpt_with_headings.clear();
            self.paragraph = None;
            self.line = None;
        }
        let is_marker = ["more", "truncate", "PELICAN_END_SUMMARY"]
            .iter()
            .any(|marker| word.eq_ignore_ascii_case(marker));
        if is_marker && !self.prose.excerpt.trim().is_empty() {
            self.prose.has_excerpt_marker = true;
        }
    }

    fn finish(mut self) -> Prose {
        let end = self.paragraph.unwrap_or(self.prose.excerpt.len());
        let line = self.line.unwrap_or(end).min(end);
        self.prose.first_line = collapse_whitespace(&self.prose.excerpt[..line]);
        self.prose.first_paragraph = collapse_whitespace(&self.prose.excerpt[..end]);
        self.prose.excerpt = collapse_whitespace(&self.prose.excerpt);
        self.prose.excerpt_with_headings = collapse_whitespace(&self.prose.excerpt_with_headings);
        self.prose.words = self.words.into_text();
        for picture in &mut self.prose.pictures {
            let alt = picture.alt.take();
            let alt =
                alt.map(|alt| collapse_whitespace(picture_notation::without_alias_size(&alt)));
            picture.alt = alt.filter(|alt| !alt.is_empty());
        }
        self.prose
    }
}

/// Returns whether the words on both sides of a tag may be one.
fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
