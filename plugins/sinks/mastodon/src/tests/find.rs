use serde_json::{Value, json};
use syndicate_api::testkit::context;
use syndicate_api::testkit::wiremock::matchers::{
    method, path, query_param, query_param_is_missing,
};
use syndicate_api::testkit::wiremock::{Mock, MockServer, ResponseTemplate};
use syndicate_api::{Found, FoundBy, Slots, Sought};

use super::support::{LINK, answer, mock, sink, start, status};

const LIST: &str = "/api/v1/accounts/1/statuses";
const INTENT: &str = "2026-11-28T10:00:00Z";
const BEFORE: &str = "2026-11-28T09:57:59.000Z";
const AFTER: &str = "2026-11-28T10:00:01.000Z";
const OTHER: &str = "https://blog.example.org/other/";

/// Starts a server whose account has these pages of posts; the last one is followed by an empty page.
async fn server(software: &str, pages: &[Vec<Value>]) -> MockServer {
    let server = start(software, Vec::new()).await;
    let mut before: Option<String> = None;
    for page in pages.iter().chain([&Vec::new()]) {
        let mock = Mock::given(method("GET")).and(path(LIST));
        let mock = match &before {
            Some(last) => mock.and(query_param("max_id", last)),
            None => mock.and(query_param_is_missing("max_id")),
        };
        mock.respond_with(answer(200, &json!(page)))
            .mount(&server)
            .await;
        before = page
            .last()
            .map(|post| post["id"].as_str().unwrap().to_owned());
    }
    server
}

async fn look(server: &MockServer, slots: &Slots, link: &str) -> Found {
    let links = [link.to_owned()];
    let sought = Sought {
        intent: Some((INTENT.parse().unwrap(), slots)),
        links: &links,
        ..Sought::default()
    };
    sink(&server.uri(), &json!({}))
        .find(&context(), &sought)
        .await
        .unwrap()
}

fn slots(links: &[&str], visibility: &str) -> Slots {
    Slots::from([
        ("links".to_owned(), json!(links)),
        ("visibility".to_owned(), visibility.into()),
    ])
}

async fn found(pages: &[Vec<Value>]) -> Found {
    look(
        &server("snac", pages).await,
        &slots(&[LINK], "public"),
        LINK,
    )
    .await
}

fn is_unclear(found: &Found) -> bool {
    matches!(found, Found::Unclear(_))
}

#[tokio::test]
async fn unique_recent_link_is_here() {
    let old = status("1", BEFORE, OTHER);
    for created in [AFTER, "2026-11-28T09:58:00.000Z"] {
        let pages = [
            vec![status("3", AFTER, OTHER), status("2", created, LINK)],
            vec![old.clone()],
        ];
        let Found::Here { receipt, by } = found(&pages).await else {
            panic!("not found at {created}");
        };
        assert_eq!((receipt.id.as_deref(), by), (Some("2"), FoundBy::Link));
    }
}

#[tokio::test]
async fn missing_link_is_not_there() {
    let pages = [
        vec![status("2", AFTER, OTHER)],
        vec![status("1", BEFORE, OTHER)],
    ];
    assert_eq!(found(&pages).await, Found::NotThere);
}

#[tokio::test]
async fn gap_proves_nothing() {
    // The posts end before one that is older than the request.
    for pages in [vec![], vec![vec![status("2", AFTER, OTHER)]]] {
        let found = found(&pages).await;
        assert!(is_unclear(&found), "{found:?}");
    }
}

#[tokio::test]
async fn server_without_pages_proves_hits_only() {
    for (count, link, expected) in [
        // Fewer posts than a page are all that the server has.
        (39, LINK, true),
        (40, LINK, false),
        (39, OTHER, false),
    ] {
        let mut posts: Vec<Value> = (2..=count)
            .map(|id| status(&id.to_string(), AFTER, OTHER))
            .collect();
        posts.push(status("1", AFTER, link));
        let server = start("snac", vec![mock("GET", LIST, answer(200, &json!(posts)))]).await;
        let found = look(&server, &slots(&[LINK], "public"), LINK).await;
        assert_eq!(
            matches!(found, Found::Here { .. }),
            expected,
            "{count} {link}: {found:?}"
        );
        assert_eq!(is_unclear(&found), !expected, "{count} {link}: {found:?}");
    }
}

#[tokio::test]
async fn doubtful_hit_is_unclear() {
    let old = || status("1", BEFORE, OTHER);
    let mut unlinked = status("2", AFTER, OTHER);
    unlinked["content"] = format!("<p>{LINK}</p>").into();
    let campaign = format!("{LINK}?utm_source=x");
    for page in [
        // Two posts with the link.
        vec![status("3", AFTER, LINK), status("2", AFTER, LINK), old()],
        // A post that is older than the request.
        vec![status("2", BEFORE, LINK)],
        // A similar link.
        vec![status("2", AFTER, &campaign), old()],
        vec![status("2", AFTER, "https://blog.example.org/a"), old()],
        vec![unlinked, old()],
    ] {
        let found = found(&[page]).await;
        assert!(is_unclear(&found), "{found:?}");
    }
}

#[tokio::test]
async fn longer_link_is_another_one() {
    let longer = format!("{LINK}more/");
    let pages = [vec![
        status("3", AFTER, &longer),
        status("2", AFTER, LINK),
        status("1", BEFORE, OTHER),
    ]];
    assert!(matches!(found(&pages).await, Found::Here { .. }));
    let pages = [vec![
        status("3", AFTER, &longer),
        status("1", BEFORE, OTHER),
    ]];
    assert_eq!(found(&pages).await, Found::NotThere);
}

#[tokio::test]
async fn shared_posts_do_not_count() {
    let mut shared = status("2", AFTER, LINK);
    shared["reblog"] = json!({"id": "9"});
    let pages = [vec![shared], vec![status("1", BEFORE, OTHER)]];
    assert_eq!(found(&pages).await, Found::NotThere);
}

#[tokio::test]
async fn hidden_posts_need_known_software() {
    let pages = [vec![status("2", AFTER, OTHER), status("1", BEFORE, OTHER)]];
    for (software, visibility, expected) in [
        ("mastodon", "private", true),
        ("mastodon", "direct", true),
        ("snac", "unlisted", true),
        ("snac", "private", false),
        ("snac", "direct", false),
        ("gotosocial", "private", false),
    ] {
        let server = server(software, &pages).await;
        let found = look(&server, &slots(&[LINK], visibility), LINK).await;
        assert_eq!(
            found == Found::NotThere,
            expected,
            "{software} {visibility}: {found:?}"
        );
    }
}

#[tokio::test]
async fn sent_text_decides_about_link() {
    let pages = [vec![status("2", AFTER, LINK), status("1", BEFORE, OTHER)]];
    let server = server("mastodon", &pages).await;
    let campaign = format!("{LINK}?utm_source=m");
    for (sent, item, expected) in [
        (vec![LINK], LINK, true),
        // The text had the link with a campaign, which the item now has no more.
        (vec![campaign.as_str()], LINK, false),
        (vec![LINK], campaign.as_str(), true),
        (vec![], LINK, false),
        (vec![OTHER], LINK, false),
    ] {
        let found = look(&server, &slots(&sent, "public"), item).await;
        assert_eq!(
            matches!(found, Found::Here { .. }),
            expected,
            "{sent:?} {item}: {found:?}"
        );
    }
}

#[tokio::test]
async fn search_without_ledger_reads_everything() {
    let pages = [
        vec![status("2", AFTER, OTHER)],
        vec![status("1", BEFORE, LINK)],
    ];
    let server = server("mastodon", &pages).await;
    let sink = sink(&server.uri(), &json!({}));
    for (link, expected) in [
        (LINK, "Here"),
        ("https://blog.example.org/none/", "NotThere"),
    ] {
        let links = [link.to_owned()];
        let sought = Sought {
            links: &links,
            ..Sought::default()
        };
        let found = sink.find(&context(), &sought).await.unwrap();
        assert!(format!("{found:?}").starts_with(expected), "{found:?}");
    }
    let found = sink.find(&context(), &Sought::default()).await.unwrap();
    assert!(is_unclear(&found), "{found:?}");
}

#[tokio::test]
async fn listing_failure_is_error() {
    for response in [
        ResponseTemplate::new(500),
        answer(200, &json!({"error": "x"})),
        answer(200, &json!([{"id": "2"}])),
    ] {
        let server = start("mastodon", vec![mock("GET", LIST, response)]).await;
        let links = [LINK.to_owned()];
        let sought = Sought {
            links: &links,
            ..Sought::default()
        };
        let found = sink(&server.uri(), &json!({}))
            .find(&context(), &sought)
            .await;
        assert!(found.is_err(), "{found:?}");
    }
}

#[tokio::test]
async fn list_returns_pages() {
    let pages = [
        vec![status("2", AFTER, LINK)],
        vec![status("1", BEFORE, OTHER)],
    ];
    let server = server("mastodon", &pages).await;
    let (sink, cx) = (sink(&server.uri(), &json!({})), context());
    let mut from: Option<String> = None;
    let mut listed = Vec::new();
    loop {
        let page = sink.list(&cx, from.as_deref()).await.unwrap();
        listed.extend(page.posts);
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    let ids: Vec<_> = listed
        .iter()
        .filter_map(|post| post.receipt.id.as_deref())
        .collect();
    assert_eq!(ids, ["2", "1"]);
    assert_eq!(listed[0].links, [LINK]);
    assert_eq!(listed[1].receipt.at, BEFORE.parse().ok());
}
