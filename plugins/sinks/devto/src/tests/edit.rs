use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::{MockServer, ResponseTemplate};
use syndicate_api::{
    Code, Context, Env, Finding, Prepared, PublishErrorKind, Ready, Receipt, Role, Sink,
};

use super::{PAGE, answer, article, context, mock_account, payload, refusal, serve, sink};

/// Returns the update of the article of `receipt` to the article of the tests.
fn change(sink: &dyn Sink, receipt: &Receipt) -> Prepared {
    let revision = sink.revise(&payload(sink)).unwrap();
    assert!(
        revision
            .steps
            .iter()
            .all(|step| step.role == Role::FollowUp)
    );
    let prepared = Prepared::fill(&revision.steps, Ready::default()).unwrap();
    prepared.with_receipt(receipt).unwrap()
}

async fn receipt(cx: &Context, text: &str) -> Receipt {
    let mut sent = article(5, PAGE, false);
    sent["body_markdown"] = text.into();
    let server = serve(&[vec![sent]]).await;
    sink(&server.uri()).locate(cx, "5").await.unwrap()
}

async fn bodies(server: &MockServer) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    let puts = requests.iter().filter(|request| request.method == "PUT");
    puts.map(|request| serde_json::from_slice(&request.body).unwrap())
        .collect()
}

#[tokio::test]
async fn update_leaves_published_state() {
    let cx = context();
    let receipt = receipt(&cx, "Old").await;
    let mut now = article(5, PAGE, true);
    now["body_markdown"] = "Old".into();
    let server = serve(&[vec![now]]).await;
    let updated = ResponseTemplate::new(200).set_body_json(article(5, PAGE, true));
    answer(&server, "PUT", "/api/articles/5", updated).await;
    let sink = sink(&server.uri());
    let updated = sink
        .update(&cx, &receipt, &change(&*sink, &receipt))
        .await
        .unwrap();
    assert_eq!(updated.url.as_deref(), Some("https://dev.to/jane/hello-5"));
    assert_ne!(updated.extra, receipt.extra);
    let bodies = bodies(&server).await;
    let article = bodies[0]["article"].as_object().unwrap();
    assert!(!article.contains_key("published"), "{article:?}");
    assert_eq!(article["title"], json!("Hello"));
}

#[tokio::test]
async fn edited_article_is_conflict() {
    let cx = context();
    let receipt = receipt(&cx, "Old").await;
    let mut edited = article(5, PAGE, false);
    edited["body_markdown"] = "Edited by hand".into();
    let server = serve(&[vec![edited]]).await;
    let sink = sink(&server.uri());
    let error = sink
        .update(&cx, &receipt, &change(&*sink, &receipt))
        .await
        .unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Conflict);
    assert_eq!(bodies(&server).await, [0; 0]);
}

#[tokio::test]
async fn repeated_update_succeeds() {
    let cx = context();
    let receipt = receipt(&cx, "Old").await;
    let server = serve(&[vec![article(5, PAGE, false)]]).await;
    let updated = ResponseTemplate::new(200).set_body_json(article(5, PAGE, false));
    answer(&server, "PUT", "/api/articles/5", updated).await;
    let sink = sink(&server.uri());
    assert!(
        sink.update(&cx, &receipt, &change(&*sink, &receipt))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn missing_article_is_gone() {
    let server = serve(&[]).await;
    answer(&server, "PUT", "/api/articles/5", refusal(404, "not found")).await;
    let (sink, cx) = (sink(&server.uri()), context());
    let receipt = receipt(&cx, "Old").await;
    let error = sink
        .update(&cx, &receipt, &change(&*sink, &receipt))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::PostGone);
    assert_eq!(sink.retract(&cx, &receipt).await, Ok(()));
}

#[tokio::test]
async fn retract_makes_draft() {
    let server = MockServer::start().await;
    let (sink, cx) = (sink(&server.uri()), context());
    let unpublished = ResponseTemplate::new(200).set_body_json(article(5, PAGE, false));
    answer(&server, "PUT", "/api/articles/5", unpublished).await;
    assert_eq!(sink.retract(&cx, &Receipt::new("5")).await, Ok(()));
    assert_eq!(
        bodies(&server).await,
        [json!({"article": {"published": false}})]
    );
    let error = sink.retract(&cx, &Receipt::default()).await.unwrap_err();
    assert_eq!(error.code, Code::Unsupported);
}

#[tokio::test]
async fn check_reports_key_and_account() {
    let options = |endpoint: &str| json!({"endpoint": endpoint, "api_key": "${KEY}"});
    let server = MockServer::start().await;
    let sink = syndicate_api::testkit::build_sink(&crate::PLUGIN, &options(&server.uri()));
    let mut cx = context();
    let findings = sink.check(&cx);
    assert!(matches!(&findings[0], Finding::Failed(error) if error.code == Code::Unauthorized));
    cx.env = Env::from_pairs([("KEY", "example-key-2")]);
    assert!(
        sink.check(&cx)
            .iter()
            .all(|finding| matches!(finding, Finding::Passed(_)))
    );
    let findings = sink.check_online(&cx).await;
    assert!(
        matches!(&findings[..], [Finding::Failed(_)]),
        "{findings:?}"
    );
    mock_account().mount(&server).await;
    // The first mock that matches answers.
    let server = MockServer::start().await;
    mock_account().mount(&server).await;
    let sink = syndicate_api::testkit::build_sink(&crate::PLUGIN, &options(&server.uri()));
    let findings = sink.check_online(&cx).await;
    assert_eq!(findings, [Finding::Passed("posts as `@jane`".to_owned())]);
    let unset = sink.check_online(&context()).await;
    assert_eq!(unset, []);
}
