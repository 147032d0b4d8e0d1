//! Formats counts in messages.

use std::fmt::Display;

/// Returns a count with its noun, such as `1 post` or `2 posts`.
#[must_use]
pub fn plural<N: Display + From<u8> + PartialEq>(count: N, noun: &str) -> String {
    if count == N::from(1) {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_singular() {
        assert_eq!(plural(0_usize, "post"), "0 posts");
        assert_eq!(plural(1_usize, "post"), "1 post");
        assert_eq!(plural(2_u64, "post"), "2 posts");
    }
}
