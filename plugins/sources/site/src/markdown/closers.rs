//! Finds the ends of notations in linear time. Each search for a closer continues at the end of the
//! previous one, so all searches together read the text once, even if many notations are left open.

use std::borrow::Cow;
use std::collections::HashMap;

/// Searches a text for closers from front to back.
pub(super) struct Closers<'a> {
    text: &'a str,
    /// The last result for each closer: the offset where the search began, and the offset of the match.
    answers: HashMap<Cow<'static, str>, (usize, Option<usize>)>,
}

#[cfg(test)]
thread_local! {
    /// The number of bytes that the searches of this thread have read.
    static WORK: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Returns the number of bytes that the searches of this thread have read since the last call.
#[cfg(test)]
pub(super) fn take_work() -> usize {
    WORK.take()
}

impl<'a> Closers<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            answers: HashMap::new(),
        }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the offset of the first `closer` at or after `from`.
    pub(super) fn find(
        &mut self,
        closer: impl Into<Cow<'static, str>>,
        from: usize,
    ) -> Option<usize> {
        let closer = closer.into();
        if let Some((searched_from, answer)) = self.answers.get(&closer)
            && *searched_from <= from
            && answer.is_none_or(|answer| from <= answer)
        {
            return *answer;
        }
        let offset = self.text[from..].find(&*closer);
        #[cfg(test)]
        WORK.set(WORK.get() + offset.unwrap_or(self.text.len() - from));
        let answer = offset.map(|offset| from + offset);
        self.answers.insert(closer, (from, answer));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::{Closers, take_work};

    #[test]
    fn closers_are_found_from_any_offset() {
        let mut closers = Closers::new("a}b}c");
        assert_eq!(closers.find("}", 0), Some(1));
        assert_eq!(closers.find("}", 1), Some(1));
        assert_eq!(closers.find("}", 2), Some(3));
        assert_eq!(closers.find("}", 4), None);
        assert_eq!(closers.find("}", 0), Some(1));
        assert_eq!(closers.find("]", 0), None);
    }

    #[test]
    fn open_notations_read_text_once() {
        let text = "{".repeat(10_000);
        let mut closers = Closers::new(&text);
        take_work();
        for from in 0..text.len() {
            assert_eq!(closers.find("}", from), None);
        }
        assert_eq!(take_work(), text.len());
    }
}
