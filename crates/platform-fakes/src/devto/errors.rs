//! Error responses of Forem: `{"error": …, "status": …}`.

use serde_json::json;

use crate::answer::Answer;

/// Returns an error.
pub(super) fn error(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"error": message, "status": status}))
}

/// Returns the error for a missing or wrong key, and for an action that the user must not take.
pub(super) fn unauthorized() -> Answer {
    error(401, "unauthorized").with("cache-control", "no-store")
}

/// Returns the error for an article that does not exist or belongs to another user.
pub(super) fn not_found() -> Answer {
    error(404, "not found")
}

/// Returns the error of failed validations, as one sentence.
pub(super) fn invalid(messages: &[String]) -> Answer {
    let sentence = match messages {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [start @ .., last] => format!("{}, and {last}", start.join(", ")),
    };
    error(422, &sentence)
}

/// Returns the page of the content delivery network for a request without a User-Agent.
pub(super) fn forbidden_bots() -> Answer {
    Answer::html(
        403,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><html><head><title>403 Forbidden Bots</title>\
         </head><body><h1>Error 403 Forbidden Bots</h1></body></html>",
    )
}

#[cfg(test)]
mod tests {
    use super::invalid;

    #[test]
    fn sentence_joins_messages() {
        let of = |messages: &[&str]| {
            let messages: Vec<String> = messages.iter().map(ToString::to_string).collect();
            invalid(&messages).value()["error"].take()
        };
        assert_eq!(of(&["A"]), "A");
        assert_eq!(of(&["A", "B"]), "A and B");
        assert_eq!(of(&["A", "B", "C"]), "A, B, and C");
    }
}
