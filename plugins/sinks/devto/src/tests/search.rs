use syndicate_api::testkit::wiremock::{MockServer, ResponseTemplate};
use syndicate_api::{Code, Context, Found, FoundBy, PublishError, Readiness, Sink, Sought};

use super::{PAGE, answer, article, context, mock_account, payload, refusal, seal, serve, sink};

const OTHER: &str = "https://example.org/other/";

async fn prepare(sink: &dyn Sink, cx: &Context) -> Result<Readiness, PublishError> {
    let payload = payload(sink);
    sink.prepare(cx, &payload.steps, &payload.media).await
}

#[tokio::test]
async fn prepare_finds_canonical_on_later_page() {
    let pages = [
        vec![article(1, OTHER, false)],
        vec![article(2, "http://example.org/hello", true)],
    ];
    let server = serve(&pages).await;
    let found = prepare(&*sink(&server.uri()), &context()).await.unwrap();
    let Readiness::Exists(receipt) = found else {
        panic!("{found:?}")
    };
    assert_eq!(receipt.id.as_deref(), Some("2"));
    assert_eq!(receipt.url.as_deref(), Some("https://dev.to/jane/hello-2"));
}

#[tokio::test]
async fn prepare_is_ready_without_copy() {
    let server = serve(&[vec![article(1, OTHER, false)]]).await;
    let (sink, cx) = (sink(&server.uri()), context());
    let Readiness::Ready(ready) = prepare(&*sink, &cx).await.unwrap() else {
        panic!("the article does not exist")
    };
    assert_eq!(ready.account.as_deref(), Some("7"));
    assert_eq!(sink.sender(&cx).name.as_deref(), Some("@jane"));
    let requests = server.received_requests().await.unwrap();
    let agents = requests
        .iter()
        .map(|request| request.headers.get("user-agent"));
    assert!(agents.into_iter().all(|agent| agent.is_some()));
}

#[tokio::test]
async fn repeating_pages_are_an_error() {
    let server = MockServer::start().await;
    mock_account().mount(&server).await;
    let page = ResponseTemplate::new(200).set_body_json([article(1, OTHER, true)]);
    answer(&server, "GET", "/api/articles/me/all", page).await;
    let error = prepare(&*sink(&server.uri()), &context())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Unavailable);
}

#[tokio::test]
async fn find_distinguishes_own_text() {
    let empty = serve(&[]).await;
    let cx = context();
    let prepared = {
        let sink = sink(&empty.uri());
        let readiness = prepare(&*sink, &cx).await.unwrap();
        seal(&*sink, &cx, readiness)
    };
    let links = [PAGE.to_owned()];
    let sought = Sought {
        links: &links,
        prepared: Some(&prepared),
        ..Sought::default()
    };
    let mut edited = article(3, PAGE, false);
    edited["body_markdown"] = "Edited".into();
    for (pages, expected) in [
        (vec![vec![article(1, OTHER, true)]], None),
        (vec![vec![article(2, PAGE, false)]], Some(FoundBy::Key)),
        (vec![vec![edited.clone()]], Some(FoundBy::Link)),
    ] {
        let server = serve(&pages).await;
        let found = sink(&server.uri()).find(&cx, &sought).await.unwrap();
        let by = match &found {
            Found::Here { by, .. } => Some(*by),
            Found::NotThere => None,
            Found::Unclear(reason) => panic!("{reason}"),
        };
        assert_eq!(by, expected, "{pages:?}");
    }
    let two = serve(&[vec![article(2, PAGE, false), edited]]).await;
    let found = sink(&two.uri()).find(&cx, &sought).await.unwrap();
    assert!(matches!(found, Found::Unclear(_)), "{found:?}");
}

#[tokio::test]
async fn find_needs_complete_list() {
    let server = MockServer::start().await;
    let torn = ResponseTemplate::new(200).set_body_string("[{\"id\": 1");
    answer(&server, "GET", "/api/articles/me/all", torn).await;
    let links = [PAGE.to_owned()];
    let sought = Sought {
        links: &links,
        ..Sought::default()
    };
    let found = sink(&server.uri()).find(&context(), &sought).await;
    assert_eq!(found.unwrap_err().code, Code::Unavailable);
    let nothing = sink(&server.uri())
        .find(&context(), &Sought::default())
        .await;
    assert!(matches!(nothing, Ok(Found::Unclear(_))));
}

#[tokio::test]
async fn refusal_names_only_own_copy() {
    for (canonical, expected) in [(PAGE, Some("2")), (OTHER, None)] {
        let empty = serve(&[]).await;
        let cx = context();
        let ready = prepare(&*sink(&empty.uri()), &cx).await.unwrap();
        let prepared = seal(&*sink(&empty.uri()), &cx, ready);
        let mut own = article(2, canonical, true);
        if expected.is_none() {
            own["title"] = "Another".into();
        }
        let server = serve(&[vec![own]]).await;
        let taken = refusal(422, "Canonical url has already been taken. Email a@dev.to");
        answer(&server, "POST", "/api/articles", taken).await;
        let error = sink(&server.uri())
            .send(&cx, &prepared, 0)
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::Duplicate);
        let existing = error
            .existing
            .as_ref()
            .and_then(|receipt| receipt.id.as_deref());
        assert_eq!(existing, expected);
        let hint = error.hint.unwrap_or_default();
        assert_eq!(
            hint.contains("another account"),
            expected.is_none(),
            "{hint}"
        );
    }
}

#[tokio::test]
async fn recent_title_of_other_post_waits() {
    let (empty, cx) = (serve(&[]).await, context());
    let ready = prepare(&*sink(&empty.uri()), &cx).await.unwrap();
    let prepared = seal(&*sink(&empty.uri()), &cx, ready);
    let mut other = article(2, OTHER, false);
    other["body_markdown"] = "Another text".into();
    for (own, expected) in [
        (other, Code::Throttled),
        (article(2, PAGE, false), Code::Duplicate),
    ] {
        let server = serve(&[vec![own]]).await;
        let used = refusal(422, "Title has already been used in the last five minutes");
        answer(&server, "POST", "/api/articles", used).await;
        let error = sink(&server.uri())
            .send(&cx, &prepared, 0)
            .await
            .unwrap_err();
        assert_eq!(error.code, expected);
        assert_eq!(error.existing.is_some(), expected == Code::Duplicate);
    }
}

#[tokio::test]
async fn list_pages_until_empty() {
    let server = serve(&[vec![article(1, PAGE, true)], vec![article(2, OTHER, true)]]).await;
    let (sink, cx) = (sink(&server.uri()), context());
    let mut from = None;
    let mut links = Vec::new();
    loop {
        let page = sink.list(&cx, from.as_deref()).await.unwrap();
        links.extend(page.posts.into_iter().flat_map(|post| post.links));
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(links, [PAGE, OTHER]);
    assert!(sink.list(&cx, Some("x")).await.is_err());
}

#[tokio::test]
async fn locate_accepts_number_and_addresses() {
    let server = serve(&[vec![article(12, PAGE, false)]]).await;
    let (sink, cx) = (sink(&server.uri()), context());
    for address in [
        "12",
        " 12\n",
        "/jane/hello-12",
        "/jane/hello-12/edit",
        "/jane/hello-12?x=1",
    ] {
        let address = match address.strip_prefix('/') {
            Some(path) => format!("{}/{path}", server.uri()),
            None => address.to_owned(),
        };
        let receipt = sink.locate(&cx, &address).await.unwrap();
        assert_eq!(receipt.id.as_deref(), Some("12"), "{address}");
        assert_eq!(
            receipt.url.as_deref(),
            Some("https://dev.to/jane/hello-12/edit")
        );
    }
    for address in [
        "",
        "13",
        "jane/hello-12",
        "https://example.org/jane/hello-12",
        "https://",
    ] {
        let error = sink.locate(&cx, address).await.unwrap_err();
        assert_eq!(error.code, Code::Unsupported, "{address}");
    }
}
