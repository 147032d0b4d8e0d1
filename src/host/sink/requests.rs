//! Converts requests and steps between the protocol and payloads, and checks what plugins write.

use plugin_protocol::{HttpSpec, MessageSpec, PartSpec, StepRole, StepSpec};
use serde_json::Value;
use syndicate_api::{Body, Part, PartContent, Request, Role, Step};

use super::step_rules::StepRules;

/// Headers that the host sets itself, and those of credentials.
const OWN_HEADERS: &[&str] = &[
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "host",
    "proxy-authorization",
    "transfer-encoding",
];

/// Returns the request of `spec`, apart from its URL.
///
/// # Errors
/// Returns the rule that `spec` breaks.
pub(super) fn request_of(spec: &HttpSpec) -> Result<Request, String> {
    if let Some(MessageSpec { protocol, content }) = &spec.message {
        let others = HttpSpec {
            message: None,
            ..spec.clone()
        };
        return match others == HttpSpec::default() {
            true => Ok(Request::message(protocol.clone(), content.clone())),
            false => Err("a `message` has no other fields beside it".to_owned()),
        };
    }
    let method = &spec.method;
    if method.is_empty() || !method.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(format!("`{}` is not a method", method.escape_debug()));
    }
    let named = |pairs: &[(String, Value)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (name.clone().into(), value.clone()))
            .collect()
    };
    check_path(&spec.path)?;
    for (name, value) in &spec.headers {
        check_header(name, value)?;
    }
    let mut bodies = [
        spec.json.clone().map(Body::Json),
        spec.form.as_ref().map(|form| Body::Form(named(form))),
        parts_of(spec.parts.as_deref())?.map(Body::Parts),
        spec.medium.map(Body::Medium),
    ]
    .into_iter()
    .flatten();
    let body = bodies.next().unwrap_or_default();
    if bodies.next().is_some() {
        return Err("a request has several bodies".to_owned());
    }
    Ok(Request {
        method: method.clone().into(),
        path: spec.path.clone(),
        query: named(&spec.query),
        headers: named(&spec.headers),
        body,
    })
}

/// Checks that no segment of `path` leaves the path of the endpoint.
///
/// # Errors
/// Returns the segment that does.
pub(super) fn check_path(path: &[Value]) -> Result<(), String> {
    let is_dot = |segment: &&str| matches!(*segment, "." | "..");
    match path.iter().filter_map(Value::as_str).find(is_dot) {
        Some(segment) => Err(format!("`{segment}` cannot be a segment of a path")),
        None => Ok(()),
    }
}

/// Checks a header that a plugin sets. The HTTP client would refuse it only when the request is sent.
fn check_header(name: &str, value: &Value) -> Result<(), String> {
    if OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return Err(format!("the header `{name}` belongs to the host"));
    }
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        let name = name.escape_debug();
        return Err(format!("`{name}` cannot be the name of a header"));
    }
    let is_control = |c: char| c.is_control() && c != '\t';
    if value.as_str().is_some_and(|text| text.contains(is_control)) {
        return Err(format!(
            "the header `{name}` contains a line break or another control character"
        ));
    }
    Ok(())
}

fn parts_of(parts: Option<&[PartSpec]>) -> Result<Option<Vec<Part>>, String> {
    let Some(parts) = parts else { return Ok(None) };
    let parts = parts.iter().map(|part| {
        let content = match (&part.text, part.medium) {
            (Some(text), None) => PartContent::Text(text.clone()),
            (None, Some(medium)) => PartContent::Medium(medium),
            _ => {
                return Err(format!(
                    "part `{}` needs either `text` or `medium`",
                    part.name
                ));
            }
        };
        let name = part.name.clone().into();
        Ok(Part { name, content })
    });
    parts.collect::<Result<_, _>>().map(Some)
}

/// Returns the step of `spec`.
///
/// # Errors
/// Returns the rule that `spec` breaks.
pub(super) fn step_of(spec: &StepSpec) -> Result<Step, String> {
    let in_step = |error: String| format!("step `{}`: {error}", spec.name);
    let request = request_of(&spec.request).map_err(in_step)?;
    if spec.request.url.is_some() {
        return Err(in_step("a step has a `path`, not a `url`".to_owned()));
    }
    let role = match spec.role {
        StepRole::Prepare => Role::Prepare,
        StepRole::Before => Role::Before,
        StepRole::Create => Role::Create,
        StepRole::FollowUp => Role::FollowUp,
    };
    let is_message = matches!(request.body, Body::Message { .. });
    if is_message && role == Role::Prepare {
        return Err(in_step("`prepare` sends no messages".to_owned()));
    }
    let changes = !matches!(&*request.method, "GET" | "HEAD" | "OPTIONS" | "TRACE");
    if role != Role::Prepare && !changes {
        return Err(in_step(format!("`{}` changes nothing", request.method)));
    }
    if role != Role::Prepare && has_medium(&request.body) {
        return Err(in_step(
            "only `prepare` can send the bytes of media".to_owned(),
        ));
    }
    let rules = StepRules::of(spec).map_err(in_step)?;
    Ok(Step {
        rules: Some(rules.to_value()),
        ..Step::new(spec.name.clone(), role, request)
    })
}

fn has_medium(body: &Body) -> bool {
    let is_medium = |part: &Part| matches!(part.content, PartContent::Medium(_));
    match body {
        Body::Medium(_) => true,
        Body::Parts(parts) => parts.iter().any(is_medium),
        Body::None | Body::Json(_) | Body::Form(_) | Body::Message { .. } => false,
    }
}

/// Returns `step` as plugins get it, without its rules.
pub(super) fn spec_of(step: &Step) -> StepSpec {
    let Request {
        method,
        path,
        query,
        headers,
        body,
    } = &step.request;
    let named = |pairs: &[(syndicate_api::Name, Value)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (name.to_string(), value.clone()))
            .collect()
    };
    let mut request = HttpSpec {
        method: method.to_string(),
        path: path.clone(),
        query: named(query),
        headers: named(headers),
        ..HttpSpec::default()
    };
    match body {
        Body::None => {}
        Body::Json(value) => request.json = Some(value.clone()),
        Body::Form(form) => request.form = Some(named(form)),
        Body::Parts(parts) => request.parts = Some(parts.iter().map(part_spec).collect()),
        Body::Medium(index) => request.medium = Some(*index),
        Body::Message { protocol, content } => {
            request.message = Some(MessageSpec {
                protocol: protocol.to_string(),
                content: content.clone(),
            });
        }
    }
    StepSpec {
        name: step.name.to_string(),
        role: match step.role {
            Role::Prepare => StepRole::Prepare,
            Role::Before => StepRole::Before,
            Role::Create => StepRole::Create,
            Role::FollowUp => StepRole::FollowUp,
        },
        request,
        repeat: None,
        answers: Vec::new(),
    }
}

fn part_spec(part: &Part) -> PartSpec {
    let (text, medium) = match &part.content {
        PartContent::Text(text) => (Some(text.clone()), None),
        PartContent::Medium(index) => (None, Some(*index)),
    };
    PartSpec {
        name: part.name.to_string(),
        text,
        medium,
        filename: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn step(value: Value) -> Result<Step, String> {
        step_of(&serde_json::from_value(value).unwrap())
    }

    #[test]
    fn step_is_read_and_written_back() {
        let written = json!({"name": "post", "role": "follow_up", "request": {
            "method": "PUT", "path": ["a", "b/c", ""], "query": [["q", 1]], "headers": [["Accept", "x"]],
            "form": [["a", "b"], ["a", {"$slot": "key"}]]}});
        let step = step(written.clone()).unwrap();
        assert_eq!(step.request.target(), "/a/b%2Fc/?q=1");
        assert_eq!(json!(spec_of(&step)), written);
    }

    #[test]
    fn dangerous_steps_are_refused() {
        for (request, expected) in [
            (json!({"method": "GET"}), "`GET` changes nothing"),
            (json!({"method": "POST\r\nX: y"}), "is not a method"),
            (
                json!({"method": "POST", "json": 1, "form": []}),
                "several bodies",
            ),
            (
                json!({"method": "POST", "headers": [["Authorization", "x"]]}),
                "belongs to the host",
            ),
            (
                json!({"method": "POST", "headers": [["HOST", "x"]]}),
                "belongs to the host",
            ),
            (
                json!({"method": "POST", "headers": [["X-Note", "a\nb"]]}),
                "the header `X-Note` contains a line break",
            ),
            (
                json!({"method": "POST", "headers": [["X Note", "a"]]}),
                "`X Note` cannot be the name",
            ),
            (
                json!({"method": "POST", "path": ["a", "..", "posts"]}),
                "`..` cannot be a segment",
            ),
            (
                json!({"method": "POST", "url": "https://a.example/"}),
                "not a `url`",
            ),
            (json!({"method": "POST", "medium": 0}), "bytes of media"),
            (
                json!({"method": "POST", "parts": [{"name": "f", "medium": 0}]}),
                "bytes of media",
            ),
            (
                json!({"method": "POST", "parts": [{"name": "f"}]}),
                "either `text` or `medium`",
            ),
        ] {
            let error = step(json!({"name": "s", "role": "create", "request": request}));
            let error = error.unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
