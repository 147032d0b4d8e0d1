use std::net::{Ipv4Addr, Ipv6Addr};

use axum::http::{Method, StatusCode};
use image::ImageFormat;
use serde_json::json;
use tokio::net::TcpListener;

use super::{Call, Client, DEMO, NOON, article_post, at, exchange, picture, text_post};
use crate::{RunningSandbox, Sandbox, serve};

#[tokio::test]
async fn empty_feed_shows_first_steps() {
    let steps = "<pre>endpoint: {url}</pre><code>syndicate build</code>";
    let sandbox = Sandbox::new(at(NOON)).with_first_steps(steps);
    let page = Client::of(sandbox).get("/").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let html = page.text();
    assert!(html.contains("<code>syndicate build</code>"), "{html}");
    assert!(html.contains("endpoint: http://127.0.0.1:4747"), "{html}");
}

#[tokio::test]
async fn feed_shows_newest_post_first() {
    let client = Client::new();
    client.post(&text_post("older")).await;
    let (image, path) = client.open_upload(DEMO).await;
    client.put(&path, &picture(2, 2, ImageFormat::Png)).await;
    let mut post = article_post("newer #rust\n2\n3\n4");
    post["content"]["article"]["thumbnail"] = image.into();
    client.post(&post).await;

    let html = client.at("2026-11-22T12:05:00Z").get("/").await.text();
    assert!(html.find("newer").unwrap() < html.find("older").unwrap());
    for part in [
        "Robin Sandbox",
        ">5m</time>",
        "<span class=\"link\">#rust</span>",
        "A title (plain)",
        "<span class=\"muted\">example.org</span>",
        "<img src=\"/media/",
        "type=\"checkbox\"",
    ] {
        assert!(html.contains(part), "`{part}` is missing in {html}");
    }
    assert!(
        !html.contains("refresh"),
        "a page with posts does not move under its reader"
    );
}

#[tokio::test]
async fn feed_warns_of_hidden_problems() {
    let client = Client::new();
    let (image, _) = client.open_upload(DEMO).await;
    let mut post = article_post("seen (not");
    post["content"]["article"]["thumbnail"] = image.into();
    client.post(&post).await;
    let html = client.get("/").await.text();
    assert!(
        html.contains("unescaped <code>(</code> at character 6; the rest is lost"),
        "{html}"
    );
    assert!(html.contains("its picture was never uploaded"), "{html}");
}

#[tokio::test]
async fn markup_in_posts_is_escaped() {
    let client = Client::new();
    let evil = "\"'><script>alert(1)</script><img src=x onerror=y>";
    let mut post = article_post(r"\<script\>alert\(1\)\</script\> https://a.example/\<script\>");
    post["content"]["article"]["title"] = evil.into();
    post["content"]["article"]["source"] =
        "https://example.org/?\"'><script>alert(1)</script>".into();
    post["content"]["article"]["description"] = evil.into();
    assert_eq!(client.post(&post).await.status, StatusCode::CREATED);
    client.get("/rest/%3Cscript%3E'\"").await;
    for path in ["/", "/log"] {
        let page = client.get(path).await;
        assert!(!page.text().contains("<script"), "{}", page.text());
        assert!(!page.text().contains("<img src=x"), "{}", page.text());
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"));
    }
}

#[tokio::test]
async fn log_has_reasons_without_secrets() {
    let client = Client::new();
    assert!(client.get("/log").await.text().contains("No requests yet"));
    let (_, upload) = client.open_upload(DEMO).await;
    let secret = upload.rsplit("ut=").next().unwrap().to_owned();
    client.put(&upload, b"no picture").await;
    let refused = Call::rest(Method::POST, "/rest/posts")
        .json(&json!({}))
        .with("authorization", "Bearer top-secret");
    client.send(refused).await;
    client.get("/").await;

    let html = client.get("/log").await.text();
    for part in [
        "/rest/posts",
        ">422<",
        "/author :: field is required",
        "it is not a picture",
    ] {
        assert!(html.contains(part), "`{part}` is missing in {html}");
    }
    assert_eq!(
        html.matches("<tr>").count(),
        1 + 3,
        "the head and the calls to the API"
    );
    assert!(!html.contains("top-secret") && !html.contains(&secret));
}

#[tokio::test]
async fn log_size_is_limited() {
    let client = Client::new();
    for _ in 0..201 {
        client
            .post(&json!({"commentary": ["x".repeat(5000)]}))
            .await;
    }
    let html = client.get("/log").await.text();
    assert_eq!(html.matches("<tr>").count(), 1 + 200);
    assert!(html.len() < 200 * 2000, "{} bytes", html.len());
}

#[tokio::test]
async fn other_hosts_and_origins_are_refused() {
    let client = Client::new();
    let page = |host: &str| Call::bare(Method::GET, "/").with("host", host);
    for (host, status) in [
        ("127.0.0.1:4747", 200),
        ("localhost:4747", 200),
        ("LOCALHOST:4747", 200),
        ("[::1]:4747", 200),
        ("127.0.0.2:4747", 200),
        ("192.168.0.1:4747", 421),
        ("localhost", 421),
        ("127.0.0.1:80", 421),
        ("evil.example:4747", 421),
        ("localhost.evil.example:4747", 421),
        ("evil@localhost:4747", 421),
        ("no host", 400),
    ] {
        assert_eq!(
            client.send(page(host)).await.status.as_u16(),
            status,
            "{host}"
        );
    }
    let nameless = Call::bare(Method::GET, "/").without("host");
    assert_eq!(
        client.send(nameless).await.status,
        StatusCode::MISDIRECTED_REQUEST
    );

    let post = |origin: &str| {
        Call::rest(Method::POST, "/rest/posts")
            .json(&text_post(origin))
            .with("origin", origin)
    };
    for (origin, status) in [
        ("http://localhost:4747", 201),
        ("https://evil.example", 403),
        ("http://localhost:8080", 403),
        ("null", 403),
    ] {
        assert_eq!(
            client.send(post(origin)).await.status.as_u16(),
            status,
            "{origin}"
        );
    }
}

#[tokio::test]
async fn style_and_icon_are_served() {
    let client = Client::new();
    assert_eq!(
        client.get("/feed.css").await.header("content-type"),
        "text/css; charset=utf-8"
    );
    assert_eq!(
        client.get("/icon.svg").await.header("content-type"),
        "image/svg+xml"
    );
}

#[tokio::test]
async fn server_runs_until_stopped() {
    let sandbox = Sandbox::new(at(NOON));
    let running = RunningSandbox::start(sandbox, 0).await.unwrap();
    let address = running.url().strip_prefix("http://").unwrap();
    let request =
        format!("GET /feed.json HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    let answer = exchange(address, request).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with("\r\n\r\n[]"), "{answer}");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn public_listener_is_refused() {
    for listener in [
        TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await,
        TcpListener::bind((Ipv6Addr::UNSPECIFIED, 0)).await,
    ] {
        // A machine without IPv6 cannot bind the second one.
        let Ok(listener) = listener else { continue };
        let sandbox = Sandbox::new(at(NOON));
        let error = serve(listener, sandbox, std::future::pending())
            .await
            .unwrap_err();
        assert!(error.to_string().contains("other machines"), "{error}");
    }
}
