//! The library of Standard Webhooks from PyPI, so that signatures are checked by code that shares nothing
//! with this project. A test that needs it is ignored by default, and its name contains a name that
//! `tests/setup/sets` lists for the set `webhooks`.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use platform_fakes::webhook::Delivery;
use serde_json::{Value, json};

use super::tools;

/// Returns the signature of a message, such as `v1,…`.
pub(crate) fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> String {
    let call = json!({"secret": secret, "id": id, "timestamp": timestamp, "body": body});
    let answer = run("sign", &call);
    answer["signature"]
        .as_str()
        .expect("a signature")
        .to_owned()
}

/// Verifies a delivery.
///
/// # Errors
/// Returns the library's reason if the signature does not match or the time differs by more than five
/// minutes.
pub(crate) fn verify(secret: &str, delivery: &Delivery) -> Result<(), String> {
    let request = &delivery.request;
    let body = std::str::from_utf8(&request.body).expect("a body in UTF-8");
    let call = json!({
        "secret": secret,
        "id": request.header("webhook-id"),
        "timestamp": request.header("webhook-timestamp"),
        "signature": request.header("webhook-signature"),
        "body": body,
    });
    match run("verify", &call)["error"].take() {
        Value::Null => Ok(()),
        error => Err(error.as_str().unwrap_or_default().to_owned()),
    }
}

fn run(verb: &str, call: &Value) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/standard_webhooks.py");
    let mut child = Command::new(tools("webhooks").join("bin/python3"))
        .arg(script)
        .arg(verb)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python is installed, as these tests need it");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin
        .write_all(call.to_string().as_bytes())
        .expect("a reader");
    drop(stdin);
    let output = child.wait_with_output().expect("a result");
    serde_json::from_slice(&output.stdout).expect("JSON of the script")
}
