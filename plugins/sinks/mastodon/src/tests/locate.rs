use serde_json::json;
use syndicate_api::PublishErrorKind;
use syndicate_api::testkit::context;
use syndicate_api::testkit::wiremock::{MockServer, ResponseTemplate};

use super::support::{LINK, answer, mock, sink, start, status};

const AT: &str = "2026-11-28T10:00:01.000Z";

async fn server() -> MockServer {
    let mut foreign = status("8", AT, LINK);
    foreign["account"]["id"] = "2".into();
    let server = start("mastodon", Vec::new()).await;
    let mut odd = status("md5-of-snac", AT, LINK);
    odd["url"] = format!("{}/jane/p/1795898938.644771", server.uri()).into();
    for mock in [
        mock(
            "GET",
            "/api/v1/statuses/110",
            answer(200, &status("110", AT, LINK)),
        ),
        mock("GET", "/api/v1/statuses/8", answer(200, &foreign)),
        mock("GET", "/api/v1/statuses/500", ResponseTemplate::new(500)),
        mock(
            "GET",
            "/api/v1/accounts/1/statuses",
            answer(200, &json!([odd])),
        ),
    ] {
        mock.mount(&server).await;
    }
    server
}

#[tokio::test]
async fn addresses_of_post_are_located() {
    let server = server().await;
    let sink = sink(&server.uri(), &json!({}));
    let url = server.uri();
    for (address, id) in [
        ("110".to_owned(), "110"),
        (format!("{url}/@jane/110"), "110"),
        (format!(" {url}/@jane/110/ "), "110"),
        (format!("{url}/@jane/110?x=1#y"), "110"),
        (format!("{url}/users/jane/statuses/110"), "110"),
        (format!("{url}/web/statuses/110"), "110"),
        (format!("{url}/jane/p/1795898938.644771"), "md5-of-snac"),
    ] {
        let receipt = sink.locate(&context(), &address).await.unwrap();
        assert_eq!(receipt.id.as_deref(), Some(id), "{address}");
        assert_eq!(receipt.at, AT.parse().ok());
    }
}

#[tokio::test]
async fn other_addresses_are_rejected() {
    let server = server().await;
    let sink = sink(&server.uri(), &json!({}));
    let url = server.uri();
    for address in [
        String::new(),
        "9".to_owned(),
        "8".to_owned(),
        "../accounts/1".to_owned(),
        "https://other.example/@jane/110".to_owned(),
        format!("{url}/@jane"),
        format!("{url}/@jane/9"),
    ] {
        let error = sink.locate(&context(), &address).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Rejected, "{address}: {error}");
    }
    let error = sink.locate(&context(), "500").await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unavailable);
}
