//! Tags: at most four, letters and digits only, at most 30 characters.

/// The largest number of tags.
const MAX_TAGS: usize = 4;

/// The largest length of a tag.
const MAX_LENGTH: usize = 30;

/// Splits a list of tags as the server does: at commas, in lower case, each tag once.
pub(super) fn split(list: &str) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in list.split(',') {
        let tag = tag.trim().to_lowercase();
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Returns the errors of a list of tags.
pub(super) fn faults(tags: &[String]) -> Vec<String> {
    if tags.len() > MAX_TAGS {
        return vec![format!("Tag list exceed the maximum of {MAX_TAGS} tags")];
    }
    let mut faults = Vec::new();
    for tag in tags {
        if tag.chars().count() > MAX_LENGTH {
            faults.push(format!(
                "Tag \"{tag}\" is too long (maximum is {MAX_LENGTH} characters)"
            ));
        }
        if !tag.chars().all(char::is_alphanumeric) {
            faults.push(format!(
                "Tag \"{tag}\" contains non-alphanumeric or prohibited unicode characters"
            ));
        }
    }
    faults
}
