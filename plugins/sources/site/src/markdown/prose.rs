//! Reads a Markdown text in one pass: the first heading, the excerpt, the pictures and all words. Code,
//! tables, footnotes, headings and hidden HTML are not part of an excerpt.

use std::borrow::Cow;

use memchr::{memchr2, memmem};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream};
use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::{HtmlToken, decode, is_silent, tokens};

use super::article_words::ArticleWords;
use super::emoji::replace_emoji_names;
use super::gaps::{first_gap, has_text, without_gaps};
use super::hidden::without_hidden;
use super::notations::as_markdown;
use super::picture::Picture;
use super::picture_notation;

/// The maximum length of an excerpt; no card shows more.
const MAX_EXCERPT_BYTES: usize = 4096;

/// The length of most excerpts.
const USUAL_EXCERPT_BYTES: usize = 1024;

/// Changes that a generator makes to text in addition to Markdown.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextRules {
    /// `true` if ASCII quotation marks, dashes and dots become typographic ones.
    pub(crate) is_smart: bool,
    /// `true` if names such as `:rocket:` become emoji.
    pub(crate) has_emoji: bool,
}

impl TextRules {
    /// The rules of generators that only convert to typographic signs.
    pub(crate) const SMART: Self = Self {
        is_smart: true,
        has_emoji: false,
    };
}

/// The parts of a text that a card may show.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Prose {
    /// The first heading.
    pub(crate) heading: Option<String>,
    /// The excerpt with its white space.
    spaced_excerpt: String,
    /// The excerpt and its headings with their white space.
    spaced_excerpt_with_headings: String,
    /// The end of the first paragraph in `spaced_excerpt`.
    paragraph_end: Option<usize>,
    /// The end of the first line in `spaced_excerpt`.
    line_end: Option<usize>,
    /// `true` if the author marked the end of the excerpt.
    pub(crate) has_excerpt_marker: bool,
    /// The pictures in order of appearance.
    pub(crate) pictures: Vec<Picture>,
    /// The words of the whole article, including code, tables and footnotes, without first-level headings,
    /// which are titles.
    pub(crate) words: String,
    /// The template tags whose words are unknown. The other texts, except `words`, have a mark in place of each.
    gaps: Vec<String>,
}

impl Prose {
    /// Returns the text before the excerpt marker, or the beginning of the text.
    pub(crate) fn excerpt(&self) -> String {
        collapse_whitespace(&self.spaced_excerpt)
    }

    /// Returns the excerpt including the headings in it, which some generators keep.
    pub(crate) fn excerpt_with_headings(&self) -> String {
        collapse_whitespace(&self.spaced_excerpt_with_headings)
    }

    /// Returns the first line with words.
    pub(crate) fn first_line(&self) -> String {
        let paragraph = self.spaced_paragraph();
        let end = self.line_end.unwrap_or(paragraph.len());
        collapse_whitespace(&paragraph[..end.min(paragraph.len())])
    }

    /// Returns the first paragraph, list or HTML block with words.
    pub(crate) fn first_paragraph(&self) -> String {
        collapse_whitespace(self.spaced_paragraph())
    }

    /// Returns `true` if the first paragraph has words.
    pub(crate) fn has_words(&self) -> bool {
        has_text(self.spaced_paragraph())
    }

    fn spaced_paragraph(&self) -> &str {
        let end = self.paragraph_end.unwrap_or(self.spaced_excerpt.len());
        &self.spaced_excerpt[..end]
    }

    /// Returns the first template tag whose words `text` lacks, which is a text of this prose with its marks.
    pub(crate) fn first_gap(&self, text: &str) -> Option<&str> {
        first_gap(&self.gaps, text)
    }

    /// Drops everything except the words. They identify the post even if its text is not public and
    /// must not be shown.
    pub(crate) fn words_only(self) -> Self {
        Self {
            words: self.words,
            ..Self::default()
        }
    }
}

/// Reads a Markdown text with the default rules.
pub(crate) fn read(text: &str) -> Prose {
    read_with(text, TextRules::default())
}

/// Reads a Markdown text with the rules of its generator.
pub(crate) fn read_with(text: &str, rules: TextRules) -> Prose {
    let open = without_hidden(text);
    let pictured = picture_notation::rewrite_pictures(&open).map_or(open, Cow::Owned);
    let (replaced, gaps) = as_markdown(&pictured);
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    options.set(Options::ENABLE_SMART_PUNCTUATION, rules.is_smart);
    let mut reader = ProseReader::default();
    // The parser may split the name of an emoji: `:white_check_mark:`.
    for event in TextMergeStream::new(Parser::new_ext(&replaced, options)) {
        reader.handle_event(match event {
            Event::Text(text) if rules.has_emoji => Event::Text(replace_emoji_names(&text).into()),
            event => event,
        });
    }
    Prose {
        gaps: gaps.tags,
        ..reader.finish()
    }
}

/// Returns `false` if a text certainly has no picture in any notation.
pub(crate) fn may_have_pictures(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2(b'<', b'{', bytes).is_some() || memmem::find(bytes, b"![").is_some()
}

/// Returns `text` with an excerpt marker in place of the first `separator`.
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
    /// The number of open code blocks, tables and footnotes.
    silent: usize,
    /// The open HTML element without visible text; it ends with its block or paragraph at the latest.
    silent_element: Option<String>,
    image: Option<Picture>,
    /// The HTML of the open block.
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
                self.image = Some(Picture::named(&without_gaps(&dest_url), None));
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
            && self.prose.spaced_excerpt_with_headings.len() < MAX_EXCERPT_BYTES
        {
            self.prose
                .spaced_excerpt_with_headings
                .push_str(&format!(" {heading} "));
        }
        if self.prose.heading.is_none() && has_text(&heading) {
            self.prose.heading = Some(heading);
        }
    }

    fn end_line(&mut self) {
        if self.prose.line_end.is_none() && has_text(&self.prose.spaced_excerpt) {
            self.prose.line_end = Some(self.prose.spaced_excerpt.len());
        }
    }

    fn end_paragraph(&mut self) {
        self.end_line();
        if self.prose.paragraph_end.is_none() && has_text(&self.prose.spaced_excerpt) {
            self.prose.paragraph_end = Some(self.prose.spaced_excerpt.len());
        }
    }

    fn push_text(&mut self, text: &str) {
        let is_title = self.heading.is_some() && self.is_title;
        if self.image.is_none() && self.silent_element.is_none() && !is_title {
            self.words.push(&without_gaps(text));
        }
        self.push_visible(text);
    }

    /// Separates words of the excerpt.
    fn push_space(&mut self) {
        self.push_visible(" ");
    }

    /// Appends visible text to the open picture, the open heading or the excerpt.
    fn push_visible(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            let alt = image.alt.get_or_insert_default();
            alt.push_str(&without_gaps(text));
        } else if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        } else if self.silent == 0 && self.silent_element.is_none() {
            self.push_excerpt(text);
        }
    }

    fn push_excerpt(&mut self, text: &str) {
        if !self.prose.has_excerpt_marker && self.prose.spaced_excerpt.len() < MAX_EXCERPT_BYTES {
            for excerpt in [
                &mut self.prose.spaced_excerpt,
                &mut self.prose.spaced_excerpt_with_headings,
            ] {
                if excerpt.is_empty() {
                    excerpt.reserve(USUAL_EXCERPT_BYTES);
                }
                excerpt.push_str(text);
            }
        }
    }

    /// Reads HTML: a whole block, or one tag between words if `inline`.
    fn push_html(&mut self, html: &str, inline: bool) {
        for token in tokens(html) {
            match token {
                HtmlToken::Comment(comment) => self.handle_comment(comment),
                HtmlToken::Text(text) => self.push_text(&decode(text)),
                HtmlToken::Open(name, attributes) if name.eq_ignore_ascii_case("img") => {
                    let attributes = without_gaps(attributes);
                    self.prose.pictures.extend(Picture::of_element(&attributes));
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

    /// Returns `true` if `name` is the open element without visible text.
    fn is_in_silent(&self, name: &str) -> bool {
        let open = self.silent_element.as_ref();
        open.is_some_and(|open| open.eq_ignore_ascii_case(name))
    }

    /// Handles an excerpt marker: `<!-- more -->` (Hexo, Hugo, Zola), `<!-- truncate -->` (Docusaurus), or
    /// the markers of Pelican's plugin `summary` for start and end. An end marker before any text is
    /// ignored.
    fn handle_comment(&mut self, comment: &str) {
        let word = comment.trim();
        if word == "PELICAN_BEGIN_SUMMARY" && !self.prose.has_excerpt_marker {
            self.prose.spaced_excerpt.clear();
            self.prose.spaced_excerpt_with_headings.clear();
            self.prose.paragraph_end = None;
            self.prose.line_end = None;
        }
        let is_marker = ["more", "truncate", "PELICAN_END_SUMMARY"]
            .iter()
            .any(|marker| word.eq_ignore_ascii_case(marker));
        if is_marker && has_text(&self.prose.spaced_excerpt) {
            self.prose.has_excerpt_marker = true;
        }
    }

    fn finish(mut self) -> Prose {
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

/// Returns `true` if the text before and after a tag may be one word.
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
