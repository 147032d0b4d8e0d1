//! Finds the environment variables that pipeline.yaml names.

/// Returns the names in `${NAME}` and `${NAME:-default}`, in the order of the text.
pub(super) fn variables(text: &str) -> Vec<&str> {
    let parts = text.split("${").skip(1);
    parts
        .map(|part| {
            let end = part.find(|character: char| !is_name(character));
            &part[..end.unwrap_or(part.len())]
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::variables;

    #[test]
    fn variables_with_and_without_default() {
        let text = "token: ${TOKEN}\nurl: \"${URL:-https://example.org}/$${NOT}\" # ${}";
        assert_eq!(variables(text), ["TOKEN", "URL", "NOT"]);
    }
}
