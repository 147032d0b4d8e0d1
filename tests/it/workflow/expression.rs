//! The expressions of GitHub workflows that the generated one uses: properties, strings, `!`, `==`, `!=`,
//! `&&`, `||`, parentheses, and the functions `format`, `success` and `cancelled`. Written from GitHub's
//! documentation; anything else panics.

use serde_json::Value;

/// Evaluates the expressions `${{ … }}` in `text`. A text that is one expression keeps the type of its value.
pub(super) fn interpolate(text: &str, context: &Value) -> Value {
    if let Some(only) = text
        .strip_prefix("${{")
        .and_then(|rest| rest.strip_suffix("}}"))
        && !only.contains("${{")
    {
        return evaluate(only, context);
    }
    let mut parts = text.split("${{");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (expression, rest) = part.split_once("}}").expect("a closed expression");
        result.push_str(&as_text(&evaluate(expression, context)));
        result.push_str(rest);
    }
    result.into()
}

/// Evaluates one expression. `context` has the contexts (`github`, `needs` …), and under `failed` and
/// `cancelled` the state of the needed jobs.
pub(super) fn evaluate(expression: &str, context: &Value) -> Value {
    let tokens = tokens(expression);
    let mut parser = Parser {
        tokens: &tokens,
        context,
    };
    let value = parser.or();
    assert!(
        parser.tokens.is_empty(),
        "{expression}: {:?}",
        parser.tokens
    );
    value
}

/// Returns `true` unless the value is false, null, zero or empty.
pub(super) fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && *value != "" && *value != 0
}

/// Returns the value as text; null is empty.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Text(String),
    Name(String),
    Number(i64),
    Sign(&'static str),
}

const SIGNS: &[&str] = &["&&", "||", "==", "!=", "!", "(", ")", ","];

fn tokens(expression: &str) -> Vec<Token> {
    let mut rest = expression.trim_start();
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let (token, length) = if let Some(text) = rest.strip_prefix('\'') {
            // `''` is an apostrophe.
            let text = text.replace("''", "\0");
            let (text, _) = text.split_once('\'').expect("a closed string");
            let length = text.len() + text.matches('\0').count() + 2;
            (Token::Text(text.replace('\0', "'")), length)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else {
            let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
            let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            assert!(length > 0, "unknown expression: {rest}");
            let word = &rest[..length];
            let token = word
                .parse()
                .map_or_else(|_| Token::Name(word.to_owned()), Token::Number);
            (token, length)
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    tokens
}

struct Parser<'a> {
    tokens: &'a [Token],
    context: &'a Value,
}

impl Parser<'_> {
    fn or(&mut self) -> Value {
        let mut value = self.and();
        while self.accept("||") {
            let other = self.and();
            value = if is_true(&value) { value } else { other };
        }
        value
    }

    fn and(&mut self) -> Value {
        let mut value = self.equal();
        while self.accept("&&") {
            let other = self.equal();
            value = if is_true(&value) { other } else { value };
        }
        value
    }

    fn equal(&mut self) -> Value {
        let value = self.unary();
        if self.accept("==") {
            return (as_text(&value) == as_text(&self.unary())).into();
        }
        if self.accept("!=") {
            return (as_text(&value) != as_text(&self.unary())).into();
        }
        value
    }

    fn unary(&mut self) -> Value {
        if self.accept("!") {
            return (!is_true(&self.unary())).into();
        }
        if self.accept("(") {
            let value = self.or();
            assert!(self.accept(")"), "{:?}", self.tokens);
            return value;
        }
        let (first, rest) = self.tokens.split_first().expect("a value");
        self.tokens = rest;
        match first {
            Token::Text(text) => text.clone().into(),
            Token::Number(number) => (*number).into(),
            Token::Name(name) if self.accept("(") => self.call(name),
            Token::Name(name) => self.property(name),
            Token::Sign(sign) => panic!("unexpected `{sign}`"),
        }
    }

    fn call(&mut self, name: &str) -> Value {
        let mut arguments = Vec::new();
        while !self.accept(")") {
            arguments.push(self.or());
            self.accept(",");
        }
        let is_failed = is_true(&self.context["failed"]);
        match name {
            "success" => (!is_failed).into(),
            "cancelled" => false.into(),
            "format" => {
                let text = as_text(&arguments[0]);
                let values = arguments[1..].iter().enumerate();
                let filled = values.fold(text, |text, (index, value)| {
                    text.replace(&format!("{{{index}}}"), &as_text(value))
                });
                filled.into()
            }
            name => panic!("unknown function `{name}`"),
        }
    }

    fn property(&self, path: &str) -> Value {
        let mut parts = path.split('.');
        let root = parts.next().unwrap_or_default();
        let root = self.context.get(root);
        let root = root.unwrap_or_else(|| panic!("unknown context of `{path}`"));
        parts
            .fold(root, |value, part| value.get(part).unwrap_or(&Value::Null))
            .clone()
    }

    fn accept(&mut self, sign: &'static str) -> bool {
        let is_next = self.tokens.first() == Some(&Token::Sign(sign));
        if is_next {
            self.tokens = &self.tokens[1..];
        }
        is_next
    }
}

#[test]
fn expressions_follow_precedence() {
    let context = serde_json::json!({
        "github": {"event_name": "push", "run_id": 7},
        "inputs": {},
        "failed": true,
    });
    let check = |expression: &str, value: Value| {
        assert_eq!(evaluate(expression, &context), value, "{expression}");
    };
    check(
        "github.event_name == 'push' && !inputs.command",
        true.into(),
    );
    check("(inputs.command || 'build') == 'build'", true.into());
    check("github.event_name == 'x' && 'a' || github.run_id", 7.into());
    check("success() || !cancelled()", true.into());
    check(
        "format('{0}: it''s {1}', github.event_name, 'b')",
        "push: it's b".into(),
    );
    assert_eq!(interpolate("a-${{ github.run_id }}", &context), "a-7");
}
