//! Tests of remote pictures without a network.

use std::sync::Arc;

use bytes::Bytes;
use syndicate_api::http::Http;
use syndicate_api::{Clock, Code, Context, Env, InMemoryKvCache};

use super::super::remote::without_picture;
use super::{Folder, RULES, assert_unusable, item, sent};

const URL: &str = "https://cdn.example/a.png";

fn context(offline: bool) -> Context {
    let memory = Arc::new(InMemoryKvCache::default());
    let mut cx = Context::new(Http::new(), Clock::system(), Env::empty(), memory);
    cx.offline = offline;
    cx
}

#[tokio::test]
async fn cached_picture_is_used_offline() {
    let folder = Folder::new();
    let item = item(None, Some(URL));
    let cx = context(true);
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(4, 2)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    cx.blob_cache
        .put(&format!("picture {URL}"), bytes.get_ref());

    assert!(
        folder.pictures.gather(&item, &RULES).is_err(),
        "asking notes what is wanted"
    );
    assert!(folder.pictures.fetch_missing(&cx).await);
    let gathered = folder.pictures.gather(&item, &RULES).unwrap().unwrap();
    assert_eq!(&sent(&gathered)[..], bytes.get_ref());
    assert!(
        !folder.pictures.fetch_missing(&cx).await,
        "nothing is wanted any more"
    );
}

#[tokio::test]
async fn fetch_failure_has_reason() {
    let (lasting, passing) = (Code::ImageRemote, Code::ImageUnreachable);
    for (url, offline, code, why) in [
        (
            URL,
            true,
            passing,
            "it is not cached, and this run is offline",
        ),
        ("http://127.0.0.1:9/a.png", false, lasting, "127.0.0.1"),
        ("data:image/png;base64,AA", false, lasting, ""),
    ] {
        let folder = Folder::new();
        let item = item(None, Some(url));
        assert!(folder.pictures.gather(&item, &RULES).is_err());
        folder.pictures.fetch_missing(&context(offline)).await;
        let error = folder.pictures.gather(&item, &RULES).unwrap_err();
        assert!(error.message.contains(why), "{error}");
        let message = error.message.clone();
        assert_unusable(&error, code, &message);
    }
}

#[test]
fn only_missing_picture_fails_permanently() {
    let kept = Bytes::from_static(b"kept");
    for (status, expected) in [
        (404, Code::ImageRemote),
        (410, Code::ImageRemote),
        (401, Code::ImageUnreachable),
        (403, Code::ImageUnreachable),
        (429, Code::ImageUnreachable),
        (503, Code::ImageUnreachable),
    ] {
        let failure = without_picture(status, None).unwrap_err();
        assert_eq!(failure.code, expected, "{status}");
        assert!(
            failure.why.ends_with(&format!("status {status}")),
            "{}",
            failure.why
        );
    }
    assert_eq!(without_picture(304, Some(kept.clone())).unwrap(), kept);
    assert_eq!(without_picture(502, Some(kept.clone())).unwrap(), kept);
    let gone = without_picture(404, Some(kept)).unwrap_err();
    assert_eq!(gone.code, Code::ImageRemote);
}
