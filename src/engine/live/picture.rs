//! Checks the picture that a live page names for its card.

use syndicate_api::CardBy;

use super::judge::PageResponse;

/// Maximum size of a picture that the platform takes from the page, in bytes. Crawlers ignore larger ones: Mastodon's
/// limit is 8 MiB, the largest that is known.
const MAX_PICTURE_BYTES: usize = 8 << 20;

/// Checks the picture at `url`. It must exist, and if the platform makes the card, it must be a picture that a crawler
/// can use.
///
/// # Errors
/// Returns the reason why it is not.
pub(super) async fn check_picture(
    url: &str,
    card_by: CardBy,
    request: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
) -> Result<(), String> {
    let is_read = matches!(card_by, CardBy::Platform { .. });
    let max_bytes = if is_read { MAX_PICTURE_BYTES } else { 1 };
    let response = request(url, max_bytes).await;
    let response = response.map_err(|error| format!("cannot fetch its picture: {error}"))?;
    let why = match response.status {
        200 if is_read => unusable(&response),
        200 => None,
        status => Some(format!("returns status {status}")),
    };
    why.map_or(Ok(()), |why| Err(format!("its picture `{url}` {why}")))
}

/// Returns the reason why a crawler would not use the picture, as a predicate.
fn unusable(response: &PageResponse) -> Option<String> {
    if response.is_truncated {
        let most = MAX_PICTURE_BYTES >> 20;
        return Some(format!(
            "is larger than {most} MiB, so the platform would show a card without it"
        ));
    }
    let is_picture = image::guess_format(&response.body).is_ok();
    (!is_picture).then(|| match response.headers.media_type.as_deref() {
        Some(media_type) => format!("is not a picture, but `{media_type}`"),
        None => "is not a picture".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use url::Url;

    use super::super::judge::Headers;
    use super::*;

    const PICTURE: &str = "https://a.org/p.png";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";
    const BY_PLATFORM: CardBy = CardBy::Platform { reads_text: true };

    /// Checks the picture against this response, which has `length` bytes more than `body`.
    async fn problem(card_by: CardBy, status: u16, body: &[u8], length: usize) -> Option<String> {
        let request = async |url: &str, max_bytes: usize| {
            let mut all = body.to_vec();
            all.resize(body.len() + length, 0);
            let is_truncated = all.len() > max_bytes;
            all.truncate(max_bytes);
            Ok(PageResponse {
                status,
                url: Url::parse(url).unwrap(),
                body: Bytes::from(all),
                is_truncated,
                headers: Headers {
                    media_type: Some("text/html".to_owned()),
                    ..Headers::default()
                },
            })
        };
        check_picture(PICTURE, card_by, &request).await.err()
    }

    #[tokio::test]
    async fn platform_picture_must_be_usable() {
        assert_eq!(problem(BY_PLATFORM, 200, PNG, 9).await, None);
        for (status, body, length, expected) in [
            (404, PNG, 0, "returns status 404"),
            (200, PNG, MAX_PICTURE_BYTES, "is larger than 8 MiB"),
            (
                200,
                b"<!doctype html>".as_slice(),
                0,
                "is not a picture, but `text/html`",
            ),
        ] {
            let problem = problem(BY_PLATFORM, status, body, length).await.unwrap();
            assert!(
                problem.starts_with(&format!("its picture `{PICTURE}` {expected}")),
                "{problem}"
            );
        }
    }

    #[tokio::test]
    async fn other_picture_must_exist() {
        assert_eq!(problem(CardBy::Us, 200, b"<!doctype html>", 0).await, None);
        assert!(problem(CardBy::Us, 404, PNG, 0).await.is_some());
    }

    #[tokio::test]
    async fn unreachable_picture_has_reason() {
        let request = async |_: &str, _: usize| Err("no answer".to_owned());
        let checked = check_picture(PICTURE, BY_PLATFORM, &request).await;
        let expected = "cannot fetch its picture: no answer";
        assert_eq!(checked, Err(expected.to_owned()));
    }
}
