//! A server with one release, in place of GitHub. The files are below the addresses that GitHub's web pages
//! use, and with a token below those of its API, as its documentation of "Get a release by tag name" and
//! "Get a release asset" describes them.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use tempfile::TempDir;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{pack, target};

pub(super) const REPOSITORY: &str = "owner/syndicate";
pub(super) const TOKEN: &str = "t0ken";
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A release of a program that prints its version, and a folder for files of the test.
pub(super) struct Release {
    server: MockServer,
    folder: TempDir,
    archive: PathBuf,
    runtime: tokio::runtime::Runtime,
}

impl Release {
    /// Packs a program for this machine and starts the server, which has no file yet.
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("syndicate");
        let code = format!("#!/bin/sh\necho syndicate {VERSION}\n");
        std::fs::write(&program, code).unwrap();
        let mode = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(&program, mode).unwrap();
        let archive = pack(&program, &target(), &folder.path().join("archives"));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(MockServer::start());
        Self {
            server,
            folder,
            archive,
            runtime,
        }
    }

    /// Returns the address of the server.
    pub(super) fn url(&self) -> String {
        self.server.uri()
    }

    /// Returns the address of the API.
    pub(super) fn api(&self) -> String {
        format!("{}/api/v3", self.server.uri())
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Changes the archive, so that its checksum is wrong.
    pub(super) fn corrupt(self) -> Self {
        let mut bytes = std::fs::read(&self.archive).unwrap();
        bytes.push(0);
        std::fs::write(&self.archive, bytes).unwrap();
        self
    }

    /// Returns the names and bytes of the release's files.
    fn files(&self) -> [(String, Vec<u8>); 2] {
        [".sha256", ""].map(|suffix| {
            let path = PathBuf::from(format!("{}{suffix}", self.archive.display()));
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
    }

    /// Serves the files to every client.
    pub(super) fn public(self) -> Self {
        for (name, bytes) in self.files() {
            let address = format!("/{REPOSITORY}/releases/download/v{VERSION}/{name}");
            let response = ResponseTemplate::new(200).set_body_bytes(bytes);
            let mock = Mock::given(method("GET")).and(path(address));
            self.runtime
                .block_on(mock.respond_with(response).mount(&self.server));
        }
        self
    }

    /// Serves the files to clients with the token, through the API alone.
    pub(super) fn private(self) -> Self {
        let mut assets = Vec::new();
        for (number, (name, bytes)) in self.files().into_iter().enumerate() {
            let address = format!("/repos/{REPOSITORY}/releases/assets/{number}");
            let web = format!(
                "{}/{REPOSITORY}/releases/download/v{VERSION}/{name}",
                self.url()
            );
            // The order of the keys is GitHub's.
            assets.push(format!(
                r#"{{"url":"{api}{address}","browser_download_url":"{web}","id":{number},"name":"{name}","uploader":{{"url":"{api}/users/owner"}}}}"#,
                api = self.api(),
            ));
            let response = ResponseTemplate::new(200).set_body_bytes(bytes);
            let mock = authorized(&address).and(header("accept", "application/octet-stream"));
            self.runtime
                .block_on(mock.respond_with(response).mount(&self.server));
        }
        let address = format!("/repos/{REPOSITORY}/releases/tags/v{VERSION}");
        let release = format!(
            r#"{{"url":"{}/releases/1","name":"v{VERSION}","assets":[{}]}}"#,
            self.api(),
            assets.join(",")
        );
        let response = ResponseTemplate::new(200).set_body_string(release);
        let mock = authorized(&address).respond_with(response);
        self.runtime.block_on(mock.mount(&self.server));
        self
    }
}

/// Matches requests to the API with the token.
fn authorized(address: &str) -> wiremock::MockBuilder {
    Mock::given(method("GET"))
        .and(path(format!("/api/v3{address}")))
        .and(header("authorization", format!("Bearer {TOKEN}")))
}
