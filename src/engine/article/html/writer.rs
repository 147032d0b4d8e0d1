//! Writes the blocks and lines of a Markdown text.

/// A block that contains other blocks.
#[derive(Clone, Debug)]
enum Container {
    Quote,
    List {
        next: Option<u64>,
    },
    /// An item, whose lines are indented by this many spaces.
    Item {
        indent: usize,
    },
}

/// A Markdown text in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    containers: Vec<Container>,
    /// The line or lines of the block in the making.
    block: String,
    /// The marker of a list item whose first block is not written yet.
    marker: Option<String>,
    /// `true` if the last block is in a list item.
    is_in_item: bool,
}

impl Writer {
    /// Appends text to the block, with runs of white space as one space.
    pub(super) fn inline_text(&mut self, text: &str) {
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            let is_apart = index > 0 && !self.block.is_empty();
            if is_apart && !self.block.ends_with([' ', '\n']) {
                self.block.push(' ');
            }
            self.block.push_str(word);
        }
    }

    /// Appends a notation to the block.
    pub(super) fn notation(&mut self, notation: &str) {
        self.block.push_str(notation);
    }

    /// Returns `true` if the block has no text yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.block.trim().is_empty()
    }

    /// Ends the block.
    pub(super) fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = block.trim();
        if !block.is_empty() {
            self.lines(block);
        }
    }

    /// Writes a block whose lines stay as they are.
    pub(super) fn verbatim(&mut self, block: &str) {
        self.end_block();
        self.lines(block);
    }

    pub(super) fn open_quote(&mut self) {
        self.end_block();
        self.containers.push(Container::Quote);
    }

    pub(super) fn close_quote(&mut self) {
        self.end_block();
        self.close(|container| matches!(container, Container::Quote));
    }

    /// Opens a list; an ordered one begins with the number `first`.
    pub(super) fn open_list(&mut self, first: Option<u64>) {
        self.end_block();
        self.containers.push(Container::List { next: first });
    }

    pub(super) fn close_list(&mut self) {
        self.close_item();
        self.close(|container| matches!(container, Container::List { .. }));
    }

    pub(super) fn open_item(&mut self) {
        self.end_block();
        if matches!(self.containers.last(), Some(Container::Item { .. })) {
            self.close_item();
        }
        let marker = match self.containers.last_mut() {
            Some(Container::List { next: Some(number) }) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            _ => "- ".to_owned(),
        };
        let indent = marker.len();
        self.marker = Some(marker);
        self.containers.push(Container::Item { indent });
    }

    pub(super) fn close_item(&mut self) {
        self.end_block();
        self.marker = None;
        if matches!(self.containers.last(), Some(Container::Item { .. })) {
            self.containers.pop();
        }
    }

    /// Returns the text.
    pub(super) fn finish(mut self) -> String {
        self.end_block();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }

    /// Closes the innermost container of a kind with all inside of it, if there is one.
    fn close(&mut self, is_kind: impl Fn(&Container) -> bool) {
        if let Some(at) = self.containers.iter().rposition(is_kind) {
            self.containers.truncate(at);
        }
    }

    /// Appends a block after an empty line, each line with the marks of its containers.
    fn lines(&mut self, block: &str) {
        let marks = self.marks();
        // The items of a list are not set apart.
        let is_next_item = self.marker.is_some() && self.is_in_item;
        if !self.text.is_empty() {
            if !is_next_item {
                self.text.push('\n');
                self.text.push_str(marks.trim_end());
            }
            self.text.push('\n');
        }
        let mut containers = self.containers.iter();
        self.is_in_item = containers.any(|container| matches!(container, Container::Item { .. }));
        let first = self.first_marks(&marks);
        for (index, line) in block.lines().enumerate() {
            let marks = if index == 0 { &first } else { &marks };
            if index > 0 {
                self.text.push('\n');
            }
            let written = format!("{marks}{line}");
            self.text.push_str(if line.is_empty() {
                written.trim_end()
            } else {
                &written
            });
        }
    }

    fn marks(&self) -> String {
        let marks = self.containers.iter().map(|container| match container {
            Container::Quote => "> ".to_owned(),
            Container::List { .. } => String::new(),
            Container::Item { indent } => " ".repeat(*indent),
        });
        marks.collect()
    }

    /// Returns the marks of the first line of a block, with the marker of a new item.
    fn first_marks(&mut self, marks: &str) -> String {
        match self.marker.take() {
            Some(marker) => {
                let kept = marks.len().saturating_sub(marker.len());
                format!("{}{marker}", &marks[..kept])
            }
            None => marks.to_owned(),
        }
    }
}
