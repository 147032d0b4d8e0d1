//! `limit-send URL POSTS PICTURE LEDGER` sends the requests of posts with a picture with a plain client that keeps its
//! connection, and appends two durable lines to LEDGER for each post. Prints the posts per second.

use std::fs::{File, OpenOptions};
use std::io::{Write as _, stdout};
use std::time::Instant;

use anyhow::Context as _;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
#[expect(
    clippy::disallowed_methods,
    reason = "the limit is a client of its own"
)]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, posts, picture, ledger] = &arguments[..] else {
        anyhow::bail!("usage: limit-send URL POSTS PICTURE LEDGER");
    };
    let posts: usize = posts.parse()?;
    // reqwest wants a TLS provider even for plain HTTP. Nothing else installs one.
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let client = Client::builder().no_proxy().build()?;
    let mut ledger = OpenOptions::new().append(true).create(true).open(ledger)?;
    let start = Instant::now();
    for post in 0..posts {
        let image = upload(&client, url, picture).await?;
        append(&mut ledger)?;
        let body = json!({
            "author": "urn:li:person:abc", "commentary": format!("Post {post} (new)"), "visibility": "PUBLIC",
            "distribution": {"feedDistribution": "MAIN_FEED"}, "lifecycleState": "PUBLISHED",
            "content": {"article": {"source": format!("https://example.org/{post}"), "title": format!("Post {post}"), "thumbnail": image}},
        });
        let create = client
            .post(format!("{url}/rest/posts"))
            .body(body.to_string());
        receive(create).await?;
        append(&mut ledger)?;
    }
    let rate = posts as f64 / start.elapsed().as_secs_f64();
    Ok(writeln!(stdout(), "{rate}")?)
}

/// Uploads the file `picture` and returns its name on the platform.
async fn upload(client: &Client, url: &str, picture: &str) -> anyhow::Result<String> {
    let start = client
        .post(format!("{url}/rest/images?action=initializeUpload"))
        .body(r#"{"initializeUploadRequest":{"owner":"urn:li:person:abc"}}"#);
    let answer: Value = serde_json::from_str(&receive(start).await?)?;
    let text = |name: &str| {
        let value = answer["value"][name].as_str().map(str::to_owned);
        value.with_context(|| format!("the platform sent no `{name}`"))
    };
    let (address, image) = (text("uploadUrl")?, text("image")?);
    receive(client.put(address).body(std::fs::read(picture)?)).await?;
    receive(client.get(format!("{url}/rest/images/{}", image.replace(':', "%3A")))).await?;
    Ok(image)
}

async fn receive(request: RequestBuilder) -> anyhow::Result<String> {
    let request = request
        .header("authorization", "Bearer t")
        .header("linkedin-version", "202609")
        .header("x-restli-protocol-version", "2.0.0");
    Ok(request.send().await?.error_for_status()?.text().await?)
}

/// Appends a line of a usual length, and waits until it is durable.
fn append(ledger: &mut File) -> std::io::Result<()> {
    let mut line = vec![b'x'; 450];
    line.push(b'\n');
    ledger.write_all(&line)?;
    ledger.sync_data()
}
