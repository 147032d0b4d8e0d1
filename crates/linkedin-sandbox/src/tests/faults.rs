use std::net::Ipv4Addr;

use axum::http::{Method, StatusCode};
use image::ImageFormat;
use serde_json::json;
use tokio::net::TcpListener;

use super::{Call, Client, DEMO, NOON, at, exchange, picture, text_post};
use crate::{Sandbox, serve};

fn sandbox(faults: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new(at(NOON));
    let faults = faults.iter().map(|fault| fault.parse().unwrap());
    faults.fold(sandbox, Sandbox::with_fault)
}

fn client(faults: &[&str]) -> Client {
    Client::of(sandbox(faults))
}

async fn statuses(client: &Client, count: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for number in 0..count {
        let reply = client.post(&text_post(&format!("post {number}"))).await;
        statuses.push(reply.status.as_u16());
    }
    statuses
}

#[tokio::test]
async fn fault_applies_to_selected_occurrences() {
    for (faults, expected) in [
        (&["create:503"][..], [503, 503, 503]),
        (&["create:503@2"], [201, 503, 201]),
        (&["create:503x2"], [503, 503, 201]),
        (&["create:503@1", "create:429@3"], [503, 201, 429]),
        (&["create:500x1", "create:429x2"], [500, 429, 201]),
        (&["update:503", "upload:503"], [201, 201, 201]),
    ] {
        assert_eq!(statuses(&client(faults), 3).await, expected, "{faults:?}");
    }
}

#[tokio::test]
async fn fault_precedes_or_follows_creation() {
    for (fault, status, posts) in [
        ("create:500", 500, 0),
        ("create:504", 504, 0),
        ("create:504-after", 504, 1),
        ("create:500-after", 500, 1),
        ("create:400", 400, 0),
        ("create:403", 403, 0),
        ("create:404", 404, 0),
        ("create:409", 409, 0),
        ("create:410", 410, 0),
        ("create:413", 413, 0),
        ("create:415", 415, 0),
        ("create:422", 422, 0),
        ("create:too-long", 422, 0),
        ("create:426", 426, 0),
        ("create:429", 429, 0),
        ("create:html", 502, 0),
        ("create:no-id", 201, 1),
        ("token:revoked", 401, 0),
    ] {
        let client = client(&[fault]);
        let reply = client.post(&text_post("hi")).await;
        assert_eq!(reply.status.as_u16(), status, "{fault}");
        assert_eq!(client.sandbox.posts().len(), posts, "{fault}");
        assert!(!reply.headers.contains_key("x-restli-id"), "{fault}");
        assert!(!reply.headers.contains_key("location"), "{fault}");
        let record = client.get("/log").await.text();
        assert!(record.contains(&format!("fault {fault}")), "{record}");
    }
    let page = client(&["create:html"]).post(&text_post("hi")).await;
    assert!(page.text().starts_with("<html>"), "{}", page.text());
}

#[tokio::test]
async fn token_faults_reject_tokens() {
    for (fault, code) in [
        ("token:invalid@2", 65600),
        ("token:revoked@2", 65601),
        ("token:expired@2", 65602),
    ] {
        let client = client(&[fault]);
        let ask = || Call::bare(Method::GET, "/v2/userinfo").with("authorization", "Bearer any");
        assert_eq!(client.send(ask()).await.status, StatusCode::OK);
        let reply = client.post(&text_post("hi")).await;
        assert_eq!(reply.json()["serviceErrorCode"], code, "{fault}");
        assert_eq!(client.send(ask()).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn faults_apply_to_other_requests() {
    let client = client(&[
        "update:503",
        "delete:500-after",
        "open:429@2",
        "upload:503x1",
    ]);
    let urn = client.post(&text_post("hi")).await;
    let path = format!(
        "/rest/posts/{}",
        urn.header("x-restli-id").replace(':', "%3A")
    );
    let edit = Call::rest(Method::POST, &path)
        .with("x-restli-method", "PARTIAL_UPDATE")
        .json(&json!({"patch": {"$set": {"commentary": "ho"}}}));
    assert_eq!(
        client.send(edit).await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(client.sandbox.posts()[0].text, "hi");
    let delete = Call::rest(Method::DELETE, &path).with("x-restli-method", "DELETE");
    let reply = client.send(delete).await;
    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(client.sandbox.posts().is_empty());

    let (_, upload) = client.open_upload(DEMO).await;
    let bytes = picture(2, 2, ImageFormat::Png);
    for expected in [503, 201] {
        assert_eq!(client.put(&upload, &bytes).await.status.as_u16(), expected);
    }
    let body = json!({"initializeUploadRequest": {"owner": DEMO}});
    let open = Call::rest(Method::POST, "/rest/images?action=initializeUpload").json(&body);
    assert_eq!(
        client.send(open).await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[tokio::test]
async fn media_fault_fails_silently() {
    let client = client(&["media:failed@1"]);
    for visible in [false, true] {
        let (urn, path) = client.open_upload(DEMO).await;
        let bytes = picture(2, 2, ImageFormat::Png);
        assert_eq!(client.put(&path, &bytes).await.status, StatusCode::CREATED);
        let mut post = text_post(&urn.replace(|c: char| !c.is_alphanumeric(), ""));
        post["content"] = json!({"media": {"id": urn}});
        assert_eq!(client.post(&post).await.status, StatusCode::CREATED);
        assert_eq!(client.sandbox.posts().pop().unwrap().visible, visible);
    }
}

#[tokio::test(start_paused = true)]
async fn slow_fault_delays_response() {
    let client = client(&["create:slow"]);
    let started = tokio::time::Instant::now();
    let reply = client.post(&text_post("hi")).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(started.elapsed().as_secs(), 45);
}

/// Creates a post in a sandbox with `fault`. Returns the raw response and the number of posts.
async fn wire(fault: &str) -> (String, usize) {
    let sandbox = sandbox(&[fault]);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener, sandbox.clone(), std::future::pending()));
    let body = text_post("hi").to_string();
    let request = format!(
        "POST /rest/posts HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer any\r\n\
         linkedin-version: 202609\r\nx-restli-protocol-version: 2.0.0\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = exchange(&address.to_string(), request).await;
    serving.abort();
    (answer, sandbox.posts().len())
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_and_cut_end_connection() {
    let (answer, posts) = wire("create:lost").await;
    assert_eq!((answer.as_str(), posts), ("", 1));

    let (answer, posts) = wire("create:cut").await;
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(answer.contains("content-length: 64"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    assert_eq!(posts, 1);
}
