//! Synapse, the most common homeserver of Matrix.

use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syndicate_api::http::HttpRequest;

use super::process::{ServerProcess, script};
use crate::support::client::{get, json_request, send, try_send};
use crate::support::tools;

/// Timeout of the wait for the server's first answer.
const START_TIMEOUT: Duration = Duration::from_secs(120);

/// The seed of the key that signs events; the server knows no other one.
const KEY: &str = "ed25519 a_test AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";

/// Logs warnings to standard error.
const LOG: &str = "\
version: 1
handlers: {errors: {class: logging.StreamHandler}}
root: {level: WARNING, handlers: [errors]}
";

/// A server without federation, whose data is in FOLDER.
const CONFIG: &str = "\
server_name: localhost
listeners:
  - {port: PORT, bind_addresses: [127.0.0.1], type: http, tls: false, resources: [{names: [client]}]}
database: {name: sqlite3, args: {database: FOLDER/database}}
media_store_path: FOLDER/media
pid_file: FOLDER/pid
signing_key_path: FOLDER/key
log_config: FOLDER/log.yaml
trusted_key_servers: []
federation_domain_whitelist: []
report_stats: false
enable_registration: true
enable_registration_without_verification: true
macaroon_secret_key: example
form_secret: example
";

/// A running server with one account and a room.
pub(crate) struct Synapse {
    pub(crate) url: String,
    /// An access token of the account.
    pub(crate) token: String,
    /// The ID of the room.
    pub(crate) room: String,
    process: ServerProcess,
}

impl Synapse {
    /// Starts a server and creates an account and a room.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let path = folder.path().display().to_string();
        let config = CONFIG
            .replace("PORT", &port.to_string())
            .replace("FOLDER", &path);
        for (file, text) in [
            ("homeserver.yaml", &*config),
            ("log.yaml", LOG),
            ("key", KEY),
        ] {
            std::fs::write(folder.path().join(file), text).expect("a file");
        }
        let mut command = Command::new(script("synapse/run.sh"));
        command.args([&tools("matrix").join("bin/python"), folder.path()]);
        let process = ServerProcess::start(&mut command, folder);
        let mut server = Self {
            url: format!("http://127.0.0.1:{port}"),
            token: String::new(),
            room: String::new(),
            process,
        };
        server.wait();
        let account = json!({
            "auth": {"type": "m.login.dummy"}, "username": "ann", "password": "example-password",
        });
        server.token = server.post("register", &account, "access_token");
        server.room = server.post("createRoom", &json!({"name": "Blog"}), "room_id");
        server
    }

    /// Waits until the server answers.
    fn wait(&self) {
        let start = Instant::now();
        let url = self.address("../versions");
        while try_send(HttpRequest::new("GET", url.as_str())).is_err() {
            assert!(
                start.elapsed() < START_TIMEOUT,
                "no server: {}",
                self.process.log()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn address(&self, path: &str) -> String {
        format!("{}/_matrix/client/v3/{path}", self.url)
    }

    /// Sends a request and returns the text `field` of the response.
    fn post(&self, path: &str, body: &Value, field: &str) -> String {
        let response = send(json_request("POST", &self.address(path), &self.token, body)).json();
        let value = response[field].as_str();
        value
            .unwrap_or_else(|| panic!("{path}: {response}"))
            .to_owned()
    }

    /// Sends a message in the transaction `key`, and returns the ID of its event.
    pub(crate) fn repeat(&self, key: &str, content: &Value) -> Value {
        let room = self.room.replace('!', "%21");
        let path = format!("rooms/{room}/send/m.room.message/{key}");
        let request = json_request("PUT", &self.address(&path), &self.token, content);
        send(request).json()["event_id"].take()
    }

    /// Returns the messages of the room as homeservers show them, newest first. Edited ones have their new content, and
    /// retracted ones none.
    pub(crate) fn messages(&self) -> Vec<Value> {
        let path = format!(
            "rooms/{}/messages?dir=b&limit=50",
            self.room.replace('!', "%21")
        );
        let page = get(&self.address(&path), &self.token).json();
        let events = page["chunk"]
            .as_array()
            .cloned()
            .unwrap_or_else(|| panic!("{page}"));
        let is_message = |event: &Value| event["type"] == "m.room.message";
        events.into_iter().filter(is_message).collect()
    }
}

/// Returns a free port. Synapse writes its own nowhere.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
