//! Finds lines that end front matter in some generator, although they are part of a value.

/// Number of characters of the shortest fence.
const SHORTEST: usize = 3;

/// Returns the number of lines in `text` that some generator reads as the closing `fence`. Hugo and gray-matter accept any
/// line that begins with it, and Zola any line that ends with it.
pub(super) fn count_closing(text: &str, fence: &str) -> usize {
    let marks = fence.get(..SHORTEST).unwrap_or(fence);
    let is_closing = |line: &&str| line.starts_with(marks) || line.trim_end().ends_with(marks);
    text.split('\n').filter(is_closing).count()
}

/// Returns `true` if `text`, written over several lines, may contain the closing `fence`.
pub(super) fn may_close(text: &str, fence: &str) -> bool {
    text.contains('\n') && count_closing(text, fence) > 0
}
