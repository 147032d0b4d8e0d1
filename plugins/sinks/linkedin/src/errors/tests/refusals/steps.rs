//! Refusals that have another meaning in a certain step.

use serde_json::{Value, json};
use syndicate_api::PublishErrorKind::{Rejected, Throttled, Unauthorized, Unavailable, Unknown};
use syndicate_api::{Attachment, Code, PublishError};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::{answer, error_for};
use super::{bad_input, code, says};
use crate::fixture;

/// Returns the error of a picture whose upload has this response.
async fn put_error(answer: ResponseTemplate) -> PublishError {
    let server = MockServer::start().await;
    let refuses = Mock::given(path("/dms-uploads/1")).respond_with(answer);
    refuses.mount(&server).await;
    for mock in fixture::preparation(&server.uri()) {
        mock.mount(&server).await;
    }
    let sink = fixture::sink(&server.uri());
    let prepared = fixture::prepare(&*sink, &fixture::context(), &fixture::post()).await;
    prepared.unwrap_err()
}

#[tokio::test]
async fn refused_upload_has_file_hint() {
    for (status, expected, hint) in [
        (400, (Rejected, Code::ImageFormat), "JPEG or PNG"),
        (401, (Unauthorized, Code::Unauthorized), "create a token"),
        (
            403,
            (Unavailable, Code::Unavailable),
            "run the command again",
        ),
        (404, (Unavailable, Code::Unavailable), "repeat all uploads"),
        (410, (Unavailable, Code::Unavailable), "repeat all uploads"),
        (411, (Rejected, Code::Rejected), "`Content-Length`"),
        (413, (Rejected, Code::Rejected), "reduce the size"),
        (415, (Rejected, Code::ImageFormat), "JPEG or PNG"),
        (422, (Rejected, Code::ImageFormat), "JPEG or PNG"),
        (
            500,
            (Unavailable, Code::Unavailable),
            "run the command again",
        ),
    ] {
        let page = ResponseTemplate::new(status).set_body_string("<html>no</html>");
        for refusal in [answer(status, &json!({"message": "M"})), page] {
            let error = put_error(refusal).await;
            assert_eq!((error.kind, error.code), expected, "{status}: {error}");
            assert!(
                error.message.starts_with("cannot upload the picture"),
                "{error}"
            );
            let found = error.hint.unwrap_or_default();
            assert!(found.contains(hint), "{status}: {found}");
            // The post is not the cause, so the hint must not ask to compare it.
            assert!(!found.contains("compare"), "{status}: {found}");
        }
    }
    let throttled = put_error(answer(429, &says("Resource level throttle MEMBER DAY"))).await;
    assert!(matches!(throttled.kind, Throttled { until: Some(_) }));
}

/// Returns the error of a reshare whose creating request has this response.
async fn reshare_error(status: u16, body: &Value) -> PublishError {
    let post = fixture::with(Attachment::Reshare("urn:li:share:7".to_owned()));
    error_for(&fixture::context(), "posts", &post, answer(status, body)).await
}

#[tokio::test]
async fn missing_reshared_post_is_named() {
    let parent = "/reshareContext/parent is a post that was deleted";
    for (status, body) in [
        (400, bad_input(parent, "INVALID_URN_ID", 400)),
        (400, code("INVALID_URN_ID")),
        (404, code("NOT_FOUND")),
        (410, code("GONE")),
        (422, json!({"message": format!("ERROR :: {parent}")})),
        (
            403,
            bad_input("the parent must not be reshared", "ACCESS_DENIED", 403),
        ),
    ] {
        let error = reshare_error(status, &body).await;
        let expected = (Rejected, Code::AttachmentUnfit);
        assert_eq!((error.kind, error.code), expected, "{status} {body}");
        assert!(error.hint.unwrap().contains("`reshare`"), "{status} {body}");
    }
    for (status, body, expected) in [
        (
            422,
            bad_input("duplicate of urn:li:share:7", "DUPLICATE_POST", 422),
            Code::Duplicate,
        ),
        (403, code("ACCESS_DENIED"), Code::Forbidden),
        (426, code("NONEXISTENT_VERSION"), Code::VersionDead),
    ] {
        assert_eq!(
            reshare_error(status, &body).await.code,
            expected,
            "{status} {body}"
        );
    }
}

#[tokio::test]
async fn switched_off_api_suggests_posts() {
    let mut post = fixture::post();
    post.card = None;
    let cx = fixture::context();
    for api in ["shares", "ugc"] {
        for (status, body) in [
            (410, json!({"message": "This API is gone"})),
            (410, code("GONE")),
            (404, code("RESOURCE_NOT_FOUND")),
        ] {
            let error = error_for(&cx, api, &post, answer(status, &body)).await;
            assert_eq!(
                (error.kind, error.code),
                (Rejected, Code::Rejected),
                "{api} {body}"
            );
            assert!(error.message.contains("switched off"), "{error}");
            assert!(
                error.hint.unwrap().contains("`api: posts`"),
                "{api} {status}"
            );
        }
        // A body that LinkedIn did not write proves nothing about the post.
        let page = ResponseTemplate::new(410).set_body_string("<html>Gone</html>");
        let error = error_for(&cx, api, &post, page).await;
        assert_eq!(error.kind, Unknown, "{api}");
        let hint = error.hint.unwrap();
        assert!(
            hint.contains("settle") && hint.contains("`api: posts`"),
            "{hint}"
        );
    }
}
