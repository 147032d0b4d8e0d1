//! Describes syntax errors. The messages of the parser list all tokens that it would accept, by the names of its grammar.

use cel::ParseError;

/// Returns the position and a short reason of an error in `text`.
pub(super) fn describe_error(error: &ParseError, text: &str) -> String {
    let (line, column) = error.pos;
    let place = match text.trim_end().contains('\n') {
        true => format!("line {line}, character {column}"),
        false => format!("character {column}"),
    };
    format!(
        "invalid expression at {place}: {}",
        reason(error.msg.as_str())
    )
}

/// Shortens a message of the parser. A message of an unknown form is returned up to its list of tokens.
fn reason(message: &str) -> String {
    let message = message.strip_prefix("Syntax error: ").unwrap_or(message);
    if let Some(rest) = message.strip_prefix("missing ") {
        let token = quoted(rest).unwrap_or(rest);
        return format!("`{token}` is missing");
    }
    let forms = [
        "mismatched input ",
        "extraneous input ",
        "no viable alternative at input ",
        "token recognition error at: ",
    ];
    let rest = forms.iter().find_map(|form| message.strip_prefix(form));
    match rest.and_then(quoted).map(str::trim) {
        Some("<EOF>") => "the expression ends too early".to_owned(),
        Some(token) if token.starts_with(['"', '\'']) => {
            format!("the text {token} has no closing quotation mark")
        }
        Some("=") => "unexpected `=`; write `==` to compare".to_owned(),
        Some(token) => format!("unexpected `{token}`"),
        None => {
            let end = message.find(" expecting ").unwrap_or(message.len());
            message[..end].to_owned()
        }
    }
}

/// Returns the text between single quotation marks at the start of `rest`.
fn quoted(rest: &str) -> Option<&str> {
    let rest = rest.split(" expecting ").next()?;
    let rest = rest.split("' at '").next()?;
    let inner = rest.strip_prefix('\'')?;
    Some(inner.strip_suffix('\'').unwrap_or(inner))
}
