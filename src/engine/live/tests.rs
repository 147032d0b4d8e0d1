//! Tests of the live check, against scripted responses and against a local server.

use std::cell::Cell;
use std::sync::Arc;

use bytes::Bytes;
use syndicate_api::http::Http;
use syndicate_api::{Clock, Env, InMemoryKvCache};
use url::Url;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

fn item() -> Item {
    Item {
        url: Some("https://a.org/x/".to_owned()),
        keys: vec!["https://a.org/x".to_owned()],
        ..Item::default()
    }
}

#[tokio::test]
async fn private_host_is_not_live() {
    let memory = Arc::new(InMemoryKvCache::default());
    let cx = Context::new(Http::new(), Clock::system(), Env::empty(), memory);
    let private = Item {
        url: Some("http://127.0.0.1:9/x".to_owned()),
        ..item()
    };
    let mut none = Duration::ZERO;
    assert!(
        check_live(&cx, &private, CardBy::Us, &mut none)
            .await
            .is_err()
    );
    let without_url = check_live(&cx, &Item::default(), CardBy::Us, &mut none).await;
    assert_eq!(without_url, Ok(()));
}

fn reason(result: Result<(), NotLive>) -> Option<String> {
    result.err().map(|not_live| not_live.to_string())
}

/// Checks the item against these responses (URL, status, body) in order. Returns the problem, the number
/// of requests and the time waited. Status 0 is a failed request.
async fn wait_for(
    seconds: u64,
    answers: &[(&str, u16, &str)],
) -> (Option<String>, usize, Duration) {
    let asked = Cell::new(0);
    let slept = Cell::new(Duration::ZERO);
    let request = async |url: &str, _| {
        let (expected, status, body) = answers[asked.replace(asked.get() + 1)];
        assert_eq!(url, expected);
        if status == 0 {
            return Err("no answer".to_owned());
        }
        Ok(PageResponse {
            status,
            url: Url::parse(url).unwrap(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            is_truncated: false,
            headers: Headers::default(),
        })
    };
    let sleep = async |pause| slept.set(slept.get() + pause);
    let mut time_left = Duration::from_secs(seconds);
    let result = wait_until_live((&item(), CardBy::Us), &mut time_left, &request, &sleep).await;
    (reason(result), asked.get(), slept.get())
}

#[tokio::test]
async fn check_waits_for_page_and_picture() {
    const PAGE: &str = "https://a.org/x/";
    const PICTURE: &str = "https://a.org/p.png";
    const HEAD: &str = "<link rel=canonical href=/x/><meta property='og:image' content='/p.png'>";
    let answers = [
        (PAGE, 404, ""),
        (PAGE, 0, ""),
        (PAGE, 200, HEAD),
        (PICTURE, 404, ""),
        (PAGE, 200, HEAD),
        (PICTURE, 200, ""),
    ];
    let seconds = Duration::from_secs;
    assert_eq!(wait_for(600, &answers).await, (None, 6, seconds(45)));
    let (why, asked, slept) = wait_for(20, &answers).await;
    assert!(why.unwrap().contains("p.png` returns status 404"));
    assert_eq!((asked, slept), (4, seconds(20)));
    let (why, asked, slept) = wait_for(0, &answers).await;
    assert!(why.unwrap().contains("status 404"));
    assert_eq!((asked, slept), (1, seconds(0)));
}

#[test]
fn page_with_other_canonical_is_not_live() {
    let judged = |status, body: &str| {
        let answer = PageResponse {
            status,
            url: Url::parse("https://a.org/x/").unwrap(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            is_truncated: false,
            headers: Headers::default(),
        };
        judge(&item(), "https://a.org/x/", &answer)
    };
    let live = |picture: Option<&str>, is_doubtful| PageVerdict::Live {
        picture: picture.map(str::to_owned),
        is_doubtful,
    };
    assert_eq!(judged(200, "<title>x</title>"), live(None, true));
    assert_eq!(
        judged(200, "<link rel=canonical href='http://a.org/x/index.html'>"),
        live(None, false)
    );
    let picture = judged(200, "<meta property='og:image' content='p.png'>");
    assert_eq!(picture, live(Some("https://a.org/x/p.png"), true));
    let not_live = |why: &str| PageVerdict::NotLive(why.to_owned());
    assert_eq!(
        judged(404, ""),
        not_live("`https://a.org/x/` returns status 404")
    );
    assert_eq!(
        judged(200, "<link rel=canonical href='/other/'>"),
        not_live("`https://a.org/x/` has another canonical URL, `https://a.org/other/`")
    );
}

/// The title of the post that the server should have.
const TITLE: &str = "Tides and waves";
/// Its text and description.
const TEXT: &str = "The sea comes and goes twice a day, and asks no reason.";

/// Returns a complete HTML page.
fn page(head: &str, body: &str) -> ResponseTemplate {
    let html = format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>");
    ResponseTemplate::new(200).set_body_raw(html, "text/html; charset=utf-8")
}

/// Returns the page of the post with more elements in its head.
fn post(head: &str) -> ResponseTemplate {
    page(
        &format!("<title>{TITLE}</title>{head}"),
        &format!("<article><h1>{TITLE}</h1><p>{TEXT}</p></article>"),
    )
}

fn redirect(to: &str) -> ResponseTemplate {
    ResponseTemplate::new(302).insert_header("location", to)
}

async fn serve(server: &MockServer, at: &str, answer: ResponseTemplate) {
    let mock = Mock::given(method("GET")).and(path(at));
    mock.respond_with(answer).mount(server).await;
}

/// Checks the post `/blog/x/` of this server once and returns the problem. The post has the alias
/// `/old/x/`.
async fn problem_on(server: &MockServer) -> Option<String> {
    let address = |path: &str| format!("{}{path}", server.uri());
    let key = |path: &str| syndicate_api::normalise_url(&address(path)).unwrap();
    let item = Item {
        url: Some(address("/blog/x/")),
        title: Some(TITLE.to_owned()),
        description: Some(TEXT.to_owned()),
        keys: vec![key("/blog/x/"), key("/old/x/"), "blog:x.md".to_owned()],
        ..Item::default()
    };
    let memory = Arc::new(InMemoryKvCache::default());
    let cx = Context::new(Http::new(), Clock::system(), Env::empty(), memory);
    let request = async |url: &str, max| {
        let address = FetchRequest::new(url).max_bytes(max);
        fetch(&cx, address.from_config()).await
    };
    let problem = reason(check_once((&item, CardBy::Us), &request).await);
    problem.map(|problem| problem.replace(&server.uri(), ""))
}

/// Returns the problem with the post if its URL returns `answer`. The server also has a home page, another
/// post, a sign-in page and the alias of the post.
async fn problem_with(answer: ResponseTemplate) -> Option<String> {
    let server = MockServer::start().await;
    serve(&server, "/blog/x/", answer).await;
    let home = "<article><h2>Tides and waves</h2></article><article><h2>More</h2></article>";
    serve(&server, "/", page("<title>Ada's notes</title>", home)).await;
    serve(
        &server,
        "/other/",
        page("<title>Another post</title>", "<h1>Another post</h1>"),
    )
    .await;
    serve(
        &server,
        "/login",
        page("<title>Log in</title>", "<input type=password>"),
    )
    .await;
    serve(&server, "/old/x/", post("")).await;
    problem_on(&server).await
}

#[tokio::test]
async fn page_of_post_is_live() {
    for answer in [
        post(""),
        post("<link rel=canonical href=/blog/x/>"),
        page("<title>Tides and waves | Ada</title>", "<p>Text."),
        page("<title>SEO</title>", "<h1>Tides and waves</h1><p>Text."),
        page(
            &format!("<title>Ebb</title><meta name=description content='{TEXT}'>"),
            "<p>x",
        ),
        page(
            "<title>x</title><meta property=og:url content=/blog/x/>",
            "<p>Text.",
        ),
        post("").insert_header("x-robots-tag", "otherbot: noindex"),
        // The page reloads itself.
        post("<meta http-equiv=refresh content='5; url=/blog/x/#top'>"),
        // Redirects to another URL of the post.
        redirect("/old/x/"),
        page("<meta http-equiv=refresh content='0; url=/old/x/'>", ""),
        post("").insert_header("refresh", "0; url=/old/x/"),
        ResponseTemplate::new(200).set_body_raw("%PDF-1.7", "application/pdf"),
    ] {
        assert_eq!(problem_with(answer.clone()).await, None, "{answer:?}");
    }
}

#[tokio::test]
async fn redirect_to_another_page_is_not_live() {
    for (answer, expected) in [
        (redirect("/"), "`/blog/x/` redirects to another page, `/`"),
        (
            redirect("/other/"),
            "`/blog/x/` redirects to another page, `/other/`",
        ),
        (
            redirect("/login"),
            "`/blog/x/` redirects to the sign-in page `/login`",
        ),
        (
            page("<meta http-equiv=refresh content='0; url=/other/'>", ""),
            "`/blog/x/` redirects readers to `/other/`",
        ),
        (
            post("").insert_header("refresh", "3; url=/other/"),
            "`/blog/x/` redirects readers to `/other/`",
        ),
        (
            page("", "<script>location.replace('/other/')</script>"),
            "`/blog/x/` redirects readers to `/other/`",
        ),
        (
            page(
                "<title>Redirecting…</title>",
                "<a href=/other/>Click here</a>",
            ),
            "`/blog/x/` is another page: its title is `Redirecting…`, not `Tides and waves`",
        ),
        (
            post("<link rel=canonical href=/other/>"),
            "`/blog/x/` has another canonical URL, `/other/`",
        ),
    ] {
        assert_eq!(problem_with(answer).await.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn other_page_with_200_is_not_live() {
    let other = |title: &str| {
        format!("`/blog/x/` is another page: its title is `{title}`, not `Tides and waves`")
    };
    let error = "`/blog/x/` is an error page, although its status is 200";
    let canonical = "<link rel=canonical href=/blog/x/>";
    let recent = "<ul><li><a href=/blog/x/>Tides and waves</a></ul>";
    for (answer, expected) in [
        (
            page("<title>Ada's notes</title>", recent),
            other("Ada's notes"),
        ),
        (
            page("<title>Oops</title>", "<h1>We looked everywhere</h1>"),
            other("Oops"),
        ),
        (page("<title>Coming soon</title>", ""), other("Coming soon")),
        (page("<title>404 | Ada</title>", "Sorry."), error.to_owned()),
        (
            page(
                &format!("<title>Seite nicht gefunden</title>{canonical}"),
                recent,
            ),
            error.to_owned(),
        ),
        (
            page("<script src=/app.js></script>", "<div id=root></div>"),
            "`/blog/x/` contains neither the title nor the text of the post".to_owned(),
        ),
        (ResponseTemplate::new(200), "`/blog/x/` is empty".to_owned()),
        (
            ResponseTemplate::new(200)
                .set_body_raw("<title>Tides and waves</title><meta na", "text/html"),
            "`/blog/x/` is truncated".to_owned(),
        ),
        (
            page(
                &format!("<title>Log in</title>{canonical}"),
                "<input type=password>",
            ),
            "`/blog/x/` requires a password".to_owned(),
        ),
        (
            ResponseTemplate::new(401),
            "`/blog/x/` returns status 401: readers must sign in".to_owned(),
        ),
        (
            ResponseTemplate::new(410),
            "`/blog/x/` returns status 410".to_owned(),
        ),
    ] {
        assert_eq!(problem_with(answer).await, Some(expected));
    }
}

#[tokio::test]
async fn noindex_page_is_not_live() {
    let problem = "`/blog/x/` is excluded from search engines";
    for (answer, how) in [
        (
            post("<meta name=robots content='noindex, follow'>"),
            "(`noindex`)",
        ),
        (post("<meta name=robots content=none>"), "(`noindex`)"),
        (
            post("").insert_header("x-robots-tag", "noindex"),
            "(`noindex` in `X-Robots-Tag`)",
        ),
        (
            post("<link rel=canonical href=/blog/x/>")
                .insert_header("x-robots-tag", "nofollow")
                .append_header("x-robots-tag", "googlebot: noindex"),
            "(`noindex` in `X-Robots-Tag`)",
        ),
    ] {
        assert_eq!(problem_with(answer).await, Some(format!("{problem} {how}")));
    }
}

#[tokio::test]
async fn catch_all_page_is_not_live() {
    let everywhere = async |answer: ResponseTemplate| {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        problem_on(&server).await
    };
    let same = "the host returns the page at `/blog/x/` for any URL, with status 200";
    // The home page has the title of the newest post as its heading.
    let newest = page(
        "<title>Ada's notes</title>",
        "<h1>Tides and waves</h1><p>Text.",
    );
    assert_eq!(everywhere(newest).await.as_deref(), Some(same));
    let with_text = page("<title>Ada's notes</title>", &format!("<p>{TEXT}"));
    assert_eq!(everywhere(with_text).await.as_deref(), Some(same));
    assert_eq!(
        everywhere(post("<link rel=canonical href=/blog/x/>")).await,
        None
    );
}

#[tokio::test]
async fn redirect_loop_is_not_live() {
    let server = MockServer::start().await;
    let refresh = |to: &str| {
        page(
            &format!("<meta http-equiv=refresh content='0; url={to}'>"),
            "",
        )
    };
    serve(&server, "/blog/x/", refresh("/old/x/")).await;
    serve(&server, "/old/x/", refresh("/blog/x/")).await;
    let problem = problem_on(&server).await;
    assert_eq!(
        problem.as_deref(),
        Some("`/blog/x/` redirects readers through too many pages")
    );
}
