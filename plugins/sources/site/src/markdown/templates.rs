//! Parses template tags: shortcodes of Hugo and Zola (`{{< … >}}`, `{{% … %}}`), tags of Liquid, Nunjucks
//! and Zola (`{% … %}`), and the ends of their blocks. Any number of searches for ends reads the text
//! once.

use std::collections::HashMap;

use super::closers::Closers;

/// The template tags of one text.
pub(super) struct Templates<'a> {
    pub(super) closers: Closers<'a>,
    shortcode_ends: Option<Ends<'a>>,
    tag_ends: Option<Ends<'a>>,
}

/// The start and end offsets of the closing tags, in their order, by name.
type Ends<'a> = HashMap<&'a str, Vec<(usize, usize)>>;

/// The opening or closing tag of a shortcode.
pub(super) struct Shortcode<'a> {
    /// The opening and closing delimiter.
    pub(super) marks: (&'static str, &'static str),
    pub(super) inside: &'a str,
    pub(super) name: &'a str,
    pub(super) arguments: &'a str,
    pub(super) closes: bool,
    pub(super) closes_itself: bool,
    /// The offset after the tag.
    pub(super) end: usize,
}

/// A tag such as `{% name … %}`.
pub(super) struct BlockTag<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: &'a str,
    /// `true` if the arguments are in parentheses. Zola's blocks are calls, and all end with `end`.
    pub(super) is_call: bool,
    /// The offset after the tag.
    pub(super) end: usize,
}

impl BlockTag<'_> {
    /// Returns the name of the tag that ends the block.
    pub(super) fn end_name(&self) -> String {
        if self.is_call {
            "end".to_owned()
        } else {
            format!("end{}", self.name)
        }
    }
}

impl<'a> Templates<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            closers: Closers::new(text),
            shortcode_ends: None,
            tag_ends: None,
        }
    }

    /// Returns the shortcode that begins at `at`.
    pub(super) fn shortcode(&mut self, at: usize) -> Option<Shortcode<'a>> {
        let marks = match self.closers.text().get(at..at + 3)? {
            "{{<" => ("{{<", ">}}"),
            "{{%" => ("{{%", "%}}"),
            _ => return None,
        };
        let close = self.closers.find(marks.1, at + 3)?;
        let inside = self.closers.text()[at + 3..close].trim();
        let (closes, rest) = match inside.strip_prefix('/') {
            Some(rest) if !rest.starts_with('*') => (true, rest.trim_start()),
            _ => (false, inside),
        };
        let (closes_itself, rest) = match rest.strip_suffix('/') {
            Some(rest) => (true, rest.trim_end()),
            None => (false, rest),
        };
        let (name, arguments) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        Some(Shortcode {
            marks,
            inside,
            name,
            arguments,
            closes,
            closes_itself,
            end: close + marks.1.len(),
        })
    }

    /// Returns the tag that begins at `at`.
    pub(super) fn tag(&mut self, at: usize) -> Option<BlockTag<'a>> {
        self.closers.text()[at..].strip_prefix("{%")?;
        let close = self.closers.find("%}", at + 2)?;
        let content = self.closers.text()[at + 2..close]
            .trim_matches(|c: char| c == '-' || c.is_whitespace());
        let (name, arguments) = content
            .split_once(|c: char| c.is_whitespace() || c == '(')
            .unwrap_or((content, ""));
        Some(BlockTag {
            name,
            arguments,
            is_call: content[name.len()..].starts_with('('),
            end: close + 2,
        })
    }

    /// Returns the offset after the next closing tag of the shortcode `name` at or after `from`.
    pub(super) fn end_of_shortcode(&mut self, name: &str, from: usize) -> Option<usize> {
        if self.shortcode_ends.is_none() {
            let ends = self.ends("{{", |templates, at| {
                let tag = templates.shortcode(at)?;
                Some((tag.name, tag.closes, tag.end))
            });
            self.shortcode_ends = Some(ends);
        }
        end(self.shortcode_ends.as_ref()?, name, from)
    }

    /// Returns the offset after the next end tag `name` at or after `from`, or `None` if there is none.
    pub(super) fn end_of_tag(&mut self, name: &str, from: usize) -> Option<usize> {
        if self.tag_ends.is_none() {
            let ends = self.ends("{%", |templates, at| {
                let tag = templates.tag(at)?;
                Some((tag.name, tag.name.starts_with("end"), tag.end))
            });
            self.tag_ends = Some(ends);
        }
        end(self.tag_ends.as_ref()?, name, from)
    }

    /// Collects the closing tags among the tags that begin with `open`.
    fn ends(
        &mut self,
        open: &str,
        mut read: impl FnMut(&mut Self, usize) -> Option<(&'a str, bool, usize)>,
    ) -> Ends<'a> {
        let mut ends = Ends::new();
        let mut at = 0;
        while let Some(offset) = self.closers.text()[at..].find(open) {
            at += offset;
            match read(self, at) {
                Some((name, closes, end)) => {
                    if closes {
                        ends.entry(name).or_default().push((at, end));
                    }
                    at = end;
                }
                None => at += open.len(),
            }
        }
        ends
    }
}

fn end(ends: &Ends<'_>, name: &str, from: usize) -> Option<usize> {
    let ends = ends.get(name)?;
    let next = ends.partition_point(|(start, _)| *start < from);
    ends.get(next).map(|(_, end)| *end)
}

#[cfg(test)]
mod tests {
    use super::super::closers::take_work;
    use super::Templates;

    #[test]
    fn blocks_end_at_matching_tags() {
        let text = "{{< a >}}{{< b >}}{{< /b >}}{{% /a %}} {{< /a >}}";
        let mut templates = Templates::of(text);
        assert_eq!(templates.end_of_shortcode("a", 9), Some(38));
        assert_eq!(templates.end_of_shortcode("a", 30), Some(49));
        assert_eq!(templates.end_of_shortcode("c", 0), None);

        let text = "{% a %}{%- enda -%}{% b() %}{% end %}";
        let mut templates = Templates::of(text);
        assert_eq!(templates.tag(0).unwrap().end_name(), "enda");
        assert_eq!(templates.end_of_tag("enda", 7), Some(19));
        assert_eq!(templates.tag(19).unwrap().end_name(), "end");
        assert_eq!(templates.end_of_tag("end", 28), Some(37));
    }

    #[test]
    fn unclosed_blocks_read_text_once() {
        for unit in ["{{< code >}} ", "{{< x ", "{{% x ", "{% code %} ", "{% x "] {
            let text = unit.repeat(2_000);
            let mut templates = Templates::of(&text);
            take_work();
            for at in (0..text.len()).step_by(unit.len()) {
                templates.shortcode(at);
                templates.tag(at);
                assert_eq!(templates.end_of_shortcode("code", at), None);
                assert_eq!(templates.end_of_tag("endcode", at), None);
            }
            let read = take_work();
            assert!(read <= 4 * text.len(), "{unit}: {read} of {}", text.len());
        }
    }
}
